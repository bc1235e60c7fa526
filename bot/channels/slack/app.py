"""The Slack app: Bolt's listeners, which keep what arrives and acknowledge it at once."""

import asyncio
import hashlib
import json
import logging
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.orm import Session

from bot.channels.slack import home, modals
from bot.channels.slack.hearing import Self
from bot.channels.slack.mrkdwn import typed
from bot.channels.slack.people import People
from bot.channels.slack.posting import reason_of
from bot.channels.slack.reading import press, saying
from bot.worker import Worker
from crm_store import search
from crm_store.employees import Employee
from skills.timezone import zone_of
from skills.wording import zone_name

CALL_SECONDS = 10
SUGGESTED = 20
Body = dict[str, Any]

log = structlog.get_logger(__name__)


def client_for(token: str, url: str, *, patient: bool) -> AsyncWebClient:
    """A client of Slack's API. A patient one waits out limits and failures a few times; the
    other leaves that to the courier, which does not make others wait."""
    handlers: list[AsyncRetryHandler] = [AsyncConnectionErrorRetryHandler(max_retry_count=1)]
    if patient:
        handlers += [
            AsyncRateLimitErrorRetryHandler(max_retry_count=1),
            AsyncServerErrorRetryHandler(max_retry_count=2),
        ]
    base = url if url.endswith("/") else f"{url}/"
    quiet = logging.getLogger("slack_sdk.web.ours")
    quiet.setLevel(logging.ERROR)
    return AsyncWebClient(
        token, base_url=base, timeout=CALL_SECONDS, retry_handlers=handlers, logger=quiet
    )


class Listeners:
    """What Bolt calls. Everything that changes something is kept by the worker first; a
    listener that returns has either kept it or answered it."""

    def __init__(
        self,
        app: AsyncApp,
        worker: Worker,
        people: People,
        reading: Callable[[], Session],
        zone: ZoneInfo,
        me: Callable[[], Self],
    ) -> None:
        self._worker, self._people, self._reading = worker, people, reading
        self._zone, self._me = zone, me
        app.event("message")(self.message)
        app.event("app_mention")(self.message)
        app.event("app_home_opened")(self.home_opened)
        app.event(re.compile(".*"))(self.nothing)
        app.action(home.LOG)(self.log_button)
        app.action(re.compile(".*"))(self.action)
        app.command(re.compile("^/"))(self.command)
        app.shortcut("log_interaction")(self.shortcut)
        app.shortcut("log_to_crm")(self.shortcut)
        app.view(modals.LOG)(self.form)
        app.view(re.compile(".*"))(self.unknown_form)
        app.options(modals.CUSTOMER)(self.customers)
        app.options(home.ZONE)(self.zones)
        app.error(self.failed)

    async def message(self, body: Body) -> None:
        me, event = self._me(), body.get("event") or {}
        said = saying(event, body.get("team_id", me.team), me.user)
        if said is None or said.user == me.user:
            return
        if said.addressed or said.threaded or said.edits or said.deletes or not me.team:
            name = str(body.get("event_id") or said.external_id)
            await self._keep("event", name, said.user, body)

    async def home_opened(self, body: Body) -> None:
        event = body.get("event") or {}
        if event.get("tab", "home") == "home":
            user = str(event.get("user", ""))
            await self._keep("event", str(body.get("event_id")), user, body)

    async def nothing(self) -> None:
        """An event that was subscribed to and means nothing to us: acknowledged, dropped."""

    async def action(self, ack: AsyncAck, body: Body) -> None:
        pressed = press(body, self._me().team)
        if pressed is None:
            log.warning("a malformed action was refused")
            await ack()
            return
        await self._keep("press", pressed.external_id, pressed.user, body)
        await ack()

    async def command(self, ack: AsyncAck, body: Body) -> None:
        name = str(body.get("trigger_id") or _digest(body))
        await self._keep("command", f"command:{name}", str(body.get("user_id", "")), body)
        await ack()

    async def shortcut(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        message = body.get("message") or {}
        note = typed(str(message.get("text") or ""), self._me().user)
        await self._open_form(body, client, note)

    async def log_button(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        await self._open_form(body, client, "")

    async def _open_form(self, body: Body, client: AsyncWebClient, note: str) -> None:
        now, user = _clock(), str(body["user"]["id"])
        number = await self._people.employee_of(user, now)
        if number is None:
            name = f"stranger:{body.get('trigger_id') or _digest(body)}"
            await self._keep("stranger", name, user, {"user": user, "id": name})
            return
        today = now.astimezone(await asyncio.to_thread(self._zone_for, number, now)).date()
        try:
            await client.views_open(
                trigger_id=str(body.get("trigger_id", "")), view=modals.form(today, note)
            )
        except SlackApiError as error:
            log.warning("a form could not be opened", error=reason_of(error))

    async def form(self, ack: AsyncAck, body: Body) -> BoltResponse | None:
        user, now = str((body.get("user") or {}).get("id", "")), _clock()
        number = await self._people.employee_of(user, now)
        zone = await asyncio.to_thread(self._zone_for, number, now) if number else self._zone
        try:
            sent = modals.filled(body["view"], now, zone)
        except (modals.Malformed, KeyError) as problem:
            log.warning("a malformed form was refused", problem=str(problem))
            return BoltResponse(status=400, body="malformed")
        if sent.errors and number is not None:
            await ack(response_action="errors", errors=dict(sent.errors))
            return None
        name = f"form:{body['view'].get('id') or _digest(body)}"
        kind, kept = ("form", body) if number else ("stranger", {"user": user, "id": name})
        await self._keep(kind, name, user, kept)
        await ack()
        return None

    async def unknown_form(self) -> BoltResponse:
        log.warning("an unknown form was refused")
        return BoltResponse(status=400, body="unknown form")

    async def customers(self, ack: AsyncAck, body: Body) -> None:
        now = _clock()
        number = await self._people.employee_of(str(body["user"]["id"]), now)
        words = str(body.get("value") or "").strip()
        found = await asyncio.to_thread(self._found, words, number, now) if number else []
        await ack(options=found)

    async def zones(self, ack: AsyncAck, body: Body) -> None:
        await ack(options=await asyncio.to_thread(_zones, str(body.get("value") or "")))

    async def failed(self, error: Exception, body: Body) -> BoltResponse:
        log.error("not kept, so not acknowledged", exc_info=error, type=body.get("type"))
        return BoltResponse(status=500, body="")

    async def _keep(self, kind: str, name: str, user: str, body: Mapping[str, Any]) -> None:
        await self._worker.take(name, user, {"kind": kind, "payload": dict(body)})

    # In threads.

    def _zone_for(self, number: int, now: datetime) -> ZoneInfo:
        with self._reading() as session:
            return ZoneInfo(session.get_one(Employee, number).zone_at(now))

    def _found(self, words: str, number: int, now: datetime) -> list[Any]:
        if not words:
            return []
        with self._reading() as session:
            employee = session.get_one(Employee, number)
            found = search.completing(session, words, employee=employee, now=now, limit=SUGGESTED)
            return modals.customer_options(words, found)


def bolt_app(client: AsyncWebClient, signing_secret: str, me: Callable[[], Self]) -> AsyncApp:
    """Bolt on that client. Who the bot is we ask once ourselves, so that an event can be kept
    while Slack's API is down."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_user_id=me().user or None,
            bot_token=client.token,
        )

    quiet = logging.getLogger("slack_bolt.ours")
    quiet.setLevel(logging.ERROR)
    return AsyncApp(
        client=client,
        authorize=authorize,
        signing_secret=signing_secret or "unused in Socket Mode",
        process_before_response=True,
        logger=quiet,
    )


def _zones(typed_so_far: str) -> list[Any]:
    from bot.channels.slack.blocks import option
    from crm_store.columns import known_zones

    words = typed_so_far.strip().lower().replace(" ", "_")
    exact = zone_of(typed_so_far)
    fitting = sorted(
        (zone for zone in known_zones() if words in zone.lower() and "/" in zone),
        key=lambda zone: (not zone_name(zone).lower().startswith(words), zone),
    )
    names = dict.fromkeys([*([exact] if exact else []), *fitting])
    return [option(zone.replace("_", " "), zone) for zone in list(names)[:SUGGESTED]]


def _digest(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()[:40]


def _clock() -> datetime:
    return datetime.now(UTC)
