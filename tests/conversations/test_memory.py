"""What the assistant remembers of a talk: drafts, focus, half sentences, and who may press."""

from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from crm_store.employees import Employee
from crm_store.interactions import Interaction
from crm_store.reminders import Reminder
from crm_store.upkeep import problems
from tests.conversations.chat import Chat, holds, lacks


def count(chat: Chat, kind: type) -> int:
    with chat.store() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def test_a_question_outlives_an_hour_not_longer(chat: Chat) -> None:
    before = count(chat, Interaction)
    chat.says("log a call")
    chat.waits(minutes=59)
    holds(chat.says("Ana Müller"), "Logged", "Ana Müller")
    chat.says("log a call")
    chat.waits(minutes=61)
    chat.says("Ana Müller")
    assert count(chat, Interaction) == before + 1


def test_a_new_wish_replaces_the_question_and_says_so(chat: Chat) -> None:
    chat.says("log a call")
    said = chat.says("what did Jane Smith complain about last month or this one?")
    holds(said, "leave this open", "Who was it with?", "Jane Smith")


def test_a_question_is_asked_again_in_half_sentences(chat: Chat) -> None:
    holds(chat.says("what did Maria Schmidt complain about in October?"), "late delivery")
    said = chat.says("and this month?")
    holds(said, "Maria Schmidt", "November", "invoice error")
    lacks(said, "late delivery")
    holds(chat.says("same for Jane Smith"), "Jane Smith", "price")


def test_the_second_of_a_list(chat: Chat) -> None:
    listed = chat.says("what's on my plate this week?")
    second = listed.facts[1]
    said = chat.says("the second one is done")
    holds(said, "Done")
    task = second.split("2. ")[1].split(",")[0].removeprefix("overdue, ")
    holds(said, task)


def test_snooze_keeps_the_due_time_and_move_changes_it(chat: Chat) -> None:
    chat.says("remind me to call Ana Müller at 3pm")
    with chat.store() as session:
        due = session.scalars(select(Reminder).order_by(Reminder.id.desc())).first()
        assert due is not None
        before = due.due_at
    chat.until(before)
    chat.presses("Snooze 1 hour")
    with chat.store() as session:
        after = session.get_one(Reminder, due.id)
        assert after.due_at == before
        assert after.snoozed_until is not None
        assert after.snoozed_until - before >= timedelta(minutes=59)
    chat.presses("Move to tomorrow")
    with chat.store() as session:
        moved = session.get_one(Reminder, due.id)
        assert moved.due_at > before + timedelta(hours=12)


def test_a_reminder_comes_when_the_clock_passes_it_once(chat: Chat) -> None:
    chat.says("remind me to call Ana Müller tomorrow at 4")
    told = chat.waits(days=2)
    mine = [one for one in told if "call Ana Müller" in one.text]
    assert len(mine) == 1
    assert not [one for one in chat.waits(days=2) if "call Ana Müller" in one.text]


def test_a_recurring_one_comes_at_every_occurrence(chat: Chat) -> None:
    chat.says("remind me every weekday at 8 to water the plants")
    told = [one for one in chat.waits(days=7) if "water the plants" in one.text]
    assert len(told) == 5


def test_planning_on_a_disliked_channel_earns_a_warning(chat: Chat) -> None:
    chat.says("Ana Müller hates phone calls")
    holds(chat.says("remind me to call Ana Müller on friday"), "does not like")


def test_nobody_presses_the_button_of_somebody_else(chat: Chat) -> None:
    said = chat.says("log call with Ana Müller about the fence")
    before = count(chat, Interaction)
    holds(chat.says("", who="lena@example.com", pressed=said.buttons["Undo"]), "somebody else")
    assert count(chat, Interaction) == before


def test_undo_is_each_persons_own(chat: Chat) -> None:
    chat.says("log call with Ana Müller about the fence")
    before = count(chat, Interaction)
    holds(chat.says("undo", who="omar@example.com"), "nothing of yours")
    assert count(chat, Interaction) == before


def test_who_left_is_refused_at_once(chat: Chat) -> None:
    with chat.app.sessions.begin() as session:
        lena = session.scalars(select(Employee).where(Employee.email == "lena@example.com")).one()
        lena.active = False
    holds(chat.says("what did Jane Smith complain about?", who="lena@example.com"), "do not know")


def test_in_a_group_names_stay_private(chat: Chat) -> None:
    assert chat.says("what did Jane Smith complain about?", group=True).private
    assert not chat.says("hello", group=True).private


@pytest.mark.parametrize("words", ["INSERT INTO changes", "INSERT INTO outgoing", "INSERT INTO b"])
def test_a_crash_leaves_the_store_as_before(chat: Chat, words: str) -> None:
    """The statement fails in the middle of the turn; the person hears one honest line."""
    before = count(chat, Interaction)
    failing = [True]

    def fail(_c: object, _cur: object, statement: str, *_more: object) -> None:
        if failing[0] and statement.startswith(words):
            failing[0] = False
            raise RuntimeError("the disk is full")

    event.listen(chat.app.engine, "before_cursor_execute", fail)
    said = chat.says("log call with Ana Müller about the fence")
    holds(said, "Nothing was saved")
    assert count(chat, Interaction) == before
    assert problems(chat.app.engine) == []
    holds(chat.says("log call with Ana Müller about the fence"), "Logged")
    assert count(chat, Interaction) == before + 1
