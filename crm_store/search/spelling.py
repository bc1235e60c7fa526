"""Misspelt words found without a scan: what is left of both when letters are taken out."""

from collections.abc import Iterable

from crm_store.search.keys import hashed
from crm_store.search.likeness import PREFIX, edits, sound

BEGINNING = 7
"""Letters of a word from which some are taken out: the rest of a long word is left alone."""


def left_of(word: str) -> set[str]:
    """What can be left of a word's beginning when up to `edits` of its letters are taken out.

    Two words within that distance of each other, swapped neighbours counting as one edit,
    always have something in common here (Garbe's SymSpell).
    """
    beginning = word[:BEGINNING]
    found = {beginning}
    layer = found
    for _ in range(edits(word)):
        layer = {rest[:i] + rest[i + 1 :] for rest in layer for i in range(len(rest))}
        found = found | layer
    return found


def spelling_keys(word: str) -> set[int]:
    """The keys of the word among spellings, that of its sound included."""
    texts: Iterable[str] = (f"-{rest}" for rest in left_of(word) if rest)
    keys = {hashed(text) for text in texts}
    heard = sound(word)
    if len(word) >= PREFIX and heard:
        keys.add(hashed(f"~{heard}"))
    return keys
