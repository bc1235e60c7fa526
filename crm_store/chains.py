"""Chains of deeds: a message, its amendments, and what of them is in force."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Row as SqlRow
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store.deeds import Deed, Effect
from crm_store.journal import CHANGES


def in_force(session: Session, deed: Deed) -> Sequence[Deed]:
    """The deeds in force of the amendments that this one belongs to, the newest first."""
    root = deed.root_id or deed.id
    return session.scalars(
        select(Deed)
        .where((Deed.id == root) | (Deed.root_id == root), Deed.undone_by_id.is_(None))
        .order_by(Deed.id.desc())
    ).all()


def original(session: Session, deed: Deed) -> Deed:
    """The deed that an undo or redo is about in the end."""
    while deed.undoes_id is not None:
        deed = session.get_one(Deed, deed.undoes_id)
    return deed


def effects(session: Session, deed: Deed) -> Sequence[Effect]:
    """The effects of that deed alone, in force or not, by number."""
    return session.scalars(
        select(Effect).where(Effect.deed_id == deed.id).order_by(Effect.number)
    ).all()


def changes(session: Session, deed: Deed, effect: int | None) -> list[SqlRow[Any]]:
    """What the deed changed and is in force, newest first."""
    undone = select(Effect.number).where(
        Effect.deed_id == deed.id, Effect.undone_by_id.is_not(None)
    )
    wanted = select(CHANGES).where(CHANGES.c.deed_id == deed.id, CHANGES.c.effect.not_in(undone))
    if effect is not None:
        wanted = wanted.where(CHANGES.c.effect == effect)
    return list(session.execute(wanted.order_by(CHANGES.c.position.desc())))


def by_effect(changes: list[SqlRow[Any]]) -> Iterator[tuple[int, list[SqlRow[Any]]]]:
    """The changes in the same order, in runs that belong to one effect."""
    for number, group in groupby(changes, key=lambda change: change.effect):
        yield number, list(group)
