"""Names as words that can be compared: folded, without titles, legal forms made light."""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

LIGHT = 0.08
"""What a legal form weighs beside a word of 1."""
LITTLE = 0.03
"""What "and", "the" and "of" weigh."""
PARTICLE = 0.25
INITIAL = 0.5
LONGEST = 12
"""Words of a name or mention that are looked at."""

_WRITTEN_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
_POSSESSIVE = re.compile(r"(?<=\w)['’`´](?:s\b|(?!\w))", re.IGNORECASE)
_INSIDE = re.compile(r"(?<=\w)['’`´&](?=\w)")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?!\w)|\b(?:[^\W\d_]\.)+[^\W\d_]\b(?!\w)")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word of a name and what it weighs."""

    text: str
    weight: float = 1.0

    @property
    def heavy(self) -> bool:
        """Whether the word is looked up at all."""
        return self.weight >= INITIAL


Words = tuple[Word, ...]


@cache
def listed(kind: str) -> frozenset[str]:
    """The words of one of the lists in words.toml, or those of everyday.toml."""
    place = "everyday.toml" if kind == "everyday" else "words.toml"
    text = files("crm_store.search").joinpath(place).read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[kind].split())


def folded(text: str) -> str:
    """Lower case in plain Latin letters: "Müller" is "muller", "Straße" "strasse", Иван "ivan"."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(c for c in parts if not "\u0300" <= c <= "\u036f")
    return bare if bare.isascii() else _in_latin(bare)


@lru_cache(maxsize=8_192)
def _in_latin(text: str) -> str:
    from anyascii import anyascii

    return "".join(filter(str.isalnum, anyascii(text).lower())) or text


def contracted(word: str) -> str:
    """Two letters that may stand for an umlaut as one: "mueller" is "muller"."""
    return word.replace("ue", "u").replace("ae", "a").replace("oe", "o").replace("aa", "a")


def raw_words(text: str) -> list[str]:
    """The words as typed; "S.A." is SA, "O'Brien" OBrien, "Smith's" Smith, "AT&T" ATT."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = _INSIDE.sub("", _POSSESSIVE.sub("", text))
    if "." in text:
        text = _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", text)
    return _WORD.findall(text)


def folded_words(name: str) -> list[str]:
    """The folded words of a name in their order, without titles unless nothing else is left."""
    found = [folded(raw) for raw in raw_words(name)]
    return ([word for word in found if word not in listed("titles")] or found)[:LONGEST]


def in_speaking_order(name: str) -> str:
    """A person listed as "Smith, John" is John Smith; "Smith, Jr" stays."""
    last, comma, first = name.partition(",")
    if not comma or "," in first or set(folded_words(first)) <= listed("legal_forms"):
        return name
    return f"{first.strip()} {last.strip()}"


def words_of(name: str) -> Words:
    """The weighed words of a name or mention; empty for none."""
    return weighed(tuple(folded_words(name)))


@lru_cache(maxsize=8_192)
def weighed(texts: tuple[str, ...]) -> Words:
    """Folded words with what each weighs; a firm may be called "The Company" after all."""
    found = [Word(text, _weight(text)) for text in texts]
    if len(found) > 1 and _given_name(found[0], found[1]):
        found[0] = Word(found[0].text)
    if any(word.heavy for word in found):
        return tuple(found)
    return tuple(Word(text) for text in texts)


def _given_name(first: Word, second: Word) -> bool:
    """Al Porter and Di Ward begin with what elsewhere is a particle or a legal form."""
    return LITTLE < first.weight < INITIAL and second.heavy


def _weight(text: str) -> float:
    if text in listed("little"):
        return LITTLE
    if text in listed("legal_forms"):
        return LIGHT
    if text in listed("particles"):
        return PARTICLE
    return INITIAL if len(text) == 1 and text.isalpha() else 1.0


def spellings(mention: str) -> dict[str, tuple[str, ...]]:
    """For the mention's folded words the other ways in which umlauts may be written."""
    others: dict[str, tuple[str, ...]] = {}
    for raw in raw_words(mention):
        text = folded(raw)
        out = folded("".join(_WRITTEN_OUT.get(c, c) for c in raw.lower()))
        if more := {out, contracted(text)} - {text}:
            others[text] = tuple(sorted(more))
    return others


def joined(words: Sequence[Word]) -> str:
    """All words but the light ones written as one, for "Blue Harbor" and "Blueharbor"."""
    return "".join(word.text for word in words if word.weight > LIGHT)


def with_particles_joined(words: Words) -> Words | None:
    """ "van der Bilt" as "Vanderbilt"; None for a name without particles before a word."""
    made: list[Word] = []
    run = ""
    for word in words:
        if word.weight == PARTICLE:
            run += word.text
        else:
            made.append(Word(run + word.text) if run and word.heavy else word)
            run = ""
    return tuple(made) if len(made) < len(words) and made else None
