"""A conversation as a test tells it: who says what, and what must be in the answer."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot.app import App
from bot.message import IncomingMessage

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 11, 18, 10, 30, tzinfo=BERLIN)


@dataclass
class Said:
    """One answer: its words without marks, and its buttons by label."""

    to: str
    text: str
    facts: list[str]
    buttons: dict[str, str]
    private: bool
    picture: dict[str, str] | None

    @property
    def whole(self) -> str:
        return "\n".join([self.text, *self.facts])


@dataclass
class Chat:
    """People talking with an assistant that stands on a fresh store and a standing clock."""

    app: App
    me: str = "pat@example.com"
    now: datetime = START
    group: bool = False
    said: list[Said] = field(default_factory=list)
    everything: list[Said] = field(default_factory=list)
    _ids: Any = field(default_factory=count)
    _mine: dict[str, str] = field(default_factory=dict)

    def says(self, text: str, *, who: str | None = None, **more: Any) -> Said:
        """Somebody writes; the last answer to them."""
        who = who or self.me
        external = more.pop("external_id", None) or f"m{next(self._ids)}"
        self.now += timedelta(seconds=1)
        self.app.clock = max(self.app.clock or self.now, self.now)
        self.app.hear(
            IncomingMessage(
                "terminal",
                who,
                who,
                external,
                self.now,
                text=text,
                group=more.pop("group", self.group),
                **more,
            )
        )
        if "pressed" not in more and "edits" not in more:
            self._mine[who] = external
        self._collect()
        mine = [one for one in self.said if one.to == who]
        assert mine, f"no answer to {text!r}"
        return mine[-1]

    def presses(self, label: str, *, who: str | None = None) -> Said:
        """Somebody presses the newest button whose label begins so."""
        for one in reversed(self.everything):
            for shown, token in one.buttons.items():
                if shown.lower().startswith(label.lower()):
                    return self.says("", who=who, pressed=token)
        raise AssertionError(f"no button {label!r} was shown")

    def edits(self, text: str, *, who: str | None = None, message: str | None = None) -> Said:
        """Somebody edits their last message."""
        who = who or self.me
        return self.says(text, who=who, edits=message or self._mine[who])

    def waits(self, **time: float) -> list[Said]:
        """Time passes; what was said by itself meanwhile."""
        self.now += timedelta(**time)
        self.app.advance(self.now)
        self._collect()
        return self.said

    def until(self, moment: datetime) -> list[Said]:
        """Time passes until that moment."""
        return self.waits(seconds=(moment - self.now).total_seconds())

    def goes(self, *lines: str) -> None:
        """Said and answered in turn: every answer must hold the words of the line after."""
        for text, expected in zip(lines[::2], lines[1::2], strict=True):
            holds(self.says(text), expected)

    def store(self) -> Session:
        """The store as it is now, to look into."""
        return self.app.sessions()

    def _collect(self) -> None:
        self.said = [
            Said(
                to=one.to,
                text=_plain(one.body["text"]),
                facts=[_plain(fact) for fact in one.body["facts"]],
                buttons={b["label"]: b["token"] for b in one.body["buttons"]},
                private=one.body["private"],
                picture=one.body["picture"],
            )
            for one in self.app.collect()
        ]
        self.everything += self.said


def holds(said: Said, *expected: str) -> None:
    """Every expected piece stands in the answer, whatever the case; "a|b" is either."""
    whole = said.whole + "\n" + " ".join(f"[{label}]" for label in said.buttons)
    for piece in expected:
        assert any(
            re.search(re.escape(option.strip()), whole, re.IGNORECASE)
            for option in piece.split("|")
        ), f"{piece!r} is not in:\n{whole}"


def lacks(said: Said, *unwanted: str) -> None:
    """None of the pieces stands in the answer."""
    for piece in unwanted:
        assert piece.lower() not in said.whole.lower(), f"{piece!r} is in:\n{said.whole}"


def _plain(text: str) -> str:
    return text.replace("\x02", "").replace("\x03", "")
