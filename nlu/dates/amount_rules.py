"""Rules for numbers and amounts of time."""

from __future__ import annotations

from typing import Any

from nlu.dates.grammar import Rule
from nlu.dates.shapes import Amount

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


def many(count: int, unit: object) -> Amount | None:
    """ "100 hours", but "1530 hours" is a time of day."""
    return None if unit == "hour" and count >= 1000 else amount_of(count, unit)


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


SPOKEN_NUMBERS = (
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
    Rule("amount", "<hhmm> <unit_>", many),
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
