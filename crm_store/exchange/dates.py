"""Days and instants as they stand in a cell, in ISO 8601 or as people write them."""

import calendar
import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands in the store for a time that nobody gave: importing looks at no clock."""

NOON = time(12)
"""Where a day without an hour is put: it stays that day in every office's zone."""

_NUMERIC = re.compile(r"(\d{1,4})([./-])(\d{1,2})(?:\2(\d{1,4})?)?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]\.?m\.?)?", re.IGNORECASE)
_WRITTEN = ("%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y", "%d-%b-%Y", "%d-%b-%y", "%d %b %y")


class NoDate(ValueError):
    """The cell holds no such day; the message says why."""


def read_day(text: str, day_first: bool) -> date:
    """The day in the cell, an hour beside it ignored; raises NoDate."""
    return _read(text, day_first)[0]


def read_moment(
    text: str, day_first: bool, zone: ZoneInfo, day_at: time = NOON
) -> tuple[datetime, bool]:
    """The instant in UTC, and whether only its day was given; raises NoDate.

    A time without an offset is on the clock of `zone`, a day without an hour at `day_at`.
    """
    iso = _iso(text)
    if iso is not None and iso.tzinfo is not None:
        return _in_utc(iso), False
    day, clock = _read(text, day_first)
    return _in_utc(datetime.combine(day, clock or day_at, zone)), clock is None


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise NoDate("too far away in time") from error


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def _read(text: str, day_first: bool) -> tuple[date, time | None]:
    text = text.strip()
    if (iso := _iso(text)) is not None:
        bare = re.fullmatch(r"\d{4}-\d{2}-\d{2}|\d{8}|\d{4}-W\d\d-?\d", text)
        return iso.date(), None if bare else iso.time()
    clock = _CLOCK.search(text)
    rest = text
    if clock:
        rest = (text[: clock.start()] + text[clock.end() :]).strip(" ,T")
    return _day(rest, day_first), _time(clock) if clock else None


def _time(clock: re.Match[str]) -> time:
    hour, half = int(clock[1]), (clock[4] or "").lower()[:1]
    if half:
        if not 1 <= hour <= 12:
            raise NoDate(f"there is no hour {hour} {half}m")
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, int(clock[2]), int(clock[3] or 0))
    except ValueError as error:
        raise NoDate(f"there is no such time as {clock[0]}") from error


def _day(text: str, day_first: bool) -> date:
    if numeric := _NUMERIC.fullmatch(text):
        return _numbered(numeric, day_first)
    words = " ".join(text.replace(",", " ").replace(".", " ").split())
    for form in _WRITTEN:
        try:
            # Only the day is read here; its zone is the business of whoever asks for an instant.
            return datetime.strptime(words, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise NoDate("not a date; write it like 2026-11-18")


def _numbered(found: re.Match[str], day_first: bool) -> date:
    first, second, third = found[1], found[3], found[4]
    if len(first) == 4:
        if third is None:
            raise NoDate("there is no day in it; write it like 2026-11-18")
        return _valid(int(first), int(second), int(third), "")
    # With dots the day comes first wherever people write dates so.
    leads_with_day = day_first or found[2] == "."
    day, month = (first, second) if leads_with_day else (second, first)
    other = "--month-first" if leads_with_day else "--day-first"
    hint = f"; if the file has it the other way round: {other}" if int(day) <= 12 else ""
    if third is None:
        _valid(2000, int(month), int(day), hint)
        raise NoDate("there is no year in it; write it like 2026-11-18")
    if len(third) not in (2, 4):
        raise NoDate(f"{third} is no year")
    year = int(third)
    if len(third) == 2:
        year += 1900 if year >= 69 else 2000
    return _valid(year, int(month), int(day), hint)


def _valid(year: int, month: int, day: int, hint: str) -> date:
    if not 1 <= month <= 12:
        raise NoDate(f"there is no month {month}{hint}")
    if not 1 <= year <= 9999:
        raise NoDate(f"there is no year {year}")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise NoDate(f"{calendar.month_name[month]} has {last} days")
    return date(year, month, day)


def write_day(moment: datetime | None, zone: ZoneInfo) -> str:
    """The day on the clock of the zone; empty where nobody gave one."""
    if moment is None or moment == LONG_AGO:
        return ""
    return moment.astimezone(zone).date().isoformat()


def write_moment(moment: datetime | None, zone: ZoneInfo, *, day_only: bool = False) -> str:
    """The instant with its offset, or its day alone; empty where nobody gave one."""
    if moment is None or moment == LONG_AGO:
        return ""
    return write_day(moment, zone) if day_only else moment.astimezone(zone).isoformat()
