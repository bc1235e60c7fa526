"""What all tests share: the model trained once, a filled store copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.app import App
from bot.assistant import Assistant
from bot.planner import Planner
from crm_store import pipeline
from crm_store.database import open_store, sessions, upgrade
from crm_store.firm import Firm
from nlu import Engine as NluEngine
from nlu.dates import Calendar
from nlu.model_files import embedded
from nlu.understanding import Understander
from skills import all_skills
from tests.conversations.chat import START, Chat

FIRM = Firm(timezone="Europe/Berlin", country="DE", currency="EUR")


@pytest.fixture(scope="session")
def nlu_engine() -> NluEngine:
    """The embedded engine, from its cache or trained now."""
    return embedded()


@pytest.fixture(scope="session")
def filled_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small firm of the demo in an SQLite file."""
    from bot.demo import fill

    path = tmp_path_factory.mktemp("store") / "firm.sqlite3"
    engine = open_store(f"sqlite:///{path}")
    upgrade(engine)
    with sessions(engine).begin() as session:
        pipeline.settle(session)
    fill(engine, FIRM)
    # Closing the last connection writes everything into the one file.
    engine.dispose()
    return path


@pytest.fixture
def store_copy(filled_store: Path, tmp_path: Path) -> Iterator[Engine]:
    """A store of this test's own."""
    path = tmp_path / "firm.sqlite3"
    shutil.copy(filled_store, path)
    engine = open_store(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture
def chat(store_copy: Engine, nlu_engine: NluEngine) -> Chat:
    """Pat of sales, Wednesday 18 November 2026, half past ten in Berlin."""
    make, skills, calendar = sessions(store_copy), all_skills(), Calendar()
    app = App(
        store_copy,
        make,
        Assistant(make, Understander(nlu_engine, calendar=calendar), skills, FIRM, calendar),
        Planner(make, skills, FIRM, calendar, "terminal"),
        FIRM,
        calendar,
        clock=START,
    )
    return Chat(app)
