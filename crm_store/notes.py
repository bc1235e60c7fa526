"""Notes: what is worth keeping about a customer and fits nowhere else."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.columns import UtcTime, link
from crm_store.customers import Customer
from crm_store.employees import Employee
from crm_store.rows import Recorded


class Note(Recorded):
    """A remark. A private one is shown to its author alone."""

    __tablename__ = "notes"
    __table_args__ = (Index(None, "customer_id", "written_at"),)

    customer_id: Mapped[int] = link("customers.id", index=False)
    text: Mapped[str] = mapped_column(Text)
    private: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime] = mapped_column(UtcTime)
    employee_id: Mapped[int | None] = link("employees.id")
    interaction_id: Mapped[int | None] = link("interactions.id")

    customer: Mapped[Customer] = relationship()
    employee: Mapped[Employee | None] = relationship()
