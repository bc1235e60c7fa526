"""Hours: when somebody may be told something - quiet hours, days off, mutes, the digest's hour."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from crm_store.employees import Employee

EVERYTHING = "everything"
SEARCHED_DAYS = 400
"""How far ahead a digest's day is looked for."""


def held_until(employee: Employee, at: datetime) -> datetime:
    """When something due then may be told: at once, or after the days off or quiet hours."""
    free = at
    for _ in range(4):
        later = _after_quiet(employee, _after_absence(employee, free))
        if later == free:
            break
        free = later
    return free


def is_away(employee: Employee, at: datetime) -> bool:
    """Whether they are off at that instant."""
    return _after_absence(employee, at) != at


def muted(employee: Employee, event: str, at: datetime) -> bool:
    """Whether they do not want to hear of that kind of event now."""
    for name in (event, EVERYTHING):
        if name in (employee.muted or {}):
            until = (employee.muted or {})[name]
            if until is None or at < datetime.fromisoformat(until):
                return True
    return False


def next_digest(
    employee: Employee, after: datetime, hour: time, works: Callable[[date], bool]
) -> datetime | None:
    """The first instant after `after` at which their digest is due; None if there is none.

    `hour` and `works` are the firm's, for whoever chose nothing else. Nothing is due on days
    off, and on public holidays only where the person's own days name that weekday alone.
    """
    if not employee.digest_on:
        return None
    day = after.astimezone(ZoneInfo(employee.zone_at(after))).date() - timedelta(days=1)
    for _ in range(SEARCHED_DAYS):
        day += timedelta(days=1)
        if not _wanted(employee, day, works):
            continue
        due = _on(employee, day, employee.digest_at or hour, after)
        if due > after and not is_away(employee, due) and not muted(employee, "digests", due):
            return due
    return None


def last_digest(
    employee: Employee, before: datetime, hour: time, works: Callable[[date], bool]
) -> datetime:
    """When their digest was due before that instant; a day earlier where it never was."""
    day = before.astimezone(ZoneInfo(employee.zone_at(before))).date()
    for back in range(32):
        one = day - timedelta(days=back)
        if _wanted(employee, one, works):
            due = _on(employee, one, employee.digest_at or hour, before)
            if due < before and not is_away(employee, due):
                return due
    return before - timedelta(days=1)


def _wanted(employee: Employee, day: date, works: Callable[[date], bool]) -> bool:
    """A chosen weekend counts; a holiday on a working day does not."""
    chosen = employee.digest_days
    if chosen is None:
        return works(day)
    return day.weekday() in chosen and (day.weekday() > 4 or works(day))


def _on(employee: Employee, day: date, hour: time, near: datetime) -> datetime:
    """That hour of that day on the clock that the person lives by then."""
    at = datetime.combine(day, hour, ZoneInfo(employee.zone_at(near))).astimezone(UTC)
    return datetime.combine(day, hour, ZoneInfo(employee.zone_at(at))).astimezone(UTC)


def _after_absence(employee: Employee, at: datetime) -> datetime:
    until = employee.away_until
    if until is None or at >= until or (employee.away_from and at < employee.away_from):
        return at
    return until


def _after_quiet(employee: Employee, at: datetime) -> datetime:
    begins, ends = employee.quiet_from, employee.quiet_until
    if begins is None or ends is None or begins == ends:
        return at
    zone = ZoneInfo(employee.zone_at(at))
    local = at.astimezone(zone)
    now = local.time()
    quiet = begins <= now < ends if begins < ends else now >= begins or now < ends
    if not quiet:
        return at
    over_midnight = begins > ends and now >= begins
    day = local.date() + timedelta(days=1 if over_midnight else 0)
    free = datetime.combine(day, ends, zone).astimezone(UTC)
    if free <= at:
        # In the hour that comes twice, the end is the second one.
        free = datetime.combine(day, ends.replace(fold=1), zone).astimezone(UTC)
    return free
