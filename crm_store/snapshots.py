"""Rows as JSON and back, exactly: what the ledger keeps of a row and restores it from."""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Date, Enum, LargeBinary, RowMapping, Table, Time, select

from crm_store.columns import Money, UtcTime

Snapshot = dict[str, Any]
CHUNK = 500


def encode(value: Any) -> Any:
    """A column's value as JSON."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    return value


def decode(column: Column[Any], value: Any) -> Any:
    """The value of that column from its JSON."""
    kind = column.type
    if value is None:
        return None
    if isinstance(kind, UtcTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, Time):
        return time.fromisoformat(value)
    if isinstance(kind, Money):
        return Decimal(value)
    if isinstance(kind, LargeBinary):
        return b64decode(value)
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return kind.enum_class(value)
    return value


def decoded(table: Table, snapshot: Snapshot) -> dict[str, Any]:
    """Values to write back; columns that the table no longer has are left out."""
    return {
        name: decode(table.c[name], value) for name, value in snapshot.items() if name in table.c
    }


def taken(row: RowMapping) -> Snapshot:
    """The snapshot of a row that was read."""
    return {name: encode(value) for name, value in row.items()}


def read(
    connection: Connection, table: Table, row_id: int, *, lock: bool = False
) -> Snapshot | None:
    """The row as it stands in the store, or None; locked, it stands until the transaction ends."""
    return read_many(connection, table, [row_id], lock=lock).get(row_id)


def read_many(
    connection: Connection, table: Table, ids: Iterable[int], *, lock: bool = False
) -> dict[int, Snapshot]:
    """The rows as they stand in the store, by id; locked, they stand until the transaction ends."""
    found: dict[int, Snapshot] = {}
    for part in chunks(sorted(ids)):
        wanted = select(table).where(table.c.id.in_(part)).order_by(table.c.id)
        rows = connection.execute(wanted.with_for_update() if lock else wanted).mappings()
        found.update((row["id"], taken(row)) for row in rows)
    return found


def chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    """The ids in portions that every database takes as parameters."""
    rest = iter(ids)
    while part := list(islice(rest, CHUNK)):
        yield part


def bookkeeping(table: Table) -> frozenset[str]:
    """Columns that are restored with their row but are no change of their own."""
    return frozenset(column.name for column in table.c if column.info.get("bookkeeping"))


def differing(before: Snapshot, after: Snapshot, ignore: frozenset[str] = frozenset()) -> list[str]:
    """The columns whose values differ."""
    return [
        name
        for name in after
        if name not in ignore and (name not in before or before[name] != after[name])
    ]
