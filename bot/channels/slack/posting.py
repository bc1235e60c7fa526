"""Calls that show something in Slack, with their failures in the courier's words."""

import time
from collections.abc import Awaitable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.channels.protocol import TryLater, Undeliverable
from bot.channels.slack.blocks import Rendered

GAP = 1.0
"""Seconds between two messages in one channel."""
SECONDS = 10
GONE = frozenset(
    """channel_not_found is_archived not_in_channel user_not_in_channel user_not_found
    account_inactive user_disabled cannot_dm_bot messages_tab_disabled restricted_action
    no_permission ekm_access_denied team_access_not_granted not_allowed""".split()
)
OURS = frozenset(
    """invalid_auth not_authed token_revoked token_expired missing_scope team_not_found
    org_login_required""".split()
)
"""Errors that an administrator mends; until then nothing is lost."""
REFUSED_BLOCKS = frozenset(
    {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"}
)


class NotThere(Exception):
    """What was to be changed or answered is gone; say it as a new message."""


class Posting:
    """Posts, one message a second in a channel, and never twice by a retry of its own."""

    def __init__(self, client: AsyncWebClient) -> None:
        self.client = client
        self._free_at: dict[str, float] = {}

    async def post(self, channel: str, shown: Rendered, thread: str = "") -> str:
        """A message for everybody there; its time stamp."""
        self._wait_for(channel)
        answer = await self._shown(
            self.client.chat_postMessage,
            shown,
            channel=channel,
            unfurl_links=False,
            unfurl_media=False,
            thread_ts=thread or None,
        )
        return str(answer.get("ts", ""))

    async def whisper(self, channel: str, user: str, shown: Rendered, thread: str = "") -> str:
        """A message that only one person sees there. Raises NotThere where that cannot be."""
        self._wait_for(channel)
        try:
            answer = await self._shown(
                self.client.chat_postEphemeral,
                shown,
                channel=channel,
                user=user,
                thread_ts=thread or None,
            )
        except Undeliverable as error:
            raise NotThere(str(error)) from error
        return str(answer.get("message_ts", ""))

    async def change(self, channel: str, ts: str, shown: Rendered) -> None:
        """A message of ours shows something else. Raises NotThere."""
        try:
            await self._shown(self.client.chat_update, shown, channel=channel, ts=ts)
        except (Undeliverable, _Refused) as error:
            raise NotThere(str(error)) from error

    async def respond(self, url: str, shown: Rendered, *, replaces: bool) -> None:
        """Answer a command, or change a whisper, by its response address. Raises NotThere
        once it is used up (five times, thirty minutes)."""
        webhook = AsyncWebhookClient(url, timeout=SECONDS, retry_handlers=[])
        try:
            answer = await webhook.send(
                text=shown.text,
                blocks=shown.blocks,
                response_type="ephemeral",
                replace_original=replaces,
                unfurl_links=False,
                unfurl_media=False,
            )
        except (TimeoutError, aiohttp.ClientError, SlackClientError, OSError) as error:
            raise TryLater(f"response address: {type(error).__name__}") from error
        if answer.status_code == 429:
            raise TryLater("rate limited", _seconds(answer.headers.get("Retry-After")))
        if answer.status_code >= 500:
            raise TryLater(f"response address answered {answer.status_code}")
        if answer.status_code != 200:
            raise NotThere(f"response address answered {answer.status_code}")

    async def direct(self, user: str) -> str:
        """The channel of somebody's direct messages with the bot."""
        answer = await self.call(self.client.conversations_open(users=user))
        return str((answer.get("channel") or {}).get("id", ""))

    async def picture(
        self, channel: str, png: bytes, alternative: str, thread: str, name: str
    ) -> None:
        """Share a picture with the sentence that says what it shows."""
        await self.call(
            self.client.files_upload_v2(
                channel=channel,
                content=png,
                filename=f"{name}.png",
                title=alternative[:100] or name,
                alt_txt=alternative[:1000],
                thread_ts=thread or None,
            )
        )

    async def document(self, channel: str, text: str, thread: str, name: str) -> None:
        """Share a long list as a text file."""
        await self.call(
            self.client.files_upload_v2(
                channel=channel,
                content=text.encode(),
                filename=name,
                title=name,
                thread_ts=thread or None,
            )
        )

    async def call(self, calling: Awaitable[Any]) -> Any:
        """The answer of a call, its failures as TryLater, Undeliverable or NotThere."""
        try:
            return await calling
        except SlackApiError as error:
            raise _translated(error) from error
        except (TimeoutError, aiohttp.ClientError, SlackClientError, OSError) as error:
            raise TryLater(f"Slack is not to be reached: {type(error).__name__}") from error

    async def _shown(self, method: Any, shown: Rendered, **arguments: Any) -> Any:
        try:
            return await self.call(method(text=shown.text, blocks=shown.blocks, **arguments))
        except _Refused:
            # Better plain than not at all: somebody waits for the answer.
            return await self.call(method(text=shown.text, **arguments))

    def _wait_for(self, channel: str) -> None:
        now = time.monotonic()
        free_at = self._free_at.get(channel, 0.0)
        if free_at > now:
            raise TryLater("one message a second in a channel", free_at - now, paced=True)
        if len(self._free_at) > 10_000:
            self._free_at = {one: at for one, at in self._free_at.items() if at > now}
        self._free_at[channel] = now + GAP


class _Refused(Exception):
    """Slack did not like the blocks, or will not change that message."""


def reason_of(error: SlackApiError) -> str:
    """The code that Slack gave; empty where something before Slack answered."""
    data = getattr(error.response, "data", error.response)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def _translated(error: SlackApiError) -> Exception:
    answer: Any = error.response
    status = int(getattr(answer, "status_code", 0) or 0)
    reason = reason_of(error)
    if status == 429 or reason in ("ratelimited", "rate_limited"):
        return TryLater("rate limited", _seconds(answer.headers.get("Retry-After")))
    if status >= 500 or not reason:
        return TryLater(f"Slack answered {status}")
    if reason in OURS:
        return TryLater(f"Slack refuses our token: {reason}", 60)
    if reason in GONE:
        return Undeliverable(reason)
    if reason in REFUSED_BLOCKS:
        return _Refused(reason)
    if reason in ("internal_error", "fatal_error", "service_unavailable", "request_timeout"):
        return TryLater(f"Slack: {reason}")
    return Undeliverable(reason)


def _seconds(header: Any) -> float:
    try:
        return max(float(header), 0.1)
    except (TypeError, ValueError):
        return 1.0
