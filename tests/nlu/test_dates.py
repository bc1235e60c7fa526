"""Dates and times in what employees type, on a Wednesday morning, 18 November 2026."""

from __future__ import annotations

import pytest

from nlu.dates import Duration
from tests.nlu.dates_said import ahead, back, only


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("follow up next Tuesday at 3", "2026-11-24 15:00"),
        ("call kowalski tmrw 9", "2026-11-19 09:00"),
        ("call her friday arvo", "2026-11-20 12:00 .. 2026-11-20 17:00"),
        ("push to mon 9am", "2026-11-23 09:00"),
        ("book a demo monday at 10", "2026-11-23 10:00"),
        ("tuesday at 4 works for them", "2026-11-24 16:00"),
        ("ring the depot @ 2 on thurs", "2026-11-19 14:00"),
        ("visit 3pm tomoz", "2026-11-19 15:00"),
        ("half 3 tmrw with the buyers", "2026-11-19 15:30"),
        ("quarter past 4 today", "2026-11-18 16:15"),
        ("ten to nine tomorrow", "2026-11-19 08:50"),
        ("at 16.30 today", "2026-11-18 16:30"),
        ("at 17h", "2026-11-18 17:00"),
        ("day after tmrw", "2026-11-20 .. 2026-11-21"),
        ("remind me first thing monday", "2026-11-23 08:00 .. 2026-11-23 10:00"),
        ("lunch with them at noon on friday", "2026-11-20 12:00"),
        ("send it by cob thurs", ".. 2026-11-19 17:00"),
        ("same time tomorrow", "2026-11-19 10:30"),
        ("this time next week", "2026-11-25 10:30"),
        ("wensday 3pm", "2026-11-18 15:00"),
        ("next thrusday", "2026-11-26 .. 2026-11-27"),
    ],
)
def test_a_day_and_a_time_are_read_as_typed(text: str, moment: str) -> None:
    assert ahead(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("mon 1 mar", "2027-03-01 .. 2027-03-02"),
        ("first of december", "2026-12-01 .. 2026-12-02"),
        ("dec 1st at noon", "2026-12-01 12:00"),
        ("on the 3rd", "2026-12-03 .. 2026-12-04"),
        ("the 15th at 2", "2026-12-15 14:00"),
        ("2026-12-01 14:00", "2026-12-01 14:00"),
        ("2026-12-01T14:00:00Z", "2026-12-01 15:00"),
        ("31.12.2026", "2026-12-31 .. 2027-01-01"),
        ("on 3.4.", "2027-04-03 .. 2027-04-04"),
        ("14th april 2027", "2027-04-14 .. 2027-04-15"),
        ("feb 29", "2028-02-29 .. 2028-03-01"),
        ("4pm GMT tomorrow", "2026-11-19 17:00"),
        ("christmas eve", "2026-12-24 .. 2026-12-25"),
        ("easter monday 2027", "2027-03-29 .. 2027-03-30"),
        ("the day after thanksgiving", "2026-11-27 .. 2026-11-28"),
        ("the friday before christmas", "2026-12-18 .. 2026-12-19"),
        ("second monday of january", "2027-01-11 .. 2027-01-12"),
        ("the 4th of next month", "2026-12-04 .. 2026-12-05"),
        ("last working day of the month", "2026-11-30 .. 2026-12-01"),
        ("the 31st", "2026-12-31 .. 2027-01-01"),
    ],
)
def test_dates_are_read_in_words_and_figures(text: str, moment: str) -> None:
    assert ahead(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("in an hour", "2026-11-18 11:30"),
        ("in 1h30", "2026-11-18 12:00"),
        ("in an hour and a half", "2026-11-18 12:00"),
        ("20 min ago", "2026-11-18 10:10"),
        ("in a fortnight", "2026-12-02 .. 2026-12-03"),
        ("a couple of days ago", "2026-11-16 .. 2026-11-17"),
        ("in a few weeks", "2026-12-09 .. 2026-12-10"),
        ("in 3 business days", "2026-11-23 .. 2026-11-24"),
        ("a week from monday", "2026-11-30 .. 2026-12-01"),
        ("a week tomorrow", "2026-11-26 .. 2026-11-27"),
        ("monday week", "2026-11-30 .. 2026-12-01"),
        ("3 weeks ago tuesday", "2026-10-27 .. 2026-10-28"),
        ("two days after christmas", "2026-12-27 .. 2026-12-28"),
        ("half an hour before noon", "2026-11-18 11:30"),
    ],
)
def test_distances_count_from_now_or_from_the_day_they_name(text: str, moment: str) -> None:
    assert ahead(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("friday 3-4pm", "2026-11-20 15:00 .. 2026-11-20 16:00"),
        ("between 2 and 4", "2026-11-18 14:00 .. 2026-11-18 16:00"),
        ("from 9 to 5 tomorrow", "2026-11-19 09:00 .. 2026-11-19 17:00"),
        ("11-1pm", "2026-11-18 11:00 .. 2026-11-18 13:00"),
        ("quiet hours 18 to 8", "2026-11-18 18:00 .. 2026-11-19 08:00"),
        ("july 13-15", "2027-07-13 .. 2027-07-16"),
        ("12-14/10", "2027-10-12 .. 2027-10-15"),
        ("monday to wednesday", "2026-11-23 .. 2026-11-26"),
        ("monday to wednesday next week", "2026-11-23 .. 2026-11-26"),
        ("dec 30 - jan 2", "2026-12-30 .. 2027-01-03"),
        ("from 4 pm monday to 5 pm tuesday", "2026-11-23 16:00 .. 2026-11-24 17:00"),
        ("off until friday", "2026-11-20 .. 2026-11-21"),
        ("by eom", "2026-11-30 .. 2026-12-01"),
        ("after the weekend", "2026-11-23 .."),
        ("before the weekend", "2026-11-20 .. 2026-11-21"),
        ("from next week", "2026-11-23 .."),
    ],
)
def test_ranges_include_their_last_day_but_not_their_last_hour(text: str, moment: str) -> None:
    assert ahead(text) == moment


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("snooze an hour", 60),
        ("we spoke for 20 min", 20),
        ("took one hour and 45 minutes", 105),
        ("two and a half hours", 150),
        ("1/2 hour", 30),
        ("3 business days", 3 * 24 * 60),
    ],
)
def test_a_length_of_time_is_a_duration(text: str, minutes: int) -> None:
    value = only(text).value
    assert isinstance(value, Duration)
    assert value.minutes == minutes


def test_the_span_tells_where_the_words_stood_with_their_preposition() -> None:
    text = "Remind me to ring Jessop on Friday at 3, about the gate"
    found = only(text)
    assert found.text == "on Friday at 3"
    assert text[found.start : found.end] == found.text


def test_several_expressions_come_in_the_order_of_the_sentence() -> None:
    from nlu.dates import find
    from tests.nlu.dates_said import NOW, told

    found = find("met them yesterday, call again friday at 2", NOW, "ahead")
    assert [told(one.value) for one in found] == [
        "2026-11-17 .. 2026-11-18",
        "2026-11-20 14:00",
    ]


def test_what_may_mean_another_day_carries_its_other_readings() -> None:
    from tests.nlu.dates_said import told

    found = only("next friday")
    assert told(found.value) == "2026-11-27 .. 2026-11-28"
    assert [told(one) for one in found.readings] == ["2026-11-20 .. 2026-11-21"]


def test_a_report_and_a_plan_read_the_same_day_apart() -> None:
    assert back("the call was tuesday") == "2026-11-17 .. 2026-11-18"
    assert ahead("call him tuesday") == "2026-11-24 .. 2026-11-25"
