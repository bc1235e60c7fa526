"""How the tests of dates ask: a standing clock in Berlin, and moments told briefly."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from nlu.dates import Calendar, Found, Look, Moment, Recurrence, Value, find, resolve

BERLIN = ZoneInfo("Europe/Berlin")
# A Wednesday morning.
NOW = datetime(2026, 11, 18, 10, 30, tzinfo=BERLIN)
FIRM = Calendar()


def told(value: Value | None) -> str:
    """A moment as "2026-11-24 15:00" or "2026-11-24 .. 2026-11-25"; midnights without hours."""
    if isinstance(value, Recurrence):
        return f"{value.rrule} from {told(value.first)}"
    if not isinstance(value, Moment):
        return str(value)
    start = _brief(value.start)
    if value.end is None:
        return {"after": f"{start} ..", "before": f".. {start}", None: start}[value.open]
    return f"{start} .. {_brief(value.end)}"


def _brief(at: datetime) -> str:
    return at.strftime("%Y-%m-%d" if (at.hour, at.minute) == (0, 0) else "%Y-%m-%d %H:%M")


def ahead(text: str, now: datetime = NOW, calendar: Calendar = FIRM) -> str:
    """The only expression of a sentence that is about something to do."""
    return told(only(text, "ahead", now, calendar).value)


def back(text: str, now: datetime = NOW, calendar: Calendar = FIRM) -> str:
    """The only expression of a sentence that reports or asks about what was."""
    return told(only(text, "back", now, calendar).value)


def only(text: str, look: Look = "ahead", now: datetime = NOW, calendar: Calendar = FIRM) -> Found:
    found = find(text, now, look, calendar)
    assert len(found) == 1, f"{text!r} holds {[one.text for one in found]}"
    return found[0]


def resolved(span: str, base: Moment | None = None) -> str:
    return told(resolve(span, NOW, "ahead", FIRM, base=base))
