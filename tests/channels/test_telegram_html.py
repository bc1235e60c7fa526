"""Whatever is stored, what is sent is text that Telegram takes, whole and within its limits."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.html import LONGEST, parts, plain, written
from bot.channels.telegram.keyboard import keyboard
from skills.kit import bold
from tests.channels.telegram_rules import check_keyboard, check_text, units

ANYTHING = st.text(st.characters(exclude_categories=[]), max_size=300)
NASTY = st.one_of(ANYTHING, st.text("<>&\"'/b\x02\x03\n \ud83d😀é@", max_size=200))
LONG = st.builds(lambda piece, times: piece * times, NASTY, st.integers(1, 200))


@given(LONG, st.lists(NASTY, max_size=5))
@settings(max_examples=150, deadline=None)
def test_any_text_is_taken(text: str, facts: list[str]) -> None:
    for part in parts(written({"text": text, "facts": facts})):
        assert units(check_text(part, "HTML")) <= LONGEST


@given(st.text("ab <>&\n", min_size=1, max_size=50), st.integers(1, 400))
@settings(max_examples=60, deadline=None)
def test_no_word_is_lost_where_a_text_is_cut(piece: str, times: int) -> None:
    shown = "\n".join(check_text(part, "HTML") for part in parts(f"x{piece * times}"))
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", f"x{piece * times}")


def test_a_long_list_is_cut_at_the_ends_of_lines() -> None:
    lines = [f"• Customer number {number} of Harbor Realty" for number in range(300)]
    shown = [check_text(part, "HTML") for part in parts("\n".join(lines))]
    assert len(shown) > 1
    assert [line for part in shown for line in part.split("\n")] == lines


def test_bold_that_crosses_a_cut_is_closed_and_opened_again() -> None:
    first, second = parts(bold("\n".join(["word " * 20] * 60)))
    assert first.startswith("<b>")
    assert second.endswith("</b>")
    assert check_text(first, "HTML")


def test_emoji_count_double_as_telegram_counts() -> None:
    assert len(parts("😀" * (LONGEST // 2))) == 1
    assert len(parts("😀" * (LONGEST // 2 + 1))) == 2


def test_more_bold_than_telegram_marks_is_still_taken() -> None:
    text = check_text(parts("\n".join(bold(f"n{number}") for number in range(400)))[0], "HTML")
    assert text.count("\n") == 399


def test_an_address_stays_whole_and_a_call_does_not() -> None:
    shown = plain("write to bo@example.com, not to @everyone")
    assert "bo@example.com" in shown
    assert "@everyone" not in shown


@given(st.lists(NASTY, max_size=130))
@settings(max_examples=50, deadline=None)
def test_any_labels_make_a_keyboard_that_is_taken(labels: list[str]) -> None:
    made = keyboard([{"token": f"t{at}", "label": label} for at, label in enumerate(labels)])
    assert bool(made) == bool(labels)
    if made is not None:
        check_keyboard(made.to_dict())


def test_short_buttons_stand_side_by_side_and_long_ones_alone() -> None:
    labels = ["Done", "Snooze", "Move", "Jane Smith - Smith & Sons, last 10 Nov", "Undo"]
    made = keyboard([{"token": label[:5], "label": label} for label in labels])
    assert made is not None
    assert [[button.text for button in row] for row in made.inline_keyboard] == [
        ["Done", "Snooze", "Move"],
        ["Jane Smith - Smith & Sons, last 10 Nov"],
        ["Undo"],
    ]


def test_a_numbered_fact_has_no_dot_before_its_number() -> None:
    facts = ["1. call Ana", bold("2. done"), "3 days ago"]
    assert plain(written({"text": "Two:", "facts": facts})).split("\n") == [
        "Two:",
        "1. call Ana",
        "2. done",
        "• 3 days ago",
    ]
