"""Moving a store: from one database to another, with all history, and proof that all arrived."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Table, func, insert, select, text
from sqlalchemy.orm import Session

from crm_store import search
from crm_store.database import TABLES, upgrade

BATCH = 1000
DERIVED = "search_"
"""Tables of the index of names, which is built anew."""


class NotMoved(RuntimeError):
    """The store was not moved, and the target is as it was; the message says why."""


@dataclass(frozen=True, slots=True)
class Moved:
    """How many rows of a table there were, and how many arrived."""

    table: str
    rows: int
    arrived: int


def move(source: Engine, target: Engine) -> list[Moved]:
    """Copy every row with its id, in one transaction; the target must hold nothing.

    The source is read as of one instant and left as it is. Raises NotMoved where the target
    is not empty, or where counts or ids differ at the end.
    """
    upgrade(source)
    upgrade(target)
    reading = source.execution_options(reads_only=True)
    if source.dialect.name == "postgresql":
        reading = reading.execution_options(isolation_level="REPEATABLE READ")
    with reading.connect() as old, target.begin() as new:
        if taken := [table.name for table in _tables() if _count(new, table)]:
            raise NotMoved(f"the target holds rows already, in {', '.join(taken)}")
        for table in _tables():
            _copy(old, new, table)
            _continue_numbers(old, new, table)
        with Session(new, join_transaction_mode="create_savepoint") as session:
            search.rebuild(session)
            session.commit()
        return [_proved(old, new, table) for table in _tables()]


def _tables() -> Iterator[Table]:
    return (one for one in TABLES.sorted_tables if not one.name.startswith(DERIVED))


def _copy(old: Connection, new: Connection, table: Table) -> None:
    rows = old.execution_options(yield_per=BATCH).execute(select(table).order_by(table.c.id))
    for some in rows.mappings().partitions(BATCH):
        new.execute(insert(table), [dict(row) for row in some])


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _proved(old: Connection, new: Connection, table: Table) -> Moved:
    measures = (func.count(), func.sum(table.c.id), func.max(table.c.id))
    wanted, found = (tuple(one.execute(select(*measures)).one()) for one in (old, new))
    if wanted != found:
        raise NotMoved(f"{table.name} has {wanted[0]} rows, and {found[0]} arrived")
    return Moved(table.name, wanted[0], found[0])


def _continue_numbers(old: Connection, new: Connection, table: Table) -> None:
    """New rows go on counting where the old store stopped: no id is given twice."""
    last = _last_number(old, table)
    if not last:
        return
    if new.dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(table.name, "id")
        new.execute(select(func.setval(sequence, last)))
        return
    new.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
    new.execute(
        text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"),
        {"name": table.name, "last": last},
    )


def _last_number(connection: Connection, table: Table) -> int:
    if connection.dialect.name == "sqlite":
        query = "SELECT seq FROM sqlite_sequence WHERE name = :name"
        return connection.scalar(text(query), {"name": table.name}) or 0
    sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, "id")))
    query = "SELECT last_value FROM pg_sequences WHERE schemaname || '.' || sequencename = :name"
    return connection.scalar(text(query), {"name": sequence}) or 0
