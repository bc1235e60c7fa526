"""A look-up costs the same among a million: every statement of it is served by an index."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from crm_store.contact import Channel
from crm_store.customers import CustomerKind, employ
from crm_store.database import TABLES, open_store
from crm_store.interactions import Interaction
from crm_store.search import find, names_in
from tests.store.conftest import NOW, hired, met


@pytest.fixture
def own_engine() -> Iterator[Engine]:
    engine = open_store("sqlite://")
    TABLES.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def asked(own_engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """Every statement that is sent, with its values."""
    statements: list[tuple[str, Any]] = []

    def note(_: Connection, __: Any, statement: str, values: Any, *___: Any) -> None:
        statements.append((statement, values))

    event.listen(own_engine, "before_cursor_execute", note)
    yield statements
    event.remove(own_engine, "before_cursor_execute", note)


@pytest.fixture
def crowd(own_engine: Engine) -> Iterator[Session]:
    with Session(own_engine) as session:
        rae = hired(session, "Rae Kent")
        firm = met(session, "Bluefin Foods Ltd", kind=CustomerKind.COMPANY)
        for _ in range(100):
            person = met(session, "Ana Prado", owner=rae)
        employ(session, person, firm)
        session.add(
            Interaction(
                customer=person,
                employee=rae,
                channel=Channel.CALL,
                happened_at=NOW,
                created_at=NOW,
            )
        )
        session.flush()
        yield session


def scans(session: Session, asked: list[tuple[str, Any]]) -> list[str]:
    """The steps of the query plans that read a whole table."""
    cursor = session.connection().connection.cursor()
    reads = [(one, values) for one, values in asked if one.lstrip().startswith("SELECT")]
    assert reads
    steps: list[str] = []
    for statement, values in reads:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)
        steps += [row[3] for row in cursor.fetchall()]
    of_given_values = ("SCAN CONSTANT ROW", "SCAN q VIRTUAL", "SCAN (subquery")
    return [
        step for step in steps if step.startswith("SCAN") and not step.startswith(of_given_values)
    ]


@pytest.mark.parametrize(
    "mention",
    ["Ana Prado", "prado", "prdao", "A. Prado", "ana from bluefin", "ana bluefin", "blue fin",
     "nobody of that name", "bluef", "ana@example.com", "+49 171 5550199"],
)  # fmt: skip
def test_no_look_up_reads_a_whole_table(
    crowd: Session, asked: list[tuple[str, Any]], mention: str
) -> None:
    rae = met(crowd, "Someone", owner=hired(crowd, "Kim Sand")).owner
    asked.clear()
    find(crowd, mention, employee=rae, now=NOW)
    assert scans(crowd, asked) == []


def test_spotting_names_reads_no_whole_table(crowd: Session, asked: list[tuple[str, Any]]) -> None:
    asked.clear()
    names_in(crowd, "log a call with ana prado of bluefin foods, ask Rae")
    assert scans(crowd, asked) == []


def test_a_look_up_takes_few_statements(crowd: Session, asked: list[tuple[str, Any]]) -> None:
    asked.clear()
    find(crowd, "ana prado")
    assert len(asked) <= 9
    asked.clear()
    names_in(crowd, "log a call with ana prado of bluefin foods, ask Rae")
    assert len(asked) <= 3
