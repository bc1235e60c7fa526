"""Rules for dates: day and month in words and figures, and day numbers."""

from __future__ import annotations

from typing import Any

from nlu.dates.grammar import Rule
from nlu.dates.named_days import NamedDay
from nlu.dates.ranges import Between
from nlu.dates.shapes import Shape

# After a day number these show that it numbered something else.
NO_NOUN = "(?!ordnoun|name|plural|counted|unit|weekday|day|of|num|money|last)"


NO_WORD = (
    "(?!ordnoun|name|plural|counted|unit|weekday|day|of|word|street|month|num|money|half|last)"
)


WITH = "on|by|until|from|since|before|after|to|dash|for|weekday|and|or|between|starting|in"


def two_digit_year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year < 70 else 1900)


def numeric(parts: tuple[str, str, str]) -> NamedDay | None:
    first, second, third = parts
    if len(first) == 4:
        day, month, year = int(third), int(second), int(first)
        return NamedDay(day, month, year) if 1 <= month <= 12 and day <= 31 else None
    return in_some_order(int(first), int(second), two_digit_year(third))


def in_some_order(first: int, second: int, year: int | None = None) -> NamedDay | None:
    low, high = sorted((first, second))
    fits = 1 <= low <= 12 and high <= 31
    return NamedDay(first, second, year, swapped=True) if fits else None


def slashed(value: tuple[int, int]) -> NamedDay | None:
    return in_some_order(*value)


def slashed_alone(value: tuple[int, int]) -> NamedDay | None:
    """Where nothing around it says that it is a date, 4/5 may be a rating and 1/2 a half."""
    first, second = value
    if second in {5, 10} and first <= second:
        return None
    return in_some_order(first, second)


def dotted(value: tuple[int, int, str, bool]) -> NamedDay | None:
    return in_some_order(value[0], value[1])


def dotted_alone(value: tuple[int, int, str, bool]) -> NamedDay | None:
    """ "03.04." and "3.4." are dates as they stand; "3.4" is a number like any other."""
    first, second, written, closed = value
    padded = len(written) == 2 and written[0] == "0"
    return in_some_order(first, second) if padded or (closed and second <= 12) else None


def on_date(day: int, month: int, year: int | None = None) -> NamedDay | None:
    return NamedDay(day, month, year) if 1 <= day <= 31 else None


def on_day_of(day: int, unit: str | None, month: int, year: int | None = None) -> NamedDay | None:
    """ "The 15th day of June" """
    return on_date(day, month, year) if unit in {None, "day"} else None


def month_first(month: int, day: int, year: int | None = None) -> NamedDay | None:
    return on_date(day, month, year)


def year_first(year: int, month: int, day: int) -> NamedDay | None:
    return on_date(day, month, year)


def short_year(day: int, month: int, year: int) -> NamedDay | None:
    return on_date(day, month, two_digit_year(f"{year:02}")) if year < 100 else None


def late_year(day: int, month: int, year: int) -> NamedDay | None:
    """ "14th April 27": a number past the hours of a day is a year."""
    return short_year(day, month, year) if 24 < year < 100 or 12 < year < 24 else None


def day_number(day: int) -> NamedDay | None:
    return NamedDay(day) if 1 <= day <= 31 else None


def days_of_month(month: int, first: int, last: int, year: int | None = None) -> Shape | None:
    if not 1 <= first <= 31 or not 1 <= last <= 31 or first >= last:
        return None
    return Between(NamedDay(first, month, year), NamedDay(last, month, year))


def numbered_days(first: int, last: int) -> Shape | None:
    if not 1 <= first < last <= 31:
        return None
    return Between(NamedDay(first), NamedDay(last))


def across_months(
    month: int, day: int, other: int, last: int, year: int | None = None
) -> Shape | None:
    if not 1 <= day <= 31 or not 1 <= last <= 31:
        return None
    return Between(NamedDay(day, month), NamedDay(last, other, year))


def month_last(first: int, last: int, month: int, year: int | None = None) -> Shape | None:
    return days_of_month(month, first, last, year)


def date_range(first: Any, last: Any, year: int | None = None) -> Shape | None:
    days = [
        numeric(one) if len(one) == 3 else dotted(one) if len(one) == 4 else slashed(one)
        for one in (first, last)
    ]
    if days[0] is None or days[1] is None:
        return None
    if year is not None:
        days = [NamedDay(d.day, d.month, d.year or year, swapped=True) for d in days if d]
    assert days[0] is not None
    assert days[1] is not None
    return Between(days[0], days[1])


def day_to_slashed(first: int, last: tuple[int, int]) -> Shape | None:
    """ "12-14/10", where days come first."""
    days = in_some_order(first, last[1]), in_some_order(*last)
    return Between(days[0], days[1]) if days[0] and days[1] and first < last[0] else None


def slashed_to_day(first: tuple[int, int], last: int) -> Shape | None:
    """ "10/12-14", where months come first."""
    days = in_some_order(*first), in_some_order(first[0], last)
    return Between(days[0], days[1]) if days[0] and days[1] and first[1] < last else None


MONTH_DAYS = (
    # Ranges within a month come before single days, which are parts of them.
    Rule(
        "span",
        "(from|between)? the? <month> the? <ord|num> upto the? <ord|num> "
        f"(comma? <year>)? {NO_NOUN}",
        days_of_month,
    ),
    Rule(
        "span",
        "(from|between)? the? <ord|num> upto the? <ord|num> of? <month> (comma? <year>)?",
        month_last,
    ),
    Rule(
        "span",
        "(from|between)? <slashed|numdate|dotted> upto <slashed|numdate> (comma? <year>)?",
        date_range,
    ),
    Rule("span", "(from|between)? <num> to_ <slashed>", day_to_slashed),
    Rule("span", "(from|between)? <slashed> to_ <num> (?!unit|blocked)", slashed_to_day),
    Rule("span", "(from|between) <dotted> upto <dotted> <year>?", date_range),
    Rule(
        "span",
        "(from|between)? the? <month> the? <ord|num> upto the? <month> the? <ord|num> "
        "(comma? <year>)?",
        across_months,
    ),
    Rule("named", "<numdate>", numeric),
    Rule("named", "<num> (sep)* <month> (sep)* <year|shortyear>", on_date),
    Rule("named", "<ord|num> <month> <num> (?=limit)", late_year),
    Rule("named", "<num> (dash|slash|dot) <month> (dash|slash|dot) <num>", short_year),
    Rule("named", "<year> (sep)? <month> (sep)? <ord|num>", year_first),
    Rule(
        "named",
        "<month> (sep)? the? <ord|num> (sep|of|in)* <year|shortyear>",
        month_first,
    ),
    Rule(
        "named", "the? <ord> <unit_>? of? (the)? <month> (comma|of|in)* <year|shortyear>", on_day_of
    ),
    Rule("named", "<num> of <month> (comma|of|in)* <year|shortyear>", on_date),
    Rule("named", "the? <ord> <unit_>? of? <month>", on_day_of),
    Rule("named", "(?<!month)<num> (of|dash|slash|dot)? <month>", on_date),
    Rule(
        "named",
        "<month> (sep)? (the)? <ord> (?!ordnoun|name|plural|counted|unit|num|money)",
        month_first,
    ),
    Rule(
        "named",
        "<month> (sep)? <num> (?!ordnoun|name|plural|counted|meridiem|slashed)",
        month_first,
    ),
    Rule(
        "named",
        "(?<=weekday|dayword)comma? <num> dash <num> (?=sole_)",
        lambda first, second: (
            in_some_order(first, second) if first > second and first - second < 3 else None
        ),
    ),
    Rule("named", f"(?<={WITH}|comma|the|of|every)<slashed> (?!unit)", slashed),
    Rule("named", "(?<=sole_)<slashed> (?=sole_)", slashed),
    Rule("named", "<slashed> (?=clock|at|sole_)", slashed),
    Rule("named", "<slashed> (?!unit|plural|counted|ordnoun)", slashed_alone),
    Rule("named", "(?<=on|weekday|starting|every)<dotted>", dotted),
    Rule("named", "(?<=by|until|since|before|after|from|to|dash|for)<dotted>", dotted_alone),
    Rule("named", "<dotted> (?!unit|plural|counted|name)", dotted_alone),
)


NUMBERED_DAYS = (
    Rule(
        "span",
        "(from|between) the? <ord> upto the? <ord> (?!unit|of|blocked)",
        numbered_days,
    ),
    Rule("span", "the? <ordinal> to_ the? <ordinal> (?!unit|of|blocked)", numbered_days),
    Rule("named", f"(?<={WITH})the? <ordinal> {NO_NOUN}", day_number),
    Rule("named", f"the <ordinal> {NO_WORD}", day_number),
    Rule("named", f"(?<={WITH})the <spokenth|second> {NO_WORD}", day_number),
    Rule("named", "(?<=sole_)(on? the)? <ord> (?=sole_)", day_number),
    Rule("named", "(?<=sole_|edge_)on? the <num> (?=sole_|edge_)", day_number),
    Rule("named", "<ordinal> (?=clock|at|partx)", day_number),
    Rule("named", "(?<=on)<number> (?=limit|at|clock)", day_number),
)
