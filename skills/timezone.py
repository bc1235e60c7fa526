"""The zone somebody lives by: moved for good, or travelling for a while."""

from functools import cache
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

from nlu.dates import Moment, find
from skills.kit import Ask, Refused, Reply, Turn, skill
from skills.wording import day_of, plain, zone_name

CLOSE = 88
CITIES = {
    "munich": "Europe/Berlin", "hamburg": "Europe/Berlin", "frankfurt": "Europe/Berlin",
    "cologne": "Europe/Berlin", "barcelona": "Europe/Madrid", "milan": "Europe/Rome",
    "geneva": "Europe/Zurich", "porto": "Europe/Lisbon", "manchester": "Europe/London",
    "edinburgh": "Europe/London", "glasgow": "Europe/London", "uk": "Europe/London",
    "san francisco": "America/Los_Angeles", "seattle": "America/Los_Angeles",
    "la": "America/Los_Angeles", "las vegas": "America/Los_Angeles", "nyc": "America/New_York",
    "boston": "America/New_York", "miami": "America/New_York", "washington": "America/New_York",
    "atlanta": "America/New_York", "dallas": "America/Chicago", "houston": "America/Chicago",
    "austin": "America/Chicago", "mumbai": "Asia/Kolkata", "delhi": "Asia/Kolkata",
    "bangalore": "Asia/Kolkata", "bengaluru": "Asia/Kolkata", "chennai": "Asia/Kolkata",
    "india": "Asia/Kolkata", "beijing": "Asia/Shanghai", "shenzhen": "Asia/Shanghai",
    "osaka": "Asia/Tokyo", "japan": "Asia/Tokyo", "germany": "Europe/Berlin",
    "france": "Europe/Paris", "spain": "Europe/Madrid", "italy": "Europe/Rome",
    "poland": "Europe/Warsaw", "krakow": "Europe/Warsaw", "tel aviv": "Asia/Jerusalem",
    "abu dhabi": "Asia/Dubai", "rio": "America/Sao_Paulo", "montreal": "America/Toronto",
    "cape town": "Africa/Johannesburg", "est": "America/New_York", "pst": "America/Los_Angeles",
    "cet": "Europe/Berlin", "gmt": "Europe/London", "utc": "UTC",
}  # fmt: skip
"""Places that people name and no zone is called after."""


@skill(("I'm in Lisbon this week", "Lisbon"))
def set_timezone(turn: Turn, value: Annotated[str, Ask("Where are you?")]) -> Reply:
    """Live by the clock of another place"""
    zone = zone_of(value)
    if zone is None:
        raise Refused(f'I know no place or zone called "{plain(value)}". Nothing was changed.')
    until = _until(turn)
    employee = turn.employee
    if until is None:
        employee.timezone, employee.travel_zone, employee.travel_until = zone, None, None
        how = "from now on"
    else:
        employee.travel_zone, employee.travel_until = zone, until.end or until.start
        how = f"until {day_of(until.end or until.start, turn)}"
    turn.session.flush()
    local = turn.now.astimezone(ZoneInfo(zone))
    return Reply(f"Your clock is {zone_name(zone)} {how}; there it is {local:%H:%M} now.")


def zone_of(place: str) -> str | None:
    """The IANA zone of a city, a country's usual name or a zone's own name."""
    wanted = " ".join(place.lower().replace("_", " ").strip(" .,!").split())
    wanted = wanted.removesuffix(" time").removesuffix(" timezone").strip()
    if wanted in CITIES:
        return CITIES[wanted]
    names = _names()
    if wanted in names:
        return names[wanted]
    best = process.extractOne(wanted, names.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE)
    return names[best[0]] if best else None


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for zone in sorted(available_timezones()):
        if "/" in zone and not zone.startswith(("Etc/", "SystemV/")):
            names.setdefault(zone_name(zone).lower(), zone)
        names[zone.lower().replace("_", " ")] = zone
    return names


def _until(turn: Turn) -> Moment | None:
    """The period that was named ("this week"); one that starts now has no end."""
    for found in find(turn.text, turn.today, "ahead", turn.calendar):
        value = found.value
        if isinstance(value, Moment) and value.end is not None and value.end > turn.now:
            return value if value.grain in ("day", "week", "month") else None
    return None
