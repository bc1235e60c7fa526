"""The chat for people in a terminal: a prompt with history and completion, or plain lines."""

import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Protocol

from rich.console import Console

from bot.channels.drawing import drawn
from bot.channels.json_lines import Unusable, moment_of
from bot.channels.talk import NothingToEdit, Said, Talk

LOOKS_EVERY = 5.0
"""Seconds between two looks at what has fallen due while nobody types."""

HELP = (
    "Write as you would to a colleague. A number or its words press a button. "
    "/now 2026-03-04T09:15 moves the clock, /edit TEXT changes your last message, "
    "/file PATH hands over a file, /as EMAIL speaks for another, /quit leaves."
)


class Lines(Protocol):
    """Where the lines come from; ends with EOFError, and KeyboardInterrupt drops a line."""

    def read(self) -> str: ...
    def around(self) -> AbstractContextManager[object]: ...


@dataclass
class Clock:
    """The wall clock, or one that began at another moment and runs as fast."""

    ahead: timedelta = timedelta(0)

    @classmethod
    def beginning(cls, at: datetime | None) -> "Clock":
        return cls(at - datetime.now(UTC) if at else timedelta(0))

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def move(self, to: datetime) -> bool:
        """Move forward; False for a moment that has passed."""
        if to < self.now():
            return False
        self.ahead = to - datetime.now(UTC)
        return True


@dataclass
class Terminal:
    """One person's chat, until they leave."""

    talk: Talk
    speaker: str
    clock: Clock
    zone: tzinfo
    console: Console
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def run(self, lines: Lines) -> None:
        """Chat until the lines end."""
        left = threading.Event()
        watch = threading.Thread(target=self._watch, args=(left,), daemon=True)
        with lines.around():
            watch.start()
            try:
                self._chat(lines)
            finally:
                left.set()
                watch.join()

    def _chat(self, lines: Lines) -> None:
        while True:
            try:
                line = lines.read().strip()
            except (EOFError, KeyboardInterrupt):
                self.console.print("Goodbye.", style="dim")
                return
            if line.casefold() in ("/quit", "/exit", "quit", "exit", "bye"):
                self.console.print("Goodbye.", style="dim")
                return
            with self._one_at_a_time:
                self._show(self._obey(line))

    def _watch(self, left: threading.Event) -> None:
        while not left.wait(LOOKS_EVERY):
            with self._one_at_a_time:
                self._show(self.talk.wait(self.clock.now()))

    def _obey(self, line: str) -> list[Said]:
        """What a line of the person leads to: an answer, or what a command of the chat does."""
        said = self.talk.wait(self.clock.now())
        command, _, rest = line.partition(" ")
        try:
            if command in COMMANDS:
                return said + COMMANDS[command](self, rest.strip())
        except Unusable as error:
            self.console.print(str(error), style="yellow", markup=False)
            return said
        return said + self.talk.say(self.speaker, line, self.clock.now())

    def _move_clock(self, moment: str) -> list[Said]:
        wanted = moment_of(moment, self.zone)
        if not self.clock.move(wanted):
            raise Unusable("The clock never goes back.")
        said = self.talk.wait(wanted)
        self.console.print(f"It is {wanted:%A %d %B %Y, %H:%M}.", style="dim")
        return said

    def _edit(self, text: str) -> list[Said]:
        try:
            return self.talk.edit(self.speaker, text, self.clock.now())
        except NothingToEdit:
            raise Unusable("You have said nothing yet that could be edited.") from None

    def _hand_over(self, name: str) -> list[Said]:
        path = Path(name).expanduser()
        if not path.is_file():
            raise Unusable(f"There is no file {name!r}.")
        return self.talk.say(self.speaker, "", self.clock.now(), files=(path,))

    def _speak_as(self, email: str) -> list[Said]:
        if not email:
            raise Unusable("Say whom you speak for: /as EMAIL.")
        self.speaker = email
        self.console.print(f"You are {email} now.", style="dim", markup=False)
        return []

    def _help(self, _rest: str) -> list[Said]:
        self.console.print(HELP, style="dim")
        return []

    def _show(self, answers: Iterable[Said]) -> None:
        for said in answers:
            self.console.print(drawn(said, self.speaker), soft_wrap=not self.console.is_terminal)


COMMANDS: dict[str, Callable[[Terminal, str], list[Said]]] = {
    "/now": Terminal._move_clock,
    "/edit": Terminal._edit,
    "/file": Terminal._hand_over,
    "/as": Terminal._speak_as,
    "/help": Terminal._help,
}


@dataclass(frozen=True)
class PlainLines:
    """Lines from a pipe or a file, without a prompt."""

    lines: Iterator[str]

    def read(self) -> str:
        try:
            return next(self.lines)
        except StopIteration:
            raise EOFError from None

    def around(self) -> AbstractContextManager[object]:
        return nullcontext()


class Prompt:
    """Lines typed at a prompt: history, completion of names, and pasting of several lines."""

    def __init__(self, names: Callable[[str], list[str]], history: Path) -> None:
        from prompt_toolkit import PromptSession
        from prompt_toolkit.history import FileHistory

        from bot.channels.completion import Names

        history.parent.mkdir(parents=True, exist_ok=True)
        # What is typed names customers: nobody else on the machine may read it.
        history.touch(mode=0o600)
        self._session: PromptSession[str] = PromptSession(
            history=FileHistory(str(history)),
            completer=Names(names),
            complete_in_thread=True,
        )

    def read(self) -> str:
        return self._session.prompt("> ")

    def around(self) -> AbstractContextManager[object]:
        from prompt_toolkit.patch_stdout import patch_stdout

        # What falls due is printed above the line that is being typed.
        return patch_stdout(raw=True)


def lines_of(names: Callable[[str], list[str]], history: Path) -> Lines:
    """A prompt where a person sits at both ends, else plain lines."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        return Prompt(names, history)
    return PlainLines(iter(sys.stdin))
