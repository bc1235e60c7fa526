"""Stretches of the calendar: weeks, months, quarters, years, rolling spans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from nlu.dates.moments import Grain, Moment
from nlu.dates.shapes import Amount, Day, Shape
from nlu.dates.sight import DAY, Sight, add_months, next_unit, unit_at

WEEK = timedelta(days=7)


class Period(Shape):
    __slots__ = ()

    def grain(self) -> Grain:
        """The calendar unit it is, or is measured in."""
        raise NotImplementedError

    def bounds(self, sight: Sight) -> tuple[date, date]:
        """Its first day, and the first day after it."""
        raise NotImplementedError

    def moment(self, sight: Sight) -> Moment:
        start, end = self.bounds(sight)
        return sight.whole(start, end, self.grain())


@dataclass(frozen=True, slots=True)
class CalendarUnit(Period):
    """This week (offset 0), next month (1), the quarter before last (-2).

    Not `said`, where it is just "the month": then one of its days that is past, when the
    sight looks ahead, is meant to be the next month's.
    """

    unit: Grain
    offset: int = 0
    said: bool = True

    def grain(self) -> Grain:
        return self.unit

    def bounds(self, sight: Sight) -> tuple[date, date]:
        start = next_unit(unit_at(sight, sight.today, self.unit), self.unit, self.offset)
        return start, next_unit(start, self.unit)


_MONTHS_GRAIN: dict[int, Grain] = {1: "month", 3: "quarter", 6: "month", 12: "year"}


@dataclass(frozen=True, slots=True)
class Months(Period):
    """Named months of a year: March, Q3, the summer, the whole of 2027.

    The year may be given, or be so many years from this one (`years`), or be guessed.
    """

    month: int
    length: int = 1
    year: int | None = None
    years: int | None = None
    which: str = ""

    def grain(self) -> Grain:
        return _MONTHS_GRAIN[self.length]

    @property
    def vague(self) -> bool:
        return self.year is None and self.years is None and not self.which

    def bounds(self, sight: Sight) -> tuple[date, date]:
        start = self.start(sight)
        return start, add_months(start, self.length)

    def start(self, sight: Sight) -> date:
        today = sight.today
        if self.year is not None:
            return date(self.year, self.month, 1)
        if self.years is not None:
            return date(today.year + self.years, self.month, 1)
        starts = [date(today.year + step, self.month, 1) for step in (-2, -1, 0, 1)]
        if self.which in {"last", "past"}:
            return max(one for one in starts if add_months(one, self.length) <= today)
        if self.which in {"next", "following", "coming"}:
            return min(one for one in starts if one > today)
        if self.which == "afternext":
            return add_months(min(one for one in starts if one > today), 12)
        if sight.back:
            return max(one for one in starts if one <= today)
        return min(one for one in starts if add_months(one, self.length) > today)

    def others(self, sight: Sight) -> tuple[Moment, ...]:
        step = {"next": 12, "last": -12}.get(self.which)
        if step is None:
            return ()
        start = add_months(self.start(sight), step)
        return (sight.whole(start, add_months(start, self.length), self.grain()),)


@dataclass(frozen=True, slots=True)
class Rolling(Shape):
    """The last two weeks, the next thirty days: counted from now, today included."""

    amount: Amount
    sign: int

    def moment(self, sight: Sight) -> Moment:
        unit: Grain = self.amount.grain  # type: ignore[assignment]
        if self.amount.clocked:
            far = self.amount.from_point(sight.now, sight, self.sign)
            return Moment(min(far, sight.now), max(far, sight.now), unit)
        far_day = self.amount.from_day(sight.today, sight, self.sign)
        if self.sign < 0:
            return sight.whole(far_day, sight.today + DAY, unit)
        return sight.whole(sight.today, far_day + DAY, unit)


@dataclass(frozen=True, slots=True)
class WeekOf(Period):
    """The week that a day lies in."""

    day: Day

    def grain(self) -> Grain:
        return "week"

    @property
    def vague(self) -> bool:
        return self.day.vague

    def bounds(self, sight: Sight) -> tuple[date, date]:
        start = sight.week(self.day.falls(sight))
        return start, start + WEEK


@dataclass(frozen=True, slots=True)
class NumberedWeek(Period):
    """A week by its ISO number."""

    number: int
    year: int | None = None

    def grain(self) -> Grain:
        return "week"

    def bounds(self, sight: Sight) -> tuple[date, date]:
        start = date.fromisocalendar(self.year or sight.today.year, self.number, 1)
        return start, start + WEEK


@dataclass(frozen=True, slots=True)
class NthUnit(Period):
    """The n-th unit, or several from there, of a longer period; -1 is its last."""

    count: int
    unit: Grain
    of: Period
    several: int = 1

    def grain(self) -> Grain:
        return self.unit

    @property
    def vague(self) -> bool:
        return self.of.vague

    def bounds(self, sight: Sight) -> tuple[date, date]:
        first, last = self.of.bounds(sight)
        if self.several > 1:
            if self.count > 0:
                return first, next_unit(first, self.unit, self.several)
            return next_unit(last, self.unit, -self.several), last
        if self.unit == "week":
            start = self.week(first, last, sight)
        elif self.count > 0:
            start = next_unit(first, self.unit, self.count - 1)
        else:
            start = next_unit(last, self.unit, self.count)
        return start, next_unit(start, self.unit)

    def week(self, first: date, last: date, sight: Sight) -> date:
        """Weeks count from the first that begins in the period, back from the last whole one."""
        if self.count > 0:
            return sight.week(first + timedelta(days=6)) + WEEK * (self.count - 1)
        return sight.week(last) + WEEK * self.count
