"""Deals: what may be sold to whom, for how much, and how far it has come."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.columns import Money, UtcTime, choice, link
from crm_store.customers import Customer
from crm_store.employees import Employee
from crm_store.rows import Recorded


class StageKind(StrEnum):
    """What a stage means for the figures, whatever the firm calls it."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class Stage(Recorded):
    """A step of the firm's own pipeline; `chance` is the percentage expected to be won."""

    __tablename__ = "stages"
    __table_args__ = (CheckConstraint("chance BETWEEN 0 AND 100", name="chance_percent"),)
    about = None

    name: Mapped[str] = mapped_column(String(60), unique=True)
    position: Mapped[int]
    chance: Mapped[int]
    kind: Mapped[StageKind] = mapped_column(choice(StageKind), default=StageKind.OPEN)


class LostReason(Recorded):
    """Why deals are lost, in the firm's own list."""

    __tablename__ = "lost_reasons"
    about = None

    name: Mapped[str] = mapped_column(String(100), unique=True)
    position: Mapped[int] = mapped_column(default=0)


class Product(Recorded):
    """Something the firm sells."""

    __tablename__ = "products"
    about = None

    name: Mapped[str] = mapped_column(String(200), unique=True)
    price: Mapped[Decimal | None] = mapped_column(Money)
    currency: Mapped[str | None] = mapped_column(String(3))
    active: Mapped[bool] = mapped_column(default=True)


class Deal(Recorded):
    """A sale in the making, won or lost. Dates are days in the firm's zone."""

    __tablename__ = "deals"
    __table_args__ = (
        Index(None, "stage_id", "close_on"),
        Index(None, "owner_id", "stage_id"),
        Index(None, "closed_on", "stage_id"),
        Index(None, "customer_id", "opened_on"),
        Index(None, "opened_on"),
    )

    reference: Mapped[str | None] = mapped_column(String(100), unique=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    customer_id: Mapped[int | None] = link("customers.id", index=False)
    company_id: Mapped[int | None] = link("customers.id")
    owner_id: Mapped[int | None] = link("employees.id", index=False)
    stage_id: Mapped[int] = link("stages.id", index=False)
    amount: Mapped[Decimal | None] = mapped_column(Money)
    currency: Mapped[str | None] = mapped_column(String(3))
    opened_on: Mapped[date | None]
    close_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    lost_reason_id: Mapped[int | None] = link("lost_reasons.id")
    lost_note: Mapped[str | None] = mapped_column(Text)
    campaign_id: Mapped[int | None] = link("campaigns.id")
    created_at: Mapped[datetime] = mapped_column(UtcTime)

    customer: Mapped[Customer | None] = relationship(foreign_keys=[customer_id])
    company: Mapped[Customer | None] = relationship(foreign_keys=[company_id])
    owner: Mapped[Employee | None] = relationship()
    stage: Mapped[Stage] = relationship()
    lost_reason: Mapped[LostReason | None] = relationship()
    lines: Mapped[list["DealLine"]] = relationship(
        back_populates="deal", cascade="all, delete-orphan", order_by="DealLine.id"
    )
    stage_changes: Mapped[list["DealStageChange"]] = relationship(
        back_populates="deal", cascade="all, delete-orphan", order_by="DealStageChange.id"
    )


class DealLine(Recorded):
    """A product in a deal, and how many of it."""

    __tablename__ = "deal_lines"
    about = "deal_id"

    deal_id: Mapped[int] = link("deals.id")
    product_id: Mapped[int] = link("products.id")
    quantity: Mapped[int] = mapped_column(default=1)
    unit_price: Mapped[Decimal | None] = mapped_column(Money)

    deal: Mapped[Deal] = relationship(back_populates="lines")
    product: Mapped[Product] = relationship()


class DealStageChange(Recorded):
    """When a deal came to a stage or got another value; `amount` is the value from then on."""

    __tablename__ = "deal_stage_changes"
    __table_args__ = (Index(None, "deal_id", "at"), Index(None, "at"))
    about = "deal_id"

    deal_id: Mapped[int] = link("deals.id", index=False)
    before_id: Mapped[int | None] = link("stages.id")
    after_id: Mapped[int] = link("stages.id")
    amount: Mapped[Decimal | None] = mapped_column(Money)
    at: Mapped[datetime] = mapped_column(UtcTime)
    employee_id: Mapped[int | None] = link("employees.id")

    deal: Mapped[Deal] = relationship(back_populates="stage_changes")
    before: Mapped[Stage | None] = relationship(foreign_keys=[before_id])
    after: Mapped[Stage] = relationship(foreign_keys=[after_id])
