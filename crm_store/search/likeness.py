"""How alike two words of names are: equal, nicknames, initials, typos, sounds."""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA, JaroWinkler

from crm_store.search.normalise import contracted

if TYPE_CHECKING:
    from nicknames import NickNamer

UNLIKE = 0.62
"""Below this two words have nothing to do with each other."""
SPELT = 0.985
NICKNAME = 0.95
BY_INITIAL = 0.9
BEGINS = 0.82
SOUNDS = 0.03


@lru_cache(maxsize=20_000)
def called(word: str) -> frozenset[str]:
    """Other forms of a given name: nicknames, the full name, and its other nicknames."""
    namer = _namer()
    return frozenset(namer.nicknames_of(word) | namer.canonicals_of(word))


@cache
def _namer() -> "NickNamer":
    from nicknames import NickNamer

    return NickNamer()


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """How a word sounds to an English ear."""
    import jellyfish

    return str(jellyfish.metaphone(word))


@lru_cache(maxsize=100_000)
def likeness(said: str, known: str) -> float:
    """From 0 to 1 how alike a said word is to a known one; 1 only for the same word."""
    if said == known:
        return 1.0
    if contracted(said) == contracted(known):
        return SPELT
    if len(said) == 1 or len(known) == 1:
        return BY_INITIAL if said[0] == known[0] else 0.0
    if known in called(said):
        return NICKNAME
    value = _by_letters(said, known)
    if len(said) >= 3 and known.startswith(said):
        value = max(value, BEGINS)
    return value if value >= UNLIKE else 0.0


def _by_letters(said: str, known: str) -> float:
    winkler = JaroWinkler.similarity(said, known)
    if winkler < UNLIKE:
        return 0.0
    value = (winkler + OSA.normalized_similarity(said, known)) / 2
    if sound(said) == sound(known):
        value += SOUNDS
    return min(value, 0.96)
