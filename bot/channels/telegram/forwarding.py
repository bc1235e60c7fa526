"""A forwarded message as a contact to log: whose words they are, and when they were written."""

from datetime import datetime

from telegram import (
    MessageOrigin,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
)

from bot.message import FilledAct
from crm_store.contact import Channel, Direction
from nlu.dates import Moment
from skills.values import encode


def logged(origin: MessageOrigin | None, words: str, at: datetime) -> FilledAct:
    """The act that logs the words as a message received, `at` where the origin says no time.
    They are kept, never obeyed: who forwards "delete everything" reports it."""
    author = _author(origin) if origin else ""
    values = {
        "channel": encode(Channel.CHAT),
        "direction": encode(Direction.INBOUND),
        "note": words,
        "when": encode(Moment(origin.date if origin else at, None, "minute")),
    }
    return FilledAct("log_interaction", values, {"customer": author} if author else {})


def _author(origin: MessageOrigin) -> str:
    if isinstance(origin, MessageOriginUser):
        return "" if origin.sender_user.is_bot else origin.sender_user.full_name
    if isinstance(origin, MessageOriginHiddenUser):
        return origin.sender_user_name
    if isinstance(origin, MessageOriginChat):
        return origin.sender_chat.title or ""
    return (origin.chat.title or "") if isinstance(origin, MessageOriginChannel) else ""
