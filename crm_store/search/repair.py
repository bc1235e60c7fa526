"""The search index made anew, and compared with the names that it was made from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, delete, func, insert, select, text
from sqlalchemy.orm import Session

from crm_store.search.rows import KEYS, NAMES, SPELLINGS, WORDS
from crm_store.search.sources import ALL, SOURCES, Name, Source, reading, taken
from crm_store.search.spelling import spelling_keys

PORTION = 5_000
"""How many rows are held in memory at a time."""
TOLD = 50
"""How many single differences are told before the rest is only counted."""
_MODULUS = 1_000_003

Item = TypeVar("Item")


def rebuild(session: Session) -> int:
    """Make the whole index anew, in this transaction; how many names it holds then.

    Takes about a minute and a half for a million customers, in bounded memory.
    """
    session.flush()
    connection = session.connection()
    for table in (KEYS, SPELLINGS, WORDS, NAMES):
        connection.execute(delete(table))
    words: set[str] = set()
    count = 0
    with _Heap(connection, KEYS) as keys:
        for names in portions(_all_names(connection)):
            count += len(names)
            words.update(word for name in names for word in name.vocabulary)
            connection.execute(insert(NAMES), [_row(name) for name in names])
            keys.add(
                {"key": key, "rank": rank, "name_id": name.id}
                for name in names
                for key, rank in name.keys
            )
    for part in portions(sorted(words)):
        connection.execute(insert(WORDS), [{"word": word} for word in part])
    with _Heap(connection, SPELLINGS) as spellings:
        for part in portions(words):
            spellings.add(
                {"key": key, "word": word} for word in part for key in spelling_keys(word)
            )
    return count


class _Heap:
    """Rows thrown together, and put into their table in its order at the end: a tree is built
    several times faster that way than by inserting all over it."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self._connection, self._table = connection, table
        self._names = [column.name for column in table.c]

    def __enter__(self) -> "_Heap":
        columns = ", ".join(
            f"{column.name} {column.type.compile(self._connection.dialect)}"
            for column in self._table.c
        )
        self._connection.execute(text(f"CREATE TEMPORARY TABLE heap ({columns})"))
        return self

    def add(self, rows: Iterable[dict[str, Any]]) -> None:
        """More rows of the table."""
        if todo := list(rows):
            values = ", ".join(f":{name}" for name in self._names)
            self._connection.execute(text(f"INSERT INTO heap VALUES ({values})"), todo)  # noqa: S608

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            names = ", ".join(self._names)
            self._connection.execute(
                text(f"INSERT INTO {self._table.name} SELECT * FROM heap ORDER BY {names}")  # noqa: S608
            )
            self._connection.execute(text("DROP TABLE heap"))


def _row(name: Name) -> dict[str, Any]:
    return {column.name: getattr(name, column.name) for column in NAMES.c}


def portions(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items a few thousand at a time."""
    rest = iter(items)
    while part := list(islice(rest, PORTION)):
        yield part


def _all_names(connection: Connection) -> Iterator[Name]:
    for source in ALL:
        for low, high in _windows(connection, source):
            yield from _names_within(connection, source, low, high)


def _windows(connection: Connection, source: Source) -> Iterator[tuple[int, int]]:
    """Ranges of ids that together hold every row of a source, and every name taken from it."""
    highest = connection.scalar(select(func.max(source.table.id))) or 0
    filed = connection.scalar(select(func.max(NAMES.c.id))) or 0
    for low in range(0, max(highest, filed // SOURCES) + 1, PORTION):
        yield low, low + PORTION


def _names_within(connection: Connection, source: Source, low: int, high: int) -> Iterator[Name]:
    wanted = reading(source).where(source.table.id >= low, source.table.id < high)
    for row in connection.execute(wanted):
        if name := taken(row, source):
            yield name


@dataclass
class _Sum:
    """The number and the sum of entries, to compare without holding them."""

    count: int = 0
    total: int = 0

    def add(self, *numbers: int) -> None:
        self.count += 1
        self.total += sum(numbers) % _MODULUS


def check(session: Session) -> list[str]:
    """What in the index differs from the names in the store, a sentence each; empty when in step.

    Reads everything: half a minute or more for a million customers.
    """
    session.flush()
    connection = session.connection()
    found: list[str] = []
    words: set[str] = set()
    entries = _Sum()
    for source in ALL:
        for low, high in _windows(connection, source):
            names = {name.id: name for name in _names_within(connection, source, low, high)}
            found += _differing(names, _filed_within(connection, source, low, high))
            for name in names.values():
                words |= name.vocabulary
                for key, rank in name.keys:
                    entries.add(key, rank, name.id)
    if len(found) > TOLD:
        found = [*found[:TOLD], f"{len(found) - TOLD} more names are not in step"]
    return [*found, *_sums_differ(connection, entries, words)]


def _filed_within(connection: Connection, source: Source, low: int, high: int) -> dict[int, Name]:
    wanted = select(NAMES).where(
        NAMES.c.id >= low * SOURCES,
        NAMES.c.id < high * SOURCES,
        NAMES.c.id % SOURCES == source.number,
    )
    return {row.id: Name(*row) for row in connection.execute(wanted)}


def _differing(names: dict[int, Name], filed: dict[int, Name]) -> Iterator[str]:
    for one in sorted(names.keys() | filed.keys()):
        table = ALL[one % SOURCES].table.__tablename__
        if one not in filed:
            yield f"the name in row {one // SOURCES} of {table} is not in the index"
        elif one not in names:
            yield f"the name in row {one // SOURCES} of {table} should not be in the index"
        elif names[one] != filed[one]:
            yield f"the index holds an older name of row {one // SOURCES} of {table}"


def _sums_differ(connection: Connection, entries: _Sum, words: set[str]) -> Iterator[str]:
    if _sum_of(connection, KEYS, KEYS.c.key + KEYS.c.rank + KEYS.c.name_id) != entries:
        yield "the index of words does not fit the names in it"
    known = set(connection.scalars(select(WORDS.c.word)))
    if known != words:
        yield f"{len(known ^ words)} words are missing or left over in the list of words"
    spelt = _Sum()
    for word in words:
        for key in spelling_keys(word):
            spelt.add(key)
    if _sum_of(connection, SPELLINGS, SPELLINGS.c.key) != spelt:
        yield "the index of spellings does not fit the list of words"


def _sum_of(connection: Connection, table: Table, number: Any) -> _Sum:
    counted = func.count(), func.coalesce(func.sum(number % _MODULUS), 0)
    count, total = connection.execute(select(*counted).select_from(table)).one()
    return _Sum(count, int(total))
