"""Times of day on days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from nlu.dates.clocks import Clock
from nlu.dates.days import FixedDay, Weekday
from nlu.dates.moments import Moment
from nlu.dates.named_days import NamedDay
from nlu.dates.shapes import Day, Shape
from nlu.dates.sight import DAY, Sight


@dataclass(frozen=True, slots=True)
class WeekdayNumber(Shape):
    """A weekday and a bare number past twelve: a day of the month if they fit, else an hour."""

    weekday: int
    number: int

    def moment(self, sight: Sight) -> Moment:
        named = NamedDay(self.number, weekday=self.weekday)
        day = named.falls(sight)
        if self.number > 23 or abs((day - sight.today).days) <= 31:
            return sight.whole_day(day)
        return At(Weekday(self.weekday), Clock(self.number, sure=True)).moment(sight)


@dataclass(frozen=True, slots=True)
class SameTime(Shape):
    """The time of day that it is now, on another day."""

    day: Day

    def moment(self, sight: Sight) -> Moment:
        at = datetime.combine(self.day.falls(sight), sight.now.timetz())
        return Moment(at, None, "minute")


@dataclass(frozen=True, slots=True)
class At(Shape):
    """A time of day on a day."""

    day: Day
    clock: Clock

    @property
    def vague(self) -> bool:
        return self.day.vague

    def moment(self, sight: Sight) -> Moment:
        start = self.clock.on(self.day.falls(sight, self.clock), sight)
        if self.clock.hour == 0 and self.clock.sure and isinstance(self.day, FixedDay):
            late = not sight.back and self.day.offset == 0 and start <= sight.now
            start += DAY if late else timedelta()
        return Moment(start, None, "minute")

    def others(self, sight: Sight) -> tuple[Moment, ...]:
        return tuple(
            Moment(self.clock.on(other.start.date(), sight), None, "minute")
            for other in self.day.others(sight)
        )
