"""The chat for programs, as DESIGN gives it: every line in gets exactly one line out."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.json_lines import JsonLines
from bot.channels.talk import Talk
from crm_store.interactions import Interaction
from tests.conversations.chat import START, Chat

BERLIN = ZoneInfo("Europe/Berlin")
Line = dict[str, Any]
Asks = Callable[..., Line]


@pytest.fixture
def lines(chat: Chat) -> JsonLines:
    return JsonLines(Talk(chat.app), "pat@example.com", START, BERLIN)


@pytest.fixture
def ask(lines: JsonLines) -> Asks:
    """Send one line; the one line that comes back."""

    def one(**said: Any) -> Line:
        (answer,) = lines.answers([json.dumps(said)])
        assert "\n" not in answer
        found: Line = json.loads(answer)
        return found

    return one


def logged(chat: Chat) -> int:
    with chat.store() as session:
        return session.query(Interaction).count()


class TestAnswers:
    def test_an_answer_has_exactly_the_promised_shape(self, ask: Asks) -> None:
        (reply,) = ask(text="log call with Jane Smith about parking")["replies"]
        assert set(reply) == {"to", "text", "buttons", "private", "picture"}
        assert reply["to"] == "pat@example.com"
        assert "Jane Smith" in reply["text"]
        assert "Undo" in reply["buttons"]
        assert reply["private"] is False
        assert reply["picture"] is None

    def test_marks_of_bold_words_are_for_people_only(self, ask: Asks) -> None:
        (reply,) = ask(text="log call with Jane Smith about parking")["replies"]
        assert not {"\x02", "\x03"} & set(reply["text"])

    def test_facts_are_lines_of_the_text(self, ask: Asks) -> None:
        (reply,) = ask(text="what is open with Maria Schmidt?")["replies"]
        assert "\n• " in reply["text"]

    def test_the_speaker_may_change_with_every_line(self, ask: Asks) -> None:
        (reply,) = ask(text="hello", **{"as": "omar@example.com"})["replies"]
        assert reply["to"] == "omar@example.com"

    def test_a_stranger_gets_one_private_line_that_names_nobody(self, ask: Asks) -> None:
        told = ask(text="what does Jane Smith like?", **{"as": "tim@elsewhere.example"})
        (reply,) = told["replies"]
        assert reply["to"] == "tim@elsewhere.example"
        assert reply["private"] is True
        assert "Smith" not in reply["text"]

    def test_in_a_group_personal_data_is_for_the_asker_only(self, ask: Asks) -> None:
        replies = ask(text="what does Jane Smith like?", group=True)["replies"]
        assert all(reply["private"] for reply in replies if "Smith" in reply["text"])
        assert any(reply["private"] for reply in replies)


class TestBadLines:
    @pytest.mark.parametrize(
        "line",
        [
            "",
            "   ",
            "hello",
            "{",
            "[]",
            '"text"',
            "null",
            "3",
            "{}",
            '{"as": "pat@example.com"}',
            '{"text": 3}',
            '{"text": ["a"]}',
            '{"group": "yes", "text": "hi"}',
            '{"now": "tomorrow"}',
            '{"now": 5}',
            '{"file": "/no/such/file.csv"}',
            '{"file": "a\\u0000b"}',
            '{"text": "hi", "press": "Undo"}',
            '{"edit": "before anything was said"}',
            "[" * 100_000,
            '{"now": "9999-12-31T23:59:59+00:00"}',
            '{"now": "0001-01-01T00:00:00+14:00"}',
            "9" * 10_000,
        ],
    )
    def test_each_gets_one_error_and_the_next_line_is_read(
        self, lines: JsonLines, line: str, chat: Chat
    ) -> None:
        before = logged(chat)
        wrong, right = (json.loads(answer) for answer in lines.answers([line, '{"text": "hello"}']))
        assert isinstance(wrong["error"], str)
        assert wrong["error"].endswith((".", "}.")) or "now" in wrong["error"]
        assert len(right["replies"]) == 1
        assert logged(chat) == before

    def test_an_empty_text_is_answered(self, ask: Asks) -> None:
        assert len(ask(text="")["replies"]) == 1
        assert len(ask(text="   ")["replies"]) == 1

    def test_nobody_speaking_is_an_error(self, chat: Chat) -> None:
        nobody = JsonLines(Talk(chat.app), None, START, BERLIN)
        (answer,) = nobody.answers(['{"text": "hello"}'])
        assert '"as"' in json.loads(answer)["error"]

    def test_half_a_character_is_replaced_and_not_a_crash(self, lines: JsonLines) -> None:
        (answer,) = lines.answers(['{"text": "hello \\ud83d", "as": "x\\udc00@example.com"}'])
        assert "replies" in json.loads(answer)
        answer.encode("utf-8")

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(line=st.text(max_size=80))
    def test_any_line_gets_one_line(self, lines: JsonLines, line: str) -> None:
        (answer,) = lines.answers([line])
        assert set(json.loads(answer)) & {"error", "replies"}


class TestTheClock:
    def at(self, **time: float) -> str:
        return (START + timedelta(**time)).isoformat()

    def test_it_begins_where_the_chat_was_told(self, ask: Asks) -> None:
        (reply,) = ask(text="remind me to water the office plants tomorrow at 4pm")["replies"]
        assert "Thu 19 Nov" in reply["text"]

    def test_what_falls_due_on_the_way_comes_with_its_addressee_and_instant(
        self, ask: Asks
    ) -> None:
        ask(text="remind me to water the office plants in 2 hours")
        assert ask(now=self.at(hours=1))["replies"] == []
        (reply,) = ask(now=self.at(hours=3))["replies"]
        assert "water the office plants" in reply["text"]
        assert reply["to"] == "pat@example.com"
        assert datetime.fromisoformat(reply["at"]) == START + timedelta(hours=2)

    def test_what_was_past_when_the_store_was_first_used_is_listed_and_not_sent(
        self, ask: Asks
    ) -> None:
        replies = ask(now=self.at(hours=2))["replies"]
        assert not [reply for reply in replies if datetime.fromisoformat(reply["at"]) < START]
        (listed,) = ask(text="what is overdue?")["replies"]
        assert "send Ana the sample report" in listed["text"]

    def test_each_occurrence_passed_comes_by_itself_and_in_order(self, ask: Asks) -> None:
        ask(text="remind me every day at 4pm to water the office plants")
        replies = ask(now=self.at(days=4))["replies"]
        instants = [
            datetime.fromisoformat(reply["at"])
            for reply in replies
            if reply["text"].startswith("Reminder: water the office plants")
        ]
        first = datetime(2026, 11, 18, 16, tzinfo=BERLIN)
        assert instants == [first + timedelta(days=days) for days in range(4)]

    def test_what_fell_due_comes_before_the_answer_to_the_same_line(self, ask: Asks) -> None:
        ask(text="remind me to water the office plants in 2 hours")
        due, answer = ask(text="hello", now=self.at(hours=3))["replies"]
        assert "at" in due
        assert "at" not in answer

    def test_it_never_goes_back(self, ask: Asks) -> None:
        ask(now=self.at(days=1))
        told = ask(now=self.at(hours=1), text="remind me to water the plants in 1 hour")
        assert "never goes back" in told["note"]
        (reply,) = told["replies"]
        assert "Thu 19 Nov" in reply["text"]
        assert "11:30" in reply["text"]

    def test_the_same_moment_again_is_no_step_back(self, ask: Asks) -> None:
        assert set(ask(now=self.at())) == {"replies"}

    def test_a_moment_without_a_zone_is_on_the_firms_clock(self, ask: Asks) -> None:
        ask(now="2026-11-19T08:00")
        (reply,) = ask(text="remind me to water the office plants in 1 hour")["replies"]
        assert "Thu 19 Nov" in reply["text"]
        assert "09:00" in reply["text"]

    def test_without_a_beginning_the_first_moment_given_is_the_beginning(self, chat: Chat) -> None:
        long_ago = datetime(2024, 2, 28, 12, tzinfo=UTC)
        chat.app.clock = None
        begins = JsonLines(Talk(chat.app), "pat@example.com", None, BERLIN)
        (answer,) = begins.answers(
            [json.dumps({"now": long_ago.isoformat(), "text": "remind me to dance tomorrow"})]
        )
        assert "Thu 29 Feb" in json.loads(answer)["replies"][0]["text"]

    def test_a_line_that_fails_does_not_swallow_what_fell_due(self, ask: Asks) -> None:
        ask(text="remind me to water the office plants in 2 hours")
        assert "error" in ask(edit="x", now=self.at(hours=3), **{"as": "omar@example.com"})
        (reply,) = ask(now=self.at(hours=3))["replies"]
        assert "water the office plants" in reply["text"]


class TestButtons:
    def test_a_button_is_pressed_by_its_label(self, ask: Asks, chat: Chat) -> None:
        before = logged(chat)
        (receipt,) = ask(text="log call with Jane Smith about parking")["replies"]
        assert logged(chat) == before + 1
        ask(press=next(label for label in receipt["buttons"] if label.startswith("Undo")))
        assert logged(chat) == before

    def test_blanks_and_capitals_of_a_label_do_not_matter(self, ask: Asks, chat: Chat) -> None:
        before = logged(chat)
        ask(text="log call with Jane Smith about parking")
        ask(press="  undo ")
        assert logged(chat) == before

    def test_typing_the_label_is_the_same(self, ask: Asks, chat: Chat) -> None:
        before = logged(chat)
        ask(text="log call with Jane Smith about parking")
        ask(text="Undo")
        assert logged(chat) == before

    def test_the_newest_message_that_bears_it_counts(self, ask: Asks, chat: Chat) -> None:
        before = logged(chat)
        ask(text="log call with Jane Smith about parking")
        ask(text="log call with Ana Müller about fences")
        (reply,) = ask(press="Undo")["replies"]
        assert logged(chat) == before + 1
        assert "Ana Müller" in reply["text"]

    def test_an_older_message_is_found_where_the_newest_lacks_it(
        self, ask: Asks, chat: Chat
    ) -> None:
        before = logged(chat)
        ask(text="log call with Jane Smith about parking")
        ask(text="what does Maria Schmidt like?")
        ask(press="Undo")
        assert logged(chat) == before

    def test_the_buttons_of_others_are_not_mine(self, ask: Asks, chat: Chat) -> None:
        before = logged(chat)
        ask(text="log call with Jane Smith about parking")
        ask(press="Undo", **{"as": "lena@example.com"})
        assert logged(chat) == before + 1

    def test_a_label_that_nothing_bears_is_what_was_said(self, ask: Asks) -> None:
        (reply,) = ask(press="what does Jane Smith like?")["replies"]
        assert "Jane Smith" in reply["text"]


class TestEditsAndFiles:
    def test_an_edit_changes_the_same_entry(self, ask: Asks, chat: Chat) -> None:
        before = logged(chat)
        ask(text="log call with Jane Smith about parking")
        ask(edit="log call with Jane Smith about drainage")
        assert logged(chat) == before + 1
        with chat.store() as session:
            newest = session.query(Interaction).order_by(Interaction.id.desc()).first()
            assert newest is not None
            assert newest.topic == "drainage"

    def test_a_second_edit_changes_it_again(self, ask: Asks, chat: Chat) -> None:
        before = logged(chat)
        ask(text="log call with Jane Smith about parking")
        ask(edit="log call with Jane Smith about drainage")
        ask(edit="log call with Jane Smith about hedges")
        assert logged(chat) == before + 1

    def test_each_edits_their_own_message(self, ask: Asks) -> None:
        ask(text="log call with Jane Smith about parking")
        assert "error" in ask(edit="something else", **{"as": "omar@example.com"})

    def test_a_file_is_answered_in_one_line(self, ask: Asks, tmp_path: Path) -> None:
        table = tmp_path / "people.csv"
        table.write_text("name,email\nUrsel Quint,ursel@quint.example\n", encoding="utf-8")
        assert len(ask(file=str(table))["replies"]) >= 1
        assert len(ask(file=str(table), text="import these customers")["replies"]) >= 1
