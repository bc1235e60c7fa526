"""Where a speaker stands in time: now, which way the sentence looks, and the conventions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from nlu.dates.moments import Calendar, Look, Moment

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sight:
    """`now` is aware; every datetime made here is on the wall clock of its zone."""

    now: datetime
    look: Look
    calendar: Calendar

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def back(self) -> bool:
        return self.look == "back"

    def facing(self, look: Look) -> Sight:
        return self if look == self.look else replace(self, look=look)

    def standing(self, at: datetime, look: Look) -> Sight:
        return Sight(at, look, self.calendar)

    def midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.now.tzinfo)

    def week(self, day: date) -> date:
        """The first day of the week that `day` lies in."""
        return day - timedelta(days=(day.weekday() - self.calendar.week_starts) % 7)

    def later(self, seconds: float, than: datetime | None = None) -> datetime:
        """So many seconds of real time later: an hour stays an hour when clocks change."""
        reached = (than or self.now).astimezone(UTC) + timedelta(seconds=seconds)
        return reached.astimezone(self.now.tzinfo)

    def whole(self, start: date, end: date, grain: str = "day") -> Moment:
        """The days from `start` up to, not including, `end`."""
        return Moment(self.midnight(start), self.midnight(end), grain)  # type: ignore[arg-type]

    def whole_day(self, day: date) -> Moment:
        return self.whole(day, day + DAY)


class NoSuchDateError(Exception):
    """A date that no calendar has; carries the sentence for the person and what is near."""

    def __init__(self, sentence: str, nearest: tuple[date, ...] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.nearest = nearest


def days_in(year: int, month: int) -> int:
    first = date(year, month, 1)
    return (add_months(first, 1) - first).days


def add_months(day: date, months: int) -> date:
    """The same day some months away, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    for number in range(day.day, 27, -1):
        try:
            return date(year, month, number)
        except ValueError:
            if not 1 <= year <= 9999:
                raise
    return date(year, month, min(day.day, 27))


def next_unit(start: date, grain: str, count: int = 1) -> date:
    """The first day of the calendar unit that lies `count` units after the one at `start`."""
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}.get(grain)
    if months is None:
        return start + timedelta(days={"day": 1, "week": 7}[grain] * count)
    return add_months(start, months * count)


def unit_at(sight: Sight, day: date, grain: str) -> date:
    """The first day of the calendar unit that `day` lies in."""
    if grain == "day":
        return day
    if grain == "week":
        return sight.week(day)
    if grain == "month":
        return day.replace(day=1)
    months = {"quarter": 3, "half": 6, "year": 12}[grain]
    return day.replace(day=1, month=(day.month - 1) // months * months + 1)


def work_days_away(sight: Sight, day: date, count: int) -> date:
    """The day that lies `count` working days after `day` (before, where negative)."""
    step = DAY if count > 0 else -DAY
    left = abs(count)
    for _ in range(3660):
        if not left:
            break
        day += step
        left -= sight.calendar.works(day)
    return day
