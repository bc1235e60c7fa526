"""What a date expression means: moments, recurrences, durations, and what cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

Grain = Literal["minute", "hour", "day", "week", "month", "quarter", "year"]


Look = Literal["ahead", "back"]


Open = Literal["after", "before"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time or an interval, on the wall clock of the speaker's zone.

    `start` is inclusive, `end` exclusive. `end` is None for a point in time, and for
    an interval open towards the future ("since January": `open` is "after").
    Where `open` is "before" ("until Friday", "by 3 pm"), everything up to `bound` is
    meant, and `start` is the latest thing that still counts: the Friday, the 3 pm.
    """

    start: datetime
    end: datetime | None
    grain: Grain
    open: Open | None = None

    @property
    def bound(self) -> datetime:
        """The edge of an open interval: its first instant, or the first one past it."""
        if self.open == "after" or self.end is None:
            return self.start
        return self.end

    def to_json(self) -> dict[str, str | None]:
        """`start`, `end` (ISO 8601 with offset, end null for a point) and `grain`."""
        return {
            "start": self.start.isoformat(timespec="seconds"),
            "end": None if self.end is None else self.end.isoformat(timespec="seconds"),
            "grain": self.grain,
        }


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A repeating time: an RFC 5545 RRULE without the time of day, and its first time.

    Where an hour was named, `first` is that point in time; without one it is the whole
    day (week, month), and for "every morning" the morning of the first day.
    """

    rrule: str
    first: Moment


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time, in seconds; a month counts 30 days and a year 365."""

    seconds: int

    @property
    def minutes(self) -> int:
        return round(self.seconds / 60)

    def later(self, than: datetime) -> Moment:
        """The moment this much later, on the clock for hours and on the calendar for days."""
        if self.seconds % 86400 == 0:
            return Moment(than + timedelta(seconds=self.seconds), None, "minute")
        reached = than.astimezone(UTC) + timedelta(seconds=self.seconds)
        return Moment(reached.astimezone(than.tzinfo), None, "minute")


@dataclass(frozen=True, slots=True)
class Impossible:
    """A date that no calendar has: why, for the person, and what may have been meant."""

    sentence: str
    nearest: tuple[Moment, ...] = ()


Value = Moment | Recurrence | Duration | Impossible


@dataclass(frozen=True, slots=True)
class Found:
    """A date expression in a text: offsets of its characters, preposition included.

    `readings` holds what else it may mean ("next Tuesday"), the likeliest first.
    """

    start: int
    end: int
    text: str
    value: Value
    readings: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """The firm's conventions. Weekdays count from 0, Monday.

    `days_off` are holidays that business days skip; `holidays` are names of the firm's
    own days ("founders day") as month and day.
    """

    day_first: bool = True
    week_starts: int = 0
    end_of_day: time = time(17)
    workdays: frozenset[int] = frozenset(range(5))
    days_off: frozenset[date] = frozenset()
    holidays: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def works(self, day: date) -> bool:
        return day.weekday() in self.workdays and day not in self.days_off
