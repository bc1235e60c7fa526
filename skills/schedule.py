"""From a moment in words to the instant a reminder is due, and back into words."""

from datetime import datetime, time, timedelta

from crm_store.reminders import Reminder
from nlu.dates import Moment
from skills.kit import Turn
from skills.wording import time_of, zone_name

LONGEST_AHEAD = timedelta(days=366 * 20)
AFTERNOON, EVENING, NIGHT = 12, 17, 20
WEEKDAYS = {
    "MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday",
    "SA": "Saturday", "SU": "Sunday",
}  # fmt: skip
UNITS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth", "-1": "last"}


def due(turn: Turn, when: Moment) -> tuple[datetime, bool]:
    """When it is due and whether only the day was said: then it is the person's morning.

    A part of a day is told at its hour; of a period that is longer, its last working day
    counts ("end of the month"), of "by Friday" the Friday.
    """
    start = when.start.astimezone(turn.zone)
    if when.grain in ("minute", "hour"):
        return (start, False) if when.end is None or _exact(when) else (_part(turn, start), False)
    if when.end is not None and when.open is None and when.grain in ("month", "quarter", "year"):
        later = when.end.astimezone(turn.zone) - timedelta(days=1)
        start = start if start > turn.now else later
    at = _at(start, turn.firm.morning)
    if at <= turn.now and start.date() == turn.today.date():
        at = _later_today(turn)
    elif at <= turn.now and when.end is not None and when.end > turn.now:
        at = _at(turn.today + timedelta(days=1), turn.firm.morning)
    return at, True


def far_ahead(turn: Turn, due_at: datetime) -> bool:
    """Whether nobody can mean it."""
    return due_at - turn.now > LONGEST_AHEAD


def told_when(turn: Turn, reminder: Reminder) -> str:
    """Weekday, date, hour and city of the speaker's clock."""
    return f"{time_of(reminder.due_at, turn)} {zone_name(turn.employee.zone_at(turn.now))}"


def repeats_until(rrule: str) -> str:
    """A recurrence rule in words."""
    parts = dict(part.split("=", 1) for part in rrule.removeprefix("RRULE:").split(";"))
    interval = int(parts.get("INTERVAL", "1"))
    unit = UNITS.get(parts.get("FREQ", ""), parts.get("FREQ", "").lower())
    every = f"every {unit}" if interval == 1 else f"every {interval} {unit}s"
    days = parts.get("BYDAY", "").split(",") if parts.get("BYDAY") else []
    if sorted(days) == sorted(["MO", "TU", "WE", "TH", "FR"]):
        if "BYSETPOS" in parts:
            return (
                f"the {ORDINALS.get(parts['BYSETPOS'], parts['BYSETPOS'])} working day of {every}"
            )
        return "every weekday"
    if not days:
        monthday = parts.get("BYMONTHDAY")
        return f"{every} on the {monthday}." if monthday and monthday != "-1" else every
    names = [_weekday(day) for day in days]
    if unit == "week" and interval == 1:
        return "every " + " and ".join(names)
    return f"{every} on " + " and ".join(names)


def _weekday(day: str) -> str:
    ordinal, name = day[:-2], WEEKDAYS[day[-2:]]
    return f"the {ORDINALS.get(ordinal, ordinal)} {name}" if ordinal else name


def _exact(when: Moment) -> bool:
    """ "3 to 4 pm" begins at 3; "in the morning" has no exact beginning."""
    return when.grain == "minute"


def _part(turn: Turn, start: datetime) -> datetime:
    firm = turn.firm
    hour = {8: firm.morning, AFTERNOON: firm.afternoon, EVENING: firm.evening, NIGHT: time(20)}
    wanted = hour.get(start.hour)
    at = _at(start, wanted) if wanted else start
    return at if at > turn.now else _later_today(turn)


def _later_today(turn: Turn) -> datetime:
    """Said of today without an hour: the next full hour."""
    following = turn.today + timedelta(hours=1)
    return following.replace(minute=0, second=0, microsecond=0) + (
        timedelta(hours=1) if following.minute > 30 else timedelta()
    )


def _at(day: datetime, hour: time) -> datetime:
    return day.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
