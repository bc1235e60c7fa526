"""Reminders: list, done, snoozed, moved, cancelled, handed on."""

from datetime import timedelta
from typing import Annotated

from crm_store import reminders
from crm_store.customers import Customer
from crm_store.employees import Employee
from crm_store.reminders import Reminder
from nlu.dates import Duration, Moment, find
from skills.availability import silence_of
from skills.bulk import instead, tell_author
from skills.kit import Ask, Choice, Question, Refused, Reply, Turn, bold, question, skill
from skills.schedule import due
from skills.telling import brief_of, line
from skills.values import encode
from skills.wording import count, moment_of, plain, time_of

SHOWN = 15


@question(("what's on my plate this week?", "reminder"))
def list_reminders(
    turn: Turn,
    period: Moment | None = None,
    customer: Customer | None = None,
    assignee: Employee | None = None,
) -> Reply:
    """What is due"""
    owner = assignee or turn.employee
    if customer is not None:
        found = reminders.about(turn.session, customer)
        whose = f" about {bold(customer.name)}"
    else:
        since = period.start if period and period.start > turn.now else None
        until = period.end if period else None
        if period and period.end is None:
            until = period.start + timedelta(days=1)
        found = reminders.for_employee(turn.session, owner, since=since, until=until)
        whose = "" if owner.id == turn.employee.id else f" for {bold(owner.name)}"
    during = f", {moment_of(period, turn)}" if period else ""
    if not found:
        return Reply(f"Nothing due{whose}{during}.")
    late = [one for one in found if one.due_at < turn.now]
    facts = [f"{n}. {_listed(turn, one)}" for n, one in enumerate(found[:SHOWN], start=1)]
    head = f"{count(len(found), 'reminder')}{whose}{during}"
    head += f", {len(late)} overdue" if late else ""
    if len(found) > SHOWN:
        head += f", the first {SHOWN}"
    return Reply(f"{head}:", facts=facts, about=found[:SHOWN])


@skill()
def complete_reminder(
    turn: Turn,
    customer: Customer | None = None,
    *,
    reminder: Annotated[Reminder, Ask("Which reminder is done?")],
) -> Reply:
    """Mark a reminder as done"""
    done_due = reminder.due_at
    repeats = reminder.rrule is not None or reminder.touch_every_days is not None
    if reminder.rrule is not None and reminder.occurrence and reminder.due_at > turn.now:
        # The one that was told is meant; the next occurrence stays as it is.
        done_due = reminders.complete_told(turn.session, reminder, turn.now, turn.employee)
    else:
        reminders.complete(turn.session, reminder, at=turn.now, employee=turn.employee)
    facts = [f"Next: {time_of(reminder.due_at, turn)}"] if repeats and reminder.is_open else []
    choices: list[Choice] = []
    if reminder.customer is not None:
        values = {"customer": encode(reminder.customer), "note": f"done: {reminder.task}"}
        if reminder.channel is not None:
            values["channel"] = reminder.channel.value
        choices = [Choice("Log the contact", "log_interaction", values, yes=True)]
    tell_author(turn, reminder)
    about = [row for row in (reminder.customer, reminder) if row is not None]
    return Reply(
        f"Done: {plain(reminder.task)} (was due {time_of(done_due, turn)}).",
        facts=facts,
        choices=choices,
        about=about,
        made=[reminder],
    )


@skill()
def snooze_reminder(
    turn: Turn,
    customer: Customer | None = None,
    *,
    reminder: Annotated[Reminder, Ask("Which reminder?")],
    when: Moment | None = None,
    moves: bool | None = None,
    anyway: bool = False,
) -> Reply | Question:
    """Snooze a reminder, or move it to another time"""
    when = when or _so_much_later(turn, reminder)
    if when is None:
        return Question("Until when?", slot="when")
    target, day_only = due(turn, when)
    if target <= turn.now:
        raise Refused(f"{time_of(target, turn)} is past. Nothing was changed.")
    if moves is None:
        moves = _means_move(turn, when)
    about = [row for row in (reminder.customer, reminder) if row is not None]
    if not moves:
        reminders.snooze(reminder, target)
        turn.session.flush()
        text = (
            f"Snoozed: I tell you again {time_of(target, turn)}; it is still due "
            f"{time_of(reminder.due_at, turn)}: {plain(reminder.task)}."
        )
        return Reply(text, about=about, made=[reminder])
    if reminder.promised and not anyway:
        return Reply(
            f"Promised for {time_of(reminder.due_at, turn)}, so not moved: {plain(reminder.task)}.",
            choices=instead(turn, reminder, target),
            about=about,
        )
    before = reminder.due_at
    reminders.move(reminder, target, day_only=day_only)
    turn.session.flush()
    text = (
        f"Moved: {plain(reminder.task)} is now due {time_of(target, turn)} "
        f"(was {time_of(before, turn)})."
    )
    return Reply(text, about=about, made=[reminder])


@skill()
def cancel_reminder(
    turn: Turn,
    customer: Customer | None = None,
    *,
    reminder: Annotated[Reminder, Ask("Which reminder?")],
) -> Reply:
    """Cancel a reminder"""
    reminder.cancelled_at = turn.now
    turn.session.flush()
    return Reply(f"Cancelled: {line(turn, reminder)}.", made=[reminder])


@skill()
def assign_reminder(
    turn: Turn,
    assignee: Annotated[Employee, Ask("To whom?")],
    customer: Customer | None = None,
    *,
    reminder: Annotated[Reminder, Ask("Which reminder?")],
) -> Reply:
    """Give a reminder to a colleague"""
    reminder.employee = assignee
    reminder.created_by = reminder.created_by or turn.employee
    if reminder.tell_at > turn.now:
        reminder.delivered_at = None
    turn.session.flush()
    if assignee.id != turn.employee.id:
        text = f"{plain(turn.employee.name)} gave you: {line(turn, reminder)}"
        turn.tell(assignee, Reply(text, facts=brief_of(turn, reminder), about=[reminder]))
    got = f" and got the brief on {plain(reminder.customer.name)}" if reminder.customer else ""
    return Reply(
        f"{bold(assignee.name)} has it now{got}: {line(turn, reminder)}.",
        facts=silence_of(turn),
        about=[reminder],
        made=[reminder],
    )


def _listed(turn: Turn, reminder: Reminder) -> str:
    late = "overdue, " if reminder.due_at < turn.now else ""
    snoozed = reminder.snoozed_until
    again = f" (snoozed until {time_of(snoozed, turn)})" if snoozed and snoozed > turn.now else ""
    other = reminder.employee_id != turn.employee.id
    whose = f" ({plain(reminder.employee.name)})" if other else ""
    return f"{late}{line(turn, reminder)}{again}{whose}"


def _so_much_later(turn: Turn, reminder: Reminder) -> Moment | None:
    """ "Snooze an hour" counts from now, or from the due time while that is still to come."""
    lengths = [
        found.value
        for found in find(turn.text, turn.today, "ahead", turn.calendar)
        if isinstance(found.value, Duration)
    ]
    if not lengths:
        return None
    start = max(turn.today, reminder.due_at.astimezone(turn.zone))
    return lengths[0].later(start)


def _means_move(turn: Turn, when: Moment) -> bool:
    """A day or more away it is another date; within hours the telling is delayed."""
    said = turn.text.lower()
    if "snooze" in said or "later" in said:
        return False
    if any(word in said for word in ("move", "push", "postpone", "resched", "delay", "shift")):
        return True
    return when.grain not in ("minute", "hour")
