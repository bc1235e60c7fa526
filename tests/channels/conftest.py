"""What tests of the channels share: platforms that run on this machine."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, update

from bot.assistant import Assistant
from crm_store.database import sessions
from crm_store.reminders import Reminder
from nlu import Engine as NluEngine
from nlu.dates import Calendar
from nlu.understanding import Understander
from skills import all_skills
from tests.channels.slack_fixtures import (  # noqa: F401 - fixtures
    ada,
    bot,
    omar,
    pat,
    priya,
    slack,
)
from tests.channels.telegram_bot import LENA, PAT, Bot, link
from tests.channels.telegram_server import TelegramServer
from tests.conftest import FIRM


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    """Telegram's Bot API; Lena and Pat have written to the bot before."""
    with TelegramServer() as server:
        server.started |= {LENA["id"], PAT["id"]}
        yield server


@pytest.fixture
def telegram_bot(
    telegram: TelegramServer, store_copy: Engine, nlu_engine: NluEngine
) -> Callable[..., Bot]:
    """Makes a bot on it, not started yet, that knows Lena and Pat."""
    for user, email in ((LENA, "lena@example.com"), (PAT, "pat@example.com")):
        link(store_copy, user, email)
    with store_copy.begin() as connection:
        # The firm's reminders fall due by the wall's clock, whenever the tests run.
        connection.execute(update(Reminder).values(done_at=datetime.now(UTC)))

    def make(**more: Any) -> Bot:
        calendar = Calendar()
        understander = Understander(nlu_engine, calendar=calendar)
        assistant = Assistant(sessions(store_copy), understander, all_skills(), FIRM, calendar)
        return Bot(store_copy, assistant, FIRM, telegram.url, **more)

    return make
