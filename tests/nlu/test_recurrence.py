"""What repeats, as an RFC 5545 rule, and the first time it comes; it is a Wednesday, 10:30."""

from __future__ import annotations

import pytest
from dateutil.rrule import rrulestr

from nlu.dates import Impossible, Recurrence, find
from tests.nlu.dates_said import NOW, ahead, only


@pytest.mark.parametrize(
    ("text", "rule", "first"),
    [
        ("every monday at 9", "FREQ=WEEKLY;BYDAY=MO", "2026-11-23 09:00"),
        ("mondays and thursdays at 9", "FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-19 09:00"),
        ("every mon, wed and fri", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "2026-11-20 .. 2026-11-21"),
        (
            "every monday through friday",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
            "2026-11-19 .. 2026-11-20",
        ),
        ("8:30 every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-19 08:30"),
        ("weekdays at 12", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-18 12:00"),
        ("every other friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2026-11-20 .. 2026-11-21"),
        ("biweekly on fridays", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2026-11-20 .. 2026-11-21"),
        ("every 6 weeks", "FREQ=WEEKLY;INTERVAL=6", "2026-12-30 .. 2026-12-31"),
        ("daily at 8", "FREQ=DAILY", "2026-11-19 08:00"),
        ("every day at 11", "FREQ=DAILY", "2026-11-18 11:00"),
        ("each morning", "FREQ=DAILY", "2026-11-19 08:00 .. 2026-11-19 12:00"),
        ("friday mornings", "FREQ=WEEKLY;BYDAY=FR", "2026-11-20 08:00 .. 2026-11-20 12:00"),
        ("every weekend", "FREQ=WEEKLY;BYDAY=SA,SU", "2026-11-21 .. 2026-11-22"),
        ("monthly on the 15th", "FREQ=MONTHLY;BYMONTHDAY=15", "2026-12-15 .. 2026-12-16"),
        ("the 1st of every month at 10", "FREQ=MONTHLY;BYMONTHDAY=1", "2026-12-01 10:00"),
        ("last friday of every month", "FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27 .. 2026-11-28"),
        ("second tuesday of each month", "FREQ=MONTHLY;BYDAY=2TU", "2026-12-08 .. 2026-12-09"),
        (
            "last working day of every month",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "2026-11-30 .. 2026-12-01",
        ),
        ("end of every month", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30 .. 2026-12-01"),
        ("every quarter", "FREQ=MONTHLY;INTERVAL=3", "2027-02-18 .. 2027-02-19"),
        ("twice a month", "FREQ=MONTHLY;BYMONTHDAY=1,15", "2026-12-01 .. 2026-12-02"),
        ("every 3 march", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3", "2027-03-03 .. 2027-03-04"),
        ("every 2 hours", "FREQ=HOURLY;INTERVAL=2", "2026-11-18 12:30"),
        (
            "every friday for 3 weeks",
            "FREQ=WEEKLY;UNTIL=20261210T225959Z;BYDAY=FR",
            "2026-11-20 .. 2026-11-21",
        ),
        ("every monday starting in december", "FREQ=WEEKLY;BYDAY=MO", "2026-12-07 .. 2026-12-08"),
        ("daily 10 times", "FREQ=DAILY;COUNT=10", "2026-11-19 .. 2026-11-20"),
    ],
)
def test_a_repeating_time_is_a_rule_and_its_first_time(text: str, rule: str, first: str) -> None:
    assert ahead(text) == f"{rule} from {first}"


@pytest.mark.parametrize(
    "text",
    [
        "every blue moon",
        "every customer",
        "every now and then",
        "each of them",
        "every time",
        "twice",
    ],
)
def test_what_repeats_without_a_rule_is_no_recurrence(text: str) -> None:
    assert find(text, NOW, "ahead") == []


def test_a_day_that_never_comes_round_is_impossible() -> None:
    assert isinstance(only("every year on feb 30").value, Impossible)


def test_a_list_of_days_that_does_not_repeat_stays_days() -> None:
    found = find("call them monday and thursday", NOW, "ahead")
    assert [one.text for one in found] == ["monday", "thursday"]


def test_a_plural_before_a_meeting_is_one_day() -> None:
    assert ahead("move tuesdays meeting") == "2026-11-24 .. 2026-11-25"


@pytest.mark.parametrize(
    "text",
    ["every monday at 9", "every 6 weeks", "end of every month", "every march 3"],
)
def test_the_first_time_is_one_that_the_rule_yields(text: str) -> None:
    value = only(text).value
    assert isinstance(value, Recurrence)
    first = value.first.start.replace(tzinfo=None)
    assert next(iter(rrulestr(value.rrule, dtstart=first))) == first
    assert value.first.start > NOW
