"""A local server that plays Slack: its Web API, its sockets, its deliveries and its moods."""

import asyncio
import hashlib
import hmac
import itertools
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from tests.channels.slack_rules import Refused, check_arguments

TEAM, BOT, BOT_ID, APP = "T0FIRM", "U0CRMBOT", "B0CRMBOT", "A0CRM"
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-test-token", "xapp-test-token", "signing-secret"
SCOPES = (
    "app_mentions:read,channels:history,chat:write,commands,files:read,files:write,"
    "groups:history,im:history,im:write,users:read,users:read.email"
)
REDELIVERIES = 3

T = TypeVar("T")


@dataclass
class Call:
    """One call of the Web API."""

    method: str
    arguments: dict[str, Any]
    at: float
    ok: bool = True


@dataclass
class Shown:
    """A message as somebody sees it now. `only` is the user an ephemeral one is for."""

    channel: str
    ts: str
    text: str
    blocks: list[dict[str, Any]]
    thread: str = ""
    only: str = ""
    changes: int = 0
    arguments: dict[str, Any] = field(default_factory=dict)
    at: float = 0.0

    @property
    def words(self) -> str:
        """All that is written in its blocks."""
        found = [block["text"]["text"] for block in self.blocks if "text" in block]
        found += [e["text"] for b in self.blocks if b["type"] == "context" for e in b["elements"]]
        return "\n".join(found)

    @property
    def buttons(self) -> dict[str, dict[str, Any]]:
        """Its buttons by label."""
        return {
            e["text"]["text"]: {**e, "block_id": b.get("block_id", "b")}
            for b in self.blocks
            if b["type"] == "actions"
            for e in b["elements"]
            if e["type"] == "button"
        }


@dataclass
class Delivery:
    """Something delivered to the bot: how often, after how long it was acknowledged, with what."""

    envelope: dict[str, Any]
    sent_at: float = 0.0
    tries: int = 0
    seconds: float | None = None
    status: int = 0
    payload: Any = None


@dataclass
class Mood:
    """How a method fails the next times."""

    status: int
    times: int
    retry_after: float = 1.0
    error: str = ""


class SlackServer:
    """Runs in a thread of its own; every method may be called from a test."""

    def __init__(self, *, ack_within: float = 3.0, paced: bool = True) -> None:
        self.ack_within, self.paced = ack_within, paced
        self.users: dict[str, dict[str, Any]] = {}
        self.calls: list[Call] = []
        self.messages: dict[tuple[str, str], Shown] = {}
        self.homes: dict[str, dict[str, Any]] = {}
        self.views: list[dict[str, Any]] = []
        self.shared: list[dict[str, Any]] = []
        self.uploads: dict[str, bytes] = {}
        self.downloads: dict[str, bytes] = {}
        self.moods: dict[str, deque[Mood]] = {}
        self.too_fast = 0
        self.down = False
        self.slow: dict[str, float] = {}
        self.events_url = ""
        self.token, self.app_token = BOT_TOKEN, APP_TOKEN
        self.scopes = SCOPES
        self._posted_at: dict[str, float] = {}
        self._sockets: list[web.WebSocketResponse] = []
        self._tickets: set[str] = set()
        self._open: dict[str, Delivery] = {}
        self._acked: dict[str, asyncio.Event] = {}
        self._responses: dict[str, tuple[str, str, float, int]] = {}
        self._numbers = itertools.count(1)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._background: set[asyncio.Future[None]] = set()
        self._runner: web.AppRunner | None = None
        self.port = 0

    # From the tests' thread.

    def start(self) -> "SlackServer":
        self._thread.start()
        self.do(self._serve())
        return self

    def stop(self) -> None:
        self.do(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/"

    def joins(self, user: str, email: str, **marks: Any) -> None:
        """Somebody is in the workspace."""
        self.users[user] = {
            "id": user,
            "team_id": TEAM,
            "name": email.partition("@")[0],
            "deleted": False,
            "is_bot": False,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "is_email_confirmed": True,
            "profile": {"email": email},
            **marks,
        }

    def fails(self, method: str, status: int, times: int = 1, **how: Any) -> None:
        self.moods.setdefault(method, deque()).append(Mood(status, times, **how))

    def deliver(self, kind: str, payload: dict[str, Any], *, wait: bool = True) -> Delivery:
        """Hand something over; Slack tries again until it is acknowledged."""
        return self.do(self.delivering(kind, payload, wait=wait))

    def drop_sockets(self) -> None:
        self.do(self._drop())

    def said_to(self, channel: str) -> list[Shown]:
        """What stands in a channel now, in the order of its time stamps."""
        found = [shown for (place, _), shown in self.messages.items() if place == channel]
        return sorted(found, key=lambda shown: shown.ts)

    def until(self, look: Callable[[], T], seconds: float = 15.0) -> T:
        """Wait until something is there; fails with what was said instead."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = look()
            if found:
                return found
            time.sleep(0.02)
        said = [(s.channel, s.only, s.text) for s in self.messages.values()][-5:]
        raise AssertionError(f"waited {seconds} s in vain; said last: {said}")

    def ts(self) -> str:
        return f"{time.time():.4f}{next(self._numbers) % 100:02d}"

    # The server.

    async def _serve(self) -> None:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_post("/api/{method}", self._method)
        app.router.add_get("/api/{method}", self._method)
        app.router.add_get("/link", self._link)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_get("/files/{file}", self._download)
        app.router.add_post("/response/{name}", self._response)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def _close(self) -> None:
        await self._drop()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _drop(self) -> None:
        for socket in self._sockets:
            await socket.close()
        self._sockets.clear()

    async def _method(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if self.down:
            assert request.transport is not None
            request.transport.close()
            raise web.HTTPServiceUnavailable
        if method in self.slow:
            await asyncio.sleep(self.slow[method])
        arguments = await _arguments(request)
        call = Call(method, arguments, time.monotonic())
        self.calls.append(call)
        if mood := self._mood(method):
            call.ok = False
            return _refusal(mood)
        try:
            self._check_token(method, request)
            check_arguments(method, arguments)
            handler = getattr(self, "_" + method.replace(".", "_"))
            answer = handler(arguments)
        except Refused as refused:
            call.ok = False
            return web.json_response({"ok": False, "error": str(refused)})
        except _TooFast:
            call.ok = False
            return _refusal(Mood(429, 1))
        headers = {"x-oauth-scopes": self.scopes}
        return web.json_response({"ok": True, **answer}, headers=headers)

    def _mood(self, method: str) -> Mood | None:
        waiting = self.moods.get(method)
        if not waiting:
            return None
        waiting[0].times -= 1
        return waiting.popleft() if waiting[0].times <= 0 else waiting[0]

    def _check_token(self, method: str, request: web.Request) -> None:
        wanted = self.app_token if method == "apps.connections.open" else self.token
        if request.headers.get("Authorization") != f"Bearer {wanted}":
            raise Refused("invalid_auth")

    # Its methods.

    def _auth_test(self, _arguments: Mapping[str, Any]) -> dict[str, Any]:
        return {"team_id": TEAM, "user_id": BOT, "bot_id": BOT_ID, "user": "crm"}

    def _users_info(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        if arguments["user"] not in self.users:
            raise Refused("user_not_found")
        return {"user": self.users[arguments["user"]]}

    def _conversations_open(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        return {"channel": {"id": direct(arguments["users"])}}

    def _chat_postMessage(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        self._paced(arguments["channel"])
        shown = self._show(arguments, arguments.get("thread_ts", ""), "")
        return {"channel": shown.channel, "ts": shown.ts, "message": {"text": shown.text}}

    def _chat_postEphemeral(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        self._paced(arguments["channel"])
        shown = self._show(arguments, arguments.get("thread_ts", ""), arguments["user"])
        return {"message_ts": shown.ts}

    def _chat_update(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        shown = self.messages.get((arguments["channel"], arguments["ts"]))
        if shown is None or shown.only:
            raise Refused("message_not_found")
        shown.text, shown.blocks = arguments["text"], arguments.get("blocks") or []
        shown.changes += 1
        return {"channel": shown.channel, "ts": shown.ts}

    def _views_open(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        view = {**arguments["view"], "id": f"V{next(self._numbers)}"}
        self.views.append(view)
        return {"view": view}

    def _views_publish(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        self.homes[arguments["user_id"]] = arguments["view"]
        return {"view": arguments["view"]}

    def _files_getUploadURLExternal(self, arguments: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802
        name = f"F{next(self._numbers)}"
        url = f"http://127.0.0.1:{self.port}/upload/{name}"
        return {"upload_url": url, "file_id": name, "alt": arguments.get("alt_txt")}

    def _files_completeUploadExternal(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        if any(one["id"] not in self.uploads for one in arguments["files"]):
            raise Refused("file_not_found")
        self.shared.append(arguments)
        return {"files": arguments["files"]}

    def _apps_connections_open(self, _arguments: Mapping[str, Any]) -> dict[str, Any]:
        ticket = f"t{next(self._numbers)}"
        self._tickets.add(ticket)
        return {"url": f"ws://127.0.0.1:{self.port}/link?ticket={ticket}"}

    def _paced(self, channel: str) -> None:
        now = time.monotonic()
        if now - self._posted_at.get(channel, 0.0) < 0.95 and self.paced:
            self.too_fast += 1
            raise _TooFast
        self._posted_at[channel] = now

    def _show(self, arguments: dict[str, Any], thread: str, only: str) -> Shown:
        shown = Shown(
            arguments["channel"],
            self.ts(),
            arguments["text"],
            arguments.get("blocks") or [],
            thread,
            only,
            arguments=arguments,
            at=time.monotonic(),
        )
        self.messages[shown.channel, shown.ts] = shown
        return shown

    # Files and response addresses.

    async def _upload(self, request: web.Request) -> web.Response:
        content = await request.read()
        if request.content_type.startswith("multipart/"):
            content = content.split(b"\r\n\r\n", 1)[1].rsplit(b"\r\n--", 1)[0]
        self.uploads[request.match_info["file"]] = content
        return web.Response(text="OK")

    async def _download(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.Response(text="<html>Sign in</html>", content_type="text/html")
        return web.Response(body=self.downloads[request.match_info["file"]])

    def response_url(self, channel: str, user: str, ts: str = "") -> str:
        name = f"r{next(self._numbers)}"
        self._responses[name] = (channel, user, time.monotonic(), 0)
        return f"http://127.0.0.1:{self.port}/response/{name}?ts={ts}"

    async def _response(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        channel, user, since, used = self._responses[name]
        if used >= 5 or time.monotonic() - since > 1800:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        self._responses[name] = (channel, user, since, used + 1)
        said = await request.json()
        check_arguments("chat.postMessage", {"channel": channel, **said})
        shown = self.messages.get((channel, request.query["ts"]))
        if said.get("replace_original") and shown is not None:
            shown.text, shown.blocks = said["text"], said.get("blocks") or []
            shown.changes += 1
        else:
            self._show({"channel": channel, **said}, "", user)
        return web.Response(text="ok")

    # Deliveries.

    async def delivering(
        self, kind: str, payload: dict[str, Any], *, wait: bool = True
    ) -> Delivery:
        name = f"e{next(self._numbers)}"
        delivery = Delivery({"envelope_id": name, "type": kind, "payload": payload})
        work = self._by_web(delivery) if self.events_url else self._by_socket(delivery)
        if wait:
            await work
        else:
            self._background.add(asyncio.ensure_future(work))
        return delivery

    async def _by_socket(self, delivery: Delivery) -> None:
        name = delivery.envelope["envelope_id"]
        acked = self._acked.setdefault(name, asyncio.Event())
        self._open[name] = delivery
        for attempt in range(REDELIVERIES + 1):
            while not (open_ones := [s for s in self._sockets if not s.closed]):
                await asyncio.sleep(0.02)
            delivery.sent_at, delivery.tries = time.monotonic(), attempt + 1
            envelope = {**delivery.envelope, "accepts_response_payload": True}
            envelope |= {"retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
            try:
                await open_ones[-1].send_json(envelope)
                await asyncio.wait_for(acked.wait(), self.ack_within)
            except (ConnectionError, TimeoutError):
                continue
            return

    async def _by_web(self, delivery: Delivery) -> None:
        kind, payload = delivery.envelope["type"], delivery.envelope["payload"]
        body, content = json.dumps(payload), "application/json"
        if kind == "slash_commands":
            body, content = urlencode(payload), "application/x-www-form-urlencoded"
        elif kind == "interactive":
            body = urlencode({"payload": body})
            content = "application/x-www-form-urlencoded"
        async with aiohttp.ClientSession() as session:
            for attempt in range(REDELIVERIES + 1):
                headers = {**signed(body), "Content-Type": content}
                if attempt:
                    headers |= {"X-Slack-Retry-Num": str(attempt)}
                delivery.sent_at, delivery.tries = time.monotonic(), attempt + 1
                try:
                    timeout = aiohttp.ClientTimeout(self.ack_within)
                    async with session.post(
                        self.events_url, data=body, headers=headers, timeout=timeout
                    ) as answer:
                        text = await answer.text()
                        delivery.status = answer.status
                        delivery.seconds = time.monotonic() - delivery.sent_at
                        delivery.payload = json.loads(text) if text.startswith("{") else text
                except (TimeoutError, aiohttp.ClientError):
                    await asyncio.sleep(0.2)
                    continue
                if delivery.status == 200 or kind != "events_api":
                    return
                await asyncio.sleep(0.2)

    async def _link(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets or self.down:
            raise web.HTTPForbidden
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self._sockets.append(socket)
        async for message in socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                self._acknowledged(json.loads(message.data))
        if socket in self._sockets:
            self._sockets.remove(socket)
        return socket

    def _acknowledged(self, said: Mapping[str, Any]) -> None:
        name = said["envelope_id"]
        delivery = self._open[name]
        if delivery.seconds is None:
            delivery.seconds = time.monotonic() - delivery.sent_at
            delivery.payload, delivery.status = said.get("payload"), 200
        self._acked[name].set()


class _TooFast(Exception):
    """More than a message a second in one channel."""


def direct(user: str) -> str:
    """The channel of somebody's direct messages with the bot."""
    return f"D{user.removeprefix('U')}"


def signed(body: str, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    """The headers that prove that a body is Slack's."""
    stamp = str(int(at if at is not None else time.time()))
    mac = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mac}"}


async def _arguments(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    found: dict[str, Any] = {}
    for name, value in {**request.query, **await request.post()}.items():
        text = str(value)
        found[name] = json.loads(text) if text[:1] in ("{", "[") and name != "text" else text
    return found


def _refusal(mood: Mood) -> web.Response:
    if mood.status == 200:
        return web.json_response({"ok": False, "error": mood.error})
    if mood.status == 429:
        return web.json_response(
            {"ok": False, "error": "ratelimited"},
            status=429,
            headers={"Retry-After": f"{mood.retry_after:g}"},
        )
    return web.Response(status=mood.status, text="upstream connect error")
