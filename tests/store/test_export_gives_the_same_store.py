"""What is exported and imported into an empty store is exported the same again."""

from collections.abc import Iterator
from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from crm_store import pipeline
from crm_store.addresses import EmailAddress, Phone, PostalAddress
from crm_store.concerns import Cause, Concern, ConcernStatus, Severity
from crm_store.contact import Channel, Direction, Milestone, Outcome, Sentiment
from crm_store.customers import (
    CompanyRole,
    Customer,
    CustomerKind,
    CustomerName,
    Gender,
    LifecycleStage,
    Relation,
)
from crm_store.deals import Deal, DealLine, Product, StageKind
from crm_store.employees import Employee, Role
from crm_store.exchange.dates import LONG_AGO
from crm_store.exchange.exporting import export
from crm_store.exchange.importing import attempt, keep
from crm_store.exchange.layout import ORDER
from crm_store.exchange.sheet import read_sheet
from crm_store.ideas import Idea
from crm_store.interactions import Interaction
from crm_store.notes import Note
from crm_store.preferences import Polarity, Preference, PreferenceKind
from crm_store.reminders import Reminder, ReminderKind
from crm_store.rows import Recorded
from tests.store.tables import AT, FIRM, empty, made_store

WORDS = st.text(
    st.one_of(
        st.sampled_from("abcdeäßé ABÇ,;'\"=+-@|\\\n\t#0123456789.€漢"),
        st.characters(exclude_categories=("Cs", "Cc")),
    ),
    min_size=1,
    max_size=24,
).filter(lambda text: text.strip() != "")
NAMES = st.one_of(
    st.sampled_from(["Ann Lee", "ann  lee", "Bo Jansen", "Lee & Lee", "=Sum Ltd", "-5", "'x"]),
    WORDS.map(lambda text: " ".join(text.replace("#", "").split())).filter(
        lambda text: text != "" and "@" not in text
    ),
)
MOMENTS = st.integers(4_000, 700_000).map(
    lambda hours: LONG_AGO + timedelta(hours=hours, minutes=7)
)
DAYS = st.dates(date(1980, 1, 1), date(2035, 1, 1))
AMOUNTS = st.decimals(0, 10**9, places=2)
TAIL = st.integers(0, 999).map("{:03}".format)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


def exported(session: Session) -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        export(session, FIRM, Path(folder))
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def taken_in(session: Session, files: dict[str, bytes]) -> None:
    for kind in ORDER:
        if (content := files.get(f"{kind}.csv")) is not None:
            trial = attempt(session, kind, read_sheet(content), FIRM)
            assert trial.report.faults == []
            assert trial.report.unknown_columns == ()
            keep(session, trial, employee=None, at=AT)


def assert_comes_back(session: Session, elsewhere: Engine) -> None:
    files = exported(session)
    with empty(elsewhere) as other:
        taken_in(other, files)
        assert exported(other) == files


@st.composite
def colleagues(draw: st.DrawFn) -> list[Employee]:
    return [
        Employee(
            email=f"seller{number}@example.com",
            name=draw(NAMES),
            role=draw(st.sampled_from(Role)),
            office=draw(maybe(WORDS)),
            timezone=draw(st.sampled_from(["Europe/Berlin", "America/Lima", "UTC"])),
            locale=draw(st.sampled_from(["en", "de", "pt-BR"])),
            active=draw(st.booleans()),
        )
        for number in range(draw(st.integers(1, 3)))
    ]


@st.composite
def parties(draw: st.DrawFn, staff: list[Employee]) -> list[Customer]:
    found: list[Customer] = []
    for _ in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(CustomerKind))
        customer = Customer(
            name=draw(NAMES),
            kind=kind,
            relation=draw(st.sampled_from(Relation)),
            owner=draw(maybe(st.sampled_from(staff))),
            lifecycle_stage=draw(st.sampled_from(LifecycleStage)),
            segment=draw(maybe(WORDS)),
            preferred_channel=draw(maybe(st.sampled_from(Channel))),
            gender=draw(maybe(st.sampled_from(Gender))),
            birthday=draw(maybe(DAYS)),
            buys_for=draw(maybe(WORDS)),
            created_at=draw(MOMENTS),
            archived_at=draw(maybe(MOMENTS)),
        )
        customer.emails = [
            EmailAddress(address=f"a{tail}@example.net") for tail in draw(st.sets(TAIL, max_size=2))
        ]
        customer.phones = [
            Phone(number=f"+4930555{tail}", extension=draw(maybe(TAIL)), typed=f"030 555{tail}")
            for tail in draw(st.sets(TAIL, max_size=2))
        ]
        texts = draw(st.lists(WORDS.map(lambda text: " ".join(text.split())), max_size=2))
        customer.addresses = [PostalAddress(text=text) for text in texts]
        customer.names = [CustomerName(name=alias) for alias in draw(st.sets(st.just("Al; O")))]
        companies = [one for one in found if one.kind is CustomerKind.COMPANY]
        if kind is CustomerKind.PERSON and companies:
            chosen = draw(st.lists(st.sampled_from(companies), max_size=2, unique_by=id))
            for number, company in enumerate(chosen):
                title = draw(maybe(WORDS)) if number == 0 else None
                role = CompanyRole(company=company, title=title, main=number == 0)
                customer.companies.append(role)
        found.append(customer)
    return found


@st.composite
def sales(draw: st.DrawFn, staff: list[Employee], known: list[Customer]) -> list[Any]:
    products = [Product(name=f"Survey; no {n}", price=draw(maybe(AMOUNTS))) for n in range(2)]
    for product in products:
        product.currency = "EUR" if product.price is not None else None
    rows: list[Any] = [*products]
    for number in range(draw(st.integers(0, 3))):
        amount, opened = draw(maybe(AMOUNTS)), draw(maybe(DAYS))
        deal = Deal(
            reference=draw(maybe(st.just(f"R;{number}"))),
            name=draw(NAMES),
            customer=draw(maybe(st.sampled_from(known))),
            company=draw(maybe(st.sampled_from(known))),
            owner=draw(maybe(st.sampled_from(staff))),
            amount=amount,
            currency=draw(st.sampled_from(["EUR", "USD"])) if amount is not None else None,
            opened_on=opened,
            close_on=draw(maybe(DAYS)),
            created_at=AT,
        )
        chosen = draw(st.lists(st.sampled_from(products), max_size=2, unique_by=id))
        deal.lines = [DealLine(product=p, quantity=draw(st.integers(1, 9))) for p in chosen]
        rows.append((deal, draw(st.sampled_from(StageKind)), draw(maybe(WORDS))))
    return rows


@st.composite
def talk(draw: st.DrawFn, staff: list[Employee], known: list[Customer]) -> list[Any]:
    rows: list[Any] = []
    for _ in range(draw(st.integers(0, 3))):
        amount = draw(maybe(st.decimals(-999, 999, places=2)))
        rows.append(
            Interaction(
                customer=draw(st.sampled_from(known)),
                company=draw(maybe(st.sampled_from(known))),
                channel=draw(st.sampled_from(Channel)),
                direction=draw(st.sampled_from(Direction)),
                happened_at=draw(MOMENTS),
                day_only=draw(st.booleans()),
                employee=draw(maybe(st.sampled_from(staff))),
                to_employee=draw(maybe(st.sampled_from(staff))),
                automated=draw(st.booleans()),
                topic=draw(maybe(WORDS)),
                note=draw(maybe(WORDS)),
                milestone=draw(maybe(st.sampled_from(Milestone))),
                outcome=draw(maybe(st.sampled_from(Outcome))),
                sentiment=draw(maybe(st.sampled_from(Sentiment))),
                rating=draw(maybe(st.integers(1, 5))),
                duration_minutes=draw(maybe(st.integers(0, 90))),
                amount=amount,
                currency="EUR" if amount is not None else None,
                created_at=AT,
            )
        )
    return rows


@st.composite
def statements(draw: st.DrawFn, staff: list[Employee], known: list[Customer]) -> list[Any]:
    said: dict[str, Any]
    rows: list[Any] = []
    for _ in range(draw(st.integers(0, 3))):
        said = {
            "customer": draw(st.sampled_from(known)),
            "employee": draw(maybe(st.sampled_from(staff))),
        }
        words = draw(st.one_of(WORDS, st.sampled_from(["likes calls", "no e-mail", "mornings"])))
        heard = {"statement": words, "channel": draw(maybe(st.sampled_from(Channel)))}
        preference = Preference(
            kind=draw(st.sampled_from(PreferenceKind)),
            polarity=draw(st.sampled_from(Polarity)),
            preferred_channel=draw(maybe(st.sampled_from(Channel))),
            stated_at=draw(MOMENTS),
            withdrawn_at=draw(maybe(MOMENTS)),
            **said,
            **heard,
        )
        raised, resolved = draw(MOMENTS), draw(st.booleans())
        concern = Concern(
            cause=draw(st.sampled_from(Cause)),
            severity=draw(st.sampled_from(Severity)),
            theme=draw(maybe(WORDS)),
            status=ConcernStatus.RESOLVED if resolved else ConcernStatus.OPEN,
            raised_at=raised,
            resolved_at=raised + timedelta(days=2) if resolved else None,
            resolution=draw(maybe(WORDS)) if resolved else None,
            **said,
            **heard,
        )
        idea = Idea(stated_at=draw(MOMENTS), theme=draw(maybe(WORDS)), **said, **heard)
        note = Note(text=words, written_at=draw(MOMENTS), private=draw(st.booleans()), **said)
        rows += [preference, concern, idea, note]
    return rows


@st.composite
def promises(draw: st.DrawFn, staff: list[Employee], known: list[Customer]) -> list[Any]:
    rows: list[Any] = []
    for _ in range(draw(st.integers(0, 3))):
        due = draw(MOMENTS)
        rows.append(
            Reminder(
                task=draw(WORDS),
                kind=draw(st.sampled_from(ReminderKind)),
                employee=draw(st.sampled_from(staff)),
                created_by=draw(maybe(st.sampled_from(staff))),
                customer=draw(maybe(st.sampled_from(known))),
                due_at=due,
                zone=draw(st.sampled_from(["Europe/Berlin", "Asia/Tokyo"])),
                rrule=draw(maybe(st.sampled_from(["FREQ=WEEKLY;BYDAY=MO", "FREQ=DAILY"]))),
                first_due_at=draw(maybe(st.just(due - timedelta(days=7)))),
                touch_every_days=draw(maybe(st.integers(1, 90))),
                ahead_minutes=draw(st.integers(0, 60)),
                channel=draw(maybe(st.sampled_from(Channel))),
                promised=draw(st.booleans()),
                done_at=draw(maybe(MOMENTS)),
                created_at=AT,
            )
        )
    return rows


def closed(session: Session, deal: Deal, kind: StageKind, why: str | None) -> Deal:
    stage = pipeline.stage_of_kind(session, kind)
    assert stage is not None
    deal.stage = stage
    if kind is not StageKind.OPEN:
        deal.closed_on = (deal.opened_on or date(2026, 1, 1)) + timedelta(days=30)
    if kind is StageKind.LOST:
        deal.lost_reason = pipeline.lost_reason_named(session, "price") if why else None
        deal.lost_note = why
    return deal


@pytest.fixture(scope="module")
def two_stores() -> Iterator[tuple[Engine, Engine]]:
    with made_store() as one, made_store() as other:
        yield one, other


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_export_of_the_import_of_an_export_is_that_export(
    two_stores: tuple[Engine, Engine], data: st.DataObject
) -> None:
    with empty(two_stores[0]) as session:
        pipeline.settle(session)
        staff = data.draw(colleagues())
        known = data.draw(parties(staff))
        session.add_all([*staff, *known])
        session.flush()
        for row in data.draw(sales(staff, known)):
            session.add(closed(session, *row) if isinstance(row, tuple) else row)
        for kind in (talk, statements, promises):
            session.add_all(data.draw(kind(staff, known)))
        session.flush()
        assert_comes_back(session, two_stores[1])


def test_the_demo_comes_back_whole(two_stores: tuple[Engine, Engine]) -> None:
    with empty(two_stores[0]) as session:
        for kind in ORDER:
            file = resources.files("bot.demo") / f"{kind}.csv"
            if file.is_file():
                keep(
                    session,
                    attempt(session, kind, read_sheet(file.read_bytes()), FIRM),
                    employee=None,
                    at=AT,
                )
        files = exported(session)
        with empty(two_stores[1]) as other:
            taken_in(other, files)
            assert exported(other) == files
            for table in (Interaction, Concern, Preference, Deal, Reminder, CompanyRole):
                assert rows_of(other, table) == rows_of(session, table)


def rows_of(session: Session, table: type[Recorded]) -> list[tuple[Any, ...]]:
    columns = [column for column in table.__table__.c if column.name not in ("typed", "id")]
    return [tuple(row) for row in session.execute(select(*columns).order_by(table.id))]


def test_the_header_is_that_of_the_specification(two_stores: tuple[Engine, Engine]) -> None:
    with empty(two_stores[0]) as session:
        files = exported(session)
    assert files["deals.csv"].decode() == (
        "reference,name,customer,company,owner,stage,amount,currency,product,opened_on,close_on,"
        "closed_on,lost_reason\r\n"
    )
    assert set(files) == {
        "employees.csv",
        "customers.csv",
        "interactions.csv",
        "preferences.csv",
        "concerns.csv",
        "deals.csv",
        "products.csv",
        "reminders.csv",
    }


def test_a_firms_own_stages_come_back(two_stores: tuple[Engine, Engine]) -> None:
    with empty(two_stores[0]) as session:
        keep_table(session, "stages", "name,chance\nfirst talk,20\noffer out,65\n")
        keep_table(session, "lost_reasons", "name\nweather\n")
        keep_table(
            session, "deals", "reference,stage,lost_reason\nA1,offer out,\nA2,lost,weather\n"
        )
        files = exported(session)
        with empty(two_stores[1]) as other:
            pipeline.settle(other)
            taken_in(other, files)
            assert [stage.name for stage in pipeline.stages(other)] == [
                "first talk",
                "offer out",
                "won",
                "lost",
            ]
            assert exported(other) == files


def test_private_notes_stay_with_their_author(two_stores: tuple[Engine, Engine]) -> None:
    with empty(two_stores[0]) as session:
        keep_table(session, "customers", "name\nIda Ruiz\n")
        ida = session.scalars(select(Customer)).one()
        for text, private in (("allergic to nuts", True), ("rings at noon", False)):
            note = Note(customer=ida, text=text, private=private, written_at=AT)
            session.add(note)
        session.flush()
        assert exported(session)["notes.csv"].decode().splitlines() == [
            "customer,note,written_on,employee",
            "Ida Ruiz,rings at noon,2026-11-18,",
        ]


def keep_table(session: Session, kind: str, table: str) -> None:
    keep(session, attempt(session, kind, read_sheet(table.encode()), FIRM), employee=None, at=AT)


def test_a_formula_in_the_store_is_text_in_the_file(two_stores: tuple[Engine, Engine]) -> None:
    with empty(two_stores[0]) as session:
        keep_table(session, "customers", "name,phone\n'=HYPERLINK(1),+49 30 5550123\n")
        assert session.scalars(select(Customer.name)).one() == "=HYPERLINK(1)"
        line = exported(session)["customers.csv"].decode().splitlines()[1]
        assert line.startswith("'=HYPERLINK(1),person,customer,,,+49305550123,")
