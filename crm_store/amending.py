"""Amending: a deed is taken back inside a new one and done anew, on the same rows."""

from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from crm_store import chains, journal, recording, reversal
from crm_store.deeds import Deed, Effect
from crm_store.journal import CHANGES, Entry


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
        for live in chains.in_force(session, deed):
            if live.id == state.deed_id:
                continue
            for number, changes in chains.by_effect(chains.changes(session, live, effect)):
                entries = journal.joined(reversal.reverse(session, changes))
                journal.write(
                    session.connection(), state.deed_id, number, entries, merge=True, withdrawn=True
                )
    state.withdrew = True


def effects_of(session: Session, deed: Deed) -> list[Effect]:
    """The effects in force of a deed and its amendments, the newest of each number.

    An effect that an amendment withdrew and did not do anew is in force no more.
    """
    newest: dict[int, Effect | None] = {}
    for live in chains.in_force(session, deed):
        for made in chains.effects(session, live):
            if made.undone_by_id is None:
                newest.setdefault(made.number, made)
        for number in session.scalars(_withdrawn(CHANGES.c.effect, live).distinct()):
            newest.setdefault(number, None)
    return [made for _, made in sorted(newest.items()) if made is not None]


def _withdrawn(what: ColumnElement[Any], deed: Deed) -> Select[Any]:
    return select(what).where(CHANGES.c.deed_id == deed.id, CHANGES.c.withdrawn)


def withdrawn_rows_are_free(session: Session, deed: Deed) -> None:
    """Raise Conflict if others refer to a row that the deed withdrew and did not write anew."""
    left = session.execute(select(CHANGES).where(CHANGES.c.deed_id == deed.id, CHANGES.c.withdrawn))
    reversal.nothing_dangles(
        session,
        [Entry(row.operation, row.table_name, row.row_id, row.before, row.after) for row in left],
    )
