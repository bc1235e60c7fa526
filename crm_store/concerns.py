"""Concerns: what customers are unhappy with, the suspected cause, and how it was resolved."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from crm_store.columns import UtcTime, choice, link
from crm_store.contact import Channel, Sentiment
from crm_store.customers import Customer, circle
from crm_store.employees import Employee
from crm_store.interactions import Interaction
from crm_store.rows import Recorded


class Cause(StrEnum):
    """Whose doing it is thought to be."""

    US = "us"
    CUSTOMER = "customer"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """How much it weighs."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class ConcernStatus(StrEnum):
    """Whether it still stands."""

    OPEN = "open"
    RESOLVED = "resolved"


class Concern(Recorded):
    """One complaint or worry."""

    __tablename__ = "concerns"
    __table_args__ = (
        Index(None, "customer_id", "raised_at"),
        Index(None, "status", "raised_at"),
        Index(None, "theme", "raised_at"),
    )

    customer_id: Mapped[int] = link("customers.id", index=False)
    statement: Mapped[str] = mapped_column(String(500))
    theme: Mapped[str | None] = mapped_column(String(60))
    cause: Mapped[Cause] = mapped_column(choice(Cause), default=Cause.UNKNOWN)
    cause_note: Mapped[str | None] = mapped_column(String(300))
    severity: Mapped[Severity] = mapped_column(choice(Severity), default=Severity.NORMAL)
    sentiment: Mapped[Sentiment | None] = mapped_column(choice(Sentiment))
    status: Mapped[ConcernStatus] = mapped_column(choice(ConcernStatus), default=ConcernStatus.OPEN)
    raised_at: Mapped[datetime] = mapped_column(UtcTime)
    day_only: Mapped[bool] = mapped_column(default=False)
    channel: Mapped[Channel | None] = mapped_column(choice(Channel))
    employee_id: Mapped[int | None] = link("employees.id")
    interaction_id: Mapped[int | None] = link("interactions.id")
    resolved_at: Mapped[datetime | None] = mapped_column(UtcTime)
    resolution: Mapped[str | None] = mapped_column(Text)
    resolved_by_id: Mapped[int | None] = link("employees.id")

    customer: Mapped[Customer] = relationship()
    employee: Mapped[Employee | None] = relationship(foreign_keys=[employee_id])
    resolved_by: Mapped[Employee | None] = relationship(foreign_keys=[resolved_by_id])
    interaction: Mapped[Interaction | None] = relationship()


def of(
    session: Session,
    customer: Customer,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    status: ConcernStatus | None = None,
) -> list[Concern]:
    """What the customer (of a company, its people too) was unhappy with, the newest first.

    `since` is inclusive and `until` exclusive; both tell when it was raised.
    """
    wanted = select(Concern).where(Concern.customer_id.in_(circle(session, customer)))
    if since is not None:
        wanted = wanted.where(Concern.raised_at >= since)
    if until is not None:
        wanted = wanted.where(Concern.raised_at < until)
    if status is not None:
        wanted = wanted.where(Concern.status == status)
    return list(session.scalars(wanted.order_by(Concern.raised_at.desc(), Concern.id.desc())))


def open_for(session: Session, customer: Customer) -> list[Concern]:
    """What still stands, the newest first."""
    return of(session, customer, status=ConcernStatus.OPEN)


def others_said(
    session: Session, concern: Concern, *, since: datetime | None = None
) -> list[Concern]:
    """Concerns of other customers with the same theme, the newest first."""
    if concern.theme is None:
        return []
    wanted = select(Concern).where(
        Concern.theme == concern.theme, Concern.customer_id != concern.customer_id
    )
    if since is not None:
        wanted = wanted.where(Concern.raised_at >= since)
    return list(session.scalars(wanted.order_by(Concern.raised_at.desc(), Concern.id.desc())))


def themes(
    session: Session, *, since: datetime | None = None, until: datetime | None = None
) -> list[tuple[str, int]]:
    """How many concerns each theme has, the most frequent first."""
    count = func.count(Concern.id)
    wanted = select(Concern.theme, count).where(Concern.theme.is_not(None))
    if since is not None:
        wanted = wanted.where(Concern.raised_at >= since)
    if until is not None:
        wanted = wanted.where(Concern.raised_at < until)
    rows = session.execute(wanted.group_by(Concern.theme).order_by(count.desc(), Concern.theme))
    return [(theme, number) for theme, number in rows if theme is not None]


def resolve(
    concern: Concern, *, at: datetime, employee: Employee | None, resolution: str | None = None
) -> None:
    """It is settled, by whom and how."""
    concern.status = ConcernStatus.RESOLVED
    concern.resolved_at = at
    concern.resolved_by = employee
    concern.resolution = resolution or concern.resolution
