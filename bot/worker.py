"""The worker: keeps what arrives, and works it off in order within a line, lines side by side."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from crm_store.inbox import Arrival, Inbox

SIDE_BY_SIDE = 8
TRIES = 8
"""Waits of 1, 2, 4 ... seconds between them, two minutes in all; the next start tries again."""
LONGEST_WAIT = 60
SWEEP = timedelta(minutes=2)
"""How old an arrival is when it is taken over from a process that no longer works on it."""

log = structlog.get_logger(__name__)


def _clock() -> datetime:
    return datetime.now(UTC)


class Worker:
    """Works off the arrivals of one channel with `work`, which may raise to be asked again."""

    def __init__(
        self,
        inbox: Inbox,
        channel: str,
        work: Callable[[Arrival], Awaitable[None]],
        clock: Callable[[], datetime] = _clock,
    ) -> None:
        self._inbox, self._channel, self._work, self._clock = inbox, channel, work, clock
        # A thread of its own: turns may fill every other one, an acknowledgement must not wait.
        self._writing = ThreadPoolExecutor(1, thread_name_prefix=f"{channel}-inbox")
        self._lines: dict[str, deque[Arrival]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(SIDE_BY_SIDE)
        self._known: set[int] = set()
        self._begun, self._stopping = False, False

    async def take(self, external_id: str, line: str, body: Mapping[str, Any]) -> bool:
        """Keep an arrival and see to it; once this returns it cannot be lost. False if it
        was delivered before."""
        keep = self._inbox.keep
        arrival = await self._in_thread(
            keep, self._channel, external_id[:200], line[:200], body, self._clock()
        )
        if arrival is None:
            return False
        if self._begun:
            self._queue(arrival)
        return True

    async def resume(self) -> None:
        """Begin: with what an earlier process left behind, and what was kept since."""
        self._begun = True
        for arrival in await self._in_thread(self._inbox.waiting, self._channel):
            self._queue(arrival)

    async def sweep(self) -> None:
        """Take over what another process left behind, and forget what is long done."""
        now = self._clock()
        for arrival in await self._in_thread(self._inbox.waiting, self._channel, now - SWEEP):
            self._queue(arrival)
        await self._in_thread(self._inbox.forget, now)

    async def stop(self) -> None:
        """Finish what is being worked on; the rest stays in the inbox."""
        self._stopping = True
        if self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)
        self._writing.shutdown(wait=True)

    @property
    def waiting(self) -> int:
        """How many arrivals are not worked off."""
        return len(self._known)

    def _queue(self, arrival: Arrival) -> None:
        if arrival.id in self._known or self._stopping:
            return
        self._known.add(arrival.id)
        line = self._lines.get(arrival.line)
        if line is not None:
            line.append(arrival)
            return
        self._lines[arrival.line] = deque([arrival])
        task = asyncio.create_task(self._work_off(arrival.line))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work_off(self, name: str) -> None:
        line = self._lines[name]
        try:
            while line and not self._stopping:
                await self._see_to(line[0])
                self._known.discard(line.popleft().id)
        finally:
            self._known.difference_update(arrival.id for arrival in line)
            del self._lines[name]

    async def _see_to(self, arrival: Arrival) -> None:
        for attempt in range(TRIES):
            try:
                async with self._places:
                    await self._work(arrival)
                await self._in_thread(self._inbox.done, arrival, self._clock())
            except Exception:
                log.exception("arrival not worked off", id=arrival.external_id, attempt=attempt + 1)
                if self._stopping:
                    return
                await asyncio.sleep(min(2**attempt, LONGEST_WAIT))
            else:
                return
        log.error("arrival set aside until the next start", id=arrival.external_id)

    async def _in_thread(self, function: Callable[..., Any], *arguments: Any) -> Any:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writing, function, *arguments)
