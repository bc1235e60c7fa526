"""Preferences: what a customer likes and dislikes, who heard it, and if it holds."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

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


EXCLUSIVE = frozenset({PreferenceKind.CHANNEL, PreferenceKind.TIME, PreferenceKind.ROUTINE})
"""Of these a customer prefers one thing; products, styles and the rest stand side by side."""


def current(
    session: Session, customer: Customer, kind: PreferenceKind | None = None
) -> list[Preference]:
    """What holds now, the newest first."""
    wanted = select(Preference).where(
        Preference.customer_id == customer.id,
        Preference.withdrawn_at.is_(None),
        Preference.contradicted_by_id.is_(None),
    )
    if kind is not None:
        wanted = wanted.where(Preference.kind == kind)
    return list(session.scalars(wanted.order_by(Preference.stated_at.desc(), Preference.id.desc())))


def every(session: Session, customer: Customer) -> list[Preference]:
    """What was ever stated, the newest first, withdrawn and contradicted ones too."""
    return list(
        session.scalars(
            select(Preference)
            .where(Preference.customer_id == customer.id)
            .order_by(Preference.stated_at.desc(), Preference.id.desc())
        )
    )


def on_file(
    session: Session,
    customer: Customer,
    statement: str,
    *,
    polarity: Polarity = Polarity.LIKE,
    preferred_channel: Channel | None = None,
) -> Preference | None:
    """The same preference, if it holds already: the same channel, or the same words."""
    for held in current(session, customer):
        if held.polarity is polarity and _same(held, statement, preferred_channel):
            return held
    return None


def contradicted(
    session: Session,
    customer: Customer,
    kind: PreferenceKind,
    statement: str,
    *,
    polarity: Polarity = Polarity.LIKE,
    preferred_channel: Channel | None = None,
) -> list[Preference]:
    """What holds now and cannot hold beside this one.

    The same thing liked and disliked, or another liked channel, time or routine.
    """
    found = []
    for held in current(session, customer):
        if _same(held, statement, preferred_channel):
            opposite = held.polarity is not polarity
        else:
            both_liked = held.polarity is polarity is Polarity.LIKE
            opposite = both_liked and held.kind is kind and kind in EXCLUSIVE
        if opposite:
            found.append(held)
    return found


def about_channel(session: Session, customer: Customer, channel: Channel) -> Preference | None:
    """What is known of how the customer likes that channel, if anything."""
    for held in current(session, customer, PreferenceKind.CHANNEL):
        if held.preferred_channel is channel:
            return held
    return None


def liked_channel(session: Session, customer: Customer) -> Preference | None:
    """The newest statement of which channel the customer prefers."""
    for held in current(session, customer, PreferenceKind.CHANNEL):
        if held.polarity is Polarity.LIKE and held.preferred_channel is not None:
            return held
    return None


def supersede(session: Session, new: Preference, old: list[Preference]) -> None:
    """The old ones hold no more because of the new one; they stay in the history."""
    session.add(new)
    session.flush()
    for held in old:
        held.contradicted_by = new
    session.flush()


def _same(held: Preference, statement: str, preferred_channel: Channel | None) -> bool:
    if preferred_channel is not None and held.preferred_channel is not None:
        return held.preferred_channel is preferred_channel
    return _plain(held.statement) == _plain(statement)


def _plain(statement: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in statement.casefold()).split())
