"""Rules for parts of days, hours from one to another, and bare hours."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import Any

from nlu.dates.amount_rules import hours_long
from nlu.dates.clock_rules import fitted, four_digits, hour_of, in_part, written_dot
from nlu.dates.clocks import Clock, Part
from nlu.dates.days import FixedDay
from nlu.dates.grammar import Rule
from nlu.dates.points import At
from nlu.dates.ranges import Hours

# A bare number before these counted or addressed something: it is no hour.
FREE = "(?!every limit|blocked|slashed|num|decimal|(word|link)?word?street)"


ALONE = "(?!blocked|word|ordnoun|slashed|num|decimal|month)"


def hour_said(value: tuple[int, int, bool]) -> Clock:
    hour, minute, _ = value
    return Clock(hour, minute, 0, hour > 12 or bool(minute))


def in_part_of_day(value: Any, part: Part) -> At | None:
    clock = hour_of(value)
    if clock is None:
        return None
    return At(part.day or FixedDay(0), fitted(clock, part))


_HALVES = {"later": "late", "earlier": "early", "mid": ""}


def part_named(half: str | None, name: str) -> Part:
    return Part(name, _HALVES.get(half or "", half or ""))


def part_today(half: str | None, part: Part) -> Part:
    return Part(part.name, _HALVES.get(half or "", half or part.half), FixedDay(0))


def tonight(half: str | None, name: str) -> Part:
    return part_today(half, Part(name))


def part_yesterday(half: str | None, part: Part) -> Part:
    return Part(part.name, half or part.half, FixedDay(-1))


def half_day(half: str) -> Part:
    """ "Tomorrow am" """
    return Part("morning" if half == "a" else "afternoon")


PARTS_OF_DAY = (
    Rule("partx", "(<early|late|later|earlier|mid> (in the|dash)?)? <part> (time)?", part_named),
    Rule("partx", "firstthing (in the partx)?", lambda: Part("morning", "early")),
    Rule("partday", "<early|late|later|earlier>? this <partx>", part_today),
    Rule("partday", "<early|late|later>? <tonight>", tonight),
    Rule("partday", "<early|late>? last <partx>", part_yesterday),
    Rule("partx", "(?<=the|weekday|dayword)<meridiem>", half_day),
)


def whole_hours(first: Any, last: Any) -> Hours | None:
    begins, ends = hour_of(first), hour_of(last)
    return Hours(begins, ends) if begins and ends else None


def numbers_in_part(first: int, last: int, part: Part) -> Hours | None:
    hours = whole_hours(first, last)
    if hours is None or part.day is None:
        return None
    return Hours(fitted(hours.first, part), fitted(hours.last, part), part.day)


CLOCKS_IN_PARTS = (
    Rule("hours", "between <clock> and <clock>", whole_hours),
    Rule("hours", "(from|between|at)* <clock> to_ (at|around)? <clock>", whole_hours),
    Rule(
        "span",
        "(from|between|at)* <num> upto <num> comma? <partday>",
        numbers_in_part,
    ),
    Rule("clock", "<num> (in the|at|comma in the) <partx>", in_part),
    Rule("clock", "<clock> comma? (in|at)? the? <partx>", in_part),
    Rule(
        "clock",
        "(?<!every)(in the?)? <partx> (at|around|comma)* <clock>",
        lambda part, at: in_part(at, part),
    ),
    Rule(
        "clock",
        f"(?<!every)(in the?)? <partx> (at|around)+ <num> {FREE}",
        lambda part, at: in_part(at, part),
    ),
    Rule(
        "point",
        "<partday> (comma|at|around|on|for|from)* <clock>",
        lambda part, at: in_part_of_day(at, part),
    ),
    Rule(
        "point",
        f"<partday> (at|around|for)* <num> {ALONE} (?!to_)",
        lambda part, at: in_part_of_day(at, part),
    ),
    Rule("point", "(at|around|comma)* <clock|num> comma? (at|in|on)? <partday>", in_part_of_day),
)


def hours_in_part(hours: Hours, part: Part) -> Hours:
    return Hours(fitted(hours.first, part), fitted(hours.last, part))


def opening_hours(unit: object, first: int, last: int) -> Hours | None:
    """ "Quiet hours 18 to 8" """
    return whole_hours(first, last) if unit == "hour" else None


def in_zone(clock: Clock, hours: float) -> Clock:
    zone = timezone(timedelta(hours=hours))
    return Clock(clock.hour, clock.minute, clock.second, clock.sure, zone)


# Where a month follows, the numbers are days: "from 4 to 22 January".
NO_DAYS = "(?!(of|in|comma)? the? (month|which unit_|ordinal|unit_))"


HOURS = (
    Rule("hours", "(from|between|at)* <clock> upto (at|around)? <clock>", whole_hours),
    Rule("hours", "<hours> comma? (in|at)? the? <partx>", hours_in_part),
    Rule(
        "hours", "(in the?)? <partx> comma? <hours>", lambda part, hours: hours_in_part(hours, part)
    ),
    Rule("hours", "<unit_> from? <num> to_ <num>", opening_hours),
    Rule("hours", "(?<=sole_)<num> to_ <num> (?=sole_)", whole_hours),
    Rule("hours", f"(from|between|at)* <clock> to_ <num> {FREE}", whole_hours),
    Rule("hours", f"between <clock> and <num> {FREE}", whole_hours),
    Rule(
        "hours",
        "(from|between|at)* <num|dotted> to_ <clock>",
        lambda first, last: whole_hours(
            written_dot(first) if isinstance(first, tuple) else first, last
        ),
    ),
    Rule("hours", "between <num> and <clock>", whole_hours),
    Rule("hours", f"from at? <num> to_ <num> {FREE} {NO_DAYS}", whole_hours),
    Rule("hours", f"at <num> to_ <num> {FREE} {NO_DAYS}", whole_hours),
    Rule("hours", f"between <num> and <num> {FREE} {NO_DAYS}", whole_hours),
    Rule(
        "hours",
        "(from|between|at) <dotted> upto <dotted>",
        lambda first, last: (
            whole_hours(written_dot(first), written_dot(last))
            if written_dot(first) and written_dot(last)
            else None
        ),
    ),
)


AT = (
    Rule("clock", "(at|around)+ <clock>", lambda clock: clock),
    Rule("clock", "<clock> <zone>", in_zone),
    Rule("clock", "<dotted> (?=dayword|weekday|on (the|weekday|dayword))", written_dot),
    Rule("clock", "<hhmm|padded> (?=dayword|weekday|on (the|weekday|dayword))", four_digits),
    Rule("clock", "<clock> around (?!num)", lambda clock: clock),
    Rule("clock", f"at around? <number> {FREE} {NO_DAYS} (?!to_ num|and a)", hour_of),
    Rule("clock", f"at around? <spoken> {ALONE} {NO_DAYS} (?!to_ num|and a|of)", hour_of),
    Rule("clock", "at around? <dotted> (?!blocked)", written_dot),
    Rule("clock", f"at <hhmm|padded> {FREE}", four_digits),
    Rule("clock", "at <hourtime>", hour_said),
    Rule("clock", f"makeit at? <num> (?=limit|instead|link) {FREE}", hour_of),
    Rule("clock", "(makeit|instead) <clock>", lambda clock: clock),
    Rule("clock", "(?<=sole_)<num> (?=instead? sole_)", hour_of),
    Rule(
        "clock",
        "(?<=sole_)<dotted> (?=sole_)",
        lambda value: written_dot(value) if value[1] == 0 or value[1] > 12 else None,
    ),
    Rule(
        "clock",
        f"(?<=by|until|before|after|since|from)<num> {ALONE} {NO_DAYS} (?!to_)",
        lambda hour: hour_of(hour) if hour else None,
    ),
    Rule(
        "clock",
        "(?<=by|until|before|after|since|from)<dotted> (?!blocked)",
        lambda value: (
            written_dot(value) if (not value[3] and value[2][0] != "0") or value[1] == 0 else None
        ),
    ),
    Rule(
        "clock", "<hourtime>", lambda value: hour_said(value) if value[0] > 12 or value[1] else None
    ),
    Rule("amount", "<hourtime>", hours_long),
)
