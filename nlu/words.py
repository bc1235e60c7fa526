"""A text as tokens, their shapes, and the known word that a misspelt one stands for."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"https?://[^\s,;]+"
    r"|[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\d+(?:[.,:/]\d+)*(?:[^\W\d_]+)?"
    r"|(?:[^\W\d_]\.){2,}"
    r"|\bw/"
    r"|['’](?:s|d|ll|re|ve|m)\b"
    r"|[^\W_]+(?:(?:['’](?!(?:s|d|ll|re|ve|m)\b)|-(?=[^\W\d_]{2}))[^\W\d_]+)*"
    r"|[^\w\s]|_",
)
_EDITABLE = 4


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign; `plain` is it in lower case without accents."""

    start: int
    end: int
    text: str
    plain: str


def plain(text: str) -> str:
    """Lower case, straight apostrophes, no accents. Its length may differ from the text's."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'").lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c)) or text


def tokens_of(text: str) -> list[Token]:
    return [Token(m.start(), m.end(), m.group(), plain(m.group())) for m in _TOKEN.finditer(text)]


def shape(word: str) -> str:
    """The kind of word: "Xx" for Smith, "X" for ACME, "x" for smith, "d", "d,d", "dx" for 20k."""
    kinds = (
        "d" if c.isdigit() else "X" if c.isupper() else "x" if c.isalpha() else c for c in word
    )
    short = ""
    for kind in kinds:
        if not short.endswith(kind):
            short += kind
    return short[:6]


class Spelling:
    """Known words, and the one that an unknown word is an edit away from.

    Deletions of the known words are indexed, so that a look-up costs microseconds.
    """

    def __init__(self, counts: dict[str, int]) -> None:
        self.counts = counts
        self._near: dict[str, str] = {}
        for word in sorted(counts, key=lambda w: (-counts[w], w)):
            if len(word) > _EDITABLE and word.isalpha():
                for shorter in _deletions(word):
                    self._near.setdefault(shorter, word)

    @classmethod
    def learn(cls, texts: Iterable[Sequence[Token]], often: int = 3) -> Spelling:
        counts = Counter(token.plain for tokens in texts for token in tokens)
        return cls({word: n for word, n in sorted(counts.items()) if n >= often})

    def correct(self, word: str) -> str:
        """The word itself where it is known or nothing is near."""
        if word in self.counts or len(word) < _EDITABLE or not word.isalpha():
            return word
        for candidate in (word, *_deletions(word)):
            if candidate in self.counts and len(candidate) >= _EDITABLE:
                return candidate
            near = self._near.get(candidate)
            if near is not None and abs(len(near) - len(word)) <= 1 and near[0] == word[0]:
                return near
        return word


def _deletions(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]
