"""Telling several reminders at once: after quiet hours, days off, or a time without power."""

from collections.abc import Sequence

from crm_store.reminders import Reminder
from skills.kit import Choice, Reply, Turn, bold
from skills.wording import count, plain, time_of


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
