"""Stretches of the calendar: weeks to years, their edges, weekends, rolling spans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from nlu.dates.moments import Grain, Moment
from nlu.dates.shapes import Amount, Day, Shape, Weekday
from nlu.dates.sight import DAY, Sight, add_months, next_unit, unit_at

WEEK = timedelta(days=7)


class Period(Shape):
    __slots__ = ()

    def grain(self) -> Grain:
        """The calendar unit it is, or is measured in."""
        raise NotImplementedError

    def bounds(self, sight: Sight) -> tuple[date, date]:
        """Its first day, and the first day after it."""
        raise NotImplementedError

    def moment(self, sight: Sight) -> Moment:
        start, end = self.bounds(sight)
        return sight.whole(start, end, self.grain())


@dataclass(frozen=True, slots=True)
class CalendarUnit(Period):
    """This week (offset 0), next month (1), the quarter before last (-2).

    Not `said`, where it is just "the month": then one of its days that is past, when the
    sight looks ahead, is meant to be the next month's.
    """

    unit: Grain
    offset: int = 0
    said: bool = True

    def grain(self) -> Grain:
        return self.unit

    def bounds(self, sight: Sight) -> tuple[date, date]:
        start = next_unit(unit_at(sight, sight.today, self.unit), self.unit, self.offset)
        return start, next_unit(start, self.unit)


_MONTHS_GRAIN: dict[int, Grain] = {1: "month", 3: "quarter", 6: "month", 12: "year"}


@dataclass(frozen=True, slots=True)
class Months(Period):
    """Named months of a year: March, Q3, the summer, the whole of 2027.

    The year may be given, or be so many years from this one (`years`), or be guessed.
    """

    month: int
    length: int = 1
    year: int | None = None
    years: int | None = None
    which: str = ""

    def grain(self) -> Grain:
        return _MONTHS_GRAIN[self.length]

    @property
    def vague(self) -> bool:
        return self.year is None and self.years is None and not self.which

    def bounds(self, sight: Sight) -> tuple[date, date]:
        start = self.start(sight)
        return start, add_months(start, self.length)

    def start(self, sight: Sight) -> date:
        today = sight.today
        if self.year is not None:
            return date(self.year, self.month, 1)
        if self.years is not None:
            return date(today.year + self.years, self.month, 1)
        starts = [date(today.year + step, self.month, 1) for step in (-2, -1, 0, 1)]
        if self.which in {"last", "past"}:
            return max(one for one in starts if add_months(one, self.length) <= today)
        if self.which in {"next", "following", "coming"}:
            return min(one for one in starts if one > today)
        if self.which == "afternext":
            return add_months(min(one for one in starts if one > today), 12)
        if sight.back:
            return max(one for one in starts if one <= today)
        return min(one for one in starts if add_months(one, self.length) > today)

    def others(self, sight: Sight) -> tuple[Moment, ...]:
        step = {"next": 12, "last": -12}.get(self.which)
        if step is None:
            return ()
        start = add_months(self.start(sight), step)
        return (sight.whole(start, add_months(start, self.length), self.grain()),)


@dataclass(frozen=True, slots=True)
class Decade(Period):
    """Ten years, by the first of them."""

    first: int

    def grain(self) -> Grain:
        return "year"

    def bounds(self, sight: Sight) -> tuple[date, date]:
        return date(self.first, 1, 1), date(self.first + 10, 1, 1)


@dataclass(frozen=True, slots=True)
class DecadeAway(Period):
    """This decade, or one so many from it."""

    offset: int

    def grain(self) -> Grain:
        return "year"

    def bounds(self, sight: Sight) -> tuple[date, date]:
        first = sight.today.year // 10 * 10 + 10 * self.offset
        return Decade(first).bounds(sight)


@dataclass(frozen=True, slots=True)
class HolidayWeekend(Period):
    """The weekend that a holiday on a Monday or a Friday makes longer."""

    day: Day

    def grain(self) -> Grain:
        return "day"

    def bounds(self, sight: Sight) -> tuple[date, date]:
        day = self.day.falls(sight)
        saturday = day + timedelta(days=(5 - day.weekday() + 3) % 7 - 3)
        return min(day, saturday), max(day + DAY, saturday + timedelta(days=2))


@dataclass(frozen=True, slots=True)
class Season(Period):
    """Spring, summer, autumn or winter, from equinox to solstice and so on."""

    begins: tuple[int, int]
    year: int | None = None
    years: int | None = None
    which: str = ""

    def grain(self) -> Grain:
        return "day"

    def bounds(self, sight: Sight) -> tuple[date, date]:
        start = self.start(sight)
        return start, self.ends(start)

    def ends(self, start: date) -> date:
        ends = {3: (6, 21), 6: (9, 24), 9: (12, 21), 12: (3, 21)}[start.month]
        return date(start.year + (start.month == 12), *ends)

    def start(self, sight: Sight) -> date:
        today = sight.today
        if self.year is not None or self.years is not None:
            return date(self.year or today.year + (self.years or 0), *self.begins)
        starts = [date(today.year + step, *self.begins) for step in (-2, -1, 0, 1)]
        if self.which in {"last", "past"}:
            return max(one for one in starts if self.ends(one) <= today)
        if self.which in {"next", "following", "coming"}:
            return min(one for one in starts if one > today)
        if sight.back:
            return max(one for one in starts if one <= today)
        return min(one for one in starts if self.ends(one) > today)


@dataclass(frozen=True, slots=True)
class Rolling(Shape):
    """The last two weeks, the next thirty days: counted from now, today included."""

    amount: Amount
    sign: int

    def moment(self, sight: Sight) -> Moment:
        unit: Grain = self.amount.grain  # type: ignore[assignment]
        if self.amount.clocked:
            far = self.amount.from_point(sight.now, sight, self.sign)
            return Moment(min(far, sight.now), max(far, sight.now), unit)
        far_day = self.amount.from_day(sight.today, sight, self.sign)
        if self.sign < 0:
            return sight.whole(far_day, sight.today + DAY, unit)
        return sight.whole(sight.today, far_day + DAY, unit)


@dataclass(frozen=True, slots=True)
class WeekOf(Period):
    """The week that a day lies in."""

    day: Day

    def grain(self) -> Grain:
        return "week"

    @property
    def vague(self) -> bool:
        return self.day.vague

    def bounds(self, sight: Sight) -> tuple[date, date]:
        start = sight.week(self.day.falls(sight))
        return start, start + WEEK


@dataclass(frozen=True, slots=True)
class NumberedWeek(Period):
    """A week by its ISO number."""

    number: int
    year: int | None = None

    def grain(self) -> Grain:
        return "week"

    def bounds(self, sight: Sight) -> tuple[date, date]:
        start = date.fromisocalendar(self.year or sight.today.year, self.number, 1)
        return start, start + WEEK


@dataclass(frozen=True, slots=True)
class NthUnit(Period):
    """The n-th unit, or several from there, of a longer period; -1 is its last."""

    count: int
    unit: Grain
    of: Period
    several: int = 1

    def grain(self) -> Grain:
        return self.unit

    @property
    def vague(self) -> bool:
        return self.of.vague

    def bounds(self, sight: Sight) -> tuple[date, date]:
        first, last = self.of.bounds(sight)
        if self.several > 1:
            if self.count > 0:
                return first, next_unit(first, self.unit, self.several)
            return next_unit(last, self.unit, -self.several), last
        if self.unit == "week":
            start = self.week(first, last, sight)
        elif self.count > 0:
            start = next_unit(first, self.unit, self.count - 1)
        else:
            start = next_unit(last, self.unit, self.count)
        return start, next_unit(start, self.unit)

    def week(self, first: date, last: date, sight: Sight) -> date:
        """Weeks count from the first that begins in the period, back from the last whole one."""
        if self.count > 0:
            return sight.week(first + timedelta(days=6)) + WEEK * (self.count - 1)
        return sight.week(last) + WEEK * self.count


@dataclass(frozen=True, slots=True)
class Weekend(Period):
    """Saturday and Sunday; the next weekend is the one after the coming one."""

    which: str = ""
    of: Day | None = None

    def grain(self) -> Grain:
        return "day"

    def bounds(self, sight: Sight) -> tuple[date, date]:
        if self.of is not None:
            day = self.of.falls(sight)
            start = day - timedelta(days=day.weekday()) + timedelta(days=5)
        else:
            start = self.nearest(sight)
        return start, start + timedelta(days=2)

    def nearest(self, sight: Sight) -> date:
        today = sight.today
        this = today - timedelta(days=today.weekday()) + timedelta(days=5)
        if self.which in {"last", "past"}:
            return this - WEEK
        if self.which in {"next", "following"}:
            return this + WEEK
        if sight.back and this > today and self.which != "this":
            return this - WEEK
        return this


@dataclass(frozen=True, slots=True)
class NthWeekend(Period):
    """The n-th weekend of a longer period, by its Saturday; -1 is the last."""

    count: int
    of: Period

    def grain(self) -> Grain:
        return "day"

    def bounds(self, sight: Sight) -> tuple[date, date]:
        start = NthDay(self.count, 5, self.of).falls(sight)
        return start, start + timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Edge(Period):
    """The beginning, the middle or the end of a period. The end is its last day, that of a
    week its last working day; looking back, and where said to be late, its last stretch."""

    edge: str
    of: Period

    def grain(self) -> Grain:
        return "day"

    @property
    def vague(self) -> bool:
        return self.of.vague

    def bounds(self, sight: Sight) -> tuple[date, date]:
        first, last = self.of.bounds(sight)
        if self.edge == "end":
            if self.of.grain() == "week":
                day = last - DAY
                while not sight.calendar.works(day) and day > first:
                    day -= DAY
                return day, day + DAY
            if not sight.back:
                return last - DAY, last
        return _stretch(first, last, self.of.grain(), self.edge)


def _stretch(first: date, last: date, unit: str, edge: str) -> tuple[date, date]:
    if unit in {"week", "day"}:
        cuts = [first, first + timedelta(days=3), last]
        middle = first + timedelta(days=2), first + timedelta(days=4)
    elif unit == "month":
        cuts = [first, first + timedelta(days=10), first + timedelta(days=20), last]
        middle = cuts[1], cuts[2]
    else:
        step = {"quarter": 1}.get(unit, 3)
        cuts = [first, add_months(first, step), add_months(last, -step), last]
        middle = add_months(first, step + step // 3), add_months(last, -step - step // 3)
        middle = middle if middle[0] < middle[1] else (cuts[1], cuts[2])
    if edge in {"begin", "early"}:
        return cuts[0], cuts[1]
    return middle if edge == "mid" else (cuts[-2], cuts[-1])


@dataclass(frozen=True, slots=True)
class Rest(Period):
    """What is left of a period ("later this week"), or what is gone of it ("earlier")."""

    of: Period
    gone: bool = False
    today: bool = True

    def grain(self) -> Grain:
        return "day"

    def bounds(self, sight: Sight) -> tuple[date, date]:
        first, last = self.of.bounds(sight)
        if not first <= sight.today < last:
            middle = first + (last - first) / 2
            return (first, middle) if self.gone else (middle, last)
        if self.gone:
            end = sight.today if sight.today > first and not self.today else sight.today + DAY
            return first, end
        start = sight.today if self.today else sight.today + DAY
        return (start, last) if start < last else (sight.today, last)


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
        from nlu.dates.shapes import the_day

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
