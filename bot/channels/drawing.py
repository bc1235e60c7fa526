"""How an answer looks in a terminal: bold words, facts, numbered choices."""

import base64
import re
import tempfile
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from rich.text import Text

from bot.channels.talk import Said

_BOLD = re.compile("\x02([^\x03]*)\x03?")


def drawn(said: Said, me: str) -> Text:
    """The answer as the terminal shows it to `me`; what went to another says to whom."""
    text = Text()
    if said.to.casefold() != me.casefold():
        text.append(f"(to {_visible(said.to)}) ", style="dim")
    if said.private:
        text.append("(only for you) ", style="dim")
    text.append_text(_words(said.text))
    for fact in said.facts:
        text.append("\n  • ").append_text(_words(fact))
    if said.picture:
        text.append(f"\n  {_picture(said.picture)}", style="dim")
    if said.buttons:
        text.append("\n ")
        for number, label in enumerate(said.buttons, start=1):
            text.append(f" {number} ", style="reverse").append(f" {_visible(label)} ")
    return text


def _words(marked: str) -> Text:
    """Bold where it is marked. Stored words are never read as the terminal's own commands."""
    text, reached = Text(), 0
    for match in _BOLD.finditer(marked):
        text.append(_visible(marked[reached : match.start()]))
        text.append(_visible(match[1]), style="bold")
        reached = match.end()
    return text.append(_visible(marked[reached:]))


def _visible(words: str) -> str:
    return "".join(c for c in words if c in "\n\t" or unicodedata.category(c) != "Cc")


def _picture(picture: Mapping[str, str]) -> str:
    """The picture's file, where terminals cannot show it, and what is to be seen on it."""
    folder = Path(tempfile.mkdtemp(prefix="crm-bot-"))
    path = folder / "chart.png"
    path.write_bytes(base64.b64decode(picture["png"]))
    return f"{_visible(picture['alternative'])} [{path}]"
