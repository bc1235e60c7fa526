"""A mention as words, and what each of them may stand for in this store."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import Connection

from crm_store.search import keys, lookup
from crm_store.search.likeness import PREFIX, called, edits, likeness
from crm_store.search.normalise import Word, Words, joined, spellings, words_of
from crm_store.search.spelling import spelling_keys

VARIANTS = 40
"""Words of the store that one word of a mention may stand for."""
BEGINNINGS = 40
JOINED = 4
"""Words at the start of a mention that are tried as one."""
SPLIT = 2
"""The fewest letters of each part when a word is tried as two."""


@dataclass(frozen=True)
class Mention:
    """A mention as words, with what each may stand for in the store, the likeliest first."""

    words: Words
    variants: dict[str, list[tuple[str, float]]]
    rewritten: tuple["Rewritten", ...] = ()


@dataclass(frozen=True)
class Rewritten:
    """A mention with words joined or split, as far as the store knows such words.

    Only names that hold one of `needs` can fit better that way.
    """

    words: Words
    needs: frozenset[str]


def understood(connection: Connection, text: str) -> Mention:
    """The mention with what its words may stand for."""
    words = words_of(text)
    others = spellings(text)
    said = dict.fromkeys(word.text for word in words if word.heavy)
    joins = _joins(words)
    asked = [word for word in (*said, *joins) if len(word) > 1]
    keys_asked = {key for word in asked for key in spelling_keys(word)}
    near = list(lookup.spelt_like(connection, keys_asked))
    forms = {word: {*others.get(word, ()), *called(word)} for word in said}
    known_forms = lookup.known(connection, set().union(*forms.values()))
    variants = {
        word: _variants(word, near, [*_beginning(connection, word), *(forms[word] & known_forms)])
        for word in said
    }
    for word in joins:
        # A joined word that nobody's name is like is no word at all.
        if known := [one for one in _variants(word, near, ()) if one[0] in near]:
            variants[word] = known
    rewritten = [
        Rewritten(words, frozenset(known for known, _ in variants[word]))
        for word, words in joins.items()
        if word in variants
    ]
    return Mention(words, variants, (*rewritten, *_splits(connection, words)))


def _beginning(connection: Connection, word: str) -> list[str]:
    if len(word) < PREFIX:
        return []
    return lookup.beginning_with(connection, word, 3 * len(word), BEGINNINGS)


def _variants(word: str, near: list[str], others: Iterable[str]) -> list[tuple[str, float]]:
    """Words that a word may stand for, and how alike they are, itself first."""
    allowed = edits(word) + 1
    spelt = process.extract(word, near, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    close = {*(one for one, _, _ in spelt), *others} - {word}
    alike = sorted(((likeness(word, one), one) for one in close), key=lambda v: (-v[0], v[1]))
    return [(word, 1.0), *((one, value) for value, one in alike if value)][:VARIANTS]


def _joins(words: Words) -> dict[str, Words]:
    """The mention with two or three neighbours as one word, "Blue harbor" as "Blueharbor", by
    that word."""
    found: dict[str, Words] = {}
    for n in (2, 3):
        for i in range(min(len(words), JOINED) - n + 1):
            one = joined(words[i : i + n])
            if one not in {word.text for word in words[i : i + n]}:
                found[one] = (*words[:i], Word(one), *words[i + n :])
    return found


def _splits(connection: Connection, words: Words) -> list[Rewritten]:
    """A word as two that stand together in some name: "Blueharbor" as "Blue harbor"."""
    parts = {
        keys.pair(word.text[:cut], word.text[cut:]): (i, word.text[:cut], word.text[cut:])
        for i, word in enumerate(words)
        if word.weight == 1
        for cut in range(SPLIT, len(word.text) - SPLIT + 1)
    }
    return [
        Rewritten((*words[:i], Word(one), Word(other), *words[i + 1 :]), frozenset({one}))
        for i, one, other in (parts[key] for key in sorted(lookup.present(connection, parts)))
    ]
