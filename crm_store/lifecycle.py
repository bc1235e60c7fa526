"""The lifecycle: what happened moves a customer from prospect to buyer, to repeat buyer, away."""

from datetime import datetime

from sqlalchemy import String, cast, func, or_, select
from sqlalchemy.orm import Session

from crm_store.contact import Milestone
from crm_store.customers import Customer, LifecycleStage, Relation
from crm_store.deals import Deal, Stage, StageKind
from crm_store.employees import Employee
from crm_store.interactions import Interaction
from crm_store.profile import LifecycleChange

SHOWS_INTEREST = frozenset({Milestone.ENQUIRY, Milestone.BID_REQUESTED})


def move(
    session: Session,
    customer: Customer,
    stage: LifecycleStage,
    *,
    at: datetime,
    employee: Employee | None,
    reason: str | None = None,
) -> LifecycleChange | None:
    """Put the customer at a stage and keep when and why; None if it is there already."""
    if customer.lifecycle_stage is stage:
        return None
    change = LifecycleChange(
        customer=customer,
        before=customer.lifecycle_stage,
        after=stage,
        at=at,
        reason=reason,
        employee_id=employee.id if employee else None,
    )
    customer.lifecycle_stage = stage
    session.add(change)
    session.flush()
    return change


def follow(
    session: Session, customer: Customer, *, at: datetime, employee: Employee | None
) -> LifecycleChange | None:
    """Move the customer to where its purchases and milestones have brought it, never backwards.

    One purchase makes a customer, two a repurchase; a prospect who asks becomes a lead. Vendors
    and partners have no lifecycle.
    """
    session.flush()
    reached = _reached(session, customer)
    if reached is None:
        return None
    stage, reason = reached
    return move(session, customer, stage, at=at, employee=employee, reason=reason)


def _reached(session: Session, customer: Customer) -> tuple[LifecycleStage, str] | None:
    if customer.relation is not Relation.CUSTOMER:
        return None
    bought = purchases(session, customer)
    if bought > 1:
        return LifecycleStage.REPURCHASE, f"bought {bought} times"
    if bought and customer.lifecycle_stage is not LifecycleStage.REPURCHASE:
        return LifecycleStage.CUSTOMER, "first purchase"
    if customer.lifecycle_stage is LifecycleStage.PROSPECT and _asked(session, customer):
        return LifecycleStage.LEAD, "asked for an offer"
    return None


def purchases(session: Session, customer: Customer) -> int:
    """How often it bought: won deals or, where more, payments with different numbers."""
    deals = session.scalar(
        select(func.count(Deal.id))
        .join(Stage)
        .where(or_(Deal.customer_id == customer.id, Deal.company_id == customer.id))
        .where(Stage.kind == StageKind.WON)
    )
    number = func.coalesce(Interaction.reference, cast(Interaction.id, String))
    payments = session.scalar(
        select(func.count(func.distinct(number))).where(
            Interaction.customer_id == customer.id, Interaction.milestone == Milestone.PAID
        )
    )
    # A deal that was won is paid later: the same sale is not counted twice.
    return max(deals or 0, payments or 0)


def history(session: Session, customer: Customer) -> list[LifecycleChange]:
    """The stages the customer went through, oldest first."""
    return list(
        session.scalars(
            select(LifecycleChange)
            .where(LifecycleChange.customer_id == customer.id)
            .order_by(LifecycleChange.at, LifecycleChange.id)
        )
    )


def _asked(session: Session, customer: Customer) -> bool:
    asked = (
        select(Interaction.id)
        .where(Interaction.customer_id == customer.id)
        .where(Interaction.milestone.in_(SHOWS_INTEREST))
    )
    return session.scalar(asked.limit(1)) is not None
