"""How long a turn takes: understand, resolve, write, receipt; and how long a start.

    python benchmarks/turns.py [--rounds 30]

Turns run on the demo's store in a temporary folder, each committed to disk. Start-up is
measured with whole processes: `crm-bot understand` to its first answer, and its memory.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psutil

from bot.assistant import Assistant
from bot.demo import fill
from bot.message import IncomingMessage
from crm_store import pipeline
from crm_store.database import open_store, sessions, upgrade
from crm_store.firm import Firm
from nlu.dates import Calendar
from nlu.model_files import embedded
from nlu.understanding import Understander
from skills import all_skills

SAYS = {
    "log": "log call with John Smith about pricing",
    "log, three effects": (
        "log call with Jane Smith about the fence, she prefers mornings, follow up next Tuesday"
    ),
    "look up concerns": "what did Jane Smith complain about?",
    "look up contact": "when did we last speak to Ana Müller?",
    "brief": "brief me on Nordlicht",
    "remind": "remind me to call Maria Schmidt tomorrow at 5",
    "list": "what is on my plate this week?",
    "undo": "undo",
}
START = datetime(2026, 11, 18, 10, 30, tzinfo=ZoneInfo("Europe/Berlin"))
FIRM = Firm(timezone="Europe/Berlin", country="DE", currency="EUR")


def assistant(folder: Path) -> Assistant:
    """The demo firm's assistant on a fresh store."""
    engine = open_store(f"sqlite:///{folder / 'turns.sqlite3'}")
    upgrade(engine)
    make, calendar = sessions(engine), Calendar()
    with make.begin() as session:
        pipeline.settle(session)
    fill(engine, FIRM)
    understander = Understander(embedded(), calendar=calendar)
    return Assistant(make, understander, all_skills(), FIRM, calendar)


def turns(rounds: int) -> dict[str, list[float]]:
    """Milliseconds of every turn, by what was said."""
    taken: dict[str, list[float]] = {name: [] for name in SAYS}
    with tempfile.TemporaryDirectory() as folder:
        hears = assistant(Path(folder))
        now = START
        for number in range(-3, rounds):
            for name, text in SAYS.items():
                now += timedelta(seconds=1)
                message = IncomingMessage(
                    "terminal", "pat@example.com", "pat@example.com", f"{number}{name}", now, text
                )
                before = time.perf_counter()
                hears.hear(message)
                if number >= 0:
                    taken[name].append((time.perf_counter() - before) * 1000)
    return taken


def start() -> tuple[float, float]:
    """Seconds to the first answer of `crm-bot understand`, and its memory in MB."""
    command = [sys.executable, "-m", "bot", "understand"]
    before = time.perf_counter()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write("log call with Smith about pricing\n")
        process.stdin.flush()
        json.loads(process.stdout.readline())
        seconds = time.perf_counter() - before
        memory = psutil.Process(process.pid).memory_info().rss / 1e6
        process.stdin.close()
    return seconds, memory


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so large a share lies at or below."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    rounds = parser.parse_args().rounds
    taken = turns(rounds)
    print(f"{'turn (ms)':<24}{'p50':>8}{'p95':>8}")
    for name, values in taken.items():
        print(f"{name:<24}{statistics.median(values):>8.1f}{percentile(values, 0.95):>8.1f}")
    every = [value for values in taken.values() for value in values]
    print(f"{'all':<24}{statistics.median(every):>8.1f}{percentile(every, 0.95):>8.1f}")
    starts = [start() for _ in range(5)]
    seconds, memory = (statistics.median(column) for column in zip(*starts, strict=True))
    print(f"crm-bot understand: first answer after {seconds:.2f} s, {memory:.0f} MB")


if __name__ == "__main__":
    main()
