"""The rules by which Telegram takes or refuses what a bot sends, as its documents state them."""

import html
import json
import re
from collections.abc import Mapping
from typing import Any

TAGS = frozenset("b strong i em u ins s strike del code pre a tg-spoiler blockquote".split())
_PIECE = re.compile(r"<(/?)([a-zA-Z-]*)([^<>]*)>|&(#?\w+);|([<>&])|([^<>&]+)", re.DOTALL)
_KNOWN_ENTITIES = frozenset({"lt", "gt", "amp", "quot"})


class Refused(Exception):
    """Answered with 400 and this description."""


def units(text: str) -> int:
    """UTF-16 code units, in which Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def plain(text: str, parse_mode: str | None) -> str:
    """The text after its entities were parsed."""
    if parse_mode is None:
        return text
    if parse_mode != "HTML":
        raise Refused("Bad Request: unsupported parse_mode")
    shown, opened, entities = "", list[str](), 0
    for end, tag, attributes, entity, stray, words in _PIECE.findall(text):
        if stray and stray != ">":
            raise Refused(f"Bad Request: can't parse entities: unexpected {stray!r}")
        if entity:
            if entity not in _KNOWN_ENTITIES and not entity.startswith("#"):
                raise Refused("Bad Request: can't parse entities: unsupported entity")
            shown += html.unescape(f"&{entity};")
        elif tag or end:
            _check_tag(end, tag, attributes, opened)
            entities += not end
        else:
            shown += words or stray
    if opened:
        raise Refused(f"Bad Request: can't parse entities: <{opened[-1]}> is not closed")
    if entities > 100:
        raise Refused("Bad Request: too many entities")
    return shown


def _check_tag(end: str, tag: str, attributes: str, opened: list[str]) -> None:
    if tag.lower() not in TAGS or (attributes.strip() and tag.lower() != "a"):
        raise Refused(f"Bad Request: can't parse entities: unsupported start tag {tag!r}")
    if not end:
        opened.append(tag)
    elif not opened or opened.pop() != tag:
        raise Refused("Bad Request: can't parse entities: unexpected end tag")


def check_text(text: Any, parse_mode: str | None, most: int = 4096) -> str:
    """The text of a message, as people see it."""
    if not isinstance(text, str) or not text:
        raise Refused("Bad Request: message text is empty")
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise Refused("Bad Request: strings must be encoded in UTF-8")
    shown = plain(text, parse_mode).strip()
    if not shown:
        raise Refused("Bad Request: message text is empty")
    if units(shown) > most:
        raise Refused("Bad Request: message is too long")
    return shown


def check_keyboard(markup: Any) -> dict[str, Any] | None:
    """An inline keyboard within its limits."""
    if markup is None:
        return None
    if not isinstance(markup, Mapping) or not isinstance(markup.get("inline_keyboard"), list):
        raise Refused("Bad Request: object expected as reply markup")
    rows = markup["inline_keyboard"]
    if sum(len(row) for row in rows) > 100 or any(len(row) > 8 for row in rows):
        raise Refused("Bad Request: reply markup is too long")
    for button in (button for row in rows for button in row):
        if not str(button.get("text") or "").strip():
            raise Refused("Bad Request: text buttons are unallowed")
        kinds = [kind for kind in ("callback_data", "url") if kind in button]
        if len(kinds) != 1:
            raise Refused("Bad Request: BUTTON_TYPE_INVALID")
        if kinds == ["callback_data"] and not 1 <= len(button["callback_data"].encode()) <= 64:
            raise Refused("Bad Request: BUTTON_DATA_INVALID")
        if kinds == ["url"]:
            start = re.search(r"[?&]start=([^&]*)", button["url"])
            if start and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", start[1]):
                raise Refused("Bad Request: BUTTON_URL_INVALID")
    return dict(markup)


def check_commands(commands: Any) -> list[dict[str, str]]:
    """The commands that a bot offers."""
    if not isinstance(commands, list) or len(commands) > 100:
        raise Refused("Bad Request: can't parse BotCommand")
    for one in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", one["command"]):
            raise Refused("Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(one["description"]) <= 256:
            raise Refused("Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    return commands


def value(text: str) -> Any:
    """A parameter from a form: JSON where it is, else its words."""
    try:
        read = json.loads(text)
    except ValueError:
        return text
    return read if isinstance(read, dict | list | bool) else text
