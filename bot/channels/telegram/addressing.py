"""Whether a message is meant for the assistant, and the words of it that are."""

import re

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType

from bot.channels.telegram.commands import GROUP, sentence

START = "start"
_COMMAND = re.compile(r"/(?P<name>\w+)(?:@(?P<to>\w+))?(?:\s+(?P<words>.*))?\s*", re.DOTALL)


def in_group(message: Message) -> bool:
    """Whether others read there."""
    return message.chat.type != ChatType.PRIVATE


def words_for(message: Message, me: User) -> str | None:
    """What the message says to us; None where it is not addressed. In private all is, in a
    group `/crm ...`, any command that names us, a reply to us, and where Telegram delivers
    it (to administrators) a mention."""
    text = message.text or message.caption or ""
    command = _COMMAND.fullmatch(text)
    if command is not None:
        return _of_command(command, me, in_group(message))
    if not in_group(message):
        return text
    mention = _mention(message, me)
    if mention is not None:
        return text.replace(mention, " ", 1).strip(" ,:\n")
    answered = message.reply_to_message
    return text if answered is not None and is_ours(answered, me) else None


def is_ours(message: Message, me: User) -> bool:
    """Whether we wrote it."""
    return message.from_user is not None and message.from_user.id == me.id


def _of_command(command: re.Match[str], me: User, group: bool) -> str | None:
    to = (command["to"] or "").lower()
    ours = to == (me.username or "").lower()
    name = command["name"].lower()
    if (to and not ours) or (group and not to and name != GROUP):
        return None
    if group and name == START:
        # A code that links an account is nobody else's business, and is used in private alone.
        return None
    return sentence(command["name"], (command["words"] or "").strip())


def _mention(message: Message, me: User) -> str | None:
    kinds: list[str | None] = [MessageEntity.MENTION]
    found = message.parse_entities(kinds) or message.parse_caption_entities(kinds)
    ours = f"@{me.username}".lower()
    return next((name for name in found.values() if name.lower() == ours), None)
