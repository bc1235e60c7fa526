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
from tests.postgres import NoPostgres, Server, running

FIRM = Firm(timezone="Europe/Berlin", country="DE", currency="EUR")


DATABASES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Conversations are held on both databases."""
    if "store_copy" in metafunc.fixturenames and "conversations" in metafunc.definition.nodeid:
        metafunc.parametrize("store_copy", DATABASES, indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL of the tests' own; where none can be had, the test is skipped."""
    try:
        with running() as server:
            yield server
    except NoPostgres as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def nlu_engine() -> NluEngine:
    """The embedded engine, from its cache or trained now."""
    return embedded()


@pytest.fixture(scope="session")
def filled_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small firm of the demo in an SQLite file."""
    path = tmp_path_factory.mktemp("store") / "firm.sqlite3"
    _fill(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def filled_postgres(postgres: Server) -> str:
    """The name of a database on PostgreSQL with the small firm of the demo."""
    url = postgres.fresh()
    _fill(url)
    return url.rpartition("/")[2]


def _fill(url: str) -> None:
    from bot.demo import fill

    engine = open_store(url)
    upgrade(engine)
    with sessions(engine).begin() as session:
        pipeline.settle(session)
    fill(engine, FIRM)
    # Closing the last connection writes everything into the one file, and frees a database
    # to be copied.
    engine.dispose()


@pytest.fixture
def store_copy(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A store of this test's own."""
    if getattr(request, "param", "sqlite") == "postgresql":
        server: Server = request.getfixturevalue("postgres")
        url = server.fresh(request.getfixturevalue("filled_postgres"))
    else:
        path = request.getfixturevalue("tmp_path") / "firm.sqlite3"
        shutil.copy(request.getfixturevalue("filled_store"), path)
        url = f"sqlite:///{path}"
    engine = open_store(url)
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
