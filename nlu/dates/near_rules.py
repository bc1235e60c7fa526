"""Rules for days told by their distance from another, or by their place in a period."""

from __future__ import annotations

from typing import Any

from nlu.dates.amount_rules import unit_name
from nlu.dates.days import Away, SameDay, Weekday, WeekdayFrom
from nlu.dates.grammar import Rule
from nlu.dates.named_days import NamedDay
from nlu.dates.period_days import DayOf, NthDay, PastPeriod, SameWeekday
from nlu.dates.periods import CalendarUnit, Months, Period, WeekOf
from nlu.dates.points import SameTime
from nlu.dates.ranges import Between, Lasting
from nlu.dates.shapes import Amount, Day, Now, Shape


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


def from_anchor(amount: Amount, side: str, anchor: Shape) -> Away | None:
    return Away(amount, -1 if side == "before" else 1, anchor)


def from_now(amount: Amount, _: object) -> Away:
    return Away(amount, 1, Now())


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
        "(from|between)? the? <ord|num> upto the? <ord|num> (of|in|comma)? the? <period>",
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
        "<period> (comma|from|between)* <day> upto <day>",
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
