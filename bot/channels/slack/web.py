"""Slack over HTTP: what is not signed by Slack, or is nothing Slack sends, is turned away."""

import json
from urllib.parse import parse_qs

import structlog
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

PATH = "/slack/events"

log = structlog.get_logger(__name__)


def events_route(handler: AsyncSlackRequestHandler, secret: str) -> Route:
    """The one address for events, buttons, commands and forms."""
    verifier = SignatureVerifier(secret)

    async def events(request: Request) -> Response:
        body = await request.body()
        if not verifier.is_valid_request(body, dict(request.headers)):
            return _refused(401, "signature wrong or older than five minutes")
        if not _is_ours(body, request.headers.get("content-type", "")):
            return _refused(400, "neither JSON nor a form of Slack's")
        return await handler.handle(request)

    return Route(PATH, events, methods=["POST"])


def _is_ours(body: bytes, content_type: str) -> bool:
    try:
        text = body.decode()
        if content_type.startswith("application/json") or text.lstrip().startswith("{"):
            return isinstance(json.loads(text), dict)
        form = parse_qs(text)
        if "payload" in form:
            return isinstance(json.loads(form["payload"][0]), dict)
    except (ValueError, RecursionError):
        return False
    return "command" in form or "ssl_check" in form


def _refused(status: int, reason: str) -> Response:
    log.warning("a request to Slack's address was refused", status=status, reason=reason)
    return PlainTextResponse(reason, status)
