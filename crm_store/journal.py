"""The journal: changes as they are written down, two changes of one row made into one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, Table, delete, func, insert, select

from crm_store import schema, snapshots
from crm_store.deeds import Change, Operation
from crm_store.snapshots import Snapshot

CHANGES = cast(Table, Change.__table__)


@dataclass(frozen=True)
class Entry:
    """A change about to be written; the shapes of `before` and `after` are those of Change."""

    operation: Operation
    table: str
    row_id: int
    before: Snapshot | None
    after: Snapshot | None

    @classmethod
    def of(
        cls,
        operation: Operation,
        table: Table,
        row_id: int,
        before: Snapshot | None,
        after: Snapshot | None,
    ) -> "Entry | None":
        """From whole rows; None if nothing but bookkeeping differs."""
        if operation is not Operation.UPDATE:
            return cls(operation, table.name, row_id, before, after)
        was, now = before or {}, after or {}
        names = snapshots.differing(was, now, snapshots.bookkeeping(table))
        if not names:
            return None
        return cls(
            operation,
            table.name,
            row_id,
            {name: was.get(name) for name in names},
            {name: now[name] for name in names},
        )

    def inverse(self) -> "Entry":
        """The change that takes this one back."""
        opposite = {
            Operation.INSERT: Operation.DELETE,
            Operation.DELETE: Operation.INSERT,
            Operation.UPDATE: Operation.UPDATE,
        }
        return Entry(opposite[self.operation], self.table, self.row_id, self.after, self.before)

    def then(self, later: "Entry") -> "Entry | None":
        """Both changes of the same row as one; None if together they change nothing."""
        existed = self.operation is not Operation.INSERT
        exists = later.operation is not Operation.DELETE
        if not existed and not exists:
            return None
        before = {**(later.before or {}), **(self.before or {})}
        after = {**(self.after or {}), **(later.after or {})}
        if not existed:
            return Entry(Operation.INSERT, self.table, self.row_id, None, after)
        if not exists:
            return Entry(Operation.DELETE, self.table, self.row_id, before, None)
        names = snapshots.differing(before, after)
        if not names:
            return None
        return Entry(
            Operation.UPDATE,
            self.table,
            self.row_id,
            {name: before.get(name) for name in names},
            {name: after[name] for name in names},
        )


def joined(entries: Iterable[Entry]) -> list[Entry]:
    """One entry for each row, in the order in which the rows were last touched."""
    rows: dict[tuple[str, int], Entry] = {}
    for entry in entries:
        place = (entry.table, entry.row_id)
        earlier = rows.pop(place, None)
        whole = earlier.then(entry) if earlier else entry
        if whole is not None:
            rows[place] = whole
    return list(rows.values())


def write(
    connection: Connection,
    deed_id: int,
    effect: int,
    entries: Iterable[Entry],
    *,
    merge: bool = False,
    withdrawn: bool = False,
) -> None:
    """Put the changes down after those the deed has; `merge` them with what it withdrew."""
    todo = list(entries)
    if merge:
        todo = [found for entry in todo if (found := _merged(connection, deed_id, entry))]
    if not todo:
        return
    last = connection.scalar(
        select(func.coalesce(func.max(CHANGES.c.position), 0)).where(CHANGES.c.deed_id == deed_id)
    )
    subjects = Subjects(connection, todo)
    rows = [
        {
            "deed_id": deed_id,
            "position": position,
            "effect": effect,
            "table_name": entry.table,
            "row_id": entry.row_id,
            "operation": entry.operation,
            "before": entry.before,
            "after": entry.after,
            "subject_id": subjects.of(entry.table, entry.row_id),
            "withdrawn": withdrawn,
        }
        for position, entry in enumerate(todo, start=(last or 0) + 1)
    ]
    connection.execute(insert(CHANGES), rows)


def _merged(connection: Connection, deed_id: int, entry: Entry) -> Entry | None:
    found = connection.execute(
        select(CHANGES)
        .where(CHANGES.c.deed_id == deed_id, CHANGES.c.withdrawn)
        .where(CHANGES.c.table_name == entry.table, CHANGES.c.row_id == entry.row_id)
    ).one_or_none()
    if found is None:
        return entry
    connection.execute(delete(CHANGES).where(CHANGES.c.id == found.id))
    earlier = Entry(found.operation, entry.table, entry.row_id, found.before, found.after)
    return earlier.then(entry)


class Subjects:
    """Which customer a row is about, also where only its parent row knows."""

    def __init__(self, connection: Connection, entries: Iterable[Entry]) -> None:
        self._connection = connection
        self._rows: dict[tuple[str, int], Snapshot | None] = {}
        for entry in entries:
            if entry.operation is not Operation.UPDATE:
                self._rows[entry.table, entry.row_id] = entry.after or entry.before

    def of(self, table: str, row_id: int) -> int | None:
        """The customer's id, or None for rows about nobody."""
        recorded = schema.RECORDED[table]
        about = recorded.about
        if about is None:
            return None
        if about == "id":
            return row_id
        value: Any = (self._row(table, row_id) or {}).get(about)
        if value is None or about.endswith(("customer_id", "person_id")):
            return cast("int | None", value)
        (key,) = cast(Table, recorded.__table__).c[about].foreign_keys
        return self.of(key.column.table.name, value)

    def _row(self, table: str, row_id: int) -> Snapshot | None:
        if (table, row_id) not in self._rows:
            self._rows[table, row_id] = snapshots.read(
                self._connection, schema.TABLES.tables[table], row_id
            )
        return self._rows[table, row_id]
