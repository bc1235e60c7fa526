"""Rules for parts of periods: weekends, their n-th unit, beginnings, ends and rests."""

from __future__ import annotations

from nlu.dates.amount_rules import unit_name
from nlu.dates.clocks import EndOfDay, Part
from nlu.dates.days import FixedDay
from nlu.dates.grammar import Rule
from nlu.dates.long_periods import Edge, NthWeekend, Rest, Weekend
from nlu.dates.period_rules import CALENDAR, LONG, nth_half
from nlu.dates.periods import CalendarUnit, Months, NthUnit, Period
from nlu.dates.points import At
from nlu.dates.ranges import LaterToday
from nlu.dates.shapes import Amount, Day, Shape


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


def month_of_year(period: Shape, month: int) -> Months | None:
    if not isinstance(period, CalendarUnit) or period.unit != "year":
        return None
    return Months(month, years=period.offset)


EDGES = "begin|mid|end|early|late"


WEEKENDS = (
    Rule("period", "(on|at|over|for|in)* the? weekend (of|on)* the? <day|named>", weekend_of),
    Rule(
        "period",
        "(on|at|over|for|in)* (the|which)? <which> <weekend> (?!of)",
        lambda which, _: Weekend(which),
    ),
    Rule(
        "period",
        "(on|at|over|for|in)* (?<!ord|last)the? weekend "
        "(?!name|word|ordnoun|of the? (period|month))",
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
