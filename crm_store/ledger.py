"""The ledger: what every message changed, and how it is taken back, done again or amended."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Row as SqlRow
from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session, aliased

from crm_store import amending, chains, journal, recording, reversal
from crm_store.amending import effects_of, withdraw
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
        amending.withdrawn_rows_are_free(session, deed)
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
            chains.original(session, deed),
            employee=employee,
            at=at,
            effect=effect,
            conversation=conversation,
            message_id=message_id,
            text=text,
        )
    chain = [live for live in chains.in_force(session, deed) if live.id >= deed.id]
    changes = [change for live in chain for change in chains.changes(session, live, effect)]
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
    changes = chains.changes(session, undone, None)
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


def _take_back(session: Session, deed: Deed, changes: list[SqlRow[Any]]) -> None:
    entries: list[Entry] = []
    for number, group in chains.by_effect(changes):
        part = reversal.reverse(session, group)
        journal.write(session.connection(), deed.id, number, part)
        entries += part
    reversal.nothing_dangles(session, entries)


def _mark_undone(session: Session, deed: Deed, by: Deed, effect: int | None) -> None:
    for made in chains.effects(session, deed):
        if effect in (None, made.number) and made.undone_by_id is None:
            made.undone_by_id = by.id
    session.flush()
    if not chains.changes(session, deed, None) or effect is None:
        deed.undone_by_id = by.id
    session.flush()
