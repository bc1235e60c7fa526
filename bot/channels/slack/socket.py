"""Slack's Socket Mode: one socket that is opened anew, with a new address, until it holds."""

import asyncio
import logging

import structlog
from slack_bolt.adapter.socket_mode.async_internals import (
    run_async_bolt_app,
    send_async_response,
)
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.posting import reason_of

PING_SECONDS = 3
PATIENCE = 12
"""Seconds for a few attempts with one address; it serves once, so the next try asks anew."""

log = structlog.get_logger(__name__)


class Socket(SocketModeClient):
    """The library's client, which by itself tries a used address for ever."""

    def __init__(self, app: AsyncApp, app_token: str, web_client: AsyncWebClient) -> None:
        quiet = logging.getLogger("slack_sdk.socket_mode.ours")
        quiet.setLevel(logging.CRITICAL)
        super().__init__(app_token, logger=quiet, web_client=web_client, ping_interval=PING_SECONDS)
        self._app, self._refused = app, ""
        self.socket_mode_request_listeners.append(self._answer)

    async def connect(self) -> None:
        while not self.closed:
            try:
                async with asyncio.timeout(PATIENCE):
                    await super().connect()  # type: ignore[no-untyped-call]
            except TimeoutError:
                self.wss_uri = None
                log.warning("Slack's socket cannot be opened; trying on")
            else:
                return

    async def issue_new_wss_url(self) -> str:
        try:
            url = await super().issue_new_wss_url()
        except SlackApiError as error:
            reason = reason_of(error)
            if reason != self._refused:
                self._refused = reason
                log.error(f"Slack refuses SLACK_APP_TOKEN ({reason}); it needs connections:write")
            raise
        self._refused = ""
        return url

    async def _answer(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        started = asyncio.get_running_loop().time()
        response = await run_async_bolt_app(self._app, request)
        await send_async_response(client, request, response, started)
