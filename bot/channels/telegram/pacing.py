"""How fast a chat may be written to: one message a second, in a group twenty a minute."""

import asyncio
from collections import deque
from collections.abc import Callable
from time import monotonic

APART = 1.0
"""Seconds between two messages in one chat."""
MINUTE = 60.0
MOST_IN_GROUP = 20


class Pace:
    """When each chat was written to; kept in memory, as the limits are soft and short."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._sent: dict[str, deque[float]] = {}
        self._held_until: dict[str, float] = {}

    def wait(self, chat: str) -> float:
        """Seconds until the chat may be written to."""
        now = self._clock()
        sent = self._sent.get(chat)
        until = self._held_until.get(chat, now)
        if sent:
            until = max(until, sent[-1] + APART)
            if is_group(chat) and len(sent) == MOST_IN_GROUP:
                until = max(until, sent[0] + MINUTE)
        return max(0.0, until - now)

    def sent(self, chat: str) -> None:
        """Count a message."""
        if len(self._sent) > 10_000:
            self._forget()
        self._sent.setdefault(chat, deque(maxlen=MOST_IN_GROUP)).append(self._clock())

    def hold(self, chat: str, seconds: float) -> None:
        """The platform asked for a pause there."""
        self._held_until[chat] = self._clock() + seconds

    async def turn(self, chat: str) -> None:
        """Wait until the chat may be written to, and count the message."""
        while (seconds := self.wait(chat)) > 0:
            await asyncio.sleep(seconds)
        self.sent(chat)

    def _forget(self) -> None:
        old = self._clock() - MINUTE
        self._sent = {chat: sent for chat, sent in self._sent.items() if sent[-1] > old}
        self._held_until = {c: at for c, at in self._held_until.items() if at > self._clock()}


def is_group(chat: str) -> bool:
    """Telegram numbers groups below zero."""
    return chat.startswith("-")
