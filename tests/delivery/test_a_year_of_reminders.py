"""Reminders and digests over a year in eight zones: none missing, none doubled, at the hour."""

import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from bot.planner import Planner, step
from crm_store import hours, reminders
from crm_store.database import open_store, sessions, upgrade
from crm_store.employees import Employee
from crm_store.firm import Firm
from crm_store.mailbox import Outgoing
from crm_store.reminders import Reminder
from nlu.dates import Calendar
from skills import all_skills

ZONES = (
    "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe",
    "Asia/Kolkata", "Africa/Casablanca", "Pacific/Apia", "America/St_Johns",
)  # fmt: skip
RULES = (
    "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
    "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=MONTHLY;BYDAY=2TU", "FREQ=YEARLY", "FREQ=WEEKLY;BYDAY=SU",
)  # fmt: skip
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
EARLIEST, LATEST = (NEW_YEAR.replace(year=year, tzinfo=None) for year in (2025, 2028))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_store(f"sqlite:///{tmp_path / 'firm.sqlite3'}")
    upgrade(engine)
    yield engine
    engine.dispose()


def planner(engine: Engine, firm: Firm | None = None) -> Planner:
    return Planner(sessions(engine), all_skills(), firm or Firm(), Calendar(), "terminal")


def staff(engine: Engine, number: int, **more: Any) -> None:
    with sessions(engine).begin() as session:
        session.add_all(
            Employee(
                email=f"e{n}@example.com", name=f"E{n} Xu", timezone=ZONES[n % len(ZONES)], **more
            )
            for n in range(number)
        )


def wall_times(rule: str, zone: str, first: datetime, until: datetime) -> list[datetime]:
    """By dateutil on the wall clock, each then looked up in the zone."""
    local = first.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    found: list[datetime] = []
    for one in rrulestr(rule, dtstart=local):
        at = one.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        if at > until:
            return found
        if at >= first:
            found.append(at)
    return found


@pytest.mark.slow
def test_fifty_people_in_eight_zones(engine: Engine) -> None:
    """Everybody has a rule of their own, on the clock of their own zone."""
    staff(engine, 50, digest_on=False)
    wanted: Counter[tuple[str, datetime]] = Counter()
    with sessions(engine).begin() as session:
        for n, one in enumerate(session.scalars(select(Employee).order_by(Employee.id))):
            rule = RULES[1:][n % (len(RULES) - 1)]
            zone = ZoneInfo(one.timezone)
            first = datetime(2026, 1, 1, n % 24, 30 * (n % 2), tzinfo=zone).astimezone(UTC)
            first = next(at for at in wall_times(rule, one.timezone, first, first + YEAR))
            session.add(
                Reminder(
                    task=f"task {n}", employee=one, due_at=first, first_due_at=first,
                    zone=one.timezone, rrule=rule, created_at=NEW_YEAR,
                )
            )  # fmt: skip
            ends = NEW_YEAR + YEAR
            wanted.update((one.email, at) for at in wall_times(rule, one.timezone, first, ends))
    plan, begun = planner(engine), time.monotonic()
    plan.begin(NEW_YEAR - timedelta(days=2))
    step(plan, NEW_YEAR - timedelta(days=2), NEW_YEAR + YEAR)
    took = time.monotonic() - begun
    with sessions(engine)() as session:
        told = Counter((row.address, row.due_at) for row in session.scalars(select(Outgoing)))
    assert told == wanted
    assert sum(told.values()) > 2500
    print(f"{sum(told.values())} reminders of a year in {took:.1f} s")


def test_each_morning_of_a_year_has_one_digest_at_the_local_hour() -> None:
    works = Calendar().works
    for zone in ZONES:
        me = Employee(email="a@example.com", name="A", timezone=zone, digest_on=True)
        told, at = [], hours.next_digest(me, NEW_YEAR - timedelta(days=1), clock(8, 30), works)
        while at is not None and at < NEW_YEAR + YEAR:
            told.append(at.astimezone(ZoneInfo(zone)))
            at = hours.next_digest(me, at, clock(8, 30), works)
        assert {one.time() for one in told} == {clock(8, 30)}
        days = [one.date() for one in told]
        assert len(set(days)) == len(days)
        year = [date(2026, 1, 2) + timedelta(days=n) for n in range(363)]
        assert {day for day in year if works(day)} <= set(days)
        assert all(works(day) for day in days)


@settings(max_examples=200, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    rule=st.sampled_from(RULES),
    first=st.datetimes(EARLIEST, LATEST),
    after=st.integers(0, 60 * 24 * 500),
)
def test_the_next_occurrence_is_the_next_that_dateutil_has(
    zone: str, rule: str, first: datetime, after: int
) -> None:
    local = first.replace(second=0, microsecond=0)
    anchor = local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    # An hour that the clock skips is no hour to begin at.
    assume(anchor.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local)
    reminder = Reminder(due_at=anchor, first_due_at=anchor, zone=zone, rrule=rule)
    moment = anchor + timedelta(minutes=after)
    found = reminders.next_due(reminder, moment)
    later = wall_times(rule, zone, anchor, moment + timedelta(days=1500))
    assert found == next((at for at in later if at > moment), None)
    if found is not None:
        wall = found.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        skipped = wall.time() != local.time()
        assert not skipped or wall - timedelta(hours=1) <= wall.replace(
            hour=local.hour, minute=local.minute
        )


@settings(max_examples=200, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    begins=st.times(),
    ends=st.times(),
    at=st.datetimes(EARLIEST, LATEST, timezones=st.just(UTC)),
    off=st.tuples(st.integers(-2000, 2000), st.integers(1, 5000)),
)
def test_what_is_held_back_is_told_outside_quiet_hours_and_days_off(
    zone: str, begins: clock, ends: clock, at: datetime, off: tuple[int, int]
) -> None:
    starts = at + timedelta(minutes=off[0])
    me = Employee(
        email="a@example.com", name="A", timezone=zone,
        quiet_from=begins.replace(second=0, microsecond=0),
        quiet_until=ends.replace(second=0, microsecond=0),
        away_from=starts, away_until=starts + timedelta(minutes=off[1]),
    )  # fmt: skip
    told = hours.held_until(me, at)
    assert told >= at
    assert hours.held_until(me, told) == told
    assert not hours.is_away(me, told)
    assert hours.held_until(me, at + timedelta(minutes=1)) >= told


def test_after_a_night_without_power_what_was_due_comes_once_and_in_one_piece(
    engine: Engine,
) -> None:
    staff(engine, 1, digest_on=False)
    plan = planner(engine)
    plan.begin(NEW_YEAR)
    with sessions(engine).begin() as session:
        one = session.scalars(select(Employee)).one()
        for n, rule in enumerate((None, "FREQ=DAILY", None)):
            due = NEW_YEAR + timedelta(hours=3 + n)
            session.add(
                Reminder(
                    task=f"task {n}", employee=one, due_at=due, first_due_at=due if rule else None,
                    zone=one.timezone, rrule=rule, created_at=NEW_YEAR,
                )
            )  # fmt: skip
    back = NEW_YEAR + timedelta(days=3, hours=12)
    assert plan.plan(back) == 1
    assert plan.plan(back) == 0
    with sessions(engine)() as session:
        (told,) = session.scalars(select(Outgoing)).all()
        assert "3 reminders" in told.body["text"]
        assert all("was due" in fact for fact in told.body["facts"])
        daily = session.scalars(select(Reminder).where(Reminder.rrule.is_not(None))).one()
        assert daily.due_at == NEW_YEAR + timedelta(days=4, hours=4)


def test_two_planners_at_once_tell_once(engine: Engine) -> None:
    staff(engine, 1, digest_on=False)
    first, second = planner(engine), planner(engine)
    first.begin(NEW_YEAR)
    with sessions(engine).begin() as session:
        one = session.scalars(select(Employee)).one()
        due = NEW_YEAR + timedelta(hours=1)
        session.add(
            Reminder(task="t", employee=one, due_at=due, zone=one.timezone, created_at=NEW_YEAR)
        )
    assert first.plan(due) + second.plan(due) == 1
