"""Where each value of a customer's profile comes from, and whether it was stated or guessed."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.columns import UtcTime, choice, link
from crm_store.customers import Customer, LifecycleStage
from crm_store.employees import Employee
from crm_store.rows import Recorded


class ProfileValue(Recorded):
    """One value a field was given; the newest row of a field speaks for it."""

    __tablename__ = "profile_values"
    __table_args__ = (Index(None, "customer_id", "field", "stated_at"),)

    customer_id: Mapped[int] = link("customers.id", index=False)
    field: Mapped[str] = mapped_column(String(40))
    value: Mapped[str | None] = mapped_column(Text)
    stated: Mapped[bool] = mapped_column(default=True)
    source: Mapped[str | None] = mapped_column(String(100))
    stated_at: Mapped[datetime] = mapped_column(UtcTime)
    employee_id: Mapped[int | None] = link("employees.id")
    interaction_id: Mapped[int | None] = link("interactions.id")

    customer: Mapped[Customer] = relationship()
    employee: Mapped[Employee | None] = relationship()


class LifecycleChange(Recorded):
    """When a customer came to a stage, and why."""

    __tablename__ = "lifecycle_changes"
    __table_args__ = (Index(None, "customer_id", "at"), Index(None, "at", "after"))

    customer_id: Mapped[int] = link("customers.id", index=False)
    before: Mapped[LifecycleStage | None] = mapped_column(choice(LifecycleStage))
    after: Mapped[LifecycleStage] = mapped_column(choice(LifecycleStage))
    at: Mapped[datetime] = mapped_column(UtcTime)
    reason: Mapped[str | None] = mapped_column(String(200))
    employee_id: Mapped[int | None] = link("employees.id")

    customer: Mapped[Customer] = relationship()
