"""Words that tables use for the same thing, and words that look mistyped."""

import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TypeVar

Word = TypeVar("Word", bound=StrEnum)

SHORTEST_TO_DOUBT = 5
LIKENESS = 84
"""How alike (of 100) two words must be to take one for a slip of the other."""


@cache
def _lexicon() -> Mapping[str, Mapping[str, list[str]]]:
    text = (resources.files("crm_store") / "exchange" / "words.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _synonyms(section: str) -> Mapping[str, str]:
    words = _lexicon().get(section, {})
    return {said: meant for meant, others in words.items() for said in others}


def same(section: str, word: str) -> str:
    """Our word for theirs: `phone` among channels is `call`; a word unknown stays."""
    plain = " ".join(word.strip().lower().replace("_", " ").replace("-", " ").split())
    return _synonyms(section).get(plain, plain)


def choose(words: type[Word], cell: str, section: str) -> Word | None:
    """The member that the cell means, also by another word for it."""
    meant = same(section, cell).replace(" ", "_")
    return next((word for word in words if word.value == meant), None)


def nearest(word: str, among: Iterable[str], likeness: int = LIKENESS) -> str | None:
    """The most alike of the words, whatever the case, if any is alike enough."""
    from rapidfuzz import fuzz, process

    choices = list(among)
    found = process.extractOne(
        word.casefold(),
        [known.casefold() for known in choices],
        scorer=fuzz.ratio,
        score_cutoff=likeness,
    )
    return choices[found[2]] if found else None


def mistyped(counts: Mapping[str, int]) -> dict[str, str]:
    """Values that look like a slip of a usual word or of a value three times as frequent."""
    usual = _usual_words()
    found: dict[str, str] = {}
    for value, count in counts.items():
        plain = value.casefold()
        if len(value) < SHORTEST_TO_DOUBT or plain in usual or not value.isprintable():
            continue
        frequent = [other for other, many in counts.items() if many >= 3 * count]
        likely = nearest(value, [other for other in frequent if other.casefold() != plain])
        likely = likely or nearest(value, usual)
        if likely is not None and likely.casefold() != plain:
            found[value] = _in_case_of(value, likely)
    return found


@cache
def _usual_words() -> frozenset[str]:
    from babel import Locale

    countries = Locale("en").territories.items()
    names = {str(name).casefold() for code, name in countries if code.isalpha()}
    return frozenset(names.union(_lexicon()["usual"]["words"]))


def _in_case_of(model: str, word: str) -> str:
    if model.islower():
        return word.lower()
    return word.title() if model[0].isupper() and word.islower() else word
