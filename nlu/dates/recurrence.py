"""What repeats: the rule of RFC 5545 and the first time it comes round."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from nlu.dates.clocks import Clock, Part
from nlu.dates.moments import Moment, Recurrence
from nlu.dates.named_days import NamedDay
from nlu.dates.ranges import Hours
from nlu.dates.shapes import Amount, Shape
from nlu.dates.sight import DAY, NoSuchDateError, Sight, add_months

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


WORKDAYS = (0, 1, 2, 3, 4)


WEEKEND = (5, 6)


_FREQUENCY = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}


_STEP = {"DAILY": timedelta(days=1), "WEEKLY": timedelta(weeks=1)}


_SECONDS = {"HOURLY": 3600, "MINUTELY": 60}


@dataclass(frozen=True, slots=True)
class Every:
    """A repeating time. `days` are weekdays, with a count where they are the n-th of a month."""

    frequency: str
    interval: int = 1
    days: tuple[tuple[int | None, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    date: NamedDay | None = None
    position: int | None = None
    clock: Clock | None = None
    part: Part | None = None
    hours: Hours | None = None
    start: Shape | None = None
    end: Shape | None = None
    lasts: Amount | None = None
    count: int | None = None

    def rule(self, first: datetime, sight: Sight) -> str:
        """The RRULE; its parts in the order in which RFC 5545 lists them."""
        parts = [f"FREQ={self.frequency}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.count:
            parts.append(f"COUNT={self.count}")
        last = self.last(first, sight)
        if last is not None:
            parts.append(f"UNTIL={last.astimezone(UTC):%Y%m%dT%H%M%SZ}")
        if self.months:
            parts.append("BYMONTH=" + ",".join(map(str, self.months)))
        if self.month_days:
            parts.append("BYMONTHDAY=" + ",".join(map(str, self.month_days)))
        if self.days:
            parts.append("BYDAY=" + ",".join(f"{n or ''}{CODES[day]}" for n, day in self.days))
        if self.position:
            parts.append(f"BYSETPOS={self.position}")
        return ";".join(parts)

    def last(self, first: datetime, sight: Sight) -> datetime | None:
        """The last instant at which it may come, where an end was named."""
        if self.end is not None:
            ending = self.end.moment(sight.standing(first, "ahead"))
            return (ending.end or ending.start) - timedelta(seconds=1)
        if self.lasts is not None:
            return self.lasts.from_point(first, sight) - timedelta(seconds=1)
        return None

    @property
    def anchored(self) -> bool:
        """Whether the rule itself says on which days it comes."""
        return bool(self.days or self.month_days or self.months)

    def value(self, sight: Sight) -> Recurrence:
        from dateutil.rrule import rrulestr

        ahead = sight.facing("ahead")
        if self.date is not None:
            said = self.date.ordered(ahead)
            dated = replace(self, months=(said.month or 1,), month_days=(said.day,), date=None)
            return dated.value(sight)
        begins = self.begins(ahead)
        bare = replace(self, end=None, lasts=None, count=None).rule(begins, ahead)
        if self.frequency in _SECONDS:
            first = sight.later(_SECONDS[self.frequency] * self.interval)
            return Recurrence(self.rule(first, ahead), Moment(first, None, "minute"))
        wall = rrulestr(bare, dtstart=begins.replace(tzinfo=None))
        for number, day in enumerate(wall):
            moment = self.on(day.date(), ahead)
            if self.counts(moment, begins, ahead):
                return Recurrence(self.rule(moment.start, ahead), moment)
            if number > 400:
                break
        raise NoSuchDateError("That day never comes round.")

    def begins(self, sight: Sight) -> datetime:
        """Midnight of the first day that may count."""
        if self.start is not None:
            return sight.midnight(self.start.moment(sight).start.date())
        today = sight.today
        if self.months and not self.month_days and not self.days:
            first = today.replace(month=self.months[0], day=1)
            return sight.midnight(first if first >= today else add_months(first, 12))
        daily = self.frequency == "DAILY" and self.interval == 1
        if self.anchored or self.frequency in _SECONDS or (daily and self.timed):
            return sight.midnight(today)
        return sight.midnight(self.stepped(today))

    def stepped(self, today: dt.date) -> dt.date:
        step = _STEP.get(self.frequency)
        if step is not None:
            return today + step * self.interval
        return add_months(today, self.interval * (12 if self.frequency == "YEARLY" else 1))

    @property
    def timed(self) -> bool:
        return bool(self.clock or self.part or self.hours)

    def on(self, day: dt.date, sight: Sight) -> Moment:
        """The time it takes up on one of its days."""
        if self.hours is not None:
            return Moment(*self.hours.on(day, sight), "hour")
        if self.clock is not None:
            at = self.clock.on(day, replace(sight, now=sight.midnight(day - DAY)))
            return Moment(at, None, "minute")
        if self.part is not None:
            begins, ends = self.part.hours()
            return Moment(begins.on(day, sight), ends.on(day, sight), "hour")
        return sight.whole_day(day)

    def counts(self, moment: Moment, begins: datetime, sight: Sight) -> bool:
        if self.timed:
            return moment.start > sight.now
        return moment.start > sight.midnight(sight.today) or self.start is not None


def every_unit(interval: int, unit: str) -> Every | None:
    if interval < 1:
        return None
    if unit == "hour":
        return Every("HOURLY", interval)
    if unit == "fortnight":
        return Every("WEEKLY", 2 * interval)
    if unit == "quarter":
        return Every("MONTHLY", 3 * interval)
    frequency = _FREQUENCY.get(unit)
    return Every(frequency, interval) if frequency else None


def every_amount(amount: Amount) -> Every | None:
    if amount.seconds:
        minutes = round(amount.seconds / 60)
        if amount.days or not minutes or minutes * 60 != amount.seconds:
            return None
        hours, rest = divmod(minutes, 60)
        return Every("MINUTELY", minutes) if rest else Every("HOURLY", hours)
    if amount.months:
        whole = amount.months == int(amount.months) and not amount.days
        months = int(amount.months)
        if not whole or not months:
            return None
        return Every("YEARLY", months // 12) if months % 12 == 0 else Every("MONTHLY", months)
    days = int(amount.days)
    if days != amount.days or not days or amount.workdays:
        return None
    return Every("WEEKLY", days // 7) if days % 7 == 0 else Every("DAILY", days)
