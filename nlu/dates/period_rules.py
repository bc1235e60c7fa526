"""Rules for periods: calendar units, named months and quarters, rolling spans."""

from __future__ import annotations

from typing import Any

from nlu.dates.amount_rules import amount_of, unit_name
from nlu.dates.day_rules import WEEKS
from nlu.dates.days import FixedDay
from nlu.dates.grammar import Rule
from nlu.dates.long_periods import Decade, DecadeAway, HalfOf, Rest, Season
from nlu.dates.named_days import NamedDay
from nlu.dates.periods import CalendarUnit, Months, NumberedWeek, Period, Rolling, WeekOf
from nlu.dates.ranges import Between
from nlu.dates.shapes import Amount, Day, Shape

CALENDAR = {"day", "week", "month", "quarter", "year"}


LONG = CALENDAR - {"day"}


FROM_FIRST_NAMES = {4, 5, 6, 8}


def unit_named(which: str, unit: object) -> Period | None:
    name = unit_name(unit)
    if name == "decade":
        return DecadeAway(WEEKS[which])
    return CalendarUnit(name, WEEKS[which]) if name in LONG else None  # type: ignore[arg-type]


def day_named(which: str, unit: object) -> FixedDay | None:
    """ "The next day"; "the last day" is one of some period."""
    fits = unit_name(unit) == "day" and which not in {"last", "past"}
    return FixedDay(WEEKS[which]) if fits else None


def rolling_unit(which: str, unit: object) -> Rolling | None:
    """ "The past hour" and "the next fortnight" are no units of the calendar."""
    fits = unit_name(unit) in {"hour", "fortnight"} and which not in {"this", "current"}
    return Rolling(amount_of(1, unit), WEEKS[which]) if fits else None


def past_unit(unit: object) -> Rolling | None:
    """ "In the past week" rolls; "last week" and "past week" are of the calendar."""
    return Rolling(amount_of(1, unit), -1) if unit_name(unit) in LONG | {"hour", "day"} else None


def within_unit(unit: object) -> CalendarUnit | None:
    name = unit_name(unit)
    return CalendarUnit(name, said=False) if name in LONG else None  # type: ignore[arg-type]


def unit_away(unit: object, offset: int) -> Shape | None:
    name = unit_name(unit)
    if name == "day":
        return None
    return CalendarUnit(name, offset) if name in LONG else None  # type: ignore[arg-type]


def rolling(which: str, amount: Amount) -> Rolling | None:
    if amount.grain not in {*CALENDAR, "hour", "minute"} or which in {"this", "current"}:
        return None
    return Rolling(amount, WEEKS[which])


def counted_units(count: int, which: str, unit: object) -> Rolling | None:
    return rolling(which, amount_of(count, unit))


def month_in_years(month: int, which: str, unit: object) -> Months | None:
    return Months(month, years=WEEKS[which]) if unit == "year" else None


def quarter_in_years(quarter: tuple[int, int], which: str, unit: object) -> Months | None:
    month, length = quarter
    return Months(month, length, years=WEEKS[which]) if unit == "year" else None


def months_of(quarter: tuple[int, int], year: int | None = None) -> Months:
    month, length = quarter
    return Months(month, length, year)


def months_after(which: str, quarter: tuple[int, int]) -> Months:
    month, length = quarter
    return Months(month, length, which="" if which in {"this", "current"} else which)


def month_after(which: str, month: int) -> Months:
    return Months(month, which="" if which in {"this", "current"} else which)


def month_from(month: int) -> Months | None:
    """ "From June" may be said of a person, "from January" hardly."""
    return None if month in FROM_FIRST_NAMES else Months(month)


def month_alone(month: int) -> Months | None:
    """A month as the whole message, unless it is as likely a first name."""
    return None if month in FROM_FIRST_NAMES else Months(month)


def nth_quarter(count: int, unit: object, year: Any = None) -> Months | None:
    if unit_name(unit) != "quarter" or not 1 <= count <= 4:
        return None
    return Months(3 * count - 2, 3, year)


def nth_quarter_of(count: int, part: object, which: str, unit: object) -> Months | None:
    if unit_name(part) != "quarter" or unit != "year" or not 1 <= count <= 4:
        return None
    return Months(3 * count - 2, 3, years=WEEKS[which])


def nth_half(count: int, period: Period) -> Shape | None:
    if count not in {1, 2}:
        return None
    if isinstance(period, Months) and period.length == 12:
        return Months(6 * count - 5, 6, period.year, period.years)
    if isinstance(period, CalendarUnit) and period.unit == "year":
        return Months(6 * count - 5, 6, years=period.offset)
    return HalfOf(count, period)


def numbered_week(unit: object, number: int, year: int | None = None) -> NumberedWeek | None:
    return NumberedWeek(number, year) if unit == "week" and 1 <= number <= 53 else None


def week_of(unit: object, day: Day) -> WeekOf | None:
    return WeekOf(day) if unit == "week" else None


def to_date(unit: object) -> Rest:
    return Rest(CalendarUnit(unit_name(unit)), gone=True)  # type: ignore[arg-type]


def decade(_: object, start: int) -> Decade:
    return Decade(start)


def whole_year(unit: object, year: int) -> Months | None:
    return Months(1, 12, year) if unit == "year" else None


def months_range(first: int, last: int) -> Between:
    return Between(Months(first), Months(last))


def month_to_period(first: int, last: Shape) -> Between | None:
    return Between(Months(first), last) if isinstance(last, Months) else None


IN = "(?<=in|since|until|by|for|before|after|starting|over|early|late|mid|begin|end|sole_|around)"


PERIODS = (
    Rule("span", "(in|over|within|for)+ the past <unit>", past_unit),
    Rule("span", "(in|over|within|for)* the? (this)? <which> <amount> (?!of)", rolling),
    Rule("span", "the? <num> <coming|following|past|last> <unit>", counted_units),
    Rule("span", "within (the)? <amount> fromnow?", lambda amount: Rolling(amount, 1)),
    Rule("period", "the? <unit> after next", lambda unit: unit_away(unit, 2)),
    Rule("period", "the? <unit> before last", lambda unit: unit_away(unit, -2)),
    Rule(
        "period",
        "the? <unit_> of the? <month> the? <ord|num>",
        lambda unit, month, day: week_of(unit, NamedDay(day, month)),
    ),
    Rule("period", "the? weekof (on|the|dot)* <day|named>", WeekOf),
    Rule("period", "the? <unit> of the? <day|named>", week_of),
    Rule("period", "in? the? <ord> <unit> (of|in|comma)? the? <year>", nth_quarter),
    Rule(
        "period",
        "in? the? <ord> <unit> (of|in|comma)? (the)? <which> <unit_>",
        nth_quarter_of,
    ),
    Rule("period", "(?<!every)the? <ord> <unit> (?!of|name|word|ordnoun)", nth_quarter),
    Rule("period", "<qtoken> (sep|of|in)* <year|fiscalyear>", months_of),
    Rule(
        "period",
        "<qtoken> <number> (?!blocked|word)",
        lambda q, year: months_of(q, 2000 + year) if 20 <= year <= 60 else None,
    ),
    Rule("period", "<qtoken> <shortyear>", months_of),
    Rule("period", "<year> (sep)? <qtoken>", lambda year, q: months_of(q, year)),
    Rule("period", "<qtoken> (of|in|comma)? (the)? <which> <unit_>", quarter_in_years),
    Rule(
        "period",
        "<which> <qtoken>",
        months_after,
    ),
    Rule("period", "the? <qtoken>", months_of),
    Rule("period", "<unit_> dash? <num> (of|in|comma)* <year>? (?!blocked|num)", numbered_week),
    Rule(
        "period",
        "<month> (sep|of|in)* <year|shortyear>",
        lambda month, year: Months(month, 1, year),
    ),
    Rule("period", "<year> (sep)* <month>", lambda year, month: Months(month, 1, year)),
    Rule("period", "<yearmonth>", lambda value: Months(value[1], 1, value[0])),
    Rule("period", "<month> (of|in|comma)? (the)? <which> <unit_>", month_in_years),
    Rule("period", "the? (which)? <which> <month>", month_after),
    Rule("period", "the? <month> after next", lambda month: Months(month, which="afternext")),
    Rule("period", "the? <season> (of|in)? <year>", Season),
    Rule("period", "the? <year> <season>", lambda year, season: Season(season, year)),
    Rule(
        "period",
        "the? <season> (of|in)? <which> <unit_>",
        lambda season, which, unit: Season(season, years=WEEKS[which]) if unit == "year" else None,
    ),
    Rule("period", "the? <which> <season>", lambda which, season: Season(season, which=which)),
    Rule("period", f"{IN}the? <season> (?!name|ordnoun|word)", Season),
    Rule("period", f"{IN}the? <unit_> of <year>", whole_year),
    Rule("period", "the? (calendar)? <unit_> (of)? <year|fiscalyear>", whole_year),
    Rule("period", "the? <early|late|mid>? dash? <decade>", decade),
    Rule("period", "(the|a)? calendar <unit> (?!of)", within_unit),
    Rule(
        "span",
        "within the <unit_>",
        lambda unit: Rolling(amount_of(1, unit), 1) if unit == "hour" else None,
    ),
    Rule(
        "period",
        "quarterword <num> (of|in|comma)* <year>? (?!blocked|unit)",
        lambda n, year: nth_quarter(n, "quarter", year),
    ),
    Rule("period", "the? <ord> half <year>", lambda n, year: nth_half(n, Months(1, 12, year))),
    Rule(
        "period",
        "in? the? <unit_> of <month>",
        lambda unit, month: Months(month) if unit == "month" else None,
    ),
    Rule(
        "period",
        "in? the? <unit> of the? <period>",
        lambda unit, of: of if unit_name(unit) == of.grain() else None,
    ),
    Rule("period", "all <unit_>", within_unit),
    Rule("period", "<fiscalyear>", lambda year: Months(1, 12, year)),
    Rule("span", "(from|between)? <month> upto <period>", month_to_period),
    Rule("span", "(from|between) <month> upto <month>", months_range),
    Rule("span", "<month> to_ <month>", months_range),
    Rule(
        "span",
        "(from|between)? <year> upto <year>",
        lambda first, last: (
            Between(Months(1, 12, first), Months(1, 12, last)) if first < last else None
        ),
    ),
    Rule(
        "period",
        f"{IN}the? <year> (?!blocked|word|ordnoun)",
        lambda year: Months(1, 12, year),
    ),
    Rule(
        "period",
        "(?<=from|of|between|later|greater)<year> (?!blocked|word|ordnoun)",
        lambda year: Months(1, 12, year),
    ),
    Rule(
        "period",
        "(?<=(mid|early|late|begin|end) (dash|of))<year>",
        lambda year: Months(1, 12, year),
    ),
    Rule("period", f"{IN}(the)? (unit_ of)? <month> (?!name|num)", lambda month: Months(month)),
    Rule(
        "period",
        "(?<=(end|begin|mid|weekend|half|day|unit_|amount|weekday|weekdayword) (of|in)"
        "|(mid|early|late) dash)<month>",
        lambda month: Months(month),
    ),
    Rule("period", "(?<=edge_)<month> (?=edge_)", month_alone),
    Rule("period", "(?<=from)<month> (?!name|num)", month_from),
    Rule("period", "(?<=period (and|or|comma))<month> (?!name|num)", lambda month: Months(month)),
    Rule("period", "the? <which> (calendar|work)? <unit> (?!of)", unit_named),
    Rule("day", "the? <which> (calendar)? <unit> (?!of)", day_named),
    Rule("span", "the? <which> <unit> (?!of)", rolling_unit),
    Rule("period", "(?<=for|in|of|over|within|during)the <unit> (?!of|before|after)", within_unit),
    Rule("period", "(?<=sole_)the <unit> (?=sole_)", within_unit),
    Rule("period", "(the|a)? (work|calendar)? <todate>", to_date),
    Rule("period", "the? <ord> half of <year>", lambda n, year: nth_half(n, Months(1, 12, year))),
)
