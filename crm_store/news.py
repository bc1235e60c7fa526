"""News of one's own customers: what they are unhappy with, what colleagues noted, who is silent."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CompoundSelect, func, or_, select
from sqlalchemy.orm import Session

from crm_store.columns import UtcTime
from crm_store.concerns import Concern, ConcernStatus
from crm_store.contact import Direction
from crm_store.customers import CompanyRole, Customer, LifecycleStage, Relation, living
from crm_store.employees import Employee
from crm_store.interactions import Interaction

GONE = (LifecycleStage.LEAD,)
"""Stages at which nobody waits to hear from the firm yet."""


def new_concerns(
    session: Session, owner: Employee, since: datetime, until: datetime
) -> list[Concern]:
    """Open concerns of one's customers that somebody else noted in the period."""
    mine = _mine(owner)
    return list(
        session.scalars(
            select(Concern)
            .where(Concern.customer_id.in_(mine), Concern.status == ConcernStatus.OPEN)
            .where(Concern.raised_at >= since, Concern.raised_at < until)
            .where(or_(Concern.employee_id.is_(None), Concern.employee_id != owner.id))
            .order_by(Concern.raised_at, Concern.id)
        )
    )


def noted_by_others(
    session: Session, owner: Employee, since: datetime, until: datetime
) -> list[Interaction]:
    """Contacts with one's customers that colleagues noted in the period."""
    mine = _mine(owner)
    return list(
        session.scalars(
            select(Interaction)
            .where(Interaction.customer_id.in_(mine))
            .where(Interaction.created_at >= since, Interaction.created_at < until)
            .where(Interaction.employee_id.is_not(None), Interaction.employee_id != owner.id)
            .order_by(Interaction.happened_at, Interaction.id)
        )
    )


def silent(
    session: Session, owner: Employee, since: datetime, limit: int
) -> Sequence[tuple[Customer, datetime]]:
    """One's customers without a contact since then and when the last one was, the longest
    silent first. People stand for the company they work at."""
    latest = (
        select(Interaction.customer_id, func.max(Interaction.happened_at).label("at"))
        .where(Interaction.direction != Direction.INTERNAL)
        .group_by(Interaction.customer_id)
        .subquery()
    )
    rows = session.execute(
        living()
        .add_columns(func.max(latest.c.at, type_=UtcTime))
        .join(latest, latest.c.customer_id == Customer.id)
        .where(Customer.owner_id == owner.id, Customer.relation == Relation.CUSTOMER)
        .where(Customer.lifecycle_stage.not_in(GONE))
        .group_by(Customer.id)
        .having(func.max(latest.c.at, type_=UtcTime) < since)
        .order_by(func.max(latest.c.at, type_=UtcTime), Customer.id)
        .limit(limit)
    )
    return [(customer, at) for customer, at in rows]


def _mine(owner: Employee) -> CompoundSelect[int]:
    """The ids of one's customers, and of the people at one's companies."""
    owned = select(Customer.id).where(Customer.owner_id == owner.id)
    at_owned = select(CompanyRole.person_id).where(CompanyRole.company_id.in_(owned))
    return owned.union(at_owned)
