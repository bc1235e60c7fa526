"""Everyday English words with their forms: what is none of them may be a name."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

_VOWELS = frozenset("aeiou")


@cache
def _table() -> dict[str, str]:
    text = resources.files("nlu").joinpath("lexicon/english.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def everyday(kind: str) -> frozenset[str]:
    """The listed "verbs", "nouns" or "others", without their forms."""
    return frozenset(_table()[kind].split())


@cache
def everyday_words() -> frozenset[str]:
    table = _table()
    words = set(table["others"].split())
    for noun in table["nouns"].split():
        words.update((noun, _plural(noun)))
    for verb in table["verbs"].split():
        words.update((verb, _plural(verb), *_past_and_progressive(verb)))
    return frozenset(words)


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _past_and_progressive(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied", verb + "ing"
    short = len(verb) > 2 and verb[-1] not in "wxy" and verb[-2] in _VOWELS
    doubled = verb + verb[-1] if short and verb[-3] not in _VOWELS else verb
    return verb + "ed", verb + "ing", doubled + "ed", doubled + "ing"
