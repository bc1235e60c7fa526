"""A store for each test: the schema is made once, and every test is rolled back."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from crm_store.customers import Customer, CustomerKind
from crm_store.database import TABLES, open_store
from crm_store.employees import Employee, Role
from tests.conftest import DATABASES
from tests.postgres import Server

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session", params=DATABASES)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    engine = open_store("sqlite://" if request.param == "sqlite" else on_postgres(request))
    TABLES.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(
            connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        ) as session:
            yield session
        outer.rollback()


@pytest.fixture
def pat(session: Session) -> Employee:
    return hired(session, "Pat Jones")


@pytest.fixture
def omar(session: Session) -> Employee:
    return hired(session, "Omar Haddad", role=Role.SERVICE)


@pytest.fixture
def smith(session: Session, pat: Employee) -> Customer:
    return met(session, "John Smith", owner=pat)


def on_postgres(request: pytest.FixtureRequest) -> str:
    """The address of an empty database on PostgreSQL."""
    server: Server = request.getfixturevalue("postgres")
    return server.fresh()


def hired(session: Session, name: str, role: Role = Role.SALES) -> Employee:
    email = name.lower().replace(" ", ".") + "@example.com"
    employee = Employee(email=email, name=name, role=role, timezone="Europe/Berlin")
    session.add(employee)
    session.flush()
    return employee


def met(
    session: Session,
    name: str,
    *,
    kind: CustomerKind = CustomerKind.PERSON,
    owner: Employee | None = None,
) -> Customer:
    customer = Customer(name=name, kind=kind, owner=owner, created_at=NOW)
    session.add(customer)
    session.flush()
    return customer
