"""How alike two words of names are: equal, nicknames, initials, typos, sounds."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA, JaroWinkler

from crm_store.search.normalise import contracted

if TYPE_CHECKING:
    from nicknames import NickNamer

UNLIKE = 0.62
"""Below this two words have nothing to do with each other."""
SPELT = 0.985
NICKNAME = 0.96
BY_INITIAL = 0.9
BEGINS, BEGINS_AT_MOST = 0.7, 0.9
SOUNDS = 0.8
SOUNDS_TOO = 0.03
"""What sounding alike adds to a typo."""
TYPO_AT_MOST = 0.945
"""So that nobody is taken without asking for one misspelt word alone."""
SHORT = 5
PREFIX = 4
"""Letters from which on a word may be typed short: "nord" for Nordlicht."""


def edits(word: str) -> int:
    """How many letters of a word may be wrong, missing, added or swapped with their neighbour."""
    return 1 if len(word) <= SHORT else 2


@lru_cache(maxsize=8_192)
def called(word: str) -> frozenset[str]:
    """Other forms of a given name: its nicknames, and the full names it is short for."""
    namer = _namer()
    return frozenset(namer.nicknames_of(word) | namer.canonicals_of(word)) - {word}


@cache
def _namer() -> "NickNamer":
    from nicknames import NickNamer

    return NickNamer()


@lru_cache(maxsize=8_192)
def sound(word: str) -> str:
    """How a word sounds, Maier like Meyer; empty for words that are not of Latin letters."""
    import jellyfish

    if not word.isascii() or not word.isalpha():
        return ""
    return str(jellyfish.metaphone(re.sub("[ae][iy]", "i", word)))


@lru_cache(maxsize=32_768)
def likeness(said: str, known: str) -> float:
    """From 0 to 1 how alike a said word is to a known one; 1 only for the same word."""
    if said == known:
        return 1.0
    if len(said) == 1 or len(known) == 1:
        return BY_INITIAL if said[0] == known[0] and said.isalpha() else 0.0
    if said[0] == known[0] and contracted(said) == contracted(known):
        return SPELT
    if known in called(said):
        return NICKNAME
    return max(_by_letters(said, known), _by_beginning(said, known))


def _by_letters(said: str, known: str) -> float:
    allowed = min(edits(said), edits(known))
    distance = OSA.distance(said, known, score_cutoff=allowed + 1)
    if distance > allowed + 1:
        return 0.0
    alike = sound(said) == sound(known) != ""
    if distance > allowed:
        return SOUNDS if alike and min(len(said), len(known)) >= PREFIX else 0.0
    winkler = JaroWinkler.similarity(said, known)
    value = (winkler + 1 - distance / max(len(said), len(known))) / 2
    value = min(value + SOUNDS_TOO * alike, TYPO_AT_MOST)
    return value if value >= UNLIKE else 0.0


def _by_beginning(said: str, known: str) -> float:
    if len(said) < PREFIX or not known.startswith(said) or len(known) > 3 * len(said):
        return 0.0
    return BEGINS + (BEGINS_AT_MOST - BEGINS) * len(said) / len(known)
