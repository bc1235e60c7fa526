"""Slack as the process runs it: started, stopped, asked how it is, given letters to send."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import structlog
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_sdk.errors import SlackApiError
from sqlalchemy.orm import sessionmaker
from starlette.routing import BaseRoute

from bot.app import App
from bot.channels.protocol import Letter, TryLater
from bot.channels.slack import home
from bot.channels.slack.app import Listeners, bolt_app, client_for
from bot.channels.slack.blocks import Rendered
from bot.channels.slack.hearing import Hearing, Self
from bot.channels.slack.people import People
from bot.channels.slack.posting import OURS, Posting, reason_of
from bot.channels.slack.reading import NAME
from bot.channels.slack.sending import Sender
from bot.channels.slack.socket import Socket
from bot.channels.slack.web import events_route
from bot.speakers import STRANGER
from bot.worker import Worker
from config import Settings
from crm_store.database import sessions
from crm_store.employees import Employee
from crm_store.inbox import Inbox

SCOPES = frozenset(
    """app_mentions:read channels:history chat:write commands files:read files:write
    groups:history im:history im:write users:read users:read.email""".split()
)
"""What `slack/manifest.yaml` asks for."""
AGAIN = 5
AGAIN_REFUSED = 60
SWEEP_SECONDS = 60

log = structlog.get_logger(__name__)


class SlackChannel:
    """Slack, in Socket Mode where an app token is given, else over HTTP."""

    name = NAME

    def __init__(self, app: App, settings: Settings, inbox: Inbox) -> None:
        assert settings.slack_bot_token is not None
        token, url = settings.slack_bot_token.get_secret_value(), settings.slack_api_url
        secret = settings.slack_signing_secret
        self._secret = secret.get_secret_value() if secret else ""
        self._app_token = settings.slack_app_token
        self._app = app
        self._me = Self()
        self._client = client_for(token, url, patient=True)
        reading = sessions(app.engine, reads_only=True)
        self._reading: sessionmaker[Any] = reading
        self._people = People(self._client, app.sessions, reading, lambda: self._me.team)
        self._posting = Posting(client_for(token, url, patient=False))
        self._sender = Sender(
            self._posting,
            reading,
            app.assistant.skills,
            lambda: self._me.team,
            self.show_home,
        )
        hearing = Hearing(
            app.hear,
            reading,
            self._people,
            self._sender,
            app.firm,
            token,
            lambda: self._me,
            self.show_home,
        )
        self._worker = Worker(inbox, NAME, hearing.work)
        self._bolt = bolt_app(self._client, self._secret, lambda: self._me)
        Listeners(self._bolt, self._worker, self._people, reading, app.firm.zone, lambda: self._me)
        self._socket: Socket | None = None
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def connected(self) -> bool:
        """Whether Slack knows us, and, in Socket Mode, holds a socket with us."""
        if not self._me.team:
            return False
        if self._app_token is None:
            return True
        session = self._socket.current_session if self._socket else None
        return session is not None and not session.closed

    @property
    def waiting(self) -> int:
        """How many messages are kept and not yet answered."""
        return self._worker.waiting

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """What the web server serves for Slack: nothing in Socket Mode."""
        if self._app_token is not None:
            return ()
        return (events_route(AsyncSlackRequestHandler(self._bolt), self._secret),)

    async def start(self) -> None:
        """Begin to listen; a Slack that is down is tried again."""
        self._tasks.append(asyncio.create_task(self._begin()))
        self._tasks.append(asyncio.create_task(self._sweep()))

    async def stop(self) -> None:
        """Hear nothing new, finish the turns in flight."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._socket is not None:
            with suppress(Exception):
                await self._socket.close()  # type: ignore[no-untyped-call]
        await self._worker.stop()

    async def send(self, letter: Letter) -> str:
        """Deliver one letter. Raises TryLater and Undeliverable."""
        if not self._me.team:
            raise TryLater("Slack is not reached yet", AGAIN, paced=True)
        return await self._sender.send(letter)

    async def show_home(self, user: str, answer: Rendered | None) -> None:
        """Publish somebody's Home, with the answer to what was pressed there."""
        now = datetime.now(UTC)
        number = await self._people.employee_of(user, now)
        view = await asyncio.to_thread(self._home, number, now, answer)
        await self._posting.call(self._posting.client.views_publish(user_id=user, view=view))

    def _home(self, number: int | None, now: datetime, answer: Rendered | None) -> dict[str, Any]:
        if number is None:
            return home.stranger_view(STRANGER)
        with self._reading() as session:
            employee = session.get_one(Employee, number)
            return home.view(session, employee, self._app.firm, now, answer)

    async def _begin(self) -> None:
        """Learn who we are, take up what is left over, open the socket."""
        await self._introduce()
        await self._worker.resume()
        if self._app_token is not None:
            token = self._app_token.get_secret_value()
            self._socket = Socket(self._bolt, token, self._client)
            await self._socket.connect()
            log.info("Slack is connected", mode="socket")
        else:
            log.info("Slack is connected", mode="http")

    async def _introduce(self) -> None:
        complained = ""
        while True:
            pause, problem = AGAIN, ""
            try:
                answer = await self._client.auth_test()
            except SlackApiError as error:
                reason = reason_of(error)
                if reason in OURS:
                    problem = (
                        f"Slack refuses SLACK_BOT_TOKEN ({reason}); copy it again from the app"
                    )
                    pause = AGAIN_REFUSED
                else:
                    problem = f"Slack is not to be reached ({reason or 'not its API'}); trying on"
            except Exception as error:
                problem = f"Slack is not to be reached ({type(error).__name__}); trying on"
            else:
                self._me = Self(str(answer.get("team_id", "")), str(answer.get("user_id", "")))
                _check_scopes(str(answer.headers.get("x-oauth-scopes") or ""))
                return
            if problem != complained:
                complained = problem
                log.error(problem)
            await asyncio.sleep(pause)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            try:
                await self._worker.sweep()
            except Exception:
                log.exception("the inbox could not be swept")


def _check_scopes(header: str) -> None:
    granted = {scope.strip() for scope in header.split(",") if scope.strip()}
    missing = sorted(SCOPES - granted) if granted else []
    if missing:
        log.error(f"Slack's app lacks the scopes {', '.join(missing)}; reinstall it with them")
