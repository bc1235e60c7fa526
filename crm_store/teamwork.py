"""Teamwork on customers: who follows whom, and who hands what to whom."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from crm_store.columns import UtcTime, choice, link
from crm_store.customers import Customer
from crm_store.employees import Employee
from crm_store.rows import Recorded


class Follow(Recorded):
    """An employee who wants a customer's news in the digest."""

    __tablename__ = "follows"
    __table_args__ = (UniqueConstraint("customer_id", "employee_id"),)

    customer_id: Mapped[int] = link("customers.id", index=False)
    employee_id: Mapped[int] = link("employees.id")
    since: Mapped[datetime] = mapped_column(UtcTime)

    customer: Mapped[Customer] = relationship()
    employee: Mapped[Employee] = relationship()


class HandOverStatus(StrEnum):
    """How far a hand-over has come."""

    PLANNED = "planned"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DONE = "done"
    CANCELLED = "cancelled"


class HandOver(Recorded):
    """A customer that passes from one employee to another, now or at a later time."""

    __tablename__ = "hand_overs"
    __table_args__ = (Index(None, "status", "effective_at"),)

    customer_id: Mapped[int] = link("customers.id")
    from_employee_id: Mapped[int | None] = link("employees.id")
    to_employee_id: Mapped[int] = link("employees.id")
    by_employee_id: Mapped[int | None] = link("employees.id")
    note: Mapped[str | None] = mapped_column(Text)
    status: Mapped[HandOverStatus] = mapped_column(
        choice(HandOverStatus), default=HandOverStatus.PLANNED
    )
    effective_at: Mapped[datetime] = mapped_column(UtcTime)
    created_at: Mapped[datetime] = mapped_column(UtcTime)

    customer: Mapped[Customer] = relationship()
    from_employee: Mapped[Employee | None] = relationship(foreign_keys=[from_employee_id])
    to_employee: Mapped[Employee] = relationship(foreign_keys=[to_employee_id])


def followers(session: Session, customer: Customer) -> list[Employee]:
    """Who wants the customer's news, by name."""
    return list(
        session.scalars(
            select(Employee)
            .join(Follow, Follow.employee_id == Employee.id)
            .where(Follow.customer_id == customer.id, Employee.active)
            .order_by(Employee.name)
        )
    )


def effective(session: Session, now: datetime) -> list[HandOver]:
    """Planned hand-overs whose time has come, the earliest first."""
    return list(
        session.scalars(
            select(HandOver)
            .where(HandOver.status == HandOverStatus.PLANNED, HandOver.effective_at <= now)
            .order_by(HandOver.effective_at, HandOver.id)
        )
    )
