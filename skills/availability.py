"""When somebody wants to hear what: the digest's hour, quiet hours, days off, mutes."""

import re
from datetime import datetime, time, timedelta

from crm_store import hours
from crm_store.employees import Employee
from nlu.dates import Duration, Moment, find
from skills.kit import Refused, Reply, Turn, skill
from skills.wording import listed, plain, time_of, zone_name

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
QUIET = re.compile(r"\bquiet\b|\bdo not disturb\b|\bdnd\b", re.IGNORECASE)
CLOCK = r"(\d{1,2})(?:[:.](\d\d))?\s*(am|pm)?"
BETWEEN = re.compile(rf"\b{CLOCK}\s*(?:to|till|til|until|and|-|–)\s*{CLOCK}\b", re.IGNORECASE)
AFTER = re.compile(rf"\bafter\s+{CLOCK}\b", re.IGNORECASE)
BEFORE = re.compile(rf"\bbefore\s+{CLOCK}\b", re.IGNORECASE)
HOUR_SAID = re.compile(r"\b(\d{1,4}(?:[:.]\d+)?)\s*(?:o'?clock|h|uhr)?\b", re.IGNORECASE)
KINDS = {
    "digests": re.compile(r"digest|summary|summaries", re.IGNORECASE),
    "reminders": re.compile(r"reminder|ping", re.IGNORECASE),
    "requests": re.compile(r"request|hand-?over|assign|task", re.IGNORECASE),
}


@skill(
    ("send my digest at 7:30 on weekdays", "07:30"),
    ("stop the digest", "no digest any more"),
)
def set_digest(
    turn: Turn,
    when: Moment | None = None,
    recurrence: str | None = None,
    state: str | None = None,
) -> Reply:
    """Choose when your digest comes, or stop it"""
    me = turn.employee
    if state == "off":
        return _stop_digest(turn, when)
    days = _days(recurrence, when)
    hour = _hour(turn, when)
    if hour is not None:
        me.digest_at = hour
    if days is not None:
        me.digest_days = days
    me.digest_on = True
    me.muted = {k: v for k, v in (me.muted or {}).items() if k != "digests"} or None
    turn.session.flush()
    following = hours.next_digest(me, turn.now, turn.firm.digest_at, turn.calendar.works)
    first = f" The next is {time_of(following, turn)}." if following else ""
    at = me.digest_at or turn.firm.digest_at
    on = _named_days(me) if me.digest_days is not None else "on working days"
    zone = zone_name(me.zone_at(turn.now))
    return Reply(f"Your digest comes at {at:%H:%M} ({zone}) {on}.{first}")


@skill(("quiet hours from 8pm until 7am", "20:00 to 07:00"), ("mute reminders", "reminders"))
def set_notifications(
    turn: Turn,
    topic: str | None = None,
    state: str | None = None,
    when: Moment | None = None,
) -> Reply:
    """Set quiet hours, or mute what you do not want to hear of"""
    if BETWEEN.search(turn.text) or AFTER.search(turn.text) or BEFORE.search(turn.text):
        return _quiet_hours(turn)
    if "hours" in (topic or "") and QUIET.search(topic or ""):
        return _standing_quiet_hours(turn, off=state == "off", when=when)
    until = _until(turn, when)
    kind = _kind(topic)
    if state != "off" and not QUIET.search(turn.text) and not _asks_silence(turn.text):
        return _unmute(turn, kind)
    if kind == hours.EVERYTHING and until is not None:
        return _off(turn, turn.now, until)
    muted = dict(turn.employee.muted or {})
    muted[kind] = until.isoformat() if until else None
    turn.employee.muted = muted
    turn.session.flush()
    how = f"until {time_of(until, turn)}" if until else 'until you say "unmute"'
    return Reply(f"You hear nothing of {kind} {how}.")


@skill()
def set_away(turn: Turn, when: Moment | None = None) -> Reply:
    """Say that you are off: what falls due is held back until you return"""
    midnight = turn.today.replace(hour=0, minute=0, second=0, microsecond=0)
    if when is None:
        when = Moment(midnight, midnight + timedelta(days=1), "day")
    if when.open == "before":
        begins, back = turn.now, when.start
        if when.grain in ("minute", "hour"):
            return _off(turn, begins, back)
    elif when.grain in ("minute", "hour"):
        return _off(turn, when.start, when.end or when.start + timedelta(hours=1))
    else:
        begins = max(turn.now, when.start)
        back = when.end or when.start + timedelta(days=1)
    if back <= turn.now:
        raise Refused("That is past already. Nothing was changed.")
    return _off(turn, begins, _first_morning(turn, back))


@skill()
def come_back(turn: Turn) -> Reply:
    """Say that you are back: nothing is held back any more"""
    me = turn.employee
    was_off = hours.is_away(me, turn.now) or (me.away_until or turn.now) > turn.now
    me.away_from = me.away_until = None
    turn.session.flush()
    return Reply("Welcome back." if was_off else "You were not off.")


def silence_of(turn: Turn) -> list[str]:
    """A fact that says until when the speaker hears nothing, where they are off soon."""
    until, begins = turn.employee.away_until, turn.employee.away_from
    if until is None or until <= turn.now:
        return []
    if begins is not None and begins > turn.now:
        return [f"You're off from {time_of(begins, turn)}, silent until {time_of(until, turn)}."]
    return [f"You're silent until {time_of(until, turn)}."]


def _off(turn: Turn, begins: datetime, until: datetime) -> Reply:
    me = turn.employee
    me.away_from, me.away_until = begins, until
    turn.session.flush()
    start = f" from {time_of(begins, turn)}" if begins > turn.now else ""
    return Reply(
        f"You're off{start}: silent until {time_of(until, turn)}. What falls due meanwhile "
        "comes then, in one piece."
    )


def _first_morning(turn: Turn, day: datetime) -> datetime:
    """The digest's hour of the first working day from that day on."""
    hour = turn.employee.digest_at or turn.firm.digest_at
    local = day.astimezone(turn.zone)
    for _ in range(31):
        if turn.calendar.works(local.date()):
            break
        local += timedelta(days=1)
    return local.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)


def _stop_digest(turn: Turn, when: Moment | None) -> Reply:
    until = _until(turn, when)
    if until is None:
        turn.employee.digest_on = False
        turn.session.flush()
        return Reply('There is no digest any more. "digest on" brings it back.')
    muted = dict(turn.employee.muted or {})
    muted["digests"] = until.isoformat()
    turn.employee.muted = muted
    turn.session.flush()
    return Reply(f"No digest until {time_of(until, turn)}.")


def _hour(turn: Turn, when: Moment | None) -> time | None:
    if when is not None and when.grain in ("minute", "hour"):
        return when.start.astimezone(turn.zone).time().replace(second=0, microsecond=0)
    said = HOUR_SAID.search(turn.text)
    if said is not None and when is None:
        raise Refused(f"{said.group().strip()} is no time of day. Nothing was changed.")
    return None


def _days(recurrence: str | None, when: Moment | None) -> list[int] | None:
    if recurrence is None:
        return None
    parts = dict(part.split("=", 1) for part in recurrence.removeprefix("RRULE:").split(";"))
    if parts.get("FREQ") not in ("DAILY", "WEEKLY") or parts.get("INTERVAL", "1") != "1":
        raise Refused("A digest comes daily or on certain weekdays. Nothing was changed.")
    if "BYDAY" in parts:
        return sorted(WEEKDAYS.index(day[-2:]) for day in parts["BYDAY"].split(","))
    if parts["FREQ"] == "DAILY":
        return list(range(7))
    return [when.start.weekday() if when and when.grain == "day" else 0]


def _named_days(me: Employee) -> str:
    days = me.digest_days or []
    if days == list(range(5)):
        return "on weekdays"
    if days == list(range(7)):
        return "every day"
    return "on " + listed([DAY_NAMES[day] for day in days])


def _quiet_hours(turn: Turn) -> Reply:
    me, text = turn.employee, turn.text
    if found := BETWEEN.search(text):
        begins, ends = _clock(found.groups()[:3]), _clock(found.groups()[3:])
        said_which = found.group(3) or found.group(6) or ":" in found.group() or begins.hour > 12
        if not said_which and begins.hour <= 12 and ends.hour <= 12:
            begins = begins.replace(hour=(begins.hour + 12) % 24)
    elif found := AFTER.search(text):
        begins, ends = _clock(found.groups()), turn.firm.opens
        if begins.hour < turn.firm.opens.hour and not found.group(3):
            begins = begins.replace(hour=begins.hour + 12)
    else:
        found = BEFORE.search(text)
        assert found is not None
        begins, ends = me.quiet_from or turn.firm.closes, _clock(found.groups())
    if begins == ends:
        raise Refused("Quiet hours need a beginning and another end. Nothing was changed.")
    me.quiet_from, me.quiet_until = begins, ends
    turn.session.flush()
    return _told_quiet(turn)


def _standing_quiet_hours(turn: Turn, *, off: bool, when: Moment | None = None) -> Reply:
    me = turn.employee
    if not off and when is not None and when.end is not None:
        me.quiet_from = when.start.astimezone(turn.zone).time()
        me.quiet_until = when.end.astimezone(turn.zone).time()
        turn.session.flush()
        return _told_quiet(turn)
    if off:
        me.quiet_from = me.quiet_until = None
        turn.session.flush()
        return Reply("You have no quiet hours any more.")
    if me.quiet_from is None:
        me.quiet_from, me.quiet_until = turn.firm.closes, turn.firm.opens
        turn.session.flush()
    return _told_quiet(turn)


def _told_quiet(turn: Turn) -> Reply:
    me = turn.employee
    return Reply(
        f"Quiet hours: {me.quiet_from:%H:%M} to {me.quiet_until:%H:%M}. What falls due then "
        "is held back and comes afterwards; answers come at once."
    )


def _clock(parts: tuple[str | None, ...]) -> time:
    hour, minute, half = int(parts[0] or 0), int(parts[1] or 0), (parts[2] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 24 or minute > 59:
        raise Refused(f"{parts[0]}:{minute:02} is no time of day. Nothing was changed.")
    return time(hour % 24, minute)


def _until(turn: Turn, when: Moment | None) -> datetime | None:
    if when is None:
        for found in find(turn.text, turn.today, "ahead", turn.calendar):
            if isinstance(found.value, Duration):
                return found.value.later(turn.today).start
            if isinstance(found.value, Moment):
                when = found.value
                break
    if when is None:
        return None
    until = when.start if when.open == "before" or when.end is None else when.end
    if until <= turn.now:
        raise Refused("That is past already. Nothing was changed.")
    return until


def _asks_silence(text: str) -> bool:
    pattern = r"\b(?:mute|silence|shush|quiet|stop|pause|don'?t|do not|no|leave me alone)\b"
    return re.search(pattern, text, re.IGNORECASE) is not None


def _kind(topic: str | None) -> str:
    if not topic or QUIET.search(topic) or topic.lower() in ("all", "everything", "notifications"):
        return hours.EVERYTHING
    for kind, words in KINDS.items():
        if words.search(topic):
            return kind
    return plain(topic).lower()


def _unmute(turn: Turn, kind: str) -> Reply:
    me = turn.employee
    if kind == hours.EVERYTHING:
        me.muted = None
        me.away_from = me.away_until = None
    else:
        me.muted = {k: v for k, v in (me.muted or {}).items() if k != kind} or None
    turn.session.flush()
    return Reply(f"You hear of {kind} again.")
