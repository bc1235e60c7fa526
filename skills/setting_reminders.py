"""Setting a reminder: for oneself or a colleague, once, repeatedly, or between contacts."""

import re
from datetime import datetime
from typing import Annotated

from crm_store.customers import Customer
from crm_store.employees import Employee
from crm_store.interactions import Interaction
from crm_store.reminders import Reminder, ReminderKind
from nlu.dates import Moment
from skills.kit import Ask, Question, Refused, Reply, Turn, bold, skill
from skills.preferences import channel_in
from skills.schedule import due, far_ahead
from skills.staying_in_touch import every_days, first_due
from skills.telling import line
from skills.wording import day_of, plain, time_of, zone_name
from skills.worth_knowing import channel_warning, open_concerns

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


def _theirs(turn: Turn, owner: Employee, due_at: datetime) -> str:
    zone = owner.zone_at(turn.now)
    if zone == turn.employee.zone_at(turn.now):
        return f"{plain(owner.name)} is told."
    from zoneinfo import ZoneInfo

    local = due_at.astimezone(ZoneInfo(zone))
    return f"{plain(owner.name)} is told; there it is {local:%H:%M} ({zone_name(zone)})."


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
