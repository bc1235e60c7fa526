"""Ideas: what customers would like the firm to do or offer."""

from datetime import datetime

from sqlalchemy import Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from crm_store.columns import UtcTime, choice, link
from crm_store.contact import Channel
from crm_store.customers import Customer, circle
from crm_store.employees import Employee
from crm_store.interactions import Interaction
from crm_store.rows import Recorded


class Idea(Recorded):
    """One wish or suggestion."""

    __tablename__ = "ideas"
    __table_args__ = (Index(None, "customer_id", "stated_at"), Index(None, "theme", "stated_at"))

    customer_id: Mapped[int] = link("customers.id", index=False)
    statement: Mapped[str] = mapped_column(String(500))
    theme: Mapped[str | None] = mapped_column(String(60))
    stated_at: Mapped[datetime] = mapped_column(UtcTime)
    channel: Mapped[Channel | None] = mapped_column(choice(Channel))
    employee_id: Mapped[int | None] = link("employees.id")
    interaction_id: Mapped[int | None] = link("interactions.id")

    customer: Mapped[Customer] = relationship()
    employee: Mapped[Employee | None] = relationship()
    interaction: Mapped[Interaction | None] = relationship()


def of(session: Session, customer: Customer) -> list[Idea]:
    """What the customer (of a company, its people too) would like, the newest first."""
    return list(
        session.scalars(
            select(Idea)
            .where(Idea.customer_id.in_(circle(session, customer)))
            .order_by(Idea.stated_at.desc(), Idea.id.desc())
        )
    )
