"""Marketing: segments as rules, campaigns, who is in them and who answered."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from crm_store.columns import Money, UtcTime, choice, json_column, link
from crm_store.contact import Channel
from crm_store.customers import Customer
from crm_store.employees import Employee
from crm_store.rows import Recorded


class Segment(Recorded):
    """A rule that picks customers, kept as words and as the conditions read from them."""

    __tablename__ = "segments"
    about = None

    name: Mapped[str] = mapped_column(String(200), unique=True)
    words: Mapped[str] = mapped_column(Text)
    rule: Mapped[dict[str, Any]] = mapped_column(json_column())
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    created_by_id: Mapped[int | None] = link("employees.id")


class Campaign(Recorded):
    """An effort towards many customers; the assistant keeps the list and sends nothing."""

    __tablename__ = "campaigns"
    about = None

    name: Mapped[str] = mapped_column(String(200), unique=True)
    channel: Mapped[Channel | None] = mapped_column(choice(Channel))
    cost: Mapped[Decimal | None] = mapped_column(Money)
    currency: Mapped[str | None] = mapped_column(String(3))
    offer: Mapped[str | None] = mapped_column(String(300))
    segment_id: Mapped[int | None] = link("segments.id")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    created_by_id: Mapped[int | None] = link("employees.id")

    segment: Mapped[Segment | None] = relationship()


class CampaignMember(Recorded):
    """A customer the campaign addresses."""

    __tablename__ = "campaign_members"
    __table_args__ = (UniqueConstraint("campaign_id", "customer_id"),)

    campaign_id: Mapped[int] = link("campaigns.id", index=False)
    customer_id: Mapped[int] = link("customers.id")
    added_at: Mapped[datetime] = mapped_column(UtcTime)
    reached_at: Mapped[datetime | None] = mapped_column(UtcTime)

    campaign: Mapped[Campaign] = relationship()
    customer: Mapped[Customer] = relationship()


class CampaignResponse(Recorded):
    """A customer who came because of the campaign."""

    __tablename__ = "campaign_responses"

    campaign_id: Mapped[int] = link("campaigns.id")
    customer_id: Mapped[int] = link("customers.id")
    at: Mapped[datetime] = mapped_column(UtcTime)
    interaction_id: Mapped[int | None] = link("interactions.id")
    deal_id: Mapped[int | None] = link("deals.id")
    employee_id: Mapped[int | None] = link("employees.id")

    campaign: Mapped[Campaign] = relationship()
    customer: Mapped[Customer] = relationship()


class Offer(Recorded):
    """What was offered to one customer, and what was decided when peers would get less."""

    __tablename__ = "offers"

    customer_id: Mapped[int] = link("customers.id")
    campaign_id: Mapped[int | None] = link("campaigns.id")
    interaction_id: Mapped[int | None] = link("interactions.id")
    terms: Mapped[str] = mapped_column(String(300))
    amount: Mapped[Decimal | None] = mapped_column(Money)
    currency: Mapped[str | None] = mapped_column(String(3))
    offered_at: Mapped[datetime] = mapped_column(UtcTime)
    employee_id: Mapped[int | None] = link("employees.id")
    fairness: Mapped[str | None] = mapped_column(Text)

    customer: Mapped[Customer] = relationship()
    employee: Mapped[Employee | None] = relationship()


def campaign_named(session: Session, name: str) -> Campaign | None:
    """The campaign of that name, whatever the case."""
    return session.scalars(
        select(Campaign).where(func.lower(Campaign.name) == name.strip().lower())
    ).one_or_none()


def segment_named(session: Session, name: str) -> Segment | None:
    """The saved segment of that name, whatever the case."""
    return session.scalars(
        select(Segment).where(func.lower(Segment.name) == name.strip().lower())
    ).one_or_none()


def running(session: Session, on: date) -> list[Campaign]:
    """The campaigns of that day, by name."""
    return list(
        session.scalars(
            select(Campaign)
            .where(Campaign.ended_at.is_(None))
            .where(Campaign.starts_on.is_(None) | (Campaign.starts_on <= on))
            .where(Campaign.ends_on.is_(None) | (Campaign.ends_on >= on))
            .order_by(Campaign.name)
        )
    )


def members(session: Session, campaign: Campaign) -> list[Customer]:
    """Whom the campaign addresses, by name."""
    return list(
        session.scalars(
            select(Customer)
            .join(CampaignMember, CampaignMember.customer_id == Customer.id)
            .where(CampaignMember.campaign_id == campaign.id)
            .order_by(Customer.name, Customer.id)
        )
    )
