"""Where each value of a customer's profile comes from, and if it was stated or inferred."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from crm_store.columns import UtcTime, choice, link
from crm_store.customers import Customer, LifecycleStage
from crm_store.employees import Employee, Role
from crm_store.interactions import Interaction
from crm_store.rows import Recorded
from crm_store.snapshots import encode


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


FIELDS = frozenset(
    {
        "name", "kind", "relation", "segment", "region", "source", "preferred_channel", "website",
        "occupation", "gender", "age_range", "birthday", "buys_for", "language", "timezone",
        "given_name", "family_name", "title", "return_likelihood",
    }
)  # fmt: skip
"""The columns of Customer that `state` may set."""


SENSITIVE = frozenset({"age_range", "birthday", "gender"})
TRUSTED = frozenset({Role.SALES, Role.SERVICE, Role.ADMIN})


class NoSuchField(ValueError):
    """The profile has no field of that name, or it is not set this way."""


def state(
    session: Session,
    customer: Customer,
    field: str,
    value: Any,
    *,
    at: datetime,
    employee: Employee | None,
    inferred: bool = False,
    source: str | None = None,
    interaction: Interaction | None = None,
) -> ProfileValue:
    """Set a field of the profile and keep where the value comes from.

    `value` has the column's own type, None clears it. An inferred value does not displace a
    stated one: it is kept beside it. Raises NoSuchField.
    """
    if field not in FIELDS:
        raise NoSuchField(f"a profile has no field {field!r} to state")
    before = origin(session, customer, field)
    kept = ProfileValue(
        customer=customer,
        field=field,
        value=None if value is None else str(encode(value)),
        stated=not inferred,
        source=source,
        stated_at=at,
        employee=employee,
        interaction_id=interaction.id if interaction else None,
    )
    session.add(kept)
    stands = before is not None and before.stated and getattr(customer, field) is not None
    if not (inferred and stands):
        setattr(customer, field, value)
    session.flush()
    return kept


def origin(session: Session, customer: Customer, field: str) -> ProfileValue | None:
    """Where the field's present value comes from: the newest statement, else the newest guess."""
    return session.scalars(
        select(ProfileValue)
        .where(ProfileValue.customer_id == customer.id, ProfileValue.field == field)
        .order_by(ProfileValue.stated.desc(), ProfileValue.stated_at.desc(), ProfileValue.id.desc())
        .limit(1)
    ).one_or_none()


def origins(session: Session, customer: Customer) -> dict[str, ProfileValue]:
    """Where every value of the profile comes from, by field."""
    rows = session.scalars(
        select(ProfileValue)
        .where(ProfileValue.customer_id == customer.id)
        .order_by(ProfileValue.stated, ProfileValue.stated_at, ProfileValue.id)
    )
    return {row.field: row for row in rows}


def may_see(reader: Employee, value: ProfileValue) -> bool:
    """Guesses at age and the like are for those who talk with the customer, not for lists."""
    return value.stated or value.field not in SENSITIVE or reader.role in TRUSTED
