"""Watches: up to which instant it was looked after what falls due."""

from datetime import datetime

from sqlalchemy import String, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from crm_store.columns import UtcTime
from crm_store.rows import Row

LOCK = 7_263_453
"""The number of PostgreSQL's advisory lock that the one who looks holds."""


class Watch(Row):
    """Everything that fell due until `reached_at` was put into the mailbox."""

    __tablename__ = "watches"

    name: Mapped[str] = mapped_column(String(40), unique=True)
    reached_at: Mapped[datetime] = mapped_column(UtcTime)


def take(session: Session) -> None:
    """Wait until nobody else looks, and keep others waiting until the transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(LOCK)))


def reached(session: Session, name: str = "due") -> datetime | None:
    """How far it was looked; None if never."""
    return session.scalar(select(Watch.reached_at).where(Watch.name == name))


def reach(session: Session, at: datetime, name: str = "due") -> None:
    """It was looked until then; a watch never goes back."""
    known = update(Watch).where(Watch.name == name)
    session.execute(known.where(Watch.reached_at < at).values(reached_at=at))


def begin(session: Session, at: datetime, name: str = "due") -> None:
    """It is looked from then on, for the first time."""
    session.add(Watch(name=name, reached_at=at))
    session.flush()
