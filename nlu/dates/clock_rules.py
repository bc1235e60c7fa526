"""Rules for times of day."""

from __future__ import annotations

from typing import Any

from nlu.dates.clocks import Clock, EndOfDay, Part, part_hours
from nlu.dates.grammar import Rule
from nlu.dates.shapes import Amount


def read_clock(value: tuple[int, int, int, bool], half: str | None = None) -> Clock | None:
    hour, minute, second, padded = value
    if half is not None:
        return with_half(Clock(hour, minute, second), half)
    of_24 = padded or hour > 12 or hour == 0
    return Clock(hour, minute, second, of_24, of_24=of_24)


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
    of_24 = value > 12 or value == 0
    return Clock(value, sure=of_24, of_24=of_24) if 0 <= value <= 24 else None


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


CLOCKS = (
    Rule("clock", "<clocktime> <meridiem|shortmeridiem>?", read_clock),
    Rule("clock", "<dotted> <meridiem|shortmeridiem>", written_dot),
    Rule("clock", "<hhmm|padded|year> <meridiem>", four_digits),
    Rule(
        "clock",
        "<hhmm|padded|year> <unit_>",
        lambda n, unit: four_digits(n) if unit == "hour" else None,
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
