"""Free text of a clause: pieces of a statement put together again, without dates and commands."""

from __future__ import annotations

import re
from collections.abc import Sequence

Span = tuple[int, int]

_GAP_WORDS = 3
_LEADING = re.compile(
    r"^(?:(?:that|to|about|re|regarding|abt|bout|concerning|because|as|since|and|but|so|for|on|of|"
    r"is|are|was|has|have|had|with|w/|is that|says?|said|thinks?|please|pls|plz|also|then|is about|"
    r"who|which|it'?s)\b\s*|[,;:.!\-–—]\s*)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:\s*[,;:.!?\-–—]|\s+(?:and|but|so|on|at|by|in|for|to|please|pls|plz|about|the|a|is|then))+$",
    re.IGNORECASE,
)
_COMMANDS = re.compile(
    r"^(?:(?:hey|hi|hello|ok|okay|oh|and|also|then|so|now|please|pls|plz|kindly"
    r"|next|btw|fyi)\b[\s,:]*|"
    r"(?:can|could|would|will) (?:you|u|ya)\s*|(?:would you mind|be so kind as to"
    r"|i(?:'d| would) like you to|"
    r"i want you to|i need you to|i need to|i have to|i must|i should|we need to|we should"
    r"|we have to|"
    r"don'?t let me forget(?: to)?|make sure(?: that)?(?: i)?(?: to)?|i want to|i will|i'll|ill|"
    r"let me|let's|lets)\b\s*|"
    r"(?:remind(?:ing)?|remnd|rmd|rmind|ping|poke|nudge|tell|alert|notify|prompt|prod)\s+"
    r"(?:me|us|myself)\b\s*|"
    r"(?:set|create|add|make|put|new|give me|need|book|schedule)?\s*(?:up\s+)?(?:me\s+)?"
    r"(?:an?|the|in)?\s*"
    r"(?:reminder|remnider|alarm|task|to-?do|todo|note)\b\s*(?:for me\b)?[\s:,\-]*|"
    r"(?:log|note|record|jot down|write down|remember)\b(?: down)?(?: that)?[\s:,\-]*|"
    r"(?:to|that|about|for|of)\b\s*)+",
    re.IGNORECASE,
)


def without(text: str, holes: Sequence[Span]) -> str:
    """The text with some characters left out, tidied where they were."""
    kept, last = [], 0
    for start, end in sorted(holes):
        if start < last:
            last = max(last, end)
            continue
        kept.append(text[last:start].rstrip())
        last = end
    kept.append(text[last:])
    return tidied(" ".join(piece for piece in kept if piece))


def tidied(text: str) -> str:
    one_line = re.sub(r"\s+", " ", text)
    one_line = re.sub(r"\s+([,.;:!?])", r"\1", one_line)
    return re.sub(r"([,;:])[,;:.]+", r"\1", one_line).strip(" ,;:.-–—!?")


def joined(
    text: str, pieces: Sequence[Span], bridges: Sequence[Span], holes: Sequence[Span]
) -> str:
    """The pieces as one phrase: with what lies between where it is short, else by commas."""
    groups: list[Span] = []
    for start, end in sorted(pieces):
        if groups and _bridged(text, groups[-1][1], start, [*bridges, *holes]):
            groups[-1] = (groups[-1][0], max(end, groups[-1][1]))
        else:
            groups.append((start, end))
    phrases = []
    for start, end in groups:
        inner = [
            (max(a, start) - start, min(b, end) - start) for a, b in holes if a < end and b > start
        ]
        phrase = without(text[start:end], inner)
        if phrase:
            phrases.append(phrase)
    return ", ".join(phrases)


def _bridged(text: str, start: int, end: int, bridges: Sequence[Span]) -> bool:
    between = list(text[start:end])
    for a, b in bridges:
        for at in range(max(a, start), min(b, end)):
            between[at - start] = " "
    rest = "".join(between)
    return len(rest.split()) <= _GAP_WORDS and not re.search(r"[.;!?\n]", rest)


def statement(text: str, holes: Sequence[Span]) -> str:
    """What is left of a clause without its date, its subject and the words of command."""
    rest = without(text, holes)
    rest = _COMMANDS.sub("", rest, count=1)
    return trimmed(rest)


def trimmed(text: str) -> str:
    """Without the small words at its ends; all small words stay as they are."""
    short = _LEADING.sub("", tidied(text))
    short = tidied(_TRAILING.sub("", short))
    return short or tidied(text)


def extended(text: str, end: int, names: Sequence[Span]) -> int:
    """The end of a task that goes on with the name of a customer ("send the bid to Smith")."""
    for start, name_end in sorted(names):
        if start >= end:
            between = text[end:start]
            if len(between.split()) <= 2 and not re.search(r"[,.;:!?\n]", between):
                end = name_end
            else:
                break
    return end
