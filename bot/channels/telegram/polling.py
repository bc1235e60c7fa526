"""Polling: asks Telegram for updates, and for later ones only when the last ones are kept."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from time import monotonic
from typing import Any

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

LONG_POLL = 25
"""Seconds that Telegram may hold the question while there is nothing new."""
MOST = 100
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
QUIET = 6 * 24 * 3600.0
"""Seconds: after a week without updates Telegram numbers them anew, perhaps below the last."""
ENDPOINT = "getUpdates_"
"""With the underscore python-telegram-bot gives the updates as they came. Its own
`get_updates` raises for the whole batch if it cannot read one, which would then come for ever."""

log = structlog.get_logger(__name__)


class Polling:
    """Hands updates to `keep`, which returns when they cannot be lost any more. What was not
    kept is asked for again; what was kept and not confirmed comes again and is known."""

    def __init__(
        self,
        bot: Bot,
        keep: Callable[[Mapping[str, Any]], Awaitable[None]],
        allowed: tuple[str, ...],
        long_poll: int = LONG_POLL,
    ) -> None:
        self._bot, self._keep, self._allowed, self._long_poll = bot, keep, allowed, long_poll
        self._offset = 0
        self._heard_at = monotonic()
        self.connected = False

    async def run(self) -> None:
        """Poll until cancelled."""
        pause = FIRST_PAUSE
        while True:
            try:
                await self._once()
            except Exception as error:
                self._tell(error)
                await asyncio.sleep(max(pause, _asked(error)))
                pause = min(LONGEST_PAUSE, pause * 2)
            else:
                pause = FIRST_PAUSE

    async def confirm(self) -> None:
        """Tell Telegram what was kept, so that the next start does not hear it again."""
        if self._offset:
            await self._ask(timeout=0, limit=1)

    async def _once(self) -> None:
        # The first question is answered at once, and so tells that somebody is there.
        timeout = self._long_poll if self.connected else 0
        updates = await self._ask(timeout=timeout, limit=MOST)
        if not self.connected:
            log.info("Telegram answers, polling")
            self.connected = True
        for update in updates:
            await self._keep(update)
            self._offset = int(update["update_id"]) + 1
            self._heard_at = monotonic()

    async def _ask(self, timeout: int, limit: int) -> list[Mapping[str, Any]]:
        if monotonic() - self._heard_at > QUIET:
            self._offset = 0
        asked = {
            "timeout": timeout,
            "limit": limit,
            "allowed_updates": list(self._allowed),
            **({"offset": self._offset} if self._offset else {}),
        }
        found = await self._bot.do_api_request(
            ENDPOINT, api_kwargs=asked, read_timeout=timeout + 10.0
        )
        return list(found)

    def _tell(self, error: Exception) -> None:
        was, self.connected = self.connected, False
        if isinstance(error, Conflict):
            log.error(
                "another program uses this Telegram token; stop it, or give this one its own",
                reason=str(error),
            )
        elif isinstance(error, TelegramError):
            if was:
                log.warning("Telegram does not answer, trying on", reason=str(error))
        else:
            log.error("update could not be kept, asking for it again", exc_info=error)


def _asked(error: Exception) -> float:
    """The pause that such an error asks for."""
    if isinstance(error, RetryAfter):
        after = error.retry_after
        return float(after if isinstance(after, int) else after.total_seconds())
    return LONGEST_PAUSE if isinstance(error, InvalidToken) else 0.0
