"""From one thing to another: hours of a day, days and periods, and ranges with an open end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from nlu.dates.clocks import Clock, EndOfDay
from nlu.dates.long_periods import Edge
from nlu.dates.moments import Grain, Moment, Open
from nlu.dates.periods import Rolling
from nlu.dates.points import At
from nlu.dates.shapes import Amount, Day, Shape
from nlu.dates.sight import DAY, Sight


@dataclass(frozen=True, slots=True)
class Hours(Shape):
    """From one time of day to another, on a day where one is named."""

    first: Clock
    last: Clock
    day: Day | None = None

    @property
    def vague(self) -> bool:
        return self.day is None or self.day.vague

    def on(self, day: date, sight: Sight) -> tuple[datetime, datetime]:
        first, last = (
            one.firm(sight) if isinstance(one, EndOfDay) else one for one in (self.first, self.last)
        )
        if last.sure and not first.sure:
            ends = last.read()
            begins = first.ahead_of(ends) if last.hour not in {0, 24} else first.choices()[0]
        else:
            begins = first.choices()[0]
            ends = last.read() if first.of_24 else last.after(begins)
        start = datetime.combine(day, begins, sight.now.tzinfo)
        end = datetime.combine(day, ends, sight.now.tzinfo)
        return start, end if end > start else end + DAY

    def moment(self, sight: Sight) -> Moment:
        if self.day is not None:
            start, end = self.on(self.day.falls(sight, self.first), sight)
        else:
            start, end = self.on(sight.today, sight)
            shift = -1 if sight.back and start > sight.now else 0
            shift = 1 if not sight.back and start <= sight.now else shift
            start, end = start + DAY * shift, end + DAY * shift
        whole = self.first.minute == self.last.minute == 0
        return Moment(start, end, "hour" if whole else "minute")

    def others(self, sight: Sight) -> tuple[Moment, ...]:
        if self.day is None:
            return ()
        spans = [self.on(one.start.date(), sight) for one in self.day.others(sight)]
        return tuple(Moment(start, end, "hour") for start, end in spans)


@dataclass(frozen=True, slots=True)
class Between(Shape):
    """From one moment to another, which counts as a whole where it is a day or longer."""

    first: Shape
    last: Shape

    def moment(self, sight: Sight) -> Moment:
        if self.first.vague and not self.last.vague and not isinstance(self.first, Clock):
            last = self.last.moment(sight)
            first = self.first.moment(sight.standing(last.start, "back"))
        else:
            first = self.first.moment(sight)
            from_first = sight.standing(first.start, "ahead") if self.last.vague else sight
            last = self.last.moment(from_first)
        end = last.end if last.end is not None else last.start
        if end <= first.start:
            raise ValueError("the range ends before it begins")
        grain: Grain = first.grain if last.grain == first.grain else "minute"
        if "minute" not in {first.grain, last.grain} and grain == "minute":
            grain = "day"
        return Moment(first.start, end, grain)


@dataclass(frozen=True, slots=True)
class Lasting(Shape):
    """An amount of time from a moment on."""

    first: Shape
    amount: Amount

    def moment(self, sight: Sight) -> Moment:
        first = self.first.moment(sight)
        end = self.amount.from_point(first.start, sight)
        return Moment(first.start, end, first.grain)


@dataclass(frozen=True, slots=True)
class Bound(Shape):
    """Since, after, before, until or by a moment; "until" and "by" include it."""

    how: str
    edge: Shape

    def moment(self, sight: Sight) -> Moment:
        edge = self.edge.moment(self.facing(sight))
        if self.how == "before" and isinstance(self.edge, Edge) and self.edge.edge == "end":
            # What is to be done before the end of the month may still be done on its last day.
            return Moment(edge.start, edge.end, edge.grain, "before")
        side: Open = "before" if self.how in {"before", "until", "by"} else "after"
        start, end, grain = edge.start, edge.end, edge.grain
        if side == "before" and isinstance(self.edge, Rolling) and end is not None:
            start = end - DAY
        if self.how == "before" and end is not None:
            if grain == "hour":
                return Moment(start, None, grain, side)
            return Moment(start - DAY, start, "day", side)
        if self.how == "after" and end is not None:
            start = end
        if side == "after":
            return Moment(start, None, grain, side)
        return Moment(start, end, grain, side)

    def facing(self, sight: Sight) -> Sight:
        """ "Since" looks back, but a bare hour may be one of today still to come."""
        if self.how != "since" or isinstance(self.edge, Clock):
            return sight
        return sight.facing("back")


def until(first: Bound, last: Bound) -> Shape | None:
    """A lower and an upper bound together are a range."""
    if isinstance(first.edge, Clock) and isinstance(last.edge, (At, Clock)):
        same_day = last.edge if isinstance(last.edge, At) else None
        ends = same_day.clock if same_day else last.edge
        if isinstance(ends, Clock):
            return Hours(first.edge, ends, same_day.day if same_day else None)
    if first.how in {"since", "after", "starting", "from"} and last.how in {
        "until",
        "by",
        "before",
    }:
        return BetweenBounds(first, last)
    return None


@dataclass(frozen=True, slots=True)
class BetweenBounds(Shape):
    first: Bound
    last: Bound

    def moment(self, sight: Sight) -> Moment:
        first = self.first.moment(sight)
        behind = sight.standing(first.start, "ahead") if self.last.edge.vague else sight
        last = self.last.moment(behind)
        if last.bound <= first.start:
            raise ValueError("the range ends before it begins")
        return Moment(first.start, last.bound, first.grain)


@dataclass(frozen=True, slots=True)
class LaterToday(Shape):
    """What is left of today, or what is gone of it."""

    gone: bool = False

    def moment(self, sight: Sight) -> Moment:
        if self.gone:
            start = sight.midnight(sight.today)
            return Moment(start, sight.now if sight.now > start else start + DAY, "hour")
        return Moment(sight.now, sight.midnight(sight.today + DAY), "hour")
