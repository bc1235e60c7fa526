"""The terminal: answers drawn, the chat's own commands, history and completion."""

import base64
import io
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from bot.channels import terminal
from bot.channels.completion import Names
from bot.channels.drawing import drawn
from bot.channels.talk import Said, Talk
from bot.channels.terminal import Clock, PlainLines, Prompt, Terminal
from crm_store.interactions import Interaction
from tests.conversations.chat import BERLIN, START, Chat

ME = "pat@example.com"


def said(text: str, *, to: str = ME, **more: object) -> Said:
    fields: dict[str, object] = {
        "facts": (),
        "buttons": (),
        "private": False,
        "picture": None,
        "at": None,
    }
    return Said(to=to, text=text, **(fields | more))  # type: ignore[arg-type]


def typed(chat: Chat, *lines: str) -> str:
    """What the terminal shows to somebody who types these lines and then leaves."""
    shown = io.StringIO()
    talk = Talk(chat.app)
    room = Terminal(talk, ME, Clock.beginning(START), BERLIN, Console(file=shown, width=200))
    room.run(PlainLines(iter(lines)))
    return shown.getvalue()


class TestDrawing:
    def test_words_facts_and_numbered_choices(self) -> None:
        answer = said("Logged.", facts=("Call, today", "Topic: roof"), buttons=("Undo", "Edit"))
        assert (
            drawn(answer, ME).plain
            == "Logged.\n  • Call, today\n  • Topic: roof\n  1  Undo  2  Edit "
        )

    def test_marked_words_are_bold(self) -> None:
        text = drawn(said("Logged your call with \x02Bo Jones\x03."), ME)
        assert text.plain == "Logged your call with Bo Jones."
        (span,) = [span for span in text.spans if span.style == "bold"]
        assert text.plain[span.start : span.end] == "Bo Jones"

    def test_a_mark_that_is_never_closed_does_no_harm(self) -> None:
        assert drawn(said("a \x02b"), ME).plain == "a b"

    def test_stored_words_are_never_commands_of_the_terminal(self) -> None:
        text = drawn(said("note: \x1b]0;owned\x07\x1b[2J [bold]x[/bold] :smile:"), ME).plain
        assert "\x1b" not in text
        assert "[bold]x[/bold] :smile:" in text

    def test_what_is_for_others_says_for_whom(self) -> None:
        assert drawn(said("Call Ana", to="lena@example.com"), ME).plain.startswith(
            "(to lena@example.com) "
        )
        assert not drawn(said("Call Ana", to="PAT@example.com"), ME).plain.startswith("(")

    def test_a_picture_is_a_file_with_its_sentence(self) -> None:
        png = base64.b64encode(b"\x89PNG").decode()
        text = drawn(said("Forecast.", picture={"png": png, "alternative": "Bars rise."}), ME).plain
        path = Path(text.rsplit("[", 1)[1].rstrip("]"))
        assert "Bars rise." in text
        assert path.read_bytes() == b"\x89PNG"
        path.unlink()
        path.parent.rmdir()


class TestChatting:
    def test_a_line_is_said_and_answered(self, chat: Chat) -> None:
        shown = typed(chat, "log call with Jane Smith about parking")
        assert "Jane Smith" in shown
        assert " 1  Undo" in shown
        assert shown.endswith("Goodbye.\n")

    def test_a_number_presses_the_button_beside_it(self, chat: Chat) -> None:
        with chat.store() as session:
            before = session.query(Interaction).count()
        typed(chat, "log call with Jane Smith about parking", "1")
        with chat.store() as session:
            assert session.query(Interaction).count() == before

    @pytest.mark.parametrize("leaving", ["/quit", "exit", "QUIT", "bye"])
    def test_one_leaves_by_saying_so(self, chat: Chat, leaving: str) -> None:
        assert typed(chat, leaving, "hello") == "Goodbye.\n"

    def test_interrupting_leaves_politely(self, chat: Chat) -> None:
        def interrupted() -> Iterator[str]:
            raise KeyboardInterrupt
            yield ""

        shown = io.StringIO()
        room = Terminal(
            Talk(chat.app), ME, Clock.beginning(START), BERLIN, Console(file=shown, width=200)
        )
        room.run(PlainLines(interrupted()))
        assert shown.getvalue() == "Goodbye.\n"

    def test_the_clock_is_moved_and_tells_what_fell_due(self, chat: Chat) -> None:
        shown = typed(
            chat, "remind me to water the office plants tomorrow at 9am", "/now 2026-11-19T09:30"
        )
        assert "It is Thursday 19 November 2026, 09:30." in shown
        assert "Reminder: water the office plants" in shown

    def test_the_clock_is_not_moved_back(self, chat: Chat) -> None:
        assert "never goes back" in typed(chat, "/now 2026-11-17T09:30")
        assert "ISO 8601" in typed(chat, "/now yesterday")

    def test_one_edits_the_last_message(self, chat: Chat) -> None:
        typed(
            chat, "log call with Jane Smith about parking", "/edit log call with Jane Smith re roof"
        )
        with chat.store() as session:
            topics = {one.topic for one in session.query(Interaction)}
        assert "roof" in topics
        assert "parking" not in topics

    def test_nothing_said_is_nothing_to_edit(self, chat: Chat) -> None:
        assert "nothing yet" in typed(chat, "/edit hello")

    def test_one_speaks_for_another(self, chat: Chat) -> None:
        shown = typed(chat, "/as lena@example.com", "hello")
        assert "You are lena@example.com now." in shown
        assert "(to" not in shown

    def test_a_file_that_is_not_there_is_one_sentence(self, chat: Chat) -> None:
        assert "There is no file 'nowhere.csv'." in typed(chat, "/file nowhere.csv")

    def test_what_falls_due_while_nobody_types_is_shown(
        self, chat: Chat, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(terminal, "LOOKS_EVERY", 0.01)
        shown, told = io.StringIO(), threading.Event()
        clock = Clock.beginning(START)

        class Seen(io.StringIO):
            def write(self, text: str) -> int:
                if "water the office plants" in text and "Reminder" in text:
                    told.set()
                return shown.write(text)

        def waiting() -> Iterator[str]:
            yield "remind me to water the office plants in 1 hour"
            clock.move(START + timedelta(hours=1, minutes=1))
            assert told.wait(20)

        room = Terminal(Talk(chat.app), ME, clock, BERLIN, Console(file=Seen(), width=200))
        room.run(PlainLines(waiting()))
        assert "Reminder: water the office plants" in shown.getvalue()


class TestClock:
    def test_it_runs_from_where_it_began(self) -> None:
        clock = Clock.beginning(START)
        assert timedelta(0) <= clock.now() - START < timedelta(seconds=30)

    def test_without_a_beginning_it_is_the_walls(self) -> None:
        assert abs(Clock.beginning(None).now() - datetime.now(UTC)) < timedelta(seconds=30)


class TestPrompt:
    def test_it_reads_a_line_and_remembers_it_for_this_person_only(self, tmp_path: Path) -> None:
        history = tmp_path / "deep" / "typed"
        with (
            create_pipe_input() as keys,
            create_app_session(input=keys, output=DummyOutput()),
        ):
            prompt = Prompt(lambda prefix: [], history)
            keys.send_text("log call with Bo Jones\r")
            assert prompt.read() == "log call with Bo Jones"
        assert "log call with Bo Jones" in history.read_text()
        assert history.stat().st_mode & 0o077 == 0

    def test_several_lines_pasted_are_one_message(self, tmp_path: Path) -> None:
        with (
            create_pipe_input() as keys,
            create_app_session(input=keys, output=DummyOutput()),
        ):
            keys.send_text("\x1b[200~first line\nsecond line\x1b[201~\r")
            assert Prompt(lambda prefix: [], tmp_path / "typed").read() == "first line\nsecond line"

    @pytest.mark.parametrize(
        ("keys_typed", "ends_with"), [("\x04", EOFError), ("\x03", KeyboardInterrupt)]
    )
    def test_control_d_and_c_end_it(
        self, tmp_path: Path, keys_typed: str, ends_with: type[BaseException]
    ) -> None:
        with (
            create_pipe_input() as keys,
            create_app_session(input=keys, output=DummyOutput()),
        ):
            keys.send_text(keys_typed)
            with pytest.raises(ends_with):
                Prompt(lambda prefix: [], tmp_path / "typed").read()


class TestCompletion:
    def offered(self, chat: Chat, text: str) -> list[str]:
        document = Document(text)
        found = Names(chat.app.names).get_completions(document, CompleteEvent())
        return [text[: len(text) + one.start_position] + one.text for one in found]

    def test_the_name_that_is_being_typed_is_offered(self, chat: Chat) -> None:
        assert "log call with Jane Smith" in self.offered(chat, "log call with jan")

    def test_two_words_of_a_name_narrow_it_down(self, chat: Chat) -> None:
        assert self.offered(chat, "met maria sch") == ["met Maria Schmidt"]

    @pytest.mark.parametrize("text", ["", "met ", "met j", "met xyzzy", "100%"])
    def test_nothing_is_offered_for_too_little_or_for_nobody(self, chat: Chat, text: str) -> None:
        assert self.offered(chat, text) == []
