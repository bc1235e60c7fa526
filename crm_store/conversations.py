"""Conversations: who talks where, the open draft, the focus, and the buttons that were shown."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.columns import UtcTime, choice, json_column, link
from crm_store.employees import Employee
from crm_store.rows import Row


class ConversationKind(StrEnum):
    """Who hears what is said there."""

    PRIVATE = "private"
    GROUP = "group"


class Conversation(Row):
    """A place on a channel where one employee (or a group) talks with the assistant.

    In a group each employee has a row of their own, so that drafts and pronouns do not mix.
    """

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("channel", "address", "employee_id"),)

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
