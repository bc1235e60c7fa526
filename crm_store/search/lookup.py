"""Look-ups in the index whose cost does not grow with it: some rows for each of many keys."""

import json
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, TextClause, bindparam, select, text

from crm_store.search.rows import NAMES, WORDS
from crm_store.search.sources import Name

_SIZES = (1, 4, 12, 32, 64)
"""How many keys a statement asks for: few distinct statements are parsed once and kept."""
_NO_KEY = -1


def present(connection: Connection, keys: Collection[int]) -> set[int]:
    """Those of the keys that any name is filed under."""
    return set(_of_keys(connection, _PRESENT, keys)) if keys else set()


def spelt_like(connection: Connection, keys: Collection[int]) -> set[str]:
    """The words filed under any of the keys of a spelling."""
    return set(_of_keys(connection, _SPELT, keys)) if keys else set()


def _of_keys(
    connection: Connection, statements: dict[str, TextClause], keys: Collection[int]
) -> list[Any]:
    postgres = connection.dialect.name == "postgresql"
    given = list(keys) if postgres else json.dumps(list(keys))
    return list(connection.scalars(statements[connection.dialect.name], {"keys": given}).all())


_LISTS = {
    "postgresql": "unnest(CAST(:keys AS bigint[])) AS q (value)",
    "sqlite": "json_each(:keys) AS q",
}
_PRESENT = {
    dialect: text(f"""SELECT q.value FROM {listed} WHERE EXISTS
        (SELECT 1 FROM search_keys k WHERE k.key = q.value)""")  # noqa: S608
    for dialect, listed in _LISTS.items()
}
_SPELT = {
    dialect: text(f"""SELECT DISTINCT s.word FROM {listed}
        JOIN search_spellings s ON s.key = q.value""")  # noqa: S608
    for dialect, listed in _LISTS.items()
}
_BEGINNING = text("""
    SELECT word FROM search_words
    WHERE word > :start AND word < :beyond AND length(word) <= :longest
    ORDER BY length(word), word LIMIT :limit""")


def beginning_with(connection: Connection, start: str, longest: int, limit: int) -> list[str]:
    """Words that begin so, the shortest first."""
    given = {"start": start, "beyond": f"{start}\U0010ffff", "longest": longest, "limit": limit}
    return list(connection.scalars(_BEGINNING, given).all())


def known(connection: Connection, words: Collection[str]) -> set[str]:
    """Those of the words that some customer's name holds."""
    return set(connection.scalars(_KNOWN, {"words": list(words)})) if words else set()


_KNOWN = select(WORDS.c.word).where(WORDS.c.word.in_(bindparam("words", expanding=True)))


def under(connection: Connection, wanted: Mapping[int, int]) -> Iterator[tuple[int, Name]]:
    """For each key at most so many names, those first that the key says most of."""
    keys = list(wanted)
    for start in range(0, len(keys), _SIZES[-1]):
        part = keys[start : start + _SIZES[-1]]
        limits = [wanted[key] for key in part]
        for row in connection.execute(*_statement(connection, part, limits)).all():
            yield row[0], Name(row[1], row[2], row[3], bool(row[4]), row[5])


def _statement(
    connection: Connection, keys: list[int], limits: list[int]
) -> tuple[TextClause, dict[str, Any]]:
    if connection.dialect.name == "postgresql":
        return _LATERAL, {"keys": keys, "limits": limits}
    size = next(size for size in _SIZES if size >= len(keys))
    spare = size - len(keys)
    pairs = zip([*keys, *[_NO_KEY] * spare], [*limits, *[0] * spare], strict=True)
    values: dict[str, Any] = {}
    for i, (key, limit) in enumerate(pairs):
        values[f"k{i}"], values[f"l{i}"] = key, limit
    return _union(size), values


_ROW = "n.id, n.of_id, n.owner_id, n.person, n.words"

_LATERAL = text(f"""
    SELECT q.key, {_ROW}
    FROM unnest(CAST(:keys AS bigint[]), CAST(:limits AS int[])) AS q (key, many)
    CROSS JOIN LATERAL (
        SELECT name_id FROM search_keys k WHERE k.key = q.key
        ORDER BY k.rank, k.name_id LIMIT q.many
    ) AS k JOIN search_names n ON n.id = k.name_id""")  # noqa: S608


@cache
def _union(size: int) -> TextClause:
    parts = [
        f"""SELECT * FROM (SELECT k.key, {_ROW} FROM search_keys k
            CROSS JOIN search_names n WHERE n.id = k.name_id AND k.key = :k{i}
            ORDER BY k.rank, k.name_id LIMIT :l{i})"""  # noqa: S608
        for i in range(size)
    ]
    return text(" UNION ALL ".join(parts))


def filed_for(connection: Connection, name_ids: Collection[int]) -> list[Name]:
    """The names of those ids."""
    rows = connection.execute(_FILED, {"ids": list(name_ids)}).all()
    return [Name(*row) for row in rows]


_FILED = select(NAMES).where(NAMES.c.id.in_(bindparam("ids", expanding=True)))
