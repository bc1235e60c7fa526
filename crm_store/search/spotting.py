"""Names in a sentence: where it speaks of somebody or something that the store knows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, cast

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from crm_store.search import keys, lookup
from crm_store.search.normalise import LIGHT, folded, listed, raw_words, weighed
from crm_store.search.sources import Name, source_of

Kind = Literal["customer", "employee", "product", "campaign", "segment", "deal"]

LONGEST = 6
"""Words of the longest product, deal or campaign that is looked for."""
LOOKED_THROUGH = 400
"""Words of a text that are looked through; names further on are not found."""
SHORTEST = 3
"""Letters of a customer's name that is taken for one by a single word."""
SAMPLE = 3
_KINDS: tuple[Kind, ...] = ("customer", "deal", "product", "campaign", "segment", "employee")
"""Of several things of one name, the first of these is taken."""
_TOKEN = re.compile(r"[^\W_]+(?:['’.&][^\W_]+)*")
_STARTS = re.compile(r"(?:^|[.!?:;\n\"“(])\s*$")


@dataclass(frozen=True)
class NameSpan:
    """Where a name stands in a text, and what bears it."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    weight: float
    striking: bool
    """Whether it can be a name by itself: no everyday word, or written large amid a sentence."""


@dataclass(slots=True)
class _Runs:
    """Runs of tokens (first, last) that may be a name, by the key that would tell."""

    wholes: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    pairs: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    singles: dict[int, list[int]] = field(default_factory=dict)


def names_in(session: Session, text: str) -> list[NameSpan]:
    """The names of the store that stand in the text, the longest taken first, in their order.

    A name that is an everyday word too counts only when it is written large amid a sentence,
    or has another word of the name beside it.
    """
    if session.autoflush:
        session.flush()
    connection = session.connection()
    tokens = list(_tokens(text))
    runs = _runs(tokens)
    known = lookup.present(connection, {*runs.wholes, *runs.pairs, *runs.singles})
    found = [
        *_wholes(connection, tokens, runs, known),
        *((first, last, "customer") for first, last in _pairs(tokens, runs, known)),
        *((at, at, "customer") for at in _singles(connection, tokens, runs, known)),
    ]
    return _without_overlaps(tokens, found)


def _tokens(text: str) -> Iterator[_Token]:
    before: list[str] = []
    for found in islice(_TOKEN.finditer(text), LOOKED_THROUGH):
        raw = found[0]
        if not (plain := "".join(raw_words(raw))):
            continue
        (word,) = weighed((folded(plain),))
        possessive = 2 if raw.lower().endswith(("'s", "’s")) else 0
        yield _Token(
            found.start(),
            found.end() - possessive,
            word.text,
            LIGHT if word.text in _light() else word.weight,
            _is_striking(text, found, word.text, before),
        )
        before.append(word.text)


def _is_striking(text: str, found: re.Match[str], word: str, before: list[str]) -> bool:
    if word not in listed("everyday"):
        return True
    large = found[0][0].isupper() and not _STARTS.search(text, 0, found.start())
    if word not in listed("calendar"):
        return large
    last, second = (["", "", *before])[:-3:-1]
    addressed = last in listed("before_people")
    return large and (addressed or (last == "to" and second in listed("towards_people")))


def _light() -> frozenset[str]:
    return listed("legal_forms") | listed("little") | listed("titles") | listed("particles")


def _runs(tokens: list[_Token]) -> _Runs:
    runs = _Runs()
    for first, token in enumerate(tokens):
        words: list[str] = []
        for last in range(first, min(first + LONGEST, len(tokens))):
            words.append(tokens[last].text)
            runs.wholes.setdefault(keys.whole(" ".join(words)), []).append((first, last))
        if token.weight <= LIGHT:
            continue
        if token.striking and len(token.text) >= SHORTEST and not token.text.isdigit():
            runs.singles.setdefault(keys.single(token.text), []).append(first)
        if (other := _next_heavy(tokens, first)) is not None:
            key = keys.pair(token.text, tokens[other].text)
            runs.pairs.setdefault(key, []).append((first, other))
    return runs


def _next_heavy(tokens: list[_Token], first: int) -> int | None:
    """The next word that counts, at most two light ones further on ("Smith & Sons")."""
    for place in range(first + 1, min(first + 4, len(tokens))):
        if tokens[place].weight > LIGHT:
            return place
    return None


def _wholes(
    connection: Connection, tokens: list[_Token], runs: _Runs, known: set[int]
) -> Iterator[tuple[int, int, Kind]]:
    """Things of other kinds than customer, which are called as a whole; colleagues in part too."""
    asked = [key for key in runs.wholes if key in known]
    for key, name in lookup.under(connection, dict.fromkeys(asked, SAMPLE)):
        for first, last in runs.wholes[key]:
            if last > first or tokens[first].striking:
                yield first, last, cast(Kind, source_of(name.id).kind)


def _pairs(tokens: list[_Token], runs: _Runs, known: set[int]) -> Iterator[tuple[int, int]]:
    """Neighbours that some customer's name holds, and runs of such neighbours."""
    starts = {first: last for key in runs.pairs if key in known for first, last in runs.pairs[key]}
    for first in sorted(starts):
        last = starts[first]
        while last in starts:
            last = starts[last]
        if any(token.striking for token in tokens[first : last + 1]):
            yield first, last


def _singles(
    connection: Connection, tokens: list[_Token], runs: _Runs, known: set[int]
) -> Iterator[int]:
    """Words that a customer may be called by: any of a person's, the first of a company's."""
    asked = [key for key in runs.singles if key in known]
    for key, name in lookup.under(connection, dict.fromkeys(asked, SAMPLE)):
        for place in runs.singles[key]:
            if name.person or _leads(tokens[place].text, name):
                yield place


def _leads(word: str, name: Name) -> bool:
    return next((one for one in name.words.split() if one not in _light()), "") == word


def _without_overlaps(tokens: list[_Token], found: list[tuple[int, int, Kind]]) -> list[NameSpan]:
    found.sort(key=lambda run: (run[0] - run[1], _KINDS.index(run[2]), run[0]))
    taken: set[int] = set()
    spans: list[NameSpan] = []
    for first, last, kind in found:
        places = set(range(first, last + 1))
        if places & taken:
            continue
        taken |= places
        if kind == "customer":
            first, last = _with_title(tokens, first), _with_legal_form(tokens, last)
        spans.append(NameSpan(tokens[first].start, tokens[last].end, kind))
    return sorted(spans, key=lambda span: span.start)


def _with_title(tokens: list[_Token], first: int) -> int:
    while first > 0 and tokens[first - 1].text in listed("titles"):
        first -= 1
    return first


def _with_legal_form(tokens: list[_Token], last: int) -> int:
    while last + 1 < len(tokens) and tokens[last + 1].text in listed("legal_forms") - {"as", "co"}:
        last += 1
    return last
