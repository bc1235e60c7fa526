"""An import is all or nothing, one deed, repeatable, and looks at no clock."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from crm_store import ledger, lifecycle, pipeline
from crm_store.addresses import Phone
from crm_store.customers import Customer, LifecycleStage, named
from crm_store.database import TABLES
from crm_store.deals import Deal, LostReason, Product, Stage
from crm_store.deeds import Change, Deed, DeedKind, Effect
from crm_store.employees import Employee
from crm_store.exchange.dates import LONG_AGO
from crm_store.exchange.importing import BadRows, keep, latest
from crm_store.profile import origin, state
from crm_store.reminders import Reminder, overdue
from tests.store.conftest import met
from tests.store.tables import AT, deed_of, empty, imported, made_store, tried

HISTORY = {Deed.__tablename__, Effect.__tablename__, Change.__tablename__}

FILES = {
    "products": "name,price\nSoil survey,900\n",
    "customers": "name,company,email,phone\nIda Ruiz,Ruiz Ltd,ida@ruiz.example,030 5550123\n"
    "Bo Jansen,Ruiz Ltd,,\nBo Jansen,,bo@home.example,\n",
    "deals": "reference,customer,stage,amount,product,closed_on\n"
    "A1,Ida Ruiz,won,900,soilsurvey,2026-05-05\n,Ruiz Ltd,lead,50,,\n",
    "interactions": "customer,channel,at,topic\nIda Ruiz,call,2026-05-04T10:00,price\n"
    "ida@ruiz.example,email,2026-05-05,thanks\n",
    "preferences": "customer,preference,stated_on\nIda Ruiz,e-mail,2026-05-04\n"
    "Ida Ruiz,phone,2026-05-06\n",
    "concerns": "customer,concern,raised_on\nRuiz Ltd,late report,2026-05-04\n",
    "reminders": "employee,customer,task,due_at\nPat Jones,Ida Ruiz,call,2026-05-09\n",
    "notes": "customer,note\nIda Ruiz,likes tea\n",
    "ideas": "customer,idea\nIda Ruiz,a map in colour\n",
}


def everything(session: Session) -> dict[str, list[object]]:
    """Every row of every table but those that tell of history, and those that only count."""
    session.flush()
    tables = [table for table in TABLES.sorted_tables if table.name not in HISTORY]
    return {table.name: [tuple(row) for row in session.execute(select(table))] for table in tables}


def test_one_bad_row_keeps_all_out(session: Session) -> None:
    trial = tried(session, "customers", "name,email\nIda,ida@home.example\nBo,nonsense\n")
    with pytest.raises(BadRows, match="1 of 2 rows"):
        keep(session, trial, employee=None, at=AT)
    assert session.scalar(select(func.count(Customer.id))) == 0
    assert session.scalar(select(func.count(Deed.id))) == 0


def test_the_good_rows_alone_are_imported_where_they_are_wanted(session: Session) -> None:
    trial = tried(session, "customers", "name,email\nIda,ida@home.example\nBo,nonsense\nCy,\n")
    assert (trial.report.new, trial.report.bad_rows) == (2, 1)
    keep(session, trial, employee=None, at=AT, only_good=True)
    assert list(session.scalars(select(Customer.name).order_by(Customer.id))) == ["Ida", "Cy"]


def test_a_trial_writes_no_row(session: Session, pat: Employee, smith: Customer) -> None:
    tried(session, "interactions", "customer\nJohn Smith\n")
    before = everything(session)
    tried(session, "customers", FILES["customers"])
    tried(session, "interactions", "customer\nJohn Smith\n")
    assert everything(session) == before


def test_each_import_is_one_deed_of_whoever_did_it(session: Session, pat: Employee) -> None:
    for kind, table in FILES.items():
        deed = deed_of(session, kind, table, by=pat)
        assert (deed.kind, deed.employee_name, deed.at) == (DeedKind.IMPORT, "Pat Jones", AT)
        assert ledger.last(session, pat) is deed
        assert latest(session) is deed


def test_undo_of_an_import_leaves_the_store_as_it_was(session: Session, pat: Employee) -> None:
    pipeline.settle(session)
    before = everything(session)
    deeds = [deed_of(session, kind, table, by=pat) for kind, table in FILES.items()]
    after = everything(session)
    assert after != before
    undone = [ledger.undo(session, deed, employee=pat, at=AT) for deed in reversed(deeds)]
    assert everything(session) == before
    for deed in reversed(undone):
        ledger.redo(session, deed, employee=pat, at=AT)
    assert {name: sorted(map(str, rows)) for name, rows in everything(session).items()} == {
        name: sorted(map(str, rows)) for name, rows in after.items()
    }


def test_undo_refuses_once_somebody_built_on_the_import(session: Session, pat: Employee) -> None:
    deed = deed_of(session, "customers", "name\nIda Ruiz\n", by=pat)
    (ida,) = named(session, "Ida Ruiz")
    ledger.record(session, employee=pat, at=AT)
    session.add(Phone(customer_id=ida.id, typed="030 1", number="+4930123456"))
    ledger.close(session)
    with pytest.raises(ledger.Conflict):
        ledger.undo(session, deed, employee=pat, at=AT)


def test_the_same_files_again_bring_nothing_new(session: Session, pat: Employee) -> None:
    for kind, table in FILES.items():
        imported(session, kind, table)
    before = everything(session)
    for kind, table in FILES.items():
        report = tried(session, kind, table).report
        without_reference = 1 if kind == "deals" else 0
        assert (kind, report.new) == (kind, without_reference)
        if not report.new:
            imported(session, kind, table)
    assert everything(session) == before


def test_a_deal_of_a_known_reference_stays_as_the_firm_has_it(session: Session) -> None:
    imported(session, "deals", "reference,stage,amount\nA1,proposal,900\n")
    report = imported(session, "deals", "reference,stage,amount,close_on\nA1,lead,800,2026-12-01\n")
    deal = session.scalars(select(Deal)).one()
    assert (deal.stage.name, deal.amount) == ("proposal", Decimal(900))
    assert str(deal.close_on) == "2026-12-01"
    (row,) = report.known
    assert row.sentence == "deal A1 is here already; left as on file: amount, stage"


def test_deals_without_a_reference_are_deals_of_their_own(session: Session) -> None:
    met(session, "Ida Ruiz")
    for _ in range(2):
        imported(session, "deals", "name,customer\nSoil survey,Ida Ruiz\n")
    assert session.scalar(select(func.count(Deal.id))) == 2


def test_the_same_reference_twice_in_a_file_is_one_deal(session: Session) -> None:
    report = imported(session, "deals", "reference,amount\nA1,5\nA1,5\n")
    assert (report.new, len(report.known)) == (1, 1)
    assert session.scalar(select(func.count(Deal.id))) == 1


def test_somebody_known_is_completed_and_not_overwritten(session: Session, pat: Employee) -> None:
    imported(session, "customers", "name,email,segment\nIda Ruiz,ida@ruiz.example,mining\n")
    report = imported(
        session,
        "customers",
        "name,email,segment,region,phone\n"
        "Ida Ruiz,ida@ruiz.example; i@home.example,retail,Kiel,030 5550123\n"
        "ida ruiz,i@home.example; ida@ruiz.example,,,030 5550123\n",
    )
    (ida,) = named(session, "Ida Ruiz")
    session.refresh(ida)
    assert (ida.segment, ida.region) == ("mining", "Kiel")
    assert [one.address for one in ida.emails] == ["ida@ruiz.example", "i@home.example"]
    assert [one.number for one in ida.phones] == ["+49305550123"]
    assert [row.sentence for row in report.known] == [
        "Ida Ruiz is here already; left as on file: segment",
        "Ida Ruiz is here already",
    ]


def test_nobody_is_taken_for_another_by_the_name_alone(session: Session) -> None:
    imported(session, "customers", "name,email\nIda Ruiz,ida@ruiz.example\n")
    report = imported(session, "customers", "name,email\nIda Ruiz,ida@else.example\n")
    assert len(named(session, "Ida Ruiz")) == 2
    assert [row.sentence for row in report.doubles] == ["there is a Ida Ruiz already"]


def test_possible_duplicates_are_pointed_out(session: Session) -> None:
    imported(session, "customers", "name,phone,email\nJon Smyth,030 5550123,\nBo,,bo@b.example\n")
    report = imported(
        session,
        "customers",
        "name,phone,email\nJonathan Smyth,+49 30 5550123,\nRobert,,bo@b.example\n"
        "Cy,,cy@c.example\nCyril,,cy@c.example\n",
    )
    assert {row.row: row.sentence for row in report.doubles} == {
        2: "Jonathan Smyth has the phone number of Jon Smyth",
        3: "Robert has the e-mail address of Bo",
        5: "Cyril has the same e-mail address as row 4",
    }


def test_gtxpro_and_gtx_pro_are_one_product(session: Session) -> None:
    imported(session, "products", "name,price\nGTX Pro,4821\nGTXPro,\n")
    imported(session, "deals", "reference,product\nA1,GTXPro\nA2,gtx pro\n")
    product = session.scalars(select(Product)).one()
    deals = session.scalars(select(Deal))
    assert {line.product for deal in deals for line in deal.lines} == {product}


def test_no_imported_row_depends_on_the_hour_of_the_import() -> None:
    found = []
    for at in (AT, AT + timedelta(days=900)):
        with made_store() as engine, empty(engine) as session:
            session.add(Employee(email="pat.jones@example.com", name="Pat Jones"))
            session.flush()
            for kind, table in FILES.items():
                keep(session, tried(session, kind, table), employee=None, at=at)
            found.append(everything(session))
    assert found[0] == found[1]


def test_a_reminder_of_the_past_is_overdue_and_not_told(session: Session, pat: Employee) -> None:
    imported(session, "reminders", "employee,task,due_at\nPat Jones,call,2020-01-01T09:00\n")
    reminder = session.scalars(select(Reminder)).one()
    assert overdue(session, pat, AT) == [reminder]
    assert (reminder.source, reminder.delivered_at, reminder.created_at) == (
        "import",
        None,
        LONG_AGO,
    )


def test_sales_bring_customers_to_their_stage(session: Session) -> None:
    imported(session, "customers", "name,lifecycle_stage\nIda,\nBo,\nCy,lapsed\nDi,\n")
    imported(
        session,
        "deals",
        "reference,customer,stage,closed_on\nA1,Ida,won,2026-01-05\nA2,Ida,won,2026-03-05\n"
        "A3,Bo,won,2026-02-01\nA4,Cy,won,2026-02-01\nA5,Di,lost,2026-02-01\n",
    )
    stages = {one.name: one.lifecycle_stage for one in session.scalars(select(Customer))}
    assert stages == {
        "Ida": LifecycleStage.REPURCHASE,
        "Bo": LifecycleStage.CUSTOMER,
        "Cy": LifecycleStage.LAPSED,
        "Di": LifecycleStage.LEAD,
    }
    (ida,) = named(session, "Ida")
    (change,) = lifecycle.history(session, ida)
    assert change.at.date() == datetime(2026, 3, 5, tzinfo=UTC).date()


def test_a_guess_made_later_does_not_displace_what_the_file_stated(
    session: Session, pat: Employee
) -> None:
    imported(
        session, "customers", "name,age_range,occupation,inferred\nIda,35-44,surveyor,age range\n"
    )
    (ida,) = named(session, "Ida")
    for field, guess in (("occupation", "farmer"), ("age_range", "45-54")):
        state(session, ida, field, guess, at=AT, employee=pat, inferred=True)
    assert (ida.occupation, ida.age_range) == ("surveyor", "45-54")
    kept = origin(session, ida, "occupation")
    assert kept is not None
    assert (kept.source, kept.stated) == ("import", True)


def test_a_reason_that_is_not_on_the_list_is_kept_in_words(session: Session) -> None:
    imported(
        session,
        "deals",
        "reference,stage,lost_reason\nA1,lost,Price\nA2,lost,their cousin does it\n",
    )
    first, second = session.scalars(select(Deal).order_by(Deal.id)).all()
    assert first.lost_reason is not None
    assert (first.lost_reason.name, first.lost_note) == ("price", None)
    assert (second.lost_reason, second.lost_note) == (None, "their cousin does it")


def test_the_firms_own_stages_replace_the_usual_ones(session: Session) -> None:
    imported(
        session,
        "stages",
        "name,chance,meaning\nfirst talk,20,open\nproposal,55,\nordered,,won\ngone,,lost\n",
    )
    found = session.execute(select(Stage.name, Stage.chance).order_by(Stage.position))
    assert [tuple(row) for row in found] == [
        ("first talk", 20),
        ("proposal", 55),
        ("ordered", 100),
        ("gone", 0),
    ]
    imported(session, "stages", "name,chance\nfirst talk,25\n")
    assert [stage.chance for stage in pipeline.stages(session)] == [25, 55, 100, 0]
    imported(session, "lost_reasons", "name\nweather\n")
    assert session.scalars(select(LostReason.name)).all() == ["weather"]


NAMES = st.sampled_from(["Ida Ruiz", "Bo Jansen", "Cy Ode", "", "x" * 300])
MAILS = st.sampled_from(["", "a@b.example", "c@d.example; e@f.example", "nonsense"])


@pytest.fixture(scope="module")
def own_store() -> Iterator[Engine]:
    with made_store() as engine:
        yield engine


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.tuples(NAMES, MAILS), max_size=8))
def test_any_file_is_imported_whole_or_not_at_all(
    own_store: Engine, rows: list[tuple[str, str]]
) -> None:
    table = "name,email,segment\n" + "".join(f"{name},{mail},-\n" for name, mail in rows)
    with empty(own_store) as session:
        before = everything(session)
        trial = tried(session, "customers", table)
        try:
            keep(session, trial, employee=None, at=AT)
        except BadRows:
            assert any(name in ("", "x" * 300) or mail == "nonsense" for name, mail in rows)
            left = everything(session)
            assert left["customers"] == before["customers"] == []
        else:
            assert session.scalar(select(func.count(Customer.id))) == len(rows)
