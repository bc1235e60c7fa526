"""The brief: what whoever meets the customer next should know, on one phone screen."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

from crm_store import concerns, ideas, interactions, notes, pipeline, preferences, reminders
from crm_store.concerns import ConcernStatus
from crm_store.customers import Customer, CustomerKind, people_of
from crm_store.deals import Deal
from skills import contact_details
from skills.concerns import told
from skills.history import touch
from skills.kit import Ask, Reply, Turn, question
from skills.preferences import described
from skills.wording import count, day_of, listed, money_of, plain, time_of, who

TOUCHES, SETTLED, NOTES = 2, 1, 2
NEVER = datetime(1971, 1, 1, tzinfo=UTC)
"""Customers imported without a date are dated before this."""


@question(("brief me on Bianca Rossi", "Bianca Rossi"))
def brief_customer(
    turn: Turn, customer: Annotated[Customer, Ask("Brief you on whom?", recent=True)]
) -> Reply:
    """What to know before meeting a customer"""
    session = turn.session
    found = concerns.of(session, customer)
    standing = [one for one in found if one.status is ConcernStatus.OPEN]
    settled = [one for one in found if one.status is not ConcernStatus.OPEN][:SETTLED]
    last = interactions.history(session, customer, limit=TOUCHES)
    facts = [f"Open concern: {told(turn, one, customer)}" for one in standing]
    facts += [f"Settled: {told(turn, one, customer)}" for one in settled]
    facts += [
        described(turn, one)[0].upper() + described(turn, one)[1:]
        for one in preferences.current(session, customer)
    ]
    facts += [_deal(turn, deal) for deal in pipeline.deals_of(session, customer, only_open=True)]
    facts += [_won(turn, customer)] if _won(turn, customer) else []
    facts += [
        f"Planned: {plain(one.task)}, {time_of(one.due_at, turn)} ({plain(one.employee.name)})"
        for one in reminders.about(session, customer)[:3]
    ]
    facts += [f"Last: {touch(turn, one)}" for one in last]
    facts += [f"Wish: {plain(one.statement)}" for one in ideas.of(session, customer)[:1]]
    facts += [
        f"Note: {plain(one.text)[:200]} ({day_of(one.written_at, turn)})"
        for one in notes.of(session, customer, turn.employee, NOTES)
    ]
    if not last:
        facts.append("No contact recorded yet.")
    return Reply(
        f"{who(customer)}: {_who_they_are(turn, customer)}.", facts=facts, about=[customer]
    )


def _who_they_are(turn: Turn, customer: Customer) -> str:
    parts = [customer.relation.value if customer.relation.value != "customer" else ""]
    parts.append(customer.lifecycle_stage.value if not parts[0] else "")
    parts.append(plain(customer.occupation) if customer.occupation else "")
    if customer.kind is CustomerKind.COMPANY:
        people = [plain(person.name) for person in people_of(turn.session, customer)[:3]]
        parts.append(f"people: {listed(people)}" if people else "")
    parts.append(f"owner {plain(customer.owner.name)}" if customer.owner else "no owner")
    if customer.created_at > NEVER:
        parts.append(f"on file since {day_of(customer.created_at, turn)}")
    parts += contact_details.ways(customer)[:2]
    return ", ".join(part for part in parts if part)


def _deal(turn: Turn, deal: Deal) -> str:
    value = money_of(deal.amount, deal.currency, turn) if deal.amount is not None else "no value"
    closes = f", closes {day_of(deal.close_on, turn)}" if deal.close_on else ""
    return f"Deal: {plain(deal.name)}, {value}, {plain(deal.stage.name)}{closes}"


def _won(turn: Turn, customer: Customer) -> str:
    won = [d for d in pipeline.deals_of(turn.session, customer) if d.stage.kind.value == "won"]
    sums: dict[str | None, list[Deal]] = {}
    for deal in won:
        if deal.amount is not None:
            sums.setdefault(deal.currency, []).append(deal)
    if not won:
        return ""
    amounts = [
        money_of(sum((d.amount or Decimal(0) for d in deals), Decimal(0)), currency, turn)
        for currency, deals in sums.items()
    ]
    latest = max((d.closed_on for d in won if d.closed_on), default=None)
    on = f", the last {day_of(latest, turn)}" if latest else ""
    return f"Bought {count(len(won), 'time')}{' for ' + listed(amounts) if amounts else ''}{on}"
