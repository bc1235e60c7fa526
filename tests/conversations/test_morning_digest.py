"""A morning: the digest, short orders to it, what was promised, and days off."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from crm_store.employees import by_email
from crm_store.mailbox import Outgoing, OutgoingKind
from crm_store.reminders import Reminder
from tests.conversations.chat import BERLIN, Chat, holds, lacks

LENA = "lena@example.com"
THURSDAY = datetime(2026, 11, 19, 8, 30, tzinfo=BERLIN)
FRIDAY, MONDAY = THURSDAY + timedelta(days=1), THURSDAY + timedelta(days=4)


def planned(chat: Chat, task: str) -> Reminder:
    with chat.store() as session:
        return session.scalars(select(Reminder).where(Reminder.task.contains(task))).one()


@pytest.fixture
def morning(chat: Chat) -> Chat:
    """Thursday, half past eight; Pat has promised something for Friday."""
    chat.says("log call with Jane Smith about the boundary and drainage quote", who=LENA)
    chat.says("ask Pat to call Karla's office back tomorrow at 9", who=LENA)
    holds(
        chat.says("remind me that I promised Jane Smith the written quote on Friday at 10"),
        "Fri 20 Nov",
    )
    chat.until(THURSDAY)
    return chat


def digest_of(chat: Chat, who: str = "pat@example.com") -> list[Outgoing]:
    with chat.store() as session:
        return list(
            session.scalars(
                select(Outgoing)
                .where(Outgoing.kind == OutgoingKind.DIGEST, Outgoing.employee.has(email=who))
                .order_by(Outgoing.due_at)
            )
        )


def test_the_morning_of_a_day_off(morning: Chat) -> None:
    chat = morning
    said = next(one for one in chat.said if one.to == chat.me)
    holds(said, "Good morning", "2 today, 1 overdue", "[1 Done", "[1 Snooze", "[1 Move")
    holds(said, "1. overdue since Tue 17 Nov: send Ana the sample report")
    holds(said, "2. 09:00 call Karla's office back", "asked by Lena")
    holds(said, "3. 11:00 meeting", "Jane Smith", "price too high open", "€4,800", "30 Nov")

    said = chat.says("1 done, snooze 2 one hour, brief for 3")
    holds(said, "Done: send Ana the sample report", "Log the contact")
    holds(said, "10:00", "still due Thu 19 Nov, 09:00")
    holds(said, "Jane Smith", "price too high")
    assert planned(chat, "sample report").done_at is not None
    snoozed = planned(chat, "Karla")
    assert snoozed.due_at == THURSDAY.replace(hour=9, minute=0)
    assert snoozed.snoozed_until is not None

    said = chat.says("move everything else to monday, I'm off tomorrow")
    holds(said, "Moved to Mon 23 Nov: nothing", "Promised for Fri 20 Nov", "written quote")
    holds(said, "[Lena does it]", "[Move anyway]", "[Keep]", "silent until Mon 23 Nov, 08:30")
    assert planned(chat, "written quote").due_at.astimezone(BERLIN).day == 20

    said = chat.says("lena does it")
    holds(said, "Lena Vogt has it now", "Fri 20 Nov", "brief on Jane Smith")
    holds(said, "silent until Mon 23 Nov, 08:30")
    (told,) = [one for one in chat.said if one.to == LENA]
    holds(told, "Pat Jones gave you", "price too high")
    with chat.store() as session:
        lena = by_email(session, LENA)
        assert lena is not None
    assert planned(chat, "written quote").employee_id == lena.id

    chat.until(THURSDAY.replace(hour=20))
    assert [one.to for one in chat.until(FRIDAY)] == [LENA]
    friday = chat.until(FRIDAY.replace(hour=20))
    assert chat.me not in {one.to for one in friday}
    monday = [one for one in chat.until(MONDAY) if one.to == chat.me]
    assert len(monday) == 1
    holds(monday[0], "Good morning", "call Karla's office back")


def test_lines_and_counts_agree_and_the_rest_waits_behind_more(chat: Chat) -> None:
    for hour in range(9, 19):
        chat.says(f"remind me to check list {hour} tomorrow at {hour}:15")
    said = next(one for one in chat.until(THURSDAY) if one.to == chat.me)
    holds(said, "11 today, 1 overdue")
    assert len(said.facts) == 8
    more = next(label for label in said.buttons if label.startswith("More"))
    rest = chat.presses(more)
    numbers = [line.split(".")[0] for line in (*said.facts, *rest.facts)]
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    assert more == f"More ({len(rest.facts)})"
    holds(chat.says("12 done"), "Done: check list (was due Thu 19 Nov, 18:15)")


def test_nothing_comes_where_there_is_nothing(chat: Chat) -> None:
    chat.until(FRIDAY + timedelta(hours=4))
    with chat.store() as session:
        told = session.scalars(select(Outgoing).where(Outgoing.kind == OutgoingKind.DIGEST)).all()
        addressed = {row.address for row in told}
    assert addressed <= {"pat@example.com", LENA}


def test_each_morning_once_and_not_at_weekends(chat: Chat) -> None:
    chat.until(THURSDAY + timedelta(days=9))
    days = [row.due_at.astimezone(BERLIN) for row in digest_of(chat)]
    assert [day.strftime("%a %d %H:%M") for day in days] == [
        "Thu 19 08:30", "Fri 20 08:30", "Mon 23 08:30", "Tue 24 08:30", "Wed 25 08:30",
        "Thu 26 08:30", "Fri 27 08:30",
    ]  # fmt: skip


def test_the_hour_and_the_days_are_chosen_by_each(chat: Chat) -> None:
    chat.goes("digest at 7:15 on mondays and fridays", "07:15 (Berlin) on Mon and Fri")
    chat.until(THURSDAY + timedelta(days=9))
    days = [row.due_at.astimezone(BERLIN) for row in digest_of(chat)]
    assert [day.strftime("%a %d %H:%M") for day in days] == [
        "Fri 20 07:15", "Mon 23 07:15", "Fri 27 07:15",
    ]  # fmt: skip


def test_it_can_be_stopped_and_brought_back(chat: Chat) -> None:
    chat.goes("stop the digest", "no digest any more")
    assert not [one for one in chat.until(THURSDAY) if one.to == chat.me]
    chat.goes("turn the digest back on", "The next is Fri 20 Nov, 08:30")
    assert [one for one in chat.until(FRIDAY) if one.to == chat.me]


def test_it_comes_on_the_clock_of_wherever_one_is(chat: Chat) -> None:
    chat.says("I'm in Lisbon this week")
    chat.until(FRIDAY + timedelta(hours=12))
    assert [row.due_at.astimezone(BERLIN).strftime("%a %H:%M") for row in digest_of(chat)] == [
        "Thu 09:30", "Fri 09:30",
    ]  # fmt: skip


@pytest.mark.parametrize("said", ["send my digest at 25 o'clock", "digest at 25:00"])
def test_an_hour_that_no_clock_has_changes_nothing(chat: Chat, said: str) -> None:
    holds(chat.says(said), "Nothing was changed|Nothing is saved")
    with chat.store() as session:
        pat = by_email(session, chat.me)
        assert pat is not None
        assert pat.digest_at is None


def test_news_of_ones_customers_comes_in_the_digest_and_not_at_once(chat: Chat) -> None:
    said = chat.says("log call with Jane Smith about the fence line", who=LENA)
    holds(said, "Logged")
    assert {one.to for one in chat.said} == {LENA}
    chat.says("Jane Smith is unhappy with the muddy lawn", who=LENA)
    said = next(one for one in chat.until(THURSDAY) if one.to == chat.me)
    holds(said, "1 new concern", "muddy lawn", "1 entry by colleagues", "fence line")


def test_what_falls_due_in_quiet_hours_comes_afterwards_in_one_piece(chat: Chat) -> None:
    chat.goes("quiet hours 18 to 8", "18:00 to 08:00")
    chat.says("remind me to water the plants today at 19")
    chat.says("remind me to lock the shed today at 20:30")
    assert not chat.until(THURSDAY.replace(hour=7, minute=59))
    (said,) = chat.until(THURSDAY.replace(hour=8, minute=0))
    holds(said, "2 reminders, held back", "water the plants", "was due Wed 18 Nov, 19:00")
    holds(chat.says("all done"), "Done")
    chat.goes("no quiet hours", "no quiet hours any more")


def test_days_off_hold_back_what_colleagues_ask(chat: Chat) -> None:
    chat.goes("I'm off until Monday", "silent until Mon 23 Nov, 08:30")
    said = chat.says("ask Pat to send the plan by Friday", who=LENA)
    holds(said, "For Pat Jones")
    chat.says("ask Pat to order stakes by Friday", who=LENA)
    assert not [one for one in chat.until(MONDAY - timedelta(minutes=1)) if one.to == chat.me]
    told = [one for one in chat.until(MONDAY) if one.to == chat.me]
    assert len(told) == 2
    holds(told[0], "send the plan", "order stakes")
    lacks(told[1], "held back")
    chat.goes("I'm back", "You were not off")


def test_mutes_by_kind(chat: Chat) -> None:
    chat.goes("mute reminders", "You hear nothing of reminders")
    chat.says("remind me to feed the fish today at 15:00")
    assert not chat.waits(hours=6)
    holds(chat.says("my digest please"), "feed the fish")
    chat.goes("unmute reminders", "You hear of reminders again")
    chat.says("remind me to feed the cat today at 18:00")
    assert chat.waits(hours=3)


def test_the_team_in_numbers_for_managers(chat: Chat) -> None:
    said = chat.says("digest for the team", who="priya@example.com")
    holds(said, "The team today", "Pat Jones: 0 due today, 1 overdue")
    lacks(said, "Ana", "Smith")
    holds(chat.says("digest for the team"), "for managers")
