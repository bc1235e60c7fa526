"""Rules that put days, times and periods together: at, from-to, since, until."""

from __future__ import annotations

from typing import Any

from nlu.dates.clock_rules import fitted, four_digits, hour_of, written_dot
from nlu.dates.clocks import Clock, Part
from nlu.dates.days import Away, FixedDay, Weekday
from nlu.dates.grammar import Rule
from nlu.dates.hour_rules import ALONE, FREE, NO_DAYS, hour_said, whole_hours
from nlu.dates.points import At, WeekdayNumber
from nlu.dates.ranges import Between, Bound, Hours, Lasting, until
from nlu.dates.shapes import Day, Now, Shape


def at_number(day: Day, hour: int) -> At | None:
    clock = hour_of(hour)
    return At(day, clock) if clock and hour else None


def at_number_or_on(day: Day, number: int) -> Shape | None:
    """ "Monday 21" is the 21st where that is a Monday soon, else nine in the evening."""
    if isinstance(day, Weekday) and not day.which and 12 < number <= 31:
        return WeekdayNumber(day.weekday, number)
    return None


def at_dotted(day: Day, value: tuple[int, int, str, bool]) -> At | None:
    clock = written_dot(value)
    return At(day, clock) if clock else None


def at_digits(day: Day, value: int) -> At | None:
    clock = four_digits(value)
    return At(day, clock) if clock else None


def hours_on(day: Any, hours: Hours) -> Hours | None:
    if isinstance(day, Part):
        return Hours(fitted(hours.first, day), fitted(hours.last, day), day.day or FixedDay(0))
    return Hours(hours.first, hours.last, day)


def numbers_on(day: Any, first: int, last: int) -> Hours | None:
    hours = whole_hours(first, last)
    if hours is None or first == last:
        return None
    # "Friday 7-6" is a date rather than eleven hours.
    if first > last and first - last < 3:
        return None
    return hours_on(day, hours)


def to_hour(first: Any, last: Any) -> Hours | None:
    clock = hour_of(last)
    return Hours(first.clock, clock, first.day) if clock and isinstance(first, At) else None


def hours_around(first: At, last: Any) -> Hours | None:
    return to_hour(first, last)


def part_of_day(part: Part, day: Day) -> Part | None:
    return Part(part.name, part.half, day) if part.day is None else None


def at_in_part(part: Part, value: Any) -> At | Clock | None:
    clock = hour_of(value)
    return At(part.day, fitted(clock, part)) if clock and part.day else None


def between(first: Shape, last: Shape) -> Between | None:
    return Between(first, last)


def bound(how: str, edge: Any) -> Bound | None:
    if how == "starting":
        how = "from"
    return Bound(how, edge)


def more_than(away: Shape) -> Bound | None:
    """ "More than three days ago" """
    if not isinstance(away, Away) or away.anchor is not None:
        return None
    return Bound("before" if away.sign < 0 else "after", away)


def less_than(away: Shape) -> Bound | None:
    if not isinstance(away, Away) or away.anchor is not None:
        return None
    return Bound("since" if away.sign < 0 else "before", away)


COMBINATIONS = (
    Rule(
        "partday",
        "<early|late> <day> <partx>",
        lambda half, day, part: Part(part.name, half, day),
    ),
    Rule(
        "partday",
        "<day|named> comma? (in|on|at|of|for)? the? <partx>",
        lambda day, part: part_of_day(part, day),
    ),
    Rule("partday", "(in|on)? the? <partx> (of|on|comma)* the? <day|named>", part_of_day),
    Rule("partday", "<partday> (of|on|comma)+ the? <day|named>", part_of_day),
    Rule("partday", "(in|during|over|by|until|before)? (in|the)+ <partx>", lambda part: part),
    Rule("partday", "(?<=sole_|by|until|before|after|since)<partx>", lambda part: part),
    Rule("span", "<day|named|partday> (comma|from|at|between|for|on|dash)* <hours>", hours_on),
    Rule(
        "span",
        "<hours> (on|comma|of|for)* the? <day|named|partday>",
        lambda hours, day: hours_on(day, hours),
    ),
    Rule(
        "span",
        f"<day|named|partday> (comma|from|at|between)* <num> upto <num> {FREE} {NO_DAYS}",
        numbers_on,
    ),
    Rule(
        "span",
        "(from|between|at)? <num> to_ <num> (on|comma)* the? <day|named|partday>",
        lambda first, last, day: numbers_on(day, first, last),
    ),
    Rule("point", "(on)? <day|named> (comma|at|on|for|dash|around|slash)* <clock>", At),
    Rule(
        "point",
        "<clock> (comma|on|of|for|at|dash)* the? <day|named>",
        lambda clock, day: At(day, clock),
    ),
    Rule("point", f"<day> <number> {ALONE} (?!to_)", at_number_or_on),
    Rule("point", f"<day|named> (at|for|comma|around)? <num> {ALONE} (?!to_)", at_number),
    Rule("point", "<day|named> (at|comma|around)* <dotted> (?!blocked)", at_dotted),
    Rule("point", f"<day|named> (at|comma|around)* <hhmm|padded> {ALONE}", at_digits),
    Rule(
        "point",
        "<day|named> (at|comma|around)* <hourtime>",
        lambda day, value: At(day, hour_said(value)),
    ),
    Rule("point", f"<partday> (comma|at|around|on|for)* <num> {ALONE}", at_in_part),
    Rule("point", "<partday> (comma|at|around|on|for)* <clock>", at_in_part),
    Rule("point", "<clock> comma? (in|on)? <partday>", lambda clock, part: at_in_part(part, clock)),
    Rule(
        "point",
        "(?<!dash|slash|comma|to|num)<num> comma? <partday>",
        lambda hour, part: at_in_part(part, hour) if hour <= 12 else None,
    ),
    Rule("point", "(?<=sole_|edge_)<num> <day>", lambda hour, day: at_number(day, hour)),
    Rule("point", "(?<!edge_|stop|comma|and)<now>", lambda _: Now()),
    Rule("point", "<now> (?=limit|to_|for)", lambda _: Now()),
)


# Only as the whole message: in a sentence the length is told apart from the time.
WHOLE = (
    Rule(
        "span",
        "(?<=edge_|sole_)<clock|point|day|named> for <amount> (?=edge_|sole_)",
        Lasting,
    ),
)


ABSORBED = "on|in|at|for|over|around"


RANGES = (
    Rule("span", "(from|between)? <point> upto <clock|num>", to_hour),
    Rule("span", "(from|between) <dating> upto (the)? <dating>", between),
    Rule("span", "<day|named|point|partday> to_ (the)? <dating>", between),
    Rule("span", "<period> to_ (the)? <period|named|day>", between),
    Rule(
        "bound",
        "comma? <since|after|before|until|by|from|starting> (on|in|at|the|around)* <dating|span> "
        "onwards?",
        bound,
    ),
    Rule(
        "bound",
        "(from|at|on|in)? <dating> ((and|or)? (onwards|later|after|above)|and on)",
        lambda edge: Bound("from", edge),
    ),
    Rule("bound", "(at|on|in)? <dating> (and|or) (earlier|before)", lambda edge: Bound("by", edge)),
    Rule("span", "fromnow to_ (the)? <dating>", lambda last: Between(Now(), last)),
    Rule("bound", "fromnow on?", lambda: Bound("from", Now())),
    Rule("bound", "since <amount>", lambda amount: Bound("since", Away(amount, -1))),
    Rule("bound", "more than <day>", more_than),
    Rule("bound", "less than <day>", less_than),
    Rule("bound", "<dating> latest", lambda edge: Bound("by", edge)),
    Rule("bound", "latest (by|on|at)? <dating>", lambda edge: Bound("by", edge)),
    Rule("span", "<bound> (and|but|comma|or)* <bound>", until),
    Rule("day", f"({ABSORBED}|the)+ <day>", lambda shape: shape),
    Rule("named", f"({ABSORBED})+ <named>", lambda shape: shape),
    Rule("point", f"({ABSORBED})+ <point>", lambda shape: shape),
    Rule("clock", "(for|on) <clock>", lambda shape: shape),
    Rule("partday", f"({ABSORBED})+ <partday>", lambda shape: shape),
    Rule("period", f"({ABSORBED}|the|within)+ <period>", lambda shape: shape),
    Rule("span", f"({ABSORBED}|from|the)+ <span>", lambda shape: shape),
    Rule("amount", "for <amount>", lambda amount: amount),
)
