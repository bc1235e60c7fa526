"""Telegram's messages as the assistant's: words, edits, presses, cards, forwarded words, files."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker
from telegram import CallbackQuery, Message, MessageOriginUser, User

from bot.channels.telegram.addresses import CHANNEL
from bot.channels.telegram.addressing import in_group, words_for
from bot.channels.telegram.cards import added
from bot.channels.telegram.forwarding import logged
from bot.message import AttachedFile, IncomingMessage
from crm_store.deeds import Deed

BELIEVED = timedelta(hours=26)
"""How old a message may be: Telegram keeps what it could not deliver for a day."""
AHEAD = timedelta(minutes=2)


def external_id(message: Message) -> str:
    """The id under which the message is known, for its edits and for answers to it."""
    return f"{message.chat.id}:{message.message_id}"


def written(
    message: Message, me: User, now: datetime, files: tuple[AttachedFile, ...] = ()
) -> IncomingMessage | None:
    """A new message; None if it is not for us or holds nothing that we hear."""
    if message.from_user is None or message.from_user.is_bot:
        return None
    words = words_for(message, me)
    if words is None:
        return None
    common = _common(message, message.from_user, _moment(message.date, now))
    if message.contact is not None:
        return IncomingMessage(**common, external_id=external_id(message), acts=(added(message),))
    if message.forward_origin is not None and words and not files:
        acts = (logged(message.forward_origin, words, message.date),)
        return IncomingMessage(**common, external_id=external_id(message), acts=acts)
    if not words and not files and in_group(message):
        return None
    return IncomingMessage(**common, external_id=external_id(message), text=words, files=files)


def pointed_at(message: Message, other: Message, now: datetime) -> IncomingMessage:
    """ "Log this", in answer to another message: its words are what is logged."""
    assert message.from_user is not None
    common = _common(message, message.from_user, _moment(message.date, now))
    author = MessageOriginUser(other.date, other.from_user) if other.from_user else None
    own = other.from_user is not None and other.from_user.id == message.from_user.id
    origin = other.forward_origin or (None if own else author)
    acts = (logged(origin, other.text or "", other.date),)
    return IncomingMessage(**common, external_id=external_id(message), acts=acts)


def edited(message: Message, me: User, update_id: int, now: datetime) -> IncomingMessage | None:
    """A message with its new words; None if it was not for us."""
    if message.from_user is None or message.from_user.is_bot or message.forward_origin is not None:
        return None
    words = words_for(message, me)
    if not words:
        return None
    common = _common(message, message.from_user, _moment(message.edit_date or message.date, now))
    original = external_id(message)
    return IncomingMessage(
        **common, external_id=f"{original}:edit:{update_id}", text=words, edits=original
    )


def empty(message: Message, now: datetime) -> IncomingMessage:
    """A message of which nothing is heard but that it came."""
    assert message.from_user is not None
    common = _common(message, message.from_user, _moment(message.date, now))
    return IncomingMessage(**common, external_id=external_id(message))


def greeting(message: Message, now: datetime) -> IncomingMessage:
    """/start of somebody who has no code to show."""
    return replace(empty(message, now), text="help")


def unchanged(reading: sessionmaker[Session], edit: IncomingMessage) -> bool:
    """Whether the message said the same before."""
    with reading() as session:
        last = session.scalars(
            select(Deed.text)
            .where(Deed.message_id == edit.edits, Deed.undone_by_id.is_(None))
            .order_by(Deed.id.desc())
            .limit(1)
        ).first()
        return last is not None and last.strip() == edit.text.strip()


def press_id(query: CallbackQuery) -> str:
    """The id under which a press is known."""
    return f"press:{query.id}"


def pressed(query: CallbackQuery, chat: str, group: bool, now: datetime) -> IncomingMessage:
    """A pressed button."""
    return IncomingMessage(
        channel=CHANNEL,
        user_id=str(query.from_user.id),
        address=chat,
        external_id=press_id(query),
        sent_at=now,
        group=group,
        pressed=query.data or "",
    )


def _common(message: Message, author: User, sent_at: datetime) -> Mapping[str, Any]:
    group = in_group(message)
    return {
        "channel": CHANNEL,
        "user_id": str(author.id),
        "address": str(message.chat.id),
        "sent_at": sent_at,
        "group": group,
        "carried": {"answers": external_id(message)} if group else {},
    }


def _moment(said: datetime, now: datetime) -> datetime:
    """When it was written: "tomorrow" is read from there, however late it arrives."""
    return said if now - BELIEVED < said < now + AHEAD else now
