"""Hits: customers that a mention may mean, each with the best of its names and how it fits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from crm_store.search import lookup
from crm_store.search.candidates import any_of_its_words, candidates
from crm_store.search.mention import Mention, understood
from crm_store.search.normalise import Words, weighed
from crm_store.search.ranking import Fit, best_fit
from crm_store.search.sources import CUSTOMERS, Name

if TYPE_CHECKING:
    from crm_store.search.nearness import Nearness

NOBODY = 0.75
"""Below this nobody of that name is known."""
OFFERED = 12
"""How many names for each word are looked at when nobody fits, to offer the nearest."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A customer that may be meant."""

    name: Name
    score: float
    why: str

    @property
    def customer_id(self) -> int:
        """Whose name it is."""
        return self.name.of_id


Hits = dict[int, Hit]
"""Hits by customer."""


def words_of(name: Name) -> Words:
    """The words of a name of the index."""
    return weighed(tuple(name.words.split()))


def ranked(mention: Mention, names: Iterable[Name]) -> Hits:
    """The customers of those names, each with the name of theirs that fits best."""
    best: Hits = {}
    seen: dict[tuple[str, bool], Fit] = {}
    for name in names:
        if (found := seen.get((name.words, name.person))) is None:
            found = best_fit(mention, words_of(name), person=name.person)
            seen[name.words, name.person] = found
        kept = best.get(name.of_id)
        if found.score > (kept.score if kept else 0.0):
            best[name.of_id] = Hit(name, found.score, found.why)
    return best


def hits_for(
    connection: Connection, text: str, near: "Nearness | None" = None
) -> tuple[Mention, Hits]:
    """Who may be meant; when many bear such a name, those near to the speaker are looked at too."""
    mention = understood(connection, text)
    names, more = candidates(connection, mention, near.employee_id if near else None)
    hits = ranked(mention, names.values())
    if more and near:
        hits |= ranked(mention, named(connection, near.familiar()))
    if all(hit.score < NOBODY for hit in hits.values()):
        hits |= ranked(mention, any_of_its_words(connection, mention, OFFERED).values())
    return mention, hits


def named(connection: Connection, customers: Sequence[int]) -> list[Name]:
    """The names of customers, their other names left out."""
    return lookup.filed_for(connection, [CUSTOMERS.name_id(one) for one in customers])
