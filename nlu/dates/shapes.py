"""What a piece of a date expression means before anyone asks when: days, clocks, parts of days.

A shape is independent of now; `moment` settles it for one who stands at a `Sight`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from nlu.dates.holidays import Rule
from nlu.dates.moments import Moment
from nlu.dates.sight import DAY, NoSuchDateError, Sight, add_months, days_in, work_days_away
from nlu.dates.words import PARTS

MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
# Bare hours are looked for in the working day first.
DAY_BEGINS, DAY_ENDS = time(7), time(18)


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
class Clock(Shape):
    """A time of day. `sure` where it cannot be twelve hours off ("3 pm", "15:30")."""

    hour: int
    minute: int = 0
    second: int = 0
    sure: bool = False
    zone: timezone | None = None

    def time(self, hour: int | None = None) -> time:
        hour = self.hour if hour is None else hour
        if hour > 23 and (hour, self.minute) != (24, 0):
            raise NoSuchDateError("A day has 24 hours.")
        return time(hour % 24, self.minute, self.second)

    def choices(self) -> tuple[time, ...]:
        """The times it may mean, the likelier first."""
        as_said = self.time()
        if self.sure or not 1 <= self.hour <= 12:
            return (as_said,)
        other = self.time((self.hour + 12) % 24)
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

    def firm(self, sight: Sight) -> Clock:
        closing = sight.calendar.end_of_day
        return Clock(closing.hour, closing.minute, 0, True)


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
            same_day = clock is not None and clock.on(today, sight) <= sight.now
            return today - timedelta(days=behind or (0 if same_day else 7))
        same_day = clock is not None and clock.on(today, sight) > sight.now
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
class SameDay(Day):
    """Today's weekday, so many weeks from now."""

    weeks: int

    def falls(self, sight: Sight, clock: Clock | None = None) -> date:
        return sight.today + timedelta(weeks=self.weeks)


@dataclass(frozen=True, slots=True)
class Now(Shape):
    def moment(self, sight: Sight) -> Moment:
        return Moment(sight.now, None, "minute")


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
