"""Days told by weekday or by their distance from another day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from nlu.dates.clocks import Clock
from nlu.dates.moments import Moment
from nlu.dates.shapes import Amount, Day, Shape
from nlu.dates.sight import Sight


@dataclass(frozen=True, slots=True)
class FixedDay(Day):
    """A day so far from today, or, with `base`, that very day."""

    offset: int = 0

    def falls(self, sight: Sight, clock: Clock | None = None) -> date:
        return sight.today + timedelta(days=self.offset)


@dataclass(frozen=True, slots=True)
class Weekday(Day):
    """A weekday: the nearest the way the sight looks, or of the next or last week."""

    weekday: int
    which: str = ""

    @property
    def vague(self) -> bool:
        return not self.which

    def falls(self, sight: Sight, clock: Clock | None = None) -> date:
        today = sight.today
        ahead = (self.weekday - today.weekday()) % 7
        behind = (today.weekday() - self.weekday) % 7
        if self.which in {"next", "following"}:
            return self.in_week(sight, 1)
        if self.which in {"last", "past"}:
            return today - timedelta(days=behind or 7)
        if self.which == "coming":
            return today + timedelta(days=ahead or 7)
        if self.which in {"week", "afternext"}:
            return today + timedelta(days=(ahead or 7) + 7)
        if sight.back:
            same_day = clock is not None and clock.likely(today, sight) <= sight.now
            return today - timedelta(days=behind or (0 if same_day else 7))
        same_day = clock is not None and clock.likely(today, sight) > sight.now
        return today + timedelta(days=ahead or (0 if same_day else 7))

    def in_week(self, sight: Sight, weeks: int) -> date:
        first = sight.week(sight.today)
        inside = (self.weekday - sight.calendar.week_starts) % 7
        return first + timedelta(days=inside + 7 * weeks)

    def others(self, sight: Sight) -> tuple[Moment, ...]:
        chosen = self.falls(sight)
        other = chosen
        if self.which == "next":
            other = Weekday(self.weekday, "coming").falls(sight)
        elif self.which == "last":
            other = self.in_week(sight, -1)
        return (sight.whole_day(other),) if other != chosen else ()


@dataclass(frozen=True, slots=True)
class WeekdayIn(Day):
    """The weekday of a week so many weeks from this one."""

    weekday: int
    weeks: int

    def falls(self, sight: Sight, clock: Clock | None = None) -> date:
        return Weekday(self.weekday).in_week(sight, self.weeks)


@dataclass(frozen=True, slots=True)
class CountedWeekday(Day):
    """The third Friday from now, or ago (a negative count)."""

    weekday: int
    count: int

    def falls(self, sight: Sight, clock: Clock | None = None) -> date:
        nearest = Weekday(self.weekday, "coming" if self.count > 0 else "last").falls(sight)
        return nearest + timedelta(days=7 * (abs(self.count) - 1) * (1 if self.count > 0 else -1))


@dataclass(frozen=True, slots=True)
class Away(Day):
    """An amount of time before (sign -1) or after an anchor, or now where there is none."""

    amount: Amount
    sign: int = 1
    anchor: Shape | None = None

    def falls(self, sight: Sight, clock: Clock | None = None) -> date:
        start = self.anchor.moment(sight).start.date() if self.anchor else sight.today
        return self.amount.from_day(start, sight, self.sign)

    def moment(self, sight: Sight) -> Moment:
        anchor = self.anchor.moment(sight) if self.anchor else None
        if self.amount.clocked or (anchor and anchor.end is None):
            start = anchor.start if anchor else sight.now
            return Moment(self.amount.from_point(start, sight, self.sign), None, "minute")
        return sight.whole_day(self.falls(sight))


@dataclass(frozen=True, slots=True)
class NearDay(Day):
    """A weekday nearest to another day ("three weeks ago Tuesday")."""

    weekday: int
    near: Day

    def falls(self, sight: Sight, clock: Clock | None = None) -> date:
        near = self.near.falls(sight)
        ahead = (self.weekday - near.weekday()) % 7
        return near + timedelta(days=ahead if ahead <= 3 else ahead - 7)


@dataclass(frozen=True, slots=True)
class WeekdayFrom(Day):
    """The n-th such weekday after a day, or before it (a negative count)."""

    weekday: int
    count: int
    anchor: Day

    def falls(self, sight: Sight, clock: Clock | None = None) -> date:
        there = sight.standing(sight.midnight(self.anchor.falls(sight)), sight.look)
        return CountedWeekday(self.weekday, self.count).falls(there)


@dataclass(frozen=True, slots=True)
class SameDay(Day):
    """Today's weekday, so many weeks from now."""

    weeks: int

    def falls(self, sight: Sight, clock: Clock | None = None) -> date:
        return sight.today + timedelta(weeks=self.weeks)
