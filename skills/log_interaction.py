"""Logging a contact with a customer, on whatever channel."""

import re
from datetime import datetime
from typing import Annotated

from crm_store import lifecycle
from crm_store.contact import Channel, Direction, Milestone, Outcome, Sentiment
from crm_store.customers import Customer, Relation
from crm_store.employees import Employee
from crm_store.interactions import Interaction
from nlu.dates import Moment
from nlu.money import Money
from skills.kit import Ask, Past, Refused, Reply, Turn, bold, skill
from skills.staying_in_touch import begin_anew
from skills.wording import channel_name, day_of, money_of, plain, time_of, who
from skills.worth_knowing import open_concerns

INVOICE = re.compile(
    r"(?<![\w.,])(?:#|no\.? ?)?((?:[a-z]{1,4}[-/ ]?)?\d{2,4}(?:[-/]\d{1,6})+|\d{2,8})\b",
    re.IGNORECASE,
)
BILLING = frozenset({Milestone.INVOICED, Milestone.PAID})
RATINGS = range(1, 6)


@skill(
    (
        "log call with Bianca Rossi about pricing",
        "Logged your call with Bianca Rossi about pricing",
    ),
    ("met Bianca Rossi yesterday", "Logged your meeting with Bianca Rossi"),
)
def log_interaction(
    turn: Turn,
    customer: Annotated[Customer, Ask("Who was it with?")],
    channel: Channel | None = None,
    direction: Direction | None = None,
    when: Annotated[Moment | None, Past()] = None,
    topic: str | None = None,
    note: str | None = None,
    outcome: Outcome | None = None,
    duration: int | None = None,
    rating: int | None = None,
    sentiment: Sentiment | None = None,
    technique: str | None = None,
    offer: str | None = None,
    milestone: Milestone | None = None,
    amount: Money | None = None,
    assignee: Employee | None = None,
) -> Reply:
    """Log a call, meeting, e-mail or any other contact."""
    happened_at, day_only = _happened(turn, when)
    if rating is not None and rating not in RATINGS:
        raise Refused("A rating goes from 1 to 5. Nothing was saved.")
    if assignee is not None and assignee.id != turn.employee.id:
        direction = Direction.INTERNAL
    interaction = Interaction(
        customer=customer,
        company_id=customer.company.id if customer.company else None,
        channel=channel or _channel_of(milestone),
        direction=direction or Direction.OUTBOUND,
        happened_at=happened_at,
        day_only=day_only,
        employee=turn.employee,
        to_employee=assignee,
        department=turn.employee.department or turn.employee.role.value,
        topic=topic[:300] if topic else None,
        note=note,
        outcome=outcome,
        duration_minutes=duration,
        rating=rating,
        sentiment=sentiment,
        technique=technique[:200] if technique else None,
        offer=offer[:300] if offer else None,
        milestone=milestone,
        amount=amount.value if amount else None,
        currency=amount.currency if amount else None,
        reference=_reference(turn.text, milestone),
        created_at=turn.now,
    )
    turn.session.add(interaction)
    turn.session.flush()
    moved = lifecycle.follow(turn.session, customer, at=turn.now, employee=turn.employee)
    facts = _facts(turn, interaction)
    if moved is not None:
        facts.append(f"{plain(customer.name)} is now a {bold(moved.after.value)}.")
    facts += begin_anew(turn, interaction)
    return Reply(
        _headline(turn, interaction),
        facts=[*facts, *open_concerns(turn, customer)],
        about=[customer],
        made=[interaction],
    )


def _happened(turn: Turn, when: Moment | None) -> tuple[datetime, bool]:
    """When it took place: now, that point in time, or some time on that day."""
    if when is None or when.grain in ("month", "quarter", "year"):
        # Nobody dates a contact by the month: "price goes up in January" tells of the future.
        return turn.now, False
    exact = when.end is None and when.grain in ("minute", "hour")
    start = when.start
    if not exact and start.date() == turn.today.date():
        return turn.now, True
    if start > turn.now:
        raise Refused(
            f"{time_of(start, turn)} is still to come. To plan it, say "
            '"remind me to ..."; nothing was saved.'
        )
    return start, not exact


def _channel_of(milestone: Milestone | None) -> Channel:
    """What a step of a sale usually goes by, where nobody said."""
    if milestone is None:
        return Channel.OTHER
    return Channel.EMAIL if milestone is not Milestone.ENQUIRY else Channel.CALL


def _reference(text: str, milestone: Milestone | None) -> str | None:
    """The number of an invoice or contract in the words of the message."""
    if milestone not in BILLING:
        return None
    after = re.search(r"\b(?:invoice|inv|bill|paid|payment)\b(.*)", text, re.IGNORECASE)
    found = INVOICE.search(after.group(1)) if after else None
    return found.group(1) if found else None


def _headline(turn: Turn, interaction: Interaction) -> str:
    word = {
        Channel.EMAIL: "e-mail",
        Channel.OTHER: "contact",
        Channel.SOCIAL: "social media contact",
    }.get(interaction.channel, channel_name(interaction.channel))
    if interaction.milestone is not None:
        step = interaction.milestone.value.replace("_", " ")
        text = f"Logged for {who(interaction.customer)}: {step}"
    elif interaction.direction is Direction.INTERNAL and interaction.to_employee is not None:
        text = (
            f"Logged for {who(interaction.customer)}: {word} passed to "
            f"{bold(interaction.to_employee.name)}"
        )
    elif interaction.direction is Direction.INBOUND:
        text = f"Logged the {word} from {who(interaction.customer)}"
    else:
        text = f"Logged your {word} with {who(interaction.customer)}"
    if interaction.topic:
        text += f" about {plain(interaction.topic)}"
    return f"{text}, {_day(turn, interaction)}."


def _day(turn: Turn, interaction: Interaction) -> str:
    local = interaction.happened_at.astimezone(turn.zone)
    today = local.date() == turn.today.date()
    if today and (interaction.day_only or interaction.happened_at == turn.now):
        return f"today, {day_of(local, turn)}"
    return day_of(local, turn) if interaction.day_only else time_of(local, turn)


def _facts(turn: Turn, interaction: Interaction) -> list[str]:
    told = [
        ("Note", interaction.note),
        ("Amount", interaction.amount is not None
         and money_of(interaction.amount, interaction.currency, turn)),
        ("Reference", interaction.reference),
        ("Outcome", interaction.outcome and interaction.outcome.value.replace("_", " ")),
        ("Duration", interaction.duration_minutes and f"{interaction.duration_minutes} minutes"),
        ("Rating", interaction.rating and f"{interaction.rating} of 5"),
        ("Mood", interaction.sentiment and interaction.sentiment.value),
        ("How it was sold", interaction.technique),
        ("Offer", interaction.offer),
    ]  # fmt: skip
    facts = [f"{name}: {plain(str(value))}" for name, value in told if value]
    relation = interaction.customer.relation
    if relation is not Relation.CUSTOMER:
        facts.append(f"{plain(interaction.customer.name)} is a {relation.value}.")
    return facts
