"""Times of day and parts of days, before it is known which day is meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timezone

from nlu.dates.moments import Moment
from nlu.dates.shapes import Day, Shape
from nlu.dates.sight import DAY, NoSuchDateError, Sight
from nlu.dates.words import PARTS

# Bare hours are looked for in the working day first.
DAY_BEGINS = time(7)


DAY_ENDS = time(18)


@dataclass(frozen=True, slots=True)
class Clock(Shape):
    """A time of day. `sure` where it cannot be twelve hours off ("3 pm", "15:30"), and
    `of_24` where it was told on the clock of 24 hours ("15:30", "08:00")."""

    hour: int
    minute: int = 0
    second: int = 0
    sure: bool = False
    zone: timezone | None = None
    of_24: bool = False

    def read(self, hour: int | None = None) -> time:
        hour = self.hour if hour is None else hour
        if hour > 23 and (hour, self.minute) != (24, 0):
            raise NoSuchDateError("A day has 24 hours.")
        return time(hour % 24, self.minute, self.second)

    def choices(self) -> tuple[time, ...]:
        """The times it may mean, the likelier first."""
        as_said = self.read()
        if self.sure or not 1 <= self.hour <= 12:
            return (as_said,)
        other = self.read((self.hour + 12) % 24)
        if DAY_BEGINS <= other <= DAY_ENDS and not DAY_BEGINS <= as_said <= DAY_ENDS:
            return (other, as_said)
        return (as_said, other)

    def on(self, day: date, sight: Sight) -> datetime:
        """This time on a day: of two choices today, the one that lies the way the sight looks."""
        choices = [self.placed(day, one, sight) for one in self.choices()]
        if day == sight.today and len(choices) == 2:
            first, second = choices
            if sight.back and first > sight.now >= second:
                return second
            if not sight.back and first <= sight.now < second:
                return second
        return choices[0]

    def likely(self, day: date, sight: Sight) -> datetime:
        """The likelier of the times it may mean, on a day."""
        return self.placed(day, self.choices()[0], sight)

    def placed(self, day: date, at: time, sight: Sight) -> datetime:
        if self.hour == 24:
            day += DAY
        if self.zone is not None:
            return datetime.combine(day, at, self.zone).astimezone(sight.now.tzinfo)
        return datetime.combine(day, at, sight.now.tzinfo)

    def moment(self, sight: Sight) -> Moment:
        today = self.placed(sight.today, self.choices()[0], sight)
        if sight.back and today > sight.now:
            earlier = self.on(sight.today, sight)
            today = earlier if earlier <= sight.now else today - DAY
        elif not sight.back and today <= sight.now:
            today += DAY
        return Moment(today, None, "minute")

    def others(self, sight: Sight) -> tuple[Moment, ...]:
        if len(self.choices()) < 2 or sight.back:
            return ()
        later = self.placed(sight.today, self.choices()[1], sight)
        first = self.moment(sight).start
        return (Moment(later, None, "minute"),) if sight.now < later < first else ()

    def within(self, begins: int, ends: int) -> Clock:
        """The same with its half of the day settled by a part of day ("3 in the afternoon")."""
        if self.sure or not 1 <= self.hour <= 12:
            return self
        for hour in (self.hour % 12, self.hour % 12 + 12):
            if begins <= hour < ends:
                return Clock(hour, self.minute, self.second, True)
        return self

    def after(self, earlier: time) -> time:
        """The first of its times that comes after another one, the next day if need be."""
        later = [one for one in self.choices() if one > earlier]
        return min(later or self.choices())

    def ahead_of(self, later: time) -> time:
        """The last of its times before another one the same day, else the likelier."""
        sooner = [one for one in self.choices() if one < later]
        return max(sooner) if sooner else self.choices()[0]


@dataclass(frozen=True, slots=True)
class EndOfDay(Clock):
    """The firm's closing hour, whatever the firm says it is."""

    def moment(self, sight: Sight) -> Moment:
        return self.firm(sight).moment(sight)

    def on(self, day: date, sight: Sight) -> datetime:
        return self.firm(sight).on(day, sight)

    def likely(self, day: date, sight: Sight) -> datetime:
        return self.firm(sight).on(day, sight)

    def firm(self, sight: Sight) -> Clock:
        closing = sight.calendar.end_of_day
        return Clock(closing.hour, closing.minute, 0, True)


def part_hours(name: str, half: str = "") -> tuple[float, float]:
    """When a part of day begins and ends; its early or late half where asked."""
    begins, ends, _ = PARTS[name]
    if name == "night" and half == "late":
        return 21, ends
    middle = (begins + ends) / 2
    return (
        (begins, middle)
        if half == "early"
        else (middle, ends)
        if half == "late"
        else (begins, ends)
    )


@dataclass(frozen=True, slots=True)
class Part(Shape):
    """A part of a day: the morning of that day, or the nearest morning."""

    name: str
    half: str = ""
    day: Day | None = None

    @property
    def vague(self) -> bool:
        return self.day is None or self.day.vague

    def hours(self) -> tuple[Clock, Clock]:
        begins, ends = (round(hour * 60) for hour in part_hours(self.name, self.half))
        return (Clock(*divmod(begins, 60), 0, True), Clock(*divmod(ends, 60), 0, True))

    def moment(self, sight: Sight) -> Moment:
        begins, ends = self.hours()
        if self.day is not None:
            # A part of today counts as long as it lasts, where the sight looks ahead.
            edge = begins if sight.back else Clock(min(ends.hour, 23), 59, 0, True)
            day = self.day.falls(sight, edge)
        else:
            day = sight.today
            if sight.back and begins.on(day, sight) > sight.now:
                day -= DAY
            elif not sight.back and ends.on(day, sight) <= sight.now:
                day += DAY
        return Moment(begins.on(day, sight), ends.on(day, sight), "hour")

    def others(self, sight: Sight) -> tuple[Moment, ...]:
        if self.day is None:
            return ()
        begins, ends = self.hours()
        return tuple(
            Moment(begins.on(one.start.date(), sight), ends.on(one.start.date(), sight), "hour")
            for one in self.day.others(sight)
        )
