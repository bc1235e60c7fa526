"""What a piece of a date expression means before anyone asks when.

A shape is independent of now; `moment` settles it for one who stands at a `Sight`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from nlu.dates.moments import Moment
from nlu.dates.sight import Sight, add_months, work_days_away

if TYPE_CHECKING:
    from nlu.dates.clocks import Clock


class Shape:
    """Anything that can be settled to a moment."""

    __slots__ = ()

    def moment(self, sight: Sight) -> Moment:
        raise NotImplementedError

    def others(self, sight: Sight) -> tuple[Moment, ...]:
        """What else it may mean."""
        return ()

    @property
    def vague(self) -> bool:
        """Whether its year, or its week, is left to be guessed from the other end of a range."""
        return False


class Day(Shape):
    __slots__ = ()

    def falls(self, sight: Sight, clock: Clock | None = None) -> date:
        """The day; `clock` is the time of day named with it, if any."""
        raise NotImplementedError

    def moment(self, sight: Sight) -> Moment:
        return sight.whole_day(self.falls(sight))


@dataclass(frozen=True, slots=True)
class Amount:
    """So much time: seconds of the clock, days and months of the calendar, working days."""

    seconds: float = 0
    days: float = 0
    months: float = 0
    workdays: int = 0
    grain: str = "day"

    def __add__(self, other: Amount) -> Amount:
        return Amount(
            self.seconds + other.seconds,
            self.days + other.days,
            self.months + other.months,
            self.workdays + other.workdays,
            other.grain,
        )

    @property
    def length(self) -> int:
        """In seconds; a month has 30 days, a year 365."""
        years, months = divmod(self.months, 12)
        days = self.days + self.workdays + 365 * years + 30 * months
        return round(self.seconds + 86400 * days)

    @property
    def clocked(self) -> bool:
        return bool(self.seconds) or self.days % 1 != 0

    def from_day(self, day: date, sight: Sight, sign: int = 1) -> date:
        if self.workdays:
            return work_days_away(sight, day, sign * self.workdays)
        months = int(self.months)
        days = round(self.days + (self.months - months) * 30)
        return add_months(day, sign * months) + timedelta(days=sign * days)

    def from_point(self, point: datetime, sight: Sight, sign: int = 1) -> datetime:
        if self.months or self.workdays or self.days >= 1:
            day = self.from_day(point.date(), sight, sign)
            point = datetime.combine(day, point.timetz())
            return sight.later(sign * self.seconds, point) if self.seconds else point
        return sight.later(sign * (self.seconds + self.days * 86400), point)


@dataclass(frozen=True, slots=True)
class Now(Shape):
    def moment(self, sight: Sight) -> Moment:
        return Moment(sight.now, None, "minute")
