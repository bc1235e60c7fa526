"""The courier: sends what is due in the mailbox, row by row, none lost and none twice at once."""

import asyncio
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import structlog
from filelock import FileLock, Timeout
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session, sessionmaker

from bot.channels.protocol import Channel, Letter, TryLater, Undeliverable
from bot.doorbell import Doorbell, doorbell_of
from crm_store import delivery
from crm_store.database import sessions
from crm_store.delivery import Due

ATTEMPTS = 14
"""Tries before a message is given up: about an hour, as the pauses grow."""
ATTEMPTS_UNEXPECTED = 4
"""Tries where a channel fails in a way that it does not know itself."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(minutes=10)
LONGEST_REST = timedelta(seconds=15)
"""How long a channel that fails is left alone, at most."""
LONGEST_ASKED = timedelta(hours=6)
"""A Retry-After beyond this is not believed."""
SEND_SECONDS = 60.0
"""A send that takes longer has failed. Less than what PostgreSQL lets a transaction idle."""
LONGEST_SLEEP = 30.0
"""Seconds after which a sleeper looks by itself: a bell may have been missed."""
HELD_ELSEWHERE = 1.0
"""Seconds between looks while another process has what is due in hand."""

log = structlog.get_logger(__name__)


class CourierElsewhere(RuntimeError):
    """Another process delivers from this SQLite file already; the message says what to do."""


class Planning(Protocol):
    """Whoever puts down what falls due."""

    def next_at(self) -> datetime | None: ...
    def plan(self, now: datetime) -> int: ...


class Courier:
    """Delivers through its channels, from `start` to `stop`.

    One row is in hand at a time, so that a crash repeats at most that one. `made_by` are the
    sessions in which turns are made: their commits wake the courier at once. `nudge` does the
    same from any thread.
    """

    def __init__(
        self,
        engine: Engine,
        channels: Sequence[Channel],
        planner: Planning,
        *,
        made_by: sessionmaker[Session] | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._engine = engine
        self._channels = {channel.name: channel for channel in channels}
        self._planner = planner
        self._made_by = made_by
        self._clock = clock
        self._sessions = sessions(engine)
        self._reading = sessions(engine, reads_only=True)
        self._alone = engine.dialect.name == "sqlite"
        self._me = f"{socket.gethostname()}:{os.getpid()}"
        self._lock: FileLock | None = None
        self._bell: Doorbell | None = None
        self._woken: list[asyncio.Event] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = False
        self._rests: dict[str, tuple[int, datetime]] = {}

    async def start(self) -> None:
        """Begin to deliver; raises CourierElsewhere on an SQLite file that another process
        delivers from."""
        self._lock = _lock_beside(self._engine)
        self._loop = asyncio.get_running_loop()
        self._stopping = False
        if self._alone:
            await asyncio.to_thread(self._release)
        if self._made_by is not None:
            event.listen(self._made_by, "after_commit", self._committed)
        for round_ in (self._plan_next, self._deliver_next):
            woken = asyncio.Event()
            self._woken.append(woken)
            self._tasks.append(asyncio.create_task(self._go_round(round_, woken)))
        self._bell = doorbell_of(self._engine, self.nudge)
        if self._bell is not None:
            self._tasks.append(asyncio.create_task(self._bell.listen()))

    async def stop(self) -> None:
        """Finish what is in hand, and take nothing more."""
        self._stopping = True
        self._ring()
        if self._bell is not None:
            self._bell.stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        self._woken.clear()
        if self._made_by is not None and event.contains(
            self._made_by, "after_commit", self._committed
        ):
            event.remove(self._made_by, "after_commit", self._committed)
        if self._lock is not None:
            self._lock.release()

    def nudge(self) -> None:
        """Something new may be due: look at once. From any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ring)

    def _ring(self) -> None:
        for woken in self._woken:
            woken.set()

    def _committed(self, _session: Session) -> None:
        self.nudge()

    async def _go_round(self, step: Callable[[], Any], woken: asyncio.Event) -> None:
        """Do the step over and over: it returns the seconds that nothing is to be done for."""
        failures = 0
        while not self._stopping:
            woken.clear()
            try:
                seconds = await step()
                failures = 0
            except Exception:
                log.exception("courier stumbled")
                failures += 1
                seconds = min(LONGEST_SLEEP, 2.0 ** min(failures, 5))
            if seconds > 0 and not self._stopping:
                await _until(woken, seconds)

    async def _plan_next(self) -> float:
        now = self._clock()
        following = await asyncio.to_thread(self._planner.next_at)
        if following is None or following > now:
            return self._pause(following, now)
        planned = await asyncio.to_thread(self._planner.plan, now)
        return 0.0 if planned else HELD_ELSEWHERE

    async def _deliver_next(self) -> float:
        now = self._clock()
        awake = self._awake(now)
        session = self._sessions()
        try:
            due = await asyncio.to_thread(self._take, session, awake, now)
            if due is None:
                return await self._nothing(awake, now)
            await self._deliver(session, due)
            return 0.0
        finally:
            # Shielded from a cancelled loop: the row must not stay locked.
            await asyncio.shield(asyncio.to_thread(session.close))

    def _take(self, session: Session, awake: Sequence[str], now: datetime) -> Due | None:
        if not awake:
            return None
        if self._alone and self._look(awake, now) is None:
            # Reading alone disturbs nobody; claiming takes SQLite's one write lock.
            return None
        due = delivery.take(session, awake, now, self._me)
        if self._alone or due is None:
            # SQLite has one writer: no transaction stays open while a message travels.
            session.commit()
        else:
            session.flush()
        return due

    def _look(self, awake: Sequence[str], now: datetime) -> datetime | None:
        with self._reading() as session:
            following = delivery.next_at(session, awake)
        return following if following is not None and following <= now else None

    async def _nothing(self, awake: Sequence[str], now: datetime) -> float:
        following = await asyncio.to_thread(self._next_at, awake)
        rested = min((until for _, until in self._rests.values() if until > now), default=None)
        moments = [moment for moment in (following, rested) if moment is not None]
        return self._pause(min(moments, default=None), now)

    def _next_at(self, awake: Sequence[str]) -> datetime | None:
        with self._reading() as session:
            return delivery.next_at(session, awake)

    def _pause(self, following: datetime | None, now: datetime) -> float:
        if following is None:
            return LONGEST_SLEEP
        seconds = (following - now).total_seconds()
        # Due and yet not to be had: another process has it in hand.
        return min(LONGEST_SLEEP, seconds if seconds > 0 else HELD_ELSEWHERE)

    async def _deliver(self, session: Session, due: Due) -> None:
        channel = self._channels[due.channel]
        reply_to = str(due.body.get("reply_to") or "")
        letter = Letter(due.id, due.kind, due.address, due.body, reply_to)
        try:
            async with asyncio.timeout(SEND_SECONDS):
                external_id = await channel.send(letter)
        except Undeliverable as error:
            log.warning("message undeliverable", outgoing=due.id, reason=str(error))
            await self._give_up(session, due, str(error), due.attempts + 1)
        except TryLater as later:
            await self._later(session, due, later)
        except TimeoutError:
            await self._later(session, due, TryLater(f"no answer in {SEND_SECONDS:.0f} s"))
        except Exception as error:
            log.exception("channel failed", outgoing=due.id, channel=due.channel)
            why = TryLater(f"{type(error).__name__}: {error}")
            await self._later(session, due, why, attempts=ATTEMPTS_UNEXPECTED)
        else:
            self._rests.pop(due.channel, None)
            at = self._clock()
            await self._settle(session, partial(delivery.sent, session, due, external_id, at))

    async def _later(
        self, session: Session, due: Due, later: TryLater, attempts: int = ATTEMPTS
    ) -> None:
        now, tried = self._clock(), due.attempts + (0 if later.paced else 1)
        reason = str(later)
        if tried >= attempts:
            log.error("message given up", outgoing=due.id, attempts=tried, reason=reason)
            await self._give_up(session, due, reason, tried)
            return
        pause = _pause_after(tried)
        if later.after_seconds is not None:
            pause = min(LONGEST_ASKED, timedelta(seconds=max(0.0, later.after_seconds)))
        elif not later.paced:
            self._rest(due.channel, now)
        if not later.paced:
            log.warning("message tried again", outgoing=due.id, attempts=tried, reason=reason)
        wait = partial(delivery.postponed, session, due, now + pause, reason, attempts=tried)
        await self._settle(session, wait)

    async def _give_up(self, session: Session, due: Due, reason: str, tried: int) -> None:
        at = self._clock()
        end = partial(delivery.given_up, session, due, reason, at, attempts=tried)
        await self._settle(session, end)

    def _rest(self, channel: str, now: datetime) -> None:
        """Leave a failing channel alone for a while, so that the others do not wait for it."""
        failures = self._rests.get(channel, (0, now))[0] + 1
        rest = min(LONGEST_REST, FIRST_PAUSE * (1 << min(failures - 1, 6)))
        self._rests[channel] = (failures, now + rest)

    def _awake(self, now: datetime) -> list[str]:
        asleep = {name for name, (_, until) in self._rests.items() if until > now}
        return [name for name in self._channels if name not in asleep]

    async def _settle(self, session: Session, how: Callable[[], None]) -> None:
        """Write down how it went; shielded, as what was sent must be marked."""
        await asyncio.shield(asyncio.to_thread(_and_commit, session, how))

    def _release(self) -> None:
        with self._sessions.begin() as session:
            if found := delivery.release(session):
                log.warning("messages were in hand when the last courier ended", messages=found)


def _and_commit(session: Session, how: Callable[[], None]) -> None:
    how()
    session.commit()


def _pause_after(tried: int) -> timedelta:
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(max(tried, 1) - 1, 10)))


@contextmanager
def alone_beside(engine: Engine) -> Iterator[None]:
    """While nobody delivers from that SQLite file. Raises CourierElsewhere."""
    lock = _lock_beside(engine)
    try:
        yield
    finally:
        if lock is not None:
            lock.release()


def _lock_beside(engine: Engine) -> FileLock | None:
    """The lock that says who delivers from an SQLite file; it ends with its process."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:":
        return None
    lock = FileLock(Path(name).with_name(f"{Path(name).name}.courier"))
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise CourierElsewhere(
            f"Another process delivers from {name} already. Stop that one first, or keep the "
            "store on PostgreSQL, where several may run."
        ) from None
    return lock


async def _until(woken: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await woken.wait()
    except TimeoutError:
        pass
