"""Reminders: told once, snoozed or moved, and coming again on the local clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store import reminders
from crm_store.customers import Customer
from crm_store.employees import Employee
from crm_store.reminders import Completion, Reminder
from tests.store.conftest import NOW, met


def reminder(
    zone: str = "Europe/Berlin", due_at: datetime = NOW, rrule: str | None = None
) -> Reminder:
    return Reminder(
        task="call", due_at=due_at, zone=zone, rrule=rrule, occurrence=0, created_at=NOW
    )


@pytest.fixture
def call(session: Session, pat: Employee, smith: Customer) -> Reminder:
    made = reminder()
    made.employee, made.customer = pat, smith
    session.add(made)
    session.flush()
    return made


def hour(number: int) -> datetime:
    return NOW + timedelta(hours=number)


def test_what_is_due_is_told_once(session: Session, call: Reminder) -> None:
    assert reminders.to_tell(session, NOW - timedelta(seconds=1)) == []
    assert reminders.next_to_tell_at(session) == NOW
    assert reminders.to_tell(session, NOW) == [call]
    call.delivered_at = NOW
    session.flush()
    assert reminders.to_tell(session, hour(9)) == []
    assert reminders.next_to_tell_at(session) is None


def test_a_snooze_keeps_the_due_time(session: Session, call: Reminder) -> None:
    call.delivered_at = NOW
    reminders.snooze(call, hour(1))
    session.flush()
    assert call.due_at == NOW
    assert reminders.to_tell(session, NOW) == []
    assert reminders.next_to_tell_at(session) == hour(1)
    assert reminders.to_tell(session, hour(1)) == [call]


def test_a_move_changes_the_due_time(session: Session, call: Reminder) -> None:
    reminders.snooze(call, hour(1))
    reminders.move(call, hour(24))
    session.flush()
    assert (call.due_at, call.snoozed_until) == (hour(24), None)
    assert reminders.to_tell(session, hour(23)) == []
    assert reminders.to_tell(session, hour(24)) == [call]


def test_a_meeting_is_told_ahead(session: Session, call: Reminder) -> None:
    call.ahead_minutes = 15
    session.flush()
    early = NOW - timedelta(minutes=15)
    assert reminders.next_to_tell_at(session) == early
    assert reminders.to_tell(session, early - timedelta(seconds=1)) == []
    assert reminders.to_tell(session, early) == [call]


def test_lists_by_person_period_and_customer(
    session: Session, call: Reminder, pat: Employee, omar: Employee, smith: Customer
) -> None:
    other = reminder(due_at=hour(48))
    other.employee, other.customer = omar, met(session, "Jane Roe")
    session.add(other)
    session.flush()
    assert reminders.for_employee(session, pat) == [call]
    assert reminders.for_employee(session, omar, since=hour(1), until=hour(48)) == []
    assert reminders.overdue(session, pat, hour(1)) == [call]
    assert reminders.overdue(session, omar, hour(1)) == []
    assert reminders.about(session, smith) == [call]
    reminders.complete(session, call, at=hour(2), employee=omar)
    assert (call.done_at, call.done_by) == (hour(2), omar)
    assert reminders.for_employee(session, pat) == []
    assert reminders.done(session, pat, NOW, hour(3)) == [call]


def test_a_recurring_one_goes_on_when_it_is_done(session: Session, call: Reminder) -> None:
    call.rrule = "FREQ=WEEKLY;BYDAY=WE"
    reminders.complete(session, call, at=hour(2), employee=call.employee)
    assert call.is_open
    assert (call.due_at, call.occurrence) == (NOW + timedelta(days=7), 1)
    assert session.scalars(select(Completion.due_at)).all() == [NOW]


def test_an_occurrence_that_was_moved_does_not_move_the_rule(
    session: Session, call: Reminder
) -> None:
    call.rrule = "FREQ=WEEKLY;BYDAY=WE"
    reminders.move(call, hour(50))
    reminders.complete(session, call, at=hour(51), employee=call.employee)
    assert call.due_at == NOW + timedelta(days=7)


def test_a_rule_that_has_ended_closes_the_reminder(session: Session, call: Reminder) -> None:
    call.rrule = "FREQ=DAILY;COUNT=2"
    for _ in range(2):
        assert call.is_open
        reminders.complete(session, call, at=call.due_at, employee=call.employee)
    assert call.done_at == NOW + timedelta(days=1)


def test_staying_in_touch_counts_from_the_contact(session: Session, call: Reminder) -> None:
    call.touch_every_days = 42
    reminders.complete(session, call, at=hour(72), employee=call.employee)
    assert call.is_open
    assert call.due_at == NOW + timedelta(days=45)


def berlin(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo("Europe/Berlin"))  # type: ignore[arg-type,misc]


def test_nine_o_clock_stays_nine_o_clock() -> None:
    weekly = reminder(due_at=berlin(2027, 3, 22, 9), rrule="FREQ=WEEKLY;BYDAY=MO")
    assert reminders.next_due(weekly, berlin(2027, 3, 22, 9)) == berlin(2027, 3, 29, 9)
    assert reminders.next_due(weekly, berlin(2027, 3, 29, 8, 59)) == berlin(2027, 3, 29, 9)


def test_an_hour_that_is_skipped_is_made_up_for() -> None:
    nightly = reminder(due_at=berlin(2027, 3, 27, 2, 30), rrule="FREQ=DAILY")
    found = reminders.next_due(nightly, berlin(2027, 3, 27, 3))
    assert found is not None
    assert found.astimezone(ZoneInfo("Europe/Berlin")).isoformat() == "2027-03-28T03:30:00+02:00"


def test_of_an_hour_that_comes_twice_the_first_counts() -> None:
    nightly = reminder(due_at=berlin(2026, 10, 24, 2, 30), rrule="FREQ=DAILY")
    found = reminders.next_due(nightly, berlin(2026, 10, 24, 3))
    assert found == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    following = reminders.next_due(nightly, found)
    assert following == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


RULES = (
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=MO,FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY",
)
ZONES = ("Europe/Berlin", "Europe/London", "America/New_York", "Australia/Lord_Howe",
         "America/Sao_Paulo", "Asia/Kathmandu", "Africa/Casablanca", "Pacific/Apia")  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    rule=st.sampled_from(RULES),
    zone=st.sampled_from(ZONES),
    first=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),  # noqa: DTZ001
    wait=st.integers(0, 500 * 24 * 60),
)
def test_occurrences_follow_the_rule_on_the_local_clock(
    rule: str, zone: str, first: datetime, wait: int
) -> None:
    local = ZoneInfo(zone)
    due_at = first.replace(second=0, microsecond=0, tzinfo=local)
    after = due_at.astimezone(UTC) + timedelta(minutes=wait)
    recurring = reminder(zone=zone, due_at=due_at.astimezone(UTC), rrule=rule)

    found = reminders.next_due(recurring, after)

    assert found is not None
    start = due_at.astimezone(UTC).astimezone(local).replace(tzinfo=None)
    instants = [
        each.replace(tzinfo=local).astimezone(UTC)
        for each in rrulestr(rule, dtstart=start).between(
            start, start + timedelta(days=2000), inc=True
        )
    ]
    assert found == min(instant for instant in instants if instant > after)
