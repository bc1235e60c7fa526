"""The command run: every configured channel, the courier and the web server in one process."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from bot.commands.opening import Problem, settings_read, unopened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.routing import BaseRoute

    from bot.app import App
    from bot.channels.protocol import Channel
    from bot.courier import Courier
    from bot.web import WebServer
    from config import Settings

THREADS = 32
"""Turns wait for each other's rows; the courier must find a free thread beside them."""
STOP_SECONDS = 8.5
"""A turn that takes longer is left to the next start: its message is in the inbox."""

log = structlog.get_logger(__name__)


def run() -> None:
    """Listen on Slack and Telegram, whichever is configured, until told to stop."""
    from sqlalchemy.exc import DatabaseError

    from bot.app import assemble
    from crm_store.database import NewerStore, NotAStore

    settings = settings_read()
    if not (settings.slack_bot_token or settings.telegram_bot_token):
        raise Problem(
            "No channel is configured. Set SLACK_BOT_TOKEN or TELEGRAM_BOT_TOKEN "
            "(crm-bot doctor says what else each needs), or talk here with crm-bot chat."
        )
    try:
        app = assemble(settings)
    except (DatabaseError, NewerStore, NotAStore, OSError) as error:
        raise Problem(unopened(error)) from None
    asyncio.run(_run(settings, app))


async def _run(settings: Settings, app: App) -> None:
    from bot.courier import Courier, CourierElsewhere

    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="turn"))
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    channels, routes = _channels(settings, app)
    server = _web_server(settings, app, channels, routes)
    courier = Courier(app.engine, channels, app.planner, made_by=app.sessions)
    await asyncio.to_thread(app.planner.begin, datetime.now(UTC))
    try:
        await courier.start()
    except CourierElsewhere as elsewhere:
        raise Problem(str(elsewhere)) from None
    serving = asyncio.create_task(server.run_until_told()) if server else None
    for channel in channels:
        await channel.start()
    log.info("running", channels=[channel.name for channel in channels])
    await told.wait()
    log.info("stopping")
    await _stop(channels, courier, server, serving)


async def _stop(
    channels: Sequence[Channel],
    courier: Courier,
    server: WebServer | None,
    serving: asyncio.Task[None] | None,
) -> None:
    try:
        async with asyncio.timeout(STOP_SECONDS):
            if server is not None and serving is not None:
                server.should_exit = True
                await serving
            ended = await asyncio.gather(
                *(channel.stop() for channel in channels), return_exceptions=True
            )
            for problem in ended:
                if isinstance(problem, BaseException):
                    log.error("a channel did not stop well", exc_info=problem)
            await courier.stop()
    except TimeoutError:
        log.warning("stopped with work in hand; it is taken up again at the next start")
        # A thread cannot be stopped, and the interpreter would wait for it.
        os._exit(0)
    log.info("stopped")


def _channels(settings: Settings, app: App) -> tuple[list[Channel], list[BaseRoute]]:
    """What is configured, and what the web server has to serve for it."""
    from crm_store.inbox import inbox_for

    inbox = inbox_for(app.engine)
    channels: list[Channel] = []
    routes: list[BaseRoute] = []
    if settings.slack_bot_token:
        from bot.channels.slack.channel import SlackChannel

        slack = SlackChannel(app, settings, inbox)
        channels.append(slack)
        routes += slack.routes
    if settings.telegram_bot_token:
        from bot.channels.telegram.app import Telegram

        telegram = Telegram(
            settings, engine=app.engine, made_by=app.sessions, inbox=inbox, hear=app.hear
        )
        app.assistant = replace(app.assistant, telegram_name=lambda: telegram.username)
        channels.append(telegram)
        routes += telegram.routes
    return channels, routes


def _web_server(
    settings: Settings, app: App, channels: Sequence[Channel], routes: Sequence[BaseRoute]
) -> WebServer | None:
    """The web server; None if its port is taken and no channel needs it."""
    from bot.web import Pulse, WebServer, bound_to, web_app

    try:
        bound: socket.socket = bound_to(settings.http_host, settings.http_port)
    except OSError as error:
        where = f"{settings.http_host}:{settings.http_port}"
        if routes:
            raise Problem(
                f"The web server cannot listen on {where}: {error.strerror}. "
                "Set HTTP_HOST or HTTP_PORT."
            ) from None
        log.warning("no web server: set HTTP_PORT", where=where, reason=error.strerror)
        return None
    return WebServer(web_app(routes, Pulse(app.engine, channels)), bound)
