"""Filing: the search index follows every change of a name within the same transaction."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, event, insert, inspect, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapper, Session, object_session

from crm_store.customers import CustomerName
from crm_store.rows import Recorded
from crm_store.search.keys import single
from crm_store.search.lookup import filed_for, present
from crm_store.search.rows import KEYS, NAMES, SPELLINGS, WORDS
from crm_store.search.sources import ALL, CUSTOMERS, OTHER_NAMES, Name, Source, names_of
from crm_store.search.spelling import spelling_keys
from crm_store.snapshots import chunks

_CHANGED = "names to file anew"

Changed = Mapping[Source, Collection[int]]
"""Rows whose names may have changed, come or gone."""


def refresh(connection: Connection, changed: Changed) -> None:
    """Bring the index to what those rows say now.

    The session calls it by itself after each flush; whoever writes names by statements of
    their own must call it, in the same transaction.
    """
    todo = dict(changed)
    if customers := todo.get(CUSTOMERS):
        others = {*todo.get(OTHER_NAMES, ()), *_other_names_of(connection, customers)}
        todo[OTHER_NAMES] = others
    for source, ids in todo.items():
        for part in chunks(sorted(ids)):
            now = {name.id: name for name in names_of(connection, source, part)}
            replace(connection, _filed(connection, source, part), now)


def refresh_rows(connection: Connection, rows: Iterable[tuple[str, int]]) -> None:
    """The same for rows given as table name and id; those that hold no names do not matter."""
    changed: dict[Source, set[int]] = {}
    for table, row_id in rows:
        if source := next((one for one in ALL if one.table.__tablename__ == table), None):
            changed.setdefault(source, set()).add(row_id)
    refresh(connection, changed)


def _other_names_of(connection: Connection, customers: Collection[int]) -> Iterable[int]:
    for part in chunks(customers):
        yield from connection.scalars(_OTHER_NAMES_OF, {"ids": part})


def _filed(connection: Connection, source: Source, ids: Iterable[int]) -> dict[int, Name]:
    wanted = [source.name_id(row_id) for row_id in ids]
    return {name.id: name for name in filed_for(connection, wanted)}


def replace(connection: Connection, old: dict[int, Name], new: dict[int, Name]) -> None:
    """Take out what is filed for the old names, and file the new ones, where they differ."""
    gone = [name for name in old.values() if new.get(name.id) != name]
    come = [name for name in new.values() if old.get(name.id) != name]
    if not gone and not come:
        return
    before, after = _entries(gone), _entries(come)
    _take_out(connection, NAMES, [{"id": name.id} for name in gone])
    _take_out(connection, KEYS, _as_rows(before - after))
    if come:
        connection.execute(insert(NAMES), [_as_row(name) for name in come])
    if added := after - before:
        connection.execute(insert(KEYS), _as_rows(added))
    used = {word for name in gone for word in name.vocabulary}
    kept = {word for name in come for word in name.vocabulary}
    learn(connection, kept - used)
    forget(connection, used - kept)


def _entries(names: Iterable[Name]) -> set[tuple[int, int, int]]:
    return {(key, rank, name.id) for name in names for key, rank in name.keys}


def _as_rows(entries: Iterable[tuple[int, int, int]]) -> list[dict[str, Any]]:
    return [{"key": key, "rank": rank, "name_id": name} for key, rank, name in sorted(entries)]


def _as_row(name: Name) -> dict[str, Any]:
    return {column: getattr(name, column) for column in NAMES.c.keys()}  # noqa: SIM118


def _take_out(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    names = list(rows[0])
    where = " AND ".join(f"{name} = :{name}" for name in names)
    connection.execute(text(f"DELETE FROM {table.name} WHERE {where}"), rows)  # noqa: S608


def learn(connection: Connection, words: Collection[str]) -> None:
    """Words that customers' names hold can be found misspelt from now on."""
    unknown: set[str] = set()
    # On PostgreSQL, whoever would forget one of these words at this moment waits for us.
    known = _KEPT if connection.dialect.name == "postgresql" else _KNOWN
    for part in chunks_of(sorted(words)):
        unknown.update(set(part) - set(connection.scalars(known, {"words": part})))
    if not unknown:
        return
    rows = [{"word": word} for word in sorted(unknown)]
    connection.execute(_unless_there(connection, WORDS), rows)
    spelt = [{"key": key, "word": word} for word in sorted(unknown) for key in spelling_keys(word)]
    spelt.sort(key=lambda row: (row["key"], row["word"]))
    connection.execute(_unless_there(connection, SPELLINGS), spelt)


_OTHER_NAMES_OF = select(CustomerName.id).where(
    CustomerName.customer_id.in_(bindparam("ids", expanding=True))
)
_KNOWN = select(WORDS.c.word).where(WORDS.c.word.in_(bindparam("words", expanding=True)))
_KEPT = _KNOWN.with_for_update(read=True, key_share=True)


def _unless_there(connection: Connection, table: Table) -> Any:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table).on_conflict_do_nothing()


def forget(connection: Connection, words: Collection[str]) -> None:
    """Words that no customer's name holds any more leave the index: a name may be a secret."""
    for part in chunks_of(sorted(words)):
        if connection.dialect.name == "postgresql":
            connection.execute(_KNOWN.with_for_update(), {"words": part})
        by_key = {single(word): word for word in part}
        used = {by_key[key] for key in present(connection, by_key)}
        unused = sorted(set(part) - used)
        connection.execute(delete(WORDS).where(WORDS.c.word.in_(unused)))
        spelt = [{"key": key, "word": word} for word in unused for key in spelling_keys(word)]
        _take_out(connection, SPELLINGS, spelt)


def chunks_of(words: list[str]) -> Iterable[list[str]]:
    """Words in portions that every database takes as parameters."""
    for start in range(0, len(words), 500):
        yield words[start : start + 500]


_SOURCES = {source.table: source for source in ALL}


def _note(target: Any) -> None:
    session = object_session(target)
    if session is not None:
        changed: dict[Source, set[int]] = session.info.setdefault(_CHANGED, {})
        changed.setdefault(_SOURCES[type(target)], set()).add(target.id)


def _came_or_went(_mapper: Mapper[Any], _connection: Connection, target: Any) -> None:
    _note(target)


def _changed(_mapper: Mapper[Any], _connection: Connection, target: Any) -> None:
    attributes = inspect(target).attrs
    if any(attributes[name].history.has_changes() for name in _SOURCES[type(target)].watched):
        _note(target)


for _source in ALL:
    event.listen(_source.table, "after_insert", _came_or_went)
    event.listen(_source.table, "after_delete", _came_or_went)
    event.listen(_source.table, "after_update", _changed)


@event.listens_for(Session, "after_flush")
def _file(session: Session, _context: Any) -> None:
    if changed := session.info.pop(_CHANGED, None):
        refresh(session.connection(), changed)


def _restored(connection: Connection, table: Table, ids: Collection[int]) -> None:
    """Undo and redo write past the session's events."""
    for source in ALL:
        if source.table.__table__ is table:
            refresh(connection, {source: set(ids)})


Recorded.on_restored.append(_restored)
