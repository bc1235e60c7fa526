"""Which names may be meant by a mention: those that share words with it, or words much like it."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from sqlalchemy import Connection

from crm_store.search import keys, lookup
from crm_store.search.mention import Mention
from crm_store.search.normalise import INITIAL, Word, Words
from crm_store.search.sources import Name

EXACT, LIKE, HARDLY, OWN = 80, 12, 5, 24
"""How many names are looked at for words as typed, for words much like them or less so, and of
one's own."""
MUCH = 0.9
LEAST = 0.7
"""How alike words must be on average to be asked for together."""
COMBINATIONS = 128
OWN_WORDS = 6
"""How many words a lone word may stand for among the names of one's own customers."""
OF_TWO, OF_THREE = 24, 5
"""How many words each of two or three may stand for when names are sought that hold all."""

Meant = Sequence[tuple[str, float]]
"""Words that a word may stand for, and how alike they are."""


def candidates(
    connection: Connection, mention: Mention, owner_id: int | None
) -> tuple[dict[int, Name], bool]:
    """Names by id that may fit, and whether there were more of them than were looked at."""
    wanted: dict[int, int] = {}
    for words in (mention.words, *(one.words for one in mention.rewritten)):
        for key, limit in _keys(mention, words, owner_id):
            wanted[key] = max(limit, wanted.get(key, 0))
    found: dict[int, Name] = {}
    met = dict.fromkeys(wanted, 0)
    for key, name in lookup.under(connection, wanted):
        found[name.id] = name
        met[key] += 1
    return found, any(met[key] == limit for key, limit in wanted.items())


def _keys(mention: Mention, words: Words, owner_id: int | None) -> Iterator[tuple[int, int]]:
    """Keys to look under, with how many names to look at there."""
    heavy = [word for word in words if word.heavy][: keys.PAIRED]
    meant = [mention.variants.get(word.text, [(word.text, 1.0)]) for word in heavy]
    if owner_id is not None:
        for variants in meant:
            for known, value in variants[: OWN_WORDS if len(heavy) == 1 else 1]:
                yield keys.owned(known, owner_id), OWN if value == 1 else LIKE
    if len(heavy) == 1:
        for known, value in meant[0]:
            yield keys.single(known), _limit(value)
    for three in combinations(meant, 3):
        for value, chosen in _together([variants[:OF_THREE] for variants in three]):
            yield keys.triple(*chosen), _limit(value)
    for i, j in combinations(range(len(heavy)), 2):
        for value, chosen in _together([meant[i][:OF_TWO], meant[j][:OF_TWO]]):
            # What holds but two of three words only fits when it has no others.
            yield keys.pair(*chosen), _limit(value) if len(heavy) == 2 else HARDLY
        yield from _initials(heavy[i], heavy[j], meant[j])
        yield from _initials(heavy[j], heavy[i], meant[i])


def _limit(alike: float) -> int:
    return EXACT if alike == 1 else LIKE if alike >= MUCH else HARDLY


def _together(meant: Sequence[Meant]) -> list[tuple[float, tuple[str, ...]]]:
    """Combinations of what words may stand for, the likeliest first."""
    found = [
        (sum(value for _, value in chosen) / len(chosen), tuple(word for word, _ in chosen))
        for chosen in product(*meant)
    ]
    return sorted((one for one in found if one[0] >= LEAST), reverse=True)[:COMBINATIONS]


def _initials(said: Word, rest: Word, meant: Meant) -> Iterator[tuple[int, int]]:
    """Names with the said initial, or with the initial of the said name, beside the other word."""
    for known, value in meant:
        if said.weight == INITIAL:
            yield keys.initial_and(said.text, known), _limit(value)
        elif rest.weight > INITIAL and value >= MUCH:
            yield keys.pair(said.text[0], known), HARDLY


def any_of_its_words(connection: Connection, mention: Mention, limit: int) -> dict[int, Name]:
    """Names that share a single word with the mention, to offer when nothing fits."""
    wanted = {
        keys.single(known): limit
        for word in mention.words
        if word.heavy
        for known, value in mention.variants.get(word.text, [])[:4]
        if value > LEAST
    }
    return {name.id: name for _, name in lookup.under(connection, wanted)}
