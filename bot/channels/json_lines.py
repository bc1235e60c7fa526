"""The chat for programs: one JSON object a line in, one line out."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import structlog

from bot.channels.talk import NothingToEdit, Said, Talk, unmarked

log = structlog.get_logger(__name__)

LONGEST_JUMP = timedelta(days=3660)
"""How far one line may move the clock: every occurrence on the way is told."""

_TEXTS = ("text", "as", "now", "press", "edit", "file")
_DEEDS = ("text", "press", "edit", "file", "now")


class Unusable(ValueError):
    """The line cannot be used; the message is the sentence for whoever wrote it."""


@dataclass
class JsonLines:
    """Answers lines. Before the first line that gives one, the clock is the wall's; from then
    on it stands, and moves only forward."""

    talk: Talk
    speaker: str | None
    now: datetime | None
    zone: tzinfo
    wall: Callable[[], datetime] = lambda: datetime.now(UTC)
    _started: bool = False
    _due: list[Said] = field(default_factory=list)
    """What fell due and has not been told yet: a line that fails tells of nothing."""

    def answers(self, lines: Iterable[str]) -> Iterator[str]:
        """One line for each line, whatever it holds."""
        for line in lines:
            yield json.dumps(self._answer(line), ensure_ascii=False)

    def _answer(self, line: str) -> dict[str, Any]:
        try:
            return self._handle(_read(line))
        except Unusable as error:
            return {"error": str(error)}
        except Exception:
            log.exception("line failed")
            return {"error": "Something went wrong here, and this line was not carried out."}

    def _handle(self, said: Mapping[str, Any]) -> dict[str, Any]:
        deed = _deed(said)
        files = [_file(said["file"])] if said.get("file") is not None else []
        speaker = said.get("as") or self.speaker
        if deed is not None and not speaker:
            raise Unusable('Nobody speaks: give "as", or start the chat with --as.')
        note = self._move(said.get("now"))
        self._due += self.talk.wait(self._clock())
        replies = self._perform(deed, said, str(speaker), files) if deed else []
        replies, self._due = [*self._due, *replies], []
        answer: dict[str, Any] = {"replies": [shown(one) for one in replies]}
        return answer | note

    def _perform(
        self, deed: str, said: Mapping[str, Any], speaker: str, files: list[Path]
    ) -> list[Said]:
        group: bool | None = said.get("group")
        now, words = self._clock(), said.get(deed) or ""
        if deed == "press":
            return self.talk.press(speaker, words, now, group=group)
        if deed == "edit":
            try:
                return self.talk.edit(speaker, words, now, group=bool(group))
            except NothingToEdit:
                raise Unusable(f"{speaker} has said nothing yet that could be edited.") from None
        text = said.get("text") or ""
        return self.talk.say(speaker, text, now, group=bool(group), files=files)

    def _clock(self) -> datetime:
        self._started = True
        return self.now or self.wall()

    def _move(self, wanted: str | None) -> dict[str, str]:
        """Move the clock on; a moment before it is passed over, and the answer says so."""
        if wanted is None:
            return {}
        moment = moment_of(wanted, self.zone)
        # A chat that was given no moment to begin at begins at the first that it hears of.
        reached = self.now or (self.wall() if self._started else moment)
        if moment < reached:
            return {"note": f"The clock never goes back: it stays at {reached.isoformat()}."}
        if moment - reached > LONGEST_JUMP:
            raise Unusable('"now" is more than ten years ahead; move the clock in smaller steps.')
        self.now = moment
        return {}


def moment_of(text: str, zone: tzinfo) -> datetime:
    """An ISO 8601 moment, in `zone` where it names none; raises Unusable."""
    try:
        moment = datetime.fromisoformat(text.strip())
        aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        aware.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unusable(
            f'"now" must be an ISO 8601 moment such as 2026-03-04T09:15:00+00:00, not {text!r}.'
        ) from None
    return aware


def shown(said: Said) -> dict[str, Any]:
    """An answer as a program reads it: all its words in `text`, facts a line each."""
    lines = [said.text, *(f"• {fact}" for fact in said.facts)]
    answer: dict[str, Any] = {
        "to": said.to,
        "text": unmarked("\n".join(line for line in lines if line)),
        "buttons": list(said.buttons),
        "private": said.private,
        "picture": dict(said.picture) if said.picture else None,
    }
    return answer if said.at is None else answer | {"at": said.at.isoformat()}


def _read(line: str) -> Mapping[str, Any]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        raise Unusable("This line is not JSON.") from None
    if not isinstance(said, dict):
        raise Unusable('A line must be a JSON object such as {"text": "log call with Smith"}.')
    for name in _TEXTS:
        if not isinstance(said.get(name), str | None):
            raise Unusable(f'"{name}" must be a text.')
    if not isinstance(said.get("group"), bool | None):
        raise Unusable('"group" must be true or false.')
    return {key: _writable(value) for key, value in said.items()}


def _writable(value: Any) -> Any:
    """Half of a surrogate pair can be written in JSON, but in no file and no database."""
    if not isinstance(value, str):
        return value
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _deed(said: Mapping[str, Any]) -> str | None:
    """What the line does; None if it only moves the clock."""
    given = [name for name in _DEEDS if said.get(name) is not None]
    if not given:
        raise Unusable('There is nothing to do: give "text", "press", "edit", "file" or "now".')
    done = [name for name in given if name != "now" and not (name == "file" and "text" in given)]
    if len(done) > 1:
        names = " and ".join(f'"{name}"' for name in done)
        raise Unusable(f"A line does one thing, not {names} together.")
    return done[0] if done else None


def _file(name: str) -> Path:
    path = Path(name).expanduser()
    try:
        with path.open("rb"):
            return path
    except (OSError, ValueError):
        raise Unusable(f"The file {name!r} cannot be read.") from None
