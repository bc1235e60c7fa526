"""Delivery: what in the mailbox goes out next, taken so that nobody else can take it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select, tuple_, update
from sqlalchemy.orm import Session, aliased

from crm_store.columns import UtcTime
from crm_store.mailbox import Outgoing


@dataclass(frozen=True, slots=True)
class Due:
    """A row of the mailbox that was taken, as far as whoever sends it needs it."""

    id: int
    kind: str
    channel: str
    address: str
    body: Mapping[str, object]
    due_at: datetime
    attempts: int


def take(session: Session, channels: Collection[str], now: datetime, by: str) -> Due | None:
    """The next row that is due on one of the channels; None if there is none to be had.

    On PostgreSQL it is locked until the transaction ends, and passed over by everybody else
    meanwhile. SQLite knows no such lock: there it is marked as claimed, and only one courier
    may run. A row waits for those before it at the same address.
    """
    wanted = _first_in_line(channels).where(_moment() <= now)
    wanted = wanted.order_by(Outgoing.due_at, Outgoing.id).limit(1)
    row = session.scalars(wanted.with_for_update(of=Outgoing, skip_locked=True)).one_or_none()
    if row is None:
        return None
    row.claimed_at, row.claimed_by = now, by
    return Due(
        id=row.id,
        kind=row.kind.value,
        channel=row.channel,
        address=row.address,
        body=row.body,
        due_at=row.due_at,
        attempts=row.attempts,
    )


def next_at(session: Session, channels: Collection[str]) -> datetime | None:
    """When something is due next on the channels; in the past where it waits to be taken, or
    somebody else has it in hand."""
    earliest = func.min(_moment(), type_=UtcTime)
    moment: datetime | None = session.scalar(_first_in_line(channels).with_only_columns(earliest))
    return moment


def sent(session: Session, due: Due, external_id: str | None, at: datetime) -> None:
    """It arrived, under that id of the platform's."""
    _settle(session, due, sent_at=at, external_id=external_id, error=None)


def postponed(session: Session, due: Due, until: datetime, reason: str, *, attempts: int) -> None:
    """It goes out later; whoever is behind it at the address waits too."""
    _settle(session, due, next_try_at=until, attempts=attempts, error=reason)


def given_up(session: Session, due: Due, reason: str, at: datetime, *, attempts: int) -> None:
    """It will not be tried again; it is kept, and the doctor shows it."""
    _settle(session, due, failed_at=at, attempts=attempts, error=reason)


def release(session: Session) -> int:
    """Let go of what a courier that ended in the middle had in hand; how many rows that were."""
    held = (
        select(Outgoing)
        .where(Outgoing.sent_at.is_(None), Outgoing.failed_at.is_(None))
        .where(Outgoing.claimed_at.is_not(None))
    )
    rows = session.scalars(held).all()
    for row in rows:
        row.claimed_at = row.claimed_by = None
    return len(rows)


def _settle(session: Session, due: Due, **values: object) -> None:
    free = {"claimed_at": None, "claimed_by": None}
    session.execute(update(Outgoing).where(Outgoing.id == due.id).values(**free, **values))


def _moment() -> ColumnElement[datetime]:
    return func.coalesce(Outgoing.next_try_at, Outgoing.due_at, type_=UtcTime)


def _first_in_line(channels: Collection[str]) -> Select[Outgoing]:
    """What nobody has in hand and nothing waits before, at its address."""
    before = aliased(Outgoing)
    earlier = (
        select(before.id)
        .where(before.sent_at.is_(None), before.failed_at.is_(None))
        .where(before.channel == Outgoing.channel, before.address == Outgoing.address)
        .where(tuple_(before.due_at, before.id) < tuple_(Outgoing.due_at, Outgoing.id))
    )
    return (
        select(Outgoing)
        .where(Outgoing.sent_at.is_(None), Outgoing.failed_at.is_(None))
        .where(Outgoing.claimed_at.is_(None), Outgoing.channel.in_(sorted(channels)))
        .where(~earlier.exists())
    )
