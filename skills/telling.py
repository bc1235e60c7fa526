"""Telling reminders: one when it falls due, several at once after quiet hours or days off."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from crm_store.reminders import Reminder, ReminderKind
from nlu.dates import Moment
from skills.kit import Choice, Reply, Turn, bold
from skills.schedule import repeats_until, told_when
from skills.staying_in_touch import spoken
from skills.values import encode
from skills.wording import count, plain, time_of
from skills.worth_knowing import channel_warning, open_concerns


def announcement(turn: Turn, reminder: Reminder, at: datetime) -> Reply:
    """What is said when a reminder falls due, with what is worth knowing and three buttons."""
    stored = {"reminder": encode(reminder)}
    tomorrow = Moment(turn.today + timedelta(days=1), None, "day")
    late = turn.now - at > timedelta(minutes=5)
    facts = [f"It was due {time_of(reminder.due_at, turn)}."] if late else []
    meeting = reminder.kind is ReminderKind.MEETING and at < reminder.due_at
    if meeting:
        facts += brief_of(turn, reminder)
    elif reminder.customer is not None:
        facts += channel_warning(turn, reminder.customer, reminder.channel)
        facts += open_concerns(turn, reminder.customer)
    hour = Moment(turn.today + timedelta(hours=1), None, "minute")
    next_day = _on_day(turn, tomorrow.start)
    choices = (
        Choice("Done", "complete_reminder", stored, yes=True),
        Choice(
            "Snooze 1 hour", "snooze_reminder", {**stored, "when": encode(hour), "moves": False}
        ),
        Choice(
            "Move to tomorrow",
            "snooze_reminder",
            {**stored, "when": encode(next_day), "moves": True},
        ),
    )
    about = [row for row in (reminder.customer, reminder) if row is not None]
    minutes = round((reminder.due_at - turn.now).total_seconds() / 60)
    head = f"In {count(minutes, 'minute')}" if meeting and minutes > 0 else "Reminder"
    return Reply(f"{head}: {line(turn, reminder)}", facts=facts, choices=choices, about=about)


def line(turn: Turn, reminder: Reminder) -> str:
    """Task, weekday, date, hour and zone, and how it comes again."""
    task = plain(reminder.task)
    customer = reminder.customer
    named = customer is None or any(
        word.lower() in task.lower() for word in customer.name.split() if len(word) > 2
    )
    whom = "" if named or customer is None else f" - {bold(customer.name)}"
    again = f", {repeats_until(reminder.rrule)}" if reminder.rrule else ""
    if reminder.touch_every_days:
        again = f", {spoken(reminder.touch_every_days)} after each contact"
    return f"{task}{whom}, {told_when(turn, reminder)}{again}"


def together(turn: Turn, several: Sequence[Reminder], *, held: bool) -> Reply:
    """One message for all of them, each with the time at which it was due."""
    why = "held back until now" if held else "late, as I was not running"
    facts = [f"{n}. {_line(turn, one)}" for n, one in enumerate(several, start=1)]
    stored = ",".join(str(one.id) for one in several)
    choices = (
        Choice("All done", "complete_several", {"which": stored}),
        Choice("Snooze all 1 hour", "snooze_several", {"which": stored, "minutes": 60}),
    )
    head = bold(count(len(several), "reminder"))
    return Reply(f"{head}, {why}:", facts=facts, choices=choices, about=several)


def _line(turn: Turn, reminder: Reminder) -> str:
    whom = f" - {plain(reminder.customer.name)}" if reminder.customer else ""
    return f"{plain(reminder.task)}{whom} (was due {time_of(reminder.due_at, turn)})"


def brief_of(turn: Turn, reminder: Reminder) -> list[str]:
    """What to know of the customer, as facts."""
    if reminder.customer is None:
        return []
    brief = turn.skills["brief_customer"](turn, customer=reminder.customer)
    return [brief.text, *brief.facts] if isinstance(brief, Reply) else []


def _on_day(turn: Turn, day: datetime) -> Moment:
    morning: time = turn.firm.morning
    start = day.replace(hour=morning.hour, minute=morning.minute, second=0, microsecond=0)
    return Moment(start, None, "minute")
