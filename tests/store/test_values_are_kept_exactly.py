"""What is written comes back as it was, and nonsense is refused."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import UniqueConstraint, func, select
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from crm_store import schema
from crm_store.columns import AmountOutOfRange, NaiveTime, UnknownZone
from crm_store.contact import Channel
from crm_store.customers import CompanyRole, Customer, CustomerKind
from crm_store.database import TABLES
from crm_store.deals import Deal, Stage
from crm_store.employees import Employee
from crm_store.interactions import Interaction
from tests.store.conftest import NOW, met

per_example = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


def call(customer: Customer, **values: object) -> Interaction:
    told = {"channel": Channel.CALL, "happened_at": NOW, "created_at": NOW} | values
    return Interaction(customer=customer, **told)


@per_example
@given(
    st.datetimes(datetime(1900, 1, 2), datetime(2200, 1, 1), timezones=zones)  # noqa: DTZ001
)
def test_an_instant_comes_back_in_utc(session: Session, moment: datetime) -> None:
    savepoint = session.begin_nested()
    met(session, "Smith").created_at = moment
    session.flush()
    found = session.scalars(select(Customer.created_at)).one()
    assert (found, found.tzinfo) == (moment, UTC)
    savepoint.rollback()


def test_an_instant_without_a_zone_is_refused(session: Session, smith: Customer) -> None:
    smith.archived_at = datetime(2026, 3, 4, 9)  # noqa: DTZ001
    with pytest.raises(StatementError) as refused:
        session.flush()
    assert isinstance(refused.value.orig, NaiveTime)


def test_an_unknown_zone_is_refused(session: Session, pat: Employee) -> None:
    pat.timezone = "Middle/Earth"
    with pytest.raises(StatementError) as refused:
        session.flush()
    assert isinstance(refused.value.orig, UnknownZone)


def deal(session: Session, amount: Decimal | int | None, chance: int = 50) -> Deal:
    stage = session.scalars(select(Stage).where(Stage.chance == chance)).one_or_none()
    stage = stage or Stage(name=f"stage {chance}", position=chance, chance=chance)
    made = Deal(name="survey", stage=stage, amount=amount, currency="EUR", created_at=NOW)
    session.add(made)
    session.flush()
    session.expire(made)
    return made


@per_example
@given(st.lists(st.decimals(-(10**11), 10**11, places=4), min_size=1, max_size=5))
def test_money_adds_up_exactly(session: Session, amounts: list[Decimal]) -> None:
    savepoint = session.begin_nested()
    assert [deal(session, amount).amount for amount in amounts] == amounts
    assert session.scalar(select(func.sum(Deal.amount))) == sum(amounts)
    savepoint.rollback()


def test_money_is_compared_and_weighted_in_the_database(session: Session) -> None:
    deal(session, Decimal("4800.10"), chance=60)
    deal(session, 12_000, chance=80)
    larger = session.scalars(select(Deal.amount).where(Deal.amount > 10_000)).all()
    assert larger == [Decimal(12_000)]
    weighted = select(func.sum(Deal.amount * Stage.chance)).select_from(Deal).join(Stage)
    assert session.scalar(weighted) == Decimal("4800.10") * 60 + 12_000 * 80
    assert session.scalar(select(func.sum(Deal.amount * 2))) == Decimal("33600.20")


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1e15", "-1e14"])
def test_amounts_beyond_all_sense_are_refused(session: Session, amount: str) -> None:
    with pytest.raises(StatementError) as refused:
        deal(session, Decimal(amount))
    assert isinstance(refused.value.orig, AmountOutOfRange)


def test_a_word_that_is_none_of_the_choices_is_refused(session: Session, smith: Customer) -> None:
    session.add(call(smith, channel="telepathy"))
    with pytest.raises(StatementError, match="telepathy"):
        session.flush()


def test_choices_are_kept_as_the_words_they_are(session: Session, smith: Customer) -> None:
    session.add(call(smith, channel="email"))
    session.flush()
    table = TABLES.tables["interactions"]
    kept = session.connection().exec_driver_sql(f"SELECT channel FROM {table.name}").scalar()
    assert kept == "email"
    assert session.scalars(select(Interaction.channel)).one() is Channel.EMAIL


def test_json_comes_back_as_it_was(session: Session, pat: Employee) -> None:
    pat.muted = {"wins": None, "new concerns": "2026-11-23T08:30:00+01:00", "ünïcode": "✓"}
    pat.digest_days = [0, 4]
    session.flush()
    session.expire(pat)
    assert pat.muted == {
        "wins": None,
        "new concerns": "2026-11-23T08:30:00+01:00",
        "ünïcode": "✓",
    }
    assert pat.digest_days == [0, 4]


def test_nothing_is_not_the_json_null(session: Session, pat: Employee) -> None:
    assert session.scalar(select(Employee.id).where(Employee.muted.is_(None))) == pat.id


def test_ids_are_never_given_twice(session: Session, pat: Employee) -> None:
    first = met(session, "John Smith")
    gone = first.id
    session.delete(first)
    session.flush()
    assert met(session, "Jane Smith").id > gone


@pytest.mark.parametrize("rating", [0, 6])
def test_a_rating_is_one_to_five(session: Session, smith: Customer, rating: int) -> None:
    session.add(call(smith, rating=rating))
    with pytest.raises(IntegrityError):
        session.flush()


def test_nobody_works_for_himself(session: Session, smith: Customer) -> None:
    session.add(CompanyRole(person=smith, company_id=smith.id))
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_person_has_many_companies_and_one_main_one(session: Session) -> None:
    person = met(session, "Dana Roe")
    for name, main in (("Old Ltd", True), ("Side GmbH", False), ("Main AG", True)):
        company = met(session, name, kind=CustomerKind.COMPANY)
        left = date(2026, 1, 31) if name == "Old Ltd" else None
        session.add(CompanyRole(person=person, company=company, main=main, until=left))
    session.flush()
    session.expire(person)
    assert person.company is not None
    assert person.company.name == "Main AG"


def test_every_reference_has_an_index() -> None:
    for table in TABLES.tables.values():
        keys = [key for key in table.constraints if isinstance(key, UniqueConstraint)]
        leading = {next(iter(index.columns)).name for index in table.indexes}
        leading |= {next(iter(key.columns)).name for key in keys}
        referring = {key.parent.name for key in table.foreign_keys}
        assert referring <= leading, (table.name, referring - leading)


def test_whoever_a_row_is_about_can_be_found() -> None:
    for name, recorded in schema.RECORDED.items():
        column = recorded.about
        assert column is None or column in TABLES.tables[name].c, name
        assert "customer_id" not in TABLES.tables[name].c or column is not None, name
