"""The doorbell: PostgreSQL tells every process when one of them put something in the mailbox."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import psycopg
import structlog
from sqlalchemy import Engine

from crm_store.mailbox import BELL

AGAIN_SECONDS = 5.0

log = structlog.get_logger(__name__)


class Doorbell:
    """Listens on a connection of its own, and again where that is lost."""

    def __init__(self, address: str, ring: Callable[[], None]) -> None:
        self._address = address
        self._ring = ring
        self._listening: asyncio.Task[None] | None = None

    async def listen(self) -> None:
        """Ring whenever something was put down, until `stop`."""
        self._listening = asyncio.create_task(self._for_ever())
        with suppress(asyncio.CancelledError):
            await self._listening

    def stop(self) -> None:
        """Hear nothing more."""
        if self._listening is not None:
            self._listening.cancel()

    async def _for_ever(self) -> None:
        while True:
            try:
                await self._hear()
            except psycopg.Error as error:
                log.warning("doorbell lost", reason=str(error).strip())
            await asyncio.sleep(AGAIN_SECONDS)

    async def _hear(self) -> None:
        connection = await psycopg.AsyncConnection.connect(self._address, autocommit=True)
        async with connection:
            await connection.execute(f"LISTEN {BELL}")
            self._ring()
            async for _ in connection.notifies():
                self._ring()


def doorbell_of(engine: Engine, ring: Callable[[], None]) -> Doorbell | None:
    """The doorbell of a store on PostgreSQL; SQLite has none, as one process delivers there."""
    if engine.dialect.name != "postgresql":
        return None
    address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return Doorbell(address, ring)
