"""What is done with each kind of update."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy.orm import Session, sessionmaker
from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.channels.telegram import addresses, incoming, linking, notices, pressing
from bot.channels.telegram.addressing import in_group, is_ours, words_for
from bot.channels.telegram.files import fetched, media_of, too_large
from bot.channels.telegram.keyboard import keyboard
from bot.channels.telegram.pressing import Shown
from bot.channels.telegram.together import Together, is_comment
from bot.message import IncomingMessage

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
"""What Telegram is asked to deliver."""

log = structlog.get_logger(__name__)
Context = ContextTypes.DEFAULT_TYPE
Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


@dataclass
class Handlers:
    """Hears updates and sees to what is shown on the messages they touch."""

    hear: Callable[[IncomingMessage], None]
    sessions: sessionmaker[Session]
    reading: sessionmaker[Session]
    clock: Callable[[], datetime]
    together: Together = field(default_factory=Together)

    def register(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Edits come first: python-telegram-bot gives them to handlers of messages too."""
        new = filters.UpdateType.MESSAGE
        kinds: Sequence[tuple[Any, Handler]] = (
            (filters.UpdateType.EDITED_MESSAGE, self.edited),
            (new & filters.StatusUpdate.MIGRATE, self.moved),
        )
        for kind, handler in kinds:
            application.add_handler(MessageHandler(kind, handler))
        private = new & filters.ChatType.PRIVATE
        application.add_handler(CommandHandler("start", self.start, filters=private))
        application.add_handler(MessageHandler(new & ~filters.StatusUpdate.ALL, self.written))
        application.add_handler(CallbackQueryHandler(self.pressed))
        membership = ChatMemberHandler(self.blocked, ChatMemberHandler.MY_CHAT_MEMBER)
        application.add_handler(membership)

    async def start(self, update: Update, context: Context) -> None:
        """/start, perhaps with a code or another word of a deep link."""
        message = update.effective_message
        assert message is not None
        payload = (context.args or [""])[0]
        if message.from_user is None or message.from_user.is_bot:
            return
        chat, user = str(message.chat.id), str(message.from_user.id)
        await asyncio.to_thread(addresses.reopen, self.reading, self.sessions, user, chat)
        if linking.is_ours(payload):
            await asyncio.to_thread(
                linking.start,
                self.sessions,
                payload=payload,
                user_id=user,
                chat=chat,
                external_id=incoming.external_id(message),
                now=self.clock(),
            )
            return
        greeting = incoming.greeting(message, self.clock())
        await asyncio.to_thread(self.hear, greeting)

    async def written(self, update: Update, context: Context) -> None:
        """A message: words, a file, a shared contact, or forwarded words."""
        message = update.effective_message
        assert message is not None
        if message.from_user is None or message.from_user.is_bot:
            return
        if words_for(message, context.bot.bot) is None:
            return
        chat, user = str(message.chat.id), str(message.from_user.id)
        if not in_group(message):
            await asyncio.to_thread(addresses.reopen, self.reading, self.sessions, user, chat)
        if media_of(message) is not None:
            await self._file(message, context)
        else:
            await self._words(message, context)
        group = chat if in_group(message) else None
        await self._redraw(
            context,
            await asyncio.to_thread(
                pressing.answered, self.reading, self.sessions, user, group, self.clock()
            ),
        )

    async def edited(self, update: Update, context: Context) -> None:
        """A message whose words were changed; Telegram also calls it that when it merely
        found a preview for a link, and then nothing has changed."""
        message = update.edited_message
        assert message is not None
        heard = incoming.edited(message, context.bot.bot, update.update_id, self.clock())
        if heard is None or await asyncio.to_thread(incoming.unchanged, self.reading, heard):
            return
        await self._hear(heard)

    async def pressed(self, update: Update, context: Context) -> None:
        """A button. It is always answered, as else it seems to be waiting."""
        query, message = update.callback_query, update.effective_message
        assert query is not None
        token, user = query.data or "", str(query.from_user.id)
        press = incoming.press_id(query)
        refusal = await asyncio.to_thread(
            pressing.refusal, self.reading, token, user, press, self.clock()
        )
        await _answer(query, refusal)
        if refusal is not None or message is None:
            return
        group = message.chat.type != ChatType.PRIVATE
        await self._hear(incoming.pressed(query, str(message.chat.id), group, self.clock()))
        shown = await asyncio.to_thread(pressing.pressed, self.sessions, token, self.clock())
        await self._redraw(context, shown)

    async def blocked(self, update: Update, _context: Context) -> None:
        """Somebody blocked us, or took that back."""
        change = update.my_chat_member
        assert change is not None
        if change.chat.type != ChatType.PRIVATE:
            return
        chat, user = str(change.chat.id), str(change.from_user.id)
        if change.new_chat_member.status == ChatMemberStatus.BANNED:
            await asyncio.to_thread(addresses.block, self.sessions, chat, self.clock())
        else:
            await asyncio.to_thread(addresses.reopen, self.reading, self.sessions, user, chat)

    async def moved(self, update: Update, _context: Context) -> None:
        """A group became a supergroup; it is told in both, and has another number since."""
        message = update.effective_message
        assert message is not None
        if message.migrate_to_chat_id is not None:
            old, new = str(message.chat.id), str(message.migrate_to_chat_id)
            await asyncio.to_thread(addresses.move, self.sessions, old, new)

    async def _hear(self, message: IncomingMessage | None) -> None:
        if message is not None:
            await asyncio.to_thread(self.hear, message)

    async def _words(self, message: Message, context: Context) -> None:
        """Words; those that only point at a message stand for that message."""
        me, now, pointed = context.bot.bot, self.clock(), message.reply_to_message
        if is_comment(message.text or "") and message.forward_origin is None:
            if pointed is not None and pointed.text and not is_ours(pointed, me):
                await self._hear(incoming.pointed_at(message, pointed, now))
                return
            if await self.together.announces_a_forward(str(message.chat.id)):
                return
        await self._hear(incoming.written(message, me, now))

    async def _file(self, message: Message, context: Context) -> None:
        """A message with a file, which is fetched only for people we know."""
        media, author = media_of(message), message.from_user
        assert media is not None
        assert author is not None
        me, now = context.bot.bot, self.clock()
        known = await asyncio.to_thread(addresses.known, self.reading, str(author.id))
        if not known:
            await self._hear(incoming.empty(message, now))
            return
        if too_large(media):
            await asyncio.to_thread(notices.too_large, self.sessions, message, now)
            return
        album = await self.together.album(message, context.bot)
        if not album:
            return
        with tempfile.TemporaryDirectory(prefix="crm-bot-") as folder:
            files = [
                await fetched(one, part, Path(folder))
                for one in album
                if (part := media_of(one)) is not None and not too_large(part)
            ]
            await self._hear(incoming.written(message, me, now, tuple(files)))

    async def _redraw(self, context: Context, changed: Sequence[Shown]) -> None:
        """Change buttons; that is worth an attempt, and no more."""
        for shown in changed:
            await _tried(
                context.bot.edit_message_reply_markup(
                    shown.chat, shown.message, reply_markup=keyboard(shown.buttons)
                ),
                "buttons not changed",
            )


async def _answer(query: CallbackQuery, refusal: str | None) -> None:
    await _tried(query.answer(refusal, show_alert=refusal is not None), "press not answered")


async def _tried(call: Awaitable[Any], otherwise: str) -> None:
    try:
        await call
    except BadRequest as error:
        # Too old, gone, or already so.
        log.debug(otherwise, reason=error.message)
    except TelegramError as error:
        log.warning(otherwise, reason=str(error))
