"""What dateparser makes of an expression that the grammar does not know, where that is safe.

It drops numbers without a word ("tomorrow at 9"), takes a day for a month and lands years
away; such answers are refused. It is loaded only when it is asked, which is rare.
"""

from __future__ import annotations

import re
from datetime import datetime

from nlu.dates.moments import Moment
from nlu.dates.pieces import lowered
from nlu.dates.sight import Sight

_FARTHEST_DAYS = 550
_MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b")
_CLOCK = re.compile(r"\d:\d\d|\d\s?[ap]\.?m\b|\d\s?h\d")


def guess(span: str, sight: Sight) -> Moment | None:
    """The moment that dateparser reads, if it used every number and kept in reach."""
    said = lowered(span)
    numbers = [int(number) for number in re.findall(r"\d+", said)]
    dated = _MONTH.search(said) or (len(numbers) > 2 and any(n > 1900 for n in numbers))
    if not numbers or not dated:
        return None
    found = _parsed(said, sight)
    if found is None or not _uses(found, numbers):
        return None
    typed_year = any(number == found.year for number in numbers)
    if not typed_year and abs((found.date() - sight.today).days) > _FARTHEST_DAYS:
        return None
    if _CLOCK.search(said):
        return Moment(found.replace(microsecond=0), None, "minute")
    return sight.whole_day(found.date())


def _parsed(said: str, sight: Sight) -> datetime | None:
    from dateparser import parse

    settings = {
        "RELATIVE_BASE": sight.now.replace(tzinfo=None),
        "PREFER_DATES_FROM": "past" if sight.back else "future",
        "DATE_ORDER": "DMY" if sight.calendar.day_first else "MDY",
        "REQUIRE_PARTS": ["day", "month"],
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    found = parse(said, languages=["en"], settings=settings)
    return found.replace(tzinfo=sight.now.tzinfo) if isinstance(found, datetime) else None


def _uses(found: datetime, numbers: list[int]) -> bool:
    """Whether every number of the span is somewhere in the date that was read from it."""
    hour = found.hour % 12 or 12
    parts = {found.year, found.year % 100, found.month, found.day, found.hour, hour}
    return all(number in parts | {found.minute, found.second} for number in numbers)
