"""The ledger: what every message changed, and how it is taken back, done again or amended."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row as SqlRow
from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session, aliased

from crm_store import journal, recording, reversal
from crm_store.conversations import Conversation
from crm_store.deeds import Deed, DeedKind, Effect
from crm_store.employees import Employee
from crm_store.history import Alteration, changes_of
from crm_store.journal import CHANGES, Entry
from crm_store.recording import BypassesLedger, NoOpenDeed
from crm_store.reversal import Conflict, Reason

__all__ = [
    "AlreadyUndone",
    "Alteration",
    "BypassesLedger",
    "Conflict",
    "NoOpenDeed",
    "Reason",
    "changes_of",
    "close",
    "effect",
    "effects_of",
    "last",
    "last_undone",
    "record",
    "redo",
    "undo",
    "withdraw",
]

_OF_PEOPLE = (DeedKind.MESSAGE, DeedKind.EDIT, DeedKind.IMPORT)


class AlreadyUndone(RuntimeError):
    """The deed, or that effect of it, is not in force any more."""


def record(
    session: Session,
    *,
    employee: Employee | None,
    at: datetime,
    conversation: Conversation | None = None,
    kind: DeedKind | str = DeedKind.MESSAGE,
    message_id: str | None = None,
    text: str | None = None,
    replaces: Deed | None = None,
) -> Deed:
    """Open a deed: from here to `close` or the end of the transaction every recorded row that
    the session writes is put down in it. `replaces` names the deed that this one amends."""
    deed = _begun(session, DeedKind(kind), employee, at, conversation, message_id, text)
    if replaces is not None:
        deed.replaces_id, deed.root_id = replaces.id, replaces.root_id or replaces.id
    recording.push(session, deed)
    return deed


def _begun(
    session: Session,
    kind: DeedKind,
    employee: Employee | None,
    at: datetime,
    conversation: Conversation | None,
    message_id: str | None,
    text: str | None,
) -> Deed:
    session.flush()
    deed = Deed(
        kind=kind,
        employee_id=employee.id if employee else None,
        employee_name=employee.name if employee else None,
        conversation_id=conversation.id if conversation else None,
        at=at,
        message_id=message_id,
        text=text,
    )
    session.add(deed)
    session.flush()
    return deed


def close(session: Session) -> Deed | None:
    """End the open deed; one that changed nothing leaves no trace and gives None.

    Raises Conflict if an amendment removed a row that others still refer to.
    """
    state = recording.must_be_open(session)
    session.flush()
    deed = session.get_one(Deed, state.deed_id)
    if state.withdrew:
        _withdrawn_rows_are_free(session, deed)
    recording.pop(session)
    if session.scalar(select(exists().where(CHANGES.c.deed_id == deed.id))):
        return deed
    session.execute(delete(Effect).where(Effect.deed_id == deed.id))
    session.expire(deed)
    session.delete(deed)
    session.flush()
    return None


@contextmanager
def effect(
    session: Session, number: int, intent: str, values: dict[str, Any], label: str | None = None
) -> Iterator[Effect]:
    """Changes inside belong to the effect of that number, one act of the open deed's message.

    Numbers count from 1 and stay the act's own through amendments; `values` is what it was
    done with, as JSON. The label may be set on what is given.
    """
    state = recording.must_be_open(session)
    session.flush()
    made = Effect(deed_id=state.deed_id, number=number, intent=intent, values=values, label=label)
    session.add(made)
    session.flush()
    outer, state.effect = state.effect, number
    try:
        yield made
        session.flush()
    finally:
        state.effect = outer


def undo(
    session: Session,
    deed: Deed,
    *,
    employee: Employee | None,
    at: datetime,
    effect: int | None = None,
    conversation: Conversation | None = None,
    message_id: str | None = None,
    text: str | None = None,
) -> Deed:
    """Take a deed back, with whatever amended it since, or one effect of it; itself a deed.

    Raises AlreadyUndone, or Conflict with the store left as it was.
    """
    if deed.kind is DeedKind.UNDO:
        return redo(session, deed, employee=employee, at=at, conversation=conversation)
    if deed.kind is DeedKind.REDO:
        return undo(
            session,
            _original(session, deed),
            employee=employee,
            at=at,
            effect=effect,
            conversation=conversation,
            message_id=message_id,
            text=text,
        )
    chain = [live for live in _chain(session, deed) if live.id >= deed.id]
    changes = [change for live in chain for change in _changes(session, live, effect)]
    if deed.undone_by_id is not None or not changes:
        raise AlreadyUndone(f"deed {deed.id} is undone already")
    with session.begin_nested():
        made = _begun(session, DeedKind.UNDO, employee, at, conversation, message_id, text)
        made.undoes_id = deed.id
        _take_back(session, made, changes)
        for live in chain:
            _mark_undone(session, live, made, effect)
    return made


def redo(
    session: Session,
    undone: Deed,
    *,
    employee: Employee | None,
    at: datetime,
    conversation: Conversation | None = None,
    message_id: str | None = None,
    text: str | None = None,
) -> Deed:
    """Do again what the undo took back; itself a deed. Raises as `undo` does."""
    if undone.kind is not DeedKind.UNDO or undone.undone_by_id is not None:
        raise AlreadyUndone(f"deed {undone.id} is no undo in force")
    changes = _changes(session, undone, None)
    with session.begin_nested():
        made = _begun(session, DeedKind.REDO, employee, at, conversation, message_id, text)
        made.undoes_id = undone.id
        _take_back(session, made, changes)
        for table in (Deed, Effect):
            session.execute(
                update(table).where(table.undone_by_id == undone.id).values(undone_by_id=None)
            )
        undone.undone_by_id = made.id
    return made


def withdraw(session: Session, deed: Deed, effect: int | None = None) -> None:
    """Take a deed (or one effect) with its amendments back inside the open deed, to do it anew.

    The rows inserted next in the same tables take over the ids that become free, in order, so
    that the same rows are changed rather than replaced, and undo of the open deed brings the
    previous version back. Raises Conflict.
    """
    state = recording.must_be_open(session)
    opened = session.get_one(Deed, state.deed_id)
    if opened.replaces_id is None:
        opened.replaces_id, opened.root_id = deed.id, deed.root_id or deed.id
    with session.begin_nested():
        for live in _chain(session, deed):
            if live.id == state.deed_id:
                continue
            for number, changes in _by_effect(_changes(session, live, effect)):
                entries = journal.joined(reversal.reverse(session, changes))
                journal.write(
                    session.connection(), state.deed_id, number, entries, merge=True, withdrawn=True
                )
    state.withdrew = True


def last(session: Session, employee: Employee) -> Deed | None:
    """The newest deed of that person, on whatever channel, that is in force and can be undone."""
    return session.scalars(
        select(Deed)
        .where(Deed.employee_id == employee.id, Deed.undone_by_id.is_(None))
        .where(Deed.kind.in_(_OF_PEOPLE), exists().where(CHANGES.c.deed_id == Deed.id))
        .order_by(Deed.id.desc())
        .limit(1)
    ).one_or_none()


def last_undone(session: Session, employee: Employee) -> Deed | None:
    """The undo that a redo would take back now; None once something else was done since."""
    newer = aliased(Deed)
    return session.scalars(
        select(Deed)
        .where(Deed.employee_id == employee.id, Deed.undone_by_id.is_(None))
        .where(Deed.kind == DeedKind.UNDO)
        .where(
            ~exists().where(
                newer.employee_id == employee.id,
                newer.id > Deed.id,
                newer.kind.in_(_OF_PEOPLE),
                CHANGES.c.deed_id == newer.id,
            )
        )
        .order_by(Deed.id.desc())
        .limit(1)
    ).one_or_none()


def effects_of(session: Session, deed: Deed) -> list[Effect]:
    """The effects in force of a deed and its amendments, the newest of each number."""
    newest: dict[int, Effect] = {}
    for live in _chain(session, deed):
        for made in _effects(session, live):
            if made.undone_by_id is None:
                newest.setdefault(made.number, made)
    return [newest[number] for number in sorted(newest)]


def _original(session: Session, deed: Deed) -> Deed:
    while deed.undoes_id is not None:
        deed = session.get_one(Deed, deed.undoes_id)
    return deed


def _chain(session: Session, deed: Deed) -> Sequence[Deed]:
    """The deeds in force of the amendments that this one belongs to, the newest first."""
    root = deed.root_id or deed.id
    return session.scalars(
        select(Deed)
        .where((Deed.id == root) | (Deed.root_id == root), Deed.undone_by_id.is_(None))
        .order_by(Deed.id.desc())
    ).all()


def _effects(session: Session, deed: Deed) -> Sequence[Effect]:
    return session.scalars(
        select(Effect).where(Effect.deed_id == deed.id).order_by(Effect.number)
    ).all()


def _changes(session: Session, deed: Deed, effect: int | None) -> list[SqlRow[Any]]:
    """What the deed changed and is in force, newest first."""
    undone = select(Effect.number).where(
        Effect.deed_id == deed.id, Effect.undone_by_id.is_not(None)
    )
    wanted = select(CHANGES).where(CHANGES.c.deed_id == deed.id, CHANGES.c.effect.not_in(undone))
    if effect is not None:
        wanted = wanted.where(CHANGES.c.effect == effect)
    return list(session.execute(wanted.order_by(CHANGES.c.position.desc())))


def _by_effect(changes: list[SqlRow[Any]]) -> Iterator[tuple[int, list[SqlRow[Any]]]]:
    for number, group in groupby(changes, key=lambda change: change.effect):
        yield number, list(group)


def _take_back(session: Session, deed: Deed, changes: list[SqlRow[Any]]) -> None:
    entries: list[Entry] = []
    for number, group in _by_effect(changes):
        part = reversal.reverse(session, group)
        journal.write(session.connection(), deed.id, number, part)
        entries += part
    reversal.nothing_dangles(session, entries)


def _mark_undone(session: Session, deed: Deed, by: Deed, effect: int | None) -> None:
    for made in _effects(session, deed):
        if effect in (None, made.number) and made.undone_by_id is None:
            made.undone_by_id = by.id
    session.flush()
    if not _changes(session, deed, None) or effect is None:
        deed.undone_by_id = by.id
    session.flush()


def _withdrawn_rows_are_free(session: Session, deed: Deed) -> None:
    left = session.execute(select(CHANGES).where(CHANGES.c.deed_id == deed.id, CHANGES.c.withdrawn))
    reversal.nothing_dangles(
        session,
        [Entry(row.operation, row.table_name, row.row_id, row.before, row.after) for row in left],
    )
