"""What reading a row gives: new rows for the store, or what is there already."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store.employees import Employee
from crm_store.exchange.cells import Cells
from crm_store.exchange.directory import Directory
from crm_store.exchange.layout import Layout
from crm_store.firm import Firm
from crm_store.rows import Recorded


@dataclass(frozen=True, slots=True)
class Readings:
    """What the store itself cannot read out of words; whoever can hands it in."""

    theme: Callable[[str], str | None] = lambda _statement: None
    """The theme of a concern or an idea."""
    recurrence: Callable[[str], str | None] = lambda _words: None
    """An RRULE from words that are not in the list."""


@dataclass(frozen=True, slots=True)
class Fill:
    """A value that a row of the store did not have yet."""

    target: Recorded
    field: str
    value: Any


@dataclass(slots=True)
class Outcome:
    """What would become of one row of the file."""

    rows: list[Recorded] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    known: str | None = None
    """Why nothing is added: what the store has already."""
    double: str | None = None
    """Whom the new one looks like."""
    remark: str | None = None


@dataclass
class Desk:
    """What a reader has at hand: the store, the firm, and who is who."""

    session: Session
    firm: Firm
    directory: Directory
    readings: Readings = field(default_factory=Readings)


class Reader(Protocol):
    """Reads the rows of one kind of table, in their order, without writing any."""

    def read(self, cells: Cells) -> Outcome:
        """What the row would add; faults go to the cells."""
        ...

    def settle(self, at: datetime, employee: Employee | None) -> None:
        """What follows once all rows are written."""
        ...


class Names(Protocol):
    """How customers are called in a table, so that each is found again."""

    def of(self, customer_id: int | None) -> str:
        """What the customer is called; empty for nobody."""
        ...

    def in_the_file(self, customer_id: int) -> str:
        """What the customer is called within the file of customers itself."""
        ...


@dataclass(frozen=True)
class Noun:
    """A kind of table: its columns, its reader, and its rows as they stand in the store.

    `rows` gives every row by column. `customers_in` are the columns that name customers,
    `spelled` those whose values repeat, so that a rare one may be mistyped.
    """

    layout: Layout
    reader: Callable[[Desk], Reader]
    rows: Callable[[Session, Firm, Names], Iterable[Mapping[str, str]]]
    customers_in: tuple[str, ...] = ()
    spelled: tuple[str, ...] = ()


class Repeats:
    """Rows that the store has word for word: as many as it has are not added again.

    Twice the same row in one file stays two rows.
    """

    def __init__(self, session: Session, table: type[Recorded], key: Sequence[str]) -> None:
        self._key = key
        columns = [getattr(table, name) for name in key]
        self._held = Counter(tuple(row) for row in session.execute(select(*columns)))

    def judge(self, row: Recorded, remark: str | None = None) -> Outcome:
        """The row is new, or here already."""
        place = tuple(_as_stored(getattr(row, name)) for name in self._key)
        if self._held[place] > 0:
            self._held[place] -= 1
            return Outcome(known="the very same is here already")
        return Outcome([row], remark=remark)


def _as_stored(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value
