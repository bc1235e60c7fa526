"""Messages that belong together: the pictures of an album, a comment and what it forwards.

Telegram delivers them one by one, within a moment. What is known of that moment is kept in
memory alone: after a restart each is taken for itself, which loses nothing.
"""

import asyncio
import re
from collections.abc import Mapping
from time import monotonic
from typing import Any

from telegram import Bot, Message

MOMENT = 1.0
"""Seconds in which the rest of what belongs together arrives."""
FORGOTTEN = 600.0

_LOG_THIS = re.compile(
    r"(?:please\s+|pls\s+)?(?:log|note|save|keep|record|remember)\s+"
    r"(?:this|that|it|these|those)(?:\s+(?:message|one|please|pls))?\s*[.!:]*",
    re.IGNORECASE,
)


def is_comment(text: str) -> bool:
    """Whether the words only point at another message: "log this"."""
    return _LOG_THIS.fullmatch(text.strip()) is not None


class Together:
    """Told of every update when it arrives, asked when it is its turn."""

    def __init__(self) -> None:
        self._albums: dict[str, list[Mapping[str, Any]]] = {}
        self._begun: dict[str, float] = {}
        self._forwarded: dict[str, float] = {}

    def arrived(self, update: Mapping[str, Any]) -> None:
        """Take note of what an update belongs to."""
        message = update.get("message")
        if not isinstance(message, Mapping):
            return
        album = message.get("media_group_id")
        if isinstance(album, str) and album not in self._begun:
            self._albums.setdefault(album, []).append(message)
        chat = message.get("chat")
        if "forward_origin" in message and isinstance(chat, Mapping):
            self._forwarded[str(chat.get("id"))] = monotonic()
        self._forget()

    async def album(self, message: Message, bot: Bot) -> list[Message]:
        """All messages of its album; none if they were heard together with an earlier one."""
        name = message.media_group_id
        if name is None:
            return [message]
        if name in self._begun:
            return []
        await asyncio.sleep(MOMENT)
        self._begun[name] = monotonic()
        found = [Message.de_json(dict(one), bot) for one in self._albums.pop(name, [])]
        others = [one for one in found if one.message_id != message.message_id]
        return [message, *others]

    async def announces_a_forward(self, chat: str) -> bool:
        """Whether a comment comes with something forwarded."""
        before = monotonic() - MOMENT
        await asyncio.sleep(MOMENT)
        return self._forwarded.get(chat, 0.0) > before

    def _forget(self) -> None:
        if len(self._begun) + len(self._forwarded) + len(self._albums) < 1000:
            return
        old = monotonic() - FORGOTTEN
        self._begun = {name: at for name, at in self._begun.items() if at > old}
        self._forwarded = {chat: at for chat, at in self._forwarded.items() if at > old}
        self._albums.clear()
