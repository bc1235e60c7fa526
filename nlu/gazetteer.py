"""Lists of known words and phrases, found in a sentence token by token."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from nlu.words import Token, plain, tokens_of

_PHRASE_TOKENS = 6


class Gazetteer:
    """Named lists of phrases. Of overlapping phrases of one list, the longest is found."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._names: dict[tuple[str, ...], list[str]] = {}
        self._starts: dict[str, int] = {}
        for name in sorted(lists):
            for phrase in lists[name]:
                words = tuple(token.plain for token in tokens_of(phrase))
                if not 0 < len(words) <= _PHRASE_TOKENS:
                    continue
                names = self._names.setdefault(words, [])
                if name not in names:
                    names.append(name)
                self._starts[words[0]] = max(self._starts.get(words[0], 0), len(words))

    def classes(self, words: Sequence[str]) -> list[list[str]]:
        """For each word the lists that it is part of, as "B:list" or "I:list"."""
        found: list[list[str]] = [[] for _ in words]
        ends: dict[str, int] = {}
        for at, word in enumerate(words):
            longest = self._starts.get(word, 0)
            for length in range(min(longest, len(words) - at), 0, -1):
                for name in self._names.get(tuple(words[at : at + length]), ()):
                    if ends.get(name, 0) > at:
                        continue
                    ends[name] = at + length
                    found[at].append("B:" + name)
                    for inside in range(at + 1, at + length):
                        found[inside].append("I:" + name)
        return found


class Patterns:
    """Named regular expressions, as classes of the tokens that they cover."""

    def __init__(self, regexes: Mapping[str, Iterable[str]]) -> None:
        self._patterns = [
            (name, re.compile(pattern, re.IGNORECASE))
            for name, patterns in sorted(regexes.items())
            for pattern in patterns
        ]

    def classes(self, text: str, tokens: Sequence[Token]) -> list[list[str]]:
        found: list[list[str]] = [[] for _ in tokens]
        for name, pattern in self._patterns:
            for match in pattern.finditer(text):
                for at, token in enumerate(tokens):
                    inside = token.start < match.end() and token.end > match.start()
                    if inside and "R:" + name not in found[at]:
                        found[at].append("R:" + name)
        return found


def synonym_lists(
    synonyms: Mapping[str, Sequence[str]], values: Mapping[str, set[str]]
) -> dict[str, list[str]]:
    """The forms of an entity's values, by entity; `values` are those it was annotated with."""
    lists: dict[str, list[str]] = {}
    for form, meant in sorted(synonyms.items()):
        for entity, known in sorted(values.items()):
            if any(value in known for value in meant):
                lists.setdefault(entity, []).append(plain(form))
    return lists
