"""The database: opened by URL, brought to the newest schema, and worked on in sessions."""

import json
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    func,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import StaticPool

from crm_store import schema
from crm_store.migrations import HEAD

if TYPE_CHECKING:
    from psycopg import Connection as PostgresConnection

BUSY_SECONDS = 30
IDLE_SECONDS = 120
UPGRADE_LOCK = 7_263_451
"""The number of PostgreSQL's advisory lock that one upgrading process holds."""

TABLES = schema.TABLES
"""Every table of the store; reading this here makes sure that every table is known."""


def open_store(url: str, *, create: bool = True) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://...`; `upgrade` brings it up to date.

    Raises UnknownStore for another kind of address, and NoStore for a missing file unless it
    may be created.
    """
    parsed = _address(url)
    if parsed.get_backend_name() == "postgresql":
        engine = create_engine(
            parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True, json_serializer=_json
        )
        event.listen(engine, "connect", _settle_postgres)
        return engine
    if not parsed.database or parsed.database == ":memory:":
        engine = create_engine(parsed, poolclass=StaticPool, json_serializer=_json)
    else:
        _file_is_there(Path(parsed.database), create)
        engine = create_engine(
            parsed, connect_args={"timeout": BUSY_SECONDS}, json_serializer=_json
        )
    event.listen(engine, "connect", _settle_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


class NoStore(FileNotFoundError):
    """There is no database file at that place."""


class UnknownStore(ValueError):
    """A store's address begins with sqlite:/// or postgresql://."""


def _address(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    if parsed is None or parsed.get_backend_name() not in ("sqlite", "postgresql"):
        # Not repeated here, as it may hold a password.
        raise UnknownStore("a store's address begins with sqlite:/// or postgresql://")
    return parsed


def _file_is_there(path: Path, create: bool) -> None:
    if path.exists():
        return
    if not create:
        raise NoStore(f"there is no database at {path}")
    path.parent.mkdir(parents=True, exist_ok=True)
    # It will hold what customers told in confidence: for the owner's eyes alone.
    path.touch(mode=0o600)


def _json(value: Any) -> str:
    # Names stay readable, and an erased person's can be searched for.
    return json.dumps(value, ensure_ascii=False)


def _settle_postgres(connection: "PostgresConnection[Any]", _record: Any) -> None:
    # A process that is frozen in a transaction must not hold its rows for ever.
    connection.execute(f"SET idle_in_transaction_session_timeout = {IDLE_SECONDS * 1000}")
    connection.execute("SET TIME ZONE 'UTC'")
    connection.commit()


def _settle_sqlite(connection: SqliteConnection, _record: Any) -> None:
    # The driver would begin a transaction only at the first write; we begin it ourselves.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_SECONDS * 1000}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A reader that turns writer midway cannot wait for another writer: take the lock at once.
    reads_only = connection.get_execution_options().get("reads_only", False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def sessions(engine: Engine, *, reads_only: bool = False) -> sessionmaker[Session]:
    """Sessions on the store. On SQLite those that only read do not wait for the one writer."""
    bind = engine.execution_options(reads_only=True) if reads_only else engine
    return sessionmaker(bind, expire_on_commit=False)


class NewerStore(RuntimeError):
    """The store was used by a newer release; install that one, or restore a backup."""


class NotAStore(RuntimeError):
    """The database belongs to something else; name another file or an empty database."""


def upgrade(engine: Engine) -> bool:
    """Bring the store to the newest schema; True if there was anything to do.

    Any number of processes may try at once: one does it, the others wait and find it done.
    Raises NewerStore for a store that a later release has already changed, and NotAStore for
    a file or database that is something else.
    """
    try:
        with engine.execution_options(reads_only=True).connect() as reading:
            if _version(reading) == HEAD:
                return False
    except DatabaseError as error:
        if isinstance(error, OperationalError):
            raise
        raise NotAStore("the file is no SQLite database") from error
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(UPGRADE_LOCK)))
        version = _version(connection)
        if version == HEAD:
            return False
        if version is None and (others := _taken_names(connection)):
            raise NotAStore(f"the database has other tables of these names: {', '.join(others)}")
        _run_steps(connection, version)
    return True


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _taken_names(connection: Connection) -> list[str]:
    return sorted(set(inspect(connection).get_table_names()) & set(TABLES.tables))


def _run_steps(connection: Connection, version: str | None) -> None:
    # Loaded only when there is something to do: it costs a tenth of a second at each start.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "crm_store:migrations")
    config.attributes["connection"] = connection
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise NewerStore(f"the store is at step {version}, which this release does not know")
    command.upgrade(config, "head")
