"""One expression alone: corrections of a moment, dates that cannot be, and what is refused."""

from __future__ import annotations

from datetime import datetime

import pytest

from nlu.dates import Impossible, Moment, find, resolve
from tests.nlu.dates_said import BERLIN, NOW, ahead, resolved, told

FRIDAY_AT_9 = Moment(datetime(2026, 11, 27, 9, tzinfo=BERLIN), None, "minute")


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("4", "2026-11-27 16:00"),
        ("make it 4 instead", "2026-11-27 16:00"),
        ("at 10:15", "2026-11-27 10:15"),
        ("thursday", "2026-11-26 09:00"),
        ("tomorrow", "2026-11-19 09:00"),
        ("an hour", "2026-11-27 10:00"),
        ("monday at 2", "2026-11-23 14:00"),
    ],
)
def test_a_correction_keeps_what_it_does_not_say(said: str, moment: str) -> None:
    assert resolved(said, base=FRIDAY_AT_9) == moment


@pytest.mark.parametrize(
    ("said", "why", "near"),
    [
        ("feb 30", "February 2027 has 28 days.", ["2027-02-28", "2027-03-01"]),
        ("29 feb 2027", "February 2027 has 28 days.", ["2027-02-28", "2027-03-01"]),
        ("31 november", "November has 30 days.", ["2026-11-30", "2026-12-01"]),
        ("31/11", "November has 30 days.", ["2026-11-30", "2026-12-01"]),
        ("at 25:00", "A day has 24 hours.", []),
    ],
)
def test_a_date_that_cannot_be_is_named_with_what_is_near(
    said: str, why: str, near: list[str]
) -> None:
    value = resolve(said, NOW, "ahead")
    assert isinstance(value, Impossible)
    assert value.sentence == why
    assert [told(one).split(" ")[0] for one in value.nearest] == near


def test_an_impossible_date_is_found_in_a_sentence_too() -> None:
    found = find("remind me on feb 30 to call ana", NOW, "ahead")
    assert [type(one.value) for one in found] == [Impossible]
    assert found[0].text == "on feb 30"


@pytest.mark.parametrize("said", ["three twenty", "two three", "a while", "minutes", "x 12"])
def test_what_is_not_wholly_a_date_is_refused(said: str) -> None:
    assert resolve(said, NOW, "ahead") is None


def test_dateparser_is_asked_where_the_grammar_knows_no_answer() -> None:
    assert resolved("2026, December the 5th, 10:15 am") == "2026-12-05 10:15"


def test_an_answer_of_dateparser_that_dropped_a_number_is_refused() -> None:
    assert resolve("5 december 99 bottles 7", NOW, "ahead") is None


def test_a_weekday_that_does_not_fit_its_date_shows_the_weekdays_beside_it() -> None:
    found = find("call her friday 1 march 2027", NOW, "ahead")[0]
    assert told(found.value) == "2027-03-01 .. 2027-03-02"
    assert [told(one) for one in found.readings] == [
        "2027-02-26 .. 2027-02-27",
        "2027-03-05 .. 2027-03-06",
    ]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("wednesday at 4", "2026-11-18 16:00"),
        ("wednesday at 9", "2026-11-25 09:00"),
        ("wednesday", "2026-11-25 .. 2026-11-26"),
        ("today at 8", "2026-11-18 20:00"),
        ("at 9", "2026-11-19 09:00"),
        ("in the afternoon", "2026-11-18 12:00 .. 2026-11-18 17:00"),
        ("at midnight", "2026-11-19"),
    ],
)
def test_a_time_of_today_is_one_that_is_still_to_come(text: str, moment: str) -> None:
    assert ahead(text) == moment
