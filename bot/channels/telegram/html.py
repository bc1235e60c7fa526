"""Answers as Telegram's HTML: bold kept, all else escaped, cut at line ends where too long."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from telegram.constants import MessageLimit

LONGEST = int(MessageLimit.MAX_TEXT_LENGTH)
LONGEST_CAPTION = int(MessageLimit.CAPTION_LENGTH)
MOST_BOLD = 60
"""Bold spans of one message: Telegram shows 100 entities, and finds addresses by itself."""
NOTHING = "…"

_UNSEEN = re.compile(
    # Control characters, half surrogates, and what turns the direction of the text around it.
    "[\x00-\x01\x04-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_CALL = re.compile(r"(?<![\w@])@(?=\w)")
"""An @name in stored text would call the person of that name; an invisible joiner prevents it."""

_NUMBERED = re.compile(r"\x02?\d+\. ")
"""A fact with a number needs no dot before it."""

Glyph = tuple[str, bool]
Line = list[Glyph]


def written(body: Mapping[str, Any]) -> str:
    """All words of an answer, bold still marked by \\x02 and \\x03, a fact a line."""
    lines = [str(body.get("text") or ""), *(_listed(fact) for fact in body.get("facts") or ())]
    return "\n".join(line for line in lines if line.strip("\x02\x03 \n\t"))


def _listed(fact: str) -> str:
    return fact if _NUMBERED.match(fact) else f"• {fact}"


def parts(marked: str, longest: int = LONGEST) -> list[str]:
    """The text as one or several messages of at most `longest` UTF-16 units each, which is
    how Telegram counts; every tag that is opened in a part is closed in it."""
    filled: list[list[Line]] = [[]]
    room = longest
    for line in _short(_lines(marked), longest):
        taken = _width(line) + 1
        if taken > room + 1 and filled[-1]:
            filled.append([])
            room = longest
        filled[-1].append(line)
        room -= taken
    drawn = [_drawn(part) for part in filled]
    return [part for part in drawn if part.strip()] or [NOTHING]


def plain(marked: str) -> str:
    """The words without marks or tags, for a file or a button."""
    return "\n".join("".join(c for c, _ in line) for line in _lines(marked)).strip()


def width(text: str) -> int:
    """The length as Telegram counts it: characters outside the basic plane are two."""
    return len(text) + sum(c > "\uffff" for c in text)


def _lines(marked: str) -> list[Line]:
    lines: list[Line] = [[]]
    bold = False
    for c in _CALL.sub("@\u2060", _UNSEEN.sub("", marked.replace("\r\n", "\n"))):
        if c in "\x02\x03":
            bold = c == "\x02"
        elif c == "\n":
            lines.append([])
        else:
            lines[-1].append((c, bold))
    return lines


def _short(lines: Iterable[Line], longest: int) -> Iterator[Line]:
    """A line that fits in no message is cut, between words where it has any."""
    for line in lines:
        while _width(line) > longest:
            end = _end(line, longest)
            space = next((i for i in range(end, end // 2, -1) if line[i][0].isspace()), end)
            yield line[:space]
            line = line[space:]
            while line and line[0][0].isspace():
                line = line[1:]
        yield line


def _end(line: Line, longest: int) -> int:
    """How many characters of the line fit."""
    used = 0
    for count, (c, _) in enumerate(line):
        used += width(c)
        if used > longest:
            return count
    return len(line)


def _width(line: Sequence[Glyph]) -> int:
    return sum(width(c) for c, _ in line)


def _drawn(lines: Sequence[Line]) -> str:
    drawn: list[str] = []
    spans = 0
    for line in lines:
        text = ""
        for bold, letters in groupby(line, key=lambda letter: letter[1]):
            words = html.escape("".join(c for c, _ in letters), quote=False)
            marked = bold and bool(words.strip()) and spans < MOST_BOLD
            spans += marked
            text += f"<b>{words}</b>" if marked else words
        drawn.append(text)
    return "\n".join(drawn).strip("\n")
