"""The webhook: kept before it is acknowledged, refused without the secret, repeated in vain."""

import asyncio
import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
import uvicorn
from sqlalchemy import func, select
from starlette.applications import Starlette

from crm_store.interactions import Interaction
from tests.channels.telegram_bot import LENA, Bot
from tests.channels.telegram_server import TelegramServer

MakeBot = Callable[..., Bot]
ME = LENA["id"]
SECRET = "a-secret-of-the-firm"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
def hooked(telegram: TelegramServer, telegram_bot: MakeBot) -> Iterator[tuple[Bot, str]]:
    """A bot that is delivered to, and the address of its webhook."""
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    url = f"http://127.0.0.1:{port}/telegram/hook"
    with telegram_bot(webhook=url, secret=SECRET) as bot:
        app = Starlette(routes=list(bot.telegram.routes))
        server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off"))
        serving = asyncio.run_coroutine_threadsafe(server._serve(), bot._loop)
        telegram.waits(lambda: server.started and bot.telegram.connected)
        yield bot, url
        server.should_exit = True
        serving.result(10)


def update(number: int, text: str) -> dict[str, Any]:
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": 1_700_000_000,
            "chat": {"id": ME, "type": "private"},
            "from": LENA,
            "text": text,
        },
    }


def logged(bot: Bot) -> int:
    with bot.store() as session:
        return session.scalar(select(func.count(Interaction.id))) or 0


def test_what_telegram_delivers_is_answered(
    telegram: TelegramServer, hooked: tuple[Bot, str]
) -> None:
    _, url = hooked
    assert telegram.webhook is not None
    assert telegram.webhook["url"] == url
    assert telegram.webhook["secret_token"] == SECRET
    telegram.says(LENA, "log call with Maria Schmidt about fences")
    assert "Logged your call" in telegram.waits_for(ME)["text"]
    assert not [name for name, _ in telegram.calls if name == "getUpdates"]


def test_a_repeated_delivery_does_nothing_again(
    telegram: TelegramServer, hooked: tuple[Bot, str]
) -> None:
    bot, url = hooked
    before = logged(bot)
    again = update(41, "log call with Maria Schmidt about fences")
    for _ in range(3):
        answer = httpx.post(url, json=again, headers={HEADER: SECRET})
        assert answer.status_code == 200
    telegram.waits_for(ME)
    telegram.says(LENA, "hello")
    telegram.waits_for(ME, 2)
    assert len(telegram.sent_to(ME)) == 2
    assert logged(bot) == before + 1


@pytest.mark.parametrize("given", [{}, {HEADER: ""}, {HEADER: "wrong"}, {HEADER: "ä"}])
def test_without_the_secret_nothing_is_done(
    telegram: TelegramServer, hooked: tuple[Bot, str], given: dict[str, str]
) -> None:
    bot, url = hooked
    headers = [(name.encode(), value.encode()) for name, value in given.items()]
    body = json.dumps(update(42, "log call with Maria Schmidt about fences"))
    assert httpx.post(url, content=body, headers=headers).status_code == 403
    assert bot.heard == []
    assert bot.telegram._worker.waiting == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"not json", 400),
        (b"[]", 400),
        (b'{"update_id": "7"}', 400),
        (b'{"update_id": true}', 400),
        (b"[" * 100_000, 400),
        (b" " * 1_000_001, 413),
    ],
)
def test_a_body_that_is_no_update_is_refused(
    telegram: TelegramServer, hooked: tuple[Bot, str], body: bytes, status: int
) -> None:
    bot, url = hooked
    assert httpx.post(url, content=body, headers={HEADER: SECRET}).status_code == status
    assert bot.heard == []


def test_an_update_that_nobody_can_read_does_not_stop_the_next(
    telegram: TelegramServer, hooked: tuple[Bot, str]
) -> None:
    _, url = hooked
    broken = {"update_id": 43, "message": {"message_id": {}, "chat": 5, "date": "yesterday"}}
    assert httpx.post(url, json=broken, headers={HEADER: SECRET}).status_code == 200
    telegram.says(LENA, "hello")
    assert "Hello" in telegram.waits_for(ME)["text"]


def test_the_webhook_is_never_open_where_no_secret_was_set(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot(webhook="http://127.0.0.1:9/hook"):
        telegram.waits(lambda: telegram.webhook)
        assert telegram.webhook is not None
        assert len(telegram.webhook["secret_token"]) == 64
