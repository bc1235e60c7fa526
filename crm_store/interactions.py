"""Interactions: every touch between the firm and a customer, whoever had it and however."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.campaigns import Campaign
from crm_store.columns import Money, UtcTime, choice, link
from crm_store.contact import Channel, Direction, Milestone, Outcome, Sentiment
from crm_store.customers import Customer
from crm_store.deals import Deal
from crm_store.employees import Employee
from crm_store.rows import Recorded, Row


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


class Attachment(Recorded):
    """A file or long text that came with an interaction; `digest` leads to its content."""

    __tablename__ = "attachments"

    customer_id: Mapped[int | None] = link("customers.id")
    interaction_id: Mapped[int | None] = link("interactions.id")
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64), index=True)
    transcript: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcTime)

    interaction: Mapped[Interaction | None] = relationship(back_populates="attachments")


class FileContent(Row):
    """The bytes of a file, once for each SHA-256; not in the ledger, which would copy them."""

    __tablename__ = "file_contents"

    digest: Mapped[str] = mapped_column(String(64), unique=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
