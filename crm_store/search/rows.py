"""The search index: every name that can be said, filed under the words that lead to it."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, SmallInteger, String, Table

from crm_store.rows import Row

_LARGE = BigInteger().with_variant(Integer(), "sqlite")
_WORD = String(200).with_variant(String(200, collation="C"), "postgresql")

NAMES = Table(
    "search_names",
    Row.metadata,
    Column("id", _LARGE, primary_key=True, autoincrement=False),
    Column("of_id", _LARGE, nullable=False),
    Column("owner_id", _LARGE),
    Column("person", Boolean, nullable=False),
    Column("words", String(250), nullable=False),
)
"""A name as folded words. Its id tells the row that it was taken from: see `sources`."""

KEYS = Table(
    "search_keys",
    Row.metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("rank", SmallInteger, primary_key=True, autoincrement=False),
    Column("name_id", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""The names under a key (see `keys`), those that the key says most of first."""

WORDS = Table(
    "search_words",
    Row.metadata,
    Column("word", _WORD, primary_key=True),
    sqlite_with_rowid=False,
)
"""The distinct words of customers' names."""

SPELLINGS = Table(
    "search_spellings",
    Row.metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("word", _WORD, primary_key=True),
    sqlite_with_rowid=False,
)
"""The same words under what is left of them when letters are taken out, and under their sound."""
