"""What a channel hands to the assistant: one message of one person, whatever the platform."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that came with a message, already downloaded."""

    name: str
    path: Path
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class FilledAct:
    """An act from a form: `values` are real ones as `skills.values.encode` writes them,
    `words` are slots still to be read."""

    intent: str
    values: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """A message, a pressed button or an edit, as its channel received it.

    `external_id` is the channel's own id of this delivery: a second message with the same
    (channel, external_id) is a redelivery. `address` is where an answer goes, `group` whether
    others read there. `edits` is the external id of the message whose text this one replaces,
    `deletes` of one that was taken away. `acts` come from a form and need no understanding.
    `carried` is what the channel wants to find again in the body of the answers.
    """

    channel: str
    user_id: str
    address: str
    external_id: str
    sent_at: datetime
    text: str = ""
    team: str = ""
    group: bool = False
    thread: str = ""
    pressed: str | None = None
    edits: str | None = None
    deletes: str | None = None
    files: tuple[AttachedFile, ...] = ()
    acts: tuple[FilledAct, ...] = ()
    carried: Mapping[str, str] = field(default_factory=dict)
