"""Rules for days: named by weekday, date, holiday, or by their distance from another."""

from __future__ import annotations

from datetime import date
from typing import Any

from nlu.dates.clock_rules import unit_name
from nlu.dates.grammar import Rule
from nlu.dates.periods import (
    CalendarUnit,
    DayOf,
    HolidayWeekend,
    Months,
    NthDay,
    PastPeriod,
    Period,
    SameWeekday,
    WeekOf,
)
from nlu.dates.ranges import Between, Lasting
from nlu.dates.shapes import (
    Amount,
    Away,
    CountedWeekday,
    Day,
    FixedDay,
    Holiday,
    NamedDay,
    NearDay,
    Now,
    SameDay,
    SameTime,
    Shape,
    Weekday,
    WeekdayFrom,
    WeekdayIn,
)

WEEKS = {"this": 0, "current": 0, "next": 1, "coming": 1, "following": 1, "last": -1, "past": -1}
# After a day number these show that it numbered something else.
NO_NOUN = "(?!ordnoun|name|plural|counted|unit|weekday|day|of|num|money|last)"
NO_WORD = (
    "(?!ordnoun|name|plural|counted|unit|weekday|day|of|word|street|month|num|money|half|last)"
)
OF_NOTHING = "(?!(of|in) the? (month|unit|which|year|qtoken|yearmonth))"
WITH = "on|by|until|from|since|before|after|to|dash|for|weekday|and|or|between|starting|in"


def two_digit_year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year < 70 else 1900)


def numeric(parts: tuple[str, str, str]) -> NamedDay | None:
    first, second, third = parts
    if len(first) == 4:
        day, month, year = int(third), int(second), int(first)
        return NamedDay(day, month, year) if 1 <= month <= 12 and day <= 31 else None
    return in_some_order(int(first), int(second), two_digit_year(third))


def in_some_order(first: int, second: int, year: int | None = None) -> NamedDay | None:
    low, high = sorted((first, second))
    fits = 1 <= low <= 12 and high <= 31
    return NamedDay(first, second, year, swapped=True) if fits else None


def slashed(value: tuple[int, int]) -> NamedDay | None:
    return in_some_order(*value)


def slashed_alone(value: tuple[int, int]) -> NamedDay | None:
    """Where nothing around it says that it is a date, 4/5 may be a rating and 1/2 a half."""
    first, second = value
    if second in {5, 10} and first <= second:
        return None
    return in_some_order(first, second)


def dotted(value: tuple[int, int, str, bool]) -> NamedDay | None:
    return in_some_order(value[0], value[1])


def dotted_alone(value: tuple[int, int, str, bool]) -> NamedDay | None:
    """ "03.04." and "3.4." are dates as they stand; "3.4" is a number like any other."""
    first, second, written, closed = value
    padded = len(written) == 2 and written[0] == "0"
    return in_some_order(first, second) if padded or (closed and second <= 12) else None


def on_date(day: int, month: int, year: int | None = None) -> NamedDay | None:
    return NamedDay(day, month, year) if 1 <= day <= 31 else None


def on_day_of(day: int, unit: str | None, month: int, year: int | None = None) -> NamedDay | None:
    """ "The 15th day of June" """
    return on_date(day, month, year) if unit in {None, "day"} else None


def month_first(month: int, day: int, year: int | None = None) -> NamedDay | None:
    return on_date(day, month, year)


def year_first(year: int, month: int, day: int) -> NamedDay | None:
    return on_date(day, month, year)


def short_year(day: int, month: int, year: int) -> NamedDay | None:
    return on_date(day, month, two_digit_year(f"{year:02}")) if year < 100 else None


def late_year(day: int, month: int, year: int) -> NamedDay | None:
    """ "14th April 27": a number past the hours of a day is a year."""
    return short_year(day, month, year) if 24 < year < 100 or 12 < year < 24 else None


def date_in_year(day: NamedDay, period: Period) -> Shape | None:
    """ "The 5th of May next year" """
    if not isinstance(period, CalendarUnit) or period.unit != "year":
        return None
    if day.month is None or day.year is not None or day.swapped:
        return None
    return DayOf(day.day, Months(day.month, years=period.offset))


def weekday_beside(weekday: Day, side: str, day: Day) -> WeekdayFrom | None:
    """ "The Friday before Christmas" """
    if not isinstance(weekday, Weekday) or weekday.which:
        return None
    return WeekdayFrom(weekday.weekday, -1 if side == "before" else 1, day)


def with_weekday(weekday: int, day: Day) -> Day | None:
    if isinstance(day, NamedDay) and day.weekday is None:
        return NamedDay(day.day, day.month, day.year, weekday, day.swapped)
    return None


def with_fitting_weekday(weekday: int, day: NamedDay) -> NamedDay | None:
    """ "Monday - Feb 18, 2013" is one day if that was a Monday; else it is a range."""
    if day.year is None or day.month is None or day.swapped or day.day > 28:
        return None
    fits = date(day.year, day.month, day.day).weekday() == weekday
    return NamedDay(day.day, day.month, day.year, weekday) if fits else None


def day_number(day: int) -> NamedDay | None:
    return NamedDay(day) if 1 <= day <= 31 else None


def weekday_number(weekday: int, day: int) -> NamedDay | None:
    return NamedDay(day, weekday=weekday) if 1 <= day <= 31 else None


def days_of_month(month: int, first: int, last: int, year: int | None = None) -> Shape | None:
    if not 1 <= first <= 31 or not 1 <= last <= 31 or first >= last:
        return None
    return Between(NamedDay(first, month, year), NamedDay(last, month, year))


def numbered_days(first: int, last: int) -> Shape | None:
    if not 1 <= first < last <= 31:
        return None
    return Between(NamedDay(first), NamedDay(last))


def across_months(
    month: int, day: int, other: int, last: int, year: int | None = None
) -> Shape | None:
    if not 1 <= day <= 31 or not 1 <= last <= 31:
        return None
    return Between(NamedDay(day, month), NamedDay(last, other, year))


def month_last(first: int, last: int, month: int, year: int | None = None) -> Shape | None:
    return days_of_month(month, first, last, year)


def date_range(first: Any, last: Any, year: int | None = None) -> Shape | None:
    days = [
        numeric(one) if len(one) == 3 else dotted(one) if len(one) == 4 else slashed(one)
        for one in (first, last)
    ]
    if days[0] is None or days[1] is None:
        return None
    if year is not None:
        days = [NamedDay(d.day, d.month, d.year or year, swapped=True) for d in days if d]
    assert days[0] is not None
    assert days[1] is not None
    return Between(days[0], days[1])


def day_to_slashed(first: int, last: tuple[int, int]) -> Shape | None:
    """ "12-14/10", where days come first."""
    days = in_some_order(first, last[1]), in_some_order(*last)
    return Between(days[0], days[1]) if days[0] and days[1] and first < last[0] else None


def slashed_to_day(first: tuple[int, int], last: int) -> Shape | None:
    """ "10/12-14", where months come first."""
    days = in_some_order(*first), in_some_order(first[0], last)
    return Between(days[0], days[1]) if days[0] and days[1] and first[1] < last else None


def weekday_of_week(weekday: int, which: str, unit: object) -> WeekdayIn | None:
    return WeekdayIn(weekday, WEEKS[which]) if unit == "week" else None


def week_then_weekday(which: str, unit: object, weekday: int) -> WeekdayIn | None:
    return weekday_of_week(weekday, which, unit)


def weekdays_of_week(first: int, last: int, which: str, unit: object) -> Shape | None:
    if unit != "week" or first >= last:
        return None
    return Between(WeekdayIn(first, WEEKS[which]), WeekdayIn(last, WEEKS[which]))


def in_a_week(weekday: int, unit: object) -> Weekday | None:
    return Weekday(weekday, "week") if unit == "week" else None


def week_later(day: Day, unit: object) -> Away | None:
    days = {"week": 7, "fortnight": 14}.get(str(unit))
    return Away(Amount(days=days), 1, day) if days else None


def weeks_later(amount: Amount, day: Day) -> Away | None:
    fits = amount.days and amount.days % 7 == 0 and not amount.clocked
    return Away(amount, 1, day) if fits else None


def beside(unit: object, side: str, day: Shape) -> Away | None:
    """ "The day after Christmas" """
    if unit != "day":
        return None
    return Away(Amount(days=1), -1 if side == "before" else 1, day)


def week_beside(unit: object, side: str, day: Day) -> WeekOf | None:
    if unit != "week":
        return None
    return WeekOf(Away(Amount(days=7), -1 if side == "before" else 1, day))


def same_time_in(period: Period) -> SameTime | None:
    if isinstance(period, CalendarUnit) and period.unit == "week":
        return SameTime(SameDay(period.offset))
    return None


def counted_weekday(count: int, weekday: int, side: str = "later") -> CountedWeekday | None:
    if not 1 <= count <= 60:
        return None
    return CountedWeekday(weekday, -count if side in {"ago", "back"} else count)


def weekday_near(weekday: int, amount: Amount, sign: int) -> NearDay | None:
    fits = amount.grain in {"week", "month"}
    return NearDay(weekday, Away(amount, sign)) if fits else None


def from_anchor(amount: Amount, side: str, anchor: Shape) -> Away | None:
    return Away(amount, -1 if side == "before" else 1, anchor)


def from_now(amount: Amount, _: object) -> Away:
    return Away(amount, 1, Now())


def holiday_of_year(rule: Any, which: str, unit: object) -> Shape | None:
    if unit != "year":
        return None
    return HolidayIn(rule, WEEKS[which])


def nth_weekday(count: int, weekday: Any, period: Period) -> NthDay | None:
    """`weekday` may have been read as a day of its own already."""
    if isinstance(weekday, Day):
        if not isinstance(weekday, Weekday) or weekday.which:
            return None
        weekday = weekday.weekday
    return NthDay(count, weekday, period) if 1 <= abs(count) <= 54 else None


def nth_weekday_this_month(count: int, day: Day) -> NthDay | None:
    if isinstance(day, Weekday) and not day.which and count <= 5:
        return NthDay(count, day.weekday, CalendarUnit("month"), open=True)
    return None


def nth_weekday_after(count: int, weekday: Any, side: str, day: Day) -> WeekdayFrom | None:
    if isinstance(weekday, Weekday) and not weekday.which:
        return WeekdayFrom(weekday.weekday, count if side == "after" else -count, day)
    return None


def last_weekday(weekday: Any, period: Period) -> NthDay | None:
    return nth_weekday(-1, weekday, period)


def last_nth_weekday(count: int, weekday: Any, period: Period) -> NthDay | None:
    return nth_weekday(-count, weekday, period)


def nth_day(count: int, work: str | None, unit: object, period: Period) -> NthDay | None:
    if unit_name(unit) != "day":
        return None
    return NthDay(count, "working" if work else "day", period)


def nth_workday(count: int, period: Period) -> NthDay:
    return NthDay(count, "working", period)


def day_of_period(day: int, unit: object, period: Period) -> DayOf | None:
    fits = unit in {None, "day"} and period.grain() == "month" and 1 <= day <= 31
    return DayOf(day, period) if fits else None


def period_days(first: int, last: int, period: Period) -> Shape | None:
    if period.grain() != "month" or first >= last or last > 31:
        return None
    return Between(DayOf(first, period), DayOf(last, period))


class HolidayIn(Day):
    """A holiday of a year so many years from this one."""

    __slots__ = ("rule", "years")

    def __init__(self, rule: Any, years: int) -> None:
        self.rule, self.years = rule, years

    def falls(self, sight: Any, clock: Any = None) -> Any:
        return self.rule(sight.today.year + self.years)


MONTH_DAYS = (
    # Ranges within a month come before single days, which are parts of them.
    Rule(
        "span",
        "(from|between)? the? <month> the? <ord|num> (to|dash|until|and) the? <ord|num> "
        f"(comma? <year>)? {NO_NOUN}",
        days_of_month,
    ),
    Rule(
        "span",
        "(from|between)? the? <ord|num> (to|dash|until|and) the? <ord|num> of? <month> (comma? <year>)?",
        month_last,
    ),
    Rule(
        "span",
        "(from|between)? <slashed|numdate|dotted> (dash|to|until|and) <slashed|numdate> (comma? <year>)?",
        date_range,
    ),
    Rule("span", "(from|between)? <num> (dash|to|until) <slashed>", day_to_slashed),
    Rule(
        "span", "(from|between)? <slashed> (dash|to|until) <num> (?!unit|blocked)", slashed_to_day
    ),
    Rule("span", "(from|between) <dotted> (dash|to|until|and) <dotted> <year>?", date_range),
    Rule(
        "span",
        "(from|between)? the? <month> the? <ord|num> (to|dash|until|and) the? <month> the? <ord|num> "
        "(comma? <year>)?",
        across_months,
    ),
    Rule("named", "<numdate>", numeric),
    Rule("named", "<num> (sep)* <month> (sep)* <year|shortyear>", on_date),
    Rule("named", "<ord|num> <month> <num> (?=limit)", late_year),
    Rule("named", "<num> (dash|slash|dot) <month> (dash|slash|dot) <num>", short_year),
    Rule("named", "<year> (sep)? <month> (sep)? <ord|num>", year_first),
    Rule(
        "named",
        "<month> (sep)? the? <ord|num> (sep|of|in)* <year|shortyear>",
        month_first,
    ),
    Rule(
        "named", "the? <ord> <unit_>? of? (the)? <month> (comma|of|in)* <year|shortyear>", on_day_of
    ),
    Rule("named", "<num> of <month> (comma|of|in)* <year|shortyear>", on_date),
    Rule("named", "the? <ord> <unit_>? of? <month>", on_day_of),
    Rule("named", "(?<!month)<num> (of|dash|slash|dot)? <month>", on_date),
    Rule(
        "named",
        "<month> (sep)? (the)? <ord> (?!ordnoun|name|plural|counted|unit|num|money)",
        month_first,
    ),
    Rule(
        "named",
        "<month> (sep)? <num> (?!ordnoun|name|plural|counted|meridiem|slashed)",
        month_first,
    ),
    Rule(
        "named",
        "(?<=weekday|dayword)comma? <num> dash <num> (?=sole_)",
        lambda first, second: (
            in_some_order(first, second) if first > second and first - second < 3 else None
        ),
    ),
    Rule("named", f"(?<={WITH}|comma|the|of|every)<slashed> (?!unit)", slashed),
    Rule("named", "(?<=sole_)<slashed> (?=sole_)", slashed),
    Rule("named", "<slashed> (?=clock|at|sole_)", slashed),
    Rule("named", "<slashed> (?!unit|plural|counted|ordnoun)", slashed_alone),
    Rule("named", "(?<=on|weekday|starting|every)<dotted>", dotted),
    Rule("named", "(?<=by|until|since|before|after|from|to|dash|for)<dotted>", dotted_alone),
    Rule("named", "<dotted> (?!unit|plural|counted|name)", dotted_alone),
)

WEEKDAYS = (
    Rule("day", "<which> <unit> (on|dash|comma|at|of)? <weekday>", week_then_weekday),
    Rule(
        "span",
        "<weekday> (to|dash|until) <weekday> (of|comma)? the? <which> <unit>",
        weekdays_of_week,
    ),
    Rule("day", "(on|the)* <weekday> (of|in|on|from|comma)? the? <which> <unit>", weekday_of_week),
    Rule("day", "the? <weekday> <unit_> (?!of)", in_a_week),
    Rule("day", "the? <weekday> after next", lambda weekday: Weekday(weekday, "afternext")),
    Rule("day", "the? <weekday> before last", lambda weekday: CountedWeekday(weekday, -2)),
    Rule("day", "in <num> <weekday|weekdays>", counted_weekday),
    Rule("day", "<num> <weekday|weekdays> (fromnow|later|time)", counted_weekday),
    Rule("day", "<num> <weekday|weekdays> <ago|back>", counted_weekday),
    Rule(
        "day",
        "<amount> ago (on|comma)? <weekday>",
        lambda amount, weekday: weekday_near(weekday, amount, -1),
    ),
    Rule(
        "day", "<weekday> <amount> ago", lambda weekday, amount: weekday_near(weekday, amount, -1)
    ),
    Rule(
        "day",
        "in <amount> (on|comma)? <weekday>",
        lambda amount, weekday: weekday_near(weekday, amount, 1),
    ),
    Rule("day", "<weekday> in <amount>", lambda weekday, amount: weekday_near(weekday, amount, 1)),
    Rule("day", "next weekdayword", lambda: Away(Amount(workdays=1))),
    Rule("day", "<amount> ago <dayword>", lambda amount, day: Away(amount, -1, FixedDay(day))),
    Rule("named", "the? <weekday> comma? (on|the)* <named>", with_weekday),
    Rule("named", "<weekday> dash <named>", with_fitting_weekday),
    Rule("named", "the? (this|next|coming) <named>", lambda day: day),
    Rule("named", f"the? <weekday> comma? the? <ord> {NO_NOUN}", weekday_number),
    Rule("named", "the? <named> comma? <weekday>", lambda day, weekday: with_weekday(weekday, day)),
    Rule(
        "day",
        f"(this|the)? (which)? <which> <weekday> {OF_NOTHING}",
        lambda which, weekday: Weekday(weekday, which),
    ),
    Rule("day", "<weekday>", Weekday),
    Rule("day", "the? <dayword>", FixedDay),
)

NUMBERED_DAYS = (
    Rule(
        "span",
        "(from|between) the? <ord> (to|dash|until|and) the? <ord> (?!unit|of|blocked)",
        numbered_days,
    ),
    Rule(
        "span", "the? <ordinal> (to|dash|until) the? <ordinal> (?!unit|of|blocked)", numbered_days
    ),
    Rule("named", f"(?<={WITH})the? <ordinal> {NO_NOUN}", day_number),
    Rule("named", f"the <ordinal> {NO_WORD}", day_number),
    Rule("named", f"(?<={WITH})the <spokenth|second> {NO_WORD}", day_number),
    Rule("named", "(?<=sole_)(on? the)? <ord> (?=sole_)", day_number),
    Rule("named", "(?<=sole_|edge_)on? the <num> (?=sole_|edge_)", day_number),
    Rule("named", "<ordinal> (?=clock|at|partx)", day_number),
    Rule("named", "(?<=on)<number> (?=limit|at|clock)", day_number),
)

HOLIDAY_DAYS = (
    Rule("period", "the? <holiday> weekend", lambda rule: HolidayWeekend(Holiday(rule))),
    Rule("day", "the? <holiday> (comma|of|in)* <year>", Holiday),
    Rule("day", "the? <year> <holiday>", lambda year, rule: Holiday(rule, year)),
    Rule("day", "the? <holiday> (of|in)? <which> <unit_>", holiday_of_year),
    Rule("day", "the? <which> <holiday>", lambda which, rule: Holiday(rule, None, which)),
    Rule("day", "<holiday>", Holiday),
)

# "The 4th" was read as a day before it was seen that "of next month" follows.
AWAY = (
    Rule(
        "span",
        "for <amount> (from|starting) <day|named|clock>",
        lambda amount, first: Lasting(first, amount),
    ),
    Rule("span", "(from|starting) <day|named|clock> for <amount>", Lasting),
    Rule("day", "<amount> (on|from)? <day|named>", weeks_later),
    Rule("day", "<day|named> <unit_> (?!of)", week_later),
    Rule("day", "<amount> (ago|back)", lambda amount: Away(amount, -1)),
    Rule("day", "in (the)? <amount> (time)?", Away),
    Rule("day", "after <amount> (?=limit|link)", Away),
    Rule("day", "<amount> (fromnow|later|time)", Away),
    Rule("day", "<amount> from <now>", from_now),
    Rule("period", "the? <unit_> <before|after> <day|named>", week_beside),
    Rule("day", "the? <unit_> <before|after> <day|named>", beside),
    Rule("point", "sametime <day|named>", SameTime),
    Rule("point", "<day|named> (comma|at)* the? sametime", SameTime),
    Rule("point", "sametime <period>", same_time_in),
    Rule("period", "(?<=edge_|sole_|stop|comma)back in the? <period>", PastPeriod),
    Rule("day", "<amount> <before|after|from|starting> <day|named|clock|partday>", from_anchor),
)

DAYS_OF_PERIODS = (
    Rule(
        "span",
        "(from|between)? the? <ord|num> (to|dash|until|and) the? <ord|num> (of|in|comma)? the? <period>",
        period_days,
    ),
    Rule("day", "the? <ord> to? last <weekday|day> (of|in)? the? <period>", last_nth_weekday),
    Rule(
        "day",
        "the? <ord> to? last <work>? <unit> of the? <period>",
        lambda n, work, unit, of: nth_day(-n, work, unit, of),
    ),
    Rule(
        "day", "(on|the)* <ord> <day> (?!of|in|after|before|word|ordnoun)", nth_weekday_this_month
    ),
    Rule("day", "(on|the)* <ord> <weekday|day> <after|before> <day|named>", nth_weekday_after),
    Rule("day", "(on|the)* <ord> <weekday|day> (of|in|comma)* the? <period>", nth_weekday),
    Rule("day", "(on|the)* last <weekday|day> (of|in|comma)* the? <period>", last_weekday),
    Rule(
        "day",
        "(on|the)* last <work>? <unit> (of|in)? the? <period>",
        lambda work, unit, of: nth_day(-1, work, unit, of),
    ),
    Rule(
        "day", "(on|the)* last weekdayword (of|in)? the? <period>", lambda of: nth_workday(-1, of)
    ),
    Rule(
        "day",
        "(on|the)* <ord> last <work>? <unit> (of|in)? the? <period>",
        lambda n, work, unit, of: nth_day(-n, work, unit, of),
    ),
    Rule("day", "(on|the)* <ord> <work>? <unit> (of|in)? the? <period>", nth_day),
    Rule("day", "(on|the)* <ord> weekdayword (of|in)? the? <period>", nth_workday),
    Rule("day", "(on|the)* <ord> <unit_>? (of|in)? the? <period>", day_of_period),
    Rule(
        "day",
        "(on|the)* <named> (of|in)? the? <period>",
        lambda day, of: day_of_period(day.day, None, of) if day.month is None else None,
    ),
    Rule("day", "(on|the)* <num> of the? <period>", lambda day, of: day_of_period(day, None, of)),
    Rule("day", "<named> (of|in|comma)? the? <period>", date_in_year),
    Rule("day", "the? <period> comma? <named>", lambda period, day: date_in_year(day, period)),
    Rule("day", "the? <day> <before|after> <day|named>", weekday_beside),
    Rule(
        "span",
        "<period> (comma|from|between)* <day> (to|dash|until|and) <day>",
        lambda of, first, last: (
            Between(SameWeekday(first.weekday, of), SameWeekday(last.weekday, of))
            if isinstance(first, Weekday) and isinstance(last, Weekday) and of.grain() == "week"
            else None
        ),
    ),
    Rule(
        "day",
        "<period> (on|comma|dash)* <day>",
        lambda of, day: (
            SameWeekday(day.weekday, of)
            if isinstance(day, Weekday) and of.grain() == "week"
            else None
        ),
    ),
    Rule(
        "day",
        "<day> (of|in|comma)* the? <period>",
        lambda day, of: (
            SameWeekday(day.weekday, of)
            if isinstance(day, Weekday) and not day.which and of.grain() == "week"
            else None
        ),
    ),
)


__all__ = [
    "AWAY",
    "DAYS_OF_PERIODS",
    "HOLIDAY_DAYS",
    "MONTH_DAYS",
    "NUMBERED_DAYS",
    "WEEKDAYS",
    "CalendarUnit",
    "Now",
]
