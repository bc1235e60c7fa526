"""Names in a sentence: where it speaks of somebody or something that the store knows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store.campaigns import Campaign, Segment
from crm_store.customers import Customer, CustomerName, living
from crm_store.deals import Deal, Product
from crm_store.employees import Employee
from crm_store.search.normalise import LIGHT, folded, listed, words_of

Kind = Literal["customer", "employee", "product", "campaign", "segment", "deal"]
LONGEST = 6


@dataclass(frozen=True)
class NameSpan:
    """Where a name stands in a text, and what bears it."""

    start: int
    end: int
    kind: Kind


def names_in(session: Session, text: str) -> list[NameSpan]:
    """The names of the store that stand in the text, the longest taken first, in their order."""
    tokens = list(re.finditer(r"[^\W_]+(?:['’.&\-][^\W_]+)*", text))
    known = dict(_known(session))
    found: list[NameSpan] = []
    taken: set[int] = set()
    for length in range(LONGEST, 0, -1):
        for first in range(len(tokens) - length + 1):
            places = set(range(first, first + length))
            part = tokens[first : first + length]
            key = " ".join(folded(token[0]) for token in part)
            if places & taken or key not in known or (length == 1 and _everyday(text, part[0])):
                continue
            taken |= places
            found.append(NameSpan(part[0].start(), part[-1].end(), known[key]))
    return sorted(found, key=lambda span: span.start)


def _everyday(text: str, token: re.Match[str]) -> bool:
    first = not text[: token.start()].strip()
    return folded(token[0]) in listed("everyday") and (first or not token[0][0].isupper())


def _known(session: Session) -> Iterator[tuple[str, Kind]]:
    others: list[tuple[Kind, type[Deal | Campaign | Segment | Product]]] = [
        ("deal", Deal),
        ("segment", Segment),
        ("campaign", Campaign),
        ("product", Product),
    ]
    for kind, table in others:
        for name in session.scalars(select(table.name)):
            yield " ".join(word.text for word in words_of(name)), kind
    for name in session.scalars(select(Employee.name)):
        yield from ((key, "employee") for key in _keys(name))
    names = list(session.scalars(living().with_only_columns(Customer.name)))
    for name in [*names, *session.scalars(select(CustomerName.name))]:
        yield from ((key, "customer") for key in _keys(name))


def _keys(name: str) -> Iterator[str]:
    words = [word.text for word in words_of(name)]
    yield " ".join(words)
    yield from (word.text for word in words_of(name) if word.weight > LIGHT and len(word.text) > 2)
