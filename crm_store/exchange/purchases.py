"""What imported sales make of customers: buyers, and buyers again."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store import lifecycle
from crm_store.customers import Customer
from crm_store.deals import Deal
from crm_store.exchange.dates import LONG_AGO, NOON
from crm_store.firm import Firm
from crm_store.interactions import Interaction
from crm_store.profile import LifecycleChange
from crm_store.snapshots import chunks

STATED = "imported"
"""The reason that is kept with a lifecycle stage that a file stated."""


def bring_lifecycles_up(session: Session, firm: Firm, buyers: Collection[int]) -> None:
    """Move buyers to where their purchases have brought them, on the day of the latest.

    A stage that a file stated for somebody stands.
    """
    for part in chunks(sorted(buyers)):
        stated = select(LifecycleChange.customer_id).where(
            LifecycleChange.customer_id.in_(part), LifecycleChange.reason == STATED
        )
        wanted = select(Customer).where(Customer.id.in_(part), Customer.id.not_in(stated))
        for customer in session.scalars(wanted.order_by(Customer.id)).all():
            at = _latest(session, firm, customer)
            lifecycle.follow(session, customer, at=at, employee=None)


def _latest(session: Session, firm: Firm, customer: Customer) -> datetime:
    day = session.scalar(
        select(Deal.closed_on)
        .where((Deal.customer_id == customer.id) | (Deal.company_id == customer.id))
        .where(Deal.closed_on.is_not(None))
        .order_by(Deal.closed_on.desc())
        .limit(1)
    )
    if day is not None:
        return datetime.combine(day, NOON, firm.zone)
    moment = session.scalar(
        select(Interaction.happened_at)
        .where(Interaction.customer_id == customer.id, Interaction.milestone.is_not(None))
        .order_by(Interaction.happened_at.desc())
        .limit(1)
    )
    return moment or LONG_AGO
