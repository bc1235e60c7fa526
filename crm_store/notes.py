"""Notes: what is worth keeping about a customer and fits nowhere else."""

from datetime import datetime

from sqlalchemy import ColumnElement, Index, Text, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from crm_store.columns import UtcTime, link
from crm_store.customers import Customer, circle
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


def readable(reader: Employee) -> ColumnElement[bool]:
    """The notes that an employee may read: everybody's, but private ones only their own."""
    return or_(Note.private.is_(False), Note.employee_id == reader.id)


def of(
    session: Session, customer: Customer, reader: Employee, limit: int | None = None
) -> list[Note]:
    """What is noted of the customer (of a company, its people too), the newest first."""
    return list(
        session.scalars(
            select(Note)
            .where(Note.customer_id.in_(circle(session, customer)), readable(reader))
            .order_by(Note.written_at.desc(), Note.id.desc())
            .limit(limit)
        )
    )


def mentioning(session: Session, words: str, reader: Employee, limit: int = 50) -> list[Note]:
    """Notes in which all the words stand, the newest first."""
    wanted = select(Note).where(readable(reader))
    for word in words.split():
        wanted = wanted.where(Note.text.icontains(word, autoescape=True))
    return list(
        session.scalars(wanted.order_by(Note.written_at.desc(), Note.id.desc()).limit(limit))
    )
