"""Rules for weekdays, days relative to today, and holidays."""

from __future__ import annotations

from datetime import date
from typing import Any

from nlu.dates.date_rules import NO_NOUN
from nlu.dates.days import Away, CountedWeekday, FixedDay, NearDay, Weekday, WeekdayIn
from nlu.dates.grammar import Rule
from nlu.dates.long_periods import HolidayWeekend
from nlu.dates.named_days import Holiday, HolidayIn, NamedDay
from nlu.dates.ranges import Between
from nlu.dates.shapes import Amount, Day, Shape

WEEKS = {"this": 0, "current": 0, "next": 1, "coming": 1, "following": 1, "last": -1, "past": -1}


OF_NOTHING = "(?!(of|in) the? (month|unit|which|year|qtoken|yearmonth))"


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


def weekday_number(weekday: int, day: int) -> NamedDay | None:
    return NamedDay(day, weekday=weekday) if 1 <= day <= 31 else None


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


def counted_weekday(count: int, weekday: int, side: str = "later") -> CountedWeekday | None:
    if not 1 <= count <= 60:
        return None
    return CountedWeekday(weekday, -count if side in {"ago", "back"} else count)


def weekday_near(weekday: int, amount: Amount, sign: int) -> NearDay | None:
    fits = amount.grain in {"week", "month"}
    return NearDay(weekday, Away(amount, sign)) if fits else None


def holiday_of_year(rule: Any, which: str, unit: object) -> Shape | None:
    if unit != "year":
        return None
    return HolidayIn(rule, WEEKS[which])


WEEKDAYS = (
    Rule("day", "<which> <unit> (on|dash|comma|at|of)? <weekday>", week_then_weekday),
    Rule(
        "span",
        "<weekday> to_ <weekday> (of|comma)? the? <which> <unit>",
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


HOLIDAY_DAYS = (
    Rule("period", "the? <holiday> weekend", lambda rule: HolidayWeekend(Holiday(rule))),
    Rule("day", "the? <holiday> (comma|of|in)* <year>", Holiday),
    Rule("day", "the? <year> <holiday>", lambda year, rule: Holiday(rule, year)),
    Rule("day", "the? <holiday> (of|in)? <which> <unit_>", holiday_of_year),
    Rule("day", "the? <which> <holiday>", lambda which, rule: Holiday(rule, None, which)),
    Rule("day", "<holiday>", Holiday),
)
