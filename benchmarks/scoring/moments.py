"""Whether two times are the same, as far as the words said.

A wanted time is `start` (inclusive), `end` (exclusive, null for a point) and `grain`. It may say
`match`: "time" compares the hour and minute only, where the day is not in the message; "within"
takes any start inside. `tol_days` lets both ends stray, `end_null_ok` an end be open.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

_POINTS = ("minute", "hour")
_LENGTHS = {
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "month": relativedelta(months=1),
    "quarter": relativedelta(months=3),
    "year": relativedelta(years=1),
}


def same_moment(wanted: Mapping[str, Any], found: Any, zone: ZoneInfo) -> bool:
    if not isinstance(found, Mapping) or not found.get("start"):
        return False
    start = _clock(wanted["start"], zone)
    got, grain = _clock(found["start"], zone), found.get("grain") or "day"
    if wanted.get("match") == "time":
        return grain in _POINTS and (got.hour, got.minute) == (start.hour, start.minute)
    if wanted.get("match") == "within":
        return _starts_within(start, _clock(wanted["end"], zone), got, grain)
    if wanted.get("end") is None:
        return _same_point(start, got, found, zone)
    end = _clock(wanted["end"], zone)
    got_end = _clock(found["end"], zone) if found.get("end") else None
    if wanted.get("end_null_ok") and got_end is None:
        return _near(got, start, wanted["tol_days"])
    if got_end is None:
        if grain not in _LENGTHS:
            return False
        got_end = got + _LENGTHS[grain]
    if "tol_days" in wanted:
        # An open stretch may end now or at midnight.
        slack = wanted["tol_days"] + (1 if wanted.get("end_null_ok") else 0)
        return _near(got, start, wanted["tol_days"]) and _near(got_end, end, slack)
    return (got, got_end) == (start, end)


def _same_point(start: datetime, got: datetime, found: Mapping[str, Any], zone: ZoneInfo) -> bool:
    if found.get("grain") not in _POINTS or got.replace(second=0, microsecond=0) != start:
        return False
    return not found.get("end") or _clock(found["end"], zone) - got <= timedelta(hours=1)


def _starts_within(start: datetime, end: datetime, got: datetime, grain: str) -> bool:
    if grain in ("week", "month", "quarter", "year"):
        return False
    whole_day = grain == "day" and got.date() == start.date() and end - start <= timedelta(days=1)
    return whole_day or start <= got < end


def _near(got: datetime, wanted: datetime, days: int) -> bool:
    return abs((got.date() - wanted.date()).days) <= days


def _clock(text: str, zone: ZoneInfo) -> datetime:
    """What the clock on the wall shows there."""
    return datetime.fromisoformat(text).astimezone(zone).replace(tzinfo=None)
