"""Reversal: changes taken back row by row, refused where the store has moved on since."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlalchemy import Row as SqlRow
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from crm_store import schema, snapshots
from crm_store.deeds import Deed, Operation
from crm_store.journal import CHANGES, Entry, joined
from crm_store.rows import Recorded
from crm_store.search.filing import refresh_rows
from crm_store.snapshots import Snapshot

Place = tuple[str, int]


class Reason(StrEnum):
    """Why a change cannot be taken back."""

    CHANGED = "changed"
    GONE = "gone"
    BACK = "back"
    USED = "used"
    TAKEN = "taken"


class Conflict(RuntimeError):
    """A row has moved on, so that taking a change back would destroy somebody's later work.

    `table` and `row_id` name the row, `fields` what differs, `who` changed it and `at` when
    (both None where no deed tells). Of USED, the row is the one that still refers to it.
    """

    def __init__(
        self,
        reason: Reason,
        table: str,
        row_id: int | None,
        *,
        fields: Sequence[str] = (),
        who: str | None = None,
        at: datetime | None = None,
    ) -> None:
        self.reason, self.table, self.row_id = reason, table, row_id
        self.fields, self.who, self.at = tuple(fields), who, at
        by = f" by {who}" if who else ""
        on = f" at {at.isoformat()}" if at else ""
        super().__init__(f"row {row_id} of {table}: {reason}{by}{on} {list(fields) or ''}".rstrip())


def reverse(session: Session, changes: Sequence[SqlRow[Any]]) -> list[Entry]:
    """Take the changes back, which come newest first; the entries that tell of it, in order.

    The rows of `changes` are those of the table of changes. Nothing is written down here, and
    whether other rows still refer to what was removed is for `nothing_dangles` to say.
    """
    session.flush()
    rows = _rows_now(session, changes)
    entries: list[Entry] = []
    for change in changes:
        place = (change.table_name, change.row_id)
        _must_stand(session, change, rows[place])
        entry = _taking_back(change, rows[place])
        rows[place] = _after(rows[place], entry)
        entries.append(entry)
    try:
        _apply(session, entries)
    except IntegrityError as error:
        taken = entries[-1] if entries else None
        raise Conflict(Reason.TAKEN, taken.table if taken else "", None) from error
    _forget_objects(session, rows)
    _tell(session, rows)
    return entries


def _rows_now(session: Session, changes: Iterable[SqlRow[Any]]) -> dict[Place, Snapshot | None]:
    wanted: dict[str, set[int]] = {}
    for change in changes:
        wanted.setdefault(change.table_name, set()).add(change.row_id)
    rows: dict[Place, Snapshot | None] = {}
    for name, ids in wanted.items():
        table = schema.TABLES.tables[name]
        found = snapshots.read_many(session.connection(), table, ids, lock=True)
        rows.update(((name, row_id), found.get(row_id)) for row_id in ids)
    return rows


def _must_stand(session: Session, change: SqlRow[Any], row: Snapshot | None) -> None:
    """Raise Conflict unless the row is as the change left it."""
    if change.operation is Operation.DELETE:
        if row is not None:
            raise _conflict(session, Reason.BACK, change)
        return
    if row is None:
        raise _conflict(session, Reason.GONE, change)
    table = schema.TABLES.tables[change.table_name]
    left = {name: value for name, value in change.after.items() if name in table.c}
    if fields := snapshots.differing(row, left, snapshots.bookkeeping(table)):
        raise _conflict(session, Reason.CHANGED, change, fields)


def _taking_back(change: SqlRow[Any], row: Snapshot | None) -> Entry:
    made = Entry(change.operation, change.table_name, change.row_id, change.before, change.after)
    back = made.inverse()
    if back.operation is Operation.DELETE:
        return Entry(back.operation, back.table, back.row_id, row, None)
    return back


def _after(row: Snapshot | None, entry: Entry) -> Snapshot | None:
    if entry.operation is Operation.UPDATE:
        return {**(row or {}), **(entry.after or {})}
    return entry.after


def _apply(session: Session, entries: Sequence[Entry]) -> None:
    connection = session.connection()
    for (operation, name), group in groupby(entries, key=lambda e: (e.operation, e.table)):
        table, steps = schema.TABLES.tables[name], list(group)
        if operation is Operation.DELETE:
            for part in snapshots.chunks(step.row_id for step in steps):
                connection.execute(delete(table).where(table.c.id.in_(part)))
        elif operation is Operation.INSERT:
            connection.execute(
                insert(table), [snapshots.decoded(table, step.after or {}) for step in steps]
            )
        else:
            for step in steps:
                values = snapshots.decoded(table, step.after or {})
                connection.execute(update(table).where(table.c.id == step.row_id).values(values))
    refresh_rows(connection, ((entry.table, entry.row_id) for entry in entries))


def _forget_objects(session: Session, rows: dict[Place, Snapshot | None]) -> None:
    """Objects of removed rows leave the session; all others are read again when asked."""
    for (name, row_id), row in rows.items():
        known = session.identity_map.get(identity_key(schema.RECORDED[name], row_id))
        if row is None and known is not None and known in session:
            session.expunge(known)
    session.expire_all()


def _tell(session: Session, rows: Iterable[Place]) -> None:
    written: dict[str, list[int]] = {}
    for name, row_id in rows:
        written.setdefault(name, []).append(row_id)
    for told in Recorded.on_restored:
        for name, ids in written.items():
            told(session.connection(), schema.TABLES.tables[name], ids)


def nothing_dangles(session: Session, entries: Iterable[Entry]) -> None:
    """Raise Conflict if a removed row is still referred to, or a restored one refers to nothing."""
    removed: dict[str, set[int]] = {}
    needed: dict[str, set[int]] = {}
    for entry in joined(entries):
        if entry.operation is Operation.DELETE:
            removed.setdefault(entry.table, set()).add(entry.row_id)
            continue
        for key in schema.TABLES.tables[entry.table].foreign_keys:
            if (value := (entry.after or {}).get(key.parent.name)) is not None:
                needed.setdefault(key.column.table.name, set()).add(value)
    for name, ids in needed.items():
        _all_there(session, name, ids)
    for name, ids in removed.items():
        _nobody_refers(session, name, ids)


def _all_there(session: Session, name: str, ids: set[int]) -> None:
    table = schema.TABLES.tables[name]
    for part in snapshots.chunks(sorted(ids)):
        there = session.connection().scalars(select(table.c.id).where(table.c.id.in_(part)))
        for missing in sorted(set(part) - set(there)):
            who, at = _last_touch(session, name, missing)
            raise Conflict(Reason.GONE, name, missing, who=who, at=at)


def _nobody_refers(session: Session, name: str, ids: set[int]) -> None:
    for table in schema.TABLES.tables.values():
        for key in table.foreign_keys:
            if key.column.table.name != name:
                continue
            for part in snapshots.chunks(sorted(ids)):
                refers = select(table.c.id).where(key.parent.in_(part)).limit(1)
                if (user := session.connection().scalar(refers)) is not None:
                    who, at = _last_touch(session, table.name, user)
                    raise Conflict(Reason.USED, table.name, user, who=who, at=at)


def _conflict(
    session: Session, reason: Reason, change: SqlRow[Any], fields: Sequence[str] = ()
) -> Conflict:
    who, at = _last_touch(session, change.table_name, change.row_id, after_deed=change.deed_id)
    return Conflict(reason, change.table_name, change.row_id, fields=fields, who=who, at=at)


def _last_touch(
    session: Session, table: str, row_id: int, *, after_deed: int = 0
) -> tuple[str | None, datetime | None]:
    found = session.execute(
        select(Deed.employee_name, Deed.at)
        .join(CHANGES, CHANGES.c.deed_id == Deed.id)
        .where(CHANGES.c.table_name == table, CHANGES.c.row_id == row_id)
        .where(CHANGES.c.deed_id > after_deed)
        .order_by(CHANGES.c.id.desc())
        .limit(1)
    ).one_or_none()
    return (None, None) if found is None else (found.employee_name, found.at)
