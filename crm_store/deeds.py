"""Deeds and changes: what every message did, row by row, with the values before and after."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.columns import UtcTime, choice, json_column, link
from crm_store.rows import Row


class DeedKind(StrEnum):
    """What brought the changes about."""

    MESSAGE = "message"
    EDIT = "edit"
    UNDO = "undo"
    REDO = "redo"
    IMPORT = "import"
    SYSTEM = "system"


class Operation(StrEnum):
    """What happened to a row."""

    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"


class Deed(Row):
    """Everything that one message (or import, or undo) changed.

    `undoes` is the deed that an undo took back, or the undo that a redo took back;
    `undone_by` is set while the deed is not in force. `replaces` is the deed that this one
    amended, `root` the first of that chain. The name is a copy: history outlives people.
    """

    __tablename__ = "deeds"
    __table_args__ = (
        Index(None, "employee_id", "id"),
        Index(None, "conversation_id", "message_id"),
    )

    kind: Mapped[DeedKind] = mapped_column(choice(DeedKind), default=DeedKind.MESSAGE)
    employee_id: Mapped[int | None] = link("employees.id", index=False)
    employee_name: Mapped[str | None] = mapped_column(String(200))
    conversation_id: Mapped[int | None] = link("conversations.id", index=False)
    at: Mapped[datetime] = mapped_column(UtcTime)
    message_id: Mapped[str | None] = mapped_column(String(200))
    text: Mapped[str | None] = mapped_column(Text)
    undoes_id: Mapped[int | None] = link("deeds.id")
    undone_by_id: Mapped[int | None] = link("deeds.id")
    replaces_id: Mapped[int | None] = link("deeds.id")
    root_id: Mapped[int | None] = link("deeds.id")

    effects: Mapped[list["Effect"]] = relationship(
        back_populates="deed",
        cascade="all, delete-orphan",
        foreign_keys="Effect.deed_id",
        order_by="Effect.number",
    )


class Effect(Row):
    """One act of the message: its number, its intent, and the values it was done with."""

    __tablename__ = "effects"
    __table_args__ = (UniqueConstraint("deed_id", "number"),)

    deed_id: Mapped[int] = link("deeds.id", index=False)
    number: Mapped[int]
    intent: Mapped[str] = mapped_column(String(60))
    values: Mapped[dict[str, Any]] = mapped_column(json_column())
    label: Mapped[str | None] = mapped_column(Text)
    undone_by_id: Mapped[int | None] = link("deeds.id")

    deed: Mapped[Deed] = relationship(back_populates="effects", foreign_keys=[deed_id])


class Change(Row):
    """One row inserted, changed or removed.

    An insert keeps the whole row as `after`, a removal as `before`, an update the columns that
    differ in both. No foreign keys: the rows it tells of may be gone.
    """

    __tablename__ = "changes"
    __table_args__ = (
        UniqueConstraint("deed_id", "position"),
        Index(None, "table_name", "row_id"),
        Index(None, "subject_id", "id"),
    )

    deed_id: Mapped[int] = link("deeds.id", index=False)
    position: Mapped[int]
    effect: Mapped[int] = mapped_column(default=0)
    """The number of the effect it belongs to; 0 for none."""
    table_name: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int]
    operation: Mapped[Operation] = mapped_column(choice(Operation))
    before: Mapped[dict[str, Any] | None] = mapped_column(json_column())
    after: Mapped[dict[str, Any] | None] = mapped_column(json_column())
    subject_id: Mapped[int | None]
    """The customer whom the row is about."""
    withdrawn: Mapped[bool] = mapped_column(default=False)
    """Taken back by an amendment in this same deed, and not yet done anew."""

    deed: Mapped[Deed] = relationship()
