"""Deals: opened, moved, won, lost, changed and listed."""

from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from crm_store import lifecycle, pipeline
from crm_store.customers import Customer
from crm_store.deals import Deal, Stage, StageKind
from crm_store.employees import Employee
from nlu.dates import Moment
from nlu.money import Money
from skills.kit import Ask, Choice, Question, Refused, Reply, Turn, bold, question, skill
from skills.values import encode
from skills.wording import count, day_of, listed, moment_of, money_of, plain, who

OUT_OF_LINE = 10
"""How many times the largest deal so far an amount may be before it is asked about."""
LARGE = Decimal(10_000_000)
"""What is asked about in a firm without deals."""
MOST = Decimal(10) ** 15
SHOWN = 15


class Comparison(StrEnum):
    """Which side of an amount is meant."""

    OVER = "over"
    UNDER = "under"


@skill(("new 20k deal with Bianca Rossi closing in June", "New deal"))
def add_deal(
    turn: Turn,
    customer: Annotated[Customer, Ask("With whom is the deal?", recent=True)],
    deal: str | None = None,
    amount: Money | None = None,
    stage: str | None = None,
    when: Moment | None = None,
    confirmed: bool = False,
) -> Reply | Question:
    """Open a deal"""
    doubt = None if confirmed else _doubt(turn, amount)
    if doubt is not None:
        return doubt
    begun = Deal(
        name=(deal or f"{customer.name} deal")[:200],
        customer=customer,
        company_id=customer.company.id if customer.company else None,
        owner=turn.employee,
        stage=_stage(turn, stage) or pipeline.stages(turn.session)[0],
        amount=amount.value if amount else None,
        currency=(amount.currency or turn.firm.currency) if amount else None,
        close_on=_last_day(when) if when else None,
        created_at=turn.now,
    )
    pipeline.begin(turn.session, begun, at=turn.now, on=turn.today.date(), employee=turn.employee)
    return Reply(
        f"New deal with {who(customer)}: {line(turn, begun)}.",
        about=[customer, begun],
        made=[begun],
    )


@skill(("move the Rossi survey to negotiation", "negotiation"))
def update_deal(
    turn: Turn,
    customer: Customer | None = None,
    *,
    deal: Annotated[Deal, Ask("Which deal?", recent=True)],
    stage: str | None = None,
    amount: Annotated[Money | None, Ask("What is the value?")] = None,
    when: Moment | None = None,
    reason: str | None = None,
    confirmed: bool = False,
) -> Reply | Question:
    """Move, win, lose or change a deal"""
    doubt = None if confirmed else _doubt(turn, amount)
    if doubt is not None:
        return doubt
    said: list[str] = []
    wanted = _stage(turn, stage)
    if wanted is None and reason:
        wanted = pipeline.stage_of_kind(turn.session, StageKind.LOST)
    if wanted is not None:
        if wanted.kind is StageKind.LOST and not reason:
            return _why_lost(turn, deal)
        said.append(_move(turn, deal, wanted, reason, when))
    if amount is not None:
        before = money_of(deal.amount, deal.currency, turn) if deal.amount is not None else "none"
        deal.amount, deal.currency = amount.value, amount.currency or turn.firm.currency
        said.append(f"value {before} -> {bold(money_of(deal.amount, deal.currency, turn))}")
    if when is not None and (wanted is None or wanted.kind is StageKind.OPEN):
        deal.close_on = _last_day(when)
        said.append(f"closes {day_of(deal.close_on, turn)}")
    if not said:
        raise Refused(f"What should change about {plain(deal.name)}: stage, value or close date?")
    turn.session.flush()
    facts = []
    if deal.customer is not None:
        moved = lifecycle.follow(turn.session, deal.customer, at=turn.now, employee=turn.employee)
        facts = [f"{plain(deal.customer.name)} is now a {moved.after.value}."] if moved else []
    about = [row for row in (deal.customer, deal) if row is not None]
    return Reply(f"{bold(deal.name)}: {listed(said)}.", facts=facts, about=about, made=[deal])


@question(("open deals over 10k", "deal"))
def list_deals(
    turn: Turn,
    customer: Customer | None = None,
    deal: Deal | None = None,
    stage: str | None = None,
    period: Moment | None = None,
    amount: Money | None = None,
    comparison: Comparison | None = None,
    assignee: Employee | None = None,
    limit: int | None = None,
) -> Reply:
    """List open deals, or show one"""
    if deal is not None:
        return Reply(f"{line(turn, deal)}.", about=[deal])
    if customer is not None:
        found = pipeline.deals_of(turn.session, customer)
    else:
        under = comparison is Comparison.UNDER
        bound = amount.value if amount else None
        found = pipeline.open_deals(
            turn.session,
            owner=assignee,
            stage=_stage(turn, stage),
            closing_from=period.start.date() if period else None,
            closing_before=period.end.date() if period and period.end else None,
            at_least=None if under else bound,
            at_most=bound if under or (bound and comparison is None) else None,
        )
    during = f" closing in {moment_of(period, turn)}" if period else ""
    if not found:
        return Reply(f"No deal like that{during}.")
    shown = found[: limit or SHOWN]
    facts = [f"{n}. {line(turn, one)}" for n, one in enumerate(shown, start=1)]
    return Reply(f"{count(len(found), 'deal')}{during}:", facts=facts, about=shown)


def line(turn: Turn, deal: Deal) -> str:
    """A deal on a line: name, customer, value, stage, close date, owner."""
    value = money_of(deal.amount, deal.currency, turn) if deal.amount is not None else "no value"
    parts = [bold(deal.name), value, plain(deal.stage.name)]
    if deal.closed_on is not None:
        parts.append(f"closed {day_of(deal.closed_on, turn)}")
    elif deal.close_on is not None:
        parts.append(f"closes {day_of(deal.close_on, turn)}")
    if deal.owner is not None:
        parts.append(plain(deal.owner.name))
    return ", ".join(parts)


def _doubt(turn: Turn, amount: Money | None) -> Question | None:
    """A value far out of line is asked about before anything is written."""
    if amount is None:
        return None
    if amount.value >= MOST or amount.value < 0:
        raise Refused("That is no value a deal can have. The old one stays.")
    currency = amount.currency or turn.firm.currency
    largest = pipeline.largest(turn.session, currency)
    bound = largest * OUT_OF_LINE if largest else LARGE
    if amount.value <= bound:
        return None
    shown = money_of(amount.value, currency, turn)
    beside = (
        f"far above the biggest deal so far ({money_of(largest, currency, turn)})"
        if largest
        else "very much"
    )
    return Question(
        f"That would be {bold(shown)}, {beside}. Really?",
        slot="amount",
        choices=(
            Choice("Yes, really", values={"confirmed": True}, yes=True),
            Choice("Correct it", asks="What is the right value?"),
            Choice("Cancel", drops=True),
        ),
    )


def _stage(turn: Turn, said: str | None) -> Stage | None:
    if not said:
        return None
    found = pipeline.stage_named(turn.session, said)
    if found is None:
        known = listed([plain(s.name) for s in pipeline.stages(turn.session)])
        raise Refused(f'There is no stage "{plain(said)}"; there are {known}.')
    return found


def _why_lost(turn: Turn, deal: Deal) -> Question:
    choices = tuple(
        Choice(reason.name.capitalize(), values={"reason": reason.name, "deal": encode(deal)})
        for reason in pipeline.lost_reasons(turn.session)
    )
    return Question(f"Why was {bold(deal.name)} lost?", slot="reason", choices=choices)


def _move(turn: Turn, deal: Deal, stage: Stage, reason: str | None, when: Moment | None) -> str:
    before = deal.stage
    on = turn.today.date()
    if when is not None and stage.kind is not StageKind.OPEN and when.start <= turn.now:
        on = when.start.date()
    lost = pipeline.lost_reason_named(turn.session, reason) if reason else None
    change = pipeline.move(
        turn.session,
        deal,
        stage,
        at=turn.now,
        on=on,
        employee=turn.employee,
        lost_reason=lost,
        lost_note=None if lost else reason,
    )
    because = f" ({plain(reason)})" if reason else ""
    if change is None:
        return f"is at {plain(stage.name)} already{because}"
    return f"{plain(before.name)} -> {bold(stage.name)}{because}"


def _last_day(when: Moment) -> date:
    """A month or quarter closes on its last day."""
    if when.end is None or when.grain in ("minute", "hour", "day"):
        return when.start.date()
    return (when.end - timedelta(days=1)).date()
