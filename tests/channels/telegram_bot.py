"""The assistant at work on a local Bot API, in a loop of its own: courier, channel, real store."""

import asyncio
import base64
import threading
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from pydantic import SecretStr
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.assistant import Assistant
from bot.channels.telegram.app import Telegram
from bot.courier import Courier
from bot.message import IncomingMessage
from bot.planner import Planner
from config import Settings
from crm_store import employees
from crm_store.database import sessions
from crm_store.firm import Firm
from crm_store.inbox import inbox_for
from crm_store.mailbox import Outgoing
from nlu.dates import Calendar
from skills import all_skills
from tests.channels.telegram_server import TOKEN, person

LENA, PAT, STRANGER = person(5001, "Lena"), person(5002, "Pat"), person(5003, "Kim")
GROUP = -1001234567890


@dataclass
class Bot:
    """Started on entering, stopped on leaving. `heard` is what reached the assistant."""

    engine: Engine
    assistant: Assistant
    firm: Firm
    url: str
    token: str = TOKEN
    webhook: str | None = None
    secret: str | None = None
    heard: list[IncomingMessage] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.runs(self._start())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.runs(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def runs(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        """Run something in the bot's loop."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(30)

    def store(self) -> Session:
        """The store as it is now."""
        return sessions(self.engine)()

    def says_by_itself(
        self,
        chat: int,
        text: str,
        *,
        facts: Sequence[str] = (),
        buttons: Sequence[str] = (),
        picture: bytes | None = None,
        to: str = "lena@example.com",
    ) -> int:
        """Put something into the mailbox; the number of the letter."""
        drawn = base64.b64encode(picture).decode() if picture else ""
        with sessions(self.engine).begin() as session:
            letter = Outgoing(
                channel="telegram",
                address=str(chat),
                employee=employees.by_email(session, to),
                body={
                    "text": text,
                    "facts": list(facts),
                    "buttons": [
                        {"token": f"token{at}", "label": label} for at, label in enumerate(buttons)
                    ],
                    "private": False,
                    "picture": {"png": drawn, "alternative": "Bars of sales"} if picture else None,
                    "to": to,
                },
                due_at=datetime.now(UTC),
                created_at=datetime.now(UTC),
            )
            session.add(letter)
        self.courier.nudge()
        return letter.id

    def letter(self, number: int) -> Outgoing:
        """What became of a letter."""
        with self.store() as session:
            return session.get_one(Outgoing, number)

    async def _start(self) -> None:
        settings = Settings(
            telegram_bot_token=SecretStr(self.token),
            telegram_api_url=self.url,
            telegram_webhook_url=self.webhook,
            telegram_webhook_secret=SecretStr(self.secret) if self.secret else None,
        )
        make = self.assistant.sessions
        self.telegram = Telegram(
            settings,
            engine=self.engine,
            made_by=make,
            inbox=inbox_for(self.engine),
            hear=self._hear,
        )
        planner = Planner(make, all_skills(), self.firm, Calendar())
        self.courier = Courier(self.engine, [self.telegram], planner, made_by=make)
        await self.telegram.start()
        await self.courier.start()

    async def _stop(self) -> None:
        await self.telegram.stop()
        await self.courier.stop()

    def _hear(self, message: IncomingMessage) -> None:
        self.heard.append(message)
        self.assistant.hear(message)


def link(engine: Engine, user: dict[str, Any], email: str) -> None:
    """Somebody who has proved already who they are."""
    with sessions(engine).begin() as session:
        employee = employees.by_email(session, email)
        assert employee is not None
        number = str(user["id"])
        employees.identify(
            session, employee, "telegram", number, at=datetime.now(UTC), address=number
        )
