"""The mailbox: every message seen once, every answer delivered once."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Connection,
    Index,
    String,
    Text,
    UniqueConstraint,
    event,
    func,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Mapper, Session, mapped_column, relationship

from crm_store.columns import UtcTime, choice, json_column, link
from crm_store.conversations import Conversation
from crm_store.employees import Employee
from crm_store.rows import Row

BELL = "outgoing"
"""The channel of PostgreSQL's on which new rows are announced."""
UNSENT = text("sent_at IS NULL AND failed_at IS NULL")


class Received(Row):
    """A message that arrived, by the id its channel gave it."""

    __tablename__ = "received"
    __table_args__ = (UniqueConstraint("channel", "external_id"), Index(None, "received_at"))

    channel: Mapped[str] = mapped_column(String(20))
    external_id: Mapped[str] = mapped_column(String(200))
    received_at: Mapped[datetime] = mapped_column(UtcTime)


class OutgoingKind(StrEnum):
    """Why something is said."""

    REPLY = "reply"
    REMINDER = "reminder"
    DIGEST = "digest"
    NOTICE = "notice"


class Outgoing(Row):
    """Something to say: stored with the change it tells of, taken and sent by the courier.

    `key` makes a delivery unique, e.g. "reminder:12:0:slack"; `body` is the reply as JSON.
    To one address rows go out in the order of `due_at`, then `id`.
    """

    __tablename__ = "outgoing"
    __table_args__ = (
        Index("ix_outgoing_due", "due_at", "id", sqlite_where=UNSENT, postgresql_where=UNSENT),
        Index(
            "ix_outgoing_waiting",
            "channel",
            "address",
            "due_at",
            "id",
            sqlite_where=UNSENT,
            postgresql_where=UNSENT,
        ),
        Index(None, "conversation_id", "due_at"),
    )

    kind: Mapped[OutgoingKind] = mapped_column(choice(OutgoingKind), default=OutgoingKind.REPLY)
    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(200))
    conversation_id: Mapped[int | None] = link("conversations.id", index=False)
    employee_id: Mapped[int | None] = link("employees.id")
    body: Mapped[dict[str, Any]] = mapped_column(json_column())
    key: Mapped[str | None] = mapped_column(String(200), unique=True)
    due_at: Mapped[datetime] = mapped_column(UtcTime)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    claimed_by: Mapped[str | None] = mapped_column(String(100))
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(UtcTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcTime)
    failed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    error: Mapped[str | None] = mapped_column(Text)
    external_id: Mapped[str | None] = mapped_column(String(200), index=True)
    """The id the channel gave the message that was sent; needed to edit it later."""

    conversation: Mapped[Conversation | None] = relationship()
    employee: Mapped[Employee | None] = relationship()


@event.listens_for(Outgoing, "after_insert")
def _ring(_mapper: Mapper[Outgoing], connection: Connection, _row: Outgoing) -> None:
    # Heard at the commit, by the couriers of all processes; many within one ring once.
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_notify(BELL, "")))


def seen_first(session: Session, channel: str, external_id: str, at: datetime) -> bool:
    """Whether the message is new; platforms deliver again what they think was lost."""
    try:
        with session.begin_nested():
            session.add(Received(channel=channel, external_id=external_id, received_at=at))
    except IntegrityError:
        return False
    return True


def in_use(session: Session) -> bool:
    """Whether anything was ever heard or said on this store."""
    return any(session.scalar(select(row.id).limit(1)) is not None for row in (Received, Outgoing))


def keyed(session: Session, key: str) -> Outgoing | None:
    """The delivery of that key, if it was put down already."""
    return session.scalars(select(Outgoing).where(Outgoing.key == key)).one_or_none()


def undelivered(session: Session) -> list[Outgoing]:
    """What was given up after the last try, the newest first."""
    return list(
        session.scalars(
            select(Outgoing).where(Outgoing.failed_at.is_not(None)).order_by(Outgoing.id.desc())
        )
    )
