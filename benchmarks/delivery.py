"""Delivery under fire: several couriers on PostgreSQL, killed at random, and what became of
every message.

    python -m benchmarks.delivery [--messages 20000] [--processes 4] [--kills 50] [--url URL]

Without --url a PostgreSQL is started for the time being. First nobody is killed, then `--kills`
processes are, by SIGKILL. Exits with 1 where a message was lost, went out of order or was sent
again without a kill, or oftener than there were kills.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, insert, select

from bot.channels.protocol import Letter
from bot.courier import Courier
from crm_store.database import open_store, sessions, upgrade
from crm_store.mailbox import Outgoing, OutgoingKind

ADDRESSES = 200
FASTEST, SLOWEST = 0.005, 0.040
"""Seconds that a send takes."""


@dataclass
class Postbox:
    """A platform that takes a while, and writes down what arrived where no kill can reach it."""

    file: int
    name: str = "bench"
    connected: bool = True

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def send(self, letter: Letter) -> str:
        await asyncio.sleep(random.uniform(FASTEST, SLOWEST))
        os.write(self.file, f"{letter.outgoing_id} {letter.address} {time.time()}\n".encode())
        return str(letter.outgoing_id)


class NothingPlanned:
    """Only what is in the mailbox is delivered."""

    def next_at(self) -> datetime | None:
        return None

    def plan(self, now: datetime) -> int:
        return 0


async def deliver(url: str, log: str) -> None:
    """One process: a courier until it is told to stop."""
    file = os.open(log, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    courier = Courier(open_store(url), [Postbox(file)], NothingPlanned())
    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    await courier.start()
    await told.wait()
    await courier.stop()


@dataclass(frozen=True)
class Outcome:
    """What became of the messages of one run."""

    messages: int
    kills: int
    seconds: float
    lost: int
    repeated: int
    out_of_order: int
    latest: float

    def __str__(self) -> str:
        return (
            f"{self.kills:>2} kills: {self.messages:,} messages in {self.seconds:.1f} s, "
            f"{self.messages / self.seconds:.0f} a second; lost {self.lost}, sent again "
            f"{self.repeated}, out of order {self.out_of_order}; the latest {self.latest:.1f} s "
            "after it was due"
        )

    @property
    def holds(self) -> bool:
        return not self.lost and not self.out_of_order and self.repeated <= self.kills


def put(url: str, messages: int) -> datetime:
    """Everything is due now, in turn for each address."""
    engine, due = open_store(url), datetime.now(UTC)
    rows = [
        {
            "kind": OutgoingKind.NOTICE, "channel": "bench", "address": f"C{n % ADDRESSES}",
            "body": {"text": str(n)}, "due_at": due + timedelta(microseconds=n),
            "created_at": due, "attempts": 0,
        }
        for n in range(messages)
    ]  # fmt: skip
    with sessions(engine).begin() as session:
        session.execute(insert(Outgoing), rows)
    engine.dispose()
    return due


def waiting(url: str) -> int:
    """How many were not sent yet."""
    engine = open_store(url)
    with sessions(engine, reads_only=True)() as session:
        wanted = select(func.count(Outgoing.id)).where(Outgoing.sent_at.is_(None))
        found = session.scalar(wanted) or 0
    engine.dispose()
    return found


def run(url: str, folder: Path, messages: int, processes: int, kills: int) -> Outcome:
    """Deliver everything with so many processes, replacing each that is killed."""
    engine = open_store(url)
    upgrade(engine)
    engine.dispose()
    due = put(url, messages)
    started = time.monotonic()
    logs: list[Path] = []

    def start() -> subprocess.Popen[bytes]:
        log = folder / f"{kills}-{len(logs)}"
        logs.append(log)
        command = [sys.executable, "-m", "benchmarks.delivery", "--work", str(log), "--url", url]
        return subprocess.Popen(command)

    workers = [start() for _ in range(processes)]
    done, killed = 0, 0
    try:
        while (left := waiting(url)) > 0:
            # Spread over the whole run, at instants that nobody can foresee.
            while killed < kills and messages - left > messages * (killed + 1) / (kills + 2):
                victim = random.randrange(processes)
                time.sleep(random.uniform(0, 0.05))
                workers[victim].kill()
                workers[victim].wait()
                workers[victim] = start()
                killed += 1
            time.sleep(0.2)
        done = 1
    finally:
        for worker in workers:
            worker.terminate() if done else worker.kill()
        for worker in workers:
            worker.wait(30)
    return judged(logs, due, messages, killed, time.monotonic() - started)


def judged(logs: list[Path], due: datetime, messages: int, kills: int, seconds: float) -> Outcome:
    """Count what arrived, by what the platform wrote down."""
    lines = [line.split() for log in logs if log.exists() for line in log.read_text().splitlines()]
    arrived = sorted((float(at), int(number), address) for number, address, at in lines)
    times = Counter(number for _, number, _ in arrived)
    first: dict[str, list[int]] = defaultdict(list)
    seen: set[int] = set()
    for _, number, address in arrived:
        if number not in seen:
            first[address].append(number)
            seen.add(number)
    return Outcome(
        messages=messages,
        kills=kills,
        seconds=seconds,
        lost=messages - len(times),
        repeated=sum(times.values()) - len(times),
        out_of_order=sum(numbers != sorted(numbers) for numbers in first.values()),
        latest=arrived[-1][0] - due.timestamp(),
    )


def main() -> None:
    """Both runs, and what they measured."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--url", help="an empty PostgreSQL database for each run: URL, URL2")
    parser.add_argument("--work", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        asyncio.run(deliver(given.url, given.work))
        return
    outcomes = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        urls = given.url.split(",") if given.url else []
        if not urls:
            from tests.postgres import running

            server = stack.enter_context(running())
            urls = [server.fresh(), server.fresh()]
        for url, kills in zip(urls, (0, given.kills), strict=False):
            outcomes.append(run(url.strip(), folder, given.messages, given.processes, kills))
            print(outcomes[-1], flush=True)
    sys.exit(0 if all(outcome.holds for outcome in outcomes) else 1)


if __name__ == "__main__":
    main()
