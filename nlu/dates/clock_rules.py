"""Rules for numbers, amounts of time and times of day."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import Any

from nlu.dates.grammar import Rule
from nlu.dates.ranges import Hours
from nlu.dates.shapes import Amount, At, Clock, EndOfDay, FixedDay, Part, part_hours

# A bare number before these counted or addressed something: it is no hour.
FREE = "(?!every limit|blocked|slashed|num|decimal|(word|link)?word?street)"
ALONE = "(?!blocked|word|ordnoun|slashed|num|decimal|month)"
MEANT_IN_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
MEANT_IN_DAYS = {"day": 1, "week": 7, "fortnight": 14}
MEANT_IN_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}


def unit_name(value: object) -> str:
    """The unit's name; the word "second" is an ordinal too, and has its number as value."""
    return "second" if value == 2 else str(value)


def amount_of(count: float, unit: object) -> Amount:
    name = unit_name(unit)
    grain = {"fortnight": "week", "second": "minute", "decade": "year"}.get(name, name)
    if name in MEANT_IN_SECONDS:
        return Amount(seconds=count * MEANT_IN_SECONDS[name], grain=grain)
    if name in MEANT_IN_DAYS:
        return Amount(days=count * MEANT_IN_DAYS[name], grain=grain)
    return Amount(months=count * MEANT_IN_MONTHS[name], grain=grain)


def tens(first: int, second: int) -> int | None:
    fits = first in range(20, 100, 10) and 1 <= second <= 9
    return first + second if fits else None


def fraction(value: Any) -> float | None:
    """A number as it was written: 3, 1.5, 3/4 or "1.30" (which is no number of units)."""
    if isinstance(value, tuple):
        if len(value) == 2:
            return value[0] / value[1] if value[1] in {2, 3, 4} else None
        return float(f"{value[0]}.{value[2]}")
    return float(value)


def counted(value: Any, unit: object) -> Amount | None:
    count = fraction(value)
    return None if count is None else amount_of(count, unit)


def one(unit: object) -> Amount | None:
    return None if unit_name(unit) == "second" else amount_of(1, unit)


def joined(first: Amount, second: Amount) -> Amount | None:
    order = ("year", "quarter", "month", "week", "day", "hour", "minute")
    fits = order.index(first.grain) < order.index(second.grain)
    return first + second if fits else None


def hour_and_minutes(hours: Amount, minutes: int) -> Amount | None:
    fits = hours.grain == "hour" and 0 < minutes < 60 and hours.seconds % 3600 == 0
    return hours + amount_of(minutes, "minute") if fits else None


def hours_long(value: tuple[int, int, bool]) -> Amount:
    hour, minute, _ = value
    return Amount(seconds=3600 * hour + 60 * minute, grain="minute" if minute else "hour")


def working(count: int, unit: object = "day") -> Amount | None:
    name = unit_name(unit)
    if name == "day":
        return Amount(workdays=int(count), grain="day")
    return amount_of(count, unit) if name == "week" else None


NUMBERS = (
    Rule("spoken", "<spoken> dash? <spoken>", tens),
    Rule("spokenth", "<spoken> dash? <spokenth|second>", tens),
    Rule("number", "(?<=a)hundred", lambda: 100),
    Rule("number", "<num> hundred", lambda count: 100 * count if count < 10 else None),
    Rule(
        "year",
        "<spoken> thousand and? <spoken>?",
        lambda first, rest: 2000 + (rest or 0) if first == 2 else None,
    ),
    Rule(
        "year",
        "(?<=in|of|month|ordinal|spokenth|comma|since|sole_)<spoken> <spoken>",
        lambda century, rest: 100 * century + rest if century in {19, 20} and rest > 9 else None,
    ),
    Rule(
        "number",
        "<number> and? <spoken> (?=unit)",
        lambda n, rest: n + rest if n >= 100 and n % 100 == 0 else None,
    ),
    Rule("decimal", "<num> and a? half (?=unit)", lambda count: count + 0.5),
)

AMOUNTS = (
    Rule(
        "amount",
        "a? quarterword of a <unit_>",
        lambda unit: amount_of(15, "minute") if unit == "hour" else None,
    ),
    Rule("amount", "<num|quantity> more <unit>", amount_of),
    Rule(
        "amount",
        "<num> dash? <unit_> of a <unit_>",
        lambda count, part, unit: (
            amount_of(15 * count, "minute") if part == "quarter" and unit == "hour" else None
        ),
    ),
    Rule("amount", "<num> dash? <unit> and a? half", lambda n, unit: amount_of(n + 0.5, unit)),
    Rule("amount", "a <unit> and a? half", lambda unit: amount_of(1.5, unit)),
    Rule("amount", "<num> (dash|to|or) <num> <unit>", lambda few, _, unit: amount_of(few, unit)),
    Rule("amount", "allday", lambda: amount_of(1, "day")),
    Rule("amount", "<num> work <unit_>", working),
    Rule("amount", "<num> weekdaysword", working),
    Rule("amount", "<num> calendar <unit_>", amount_of),
    Rule("amount", "<num|quantity|decimal|slashed|dotted> dash? <unit_|second>", counted),
    Rule("amount", "<num|quantity> <quarterword> (?!past|to|after|before)", counted),
    Rule("amount", "a <unit> or <num>", lambda unit, _: one(unit)),
    Rule("amount", "a? half dash? a? <unit>", lambda unit: amount_of(0.5, unit)),
    Rule("amount", "a <unit_|second> (?!past|of|half)", one),
    Rule(
        "amount",
        "(?<=in|for|once|twice|times|within|sole_|every)a <quarterword> (?!past|to|of|half)",
        one,
    ),
    Rule("amount", "(?<=in)a <second|unit_> (?!of)", lambda unit: amount_of(1, unit)),
    Rule("amount", "(?<=in|for|within|every|next|last|past)<hourtime>", hours_long),
    Rule("amount", "<hourtime>(?=ago|later|fromnow|before)", hours_long),
    Rule("amount", "<amount> (comma|and|comma and)? <amount>", joined),
    Rule("amount", "<amount> and? <num> (?!blocked|meridiem|oclock|slashed|to_)", hour_and_minutes),
    Rule(
        "amount",
        "<amount> and a quarterword",
        lambda amount: amount + amount_of(15, "minute") if amount.grain == "hour" else None,
    ),
    Rule("amount", "around <amount>", lambda amount: amount),
)


def read_clock(value: tuple[int, int, int, bool], half: str | None = None) -> Clock | None:
    hour, minute, second, padded = value
    if half is not None:
        return with_half(Clock(hour, minute, second), half)
    return Clock(hour, minute, second, padded or hour > 12 or hour == 0)


def with_half(clock: Clock, half: str) -> Clock | None:
    if clock.sure and clock.hour > 12:
        return clock
    if not 1 <= clock.hour <= 12:
        return None
    hour = clock.hour % 12 + (12 if half == "p" else 0)
    return Clock(hour, clock.minute, clock.second, True)


def hour_of(value: Any) -> Clock | None:
    """The hour that a number, or a time already read, stands for."""
    if isinstance(value, Clock):
        return value
    return Clock(value, sure=value > 12 or value == 0) if 0 <= value <= 24 else None


def hour_half(hour: int, half: str) -> Clock | None:
    return with_half(Clock(hour), half) if 1 <= hour <= 12 else None


def hour_evening(hour: int, half: str) -> Clock | None:
    """ "7p" is a time wherever it stands; "4a" only beside words of time."""
    return hour_half(hour, half) if half == "p" else None


def written_dot(value: tuple[int, int, str, bool], half: str | None = None) -> Clock | None:
    hour, minute, written, _ = value
    if len(written) != 2 or minute > 59 or hour > 24:
        return None
    clock = Clock(hour, minute, 0, hour > 12 or hour == 0)
    return clock if half is None else with_half(clock, half)


def four_digits(value: int, half: str | None = None) -> Clock | None:
    hour, minute = divmod(value, 100)
    if hour > 23 or minute > 59:
        return None
    clock = Clock(hour, minute, 0, hour > 12 or hour == 0)
    return clock if half is None else with_half(clock, half)


def spoken_pair(hour: int, minute: int, half: str | None = None) -> Clock | None:
    if not 1 <= hour <= 24 or not 1 <= minute <= 59:
        return None
    clock = Clock(hour, minute, 0, hour > 12)
    return clock if half is None else with_half(clock, half)


def spoken_alone(hour: int, minute: int) -> Clock | None:
    """Two spoken numbers with nothing around them are a time at the quarters of an hour, and
    where they can be no count of hundreds."""
    if minute < 10 or (hour < 10 and minute % 15):
        return None
    return spoken_pair(hour, minute)


def past(minutes: int, hour: Any) -> Clock | None:
    clock = hour_of(hour)
    if clock is None or clock.minute or not 0 < minutes < 60:
        return None
    return Clock(clock.hour, minutes, 0, clock.sure)


def to(minutes: int, hour: Any) -> Clock | None:
    clock = hour_of(hour)
    if clock is None or not 0 < minutes < 60:
        return None
    if clock.minute:
        return (
            Clock(clock.hour, clock.minute - minutes, 0, clock.sure)
            if minutes <= clock.minute
            else None
        )
    before = (clock.hour - 1) % 24 if clock.sure else (clock.hour - 2) % 12 + 1
    return Clock(before, 60 - minutes, 0, clock.sure)


def to_round(minutes: int, hour: Any) -> Clock | None:
    """ "ten to four", where the minutes are those one says before the hour."""
    return to(minutes, hour) if minutes in {5, 10, 15, 20, 25} else None


def amount_to(amount: Amount, hour: Any) -> Clock | None:
    return to(round(amount.seconds / 60), hour) if amount.grain == "minute" else None


def amount_past(amount: Amount, hour: Any) -> Clock | None:
    return past(round(amount.seconds / 60), hour) if amount.grain == "minute" else None


def hour_said(value: tuple[int, int, bool]) -> Clock:
    hour, minute, _ = value
    return Clock(hour, minute, 0, hour > 12 or bool(minute))


def in_part(value: Any, part: Part) -> Clock | None:
    clock = hour_of(value)
    return None if clock is None else fitted(clock, part)


def fitted(clock: Clock, part: Part) -> Clock:
    """The clock in the half of the day that a part of day says, some hours around it included."""
    begins, ends = part_hours(part.name)
    if part.name == "night" and clock.hour in {12, 1, 2, 3, 4, 5}:
        return clock.within(0, 6)
    if part.name == "morning":
        return clock.within(0, 12)
    return clock.within(int(begins) - 3, max(int(ends) + 3, 24 if begins > 16 else 0))


def in_part_of_day(value: Any, part: Part) -> At | None:
    clock = hour_of(value)
    if clock is None:
        return None
    return At(part.day or FixedDay(0), fitted(clock, part))


CLOCKS = (
    Rule("clock", "<clocktime> <meridiem|shortmeridiem>?", read_clock),
    Rule("clock", "<dotted> <meridiem|shortmeridiem>", written_dot),
    Rule("clock", "<hhmm|year> <meridiem>", four_digits),
    Rule(
        "clock", "<hhmm|year> <unit_>", lambda n, unit: four_digits(n) if unit == "hour" else None
    ),
    Rule("clock", "<spoken> oh? <spoken> <meridiem>", spoken_pair),
    Rule("clock", "<spoken> oh <spoken>", spoken_pair),
    Rule(
        "clock",
        "<num> <num> <meridiem>",
        lambda hour, minute, half: spoken_pair(hour, minute, half) if minute > 9 else None,
    ),
    Rule("clock", "<num> <meridiem>", hour_half),
    Rule(
        "clock",
        "(?<=at|from|to|dash|until|by|before|after|since|between|and|around|weekday|dayword)"
        "<num> <shortmeridiem>",
        hour_half,
    ),
    Rule("clock", "<num> <shortmeridiem> (?=to_|on|weekday|dayword)", hour_half),
    Rule("clock", "<num> <shortmeridiem>", hour_evening),
    Rule(
        "clock",
        "<num> oclock? (noon|in the noon)",
        lambda n: Clock(12, sure=True) if n == 12 else None,
    ),
    Rule("clock", "<num> oclock? midnight", lambda n: Clock(0, sure=True) if n == 12 else None),
    Rule("clock", "the? noon", lambda: Clock(12, sure=True)),
    Rule("clock", "the? midnight", lambda: Clock(0, sure=True)),
    Rule(
        "clock",
        "(?<=at)<number> <number> (?!blocked|unit)",
        lambda hour, minute: spoken_pair(hour, minute) if minute > 9 else None,
    ),
    Rule("clock", "the? endofday", lambda: EndOfDay(0)),
    Rule("clock", "half dash? past <clock|num>", lambda hour: past(30, hour)),
    Rule("clock", "a? quarterword (past|after) <clock|num>", lambda hour: past(15, hour)),
    Rule("clock", "a? quarterword (to|before|of|until) <clock|num>", lambda hour: to(15, hour)),
    Rule(
        "clock",
        "(?<=at|from|to|until|by|before|after|for|since|between|and|around|dash|dayword|weekday|its)"
        "<num> dash? <spoken> (?!unit)",
        lambda hour, minute: spoken_pair(hour, minute) if minute > 9 else None,
    ),
    Rule("clock", "<amount> (to|before|until) <clock|num> (?!unit)", amount_to),
    Rule("clock", "<amount> (past|after) <clock|num> (?!unit)", amount_past),
    Rule("clock", "<num> (past|after) <clock>", past),
    Rule("clock", "<num> past <num> (?!unit)", past),
    Rule("clock", "<spoken> after <num> (?!unit|blocked)", past),
    Rule(
        "clock",
        "<num> (to|before|until) <clock>",
        lambda n, hour: (
            to(n, hour) if hour in {Clock(12, sure=True), Clock(0, sure=True)} else None
        ),
    ),
    Rule("clock", "(?<=at|around)<num> (to|before) <clock|num> (?!unit|blocked|month)", to_round),
    Rule(
        "clock",
        "(?<!from|between)<spoken> (to|before) <clock|num> (?!unit|blocked)",
        lambda minutes, hour: to_round(minutes, hour) if minutes > 5 else None,
    ),
    Rule(
        "clock",
        "half <num> (?!unit|blocked|month|dash)",
        lambda hour: past(30, hour) if 1 <= hour <= 12 else None,
    ),
    Rule("clock", "<clock|num> oclock", hour_of),
    Rule("clock", "<num|clock> dash? ish", hour_of),
    Rule("clock", "<clock> <meridiem>", with_half),
    Rule(
        "clock",
        "<clock> <unit_>",
        lambda clock, unit: clock if unit == "hour" and clock.sure else None,
    ),
    Rule(
        "clock",
        "<num|clock> <partsaid>",
        lambda hour, name: (
            in_part(hour, Part(name)) if name in {"night", "dawn", "smallhours"} else None
        ),
    ),
    Rule("clock", "<num> dash? <spoken> (?=partx|part|in the part)", spoken_pair),
    Rule("clock", "(?<=sole_)<num> dash? <spoken> (?=sole_)", spoken_alone),
)

PARTS_OF_DAY = (
    Rule(
        "partx",
        "(<early|late|later|earlier|mid> (in the|dash)?)? <part> (time)?",
        lambda half, name: Part(
            name, {"later": "late", "earlier": "early", "mid": ""}.get(half, half or "")
        ),
    ),
    Rule("partx", "firstthing (in the partx)?", lambda: Part("morning", "early")),
    Rule(
        "partday",
        "<early|late|later|earlier>? this <partx>",
        lambda half, part: Part(
            part.name,
            {"later": "late", "earlier": "early"}.get(half, half or part.half),
            FixedDay(0),
        ),
    ),
    Rule(
        "partday",
        "<early|late|later>? <tonight>",
        lambda half, name: Part(name, {"later": "late"}.get(half, half or ""), FixedDay(0)),
    ),
    Rule(
        "partday",
        "<early|late>? last <partx>",
        lambda half, part: Part(part.name, half or part.half, FixedDay(-1)),
    ),
    Rule(
        "partx",
        "(?<=the|weekday|dayword)<meridiem>",
        lambda half: Part("morning" if half == "a" else "afternoon"),
    ),
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
    Rule("hours", "(from|between|at)* <clock> (to|dash|until) (at|around)? <clock>", whole_hours),
    Rule(
        "span",
        "(from|between|at)* <num> (to|dash|until|and) <num> comma? <partday>",
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
    Rule(
        "hours", "(from|between|at)* <clock> (to|dash|until|and) (at|around)? <clock>", whole_hours
    ),
    Rule("hours", "<hours> comma? (in|at)? the? <partx>", hours_in_part),
    Rule(
        "hours", "(in the?)? <partx> comma? <hours>", lambda part, hours: hours_in_part(hours, part)
    ),
    Rule("hours", "<unit_> from? <num> (to|dash|until) <num>", opening_hours),
    Rule("hours", "(?<=sole_)<num> (to|dash|until) <num> (?=sole_)", whole_hours),
    Rule("hours", f"(from|between|at)* <clock> (to|dash|until) <num> {FREE}", whole_hours),
    Rule("hours", f"between <clock> and <num> {FREE}", whole_hours),
    Rule(
        "hours",
        "(from|between|at)* <num|dotted> (to|dash|until) <clock>",
        lambda first, last: whole_hours(
            written_dot(first) if isinstance(first, tuple) else first, last
        ),
    ),
    Rule("hours", "between <num> and <clock>", whole_hours),
    Rule("hours", f"from at? <num> (to|dash|until) <num> {FREE} {NO_DAYS}", whole_hours),
    Rule("hours", f"at <num> (to|dash|until) <num> {FREE} {NO_DAYS}", whole_hours),
    Rule("hours", f"between <num> and <num> {FREE} {NO_DAYS}", whole_hours),
    Rule(
        "hours",
        "(from|between|at) <dotted> (to|dash|until|and) <dotted>",
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
    Rule("clock", "<hhmm> (?=dayword|weekday|on (the|weekday|dayword))", four_digits),
    Rule("clock", "<clock> around (?!num)", lambda clock: clock),
    Rule("clock", f"at around? <number> {FREE} {NO_DAYS} (?!to_ num|and a)", hour_of),
    Rule("clock", f"at around? <spoken> {ALONE} {NO_DAYS} (?!to_ num|and a|of)", hour_of),
    Rule("clock", "at around? <dotted> (?!blocked)", written_dot),
    Rule("clock", f"at <hhmm> {FREE}", four_digits),
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
