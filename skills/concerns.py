"""Concerns: what customers are unhappy with, why, and how it was settled."""

import re
from typing import Annotated

from crm_store import concerns
from crm_store.concerns import Cause, Concern, ConcernStatus
from crm_store.contact import Sentiment
from crm_store.customers import Customer
from crm_store.interactions import Interaction
from nlu.dates import Moment
from skills.kit import Ask, Choice, Past, Question, Reply, Turn, question, skill
from skills.themes import theme_of
from skills.values import encode
from skills.wording import channel_name, count, day_of, moment_of, plain, said_by, who

CAUSE_WORDS = {
    Cause.US: re.compile(
        r"\b(?:our (?:own )?(?:site|website|side|fault|mistake|error|form|system|bad|end)|on us"
        r"|(?:we|i) (?:messed|screwed|broke|forgot|got it wrong))\b",
        re.IGNORECASE,
    ),
    Cause.CUSTOMER: re.compile(
        r"\b(?:(?:his|her|their|customer'?s?|user) (?:fault|mistake|error|side|end)"
        r"|needed help|user error)\b",
        re.IGNORECASE,
    ),
}
CAUSES = {
    Cause.US: "our side",
    Cause.CUSTOMER: "the customer needed help",
    Cause.UNKNOWN: "unknown",
}


@skill(("Bianca Rossi is unhappy with the late invoice", "Noted the concern of Bianca Rossi"))
def add_concern(
    turn: Turn,
    customer: Annotated[Customer, Ask("Whose concern is it?", recent=True)],
    concern: Annotated[str, Ask("What is the concern?")],
    when: Annotated[Moment | None, Past()] = None,
    sentiment: Sentiment | None = None,
) -> Reply:
    """Note what a customer is unhappy with"""
    interaction = turn.made(Interaction)
    raised = turn.now
    if interaction is not None:
        raised = interaction.happened_at
    if when is not None and when.start < turn.now:
        raised = when.start
    kept = Concern(
        customer=customer,
        statement=concern[:500],
        theme=theme_of(concern),
        sentiment=sentiment or Sentiment.NEGATIVE,
        raised_at=raised,
        day_only=when is not None and when.grain not in ("minute", "hour"),
        channel=interaction.channel if interaction else None,
        employee=turn.employee,
        interaction_id=interaction.id if interaction else None,
    )
    turn.session.add(kept)
    turn.session.flush()
    facts = _like_it(turn, kept)
    return Reply(
        f"Noted the concern of {who(customer)}: {plain(concern)} ({day_of(raised, turn)}, open).",
        facts=facts,
        about=[customer, kept],
        made=[kept],
    )


@question(("what did Bianca Rossi complain about?", "Nothing recorded"))
def get_concerns(
    turn: Turn,
    customer: Annotated[Customer, Ask("Whose concerns?", recent=True)],
    period: Annotated[Moment | None, Past()] = None,
) -> Reply:
    """What a customer complained about"""
    since, until = (period.start, period.end) if period else (None, None)
    found = concerns.of(turn.session, customer, since=since, until=until)
    during = f" in {moment_of(period, turn)}" if period else ""
    if not found:
        return Reply(f"Nothing recorded: no concern of {who(customer)}{during}.", about=[customer])
    facts = [told(turn, one, customer) for one in found]
    open_ones = [one for one in found if one.status is ConcernStatus.OPEN]
    head = (
        f"{who(customer)}{during}: {count(len(found), 'concern')}, {len(open_ones)} open."
        " Nothing else recorded."
    )
    choices: list[Choice] = []
    if len(open_ones) == 1:
        facts += _like_it(turn, open_ones[0])
        choices = _cause_choices(open_ones[0])
    return Reply(head, facts=facts, choices=choices, about=[customer, *found])


@skill()
def resolve_concern(
    turn: Turn,
    customer: Annotated[Customer, Ask("Whose concern is settled?", recent=True)],
    concern: Annotated[Concern, Ask("Which concern?")],
    note: str | None = None,
    cause: Cause | None = None,
) -> Reply | Question:
    """Mark a concern as settled"""
    cause = cause or cause_in(turn.text)
    if cause is not None:
        concern.cause = cause
    concerns.resolve(concern, at=turn.now, employee=turn.employee, resolution=note)
    others = concerns.others_said(turn.session, concern)
    open_others = [one for one in others if one.status is ConcernStatus.OPEN]
    facts = [f"How: {plain(note)}"] if note else []
    if open_others:
        names = ", ".join(dict.fromkeys(plain(one.customer.name) for one in open_others[:5]))
        facts.append(f"The same is still open with {names}. I send nothing to customers.")
    return Reply(
        f"Resolved today for {who(customer)}: {plain(concern.statement)} "
        f"(cause: {CAUSES[concern.cause]}).",
        facts=facts,
        choices=_follow_ups(open_others, concern),
        about=[customer, concern],
        made=[concern],
    )


@skill()
def set_cause(turn: Turn, concern: Concern, cause: Cause) -> Reply:
    """Say where the cause of a concern lies"""
    concern.cause = cause
    return Reply(
        f'Suspected cause of "{plain(concern.statement)}": {CAUSES[cause]}.',
        about=[concern.customer, concern],
        made=[concern],
    )


def cause_in(said: str) -> Cause | None:
    """Where the words put the cause, if they do ("it's our site")."""
    for cause, words in CAUSE_WORDS.items():
        if words.search(said):
            return cause
    return None


def told(turn: Turn, one: Concern, asked: Customer | None = None) -> str:
    """A concern with its date, channel, author and state."""
    by = f", by {channel_name(one.channel)}" if one.channel else ""
    state = "still open"
    if one.status is ConcernStatus.RESOLVED:
        settled = day_of(one.resolved_at, turn) if one.resolved_at else ""
        state = f"resolved {settled}"
        state += f": {plain(one.resolution)}" if one.resolution else ""
    cause = f"; suspected cause: {CAUSES[one.cause]}" if one.cause is not Cause.UNKNOWN else ""
    whose = f"{plain(one.customer.name)}: " if asked and one.customer_id != asked.id else ""
    return (
        f"{whose}{plain(one.statement)} ({day_of(one.raised_at, turn)}{by}, told to "
        f"{said_by(one.employee, turn)}) - {state}{cause}"
    )


def _like_it(turn: Turn, concern: Concern) -> list[str]:
    others = {one.customer_id: one for one in concerns.others_said(turn.session, concern)}
    if not others:
        return []
    first = min(one.raised_at for one in others.values())
    said = "said" if len(others) > 1 else "has said"
    return [f"{count(len(others), 'other customer')} {said} the same since {day_of(first, turn)}."]


def _cause_choices(concern: Concern) -> list[Choice]:
    stored = encode(concern)
    customer = encode(concern.customer)
    return [
        Choice("Cause: us", "set_cause", {"concern": stored, "cause": Cause.US.value}),
        Choice(
            "Cause: customer needed help",
            "set_cause",
            {"concern": stored, "cause": Cause.CUSTOMER.value},
        ),
        Choice("Resolve", "resolve_concern", {"customer": customer, "concern": stored}),
    ]


def _follow_ups(others: list[Concern], concern: Concern) -> list[Choice]:
    if not others:
        return []
    return [
        Choice(
            f"{count(len(others), 'follow-up')} for the owners",
            "plan_follow_ups",
            {"concern": encode(concern)},
        ),
        Choice("Not now", "thank", {}, drops=True),
    ]
