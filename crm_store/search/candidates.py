"""Which names may be meant by a mention: those that share words with it, or words much like it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from rapidfuzz.distance import OSA
from sqlalchemy import Connection

from crm_store.search import keys, lookup
from crm_store.search.likeness import PREFIX, called, edits, likeness
from crm_store.search.normalise import INITIAL, Word, Words, joined, spellings, words_of
from crm_store.search.sources import Name
from crm_store.search.spelling import spelling_keys

VARIANTS = 12
"""Words of the store that one word of a mention may stand for."""
COMBINATIONS = 64
EXACT, LIKE, OWN = 80, 24, 24
"""How many names are looked at for a word or pair as typed, for one like it, and of one's own."""
LEAST = 0.7
"""How alike the words of a pair must be on average."""
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
    rewritten: tuple[Words, ...] = field(default=())
    """The same with words joined or split, as far as the store knows such words."""


def understood(connection: Connection, text: str) -> Mention:
    """The mention with what its words may stand for."""
    words = words_of(text)
    others = spellings(text)
    said = dict.fromkeys(word.text for word in words if word.heavy)
    joins = _joins(words)
    asked = [word for word in (*said, *joins) if len(word) > 1]
    near = lookup.spelt_like(connection, {key for word in asked for key in spelling_keys(word)})
    variants = {
        word: _variants(word, near | _beginning(connection, word), others.get(word, ()))
        for word in said
    }
    for word in joins:
        # A joined word that nobody's name is like is no word at all.
        if known := [one for one in _variants(word, near, ()) if one[0] in near]:
            variants[word] = known
    known_joins = [words for word, words in joins.items() if word in variants]
    return Mention(words, variants, (*known_joins, *_splits(connection, words)))


def _beginning(connection: Connection, word: str) -> set[str]:
    if len(word) < PREFIX:
        return set()
    return set(lookup.beginning_with(connection, word, 3 * len(word), BEGINNINGS))


def _variants(word: str, near: set[str], others: Sequence[str]) -> list[tuple[str, float]]:
    """Words that a word may stand for, and how alike they are, itself first."""
    allowed = edits(word) + 1
    close = {
        one
        for one in near
        if OSA.distance(word, one, score_cutoff=allowed) <= allowed or one.startswith(word)
    }
    close |= {*others, *called(word)}
    alike = [(one, likeness(word, one)) for one in close]
    alike = sorted(((one, value) for one, value in alike if value), key=lambda v: (-v[1], v[0]))
    return [(word, 1.0), *(one for one in alike if one[0] != word)][:VARIANTS]


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


def _splits(connection: Connection, words: Words) -> list[Words]:
    """A word as two that stand together in some name: "Blueharbor" as "Blue harbor"."""
    parts = {
        keys.pair(word.text[:cut], word.text[cut:]): (i, word.text[:cut], word.text[cut:])
        for i, word in enumerate(words)
        if word.weight == 1
        for cut in range(SPLIT, len(word.text) - SPLIT + 1)
    }
    return [
        (*words[:i], Word(one), Word(other), *words[i + 1 :])
        for i, one, other in (parts[key] for key in sorted(lookup.present(connection, parts)))
    ]


def candidates(
    connection: Connection, mention: Mention, owner_id: int | None
) -> tuple[dict[int, Name], bool]:
    """Names by id that may fit, and whether there were more of them than were looked at."""
    wanted = _Wanted()
    for words in (mention.words, *mention.rewritten):
        _ask_for(wanted, mention, words, owner_id)
    return wanted.fetch(connection)


class _Wanted:
    """Keys to look under, by how many names are wanted of each."""

    def __init__(self) -> None:
        self._limits: dict[int, int] = {}

    def add(self, key: int, limit: int) -> None:
        self._limits[key] = max(limit, self._limits.get(key, 0))

    def fetch(self, connection: Connection) -> tuple[dict[int, Name], bool]:
        found: dict[int, Name] = {}
        met: dict[int, int] = {}
        for limit in sorted(set(self._limits.values())):
            asked = [key for key, most in self._limits.items() if most == limit]
            for key, name in lookup.under(connection, asked, limit):
                found[name.id] = name
                met[key] = met.get(key, 0) + 1
        return found, any(count == self._limits[key] for key, count in met.items())


def _ask_for(wanted: _Wanted, mention: Mention, words: Words, owner_id: int | None) -> None:
    heavy = [word for word in words if word.heavy]
    meant = {word.text: mention.variants.get(word.text, [(word.text, 1.0)]) for word in heavy}
    if len(heavy) == 1:
        for known, value in meant[heavy[0].text]:
            wanted.add(keys.single(known), EXACT if value == 1 else LIKE)
            if owner_id is not None and value > LEAST:
                wanted.add(keys.owned(known, owner_id), OWN)
        return
    if owner_id is not None:
        for word in heavy:
            wanted.add(keys.owned(word.text, owner_id), OWN)
    for one, other in combinations(heavy[: keys.PAIRED], 2):
        _ask_for_pair(wanted, one, other, meant)


def _ask_for_pair(
    wanted: _Wanted, one: Word, other: Word, meant: dict[str, list[tuple[str, float]]]
) -> None:
    pairs = sorted(
        (
            (a[1] + b[1], keys.pair(a[0], b[0]))
            for a, b in product(meant[one.text], meant[other.text])
            if a[1] + b[1] >= 2 * LEAST
        ),
        reverse=True,
    )
    for alike, key in pairs[:COMBINATIONS]:
        wanted.add(key, EXACT if alike == 2 else LIKE)
    for said, rest in ((one, other), (other, one)):
        for known, value in meant[rest.text]:
            if said.weight == INITIAL and value >= LEAST:
                wanted.add(keys.initial_and(said.text, known), LIKE)
            elif said.weight > INITIAL and value >= 0.9:
                wanted.add(keys.pair(said.text[0], known), LIKE)


def any_of_its_words(connection: Connection, mention: Mention, limit: int) -> dict[int, Name]:
    """Names that share a single word with the mention, to offer when nothing fits."""
    wanted = _Wanted()
    for word in mention.words:
        if word.heavy:
            for known, value in mention.variants.get(word.text, [])[:4]:
                if value > LEAST:
                    wanted.add(keys.single(known), limit)
    return wanted.fetch(connection)[0]
