"""`crm-bot run` as a process of its own on Telegram: killed, restarted, told to stop."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from crm_store.database import sessions
from crm_store.interactions import Interaction
from tests.channels.telegram_bot import Bot, link
from tests.channels.telegram_server import TOKEN, TelegramServer, person

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
PEOPLE = [person(6000 + number, f"Person {number}") for number in range(8)]
STAFF = ("pat", "lena", "omar", "priya")
ROUNDS = 3
KILLS = 4
START_SECONDS = 90.0
"""The first process may have to train the model."""


@contextmanager
def running(telegram: TelegramServer, store: Engine, folder: Path) -> Iterator[subprocess.Popen]:  # type: ignore[type-arg]
    """The bot as it is started in earnest."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    settings = {
        "DATABASE_URL": f"sqlite:///{store.url.database}",
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": telegram.url,
        "HTTP_PORT": str(port),
        "COMPANY_TIMEZONE": "Europe/Berlin",
        "COMPANY_COUNTRY": "DE",
        "CURRENCY": "EUR",
    }
    inherited = {name: value for name, value in os.environ.items() if name != "SLACK_BOT_TOKEN"}
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            env={**inherited, **settings},
            stderr=log,
            cwd=folder,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait(10)


def _logged(store: Engine, least: int) -> bool:
    return topics(store).total() >= least


def topics(store: Engine) -> Counter[str]:
    with sessions(store, reads_only=True)() as session:
        found = session.scalars(select(Interaction.topic).where(Interaction.topic.like("fence %")))
        return Counter(str(topic) for topic in found)


def receipts(telegram: TelegramServer) -> Counter[str]:
    said = (re.search(r"about (fence \w+)", one["text"]) for one in list(telegram.sent))
    return Counter(found[1] for found in said if found)


def test_killed_in_the_middle_it_loses_nothing_and_logs_nothing_twice(
    telegram: TelegramServer,
    telegram_bot: Callable[..., Bot],
    tmp_path: Path,
) -> None:
    store = telegram_bot().engine
    for number, someone in enumerate(PEOPLE):
        link(store, someone, f"{STAFF[number % len(STAFF)]}@example.com")
    expected = set()
    for round_ in range(ROUNDS):
        for someone in PEOPLE:
            topic = f"fence a{someone['id']}x{round_}"
            expected.add(topic)
            telegram.says(someone, f"log call with Maria Schmidt about {topic}")
    for kill in range(KILLS):
        with running(telegram, store, tmp_path) as process:
            reached = len(expected) * (kill + 1) // (KILLS + 2)
            telegram.waits(partial(_logged, store, reached), START_SECONDS)
            process.send_signal(signal.SIGKILL)
            process.wait(10)
    with running(telegram, store, tmp_path):
        telegram.waits(lambda: set(receipts(telegram)) == expected, START_SECONDS)
        telegram.waits(lambda: telegram.unconfirmed == 0, 40)
    assert topics(store) == Counter(expected)
    doubled = receipts(telegram).total() - len(expected)
    assert doubled <= KILLS, "after a crash at most the one that was in hand comes again"


def test_told_to_stop_it_finishes_within_ten_seconds(
    telegram: TelegramServer, telegram_bot: Callable[..., Bot], tmp_path: Path
) -> None:
    store = telegram_bot().engine
    link(store, PEOPLE[0], "lena@example.com")
    with running(telegram, store, tmp_path) as process:
        telegram.waits(
            lambda: any(name == "getUpdates" for name, _ in telegram.calls), START_SECONDS
        )
        telegram.says(PEOPLE[0], "log call with Maria Schmidt about fence last")
        time.sleep(0.05)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(12) == 0
        assert time.monotonic() - began < 10
    with running(telegram, store, tmp_path):
        telegram.waits(lambda: receipts(telegram)["fence last"] == 1, START_SECONDS)
    assert topics(store) == Counter({"fence last": 1})
    assert "Traceback" not in (tmp_path / "log").read_text()
