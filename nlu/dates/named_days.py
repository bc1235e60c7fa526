"""Days told by their date or their holiday, with whatever of it is left unsaid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from nlu.dates.clocks import Clock
from nlu.dates.days import Weekday
from nlu.dates.holidays import Rule
from nlu.dates.moments import Moment
from nlu.dates.shapes import Day
from nlu.dates.sight import DAY, NoSuchDateError, Sight, add_months, days_in

MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class NamedDay(Day):
    """A day of the month, with month, year and weekday where they are said.

    `swapped` says that the order of day and month is for the calendar's setting to decide.
    """

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    swapped: bool = False

    @property
    def vague(self) -> bool:
        return self.year is None

    def ordered(self, sight: Sight) -> NamedDay:
        """Day and month in the firm's order; the other order where only that one exists."""
        if not self.swapped or self.month is None:
            return self
        first, second = self.day, self.month
        day, month = (first, second) if sight.calendar.day_first else (second, first)
        if month > 12 or self.turned(day, month):
            day, month = month, day
        return NamedDay(day, month, self.year, self.weekday)

    def turned(self, day: int, month: int) -> bool:
        """Whether only the other order fits the weekday said."""
        if self.year is None or self.weekday is None or day > 12 or month > 12:
            return False
        here, there = date(self.year, month, day), date(self.year, day, month)
        return here.weekday() != self.weekday == there.weekday()

    def falls(self, sight: Sight, clock: Clock | None = None) -> date:
        said = self.ordered(sight)
        if said is not self:
            return said.falls(sight, clock)
        if self.year is not None and self.month is not None:
            return the_day(self.year, self.month, self.day, sight)
        if self.month is None:
            return self.nearest_month(sight)
        return self.nearest_year(sight)

    def nearest_year(self, sight: Sight) -> date:
        assert self.month is not None
        if self.day > days_in(2000, self.month):
            raise no_such_day(self.likely_year(sight), self.month, self.day)
        year = sight.today.year
        years = range(year + 1, year - 9, -1) if sight.back else range(year - 1, year + 9)
        days = [date(one, self.month, self.day) for one in years if self.exists_in(one)]
        ahead = [day for day in days if (day <= sight.today if sight.back else day >= sight.today)]
        if self.weekday not in {None, ahead[0].weekday()}:
            # A weekday that fits the date just gone, and not the coming one, decides.
            other = [day for day in days[:2] if day not in ahead and day.weekday() == self.weekday]
            return [*other, *ahead][0]
        return ahead[0]

    def exists_in(self, year: int) -> bool:
        return self.month is not None and self.day <= days_in(year, self.month)

    def likely_year(self, sight: Sight) -> int:
        assert self.month is not None
        today = sight.today
        if sight.back:
            return today.year - (self.month > today.month)
        return today.year + (self.month < today.month)

    def nearest_month(self, sight: Sight) -> date:
        if self.day > 31:
            raise NoSuchDateError("No month has more than 31 days.")
        first = sight.today.replace(day=1)
        for step in range(-1, 14):
            month = add_months(first, -step if sight.back else step)
            if self.day > days_in(month.year, month.month):
                continue
            day = month.replace(day=self.day)
            if day > sight.today if sight.back else day < sight.today:
                continue
            if self.weekday is None:
                return day
            if day.weekday() == self.weekday:
                return self.rather_past(day, sight)
        return Weekday(self.weekday or 0).falls(sight)

    def rather_past(self, far: date, sight: Sight) -> date:
        """ "Friday the 15th": a far one gives way to the one of this month that is just gone."""
        here = sight.today.replace(day=1)
        if sight.back or self.day > days_in(here.year, here.month):
            return far
        gone = here.replace(day=self.day)
        fits = gone.weekday() == self.weekday
        return gone if fits and (far - sight.today).days > 45 else far

    def others(self, sight: Sight) -> tuple[Moment, ...]:
        said = self.ordered(sight)
        day = said.falls(sight)
        if self.weekday is not None and day.weekday() != self.weekday:
            ahead = Weekday(self.weekday, "coming").falls(
                sight.standing(sight.midnight(day), "ahead")
            )
            return (sight.whole_day(ahead - timedelta(days=7)), sight.whole_day(ahead))
        if self.swapped and said.day <= 12 and said.month not in {None, said.day}:
            turned = NamedDay(said.month or 1, said.day, said.year)
            return (sight.whole_day(turned.falls(sight)),)
        return ()


def the_day(year: int, month: int, day: int, sight: Sight) -> date:
    if day < 1 or day > days_in(year, month):
        raise no_such_day(year, month, day)
    return date(year, month, day)


def no_such_day(year: int, month: int, day: int) -> NoSuchDateError:
    length = days_in(year, month)
    last = date(year, month, length)
    name = MONTH_NAMES[month - 1] + (f" {year}" if month == 2 else "")
    near = (last, last + DAY) if day <= 31 else ()
    return NoSuchDateError(f"{name} has {length} days.", near)


@dataclass(frozen=True, slots=True)
class Holiday(Day):
    rule: Rule
    year: int | None = None
    which: str = ""

    @property
    def vague(self) -> bool:
        return self.year is None and not self.which

    def falls(self, sight: Sight, clock: Clock | None = None) -> date:
        if self.year is not None:
            return self.rule(self.year)
        today, year = sight.today, sight.today.year
        days = [self.rule(one) for one in (year - 1, year, year + 1)]
        if self.which in {"last", "past"}:
            return max(day for day in [self.rule(year - 2), *days] if day < today)
        if self.which in {"next", "coming", "following"}:
            return min(day for day in days if day > today)
        if sight.back:
            return max(day for day in [self.rule(year - 2), *days] if day <= today)
        return min(day for day in days if day >= today)


class HolidayIn(Day):
    """A holiday of a year so many years from this one."""

    __slots__ = ("rule", "years")

    def __init__(self, rule: Any, years: int) -> None:
        self.rule, self.years = rule, years

    def falls(self, sight: Any, clock: Any = None) -> Any:
        return self.rule(sight.today.year + self.years)
