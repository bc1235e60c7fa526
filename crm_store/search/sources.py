"""Where names come from: customers and their other names, employees, products and the rest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, literal, null, select

from crm_store.campaigns import Campaign, Segment
from crm_store.customers import Customer, CustomerKind, CustomerName, living
from crm_store.deals import Deal, Product
from crm_store.employees import Employee
from crm_store.search import keys
from crm_store.search.normalise import folded_words, in_speaking_order, weighed
from crm_store.snapshots import chunks

SOURCES = 8
"""A name's id is the id of the row it comes from, times this, plus the source's own number."""


@dataclass(frozen=True, slots=True)
class Source:
    """A table that holds names; `watched` are the columns that the index depends on."""

    number: int
    kind: str
    table: type[Any]
    watched: tuple[str, ...] = ("name",)

    def name_id(self, row_id: int) -> int:
        """The id of the name that such a row gives."""
        return row_id * SOURCES + self.number


CUSTOMERS = Source(
    0,
    "customer",
    Customer,
    ("name", "kind", "owner_id", "archived_at", "merged_into_id", "erased_at"),
)
OTHER_NAMES = Source(1, "customer", CustomerName, ("name", "customer_id"))
EMPLOYEES = Source(2, "employee", Employee, ("name", "active"))
PRODUCTS = Source(3, "product", Product)
CAMPAIGNS = Source(4, "campaign", Campaign)
SEGMENTS = Source(5, "segment", Segment)
DEALS = Source(6, "deal", Deal)
ALL = (CUSTOMERS, OTHER_NAMES, EMPLOYEES, PRODUCTS, CAMPAIGNS, SEGMENTS, DEALS)


def source_of(name_id: int) -> Source:
    """The source that a name comes from."""
    return ALL[name_id % SOURCES]


@dataclass(frozen=True, slots=True)
class Name:
    """A row of the index of names: folded words, whose they are, and who owns that customer."""

    id: int
    of_id: int
    owner_id: int | None
    person: bool
    words: str

    @property
    def keys(self) -> set[tuple[int, int]]:
        """The keys it is filed under, each with its rank."""
        source = source_of(self.id)
        if source.kind == "customer":
            words = weighed(tuple(self.words.split()))
            return keys.of_customer(words, person=self.person, owner_id=self.owner_id)
        found = {keys.whole(self.words)}
        if source is EMPLOYEES:
            found |= {keys.whole(word) for word in self.words.split()}
        return {(key, 0) for key in found}

    @property
    def vocabulary(self) -> set[str]:
        """The words that can be misspelt: those of customers, initials and legal forms left out."""
        if source_of(self.id).kind != "customer":
            return set()
        return {word.text for word in weighed(tuple(self.words.split())) if word.weight == 1}


def taken(row: Row[Any], source: Source) -> Name | None:
    """The name that a row of `reading` gives; None if it has no word in it."""
    name = in_speaking_order(row.name) if row.person else row.name
    words = " ".join(folded_words(name))[:250]
    if not words:
        return None
    return Name(source.name_id(row.id), row.of_id, row.owner_id, bool(row.person), words)


def reading(source: Source) -> Select[Any]:
    """The rows of a source whose names can be said: id, name, of_id, owner_id, person."""
    table = source.table
    if source in (CUSTOMERS, OTHER_NAMES):
        wanted: Select[Any] = living().with_only_columns(
            table.id,
            table.name,
            Customer.id.label("of_id"),
            Customer.owner_id,
            (Customer.kind == CustomerKind.PERSON).label("person"),
        )
        joined = wanted.join(CustomerName, CustomerName.customer_id == Customer.id)
        return joined if source is OTHER_NAMES else wanted
    plain = select(
        table.id,
        table.name,
        table.id.label("of_id"),
        null().label("owner_id"),
        literal(source is EMPLOYEES).label("person"),
    )
    return plain.where(Employee.active) if source is EMPLOYEES else plain


def names_of(connection: Connection, source: Source, ids: Iterable[int]) -> Iterator[Name]:
    """The names that the rows of those ids give now."""
    for part in chunks(ids):
        for row in connection.execute(_of_ids(source), {"ids": part}):
            if name := taken(row, source):
                yield name


@cache
def _of_ids(source: Source) -> Select[Any]:
    return reading(source).where(source.table.id.in_(bindparam("ids", expanding=True)))
