"""Tables for the tests of import and export: a firm, an import in one line, an empty store."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from crm_store.database import TABLES, open_store
from crm_store.deeds import Deed
from crm_store.employees import Employee
from crm_store.exchange.importing import Trial, attempt, keep
from crm_store.exchange.report import Report
from crm_store.exchange.sheet import read_sheet
from crm_store.firm import Firm

FIRM = Firm(timezone="Europe/Berlin", country="DE", currency="EUR")
AT = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


def tried(session: Session, kind: str, table: str, **how: Any) -> Trial:
    """The table, written with one row a line, read and not yet kept."""
    return attempt(session, kind, read_sheet(table.encode()), how.pop("firm", FIRM), **how)


def imported(
    session: Session, kind: str, table: str, *, by: Employee | None = None, **how: Any
) -> Report:
    """What an import of the table says, once every row of it is in the store."""
    trial = tried(session, kind, table, **how)
    keep(session, trial, employee=by, at=AT)
    return trial.report


def deed_of(session: Session, kind: str, table: str, *, by: Employee | None = None) -> Deed:
    """The deed of an import that brought something new."""
    deed = keep(session, tried(session, kind, table), employee=by, at=AT)
    assert deed is not None
    return deed


def reasons(session: Session, kind: str, table: str, **how: Any) -> dict[tuple[int, str], str]:
    """What is wrong with the table: the reason at each row and column."""
    faults = tried(session, kind, table, **how).report.faults
    return {(fault.row, fault.column): fault.reason for fault in faults}


@contextmanager
def made_store() -> Iterator[Engine]:
    """A store of its own, with tables and nothing in them."""
    engine = open_store("sqlite://")
    TABLES.create_all(engine)
    yield engine
    engine.dispose()


@contextmanager
def empty(engine: Engine) -> Iterator[Session]:
    """The store as it was made; whatever is written is given up afterwards."""
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(
            connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        ) as session:
            yield session
        outer.rollback()
