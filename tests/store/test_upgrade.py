"""The store comes to the newest schema by itself, once, whoever starts it."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from crm_store.database import (
    TABLES,
    NewerStore,
    NoStore,
    NotAStore,
    UnknownStore,
    open_store,
    sessions,
    upgrade,
)
from crm_store.migrations import HEAD


@pytest.fixture
def place(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'new' / 'crm.sqlite'}"


def test_a_fresh_store_is_upgraded_once(place: str) -> None:
    engine = open_store(place)
    assert upgrade(engine)
    assert not upgrade(engine)
    assert "customers" in inspect(engine).get_table_names()
    engine.dispose()


def test_steps_and_models_agree(place: str) -> None:
    engine = open_store(place)
    upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, TABLES) == []
    engine.dispose()


def test_head_is_the_newest_step() -> None:
    config = Config()
    config.set_main_option("script_location", "crm_store:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_a_store_of_a_newer_release_is_left_alone(place: str) -> None:
    engine = open_store(place)
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerStore, match="9999"):
        upgrade(engine)
    engine.dispose()


def test_a_missing_file_is_not_created_unless_it_may_be(tmp_path: Path) -> None:
    with pytest.raises(NoStore, match=r"crm\.sqlite"):
        open_store(f"sqlite:///{tmp_path / 'crm.sqlite'}", create=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["", "crm.sqlite", "mysql://root:s3cret@localhost/crm"])
def test_an_address_of_another_kind_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UnknownStore, match="sqlite:///") as refused:
        open_store(url)
    assert "s3cret" not in str(refused.value)


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ms. Roe, thank you for your order of the 3rd. " * 50)
    engine = open_store(f"sqlite:///{letter}")
    with pytest.raises(NotAStore):
        upgrade(engine)
    assert letter.read_text().startswith("Dear Ms. Roe")
    engine.dispose()


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "shop.sqlite")) as shop:
        shop.execute("CREATE TABLE customers (name TEXT)")
    engine = open_store(f"sqlite:///{tmp_path / 'shop.sqlite'}")
    with pytest.raises(NotAStore, match="customers"):
        upgrade(engine)
    assert inspect(engine).get_table_names() == ["customers"]
    engine.dispose()


def test_a_new_file_is_for_its_owner_alone(place: str, tmp_path: Path) -> None:
    engine = open_store(place)
    upgrade(engine)
    files = list((tmp_path / "new").iterdir())
    assert {path.stat().st_mode & 0o077 for path in files} == {0}
    engine.dispose()


UPGRADE = """
import sys
from crm_store.database import open_store, upgrade
print(upgrade(open_store(sys.argv[1])))
"""


def test_two_processes_may_upgrade_at_once(place: str) -> None:
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", UPGRADE, place], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    outcomes = [racer.communicate(timeout=60) for racer in racers]
    assert sorted(out.strip() for out, _ in outcomes) == [b"False", b"True"], outcomes


@pytest.fixture
def store(place: str) -> Engine:
    engine = open_store(place)
    upgrade(engine)
    return engine


def test_sqlite_keeps_its_promises(store: Engine) -> None:
    with store.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA busy_timeout")) >= 10_000
    store.dispose()


def test_a_reader_does_not_wait_for_the_writer(store: Engine) -> None:
    with store.begin() as writer:
        writer.execute(text("INSERT INTO lost_reasons (name, position) VALUES ('price', 1)"))
        with sessions(store, reads_only=True)() as reader:
            assert reader.scalar(text("SELECT count(*) FROM lost_reasons")) == 0
    store.dispose()


def test_a_writer_has_the_lock_from_its_first_statement(store: Engine, tmp_path: Path) -> None:
    with sessions(store)() as session:
        session.scalar(text("SELECT count(*) FROM lost_reasons"))
        other = sqlite3.connect(tmp_path / "new" / "crm.sqlite", timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()
    store.dispose()
