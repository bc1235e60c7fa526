"""Reminders: once for each occurrence, on the local clock, moved and done as people say it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from crm_store.employees import by_email
from crm_store.mailbox import Outgoing, OutgoingKind
from crm_store.reminders import Reminder, ReminderKind
from tests.conversations.chat import BERLIN, START, Chat, Said, holds, lacks

OMAR, LENA = "omar@example.com", "lena@example.com"


@pytest.fixture(autouse=True)
def no_digests(request: pytest.FixtureRequest) -> None:
    """Only what was set here is told."""
    chat: Chat = request.getfixturevalue("chat")
    with chat.app.sessions.begin() as session:
        for email in (chat.me, OMAR, LENA, "mia@example.com", "priya@example.com"):
            person = by_email(session, email)
            assert person is not None
            person.digest_on = False
        for reminder in session.scalars(select(Reminder)):
            reminder.cancelled_at = START


def told(chat: Chat, said: list[Said]) -> list[str]:
    return [one.text.split(",")[0] for one in said if one.to == chat.me]


def the_one(chat: Chat) -> Reminder:
    with chat.store() as session:
        return session.scalars(select(Reminder).where(Reminder.cancelled_at.is_(None))).one()


def number(chat: Chat) -> int:
    with chat.store() as session:
        return session.scalar(select(func.count(Reminder.id))) or 0


def test_nine_o_clock_stays_nine_when_the_clocks_change(chat: Chat) -> None:
    holds(chat.says("remind me every Monday at 9 to water the plants"), "every Monday", "09:00")
    chat.until(START + timedelta(days=7 * 20))
    with chat.store() as session:
        found = session.scalars(
            select(Outgoing).where(Outgoing.kind == OutgoingKind.REMINDER).order_by(Outgoing.due_at)
        ).all()
        local = [row.due_at.astimezone(BERLIN) for row in found]
    assert {(at.weekday(), at.hour, at.minute) for at in local} == {(0, 9, 0)}
    assert [at.date() for at in local] == [
        local[0].date() + timedelta(days=7 * n) for n in range(20)
    ]
    assert {at.utcoffset() for at in local} == {timedelta(hours=1), timedelta(hours=2)}


def test_staying_in_touch_counts_from_the_last_contact(chat: Chat) -> None:
    said = chat.says("call Jane Smith every 6 weeks")
    holds(said, "6 weeks after each contact", "Counted from the last contact, Tue 10 Nov")
    kept = the_one(chat)
    assert (kept.kind, kept.touch_every_days) == (ReminderKind.STAY_IN_TOUCH, 42)
    assert kept.due_at.astimezone(BERLIN).date().isoformat() == "2026-12-22"
    chat.waits(days=7)
    said = chat.says("log call with Jane Smith about the garden")
    holds(said, "Stay in touch: next Wed 6 Jan 2027", "6 weeks from this contact")
    holds(chat.says("undo"), "Undone")
    assert the_one(chat).due_at.astimezone(BERLIN).date().isoformat() == "2026-12-22"
    said = chat.says("log call with Jane Smith about the fence", who=LENA)
    holds(said, "Stay in touch (Pat Jones)")
    assert the_one(chat).due_at.astimezone(BERLIN).date().isoformat() == "2027-01-06"


def test_a_colleague_is_asked_and_word_comes_back(chat: Chat) -> None:
    said = chat.says("ask Omar to send the bid to Jane Smith tomorrow at 15:00")
    holds(said, "For Omar Haddad", "15:00", "there it is 14:00 (Lisbon)")
    (asked,) = [one for one in chat.said if one.to == OMAR]
    holds(asked, "Pat Jones asks you", "send the bid")
    said_then = chat.waits(days=1, hours=5)
    assert [one.to for one in said_then] == [OMAR]
    chat.says("done", who=OMAR)
    (back,) = [one for one in chat.said if one.to == chat.me]
    holds(back, "Omar Haddad has done: send the bid")


@pytest.mark.parametrize("said", ["ask Lena to send the bid by Friday", "remind Lena to call"])
def test_who_left_is_not_reminded(chat: Chat, said: str) -> None:
    with chat.app.sessions.begin() as session:
        lena = by_email(session, LENA)
        assert lena is not None
        lena.active = False
    before = number(chat)
    holds(chat.says(said), "does not work here any more")
    assert number(chat) == before


def test_a_meeting_is_announced_ahead_with_the_brief(chat: Chat) -> None:
    chat.says("meeting with Jane Smith tomorrow at 11")
    (said,) = chat.until(datetime(2026, 11, 19, 10, 45, tzinfo=BERLIN))
    holds(said, "In 15 minutes: ", "11:00", "price too high", "€4,800")
    assert not chat.waits(minutes=30)


def test_snooze_keeps_the_due_time_and_move_changes_it(chat: Chat) -> None:
    chat.says("remind me to order stakes today at 12")
    due = the_one(chat).due_at
    assert told(chat, chat.waits(hours=2)) == ["Reminder: order stakes"]
    holds(chat.presses("Snooze 1 hour"), "still due Wed 18 Nov, 12:00")
    assert the_one(chat).due_at == due
    assert told(chat, chat.waits(hours=1, minutes=1)) == ["Reminder: order stakes"]
    holds(chat.presses("Move to tomorrow"), "now due Thu 19 Nov, 09:00")
    assert the_one(chat).due_at == due + timedelta(hours=21)
    holds(chat.says("done"), "Done: order stakes")


def test_everything_moves_but_meetings_and_promises(chat: Chat) -> None:
    chat.says("remind me to order stakes today at 12")
    chat.says("remind me to sharpen chisels tomorrow at 8")
    chat.says("meeting with Jane Smith tomorrow at 11")
    chat.says("remind me that I promised Ana Müller the plan tomorrow at 15:00")
    said = chat.says("move everything to Monday")
    holds(said, "Moved to Mon 23 Nov: 2 reminders", "order stakes", "sharpen chisels")
    holds(said, "as it is a meeting", "Promised for Thu 19 Nov", "[Move anyway]", "[Keep]")
    holds(chat.presses("Move anyway"), "now due Mon 23 Nov")
    holds(chat.says("undo"), "Undone")
    with chat.store() as session:
        promised = session.scalars(select(Reminder).where(Reminder.promised)).one()
        assert promised.due_at.astimezone(BERLIN).day == 19


def test_all_are_snoozed_together(chat: Chat) -> None:
    chat.says("remind me to order stakes today at 11")
    chat.says("remind me to sharpen chisels today at 11:15")
    chat.waits(hours=1)
    said = chat.says("snooze all an hour")
    holds(said, "Snoozed 2 reminders", "12:30", "still due Wed 18 Nov, 11:00")
    assert len(chat.waits(hours=1, minutes=1)) == 2
    holds(chat.says("all done"), "Done: 2 reminders")


def test_done_offers_to_log_the_contact(chat: Chat) -> None:
    chat.says("remind me to call Ana Müller today at 12")
    chat.waits(hours=2)
    holds(chat.says("done"), "[Log the contact]")
    said = chat.says("yes")
    holds(said, "Logged", "Ana Müller", "call")


def test_a_traveller_is_reminded_by_the_local_clock(chat: Chat) -> None:
    chat.says("I'm in Lisbon this week")
    holds(chat.says("remind me tomorrow at 9 to buy custard tarts"), "09:00 Lisbon")
    assert the_one(chat).due_at.astimezone(BERLIN).hour == 10


@pytest.mark.parametrize(
    "said",
    [
        "remind me every blue moon to dance",
        "remind me in 300 years to laugh",
        "remind me on 30 February to rest",
        "I'm in Atlantis this week",
    ],
)
def test_what_cannot_be_is_one_sentence_and_nothing_saved(chat: Chat, said: str) -> None:
    before = number(chat)
    answer = chat.says(said)
    holds(answer, "Nothing was|Nothing is saved")
    lacks(answer, "Reminder:")
    assert number(chat) == before


@pytest.mark.parametrize(
    "said", ["1 done", "snooze 2 an hour", "brief for 3", "all done", "move everything to Friday"]
)
def test_orders_to_nothing_change_nothing(chat: Chat, said: str) -> None:
    before = number(chat)
    chat.says(said)
    assert number(chat) == before
    assert the_count_done(chat) == 0


def the_count_done(chat: Chat) -> int:
    with chat.store() as session:
        return session.scalar(select(func.count()).where(Reminder.done_at.is_not(None))) or 0
