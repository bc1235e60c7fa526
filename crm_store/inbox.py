"""The inbox: what a platform delivered, kept until it was worked off, so that the platform can
be told at once that it has arrived."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Engine,
    Index,
    MetaData,
    String,
    UniqueConstraint,
    delete,
    event,
    func,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from crm_store.columns import UtcTime, json_column
from crm_store.database import open_store, sessions

REMEMBERED = timedelta(days=2)
"""How long the id of something worked off is known; platforms deliver again within hours."""
CREATION_LOCK = 7_263_452


class _Table(DeclarativeBase):
    # Not a part of the store's schema: nothing stays here, so nothing is ever migrated.
    metadata = MetaData()


class Arrival(_Table):
    """Something delivered. `line` names whose turn it is: within a line, order is kept.

    `body` is what the channel needs to understand it; it is forgotten once worked off.
    """

    __tablename__ = "arrivals"
    __table_args__ = (
        UniqueConstraint("channel", "external_id"),
        Index("ix_arrivals_waiting", "channel", "id", postgresql_where=text("done_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    external_id: Mapped[str] = mapped_column(String(200))
    line: Mapped[str] = mapped_column(String(200))
    body: Mapped[dict[str, Any] | None] = mapped_column(json_column())
    arrived_at: Mapped[datetime] = mapped_column(UtcTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcTime)


class Inbox:
    """Arrivals, each kept once and worked off once."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(select(func.pg_advisory_xact_lock(CREATION_LOCK)))
            _Table.metadata.create_all(connection)
        self._sessions = sessions(engine)
        self._reading = sessions(engine, reads_only=True)

    def keep(
        self, channel: str, external_id: str, line: str, body: Mapping[str, Any], at: datetime
    ) -> Arrival | None:
        """Write it down; None if that id was delivered before."""
        arrival = Arrival(
            channel=channel, external_id=external_id, line=line, body=dict(body), arrived_at=at
        )
        try:
            with self._sessions.begin() as session:
                session.add(arrival)
        except IntegrityError:
            return None
        return arrival

    def waiting(self, channel: str, before: datetime | None = None) -> list[Arrival]:
        """What was kept and not worked off, in the order of arrival."""
        wanted = select(Arrival).where(Arrival.channel == channel, Arrival.done_at.is_(None))
        if before is not None:
            wanted = wanted.where(Arrival.arrived_at < before)
        with self._reading() as session:
            return list(session.scalars(wanted.order_by(Arrival.id)))

    def done(self, arrival: Arrival, at: datetime) -> None:
        """Worked off: only its id is remembered, for a while."""
        with self._sessions.begin() as session:
            session.execute(
                update(Arrival).where(Arrival.id == arrival.id).values(done_at=at, body=None)
            )

    def forget(self, now: datetime) -> None:
        """Drop the ids of what was worked off long ago."""
        with self._sessions.begin() as session:
            session.execute(delete(Arrival).where(Arrival.done_at < now - REMEMBERED))


def inbox_for(engine: Engine) -> Inbox:
    """The inbox beside a store: on SQLite in a file of its own, because a turn holds the one
    write lock of the store, and an acknowledgement must not wait for it."""
    if engine.dialect.name != "sqlite":
        return Inbox(engine)
    name = engine.url.database
    url = "sqlite://"
    if name and name != ":memory:":
        path = Path(name)
        url = f"sqlite:///{path.with_name(f'{path.stem}.inbox{path.suffix}')}"
    beside = open_store(url)
    event.listen(beside, "connect", _survives_power_cuts)
    return Inbox(beside)


def _survives_power_cuts(connection: Any, _record: Any) -> None:
    # What was acknowledged is nowhere else.
    connection.execute("PRAGMA synchronous = FULL")
