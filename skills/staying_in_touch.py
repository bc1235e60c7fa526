"""Staying in touch: reminders that count from the last contact, and begin anew with each."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from crm_store import interactions, reminders
from crm_store.contact import Direction
from crm_store.customers import Customer, companies_of
from crm_store.interactions import Interaction
from crm_store.reminders import Reminder
from skills.kit import Turn
from skills.wording import count, day_of, plain

CONTACT = re.compile(
    r"\b(?:call|ring|phone|talk|speak|write|e-?mail|message|text|visit|see|ping|touch base|"
    r"(?:stay|keep|be|get) in touch|check (?:in|on|up)|catch up|contact|reach out|follow up)\b",
    re.IGNORECASE,
)
DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 30, "YEARLY": 365}
SHORTEST = 14
"""Days; what comes oftener is a habit on the calendar, not a distance between contacts."""


def every_days(task: str, customer: Customer | None, recurrence: str | None) -> int | None:
    """How many days may pass between contacts, where that is what was asked for: "call Smith
    every 6 weeks", but not "call Smith every second Friday"."""
    if customer is None or recurrence is None or not CONTACT.search(task):
        return None
    parts = dict(part.split("=", 1) for part in recurrence.removeprefix("RRULE:").split(";"))
    if set(parts) - {"FREQ", "INTERVAL"}:
        return None
    days = DAYS.get(parts.get("FREQ", ""), 0) * int(parts.get("INTERVAL", "1"))
    return days if days >= SHORTEST else None


def first_due(
    turn: Turn, customer: Customer, days: int, wanted: datetime
) -> tuple[datetime, list[str]]:
    """When it is due first, and what it was counted from; tomorrow where that is past."""
    last = interactions.last_contact(turn.session, customer, until=turn.now)
    if last is None:
        return wanted, ["Counted from today, as no contact is on record."]
    local = wanted.astimezone(turn.zone)
    day = last.happened_at.astimezone(turn.zone).date() + timedelta(days=days)
    day = max(day, turn.today.date() + timedelta(days=1))
    due_at = datetime.combine(day, local.time(), turn.zone)
    return due_at, [f"Counted from the last contact, {day_of(last.happened_at, turn)}."]


def begin_anew(turn: Turn, interaction: Interaction) -> list[str]:
    """After a contact: whose distance counts from it now, a fact for each."""
    if interaction.direction is Direction.INTERNAL or interaction.happened_at > turn.now:
        return []
    facts = []
    for one in _about(turn, interaction.customer):
        assert one.touch_every_days is not None
        zone = ZoneInfo(one.zone)
        hour = (one.first_due_at or one.due_at).astimezone(zone).time()
        day = interaction.happened_at.astimezone(zone).date()
        due_at = datetime.combine(day + timedelta(days=one.touch_every_days), hour, zone)
        if due_at <= one.due_at or due_at <= turn.now:
            continue
        reminders.go_on(one, due_at)
        whose = "" if one.employee_id == turn.employee.id else f" ({plain(one.employee.name)})"
        facts.append(
            f"Stay in touch{whose}: next {day_of(due_at, turn)}, "
            f"{spoken(one.touch_every_days)} from this contact."
        )
    turn.session.flush()
    return facts


def spoken(days: int) -> str:
    """A number of days as people say it."""
    return count(days // 7, "week") if days % 7 == 0 else count(days, "day")


def _about(turn: Turn, customer: Customer) -> Sequence[Reminder]:
    """A contact with a person counts for the company too."""
    ids = [customer.id, *(company.id for company in companies_of(turn.session, customer))]
    return turn.session.scalars(
        reminders.outstanding()
        .where(Reminder.touch_every_days.is_not(None))
        .where(Reminder.customer_id.in_(ids))
        .order_by(Reminder.id)
    ).all()
