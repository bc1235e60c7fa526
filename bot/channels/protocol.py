"""What the courier and a channel say to each other: one letter out, how it went back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Letter:
    """One row of the mailbox on its way out.

    `body` is what `bot.receipt` wrote: text, facts, buttons [{token, label}], private,
    picture {png in base64, alternative}, to. `reply_to` is the external id of the message
    that it answers, where there is one.
    """

    outgoing_id: int
    kind: str
    address: str
    body: Mapping[str, Any]
    reply_to: str = ""


class TryLater(Exception):
    """The platform does not take it now. `after_seconds` is what it asked for, None if it
    named nothing. `paced` says that nothing failed: it is merely not this chat's turn yet,
    which uses up no attempt."""

    def __init__(
        self, reason: str, after_seconds: float | None = None, *, paced: bool = False
    ) -> None:
        super().__init__(reason)
        self.after_seconds = after_seconds
        self.paced = paced


class Undeliverable(Exception):
    """It will never arrive there; the message says why, for `crm-bot doctor`."""


class Channel(Protocol):
    """A platform, as the process that runs it sees it."""

    @property
    def name(self) -> str:
        """As it stands in `Outgoing.channel`."""

    @property
    def connected(self) -> bool:
        """Whether the platform answers now."""

    async def start(self) -> None:
        """Begin to listen. Returns at once: a platform that is down is tried again."""

    async def stop(self) -> None:
        """Hear nothing new, finish the turns in flight."""

    async def send(self, letter: Letter) -> str:
        """Deliver one letter; the id that the platform gave it. Raises TryLater and
        Undeliverable. Letters to one address come one after the other."""
