"""Days told by their place in a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nlu.dates.days import Weekday
from nlu.dates.moments import Grain
from nlu.dates.named_days import the_day
from nlu.dates.periods import CalendarUnit, Period
from nlu.dates.shapes import Day
from nlu.dates.sight import DAY, Sight


@dataclass(frozen=True, slots=True)
class PastPeriod(Period):
    """A period that is said to lie back, whichever way the sentence looks."""

    of: Period

    def grain(self) -> Grain:
        return self.of.grain()

    def bounds(self, sight: Sight) -> tuple[date, date]:
        return self.of.bounds(sight.facing("back"))


@dataclass(frozen=True, slots=True)
class NthDay(Day):
    """The n-th weekday, day or working day of a period; -1 is the last."""

    count: int
    kind: int | str
    of: Period
    open: bool = False

    @property
    def vague(self) -> bool:
        return self.open or self.of.vague

    def falls(self, sight: Sight, clock: object = None) -> date:
        found = self.inside(sight)
        if self.vague and not sight.back and found < sight.today:
            found = self.inside(sight.standing(sight.midnight(self.of.bounds(sight)[1]), "ahead"))
        return found

    def inside(self, sight: Sight) -> date:
        first, last = self.of.bounds(sight)
        step = DAY if self.count > 0 else -DAY
        day, left = (first if self.count > 0 else last - DAY), abs(self.count)
        for _ in range(400):
            left -= self.fits(day, sight)
            if not left:
                return day
            day += step
        raise ValueError("no such day in the period")

    def fits(self, day: date, sight: Sight) -> bool:
        if self.kind == "working":
            return sight.calendar.works(day)
        return self.kind == "day" or day.weekday() == self.kind


@dataclass(frozen=True, slots=True)
class DayOf(Day):
    """A numbered day of a period ("the 4th of next month"), or a weekday in its first week."""

    day: int
    of: Period

    def falls(self, sight: Sight, clock: object = None) -> date:
        first, last = self.of.bounds(sight)
        day = the_day(first.year, first.month, self.day, sight)
        unsaid = isinstance(self.of, CalendarUnit) and not self.of.said
        if unsaid and not sight.back and day < sight.today:
            return the_day(last.year, last.month, self.day, sight)
        return day


@dataclass(frozen=True, slots=True)
class SameWeekday(Day):
    """A weekday of the week that a period begins in."""

    weekday: int
    of: Period

    def falls(self, sight: Sight, clock: object = None) -> date:
        first, _ = self.of.bounds(sight)
        return Weekday(self.weekday).in_week(sight.standing(sight.midnight(first), sight.look), 0)
