"""What passed between the firm and a customer: the touches, and the last of them."""

from typing import Annotated

from crm_store import interactions
from crm_store.contact import FACE_TO_FACE, Channel, Direction, Milestone
from crm_store.customers import Customer
from crm_store.interactions import Interaction
from nlu.dates import Moment
from skills.kit import Ask, Past, Reply, Turn, question
from skills.wording import (
    channel_name,
    count,
    day_of,
    moment_of,
    money_of,
    plain,
    said_by,
    time_of,
    who,
)

SHOWN = 20


@question(("show my calls with Bianca Rossi since January", "Nothing recorded"))
def get_history(
    turn: Turn,
    customer: Annotated[Customer, Ask("Whose history?", recent=True)],
    channel: Channel | None = None,
    period: Annotated[Moment | None, Past()] = None,
    limit: int | None = None,
    milestone: Milestone | None = None,
) -> Reply:
    """Every touch with a customer"""
    since, until = (period.start, period.end) if period else (None, None)
    found = interactions.history(
        turn.session,
        customer,
        channel=channel,
        milestone=milestone,
        since=since,
        until=until,
        limit=limit,
    )
    wanted = _wanted(channel, milestone, period, turn)
    if not found:
        return Reply(f"Nothing recorded with {who(customer)}{wanted}.", about=[customer])
    # Numbered from the first touch on, as it happened.
    found.reverse()
    facts = [f"{n}. {touch(turn, one)}" for n, one in enumerate(found[-SHOWN:], start=1)]
    head = (
        f"{count(len(found), 'touch', 'touches')} with {who(customer)}{wanted}: {_summary(found)}."
    )
    if len(found) > SHOWN:
        head += f" The last {SHOWN} are:"
    return Reply(head, facts=facts, about=[customer])


@question(("when did we last speak to Bianca Rossi?", "Nothing recorded"))
def get_last_contact(
    turn: Turn,
    customer: Annotated[Customer, Ask("Contact with whom?", recent=True)],
    channel: Channel | None = None,
) -> Reply:
    """When we last had contact with a customer"""
    last = interactions.last_contact(turn.session, customer, channel=channel)
    if last is None:
        by = f" by {channel_name(channel)}" if channel else ""
        return Reply(f"Nothing recorded: no contact with {who(customer)}{by}.", about=[customer])
    days = (turn.today.date() - last.happened_at.astimezone(turn.zone).date()).days
    ago = "today" if days == 0 else f"{count(days, 'day')} ago"
    return Reply(
        f"Last contact with {who(customer)}: {touch(turn, last)} ({ago}).", about=[customer]
    )


def touch(turn: Turn, one: Interaction) -> str:
    """One contact on a line: when, how, which way, what about, by whom, how much."""
    when = day_of(one.happened_at, turn) if one.day_only else time_of(one.happened_at, turn)
    way = {Direction.INBOUND: "in", Direction.OUTBOUND: "out", Direction.INTERNAL: "internal"}
    what = one.milestone.value.replace("_", " ") if one.milestone else channel_name(one.channel)
    by = channel_name(one.channel)
    kind = (
        f"{what} ({by}, {way[one.direction]})" if one.milestone else f"{what} {way[one.direction]}"
    )
    parts = [f"{when}: {kind}"]
    if one.topic:
        parts.append(plain(one.topic))
    if one.note:
        parts.append(f'"{plain(one.note)[:160]}"')
    if one.outcome:
        parts.append(one.outcome.value.replace("_", " "))
    if one.amount is not None:
        parts.append(money_of(one.amount, one.currency, turn))
    if one.reference:
        parts.append(f"no. {plain(one.reference)}")
    who_by = "automatic" if one.automated else said_by(one.employee, turn)
    department = f", {_department(one)}" if _department(one) and not one.automated else ""
    to = f" to {plain(one.to_employee.name)}" if one.to_employee else ""
    return f"{', '.join(parts)} - {who_by}{department}{to}"


def _department(one: Interaction) -> str:
    """Where it was done: as noted, else where the employee works."""
    if one.department:
        return one.department
    if one.employee is None:
        return ""
    return one.employee.department or one.employee.role.value


def _wanted(
    channel: Channel | None, milestone: Milestone | None, period: Moment | None, turn: Turn
) -> str:
    parts = ""
    if channel is not None:
        parts += f" by {channel_name(channel)}"
    if milestone is not None:
        parts += f", {milestone.value.replace('_', ' ')}"
    if period is not None:
        parts += f" ({moment_of(period, turn)})"
    return parts


def _summary(found: list[Interaction]) -> str:
    people = {one.employee_id for one in found if one.employee_id}
    departments = {_department(one) for one in found} - {""}
    faces = sum(one.channel in FACE_TO_FACE for one in found)
    face = "none face to face" if not faces else f"{faces} face to face"
    return f"{count(len(people), 'colleague')}, {count(len(departments), 'department')}, {face}"
