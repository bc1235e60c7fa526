"""A firm outgrows one file: its store moves to PostgreSQL with all history, and back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bot.demo import fill
from crm_store import ledger, pipeline, search
from crm_store.customers import Customer
from crm_store.database import TABLES, open_store, sessions, upgrade
from crm_store.employees import Employee
from crm_store.moving import NotMoved, move
from crm_store.upkeep import problems
from tests.conftest import DATABASES, FIRM
from tests.store.conftest import NOW, on_postgres


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Engine]:
    """A store in use: filled, changed under a deed, with a customer that is gone."""
    engine = open_store(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    upgrade(engine)
    with sessions(engine).begin() as session:
        pipeline.settle(session)
    fill(engine, FIRM)
    with sessions(engine).begin() as session:
        pat = session.scalars(select(Employee).order_by(Employee.id).limit(1)).one()
        ledger.record(session, employee=pat, at=NOW, text="rename")
        customer = session.scalars(select(Customer).order_by(Customer.id).limit(1)).one()
        customer.region = "Bremen"
        session.flush()
        ledger.close(session)
        gone = Customer(name="Gone Again", created_at=NOW)
        session.add(gone)
        session.flush()
        session.delete(gone)
    yield engine
    engine.dispose()


@pytest.fixture(params=DATABASES)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    engine = open_store(on_postgres(request) if request.param == "postgresql" else url)
    yield engine
    engine.dispose()


def contents(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by("id"))]
            for table in TABLES.sorted_tables
            if not table.name.startswith("search_")
        }


def test_every_value_of_every_row_arrives(source: Engine, target: Engine) -> None:
    before = contents(source)
    moved = move(source, target)
    assert contents(target) == before == contents(source)
    assert {one.table: one.arrived for one in moved} == {n: len(rows) for n, rows in before.items()}
    assert problems(target) == []


def test_work_goes_on_there(source: Engine, target: Engine) -> None:
    move(source, target)
    with Session(source) as old, Session(target) as new:
        for session in (old, new):
            made = Customer(name="Nora Lindqvist", created_at=NOW)
            session.add(made)
            session.flush()
            assert [m.customer for m in search.find(session, "Lindqvist").matches] == [made]
        numbers = [
            session.scalars(select(Customer.id).where(Customer.name == "Nora Lindqvist")).one()
            for session in (old, new)
        ]
        assert numbers[0] == numbers[1]
        pat = new.scalars(select(Employee).order_by(Employee.id).limit(1)).one()
        deed = ledger.last(new, pat)
        assert deed is not None
        ledger.undo(new, deed, employee=pat, at=NOW)
        first = new.scalars(select(Customer).order_by(Customer.id).limit(1)).one()
        assert first.region != "Bremen"


def test_a_target_in_use_is_left_alone(source: Engine, target: Engine) -> None:
    upgrade(target)
    with sessions(target).begin() as session:
        session.add(Customer(name="Somebody Else", created_at=NOW))
    with pytest.raises(NotMoved, match="customers"):
        move(source, target)
    with sessions(target)() as session:
        assert session.scalars(select(Customer.name)).all() == ["Somebody Else"]
