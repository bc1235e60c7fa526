"""The keys under which a name is filed and found: its words, pairs of words, initials."""

from collections.abc import Iterator
from hashlib import blake2b
from itertools import combinations

from crm_store.search.normalise import INITIAL, Words, with_particles_joined

PAIRED = 5
"""How many heavy words of a name are paired with one another."""
RANKS = 1000
"""A rank is the share of a name that its key leaves unsaid, in thousandths."""


def hashed(text: str) -> int:
    """A key as it is stored: 48 bits, the same on every machine."""
    return int.from_bytes(blake2b(text.encode(), digest_size=6).digest(), "big")


def single(word: str) -> int:
    """Names that hold the word."""
    return hashed(word)


def pair(one: str, other: str) -> int:
    """Names that hold both words, in any order."""
    return hashed(f"{one} {other}" if one <= other else f"{other} {one}")


def triple(*words: str) -> int:
    """Names that hold all three words, in any order."""
    return hashed(" ".join(sorted(words)))


def initial_and(letter: str, word: str) -> int:
    """Persons with a name before the last that begins with the letter, and the word as last."""
    return hashed(f"{letter}. {word}")


def owned(word: str, owner_id: int) -> int:
    """Names that hold the word, of customers of that owner."""
    return hashed(f"{word} #{owner_id}")


def whole(words: str) -> int:
    """What is called exactly that, of another kind than customer."""
    return hashed(f"={words}")


def of_customer(words: Words, *, person: bool, owner_id: int | None) -> set[tuple[int, int]]:
    """Every key of a customer's name with its rank there."""
    found = set(_of_words(words, person, owner_id))
    if joined := with_particles_joined(words):
        found.update(_of_words(joined, person, owner_id))
    best: dict[int, int] = {}
    for key, rank in found:
        best[key] = min(rank, best.get(key, RANKS))
    return set(best.items())


def _of_words(words: Words, person: bool, owner_id: int | None) -> Iterator[tuple[int, int]]:
    heavy = list(dict.fromkeys(word for word in words if word.heavy))
    total = sum(word.weight for word in words)
    last = words[-1].text if person else ""

    def rank(said: float, *texts: str) -> int:
        unsaid = round(RANKS * (1 - said / total))
        return max(0, unsaid - RANKS // 8 * (last in texts)) if last else unsaid

    for word in heavy:
        at = rank(word.weight, word.text)
        if word.weight > INITIAL:
            yield single(word.text), at
        if owner_id is not None:
            yield owned(word.text, owner_id), at
    for one, other in combinations(heavy[:PAIRED], 2):
        yield pair(one.text, other.text), rank(one.weight + other.weight, one.text, other.text)
    for three in combinations(heavy[:PAIRED], 3):
        texts = [word.text for word in three]
        yield triple(*texts), rank(sum(word.weight for word in three), *texts)
    if person:
        for word in heavy[:-1]:
            if word.weight > INITIAL:
                said = word.weight + heavy[-1].weight
                yield initial_and(word.text[0], heavy[-1].text), rank(said, heavy[-1].text)
