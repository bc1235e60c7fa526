"""The fixtures of the Slack tests: a workspace, its people, and the bot among them."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from bot.app import App
from bot.assistant import Assistant
from bot.planner import Planner
from crm_store.database import sessions
from nlu import Engine as NluEngine
from nlu.dates import Calendar
from nlu.understanding import Understander
from skills import all_skills
from tests.channels.slack_bot import RunningBot
from tests.channels.slack_people import Person
from tests.channels.slack_server import SlackServer
from tests.conftest import FIRM


def assembled(store: Engine, nlu_engine: NluEngine) -> App:
    """The assistant on that store, with the wall clock."""
    make, skills, calendar = sessions(store), all_skills(), Calendar()
    understander = Understander(nlu_engine, calendar=calendar)
    assistant = Assistant(make, understander, skills, FIRM, calendar)
    return App(store, make, assistant, Planner(make, skills, FIRM, calendar), FIRM, calendar)


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    """A workspace with the firm's people in it."""
    server = SlackServer().start()
    for name in ("pat", "omar", "priya", "ada", "lena"):
        server.joins(f"U0{name.upper()}", f"{name}@example.com")
    yield server
    server.stop()


@pytest.fixture(params=["socket", "http"])
def bot(
    request: pytest.FixtureRequest, slack: SlackServer, store_copy: Engine, nlu_engine: NluEngine
) -> Iterator[RunningBot]:
    """The bot, once by Socket Mode and once over HTTP."""
    app = assembled(store_copy, nlu_engine)
    running = RunningBot(app, slack, over_http=request.param == "http").start()
    yield running
    running.stop()


@pytest.fixture
def pat(slack: SlackServer, bot: RunningBot) -> Person:
    """Sales, Berlin."""
    return Person(slack, "U0PAT")


@pytest.fixture
def omar(slack: SlackServer, bot: RunningBot) -> Person:
    """Service, Lisbon."""
    return Person(slack, "U0OMAR")


@pytest.fixture
def priya(slack: SlackServer, bot: RunningBot) -> Person:
    """Manager, London."""
    return Person(slack, "U0PRIYA")


@pytest.fixture
def ada(slack: SlackServer, bot: RunningBot) -> Person:
    """Administrator."""
    return Person(slack, "U0ADA")
