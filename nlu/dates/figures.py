"""What the figures in a text may be: one reader for each shape that a piece with digits has."""

from __future__ import annotations

import re
from collections.abc import Callable

from nlu.dates.grammar import Sign

Reader = Callable[[str, int, int], list[Sign]]


def number(word: str, start: int, end: int) -> list[Sign]:
    digits = word.replace(",", "")
    value = int(digits)
    if len(digits) == 4 and 1900 <= value <= 2099 and "," not in word:
        return [Sign("year", value, start, end)]
    if len(digits) in {3, 4} and "," not in word:
        return [Sign("padded" if digits[0] == "0" else "hhmm", value, start, end)]
    if value < 10_000 and (len(digits) <= 2 or digits[0] != "0"):
        return [Sign("number", value, start, end)]
    return [Sign("stop", None, start, end)]


def ordinal(word: str, start: int, end: int) -> list[Sign]:
    return [Sign("ordinal", int(word[:-2]), start, end)]


def clock_time(word: str, start: int, end: int) -> list[Sign]:
    hour, minute, *second = (int(part) for part in word.split(":"))
    value = (hour, minute, second[0] if second else 0, word[0] == "0")
    return [Sign("clocktime", value, start, end)]


def hour_said(word: str, start: int, end: int) -> list[Sign]:
    """ "17h30", or two and a half hours: "2h30m"."""
    hour, minute = word.rstrip("m").split("h")
    return [Sign("hourtime", (int(hour), int(minute or 0), not minute), start, end)]


def slashed(word: str, start: int, end: int) -> list[Sign]:
    first, second = (int(part) for part in word.split("/"))
    return [Sign("slashed", (first, second), start, end)]


def dotted(word: str, start: int, end: int) -> list[Sign]:
    """ "3.4", "03.04.", "16.30": a date, a time or a number, as its neighbours will tell."""
    closed = word[-1] == "."
    first, second = word.rstrip(".").split(".")
    return [Sign("dotted", (int(first), int(second), second, closed), start, end - closed)]


def numeric_date(word: str, start: int, end: int) -> list[Sign]:
    parts = tuple(re.split(r"[-/.]", word))
    if len(parts[0]) == 3 or (len(parts[0]) == 4 and len(parts[2]) == 4):
        return [Sign("stop", None, start, end)]
    return [Sign("numdate", parts, start, end)]


def iso(word: str, start: int, end: int) -> list[Sign]:
    """ "2026-12-01T14:00:00+01:00", with a zone where one is written."""
    day, clock = word.split("t", 1)
    middle = start + len(day) + 1
    hour, minute = (int(part) for part in re.findall(r"\d+", clock)[:2])
    signs = [
        Sign("numdate", tuple(day.split("-")), start, middle),
        Sign("clocktime", (hour, minute, 0, True), middle, end),
    ]
    offset = re.search(r"z$|([+-])(\d\d):?(\d\d)$", clock)
    if offset:
        sign, hours, minutes = offset.groups(default="0")
        away = int(hours) + int(minutes) / 60
        signs.append(Sign("zone", -away if sign == "-" else away, end, end))
    return signs


def compact(word: str, start: int, end: int) -> list[Sign]:
    return [Sign("numdate", (word[:4], word[4:6], word[6:]), start, end)]


def year_month(word: str, start: int, end: int) -> list[Sign]:
    first, second = (int(part) for part in re.split(r"[-/.]", word))
    value = (first, second) if first > 1000 else (second, first)
    return [Sign("yearmonth", value, start, end)]


def decimal(word: str, start: int, end: int) -> list[Sign]:
    return [Sign("decimal", float(word), start, end)]


def quarter(word: str, start: int, end: int) -> list[Sign]:
    """ "Q3" and "H1": the first month, and how many."""
    months, count = (3 if word[0] == "q" else 6), int(word[-1])
    return [Sign("qtoken", (months * (count - 1) + 1, months), start, end)]


def year_quarter(word: str, start: int, end: int) -> list[Sign]:
    year, count = re.findall(r"\d+", word)
    return [
        Sign("year", int(year) % 100 + 2000, start, end - 2),
        Sign("qtoken", (3 * int(count) - 2, 3), end - 2, end),
    ]


def decade(word: str, start: int, end: int) -> list[Sign]:
    years = int(word[:-1])
    if years < 100:
        years += 2000 if years < 30 else 1900
    return [Sign("decade", years, start, end)]


def fiscal_year(word: str, start: int, end: int) -> list[Sign]:
    return [Sign("fiscalyear", 2000 + int(word[-2:]), start, end)]


def short_year(word: str, start: int, end: int) -> list[Sign]:
    return [Sign("shortyear", 2000 + int(word[-2:]), start, end)]


def money(word: str, start: int, end: int) -> list[Sign]:
    return [Sign("money", None, start, end)]


def half_of_day(word: str, start: int, end: int) -> list[Sign]:
    return [Sign("shortmeridiem", word[0], start, end)]


READERS: dict[str, Reader] = {
    "number": number,
    "ordinal": ordinal,
    "clocktime": clock_time,
    "hoursaid": hour_said,
    "slashed": slashed,
    "dotted": dotted,
    "numdate": numeric_date,
    "iso": iso,
    "compact": compact,
    "yearmonth": year_month,
    "decimal": decimal,
    "quarter": quarter,
    "yearquarter": year_quarter,
    "decade": decade,
    "fiscal": fiscal_year,
    "shortyear": short_year,
    "money": money,
    "short": half_of_day,
}
