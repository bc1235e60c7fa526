"""The names of people and firms as they stand in a sentence, without what clings to them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from nlu.everyday import everyday
from nlu.words import plain

_EDGES = ' \t\n,.;:!?"“”()[]<>*-–—'


@dataclass(frozen=True)
class Words:
    """The table of words around names."""

    pronouns: frozenset[str]
    referring: frozenset[str]
    plural: frozenset[str]
    gendered: frozenset[str]
    me: frozenset[str]
    belonging: frozenset[str]
    listing: frozenset[str]
    openings: re.Pattern[str]
    closings: re.Pattern[str]


@cache
def words() -> Words:
    text = resources.files("nlu").joinpath("lexicon/mentions.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)

    def either(phrases: list[str]) -> str:
        ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
        return "|".join(re.escape(phrase) for phrase in ordered)

    return Words(
        frozenset(table["pronouns"]),
        frozenset(table["referring"]),
        frozenset(table["plural"]),
        frozenset(table["gendered"]),
        frozenset(table["me"]["words"]),
        frozenset(table["belonging"]),
        frozenset(table["listing"]),
        re.compile(rf"^(?:{either(table['openings'])})\s+(?=\S)", re.IGNORECASE),
        re.compile(rf"(?<=\S)\s+(?:{either(table['closings'])})$", re.IGNORECASE),
    )


def is_pronoun(mention: str) -> bool:
    return plain(mention).strip(_EDGES) in words().pronouns


def refers_back(mention: str) -> bool:
    """Whether it may stand for a customer that was named before."""
    return plain(mention).strip(_EDGES) in words().referring


def means_several(mention: str) -> bool:
    return plain(mention).strip(_EDGES) in words().plural


def is_me(mention: str) -> bool:
    return plain(mention).strip(_EDGES) in words().me


def named_in(mention: str, opening: bool) -> str:
    """The name in words that were marked as one: "mio reset his" is mio.

    At the `opening` of a clause a verb is a command ("Push Fjordkraft"). Nothing is left
    of small words alone ("The", "which").
    """
    found = mention.split()
    if is_pronoun(mention):
        return mention
    if opening and len(found) > 1 and plain(found[0]) in everyday("verbs"):
        found = found[1:]
    while found and found[-1].islower() and plain(found[-1]) in everyday("others"):
        found.pop()
    if all(plain(word) in everyday("others") for word in found):
        return ""
    return " ".join(found) if any(c.isalnum() for c in cleaned(mention)) else ""


def cleaned(mention: str) -> str:
    """The name alone: no article, no possessive, no "account" behind it.

    What would leave nothing is left on: "The Deal" stays.
    """
    name = _trimmed(mention)
    for pattern in (words().openings, words().closings):
        while True:
            shorter = _trimmed(pattern.sub("", name, count=1))
            if not shorter or shorter == name or plain(shorter) in ("and", "of", "the"):
                break
            if pattern is words().closings and name[:1].isupper() and name.split()[-1].istitle():
                break
            name = shorter
    return name


def _trimmed(mention: str) -> str:
    name = mention.strip().lstrip(_EDGES)
    legal = re.search(r"\b(?:Co|Inc|Ltd|Corp|Jr|Sr|St|Bros|Dr|S\.A|e\.V|B\.V|N\.V|\w\.\w)\.$", name)
    name = name.rstrip(_EDGES.replace(".", "")) if legal else name.rstrip(_EDGES)
    if name.count("(") > name.count(")") and mention.rstrip().endswith(")"):
        name += ")"
    return re.sub(r"(?<=\w)['’]s$|(?<=s)['’]$|(?<=\w)['’]$", "", name)
