"""Periods that questions ask about, on a Wednesday morning, 18 November 2026."""

from __future__ import annotations

import pytest

from nlu.dates import Calendar
from tests.nlu.dates_said import ahead, back, only


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("calls this week", "2026-11-16 .. 2026-11-23"),
        ("wins last month", "2026-10-01 .. 2026-11-01"),
        ("last quarter", "2026-07-01 .. 2026-10-01"),
        ("pipeline this qtr", "2026-10-01 .. 2027-01-01"),
        ("forecast for the quarter", "2026-10-01 .. 2027-01-01"),
        ("in the last 30 days", "2026-10-19 .. 2026-11-19"),
        ("past 2 weeks", "2026-11-04 .. 2026-11-19"),
        ("complaints in january", "2026-01-01 .. 2026-02-01"),
        ("revenue in Q3", "2026-07-01 .. 2026-10-01"),
        ("q3 2025", "2025-07-01 .. 2025-10-01"),
        ("the first half of 2026", "2026-01-01 .. 2026-07-01"),
        ("first week of october", "2026-10-05 .. 2026-10-12"),
        ("week of 12 october", "2026-10-12 .. 2026-10-19"),
        ("since jan", "2026-01-01 .."),
        ("since last friday", "2026-11-13 .."),
        ("since 5pm yesterday", "2026-11-17 17:00 .."),
        ("between may and july", "2026-05-01 .. 2026-08-01"),
        ("ytd", "2026-01-01 .. 2026-11-19"),
        ("earlier this month", "2026-11-01 .. 2026-11-18"),
        ("the week before last", "2026-11-02 .. 2026-11-09"),
        ("last weekend", "2026-11-14 .. 2026-11-16"),
        ("yesterday afternoon", "2026-11-17 12:00 .. 2026-11-17 17:00"),
        ("in march last year", "2025-03-01 .. 2025-04-01"),
    ],
)
def test_a_question_looks_back(text: str, moment: str) -> None:
    assert back(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("closing in june", "2027-06-01 .. 2027-07-01"),
        ("push it to Q4", "2026-10-01 .. 2027-01-01"),
        ("end of next week", "2026-11-27 .. 2026-11-28"),
        ("end of the month", "2026-11-30 .. 2026-12-01"),
        ("eoy", "2026-12-31 .. 2027-01-01"),
        ("early march", "2027-03-01 .. 2027-03-11"),
        ("mid june", "2027-06-11 .. 2027-06-21"),
        ("next weekend", "2026-11-28 .. 2026-11-30"),
        ("this weekend", "2026-11-21 .. 2026-11-23"),
        ("the week after next", "2026-11-30 .. 2026-12-07"),
        ("in the next 2 weeks", "2026-11-18 .. 2026-12-03"),
        ("later today", "2026-11-18 10:30 .. 2026-11-19"),
        ("tonight", "2026-11-18 20:00 .. 2026-11-19"),
        ("tomorrow evening", "2026-11-19 17:00 .. 2026-11-19 21:00"),
    ],
)
def test_a_plan_looks_ahead(text: str, moment: str) -> None:
    assert ahead(text) == moment


def test_a_period_tells_its_grain() -> None:
    grains = {text: only(text).value for text in ("next week", "in may", "in Q3", "last year")}
    assert {text: getattr(value, "grain", None) for text, value in grains.items()} == {
        "next week": "week",
        "in may": "month",
        "in Q3": "quarter",
        "last year": "year",
    }


def test_the_firm_may_begin_its_week_on_sunday() -> None:
    assert ahead("this week", calendar=Calendar(week_starts=6)) == "2026-11-15 .. 2026-11-22"


def test_the_firm_may_put_the_month_first() -> None:
    assert ahead("on 3/4") == "2027-04-03 .. 2027-04-04"
    assert ahead("on 3/4", calendar=Calendar(day_first=False)) == "2027-03-04 .. 2027-03-05"
    assert ahead("on 3/25") == "2027-03-25 .. 2027-03-26"


def test_the_firm_may_close_earlier_and_keep_holidays() -> None:
    from datetime import date, time

    firm = Calendar(end_of_day=time(16, 30), days_off=frozenset({date(2026, 11, 19)}))
    assert ahead("eod", calendar=firm) == "2026-11-18 16:30"
    assert ahead("in 2 working days", calendar=firm) == "2026-11-23 .. 2026-11-24"
