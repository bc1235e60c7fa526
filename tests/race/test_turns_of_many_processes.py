"""Eight processes take turns for the same fifty conversations: nothing is lost or done twice."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from crm_store import ledger
from crm_store.conversations import Conversation
from crm_store.database import open_store, sessions
from crm_store.deeds import Deed
from crm_store.employees import Employee
from crm_store.interactions import Interaction
from crm_store.mailbox import Outgoing, Received
from crm_store.reminders import Reminder
from tests.conversations.chat import START
from tests.postgres import Server

PROCESSES, CONVERSATIONS, TURNS = 8, 50, 4

WORKER = """
import random, sys
from datetime import timedelta
from bot.assistant import Assistant
from bot.message import IncomingMessage
from crm_store.database import open_store, sessions
from nlu.dates import Calendar
from nlu.model_files import embedded
from nlu.understanding import Understander
from skills import all_skills
from tests.conftest import FIRM
from tests.conversations.chat import START

url, me, turns, conversations = sys.argv[1], *map(int, sys.argv[2:])
engine = open_store(url)
calendar = Calendar()
assistant = Assistant(
    sessions(engine), Understander(embedded(), calendar=calendar), all_skills(), FIRM, calendar
)
said = [
    "log call with Jane Smith about price",
    "remind me to order stakes tomorrow at 9",
    "log call with Ana Müller about the plot, follow up next Tuesday",
    "note for Lotte Brinkmann: the gate code is 44",
]
order = [(one, turn) for one in range(conversations) for turn in range(turns)]
random.Random(me).shuffle(order)
for number, (one, turn) in enumerate(order):
    # Every message reaches two of the processes, as a platform delivers again.
    if (one + turn) % 8 not in (me, (me + 3) % 8):
        continue
    email = f"p{one}@example.com"
    assistant.hear(IncomingMessage(
        "terminal", email, email, f"{one}:{turn}", START + timedelta(seconds=turn),
        text=said[turn % len(said)] + str(one) * (turn == 3),
    ))
engine.dispose()
"""


@pytest.fixture
def store(postgres: Server, filled_postgres: str) -> Iterator[tuple[Engine, str]]:
    url = postgres.fresh(filled_postgres)
    engine = open_store(url)
    with sessions(engine).begin() as session:
        session.add_all(
            Employee(email=f"p{n}@example.com", name=f"Person{n} Number{n}", timezone="UTC")
            for n in range(CONVERSATIONS)
        )
    yield engine, url
    engine.dispose()


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.timeout(300)
def test_each_message_is_answered_once_and_no_turn_is_lost(store: tuple[Engine, str]) -> None:
    engine, url = store
    with sessions(engine)() as session:
        calls = session.scalar(select(func.count(Interaction.id))) or 0
        tasks = session.scalar(select(func.count(Reminder.id))) or 0
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, url, str(me), str(TURNS), str(CONVERSATIONS)],
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for me in range(PROCESSES)
    ]
    said = [worker.communicate(timeout=280)[0].decode() for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * PROCESSES, said
    assert "turn failed" not in "".join(said), said
    messages = CONVERSATIONS * TURNS
    with sessions(engine)() as session:
        assert session.scalar(select(func.count(Received.id))) == messages
        answered = Counter(row.employee_id for row in session.scalars(select(Outgoing)))
        assert set(answered.values()) == {TURNS}
        assert len(answered) == CONVERSATIONS
        assert session.scalar(select(func.count(Conversation.id))) == CONVERSATIONS
        deeds = Counter(
            session.scalars(select(Deed.employee_id).where(Deed.employee_id.in_(answered)))
        )
        assert set(deeds.values()) == {TURNS}
        made = session.scalar(select(func.count(Interaction.id)))
        assert made == calls + 2 * CONVERSATIONS
        assert session.scalar(select(func.count(Reminder.id))) == tasks + 2 * CONVERSATIONS
        one = session.scalars(select(Employee).where(Employee.email == "p7@example.com")).one()
        deed = ledger.last(session, one)
        assert deed is not None
        ledger.undo(session, deed, employee=one, at=START + timedelta(hours=1))
        session.rollback()
