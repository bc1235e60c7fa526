"""Mentions of known customers, as people would type them."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nicknames import NickNamer

from crm_store.search.normalise import LIGHT, PARTICLE, folded, words_of

from .population import LEGAL, Person

NEIGHBOURS = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuiopoqsdfghjklkaxcvbn", strict=True))


@dataclass(frozen=True)
class Said:
    """A mention, the place of whom it means in the population, and of which kind.

    `words` are the folded words of the target's name that it refers to: who bears them all is
    a right answer too, as nobody could tell such namesakes apart.
    """

    text: str
    target: int
    kind: str
    words: frozenset[str]


Way = Callable[[random.Random, str], tuple[str, frozenset[str]] | None]


def mentions(people: Sequence[Person], count: int, seed: int) -> list[Said]:
    """So many mentions of customers chosen at random, in a fixed mix of kinds."""
    chance = random.Random(seed + 1)
    found: list[Said] = []
    while len(found) < count:
        target = chance.randrange(len(people))
        person = people[target]
        ways = PERSONAL if person.human else COMPANY
        kind = chance.choices(list(ways), [weight for weight, _ in ways.values()])[0]
        made = ways[kind][1](chance, person.name)
        if made is not None and made[0].strip():
            found.append(Said(made[0], target, kind, made[1]))
    return found


def _main(name: str) -> frozenset[str]:
    return frozenset(word.text for word in words_of(name) if word.weight > PARTICLE)


def _plain(name: str) -> str:
    """Lower case and without the legal form, as people type."""
    light = {word.text for word in words_of(name) if word.weight <= LIGHT}
    words = name.lower().replace("&", "and").split()
    kept = [w for w in words if w == "and" or folded(w.replace(".", "")) not in light]
    return " ".join(kept).removesuffix(" and")


def exact(chance: random.Random, name: str) -> tuple[str, frozenset[str]]:
    return chance.choice((name, name.lower(), folded(name))), _main(name)


def turned(chance: random.Random, name: str) -> tuple[str, frozenset[str]]:
    first, _, last = name.partition(" ")
    ways = (f"{last} {first}", f"{last}, {first}", f"Mr. {name}", f"dr {name.lower()}", f"{name}'s")
    return chance.choice(ways), _main(name)


def mistyped(word: str, chance: random.Random) -> str:
    """The word with one slip of the fingers after its first letter."""
    at = chance.randrange(1, len(word))
    kind = chance.random()
    if kind < 0.3 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind < 0.55:
        return word[:at] + word[at + 1 :]
    if kind < 0.75:
        return word[:at] + word[at] + word[at:]
    return word[:at] + NEIGHBOURS.get(word[at].lower(), "e") + word[at + 1 :]


def typo(chance: random.Random, name: str) -> tuple[str, frozenset[str]] | None:
    words = _plain(name).split()
    long = [place for place, word in enumerate(words) if len(word) > 3]
    if not long:
        return None
    place = chance.choice(long)
    words[place] = mistyped(words[place], chance)
    return " ".join(words), _main(name)


def typos(chance: random.Random, name: str) -> tuple[str, frozenset[str]] | None:
    words = _plain(name).split()
    if len(words) < 2:
        return None
    return " ".join(mistyped(w, chance) if len(w) > 3 else w for w in words), _main(name)


def nickname(chance: random.Random, name: str) -> tuple[str, frozenset[str]] | None:
    namer = NickNamer()
    first, _, rest = name.partition(" ")
    others = sorted(namer.nicknames_of(first) | namer.canonicals_of(first))
    return (f"{chance.choice(others)} {rest.lower()}", _main(name)) if others else None


def initial(chance: random.Random, name: str) -> tuple[str, frozenset[str]]:
    first, _, rest = name.partition(" ")
    return f"{first[0]}{chance.choice(('. ', ' '))}{rest}", _main(rest)


def last_only(chance: random.Random, name: str) -> tuple[str, frozenset[str]]:
    last = name.split()[-1]
    return chance.choice((last, last.lower(), f"Ms {last}")), _main(last)


def last_mistyped(chance: random.Random, name: str) -> tuple[str, frozenset[str]] | None:
    last = name.split()[-1]
    return (mistyped(last.lower(), chance), _main(last)) if len(last) > 4 else None


def without_form(_: random.Random, name: str) -> tuple[str, frozenset[str]]:
    return _plain(name), _main(name)


def other_form(chance: random.Random, name: str) -> tuple[str, frozenset[str]]:
    return f"{_plain(name)} {chance.choice(LEGAL).lower()}", _main(name)


def first_word(_: random.Random, name: str) -> tuple[str, frozenset[str]]:
    first = name.split()[0]
    return first.lower(), _main(first)


def first_words(_: random.Random, name: str) -> tuple[str, frozenset[str]] | None:
    words = _plain(name).split()
    said = " ".join(words[:2])
    return (said, _main(said)) if len(words) > 2 and words[1] != "and" else None


def joined(chance: random.Random, name: str) -> tuple[str, frozenset[str]] | None:
    words = _plain(name).replace(" and ", " ").split()
    if len(words) < 3:
        return None
    at = chance.randrange(len(words) - 1)
    return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]]), _main(name)


def split(chance: random.Random, name: str) -> tuple[str, frozenset[str]] | None:
    words = _plain(name).split()
    long = [place for place, word in enumerate(words) if len(word) > 7]
    if not long:
        return None
    place = chance.choice(long)
    at = chance.randrange(3, len(words[place]) - 2)
    words[place] = f"{words[place][:at]} {words[place][at:]}"
    return " ".join(words), _main(name)


PERSONAL: dict[str, tuple[int, Way]] = {
    "exact": (22, exact),
    "title, order, 's": (10, turned),
    "one typo": (24, typo),
    "a typo in each word": (6, typos),
    "nickname": (12, nickname),
    "initial": (4, initial),
    "last name": (8, last_only),
    "last name misspelt": (6, last_mistyped),
    "joined or split": (4, joined),
}
COMPANY: dict[str, tuple[int, Way]] = {
    "exact": (20, exact),
    "without its form": (22, without_form),
    "another form": (8, other_form),
    "one typo": (20, typo),
    "a typo in each word": (4, typos),
    "first word": (8, first_word),
    "first two words": (6, first_words),
    "joined or split": (12, joined),
    "split": (4, split),
}
