"""Telegram as a channel: starts, listens by polling or a webhook, sends, stops."""

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import structlog
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker
from starlette.routing import Route
from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder

from bot.channels.protocol import Letter, TryLater
from bot.channels.telegram.addresses import CHANNEL
from bot.channels.telegram.commands import register
from bot.channels.telegram.delivery import Delivery
from bot.channels.telegram.handlers import ALLOWED, Context, Handlers
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.webhook import endpoint
from bot.message import IncomingMessage
from bot.worker import Worker
from config import Settings
from crm_store.database import sessions
from crm_store.inbox import Arrival, Inbox

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
SWEEP_SECONDS = 60.0
CONFIRM_SECONDS = 2.0
NOT_READY_SECONDS = 2.0

log = structlog.get_logger(__name__)


class NotReady(RuntimeError):
    """The process stops, and an update stays in the inbox for the next one."""


class Telegram:
    """One bot. `hear` is called in threads; what arrives is kept in `inbox` first. `made_by`
    are the sessions whose commits wake the courier."""

    name = CHANNEL

    def __init__(
        self,
        settings: Settings,
        *,
        engine: Engine,
        made_by: sessionmaker[Session],
        inbox: Inbox,
        hear: Callable[[IncomingMessage], None],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._webhook = settings.telegram_webhook_url
        self._secret = _webhook_secret(settings)
        self._application = _application(settings)
        reading = sessions(engine, reads_only=True)
        self._handlers = Handlers(hear, made_by, reading, clock)
        self._handlers.register(self._application)
        self._application.add_error_handler(self._failed)
        self._errors: dict[int, Exception] = {}
        self._worker = Worker(inbox, CHANNEL, self._work, clock)
        self._polling = Polling(self._application.bot, self._keep, ALLOWED)
        self._delivery = Delivery(self._application.bot, made_by, clock)
        self._tasks: list[asyncio.Task[None]] = []
        self._ready = self._stopping = False

    @property
    def connected(self) -> bool:
        """Whether Telegram answered last."""
        return self._ready and (self._webhook is not None or self._polling.connected)

    @property
    def username(self) -> str:
        """The bot's name, once Telegram has told it; empty before."""
        return self._application.bot.username if self._ready else ""

    @property
    def routes(self) -> Sequence[Route]:
        """What the web server has to serve for it: the webhook, where one is set."""
        if self._webhook is None:
            return []
        path = urlsplit(self._webhook).path or "/"
        return [Route(path, endpoint(self._keep, self._secret), methods=["POST"])]

    async def start(self) -> None:
        """Begin; a Telegram that cannot be reached is tried again in the background."""
        self._tasks = [asyncio.create_task(self._run()), asyncio.create_task(self._sweep())]

    async def stop(self) -> None:
        """Hear nothing new, finish the turns in flight, say good-bye."""
        self._stopping = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._worker.stop()
        if self._ready:
            if self._webhook is None:
                with suppress(TelegramError, TimeoutError):
                    async with asyncio.timeout(CONFIRM_SECONDS):
                        await self._polling.confirm()
            self._ready = False
            await self._application.shutdown()
        else:
            await self._application.bot.shutdown()

    async def send(self, letter: Letter) -> str:
        """Deliver one letter."""
        if not self._ready:
            raise TryLater("Telegram was not reached yet", NOT_READY_SECONDS, paced=True)
        return await self._delivery.send(letter)

    async def _run(self) -> None:
        pause = FIRST_PAUSE
        while not self._ready:
            try:
                await self._begin()
            except InvalidToken as error:
                log.error(
                    "Telegram refuses TELEGRAM_BOT_TOKEN; copy it anew from @BotFather and start "
                    "again, or correct TELEGRAM_API_URL",
                    reason=str(error),
                )
                await asyncio.sleep(LONGEST_PAUSE)
            except TelegramError as error:
                log.warning("Telegram cannot be reached, trying on", reason=str(error))
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE, pause * 2)
        await self._worker.resume()
        if self._webhook is None:
            await self._polling.run()

    async def _begin(self) -> None:
        await self._application.initialize()
        bot = self._application.bot
        await register(bot)
        if self._webhook is None:
            # Pending updates stay: people wrote them while we were away.
            await bot.delete_webhook(drop_pending_updates=False)
        else:
            await bot.set_webhook(self._webhook, allowed_updates=ALLOWED, secret_token=self._secret)
        self._ready = True
        log.info("on Telegram", bot=bot.username, webhook=self._webhook is not None)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            try:
                await self._worker.sweep()
            except Exception:
                log.exception("sweep failed")

    async def _keep(self, update: Mapping[str, Any]) -> None:
        self._handlers.together.arrived(update)
        await self._worker.take(f"update:{update['update_id']}", _line(update), update)

    async def _work(self, arrival: Arrival) -> None:
        while not self._ready:
            # Who we are decides what is addressed to us, and Telegram has not told yet.
            if self._stopping:
                raise NotReady("stopped before Telegram was reached")
            await asyncio.sleep(0.1)
        try:
            update = Update.de_json(dict(arrival.body or {}), self._application.bot)
        except (TypeError, ValueError, KeyError, AttributeError):
            log.exception("update not understood", id=arrival.external_id)
            return
        await self._application.process_update(update)
        error = self._errors.pop(update.update_id, None)
        if error is not None:
            raise error

    async def _failed(self, update: object, context: Context) -> None:
        if isinstance(update, Update) and isinstance(context.error, Exception):
            self._errors[update.update_id] = context.error


def _application(settings: Settings) -> Application[Any, Any, Any, Any, Any, Any]:
    assert settings.telegram_bot_token is not None
    # Else every pause that Telegram asks for comes with a warning from the library.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    url = settings.telegram_api_url.rstrip("/")
    return (
        ApplicationBuilder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{url}/bot")
        .base_file_url(f"{url}/file/bot")
        .updater(None)
        .job_queue(None)
        .read_timeout(15)
        .connect_timeout(10)
        .write_timeout(15)
        .media_write_timeout(40)
        .pool_timeout(10)
        .build()
    )


def _webhook_secret(settings: Settings) -> str:
    """The one that was set, or one that follows from the token: the webhook is never open."""
    secret, token = settings.telegram_webhook_secret, settings.telegram_bot_token
    if secret is not None:
        return secret.get_secret_value()
    assert token is not None
    return sha256(f"webhook:{token.get_secret_value()}".encode()).hexdigest()


def _line(update: Mapping[str, Any]) -> str:
    """Whose turn it is: what happens in one chat is heard in order."""
    for kind in ALLOWED:
        part = update.get(kind)
        if isinstance(part, Mapping):
            place = part.get("message") if kind == "callback_query" else part
            chat = place.get("chat") if isinstance(place, Mapping) else None
            if isinstance(chat, Mapping):
                return f"{chat.get('id')}"
    return "elsewhere"
