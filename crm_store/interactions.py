"""Interactions: every touch between the firm and a customer, whoever had it and however."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Index, Select, String, Text, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from crm_store.campaigns import Campaign
from crm_store.columns import Money, UtcTime, choice, link
from crm_store.contact import Channel, Direction, Milestone, Outcome, Sentiment
from crm_store.customers import Customer, CustomerKind, circle, companies_of
from crm_store.deals import Deal
from crm_store.employees import Employee
from crm_store.rows import Recorded

if TYPE_CHECKING:
    from crm_store.attachments import Attachment


class Interaction(Recorded):
    """One touch. `day_only` says that only the day of `happened_at` is known."""

    __tablename__ = "interactions"
    __table_args__ = (
        Index(None, "customer_id", "happened_at"),
        Index(None, "company_id", "happened_at"),
        Index(None, "employee_id", "happened_at"),
        Index(None, "channel", "happened_at"),
        Index(None, "happened_at"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_1_to_5"),
        CheckConstraint("duration_minutes >= 0", name="duration_positive"),
    )

    customer_id: Mapped[int] = link("customers.id", index=False)
    company_id: Mapped[int | None] = link("customers.id", index=False)
    channel: Mapped[Channel] = mapped_column(choice(Channel))
    direction: Mapped[Direction] = mapped_column(choice(Direction), default=Direction.OUTBOUND)
    happened_at: Mapped[datetime] = mapped_column(UtcTime)
    day_only: Mapped[bool] = mapped_column(default=False)
    employee_id: Mapped[int | None] = link("employees.id", index=False)
    to_employee_id: Mapped[int | None] = link("employees.id")
    """The colleague it was passed on to, where it was (a transfer, a delegation)."""
    department: Mapped[str | None] = mapped_column(String(100))
    automated: Mapped[bool] = mapped_column(default=False)
    topic: Mapped[str | None] = mapped_column(String(300))
    note: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome))
    milestone: Mapped[Milestone | None] = mapped_column(choice(Milestone))
    duration_minutes: Mapped[int | None]
    rating: Mapped[int | None]
    technique: Mapped[str | None] = mapped_column(String(200))
    offer: Mapped[str | None] = mapped_column(String(300))
    amount: Mapped[Decimal | None] = mapped_column(Money)
    currency: Mapped[str | None] = mapped_column(String(3))
    reference: Mapped[str | None] = mapped_column(String(100), index=True)
    sentiment: Mapped[Sentiment | None] = mapped_column(choice(Sentiment))
    source: Mapped[str | None] = mapped_column(String(100))
    external_id: Mapped[str | None] = mapped_column(String(300), index=True)
    thread: Mapped[str | None] = mapped_column(String(300), index=True)
    deal_id: Mapped[int | None] = link("deals.id")
    campaign_id: Mapped[int | None] = link("campaigns.id")
    created_at: Mapped[datetime] = mapped_column(UtcTime)

    customer: Mapped[Customer] = relationship(foreign_keys=[customer_id])
    company: Mapped[Customer | None] = relationship(foreign_keys=[company_id])
    employee: Mapped[Employee | None] = relationship(foreign_keys=[employee_id])
    to_employee: Mapped[Employee | None] = relationship(foreign_keys=[to_employee_id])
    deal: Mapped[Deal | None] = relationship()
    campaign: Mapped[Campaign | None] = relationship()
    attachments: Mapped[list["Attachment"]] = relationship(
        back_populates="interaction", cascade="all, delete-orphan", order_by="Attachment.id"
    )


def touching(
    session: Session,
    customer: Customer,
    *,
    channel: Channel | None = None,
    direction: Direction | None = None,
    milestone: Milestone | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    company_too: bool = False,
) -> Select[Interaction]:
    """Interactions with a customer, in no order: of a company, those with its people too.

    `since` is inclusive, `until` exclusive. `company_too` adds to a person's own those that
    were noted for the person's companies.
    """
    ids = circle(session, customer)
    if company_too:
        ids += [company.id for company in companies_of(session, customer)]
    wanted = select(Interaction).where(Interaction.customer_id.in_(ids))
    if customer.kind is CustomerKind.COMPANY:
        of_company = Interaction.company_id == customer.id
        wanted = select(Interaction).where(or_(Interaction.customer_id.in_(ids), of_company))
    for column, value in (
        (Interaction.channel, channel),
        (Interaction.direction, direction),
        (Interaction.milestone, milestone),
    ):
        if value is not None:
            wanted = wanted.where(column == value)
    if since is not None:
        wanted = wanted.where(Interaction.happened_at >= since)
    if until is not None:
        wanted = wanted.where(Interaction.happened_at < until)
    return wanted


def history(
    session: Session,
    customer: Customer,
    *,
    channel: Channel | None = None,
    milestone: Milestone | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int | None = None,
    company_too: bool = False,
) -> list[Interaction]:
    """What passed between the firm and a customer, the newest first."""
    wanted = touching(
        session,
        customer,
        channel=channel,
        milestone=milestone,
        since=since,
        until=until,
        company_too=company_too,
    )
    order = (Interaction.happened_at.desc(), Interaction.id.desc())
    return list(session.scalars(wanted.order_by(*order).limit(limit)))


def last_contact(
    session: Session,
    customer: Customer,
    *,
    channel: Channel | None = None,
    until: datetime | None = None,
) -> Interaction | None:
    """The newest touch with the customer; talk between colleagues about it is none."""
    wanted = touching(session, customer, channel=channel, until=until)
    return session.scalars(
        wanted.where(Interaction.direction != Direction.INTERNAL)
        .order_by(Interaction.happened_at.desc(), Interaction.id.desc())
        .limit(1)
    ).one_or_none()


def how_many(
    session: Session,
    customer: Customer,
    *,
    channel: Channel | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> int:
    """How many touches there were."""
    wanted = touching(session, customer, channel=channel, since=since, until=until)
    return session.scalar(select(func.count()).select_from(wanted.subquery())) or 0


def by_reference(session: Session, reference: str) -> list[Interaction]:
    """What was noted under an invoice or contract number, oldest first."""
    return list(
        session.scalars(
            select(Interaction)
            .where(Interaction.reference == reference)
            .order_by(Interaction.happened_at, Interaction.id)
        )
    )
