"""A local Bot API: strict as Telegram's own, and as unreliable as the way to it can be."""

import asyncio
import itertools
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.channels.telegram_rules import (
    Refused,
    check_commands,
    check_keyboard,
    check_text,
    value,
)

TOKEN = "4242:test-token-of-a-bot"
BOT = {"id": 4242, "is_bot": True, "first_name": "CRM", "username": "firm_crm_bot"}
LARGEST_PHOTO = 10_000_000


@dataclass
class Fault:
    """What goes wrong with the next call of a method: "429", "500", "drop", "slow"."""

    method: str
    kind: str
    seconds: float = 1.0


class Failure(Exception):
    """An answer with another status than 200 or 400."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


@dataclass
class TelegramServer:
    """The server, in a thread of its own. People act by `says`, `presses`, `edits`; `sent` is
    what the bot sent, `calls` every call it made."""

    port: int = 0
    privacy: bool = True
    strict_rates: bool = False
    sent: list[dict[str, Any]] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    blocked: set[int] = field(default_factory=set)
    started: set[int] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    webhook: dict[str, Any] | None = None
    moved: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._pending: list[dict[str, Any]] = []
        self._messages: dict[tuple[int, int], dict[str, Any]] = {}
        self._numbers = itertools.count(100)
        self._updates = itertools.count(700_000)
        self._rates: dict[int, deque[float]] = {}
        self._loop = asyncio.new_event_loop()
        self._polls = 0
        self._runner: web.AppRunner | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    # Starting and stopping.

    def __enter__(self) -> Self:
        self._thread.start()
        self._in_loop(self._open())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._in_loop(self._close())
        self._in_loop(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def goes_down(self) -> None:
        """Nobody answers any more."""
        self._in_loop(self._close())

    def comes_up(self) -> None:
        """It answers again, at the same address."""
        self._in_loop(self._open())

    # What people do.

    def says(
        self, user: Mapping[str, Any], text: str = "", *, chat: int | None = None, **more: Any
    ) -> dict[str, Any]:
        """A person writes, in private unless a group is given; in privacy mode Telegram
        keeps from the bot what is not addressed to it."""
        message = self._message(user, chat or user["id"], text, more)
        if chat is None:
            self.started.add(user["id"])
        command = text.startswith("/")
        answered = message.get("reply_to_message", {}).get("from", {}).get("id") == BOT["id"]
        if chat is None or not self.privacy or command or answered:
            self.deliver({"message": message})
        return message

    def edits(self, message: Mapping[str, Any], text: str) -> None:
        """A person changes what they wrote."""
        changed = {**message, "text": text, "edit_date": int(time.time())}
        self.deliver({"edited_message": _with_entities(changed)})

    def presses(
        self, user: Mapping[str, Any], message: Mapping[str, Any], label: str
    ) -> dict[str, Any]:
        """A person presses the button that begins so, as it is shown now."""
        shown = self._messages[message["chat"]["id"], message["message_id"]]
        rows = (shown.get("reply_markup") or {}).get("inline_keyboard") or []
        for button in (button for row in rows for button in row):
            if button["text"].startswith(label):
                return self.presses_token(user, shown, button["callback_data"])
        raise AssertionError(f"no button {label!r} in {rows}")

    def presses_token(
        self, user: Mapping[str, Any], message: Mapping[str, Any], token: str
    ) -> dict[str, Any]:
        """A press with any data, as a forged client could send it."""
        query = {
            "id": str(next(self._numbers) * 1_000_003),
            "from": dict(user),
            "chat_instance": "1",
            "message": dict(message),
            "data": token,
        }
        self.deliver({"callback_query": query})
        return query

    def deliver(self, update: Mapping[str, Any], update_id: int | None = None) -> int:
        """Deliver any update; with an id that was there before, again."""
        number = update_id if update_id is not None else next(self._updates)
        self._in_loop(self._put({"update_id": number, **update}))
        return number

    # What the bot did.

    def shown(self, message: Mapping[str, Any]) -> list[str]:
        """The labels of the buttons on a message, as they are now."""
        now = self._messages[message["chat"]["id"], message["message_id"]]
        rows = (now.get("reply_markup") or {}).get("inline_keyboard") or []
        return [button["text"] for row in rows for button in row]

    def waits(self, condition: Callable[[], Any], seconds: float = 10.0) -> Any:
        """Wait until the condition holds; its value."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if result := condition():
                return result
            time.sleep(0.01)
        raise AssertionError(f"not within {seconds} s; sent: {[m.get('text') for m in self.sent]}")

    def sent_to(self, chat: int) -> list[dict[str, Any]]:
        return [message for message in list(self.sent) if message["chat"]["id"] == chat]

    def waits_for(self, chat: int, count: int = 1, seconds: float = 10.0) -> dict[str, Any]:
        """Wait until so many messages were sent there; the last of them."""
        self.waits(lambda: len(self.sent_to(chat)) >= count, seconds)
        return self.sent_to(chat)[count - 1]

    @property
    def unconfirmed(self) -> int:
        return len(self._pending)

    # The server.

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    def _in_loop(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(20)

    async def _open(self) -> None:
        self._news = asyncio.Event()
        application = web.Application(client_max_size=60_000_000)
        application.router.add_route("*", "/bot{token}/{method}", self._call)
        application.router.add_get("/file/bot{token}/{path:.+}", self._download)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        server = site._server
        assert isinstance(server, asyncio.Server)
        self.port = int(server.sockets[0].getsockname()[1])

    async def _close(self) -> None:
        self._news.set()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _end(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _put(self, update: dict[str, Any]) -> None:
        if self.webhook is not None:
            self._pushing = asyncio.create_task(self._push(update))
            return
        self._pending.append(update)
        self._news.set()

    async def _push(self, update: dict[str, Any]) -> None:
        """Deliver to the webhook, again and again until it is taken."""
        assert self.webhook is not None
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
        async with aiohttp.ClientSession() as session:
            for pause in (0.1, 0.2, 0.4, 0.8, 1.6, 3.2):
                try:
                    posting = session.post(self.webhook["url"], json=update, headers=headers)
                    async with posting as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(pause)

    async def _download(self, request: web.Request) -> web.Response:
        content = self.files.get(request.match_info["path"])
        if request.match_info["token"] != TOKEN or content is None:
            return web.Response(status=404)
        return web.Response(body=content)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method, given = request.match_info["method"], await _parameters(request)
        self.calls.append((method, given))
        try:
            if request.match_info["token"] != TOKEN:
                raise Failure(401, "Unauthorized")
            await self._fail(request, method)
            answer = getattr(self, f"do_{method}", None)
            if answer is None:
                raise Failure(404, "Not Found: method not found")
            return web.json_response({"ok": True, "result": await answer(given)})
        except Refused as refused:
            return _refusal(400, str(refused), {})
        except KeyError as missing:
            return _refusal(400, f"Bad Request: parameter {missing} is required", {})
        except Failure as failure:
            return _refusal(failure.status, failure.description, failure.parameters)

    async def _fail(self, request: web.Request, method: str) -> None:
        fault = next((one for one in self.faults if one.method == method), None)
        if fault is None:
            return
        self.faults.remove(fault)
        if fault.kind == "429":
            seconds = int(fault.seconds)
            raise Failure(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        if fault.kind == "500":
            raise Failure(500, "Internal Server Error")
        if fault.kind == "drop":
            assert request.transport is not None
            request.transport.abort()
            raise Failure(500, "never seen")
        await asyncio.sleep(fault.seconds)

    # The methods.

    async def do_getMe(self, given: Mapping[str, Any]) -> Any:  # noqa: N802 - Telegram's name
        return {**BOT, "can_join_groups": True, "can_read_all_group_messages": not self.privacy}

    async def do_deleteWebhook(self, given: Mapping[str, Any]) -> bool:  # noqa: N802
        self.webhook = None
        if given.get("drop_pending_updates") is True:
            self._pending.clear()
        return True

    async def do_setWebhook(self, given: Mapping[str, Any]) -> bool:  # noqa: N802
        secret = given.get("secret_token", "")
        if not given["url"] or not 0 <= len(secret) <= 256:
            raise Refused("Bad Request: bad webhook")
        self.webhook = dict(given)
        waiting, self._pending = self._pending, []
        for update in waiting:
            await self._put(update)
        return True

    async def do_setMyCommands(self, given: Mapping[str, Any]) -> bool:  # noqa: N802
        scope = (given.get("scope") or {"type": "default"})["type"]
        self.commands[scope] = check_commands(given["commands"])
        return True

    async def do_getUpdates(self, given: Mapping[str, Any]) -> Any:  # noqa: N802
        if self.webhook is not None:
            raise Failure(409, "Conflict: can't use getUpdates method while webhook is active")
        offset, most = int(given.get("offset") or 0), int(given.get("limit") or 100)
        self._pending = [one for one in self._pending if one["update_id"] >= offset]
        self._polls += 1
        mine, until = self._polls, time.monotonic() + float(given.get("timeout") or 0)
        while not self._pending and time.monotonic() < until and self._runner is not None:
            self._news.clear()
            try:
                async with asyncio.timeout(max(0.0, until - time.monotonic())):
                    await self._news.wait()
            except TimeoutError:
                break
            if mine != self._polls:
                raise Failure(409, "Conflict: terminated by other getUpdates request")
        return self._pending[:most]

    async def do_sendMessage(self, given: Mapping[str, Any]) -> Any:  # noqa: N802
        shown = check_text(given["text"], given.get("parse_mode"))
        return self._send(given, {"text": shown, "html": given["text"]})

    async def do_sendPhoto(self, given: Mapping[str, Any]) -> Any:  # noqa: N802
        photo = given["photo"]
        if not isinstance(photo, bytes) or not photo.startswith(b"\x89PNG"):
            raise Refused("Bad Request: IMAGE_PROCESS_FAILED")
        width, height = (int.from_bytes(photo[at : at + 4], "big") for at in (16, 20))
        if len(photo) > LARGEST_PHOTO or width + height > 10_000 or width > 20 * height:
            raise Refused("Bad Request: PHOTO_INVALID_DIMENSIONS")
        return self._send(given, {**_caption(given), "photo": [], "png": photo})

    async def do_sendDocument(self, given: Mapping[str, Any]) -> Any:  # noqa: N802
        content = given["document"]
        if not isinstance(content, bytes) or not content:
            raise Refused("Bad Request: file must be non-empty")
        return self._send(given, {**_caption(given), "content": content})

    async def do_editMessageReplyMarkup(self, given: Mapping[str, Any]) -> Any:  # noqa: N802
        message = self._messages.get((int(given["chat_id"]), int(given["message_id"])))
        if message is None:
            raise Refused("Bad Request: message to edit not found")
        markup = check_keyboard(given.get("reply_markup"))
        if (message.get("reply_markup") or {}) == (markup or {}):
            raise Refused("Bad Request: message is not modified")
        message["reply_markup"] = markup
        return _public(message)

    async def do_editMessageText(self, given: Mapping[str, Any]) -> Any:  # noqa: N802
        message = self._messages.get((int(given["chat_id"]), int(given["message_id"])))
        if message is None:
            raise Refused("Bad Request: message to edit not found")
        message["text"] = check_text(given["text"], given.get("parse_mode"))
        message["reply_markup"] = check_keyboard(given.get("reply_markup"))
        return _public(message)

    async def do_answerCallbackQuery(self, given: Mapping[str, Any]) -> bool:  # noqa: N802
        if len(str(given.get("text") or "")) > 200:
            raise Refused("Bad Request: MESSAGE_TOO_LONG")
        if any(one["callback_query_id"] == given["callback_query_id"] for one in self.answers):
            raise Refused("Bad Request: query is too old or query ID is invalid")
        self.answers.append({"callback_query_id": given["callback_query_id"], **given})
        return True

    async def do_getFile(self, given: Mapping[str, Any]) -> Any:  # noqa: N802
        path = given["file_id"]
        if path not in self.files:
            raise Refused("Bad Request: wrong file_id")
        if len(self.files[path]) > 20_000_000:
            raise Refused("Bad Request: file is too big")
        return {"file_id": path, "file_unique_id": path, "file_path": path}

    # Messages.

    def _send(self, given: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, Any]:
        chat = int(given["chat_id"])
        if chat in self.moved:
            raise Failure(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=self.moved[chat],
            )
        if chat in self.blocked:
            raise Failure(403, "Forbidden: bot was blocked by the user")
        if chat > 0 and chat not in self.started:
            raise Failure(403, "Forbidden: bot can't initiate conversation with a user")
        self._pace(chat)
        answered = given.get("reply_parameters")
        if answered and (chat, int(answered["message_id"])) not in self._messages:
            if not answered.get("allow_sending_without_reply"):
                raise Refused("Bad Request: message to be replied not found")
            answered = None
        message = {
            "message_id": next(self._numbers),
            "date": int(time.time()),
            "chat": _chat(chat),
            "from": BOT,
            "reply_markup": check_keyboard(given.get("reply_markup")),
            "answers": answered and int(answered["message_id"]),
            "at": time.monotonic(),
            **content,
        }
        self._messages[chat, message["message_id"]] = message
        self.sent.append(message)
        return _public(message)

    def _pace(self, chat: int) -> None:
        """More than one message a second in a chat, or twenty a minute in a group."""
        now, times = time.monotonic(), self._rates.setdefault(chat, deque(maxlen=20))
        if self.strict_rates and times:
            if now - times[-1] < 0.95:
                raise Failure(429, "Too Many Requests: retry after 1", retry_after=1)
            if chat < 0 and len(times) == 20 and now - times[0] < 60:
                raise Failure(429, "Too Many Requests: retry after 30", retry_after=30)
        times.append(now)

    def _message(
        self, user: Mapping[str, Any], chat: int, text: str, more: Mapping[str, Any]
    ) -> dict[str, Any]:
        message: dict[str, Any] = {
            "message_id": next(self._numbers),
            "date": int(time.time()),
            "chat": _chat(chat),
            "from": dict(user),
            **({"text": text} if text else {}),
            **more,
        }
        if "reply_to_message" in message:
            message["reply_to_message"] = _public(message["reply_to_message"])
        message = _with_entities(message)
        self._messages[chat, message["message_id"]] = message
        return message


def person(number: int, name: str) -> dict[str, Any]:
    """Somebody with a Telegram account."""
    return {"id": number, "is_bot": False, "first_name": name, "language_code": "en"}


def _chat(number: int) -> dict[str, Any]:
    if number < 0:
        return {"id": number, "type": "supergroup", "title": "Sales Berlin"}
    return {"id": number, "type": "private", "first_name": "Somebody"}


def _with_entities(message: dict[str, Any]) -> dict[str, Any]:
    text = message.get("text", "")
    if not text.startswith("/"):
        return message
    length = len(text.split()[0])
    return {**message, "entities": [{"type": "bot_command", "offset": 0, "length": length}]}


def _caption(given: Mapping[str, Any]) -> dict[str, Any]:
    if not given.get("caption"):
        return {"text": "", "html": ""}
    shown = check_text(given["caption"], given.get("parse_mode"), 1024)
    return {"text": shown, "html": given["caption"]}


def _public(message: Mapping[str, Any]) -> dict[str, Any]:
    ours = ("answers", "at", "html", "png", "content")
    return {name: part for name, part in message.items() if name not in ours and part is not None}


def _refusal(status: int, description: str, parameters: Mapping[str, Any]) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = dict(parameters)
    return web.json_response(body, status=status)


async def _parameters(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    given: dict[str, Any] = {}
    for name, part in (await request.post()).items():
        if isinstance(part, web.FileField):
            given[name] = part.file.read()
        else:
            given[name] = str(part) if name in ("text", "caption") else value(str(part))
    for name in ("photo", "document"):
        # An upload is named in the form and attached under that name.
        attached = given.get(name)
        if isinstance(attached, str) and attached.startswith("attach://"):
            given[name] = given.pop(attached.removeprefix("attach://"))
    return given
