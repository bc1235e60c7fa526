"""Preferences: what a customer likes and dislikes, who heard it, and if it holds."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.columns import UtcTime, choice, link
from crm_store.contact import Channel
from crm_store.customers import Customer
from crm_store.employees import Employee
from crm_store.interactions import Interaction
from crm_store.rows import Recorded


class PreferenceKind(StrEnum):
    """What a preference is about; two of the same kind may contradict each other."""

    CHANNEL = "channel"
    TIME = "time"
    ROUTINE = "routine"
    PRODUCT = "product"
    STYLE = "style"
    OTHER = "other"


class Polarity(StrEnum):
    """Liked or not."""

    LIKE = "like"
    DISLIKE = "dislike"


class Preference(Recorded):
    """One statement. It holds until withdrawn or contradicted by a later one."""

    __tablename__ = "preferences"
    __table_args__ = (
        Index(None, "customer_id", "stated_at"),
        Index(None, "kind", "preferred_channel"),
    )

    customer_id: Mapped[int] = link("customers.id", index=False)
    kind: Mapped[PreferenceKind] = mapped_column(
        choice(PreferenceKind), default=PreferenceKind.OTHER
    )
    polarity: Mapped[Polarity] = mapped_column(choice(Polarity), default=Polarity.LIKE)
    statement: Mapped[str] = mapped_column(String(500))
    preferred_channel: Mapped[Channel | None] = mapped_column(choice(Channel))
    """Of kind channel: the channel that is liked or disliked."""
    stated_at: Mapped[datetime] = mapped_column(UtcTime)
    channel: Mapped[Channel | None] = mapped_column(choice(Channel))
    """The channel on which it was said."""
    employee_id: Mapped[int | None] = link("employees.id")
    interaction_id: Mapped[int | None] = link("interactions.id")
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcTime)
    contradicted_by_id: Mapped[int | None] = link("preferences.id")

    customer: Mapped[Customer] = relationship()
    employee: Mapped[Employee | None] = relationship()
    interaction: Mapped[Interaction | None] = relationship()
    contradicted_by: Mapped["Preference | None"] = relationship(remote_side="Preference.id")
