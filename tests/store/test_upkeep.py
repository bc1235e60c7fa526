"""A store is copied while it is in use, and damage is found."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from crm_store.customers import Customer
from crm_store.database import open_store, sessions, upgrade
from crm_store.upkeep import NoBackup, backup, problems
from tests.store.conftest import NOW


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Engine]:
    engine = open_store(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    upgrade(engine)
    with sessions(engine)() as session, session.begin():
        session.add(Customer(name="Ann Lee", created_at=NOW))
    yield engine
    engine.dispose()


def test_a_copy_holds_what_was_committed(store: Engine, tmp_path: Path) -> None:
    target = tmp_path / "copies" / "monday.sqlite"
    with sessions(store)() as writer, writer.begin():
        writer.add(Customer(name="Bo Lim", created_at=NOW))
        writer.flush()
        backup(store, target)
    assert [path.name for path in target.parent.iterdir()] == ["monday.sqlite"]
    copy = open_store(f"sqlite:///{target}", create=False)
    with sessions(copy)() as session:
        assert session.scalars(text("SELECT name FROM customers")).all() == ["Ann Lee"]
    assert problems(copy) == []
    copy.dispose()


def test_a_copy_never_overwrites(store: Engine, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite"
    target.write_text("precious")
    with pytest.raises(NoBackup, match="exists already"):
        backup(store, target)
    assert target.read_text() == "precious"


def test_an_old_schema_is_a_problem(tmp_path: Path) -> None:
    engine = open_store(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    (problem,) = problems(engine)
    assert "upgrade" in problem
    engine.dispose()


def test_a_reference_to_nothing_is_found(store: Engine, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "crm.sqlite") as careless:
        careless.execute("UPDATE customers SET owner_id = 99")
    careless.close()
    assert problems(store) == ["Row 1 of customers refers to a row of employees that is not there."]


def test_tables_that_somebody_changed_are_found(store: Engine) -> None:
    with store.begin() as connection:
        connection.execute(text("ALTER TABLE ideas ADD COLUMN colour TEXT"))
    (problem,) = problems(store)
    assert "differ" in problem
