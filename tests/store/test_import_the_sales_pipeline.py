"""A real sales pipeline of 8,800 deals is imported as its program exported it."""

from collections import Counter
from collections.abc import Iterator
from csv import DictReader
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from crm_store import ledger
from crm_store.customers import Customer, CustomerKind, LifecycleStage
from crm_store.deals import Deal, DealLine, Product, Stage
from crm_store.deeds import Deed
from crm_store.employees import Employee
from crm_store.exchange.importing import attempt, keep
from crm_store.exchange.report import Report
from crm_store.exchange.sheet import read_sheet
from crm_store.firm import Firm
from tests.store.tables import AT, empty, made_store

FILES = Path(__file__).parents[3] / "shared" / "data" / "pipeline"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FILES.is_dir(), reason=f"the sales data is not at {FILES}"),
]
FIRM = Firm(currency="USD")
MAPS = {
    "employees": ["sales_agent=name", "manager=department", "regional_office=office"],
    "customers": ["account=name", "sector=segment", "office_location=region"],
    "products": ["product=name", "sales_price=price"],
    "deals": [
        "opportunity_id=reference",
        "sales_agent=owner",
        "account=customer",
        "deal_stage=stage",
        "close_value=amount",
        "engage_date=opened_on",
        "close_date=closed_on",
    ],
}
NAMES = {
    "employees": "sales_teams.csv",
    "customers": "accounts.csv",
    "products": "products.csv",
    "deals": "sales_pipeline.csv",
}


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with made_store() as engine:
        yield engine


@pytest.fixture(scope="module")
def firm(engine: Engine) -> Iterator[tuple[Session, dict[str, Report], dict[str, Deed]]]:
    reports: dict[str, Report] = {}
    deeds: dict[str, Deed] = {}
    with empty(engine) as session:
        for kind in MAPS:
            deed, reports[kind] = imported(session, kind)
            assert deed is not None
            deeds[kind] = deed
        yield session, reports, deeds


def imported(session: Session, kind: str) -> tuple[Deed | None, Report]:
    constants = ["email={name}@example.com"] if kind == "employees" else []
    sheet = read_sheet((FILES / NAMES[kind]).read_bytes())
    trial = attempt(session, kind, sheet, FIRM, maps=MAPS[kind], constants=constants)
    return keep(session, trial, employee=None, at=AT), trial.report


def rows_of(name: str) -> list[dict[str, str]]:
    with (FILES / name).open(encoding="utf-8") as file:
        return list(DictReader(file))


Imported = tuple[Session, dict[str, Report], dict[str, Deed]]


def test_every_row_is_taken_in(firm: Imported) -> None:
    session, reports, _ = firm
    assert {kind: report.new for kind, report in reports.items()} == {
        kind: len(rows_of(name)) for kind, name in NAMES.items()
    }
    assert session.scalar(select(func.count(Customer.id))) == 85
    assert set(session.scalars(select(Customer.kind))) == {CustomerKind.COMPANY}
    anna = session.scalars(select(Employee).where(Employee.name == "Anna Snelling")).one()
    assert (anna.email, anna.department) == ("anna.snelling@example.com", "Dustin Brinkmann")


def test_the_deals_equal_the_files(firm: Imported) -> None:
    session, _, _ = firm
    expected = Counter(
        (
            row["opportunity_id"],
            row["sales_agent"],
            row["account"] or None,
            Decimal(row["close_value"]) if row["close_value"] else None,
            row["engage_date"] or None,
            row["close_date"] or None,
        )
        for row in rows_of("sales_pipeline.csv")
    )
    found = Counter(
        (
            deal.reference,
            deal.owner.name if deal.owner else "",
            deal.customer.name if deal.customer else None,
            deal.amount,
            deal.opened_on.isoformat() if deal.opened_on else None,
            deal.closed_on.isoformat() if deal.closed_on else None,
        )
        for deal in session.scalars(select(Deal))
    )
    assert found == expected
    assert sum(1 for key in found if key[2] is None) == 1425


def test_their_stages_are_other_words_for_ours(firm: Imported) -> None:
    session, _, _ = firm
    counts = select(Stage.name, func.count(Deal.id)).join(Deal.stage).group_by(Stage.name)
    found = dict(session.execute(counts).all())
    stages = Counter(row["deal_stage"] for row in rows_of("sales_pipeline.csv"))
    assert found == {
        "lead": stages["Prospecting"],
        "qualified": stages["Engaging"],
        "won": stages["Won"],
        "lost": stages["Lost"],
    }


def test_gtxpro_and_gtx_pro_do_not_split_the_product(firm: Imported) -> None:
    session, _, _ = firm
    assert session.scalar(select(func.count(Product.id))) == 7
    pro = session.scalars(select(Product).where(Product.name == "GTX Pro")).one()
    lines = select(func.count(DealLine.id)).where(DealLine.product_id == pro.id)
    spelled = [row["product"] for row in rows_of("sales_pipeline.csv")]
    assert session.scalar(lines) == spelled.count("GTXPro") + spelled.count("GTX Pro")


def test_misspelt_sectors_and_left_out_columns_are_told(firm: Imported) -> None:
    _, reports, _ = firm
    slips = {(slip.column, slip.value): slip for slip in reports["customers"].misspellings}
    assert slips["segment", "technolgy"].likely == "technology"
    assert slips["segment", "technolgy"].rows == 12
    assert slips["region", "Philipines"].likely == "Philippines"
    assert len(slips) == 2
    assert reports["customers"].unknown_columns == (
        "year_established",
        "revenue",
        "employees",
        "subsidiary_of",
    )


def test_who_bought_more_than_once_is_known_for_it(firm: Imported) -> None:
    session, _, _ = firm
    assert set(session.scalars(select(Customer.lifecycle_stage))) == {LifecycleStage.REPURCHASE}


def test_the_same_file_again_adds_nothing(firm: Imported) -> None:
    session, _, _ = firm
    deed, report = imported(session, "deals")
    assert deed is None
    assert (report.new, len(report.known)) == (0, 8800)


def test_the_whole_import_is_undone_at_once(firm: Imported) -> None:
    session, _, deeds = firm
    undone = ledger.undo(session, deeds["deals"], employee=None, at=AT)
    assert session.scalar(select(func.count(Deal.id))) == 0
    ledger.redo(session, undone, employee=None, at=AT)
    assert session.scalar(select(func.count(Deal.id))) == 8800
