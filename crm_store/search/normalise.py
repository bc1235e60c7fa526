"""Names as words that can be compared: folded, without titles, legal forms made light."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

LIGHT = 0.08
"""What a legal form or a little word weighs beside a word of 1."""
INITIAL = 0.5

_SPECIAL = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_WRITTEN_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
_POSSESSIVE = re.compile(r"(?<=\w)['’`´](?:s\b|(?!\w))", re.IGNORECASE)
_INSIDE = re.compile(r"(?<=\w)['’`´&](?=\w)")
_DOTTED = re.compile(r"\b(?:\w\.){2,}(?!\w)|\b(?:\w\.)+\w\b(?!\w)")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Word:
    """A folded word of a name; `spellings` adds the ways in which its umlauts may be written."""

    text: str
    weight: float = 1.0
    spellings: tuple[str, ...] = ()


def folded(text: str) -> str:
    """Lower case without accents: "Müller" is "muller", "Straße" is "strasse"."""
    if text.isascii():
        return text.lower()
    lowered = unicodedata.normalize("NFKC", text).casefold().translate(_SPECIAL)
    parts = unicodedata.normalize("NFD", lowered)
    return unicodedata.normalize("NFC", "".join(c for c in parts if not _is_accent(c)))


def _is_accent(character: str) -> bool:
    return "\u0300" <= character <= "\u036f"


def written_out(text: str) -> str:
    """Umlauts as two letters: "Müller" is "mueller"."""
    lowered = unicodedata.normalize("NFKC", text).lower()
    return folded("".join(_WRITTEN_OUT.get(c, c) for c in lowered))


def contracted(word: str) -> str:
    """Two letters that may stand for an umlaut as one: "mueller" is "muller"."""
    return word.replace("ue", "u").replace("ae", "a").replace("oe", "o").replace("aa", "a")


def raw_words(text: str) -> list[str]:
    """The words as typed; "S.A." is SA, "O'Brien" OBrien, "Smith's" Smith, "AT&T" ATT."""
    text = unicodedata.normalize("NFKC", text)
    text = _POSSESSIVE.sub("", text)
    text = _INSIDE.sub("", text)
    text = _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", text)
    return _WORD.findall(text)


@cache
def listed(kind: str) -> frozenset[str]:
    """The words of one of the lists in words.toml."""
    text = files("crm_store.search").joinpath("words.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[kind].split())


@lru_cache(maxsize=20_000)
def words_of(name: str) -> tuple[Word, ...]:
    """The words of a name or mention in their order, titles left out; empty for no name."""
    found: list[Word] = []
    rest: list[Word] = []
    for raw in raw_words(name):
        text = folded(raw)
        if text in listed("titles"):
            rest.append(Word(text))
            continue
        light = text in listed("legal_forms") or text in listed("little")
        weight = LIGHT if light else INITIAL if len(text) == 1 and text.isalpha() else 1.0
        found.append(Word(text, weight, _spellings(raw, text)))
    if all(word.weight == LIGHT for word in found):
        # A firm may be called "The Company", and a person "Frau Doktor": then that is the name.
        found = [Word(word.text, 1.0, word.spellings) for word in found] or rest
    return tuple(found)


def _spellings(raw: str, text: str) -> tuple[str, ...]:
    others = {written_out(raw), contracted(text)} - {text}
    return tuple(sorted(others))


def joined(words: tuple[Word, ...]) -> str:
    """All words that count written as one, for "Blue Harbor" and "Blueharbor"."""
    return "".join(word.text for word in words if word.weight > LIGHT)
