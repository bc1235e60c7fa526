"""What a sentence shows to the learners: the features of its tokens, and of the whole."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from nlu.acts import KnownName
from nlu.everyday import everyday_words
from nlu.gazetteer import Gazetteer, Patterns
from nlu.words import Spelling, Token, shape, tokens_of

_EDGE = "^"


@cache
def _common_words() -> dict[str, str]:
    """Each word with the name of its list; a word of two lists has the first."""
    text = resources.files("nlu").joinpath("lexicon/common.toml").read_text(encoding="utf-8")
    words: dict[str, str] = {}
    for name, listed in tomllib.loads(text).items():
        for word in listed.split():
            words.setdefault(word, name)
    return words


@dataclass(frozen=True)
class Seen:
    """A sentence as tokens, with the known word of each and the lists it is found in."""

    text: str
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    classes: tuple[tuple[str, ...], ...]


@cache
def _abbreviations() -> dict[str, str]:
    text = resources.files("nlu").joinpath("lexicon/abbreviations.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


class Eye:
    """Looks at sentences with the lists, patterns and known words of the training data."""

    def __init__(self, spelling: Spelling, gazetteer: Gazetteer, patterns: Patterns) -> None:
        self.spelling = spelling
        self.gazetteer = gazetteer
        self.patterns = patterns

    def see(self, text: str, known: Sequence[KnownName] = ()) -> Seen:
        tokens = tokens_of(text)
        short = _abbreviations()
        words = tuple(
            short.get(token.plain) or self.spelling.correct(token.plain) for token in tokens
        )
        classes = self.gazetteer.classes(words)
        for at, extra in enumerate(self.patterns.classes(text, tokens)):
            classes[at] += extra
        for at, token in enumerate(tokens):
            classes[at] += self._own_classes(token, words[at])
            classes[at] += [
                ("KB:" if token.start <= name.start else "KI:") + name.kind
                for name in known
                if token.start < name.end and token.end > name.start
            ]
        return Seen(text, tuple(tokens), words, tuple(tuple(found) for found in classes))

    def _own_classes(self, token: Token, word: str) -> list[str]:
        common = _common_words().get(word)
        if common is not None:
            return [common]
        if word[0].isdigit():
            return ["digits"]
        if not word[0].isalnum():
            return ["sign"]
        if word in everyday_words():
            return ["everyday"]
        return [] if word in self.spelling.counts else ["rare"]


def token_features(seen: Seen, hints: Sequence[str] = ()) -> list[list[str]]:
    """Features of each token for the tagger; `hints` hold for every token ("intent=x")."""
    words, count = seen.words, len(seen.words)

    def word(at: int) -> str:
        return words[at] if 0 <= at < count else _EDGE

    def classes(at: int) -> tuple[str, ...]:
        return seen.classes[at] if 0 <= at < count else (_EDGE,)

    rows = []
    for at, token in enumerate(seen.tokens):
        here = words[at]
        row = ["b", "w=" + here, "s=" + shape(token.text), "a=" + here[:3], "z=" + here[-3:]]
        row += ["z2=" + here[-2:], f"-2={word(at - 2)}", f"-1={word(at - 1)}"]
        row += [f"+1={word(at + 1)}", f"+2={word(at + 2)}", f"-w={word(at - 1)}|{here}"]
        row += [f"w+={here}|{word(at + 1)}", f"-2w={word(at - 2)}|{word(at - 1)}"]
        row += ["c=" + c for c in classes(at)]
        row += ["c-1=" + c for c in classes(at - 1)]
        row += ["c+1=" + c for c in classes(at + 1)]
        row += ["c-2=" + c for c in classes(at - 2)]
        if at == 0:
            row.append("first")
        for hint in hints:
            row += [hint, f"{hint}|{here}", f"{hint}|{word(at - 1)}"]
            row += [f"{hint}|{c}" for c in classes(at)]
        rows.append(row)
    return rows


@dataclass(frozen=True, slots=True)
class Sizes:
    """Which pieces of a sentence the intent is told from: lengths of n-grams."""

    words: int = 2
    marked: int = 3
    shortest: int = 3
    longest: int = 4


def pieces(
    seen: Seen, spans: Sequence[tuple[int, int, str]], sizes: Sizes = Sizes()
) -> Iterator[str]:
    """N-grams of words, of words with entities replaced by their names, and of characters.

    `spans` are tokens from, to (exclusive), and the entity's name.
    """
    words = seen.words
    for size in range(1, sizes.words + 1):
        padded = words if size == 1 else (_EDGE, *words, "$")
        for at in range(len(padded) - size + 1):
            yield "w" + " ".join(padded[at : at + size])
    for listed in seen.classes:
        yield from ("g" + name for name in listed if name[:2] in ("B:", "R:") and " " in name)
    marked, inside = _marked(words, spans)
    for size in range(1, sizes.marked + 1):
        padded = (_EDGE, *marked, "$")
        for at in range(len(padded) - size + 1):
            yield "m" + " ".join(padded[at : at + size])
    for at, token in enumerate(seen.tokens):
        if at in inside:
            continue
        padded_word = f" {token.plain} "
        for size in range(sizes.shortest, sizes.longest + 1):
            for start in range(len(padded_word) - size + 1):
                yield padded_word[start : start + size]


def _marked(
    words: Sequence[str], spans: Sequence[tuple[int, int, str]]
) -> tuple[tuple[str, ...], set[int]]:
    marked: list[str] = []
    inside: set[int] = set()
    at = 0
    starts: Mapping[int, tuple[int, str]] = {start: (end, name) for start, end, name in spans}
    while at < len(words):
        if at in starts:
            end, name = starts[at]
            marked.append(f"<{name}>")
            inside.update(range(at, end))
            at = end
        else:
            marked.append(words[at])
            at += 1
    return tuple(marked), inside
