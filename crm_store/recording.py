"""Recording: while a deed is open, every row the session writes is put down as a change."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, event, select
from sqlalchemy.orm import Mapper, ORMExecuteState, Session, SessionTransaction, object_session

from crm_store import snapshots
from crm_store.deeds import Change, Deed, Operation
from crm_store.journal import Entry, write
from crm_store.rows import Recorded
from crm_store.snapshots import Snapshot

_OPEN = "open deeds"
_WATCHED = "watched for deeds"


class BypassesLedger(RuntimeError):
    """A bulk statement on a recorded table would leave no history while a deed is open."""


class NoOpenDeed(RuntimeError):
    """A deed must be opened with `record` first."""


@dataclass
class OpenDeed:
    """The deed that changes go to, and what the present flush has written so far."""

    deed_id: int
    within: list[SessionTransaction]
    """The savepoints, or the transaction, that take the deed along when they are given up."""
    effect: int = 0
    withdrew: bool = False
    """Whether rows were withdrawn, so that new ones take over their ids."""
    written: list[tuple[Operation, Table, int, Snapshot | None]] = field(default_factory=list)
    before: dict[tuple[str, int], Snapshot | None] = field(default_factory=dict)
    reused: set[tuple[str, int]] = field(default_factory=set)


def opened(session: Session) -> OpenDeed | None:
    """The open deed of the session, if there is one."""
    stack: list[OpenDeed] = session.info.get(_OPEN) or []
    return stack[-1] if stack else None


def must_be_open(session: Session) -> OpenDeed:
    """The open deed of the session."""
    if (state := opened(session)) is None:
        raise NoOpenDeed("open a deed with ledger.record first")
    return state


def push(session: Session, deed: Deed) -> OpenDeed:
    """Open a deed; whatever was open waits until this one is closed."""
    if not session.info.get(_WATCHED):
        event.listen(session, "after_flush", _after_flush)
        event.listen(session, "do_orm_execute", _refuse_bulk)
        event.listen(session, "after_soft_rollback", _forget_given_up)
        event.listen(session, "after_transaction_end", _go_out_with)
        session.info[_WATCHED] = True
    within = session.get_nested_transaction() or session.get_transaction()
    state = OpenDeed(deed.id, [within] if within else [])
    session.info.setdefault(_OPEN, []).append(state)
    return state


def pop(session: Session) -> None:
    """Close the deed that was opened last."""
    must_be_open(session)
    session.info[_OPEN].pop()


def _state_of(target: Recorded) -> tuple[Session, OpenDeed] | None:
    session = object_session(target)
    state = opened(session) if session is not None else None
    return None if session is None or state is None else (session, state)


@event.listens_for(Recorded, "before_insert", propagate=True)
def _before_insert(_mapper: Mapper[Any], connection: Connection, target: Recorded) -> None:
    found = _state_of(target)
    if found is None or not found[1].withdrew or target.id is not None:
        return
    state = found[1]
    freed = connection.scalars(
        select(Change.row_id)
        .where(Change.deed_id == state.deed_id, Change.table_name == target.__tablename__)
        .where(Change.withdrawn, Change.operation == Operation.DELETE)
        .order_by(Change.row_id)
    )
    for row_id in freed:
        if (target.__tablename__, row_id) not in state.reused:
            state.reused.add((target.__tablename__, row_id))
            target.id = row_id
            return


@event.listens_for(Recorded, "before_update", propagate=True)
@event.listens_for(Recorded, "before_delete", propagate=True)
def _before_write(mapper: Mapper[Any], connection: Connection, target: Recorded) -> None:
    # The row is read from the store, as an expired attribute has no old value in the session.
    if found := _state_of(target):
        table = _table(mapper)
        row = snapshots.read(connection, table, target.id, lock=True)
        found[1].before[table.name, target.id] = row


@event.listens_for(Recorded, "after_insert", propagate=True)
def _after_insert(mapper: Mapper[Any], _connection: Connection, target: Recorded) -> None:
    if found := _state_of(target):
        found[1].written.append((Operation.INSERT, _table(mapper), target.id, None))


@event.listens_for(Recorded, "after_update", propagate=True)
def _after_update(mapper: Mapper[Any], _connection: Connection, target: Recorded) -> None:
    if found := _state_of(target):
        table = _table(mapper)
        before = found[1].before.pop((table.name, target.id), None)
        found[1].written.append((Operation.UPDATE, table, target.id, before))


@event.listens_for(Recorded, "after_delete", propagate=True)
def _after_delete(mapper: Mapper[Any], _connection: Connection, target: Recorded) -> None:
    if found := _state_of(target):
        table = _table(mapper)
        before = found[1].before.pop((table.name, target.id), None)
        found[1].written.append((Operation.DELETE, table, target.id, before))


def _table(mapper: Mapper[Any]) -> Table:
    table = mapper.local_table
    assert isinstance(table, Table)
    return table


def _after_flush(session: Session, _context: Any) -> None:
    state = opened(session)
    if state is None or not state.written:
        return
    connection = session.connection()
    written, state.written = state.written, []
    ids: dict[Table, list[int]] = {}
    for operation, table, row_id, _ in written:
        if operation is not Operation.DELETE:
            ids.setdefault(table, []).append(row_id)
    # Read back, as only the store knows what its column types made of the values.
    now = {table: snapshots.read_many(connection, table, wanted) for table, wanted in ids.items()}
    entries = [
        entry
        for operation, table, row_id, before in written
        if (entry := Entry.of(operation, table, row_id, before, now.get(table, {}).get(row_id)))
    ]
    write(connection, state.deed_id, state.effect, entries, merge=state.withdrew)
    state.reused.clear()


def _refuse_bulk(execution: ORMExecuteState) -> None:
    if not (execution.is_insert or execution.is_update or execution.is_delete):
        return
    mapper = execution.bind_mapper
    if mapper is None or not issubclass(mapper.class_, Recorded):
        return
    if opened(execution.session) is not None:
        raise BypassesLedger(f"write {mapper.class_.__name__} rows as objects while a deed is open")


def _forget_given_up(session: Session, given_up: SessionTransaction) -> None:
    """A savepoint that is rolled back takes deeds begun in it along, and a half-done flush."""
    stack: list[OpenDeed] = session.info.get(_OPEN) or []
    stack[:] = [state for state in stack if given_up not in state.within]
    for state in stack:
        state.written.clear()
        state.before.clear()
        state.reused.clear()


def _go_out_with(session: Session, ended: SessionTransaction) -> None:
    """A deed stays open beyond the savepoint it was begun in, but not beyond the transaction."""
    if ended.parent is None:
        session.info.pop(_OPEN, None)
    # Told before `after_soft_rollback`, so a savepoint that ends may yet prove given up.
    for state in session.info.get(_OPEN) or []:
        if ended in state.within and ended.parent is not None:
            state.within.append(ended.parent)
