"""Letters to Telegram: paced, cut to its limits, in groups nothing private, errors named."""

import asyncio
import base64
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx
import structlog
from sqlalchemy.orm import Session, sessionmaker
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.channels.protocol import Letter, TryLater, Undeliverable
from bot.channels.telegram import addresses
from bot.channels.telegram.html import LONGEST_CAPTION, parts, plain, width, written
from bot.channels.telegram.keyboard import keyboard, link
from bot.channels.telegram.pacing import Pace, is_group

MOST_PARTS = 5
"""An answer of more messages comes as its beginning and a file that holds all of it."""
PATIENCE = 0.05
"""Seconds that a letter waits for its turn here; for more the courier comes again, and sees
to other chats meanwhile."""

UNREACHABLE = 5.0
"""Seconds until Telegram is tried again where nobody answers."""

log = structlog.get_logger(__name__)
Step = Callable[[], Awaitable[Message]]


@dataclass
class Delivery:
    """Sends letters. `reached` keeps how far a letter of several messages got, so that one
    that is refused halfway goes on from there."""

    bot: Bot
    sessions: sessionmaker[Session]
    clock: Callable[[], datetime]
    pace: Pace = field(default_factory=Pace)
    reached: dict[int, list[str]] = field(default_factory=dict)

    async def send(self, letter: Letter) -> str:
        """Deliver; the id of the last message that it became."""
        if letter.body.get("private") and is_group(letter.address):
            return await self._aside(letter)
        return await self._to(letter.address, letter)

    async def _aside(self, letter: Letter) -> str:
        """What only one person in a group may read: into their private chat, if it is open."""
        place = await asyncio.to_thread(addresses.private, self.sessions, letter.outgoing_id)
        url = f"https://t.me/{self.bot.username}?start="
        if place.employee is None:
            words = "I do not know you yet. Tap to link your account in private."
            return await self._note(letter, words, "Link account", f"{url}link")
        if place.address is not None:
            try:
                sent = await self._to(place.address, letter)
            except Undeliverable:
                log.info("private chat closed, asking in the group", letter=letter.outgoing_id)
            else:
                if place.alone:
                    await self._quietly(letter, f"{place.employee}, see our private chat.", url)
                return sent
        words = f"{place.employee}, this is only for you: open our private chat."
        return await self._note(letter, words, "Open chat", f"{url}answer-{letter.outgoing_id}")

    async def _quietly(self, letter: Letter, words: str, url: str) -> None:
        """A line in the group that may be missing: the answer itself has arrived."""
        try:
            await self._note(letter, words, "Open chat", url.removesuffix("?start="))
        except (TryLater, Undeliverable) as error:
            log.info("no line in the group", letter=letter.outgoing_id, reason=str(error))

    async def _note(self, letter: Letter, words: str, label: str, url: str) -> str:
        steps = [self._text(letter.address, parts(words)[0], link(label, url), _answered(letter))]
        return await self._steps(letter.address, letter, steps)

    async def _to(self, chat: str, letter: Letter) -> str:
        try:
            return await self._steps(chat, letter, self._messages(chat, letter))
        except ChatMigrated as moved:
            new = str(moved.new_chat_id)
            await asyncio.to_thread(addresses.move, self.sessions, chat, new)
            return await self._steps(new, letter, self._messages(new, letter))

    async def _steps(self, chat: str, letter: Letter, steps: list[Step]) -> str:
        done = self.reached.setdefault(letter.outgoing_id, [])
        for step in steps[len(done) :]:
            wait = self.pace.wait(chat)
            if wait > PATIENCE:
                raise TryLater("pacing", wait, paced=True)
            await self.pace.turn(chat)
            async with self._errors(chat):
                sent = await step()
            done.append(f"{sent.chat.id}:{sent.message_id}")
        del self.reached[letter.outgoing_id]
        return done[-1]

    @asynccontextmanager
    async def _errors(self, chat: str) -> AsyncIterator[None]:
        try:
            yield
        except RetryAfter as error:
            seconds = _seconds(error.retry_after)
            self.pace.hold(chat, seconds)
            raise TryLater(str(error), seconds) from error
        except Forbidden as error:
            await self._closed(chat)
            raise Undeliverable(f"Telegram: {error.message}") from error
        except BadRequest as error:
            if "chat not found" in error.message.lower():
                await self._closed(chat)
            raise Undeliverable(f"Telegram: {error.message}") from error
        except InvalidToken as error:
            raise TryLater("Telegram refuses the token", 60) from error
        except ChatMigrated:
            raise
        except TelegramError as error:
            if isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout):
                # It has not left: however long Telegram is away, no attempt is used up.
                raise TryLater("Telegram cannot be reached", UNREACHABLE, paced=True) from error
            raise TryLater(f"Telegram: {error.message}") from error

    async def _closed(self, chat: str) -> None:
        await asyncio.to_thread(addresses.block, self.sessions, chat, self.clock())

    # What a letter becomes.

    def _messages(self, chat: str, letter: Letter) -> list[Step]:
        body, answers = letter.body, _answered(letter)
        marked, buttons = written(body), keyboard(body.get("buttons") or ())
        picture = body.get("picture")
        if picture and width(plain(marked)) <= LONGEST_CAPTION - len("\n"):
            return [self._photo(chat, picture, marked, buttons, answers)]
        texts = parts(marked)
        steps: list[Step] = []
        if len(texts) > MOST_PARTS:
            texts = [*texts[:1], "The whole answer is in the file above."]
            steps.append(self._file(chat, plain(marked)))
        last = len(texts) - 1
        shown = [
            self._text(
                chat,
                text,
                buttons if at == last and not picture else None,
                answers if at == 0 else "",
            )
            for at, text in enumerate(texts)
        ]
        steps = [*shown[:1], *steps, *shown[1:]]
        if picture:
            steps.append(self._photo(chat, picture, "", buttons, ""))
        return steps

    def _text(
        self, chat: str, text: str, buttons: InlineKeyboardMarkup | None, answers: str
    ) -> Step:
        async def step() -> Message:
            return await self.bot.send_message(
                chat,
                text,
                parse_mode=ParseMode.HTML,
                reply_markup=buttons,
                reply_parameters=_reply(chat, answers),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )

        return step

    def _photo(
        self,
        chat: str,
        picture: dict[str, str],
        marked: str,
        buttons: InlineKeyboardMarkup | None,
        answers: str,
    ) -> Step:
        """The words of the answer under it; where they do not say what it shows, that too."""
        png = base64.b64decode(picture["png"])
        described = f"{marked}\n{picture['alternative']}".strip()
        fits = width(plain(described)) <= LONGEST_CAPTION
        caption = parts(described if fits else marked, LONGEST_CAPTION)[0]

        async def step() -> Message:
            try:
                return await self.bot.send_photo(
                    chat,
                    io.BytesIO(png),
                    caption=caption,
                    parse_mode=ParseMode.HTML,
                    reply_markup=buttons,
                    reply_parameters=_reply(chat, answers),
                )
            except BadRequest as error:
                # A chart too wide or too tall for a photo is still a file.
                log.info("picture sent as a file", reason=error.message)
                return await self.bot.send_document(
                    chat,
                    io.BytesIO(png),
                    filename="chart.png",
                    caption=caption,
                    parse_mode=ParseMode.HTML,
                    reply_markup=buttons,
                    reply_parameters=_reply(chat, answers),
                )

        return step

    def _file(self, chat: str, text: str) -> Step:
        async def step() -> Message:
            content = io.BytesIO(text.encode())
            return await self.bot.send_document(chat, content, filename="answer.txt")

        return step


def _answered(letter: Letter) -> str:
    """The external id of the message that it answers."""
    carried = letter.body.get("carried") or {}
    return letter.reply_to or str(carried.get("answers") or "")


def _reply(chat: str, answers: str) -> ReplyParameters | None:
    """In a group the answer hangs on its question, even when others talked meanwhile."""
    where, _, number = answers.partition(":")
    if not is_group(chat) or where != chat or not number.isdecimal():
        return None
    return ReplyParameters(int(number), allow_sending_without_reply=True)


def _seconds(pause: int | timedelta) -> float:
    return pause.total_seconds() if isinstance(pause, timedelta) else float(pause)
