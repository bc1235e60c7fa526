"""Rules for periods: calendar units, named months and quarters, weekends, edges, rolling spans."""

from __future__ import annotations

from typing import Any

from nlu.dates.clock_rules import amount_of, unit_name
from nlu.dates.day_rules import WEEKS
from nlu.dates.grammar import Rule
from nlu.dates.periods import (
    CalendarUnit,
    Decade,
    DecadeAway,
    Edge,
    Months,
    NthUnit,
    NthWeekend,
    NumberedWeek,
    Period,
    Rest,
    Rolling,
    Season,
    Weekend,
    WeekOf,
)
from nlu.dates.ranges import Between, LaterToday
from nlu.dates.shapes import Amount, At, Day, EndOfDay, FixedDay, NamedDay, Part, Shape

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
    return Months(*quarter, years=WEEKS[which]) if unit == "year" else None


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


class HalfOf(Period):
    """The first or the second half of a period, in whole days."""

    __slots__ = ("count", "of")

    def __init__(self, count: int, of: Period) -> None:
        self.count, self.of = count, of

    def grain(self) -> Any:
        return "day"

    def bounds(self, sight: Any) -> Any:
        first, last = self.of.bounds(sight)
        middle = first + (last - first) / 2
        return (first, middle) if self.count == 1 else (middle, last)


def nth_unit(count: int, unit: object, period: Period) -> NthUnit | None:
    name = unit_name(unit)
    fits = name in LONG and 1 <= abs(count) <= 53
    return NthUnit(count, name, period) if fits else None  # type: ignore[arg-type]


def units_of(side: str, amount: Amount, period: Period) -> NthUnit | None:
    if amount.clocked or amount.grain not in CALENDAR:
        return None
    size = {"day": amount.days, "week": amount.days / 7, "month": amount.months}.get(
        amount.grain, amount.months / 3
    )
    count = -1 if side == "last" else 1
    return NthUnit(count, amount.grain, period, max(2, int(size)))  # type: ignore[arg-type]


def numbered_week(unit: object, number: int, year: int | None = None) -> NumberedWeek | None:
    return NumberedWeek(number, year) if unit == "week" and 1 <= number <= 53 else None


def week_of(unit: object, day: Day) -> WeekOf | None:
    return WeekOf(day) if unit == "week" else None


def weekend_of(day: Day) -> Weekend:
    return Weekend(of=day)


def nth_weekend(count: object, period: Period) -> NthWeekend | None:
    if period.grain() not in {"month", "quarter", "year"}:
        return None
    return NthWeekend(-1 if count == "last" else int(str(count)), period)


def edge_of(edge: str, period: Period) -> Edge | None:
    return Edge(edge, period) if period.grain() in LONG else None


def edge_of_unit(edge: str, unit: object) -> Edge | None:
    unit = unit_name(unit)
    return Edge(edge, CalendarUnit(unit)) if unit in LONG else None  # type: ignore[arg-type]


def rest(word: str, period: Period) -> Rest | None:
    if period.grain() not in LONG:
        return None
    return Rest(period, gone=word == "earlier", today=word == "rest")


def rest_of_unit(word: str, unit: object) -> Shape | None:
    name = unit_name(unit)
    if name == "day":
        return LaterToday(gone=word == "earlier")
    return rest(word, CalendarUnit(name)) if name in LONG else None  # type: ignore[arg-type]


def rest_of_day(word: str, day: Day) -> Shape | None:
    if not isinstance(day, FixedDay):
        return None
    if day.offset == 0:
        return LaterToday(gone=word == "earlier")
    return Part("afternoon", "late", day) if word != "earlier" else Part("morning", "", day)


def end_of_day(edge: str, day: Day) -> Shape | None:
    if edge == "end":
        return At(day, EndOfDay(0))
    half = {"begin": "early", "early": "early", "mid": ""}.get(edge)
    if half is None:
        return Part("afternoon", "late", day)
    return Part("afternoon", "early", day) if edge == "mid" else Part("morning", "early", day)


def to_date(unit: object) -> Rest:
    return Rest(CalendarUnit(unit_name(unit)), gone=True)  # type: ignore[arg-type]


def decade(_: object, start: int) -> Decade:
    return Decade(start)


def month_of_year(period: Shape, month: int) -> Months | None:
    if not isinstance(period, CalendarUnit) or period.unit != "year":
        return None
    return Months(month, years=period.offset)


def whole_year(unit: object, year: int) -> Months | None:
    return Months(1, 12, year) if unit == "year" else None


def months_range(first: int, last: int) -> Between:
    return Between(Months(first), Months(last))


def month_to_period(first: int, last: Shape) -> Between | None:
    return Between(Months(first), last) if isinstance(last, Months) else None


IN = "(?<=in|since|until|by|for|before|after|starting|over|early|late|mid|begin|end|sole_|around)"
EDGES = "begin|mid|end|early|late"
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
    Rule("period", "<qtoken> (sep|of|in)* <year|fiscalyear>", lambda q, year: Months(*q, year)),
    Rule(
        "period",
        "<qtoken> <number> (?!blocked|word)",
        lambda q, year: Months(*q, 2000 + year) if 20 <= year <= 60 else None,
    ),
    Rule("period", "<qtoken> <shortyear>", lambda q, year: Months(*q, year)),
    Rule("period", "<year> (sep)? <qtoken>", lambda year, q: Months(*q, year)),
    Rule("period", "<qtoken> (of|in|comma)? (the)? <which> <unit_>", quarter_in_years),
    Rule(
        "period",
        "<which> <qtoken>",
        lambda which, q: Months(*q, which="" if which == "this" else which),
    ),
    Rule("period", "the? <qtoken>", lambda q: Months(*q)),
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
    Rule("span", "(from|between)? <month> (to|dash|until|and) <period>", month_to_period),
    Rule("span", "(from|between) <month> (to|dash|until|and) <month>", months_range),
    Rule("span", "<month> (to|dash|until) <month>", months_range),
    Rule(
        "span",
        "(from|between)? <year> (to|dash|until|and) <year>",
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
        "(?<=(end|begin|mid|weekend|half|day|unit_|amount|weekday|weekdayword) (of|in)|(mid|early|late) dash)<month>",
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

WEEKENDS = (
    Rule("period", "(on|at|over|for|in)* the? weekend (of|on)* the? <day|named>", weekend_of),
    Rule(
        "period",
        "(on|at|over|for|in)* (the|which)? <which> <weekend> (?!of)",
        lambda which, _: Weekend(which),
    ),
    Rule(
        "period",
        "(on|at|over|for|in)* (?<!ord|last)the? weekend (?!name|word|ordnoun|of the? (period|month))",
        Weekend,
    ),
)

UNITS_OF_PERIODS = (
    Rule("period", "the? <period> comma? <month>", month_of_year),
    Rule("period", "(on|the)* <ord|last> weekend (of|in) the? <period>", nth_weekend),
    Rule(
        "period",
        "the? <ord> last <unit> (of|in) the? <period>",
        lambda n, unit, of: nth_unit(-n, unit, of),
    ),
    Rule("period", "in? the? <ord> <unit> (of|in) the? <period>", nth_unit),
    Rule(
        "period",
        "in? the? last <unit> (of|in) the? <period>",
        lambda unit, of: nth_unit(-1, unit, of),
    ),
    Rule("period", "in? the? <last> <amount> (of|in) the? <period>", units_of),
    Rule(
        "period",
        "in? the? <ord> <amount> (of|in) the? <period>",
        lambda n, amount, of: units_of("first", amount, of) if n == 1 else None,
    ),
    Rule("period", "in? the? <ord> half of the? <period>", nth_half),
    Rule(
        "period",
        f"(in|at)? the? (coming|this)? <{EDGES}> (of|dash|in|around)* the? <period>",
        edge_of,
    ),
    Rule("period", f"(in|at)? the? (coming|this)? <{EDGES}> of the? <unit>", edge_of_unit),
    Rule("period", "(in|at)? the? <mid> dash? <unit>", edge_of_unit),
    Rule(
        "period",
        "<period> comma? the? <ord|last> <unit>",
        lambda of, n, unit: (
            nth_unit(-1 if n == "last" else n, unit, of)
            if isinstance(of, Months) and unit_name(unit) == "week"
            else None
        ),
    ),
    Rule("period", "(at|in)? <midof>", lambda unit: edge_of_unit("mid", unit)),
    Rule("period", "(at|in)? the? <beginof>", lambda unit: edge_of_unit("begin", unit)),
    Rule("period", "the? <endof>", lambda unit: edge_of_unit("end", unit)),
    Rule("period", "<period> end", lambda period: edge_of("end", period)),
    Rule("period", "<month> end", lambda month: Edge("end", Months(month))),
    Rule("period", "<late|early> (in|of)? the <unit>", edge_of_unit),
    Rule(
        "span",
        "the? <later|earlier|rest> (in|of)? the? <dayword|day>",
        lambda word, day: rest_of_day(word, FixedDay(day) if isinstance(day, int) else day),
    ),
    Rule("period", "the? <later|earlier|rest> (in|of)? the? <period>", rest),
    Rule("span", "the? <later|earlier|rest> (in|of)? (the)? <unit>", rest_of_unit),
    Rule("span", f"at? the? <{EDGES}> (of|dash|in)? <day|named> (?!partx)", end_of_day),
)

__all__ = ["EDGES", "PERIODS", "UNITS_OF_PERIODS", "WEEKENDS"]
