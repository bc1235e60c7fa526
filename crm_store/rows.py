"""What every table shares: a key that is never given twice, and history or none."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from sqlalchemy import Connection, MetaData, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Restored = Callable[[Connection, Table, Sequence[int]], None]


class Row(DeclarativeBase):
    """A row of any table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)

    def __init_subclass__(cls, **kw: Any) -> None:
        super().__init_subclass__(**kw)
        table = cls.__dict__.get("__table__")
        if isinstance(table, Table):
            table.dialect_kwargs["sqlite_autoincrement"] = True


class Recorded(Row):
    """A row whose every change the ledger writes down, so that it can be undone.

    `about` names the column that leads to the customer the row tells of: the customer's id
    itself, or the key of another recorded row that knows it. A column with
    `info={"bookkeeping": True}` is restored with its row but never a change of its own.
    """

    __abstract__ = True
    on_restored: ClassVar[list[Restored]] = []
    """Told after undo, redo or an amendment wrote rows, which they do past the session's events:
    the place for whatever keeps an index of its own. Called with the table and the rows' ids."""
    about: ClassVar[str | None] = "customer_id"
