"""What must hold of any text: nothing crashes, spans lie apart, hours survive summer time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.dates import Calendar, Found, Look, Moment, Recurrence, find, resolve
from nlu.dates.lexicon import lexicon, phrases

ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]
NOWS = st.builds(
    lambda at, zone: at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)),
    st.datetimes(datetime(2020, 1, 1), datetime(2034, 12, 31)),  # noqa: DTZ001
    st.sampled_from(ZONES),
)
LOOKS: st.SearchStrategy[Look] = st.sampled_from(["ahead", "back"])
FIGURES = st.one_of(
    st.integers(0, 3000).map(str),
    st.builds("{}:{:02}".format, st.integers(0, 26), st.integers(0, 61)),
    st.builds("{}/{}".format, st.integers(0, 32), st.integers(0, 32)),
    st.builds("{}.{}.".format, st.integers(0, 32), st.integers(0, 32)),
    st.builds("{}-{}-{}".format, st.integers(0, 2999), st.integers(0, 13), st.integers(0, 32)),
    st.builds("{}th".format, st.integers(0, 99)),
    st.builds("{}pm".format, st.integers(0, 30)),
    st.sampled_from(["9a", "17h30", "2h", "q3", "h1", "fy27", "'27", "1980s", "20261201"]),
)
WORDS = st.one_of(
    st.sampled_from(sorted(lexicon())),
    st.sampled_from(sorted(phrases())),
    st.sampled_from([",", "-", "/", ".", "&", "@", "?", "Smith", "calls", "depot"]),
    FIGURES,
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)


def values(found: list[Found]) -> list[Moment]:
    moments = [reading for one in found for reading in one.readings]
    for one in found:
        if isinstance(one.value, Recurrence):
            moments.append(one.value.first)
        elif isinstance(one.value, Moment):
            moments.append(one.value)
    return moments


def check(found: list[Found], text: str) -> None:
    for one, following in pairwise(found):
        assert one.end <= following.start
    for one in found:
        assert text[one.start : one.end] == one.text
        assert one.text.strip()
    for moment in values(found):
        assert moment.start.tzinfo is not None
        if moment.end is not None:
            assert moment.start.astimezone(UTC) < moment.end.astimezone(UTC)


@given(st.text(max_size=60), NOWS, LOOKS)
def test_no_text_breaks_the_search(text: str, now: datetime, look: Look) -> None:
    check(find(text, now, look), text)
    resolve(text, now, look)


@settings(max_examples=400, deadline=None)
@given(SENTENCES, NOWS, LOOKS, st.booleans())
def test_no_words_of_time_break_the_search(
    text: str, now: datetime, look: Look, day_first: bool
) -> None:
    check(find(text, now, look, Calendar(day_first=day_first)), text)


@settings(max_examples=200, deadline=None)
@given(SENTENCES, NOWS)
def test_names_never_lie_in_a_date(text: str, now: datetime) -> None:
    middle = len(text) // 2
    found = find(text, now, "ahead", names=[(middle, middle + 3)])
    assert all(one.end <= middle or one.start >= middle + 3 for one in found)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(
        ["every day at 9", "every monday at 9", "every weekday at 9", "monthly on the 1st at 9"]
    ),
    NOWS,
)
def test_a_repeated_hour_stays_the_same_on_the_wall_through_the_year(
    text: str, now: datetime
) -> None:
    value = find(text, now, "ahead")[0].value
    assert isinstance(value, Recurrence)
    rule = rrulestr(value.rrule, dtstart=value.first.start)
    times = rule.xafter(value.first.start, count=400, inc=True)
    year = [at for at in times if at < value.first.start + timedelta(days=366)]
    assert {(at.hour, at.minute) for at in year} == {(9, 0)}


@given(NOWS)
def test_tomorrow_at_nine_is_nine_on_the_wall(now: datetime) -> None:
    moment = find("tomorrow at 9", now, "ahead")[0].value
    assert isinstance(moment, Moment)
    assert (moment.start.hour, moment.start.date()) == (9, now.date() + timedelta(days=1))


@given(NOWS, st.integers(1, 100))
def test_hours_from_now_are_hours_of_the_clock_through_summer_time(
    now: datetime, hours: int
) -> None:
    moment = find(f"in {hours} hours", now, "ahead")[0].value
    assert isinstance(moment, Moment)
    assert moment.start.astimezone(UTC) - now.astimezone(UTC) == timedelta(hours=hours)


def test_an_hour_that_the_clock_skips_is_the_one_after_it() -> None:
    now = datetime(2027, 3, 27, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    moment = find("tomorrow at 2:30am", now, "ahead")[0].value
    assert isinstance(moment, Moment)
    assert moment.start.isoformat() == "2027-03-28T03:30:00+02:00"
