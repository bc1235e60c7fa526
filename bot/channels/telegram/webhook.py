"""The webhook: takes what Telegram delivers, if it shows the secret, and keeps it first."""

import json
from collections.abc import Awaitable, Callable, Mapping
from hmac import compare_digest
from typing import Any

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST = 1_000_000
"""Bytes of a delivery; a real one holds one message of 4,096 characters and what is about it."""

log = structlog.get_logger(__name__)
Keep = Callable[[Mapping[str, Any]], Awaitable[None]]


def endpoint(keep: Keep, secret: str) -> Callable[[Request], Awaitable[Response]]:
    """The handler of the webhook's address. It answers 200 once the update is kept; for
    anything but 200 Telegram delivers again."""

    async def take(request: Request) -> Response:
        if not compare_digest(request.headers.get(HEADER, "").encode(), secret.encode()):
            log.warning("webhook called with a wrong secret", client=_client(request))
            return PlainTextResponse("wrong secret", 403)
        body = await _body(request)
        if body is None:
            log.warning("webhook called with too much", client=_client(request))
            return PlainTextResponse("too large", 413)
        update = _update(body)
        if update is None:
            log.warning("webhook called with something else than an update", size=len(body))
            return PlainTextResponse("not an update", 400)
        try:
            await keep(update)
        except Exception:
            log.exception("update could not be kept", update=update["update_id"])
            return PlainTextResponse("try again", 503)
        return PlainTextResponse("ok")

    return take


async def _body(request: Request) -> bytes | None:
    """The whole body; None as soon as it is too long."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST:
            return None
    return body


def _update(body: bytes) -> dict[str, Any] | None:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    known = isinstance(update, dict) and type(update.get("update_id")) is int
    return update if known else None


def _client(request: Request) -> str:
    return request.client.host if request.client else "unknown"
