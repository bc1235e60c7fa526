"""Concerns: what customers are unhappy with, the suspected cause, and how it was resolved."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.columns import UtcTime, choice, link
from crm_store.contact import Channel, Sentiment
from crm_store.customers import Customer
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
