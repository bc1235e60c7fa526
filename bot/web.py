"""The one web server: what the channels need, how the process is, and figures for Prometheus."""

import asyncio
import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
import uvicorn
from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.protocol import Channel
from crm_store.columns import UtcTime
from crm_store.database import sessions
from crm_store.mailbox import Outgoing

LARGEST = 1024 * 1024
"""Bytes of a request; what the platforms send is a hundredth of that."""
LOOK_SECONDS = 5.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """How the deliveries stand: rows that are due, the seconds the oldest waits, rows given up."""

    waiting: int
    oldest_seconds: float
    given_up: int


@dataclass(frozen=True)
class Pulse:
    """Looks at the store and the channels."""

    engine: Engine
    channels: Sequence[Channel]
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def mailbox(self) -> Mailbox:
        """Raises SQLAlchemyError where the database cannot be reached."""
        now = self.clock()
        due = Outgoing.sent_at.is_(None), Outgoing.failed_at.is_(None), Outgoing.due_at <= now
        with sessions(self.engine, reads_only=True)() as session:
            oldest = session.scalar(select(func.min(Outgoing.due_at, type_=UtcTime)).where(*due))
            waiting = session.scalar(select(func.count()).select_from(Outgoing).where(*due))
            failed = session.scalar(
                select(func.count()).select_from(Outgoing).where(Outgoing.failed_at.is_not(None))
            )
        age = (now - oldest).total_seconds() if oldest is not None else 0.0
        return Mailbox(waiting or 0, age, failed or 0)

    async def health(self) -> tuple[bool, dict[str, Any]]:
        """Whether the process can work, and the particulars. A platform that is down does not
        make the process ill: starting it again would mend nothing."""
        connected = {channel.name: channel.connected for channel in self.channels}
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                mailbox = await asyncio.to_thread(self.mailbox)
        except (SQLAlchemyError, TimeoutError) as error:
            log.warning("the database cannot be reached", reason=type(error).__name__)
            return False, {"status": "down", "database": False, "channels": connected}
        return True, {
            "status": "ok" if all(connected.values()) else "degraded",
            "database": True,
            "channels": connected,
            "waiting": mailbox.waiting,
            "oldest_undelivered_seconds": round(mailbox.oldest_seconds, 3),
            "given_up": mailbox.given_up,
        }


class Figures(Collector):
    """The same as figures, looked up when they are asked for."""

    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse

    def collect(self) -> Iterable[Metric]:
        connected = GaugeMetricFamily(
            "crm_bot_channel_connected", "1 where the platform answers now", labels=["channel"]
        )
        for channel in self._pulse.channels:
            connected.add_metric([channel.name], float(channel.connected))
        yield connected
        try:
            mailbox = self._pulse.mailbox()
        except SQLAlchemyError:
            yield GaugeMetricFamily("crm_bot_database_up", "1 where it can be reached", 0)
            return
        yield GaugeMetricFamily("crm_bot_database_up", "1 where it can be reached", 1)
        yield GaugeMetricFamily(
            "crm_bot_messages_waiting", "due and not yet delivered", mailbox.waiting
        )
        yield GaugeMetricFamily(
            "crm_bot_oldest_undelivered_seconds",
            "how long the oldest of them waits",
            mailbox.oldest_seconds,
        )
        yield GaugeMetricFamily(
            "crm_bot_messages_given_up", "kept as failed after the last try", mailbox.given_up
        )


def web_app(routes: Sequence[BaseRoute], pulse: Pulse) -> ASGIApp:
    """Everything that is served."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    registry.register(Figures(pulse))

    async def healthz(_request: Request) -> Response:
        well, particulars = await pulse.health()
        return JSONResponse(particulars, 200 if well else 503)

    async def metrics(_request: Request) -> Response:
        figures = await asyncio.to_thread(generate_latest, registry)
        return Response(figures, media_type=CONTENT_TYPE_LATEST)

    own = [Route("/healthz", healthz), Route("/metrics", metrics)]
    return Bounded(Starlette(routes=[*own, *routes]))


class Bounded:
    """Answers 413 to a body that is too large, without reading the rest of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = await _read(scope, receive)
        if body is None:
            log.warning("a request was refused", status=413, path=scope["path"])
            refused = Response("too large", 413, headers={"connection": "close"})
            await refused(scope, receive, send)
            return
        given = False

        async def again() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, again, send)


async def _read(scope: Scope, receive: Receive) -> bytes | None:
    """The body; None if it is too large, or its sender left before the end."""
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    if lengths and (not lengths[0].isdigit() or int(lengths[0]) > LARGEST):
        return None
    body: bytes = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if len(body) > LARGEST:
            return None
        if not message.get("more_body"):
            return body


class WebServer(uvicorn.Server):
    """A uvicorn that leaves the signals to the process, on a socket that is bound already."""

    def __init__(self, app: ASGIApp, bound: socket.socket) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="off",
                log_config=None,
                log_level="warning",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=3,
            )
        )
        self._bound = bound

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def run_until_told(self) -> None:
        """Serve until `should_exit` is set."""
        await self.serve(sockets=[self._bound])


def bound_to(host: str, port: int) -> socket.socket:
    """A listening socket; raises OSError where the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=512)
