"""Many writers at once leave one index, in step with the names they wrote."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from crm_store.customers import Customer
from crm_store.database import TABLES, open_store
from crm_store.search import check, find
from tests.conftest import DATABASES
from tests.store.conftest import NOW, on_postgres

WRITERS, TURNS = 4, 25
FIRST = ("Ada", "Bea", "Cleo", "Dora")
LAST = ("Quill", "Prado", "Osei")


@pytest.fixture(params=DATABASES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path / 'crm.sqlite'}"
    engine = open_store(on_postgres(request) if request.param == "postgresql" else url)
    TABLES.create_all(engine)
    yield engine
    engine.dispose()


def write(engine: Engine, seed: int) -> None:
    """Add, rename and remove customers of few names, so that words come and go for everybody."""
    chance = random.Random(seed)
    mine: list[int] = []
    for _ in range(TURNS):
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        with Session(engine) as session:
            if mine and chance.random() < 0.6:
                customer = session.get_one(Customer, mine.pop())
                if chance.random() < 0.5:
                    customer.name = name
                    mine.append(customer.id)
                else:
                    session.delete(customer)
            else:
                customer = Customer(name=name, created_at=NOW)
                session.add(customer)
                session.flush()
                mine.append(customer.id)
            session.commit()


def test_the_index_is_in_step_when_all_are_done(store: Engine) -> None:
    with ThreadPoolExecutor(WRITERS) as writers:
        for done in [writers.submit(write, store, seed) for seed in range(WRITERS)]:
            done.result(timeout=60)
    with Session(store) as session:
        assert check(session) == []
        left = session.scalars(select(Customer)).all()
        assert left
        for customer in left:
            names = {match.customer.name for match in find(session, customer.name).matches}
            assert customer.name in names


def test_what_another_has_not_yet_kept_is_not_found(store: Engine) -> None:
    with Session(store) as writer:
        writer.add(Customer(name="Nora Fielding", created_at=NOW))
        writer.flush()
        with Session(store.execution_options(reads_only=True)) as reader:
            assert find(reader, "fielding").nothing
        writer.commit()
    with Session(store) as reader:
        assert not find(reader, "fielding").nothing
