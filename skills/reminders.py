"""Reminders: set, list, done, snoozed, moved, cancelled, handed on."""

import re
from datetime import datetime, time, timedelta
from typing import Annotated

from crm_store import reminders
from crm_store.customers import Customer
from crm_store.employees import Employee
from crm_store.interactions import Interaction
from crm_store.reminders import Reminder, ReminderKind
from nlu.dates import Duration, Moment, find
from skills.availability import silence_of
from skills.bulk import instead, tell_author
from skills.kit import Ask, Choice, Question, Refused, Reply, Turn, bold, question, skill
from skills.preferences import channel_in
from skills.schedule import due, far_ahead, repeats_until, told_when
from skills.staying_in_touch import every_days, first_due, spoken
from skills.values import encode
from skills.wording import count, day_of, moment_of, plain, time_of, zone_name
from skills.worth_knowing import channel_warning, open_concerns

SHOWN = 15
MEETING = re.compile(
    r"(?:(?:have|attend|book|go to)\s+)?(?:a\s+|an\s+|the\s+|my\s+)?(?:\w+\s+)?"
    r"(?:meet|meeting|demo|appointment|visit|lunch|coffee|interview|presentation|workshop)\b",
    re.IGNORECASE,
)
PROMISED = re.compile(r"\bpromis(?:e|ed|ing)\b", re.IGNORECASE)
NO_TIME = re.compile(
    r"\b(?:every|each)\s+\w+(?:\s+(?!to\b)\w+)?"
    r"|\bin\s+(?:\d{3,}|a\s+(?:million|thousand|hundred))\s+(?:years|months|centuries)",
    re.IGNORECASE,
)


@skill(
    ("remind me to call Bianca Rossi tomorrow at 5", "Reminder"),
    ("follow up with Bianca Rossi next Tuesday", "Reminder"),
)
def set_reminder(
    turn: Turn,
    task: Annotated[str, Ask("What should I remind you of?")],
    when: Moment | None = None,
    customer: Customer | None = None,
    recurrence: str | None = None,
    assignee: Employee | None = None,
) -> Reply | Question:
    """Remind you or a colleague of something"""
    owner = assignee or turn.employee
    if when is None:
        return _asked_when(turn)
    due_at, day_only = due(turn, when)
    touch = every_days(task, customer, recurrence)
    counted: list[str] = []
    if touch is not None and customer is not None:
        due_at, counted = first_due(turn, customer, touch, due_at)
    if due_at <= turn.now:
        raise Refused(
            f"{time_of(due_at, turn)} is past. When should I remind you? Nothing was saved."
        )
    if far_ahead(turn, due_at):
        raise Refused(f"{day_of(due_at, turn)} is too far ahead. Nothing was saved.")
    interaction = turn.made(Interaction)
    kept = Reminder(
        task=task,
        customer=customer,
        employee=owner,
        created_by=turn.employee,
        due_at=due_at,
        first_due_at=due_at if recurrence else None,
        zone=turn.employee.zone_at(turn.now),
        day_only=day_only,
        rrule=recurrence if touch is None else None,
        touch_every_days=touch,
        kind=_kind(task, touch, day_only=day_only, once=recurrence is None),
        promised=PROMISED.search(turn.text) is not None and customer is not None,
        channel=channel_in(task),
        interaction_id=interaction.id if interaction else None,
        created_at=turn.now,
    )
    turn.session.add(kept)
    turn.session.flush()
    facts = counted + (channel_warning(turn, customer, kept.channel) if customer else [])
    facts += open_concerns(turn, customer) if customer else []
    facts += ["Promised to the customer: I do not move it in silence."] if kept.promised else []
    if owner.id != turn.employee.id:
        facts = [_theirs(turn, owner, due_at), *facts]
        text = f"{plain(turn.employee.name)} asks you: {line(turn, kept)}"
        turn.tell(owner, Reply(text, about=[kept]))
    whose = "Reminder" if owner.id == turn.employee.id else f"For {bold(owner.name)}"
    about = [row for row in (customer, kept) if row is not None]
    return Reply(f"{whose}: {line(turn, kept)}.", facts=facts, about=about, made=[kept])


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
        turn.tell(assignee, Reply(text, facts=_brief(turn, reminder), about=[reminder]))
    got = f" and got the brief on {plain(reminder.customer.name)}" if reminder.customer else ""
    return Reply(
        f"{bold(assignee.name)} has it now{got}: {line(turn, reminder)}.",
        facts=silence_of(turn),
        about=[reminder],
        made=[reminder],
    )


def announcement(turn: Turn, reminder: Reminder, at: datetime) -> Reply:
    """What is said when a reminder falls due, with what is worth knowing and three buttons."""
    stored = {"reminder": encode(reminder)}
    tomorrow = Moment(turn.today + timedelta(days=1), None, "day")
    late = turn.now - at > timedelta(minutes=5)
    facts = [f"It was due {time_of(reminder.due_at, turn)}."] if late else []
    meeting = reminder.kind is ReminderKind.MEETING and at < reminder.due_at
    if meeting:
        facts += _brief(turn, reminder)
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


def _listed(turn: Turn, reminder: Reminder) -> str:
    late = "overdue, " if reminder.due_at < turn.now else ""
    snoozed = reminder.snoozed_until
    again = f" (snoozed until {time_of(snoozed, turn)})" if snoozed and snoozed > turn.now else ""
    other = reminder.employee_id != turn.employee.id
    whose = f" ({plain(reminder.employee.name)})" if other else ""
    return f"{late}{line(turn, reminder)}{again}{whose}"


def _theirs(turn: Turn, owner: Employee, due_at: datetime) -> str:
    zone = owner.zone_at(turn.now)
    if zone == turn.employee.zone_at(turn.now):
        return f"{plain(owner.name)} is told."
    from zoneinfo import ZoneInfo

    local = due_at.astimezone(ZoneInfo(zone))
    return f"{plain(owner.name)} is told; there it is {local:%H:%M} ({zone_name(zone)})."


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


def _kind(task: str, touch: int | None, *, day_only: bool, once: bool) -> ReminderKind:
    if touch is not None:
        return ReminderKind.STAY_IN_TOUCH
    planned = once and not day_only and MEETING.match(task) is not None
    return ReminderKind.MEETING if planned else ReminderKind.FOLLOW_UP


def _asked_when(turn: Turn) -> Question:
    """Raises Refused where a time was said that is none."""
    said = NO_TIME.search(turn.text)
    if said is not None:
        raise Refused(
            f'"{plain(said.group())}" is no time that I can remind you at. Nothing was saved.'
        )
    return Question("When?", slot="when")


def _brief(turn: Turn, reminder: Reminder) -> list[str]:
    """What to know of the customer, as facts."""
    if reminder.customer is None:
        return []
    brief = turn.skills["brief_customer"](turn, customer=reminder.customer)
    return [brief.text, *brief.facts] if isinstance(brief, Reply) else []


def _means_move(turn: Turn, when: Moment) -> bool:
    """A day or more away it is another date; within hours the telling is delayed."""
    said = turn.text.lower()
    if "snooze" in said or "later" in said:
        return False
    if any(word in said for word in ("move", "push", "postpone", "resched", "delay", "shift")):
        return True
    return when.grain not in ("minute", "hour")


def _on_day(turn: Turn, day: datetime) -> Moment:
    morning: time = turn.firm.morning
    start = day.replace(hour=morning.hour, minute=morning.minute, second=0, microsecond=0)
    return Moment(start, None, "minute")
