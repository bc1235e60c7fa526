"""Periods that are told by their place: weekends, seasons, decades, edges and rests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from nlu.dates.moments import Grain
from nlu.dates.period_days import NthDay
from nlu.dates.periods import WEEK, Period
from nlu.dates.shapes import Day
from nlu.dates.sight import DAY, Sight, add_months


class HalfOf(Period):
    """The first or the second half of a period, in whole days."""

    __slots__ = ("count", "of")

    def __init__(self, count: int, of: Period) -> None:
        self.count, self.of = count, of

    def grain(self) -> Any:
        return "day"

    def bounds(self, sight: Any) -> Any:
        first, last = self.of.bounds(sight)
        middle = first + (last - first) / 2
        return (first, middle) if self.count == 1 else (middle, last)


@dataclass(frozen=True, slots=True)
class Decade(Period):
    """Ten years, by the first of them."""

    first: int

    def grain(self) -> Grain:
        return "year"

    def bounds(self, sight: Sight) -> tuple[date, date]:
        return date(self.first, 1, 1), date(self.first + 10, 1, 1)


@dataclass(frozen=True, slots=True)
class DecadeAway(Period):
    """This decade, or one so many from it."""

    offset: int

    def grain(self) -> Grain:
        return "year"

    def bounds(self, sight: Sight) -> tuple[date, date]:
        first = sight.today.year // 10 * 10 + 10 * self.offset
        return Decade(first).bounds(sight)


@dataclass(frozen=True, slots=True)
class HolidayWeekend(Period):
    """The weekend that a holiday on a Monday or a Friday makes longer."""

    day: Day

    def grain(self) -> Grain:
        return "day"

    def bounds(self, sight: Sight) -> tuple[date, date]:
        day = self.day.falls(sight)
        saturday = day + timedelta(days=(5 - day.weekday() + 3) % 7 - 3)
        return min(day, saturday), max(day + DAY, saturday + timedelta(days=2))


@dataclass(frozen=True, slots=True)
class Season(Period):
    """Spring, summer, autumn or winter, from equinox to solstice and so on."""

    begins: tuple[int, int]
    year: int | None = None
    years: int | None = None
    which: str = ""

    def grain(self) -> Grain:
        return "day"

    def bounds(self, sight: Sight) -> tuple[date, date]:
        start = self.start(sight)
        return start, self.ends(start)

    def ends(self, start: date) -> date:
        ends = {3: (6, 21), 6: (9, 24), 9: (12, 21), 12: (3, 21)}[start.month]
        return date(start.year + (start.month == 12), *ends)

    def start(self, sight: Sight) -> date:
        today = sight.today
        if self.year is not None or self.years is not None:
            return date(self.year or today.year + (self.years or 0), *self.begins)
        starts = [date(today.year + step, *self.begins) for step in (-2, -1, 0, 1)]
        if self.which in {"last", "past"}:
            return max(one for one in starts if self.ends(one) <= today)
        if self.which in {"next", "following", "coming"}:
            return min(one for one in starts if one > today)
        if sight.back:
            return max(one for one in starts if one <= today)
        return min(one for one in starts if self.ends(one) > today)


@dataclass(frozen=True, slots=True)
class Weekend(Period):
    """Saturday and Sunday; the next weekend is the one after the coming one."""

    which: str = ""
    of: Day | None = None

    def grain(self) -> Grain:
        return "day"

    def bounds(self, sight: Sight) -> tuple[date, date]:
        if self.of is not None:
            day = self.of.falls(sight)
            start = day - timedelta(days=day.weekday()) + timedelta(days=5)
        else:
            start = self.nearest(sight)
        return start, start + timedelta(days=2)

    def nearest(self, sight: Sight) -> date:
        today = sight.today
        this = today - timedelta(days=today.weekday()) + timedelta(days=5)
        if self.which in {"last", "past"}:
            return this - WEEK
        if self.which in {"next", "following"}:
            return this + WEEK
        if sight.back and this > today and self.which != "this":
            return this - WEEK
        return this


@dataclass(frozen=True, slots=True)
class NthWeekend(Period):
    """The n-th weekend of a longer period, by its Saturday; -1 is the last."""

    count: int
    of: Period

    def grain(self) -> Grain:
        return "day"

    def bounds(self, sight: Sight) -> tuple[date, date]:
        start = NthDay(self.count, 5, self.of).falls(sight)
        return start, start + timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Edge(Period):
    """The beginning, the middle or the end of a period. The end is its last day, that of a
    week its last working day; looking back, and where said to be late, its last stretch."""

    edge: str
    of: Period

    def grain(self) -> Grain:
        return "day"

    @property
    def vague(self) -> bool:
        return self.of.vague

    def bounds(self, sight: Sight) -> tuple[date, date]:
        first, last = self.of.bounds(sight)
        if self.edge == "end":
            if self.of.grain() == "week":
                day = last - DAY
                while not sight.calendar.works(day) and day > first:
                    day -= DAY
                return day, day + DAY
            if not sight.back:
                return last - DAY, last
        return _stretch(first, last, self.of.grain(), self.edge)


def _stretch(first: date, last: date, unit: str, edge: str) -> tuple[date, date]:
    if unit in {"week", "day"}:
        cuts = [first, first + timedelta(days=3), last]
        middle = first + timedelta(days=2), first + timedelta(days=4)
    elif unit == "month":
        cuts = [first, first + timedelta(days=10), first + timedelta(days=20), last]
        middle = cuts[1], cuts[2]
    else:
        step = {"quarter": 1}.get(unit, 3)
        cuts = [first, add_months(first, step), add_months(last, -step), last]
        middle = add_months(first, step + step // 3), add_months(last, -step - step // 3)
        middle = middle if middle[0] < middle[1] else (cuts[1], cuts[2])
    if edge in {"begin", "early"}:
        return cuts[0], cuts[1]
    return middle if edge == "mid" else (cuts[-2], cuts[-1])


@dataclass(frozen=True, slots=True)
class Rest(Period):
    """What is left of a period ("later this week"), or what is gone of it ("earlier")."""

    of: Period
    gone: bool = False
    today: bool = True

    def grain(self) -> Grain:
        return "day"

    def bounds(self, sight: Sight) -> tuple[date, date]:
        first, last = self.of.bounds(sight)
        if not first <= sight.today < last:
            middle = first + (last - first) / 2
            return (first, middle) if self.gone else (middle, last)
        if self.gone:
            end = sight.today if sight.today > first and not self.today else sight.today + DAY
            return first, end
        start = sight.today if self.today else sight.today + DAY
        return (start, last) if start < last else (sight.today, last)
