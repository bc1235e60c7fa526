"""Upkeep of a store: a consistent copy while it is in use, and a look for damage."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, text

from crm_store.database import TABLES
from crm_store.migrations import HEAD


class NoBackup(RuntimeError):
    """The copy cannot be made here; the message says what to do instead."""


def backup(engine: Engine, target: Path) -> None:
    """Copy an SQLite store to a new file while others write; whole or not at all.

    Raises NoBackup where the file exists already, and for PostgreSQL.
    """
    if engine.dialect.name != "sqlite":
        raise NoBackup("this store is on PostgreSQL: copy it with pg_dump")
    if target.exists():
        raise NoBackup(f"{target} exists already: name another file")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with closing(sqlite3.connect(unfinished)) as copy, closing(engine.raw_connection()) as own:
            source = own.driver_connection
            assert isinstance(source, sqlite3.Connection)
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)


def problems(engine: Engine) -> list[str]:
    """What is wrong with the store, a sentence each; nothing where all is well."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    found: list[str] = []
    with engine.execution_options(reads_only=True).connect() as connection:
        if connection.dialect.name == "sqlite":
            lines = connection.scalars(text("PRAGMA integrity_check"))
            found += [f"The file is damaged: {line}." for line in lines if line != "ok"]
            for table, row, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
                found.append(f"Row {row} of {table} refers to a row of {parent} that is not there.")
        context = MigrationContext.configure(connection)
        if (version := context.get_current_revision()) != HEAD:
            found.append(f"The tables are at step {version}, this release needs {HEAD}: upgrade.")
        elif differences := compare_metadata(context, TABLES):
            found.append(f"The tables differ from this release in {len(differences)} places.")
    return found
