"""Talk on this machine, by people or by programs: what is said becomes messages, and the
buttons of the answers are remembered, so that they can be pressed by what they say."""

import mimetypes
import uuid
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from bot.message import AttachedFile, IncomingMessage

CHANNEL = "terminal"
GROUP = "group"
REMEMBERED = 100
"""Messages to each person whose buttons can still be pressed by their label."""


class Delivered(Protocol):
    """Something that was said to somebody."""

    @property
    def to(self) -> str: ...
    @property
    def body(self) -> Mapping[str, Any]: ...
    @property
    def due_at(self) -> datetime | None: ...


class Listener(Protocol):
    """The assistant, as far as a chat needs it."""

    def hear(self, message: IncomingMessage) -> None: ...
    def advance(self, now: datetime) -> None: ...
    def collect(self) -> Sequence[Delivered]: ...
    def names(self, prefix: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Said:
    """One answer. Bold words stand between \\x02 and \\x03; `at` is when it fell due."""

    to: str
    text: str
    facts: tuple[str, ...]
    buttons: tuple[str, ...]
    private: bool
    picture: Mapping[str, str] | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Offered:
    """The buttons of one answer, by what they say, and where they were shown."""

    tokens: Mapping[str, str]
    group: bool


class NothingToEdit(LookupError):
    """Whoever edits has said nothing yet in this chat."""


@dataclass
class Talk:
    """Who said what last, and which buttons each was shown."""

    app: Listener
    _last: dict[str, str] = field(default_factory=dict)
    _offered: dict[str, deque[Offered]] = field(default_factory=dict)

    def say(
        self,
        speaker: str,
        text: str,
        now: datetime,
        *,
        group: bool = False,
        files: Sequence[Path] = (),
    ) -> list[Said]:
        """Say something, perhaps handing over files; what was answered."""
        message = IncomingMessage(
            **_place(speaker, group),
            sent_at=now,
            text=text,
            files=tuple(attached(path) for path in files),
        )
        self._last[speaker.casefold()] = message.external_id
        return self._hear(message)

    def press(
        self, speaker: str, label: str, now: datetime, *, group: bool | None = None
    ) -> list[Said]:
        """Press the newest button that says so; where there is none, say its words."""
        found = self._button(speaker, label)
        if found is None:
            return self.say(speaker, label, now, group=bool(group))
        token, shown_in_group = found
        where = shown_in_group if group is None else group
        return self._hear(IncomingMessage(**_place(speaker, where), sent_at=now, pressed=token))

    def edit(self, speaker: str, text: str, now: datetime, *, group: bool = False) -> list[Said]:
        """Give the speaker's last message another text; raises NothingToEdit."""
        last = self._last.get(speaker.casefold())
        if last is None:
            raise NothingToEdit(speaker)
        return self._hear(
            IncomingMessage(**_place(speaker, group), sent_at=now, text=text, edits=last)
        )

    def wait(self, now: datetime) -> list[Said]:
        """Let time pass; what fell due meanwhile."""
        self.app.advance(now)
        return self._collect(group=False)

    def _hear(self, message: IncomingMessage) -> list[Said]:
        self.app.hear(message)
        return self._collect(group=message.group)

    def _collect(self, *, group: bool) -> list[Said]:
        return [self._remember(one, group) for one in self.app.collect()]

    def _remember(self, one: Delivered, group: bool) -> Said:
        body = one.body
        tokens = {button["label"]: button["token"] for button in body["buttons"]}
        if tokens:
            mine = self._offered.setdefault(one.to.casefold(), deque(maxlen=REMEMBERED))
            mine.append(Offered(tokens, group and one.due_at is None))
        return Said(
            to=one.to,
            text=body["text"],
            facts=tuple(body["facts"]),
            buttons=tuple(button["label"] for button in body["buttons"]),
            private=bool(body["private"]),
            picture=body["picture"],
            at=one.due_at,
        )

    def _button(self, speaker: str, label: str) -> tuple[str, bool] | None:
        for offered in reversed(self._offered.get(speaker.casefold(), ())):
            for shown, token in offered.tokens.items():
                if _flat(shown) == _flat(label):
                    return token, offered.group
        return None


def attached(path: Path) -> AttachedFile:
    """A file of this machine as it comes with a message."""
    return AttachedFile(path.name, path, mimetypes.guess_type(path.name)[0] or "")


def unmarked(text: str) -> str:
    """The text without the marks of bold words."""
    return text.replace("\x02", "").replace("\x03", "")


def _place(speaker: str, group: bool) -> dict[str, Any]:
    return {
        "channel": CHANNEL,
        "user_id": speaker,
        "address": GROUP if group else speaker,
        "external_id": uuid.uuid4().hex,
        "group": group,
    }


def _flat(label: str) -> str:
    return " ".join(label.split()).casefold()
