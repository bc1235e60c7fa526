"""What a channel hands to the assistant: one message of one person, whatever the platform."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that came with a message, already downloaded."""

    name: str
    path: Path
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """A message, a pressed button or an edit, as its channel received it.

    `external_id` is the channel's own id of this delivery: a second message with the same
    (channel, external_id) is a redelivery. `address` is where an answer goes, `group` whether
    others read there. `edits` is the external id of the message whose text this one replaces.
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
    files: tuple[AttachedFile, ...] = ()
