"""Conversations: who talks where, the open draft, the focus, and the buttons that were shown."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from crm_store.columns import UtcTime, choice, json_column, link
from crm_store.employees import Employee
from crm_store.rows import Row

NOBODY = text("employee_id IS NULL")


class ConversationKind(StrEnum):
    """Who hears what is said there."""

    PRIVATE = "private"
    GROUP = "group"


class Conversation(Row):
    """A place on a channel where one employee (or a group) talks with the assistant.

    In a group each employee has a row of their own, so that drafts and pronouns do not mix.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        UniqueConstraint("channel", "address", "employee_id"),
        Index(
            "uq_conversations_of_nobody",
            "channel",
            "address",
            unique=True,
            sqlite_where=NOBODY,
            postgresql_where=NOBODY,
        ),
    )

    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(200))
    kind: Mapped[ConversationKind] = mapped_column(
        choice(ConversationKind), default=ConversationKind.PRIVATE
    )
    employee_id: Mapped[int | None] = link("employees.id")
    draft: Mapped[dict[str, Any] | None] = mapped_column(json_column())
    draft_expires_at: Mapped[datetime | None] = mapped_column(UtcTime)
    focus: Mapped[dict[str, Any] | None] = mapped_column(json_column())
    misses: Mapped[int] = mapped_column(default=0)
    """How often in a row the assistant did not understand."""
    last_message_id: Mapped[str | None] = mapped_column(String(200))
    last_heard_at: Mapped[datetime | None] = mapped_column(UtcTime)
    created_at: Mapped[datetime] = mapped_column(UtcTime)

    employee: Mapped[Employee | None] = relationship()


class Button(Row):
    """A button that was offered: its token travels, what it does stays here."""

    __tablename__ = "buttons"

    token: Mapped[str] = mapped_column(String(40), unique=True)
    conversation_id: Mapped[int] = link("conversations.id")
    employee_id: Mapped[int | None] = link("employees.id")
    """The only one who may press it; null for anybody there."""
    outgoing_id: Mapped[int | None] = link("outgoing.id")
    label: Mapped[str] = mapped_column(String(200))
    payload: Mapped[dict[str, Any]] = mapped_column(json_column())
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)

    conversation: Mapped[Conversation] = relationship()


def held(
    session: Session,
    channel: str,
    address: str,
    employee: Employee | None,
    *,
    at: datetime,
    kind: ConversationKind = ConversationKind.PRIVATE,
) -> Conversation:
    """That conversation, begun if it is new, and locked until the transaction ends."""
    wanted = (
        select(Conversation)
        .where(Conversation.channel == channel, Conversation.address == address)
        .where(Conversation.employee_id == (employee.id if employee else None))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = session.scalars(wanted).one_or_none()
    if found is not None:
        return found
    try:
        with session.begin_nested():
            begun = Conversation(
                channel=channel, address=address, employee=employee, kind=kind, created_at=at
            )
            session.add(begun)
        return begun
    except IntegrityError:
        # Another process began it between the two statements.
        return session.scalars(wanted).one()


def button(session: Session, token: str) -> Button | None:
    """The button with that token, pressed or not, closed or not."""
    return session.scalars(select(Button).where(Button.token == token)).one_or_none()


def open_buttons(session: Session, conversation: Conversation, now: datetime) -> list[Button]:
    """The buttons that may still be pressed there, in the order in which they were offered."""
    found = session.scalars(
        select(Button)
        .where(Button.conversation_id == conversation.id, Button.closed_at.is_(None))
        .where(Button.expires_at.is_(None) | (Button.expires_at > now))
        .order_by(Button.id)
    )
    return list(found)


def close_buttons(session: Session, conversation: Conversation, at: datetime) -> None:
    """From now on the buttons of that conversation answer that their question is closed."""
    session.execute(
        update(Button)
        .where(Button.conversation_id == conversation.id, Button.closed_at.is_(None))
        .values(closed_at=at)
    )
