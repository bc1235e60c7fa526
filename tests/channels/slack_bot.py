"""The bot against a local Slack: inside the test's process, or as a process of its own."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import App
from bot.channels.slack.channel import SlackChannel
from bot.courier import Courier
from bot.web import Pulse, WebServer, bound_to, web_app
from config import Settings
from crm_store.inbox import inbox_for
from tests.channels.slack_server import APP_TOKEN, BOT_TOKEN, SECRET, SlackServer


def settings_for(slack: SlackServer, *, over_http: bool = False, **more: Any) -> Settings:
    """Settings that lead to the local Slack."""
    way: dict[str, Any] = {"slack_app_token": SecretStr(APP_TOKEN)}
    if over_http:
        way = {"slack_signing_secret": SecretStr(SECRET)}
    return Settings(slack_bot_token=SecretStr(BOT_TOKEN), slack_api_url=slack.api, **way, **more)


class RunningBot:
    """Slack's channel, the courier and the web server in a thread of their own."""

    def __init__(self, app: App, slack: SlackServer, *, over_http: bool = False) -> None:
        self.app, self._slack = app, slack
        self._settings = settings_for(slack, over_http=over_http)
        self._loop = asyncio.new_event_loop()
        self._loop.set_default_executor(ThreadPoolExecutor(16))
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.port = 0

    def start(self) -> "RunningBot":
        self._thread.start()
        self._do(self._start())
        return self

    def stop(self) -> None:
        self._do(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _start(self) -> None:
        inbox = inbox_for(self.app.engine)
        self.channel = SlackChannel(self.app, self._settings, inbox)
        self._courier = Courier(
            self.app.engine, [self.channel], self.app.planner, made_by=self.app.sessions
        )
        bound = bound_to("127.0.0.1", 0)
        self.port = bound.getsockname()[1]
        pulse = Pulse(self.app.engine, [self.channel])
        self._server = WebServer(web_app(self.channel.routes, pulse), bound)
        self._serving = asyncio.create_task(self._server.run_until_told())
        await self._courier.start()
        await self.channel.start()
        while not self.channel.connected and not self._slack.down:
            await asyncio.sleep(0.02)
        if self.channel.routes:
            self._slack.events_url = f"http://127.0.0.1:{self.port}/slack/events"

    async def _stop(self) -> None:
        self._server.should_exit = True
        await self._serving
        await self.channel.stop()
        await self._courier.stop()
        await self._loop.shutdown_default_executor()


class BotProcess:
    """`crm-bot run` as a process that can be killed and started again."""

    def __init__(
        self, store: Path, slack: SlackServer, *, over_http: bool = False, **more: str
    ) -> None:
        self._slack, self.port = slack, _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = {
            **{name: value for name, value in os.environ.items() if "PROXY" not in name.upper()},
            "DATABASE_URL": f"sqlite:///{store}",
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_API_URL": slack.api,
            "HTTP_PORT": str(self.port),
            "COMPANY_TIMEZONE": "Europe/Berlin",
            "CURRENCY": "EUR",
            **({"SLACK_SIGNING_SECRET": SECRET} if over_http else {"SLACK_APP_TOKEN": APP_TOKEN}),
            **more,
        }
        if over_http:
            slack.events_url = f"{self.url}/slack/events"
        self._process: subprocess.Popen[str] | None = None
        self._log = store.with_suffix(".log")

    def start(self) -> "BotProcess":
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                env=self._environment,
                cwd=store_folder(),
                stderr=log,
                stdout=log,
                text=True,
            )
        return self

    @property
    def log(self) -> str:
        return self._log.read_text()

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait(10)

    def terminate(self, seconds: float = 10) -> int:
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(seconds)

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None


def store_folder() -> Path:
    """Where `python -m bot` finds the package."""
    return Path(__file__).parents[2]


def connected(slack: SlackServer) -> bool:
    """Whether a socket is open."""
    return any(not one.closed for one in slack._sockets)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port
