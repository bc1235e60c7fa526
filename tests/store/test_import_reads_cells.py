"""Cells are read as people write them, and refused with a reason where they cannot be."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store import preferences
from crm_store.concerns import Cause, Concern, ConcernStatus
from crm_store.contact import Channel, Direction
from crm_store.customers import Customer, CustomerKind, Gender, Relation, named
from crm_store.deals import Deal
from crm_store.employees import Employee, Role
from crm_store.exchange.amounts import NoAmount, read_amount
from crm_store.exchange.dates import NoDate, read_day, read_moment
from crm_store.interactions import Interaction
from crm_store.preferences import Polarity, PreferenceKind
from crm_store.reminders import Reminder, next_due
from tests.store.conftest import met
from tests.store.tables import FIRM, imported, reasons

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-11-03", date(2026, 11, 3)),
        ("20261103", date(2026, 11, 3)),
        ("2026/11/03", date(2026, 11, 3)),
        ("3.11.2026", date(2026, 11, 3)),
        ("3/11/2026", date(2026, 11, 3)),
        ("03-11-26", date(2026, 11, 3)),
        ("3 Nov 2026", date(2026, 11, 3)),
        ("Nov 3, 2026", date(2026, 11, 3)),
        ("3 November 2026", date(2026, 11, 3)),
        ("2026-11-03T23:30:00+01:00", date(2026, 11, 3)),
        ("29/02/2028", date(2028, 2, 29)),
    ],
)
def test_a_day_is_read_as_people_write_it(cell: str, day: date) -> None:
    assert read_day(cell, day_first=True) == day


def test_the_month_leads_where_it_is_said_so() -> None:
    assert read_day("3/11/2026", day_first=False) == date(2026, 3, 11)
    assert read_day("3.11.2026", day_first=False) == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("31/11", "November has 30 days"),
        ("30/11", "no year"),
        ("2026-02-30", "February has 28 days"),
        ("29.2.2027", "February has 28 days"),
        ("11/25/2026", "no month 25"),
        ("next Tuesday", "not a date"),
        ("2026", "not a date"),
        ("0/0/2026", "no month 0"),
        ("99999-01-01", "not a date"),
    ],
)
def test_a_day_that_does_not_exist_is_refused_with_the_reason(cell: str, reason: str) -> None:
    with pytest.raises(NoDate, match=reason):
        read_day(cell, day_first=True)


def test_a_wrong_order_of_day_and_month_names_the_option_that_mends_it() -> None:
    with pytest.raises(NoDate, match="--month-first"):
        read_day("11/25/2026", day_first=True)
    with pytest.raises(NoDate, match="--day-first"):
        read_day("25/11/2026", day_first=False)


@pytest.mark.parametrize(
    ("cell", "moment", "bare"),
    [
        ("2026-11-03T10:30", datetime(2026, 11, 3, 9, 30, tzinfo=UTC), False),
        ("2026-07-03 10:30:15", datetime(2026, 7, 3, 8, 30, 15, tzinfo=UTC), False),
        ("2026-11-03T10:30:00Z", datetime(2026, 11, 3, 10, 30, tzinfo=UTC), False),
        ("2026-11-03T10:30:00-05:00", datetime(2026, 11, 3, 15, 30, tzinfo=UTC), False),
        ("3.11.2026 4:05 pm", datetime(2026, 11, 3, 15, 5, tzinfo=UTC), False),
        ("2026-11-03T00:00", datetime(2026, 11, 2, 23, 0, tzinfo=UTC), False),
        ("2026-11-03", datetime(2026, 11, 3, 11, 0, tzinfo=UTC), True),
    ],
)
def test_an_instant_is_on_the_firms_clock_unless_it_says_another(
    cell: str, moment: datetime, bare: bool
) -> None:
    assert read_moment(cell, True, BERLIN) == (moment, bare)


@pytest.mark.parametrize(
    ("cell", "amount", "currency"),
    [
        ("4800", "4800", None),
        ("4800.50", "4800.50", None),
        ("4,800", "4800", None),
        ("4,800.50", "4800.50", None),
        ("4.800,50", "4800.50", None),
        ("1.234.567", "1234567", None),
        ("12'500", "12500", None),
        ("12 500,00", "12500.00", None),
        ("12,5", "12.5", None),
        ("€4,800", "4800", "EUR"),
        ("4800 €", "4800", "EUR"),
        ("USD 99.90", "99.90", "USD"),
        ("-500", "-500", None),
        ("$-500", "-500", "USD"),
        ("0.25", "0.25", None),
    ],
)
def test_an_amount_is_read_as_people_write_it(cell: str, amount: str, currency: str | None) -> None:
    assert read_amount(cell) == (Decimal(amount), currency)


@pytest.mark.parametrize("cell", ["4.800", "twelve", "1,2,3", "4800 XYZ", "1e9", "--5", "9" * 30])
def test_what_is_no_clear_amount_is_refused(cell: str) -> None:
    with pytest.raises(NoAmount):
        read_amount(cell)


def test_only_the_first_column_is_needed(session: Session, pat: Employee) -> None:
    imported(session, "customers", "name\nIda Ruiz\n")
    imported(session, "employees", "email\nkim.ode@example.com\n")
    imported(session, "products", "name\nSoil survey\n")
    imported(session, "interactions", "customer\nIda Ruiz\n")
    imported(session, "deals", "reference\nA-17\n")
    (ida,) = named(session, "ida ruiz")
    assert (ida.kind, ida.relation) == (CustomerKind.PERSON, Relation.CUSTOMER)
    kim = session.scalars(select(Employee).where(Employee.email == "kim.ode@example.com")).one()
    assert (kim.name, kim.role, kim.timezone) == ("Kim Ode", Role.SALES, "Europe/Berlin")
    deal = session.scalars(select(Deal)).one()
    assert (deal.name, deal.stage.name) == ("A-17", "lead")


def test_a_customer_with_everything(session: Session, pat: Employee) -> None:
    imported(
        session,
        "customers",
        "phone,email,name,company,gender,owner,birthday,preferred_channel,created_on,aliases\n"
        "030 5550123; +44 20 7946 0018 x7,IDA@Example.NET; ida@home.example,Ida Ruiz,Ruiz Ltd,"
        "she,pat jones,1980-05-17,phone,2024-03-01,Idi; I. Ruiz\n",
    )
    (ida,) = named(session, "Idi")
    assert [one.address for one in ida.emails] == ["ida@example.net", "ida@home.example"]
    assert [(one.number, one.extension) for one in ida.phones] == [
        ("+49305550123", None),
        ("+442079460018", "7"),
    ]
    assert ida.company is not None
    assert (ida.company.name, ida.company.kind) == ("Ruiz Ltd", CustomerKind.COMPANY)
    assert ida.owner is pat
    assert (ida.gender, ida.birthday) == (Gender.FEMALE, date(1980, 5, 17))
    assert ida.preferred_channel is Channel.CALL
    assert ida.created_at.astimezone(BERLIN).date() == date(2024, 3, 1)


def test_a_company_is_made_once_wherever_its_row_stands(session: Session) -> None:
    imported(
        session,
        "customers",
        "name,kind,company,segment\n"
        "Ida Ruiz,person,Ruiz Ltd,\nRuiz Ltd,company,,mining\nTim Ruiz,person,ruiz ltd,\n",
    )
    (ruiz,) = named(session, "Ruiz Ltd")
    assert ruiz.segment == "mining"
    assert {role.person.name for role in ruiz.people} == {"Ida Ruiz", "Tim Ruiz"}


def test_other_peoples_words_are_understood(session: Session, smith: Customer) -> None:
    imported(
        session,
        "interactions",
        "customer,channel,direction\nJohn Smith,Phone,incoming\n"
        "John Smith,WhatsApp,out\nJohn Smith,video call,\nJohn Smith,Website,\n",
    )
    rows = session.scalars(select(Interaction).order_by(Interaction.id)).all()
    assert [(row.channel, row.direction) for row in rows] == [
        (Channel.CALL, Direction.INBOUND),
        (Channel.CHAT, Direction.OUTBOUND),
        (Channel.MEETING, Direction.OUTBOUND),
        (Channel.WEBSITE, Direction.INBOUND),
    ]


def test_preferences_are_typed_and_the_latest_holds(session: Session, smith: Customer) -> None:
    imported(
        session,
        "preferences",
        "customer,preference,stated_on,channel\n"
        "John Smith,prefers phone,2026-11-10,email\nJohn Smith,e-mail,2026-11-03,call\n"
        "John Smith,no fax,2026-11-03,call\nJohn Smith,mornings,2026-11-03,call\n"
        "John Smith,green tea,2026-11-03,call\n",
    )
    held = {one.statement: one for one in preferences.current(session, smith)}
    assert set(held) == {"phone", "no fax", "mornings", "green tea"}
    assert held["phone"].preferred_channel is Channel.CALL
    assert (held["no fax"].polarity, held["no fax"].kind) == (
        Polarity.DISLIKE,
        PreferenceKind.CHANNEL,
    )
    assert held["mornings"].kind is PreferenceKind.TIME
    assert held["green tea"].kind is PreferenceKind.OTHER


def test_a_concern_with_a_resolution_is_resolved(session: Session, smith: Customer) -> None:
    imported(
        session,
        "concerns",
        "customer,concern,raised_on,cause,resolved_on,resolution\n"
        "John Smith,late report,2026-10-05,our fault,2026-10-09,free re-visit\n"
        "John Smith,price too high,2026-10-06,,,\n",
    )
    late, price = session.scalars(select(Concern).order_by(Concern.id)).all()
    assert (late.status, late.cause) == (ConcernStatus.RESOLVED, Cause.US)
    assert (price.status, price.cause) == (ConcernStatus.OPEN, Cause.UNKNOWN)


def test_a_reminder_keeps_the_clock_of_whom_it_reminds(session: Session, pat: Employee) -> None:
    pat.timezone = "Europe/Lisbon"
    imported(
        session,
        "reminders",
        "employee,task,due_at,recurrence\n"
        "Pat Jones,ring the bell,2026-11-24,every monday\n"
        "pat.jones@example.com,feed the cat,2026-11-24T10:00,FREQ=DAILY\n",
    )
    bell, cat = session.scalars(select(Reminder).order_by(Reminder.id)).all()
    assert (bell.due_at, bell.day_only) == (datetime(2026, 11, 24, 9, tzinfo=UTC), True)
    assert next_due(bell, bell.due_at) == datetime(2026, 11, 30, 9, tzinfo=UTC)
    assert (cat.due_at, cat.day_only) == (datetime(2026, 11, 24, 9, tzinfo=UTC), False)
    assert next_due(cat, cat.due_at) == datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "table", "column", "reason"),
    [
        ("customers", "name,email\nIda,ida@\n", "email", ""),
        ("customers", "name,phone\nIda,123\n", "phone", "too few or too many digits"),
        ("customers", "name,phone\nIda,call me\n", "phone", "not a phone number"),
        ("customers", "name,kind\nIda,robot\n", "kind", "not one of person, company"),
        ("customers", "name,owner\nIda,Pat Jonse\n", "owner", "did you mean Pat Jones"),
        ("customers", "name,birthday\nIda,30 Feb 1980\n", "birthday", "not a date"),
        ("customers", "name,segment\n,mining\n", "name", "no name"),
        ("customers", f"name\n{'x' * 201}\n", "name", "longer than 200"),
        ("employees", "email,timezone\nida@example.com,Mars/Base\n", "timezone", "time zone"),
        ("employees", "email,locale\nida@example.com,klingonish\n", "locale", "not a language"),
        ("employees", "email,role\nida@example.com,king\n", "role", "not one of sales"),
        ("employees", "email,name\n,Ida\n", "email", "no e-mail address"),
        ("interactions", "customer,rating\nJohn Smith,6\n", "rating", "from 1 to 5"),
        ("interactions", "customer,channel\nJohn Smith,smoke\n", "channel", "not one of call"),
        ("interactions", "customer\nJohn Smyth\n", "customer", "did you mean John Smith"),
        ("interactions", "customer,employee\nJohn Smith,Omar\n", "employee", "no such colleague"),
        ("preferences", "customer,preference\nJohn Smith,\n", "preference", "no preference"),
        ("concerns", "customer,concern,status,resolved_on\nJohn Smith,x,open,2026-01-01\n",
         "resolved_on", "status is open"),
        ("deals", "reference,stage\nA1,signed maybe\n", "stage", "not one of lead"),
        ("deals", "reference,amount\nA1,-5\n", "amount", "below zero"),
        ("deals", "reference,currency,amount\nA1,EURO,5\n", "currency", "not a currency"),
        ("deals", "reference,product\nA1,Flying carpet\n", "product", "no such product"),
        ("deals", "reference,closed_on\nA1,2026-01-01\n", "stage", "neither won nor lost"),
        ("deals", "reference,stage,closed_on\nA1,lead,2026-01-01\n", "closed_on", "stage is lead"),
        ("deals", "reference,stage,opened_on,closed_on\nA1,won,2026-02-01,2026-01-01\n",
         "closed_on", "before it was opened"),
        ("deals", "reference,amount\n,5\n", "reference", "no reference"),
        ("reminders", "employee,task\nPat Jones,sleep\n", "due_at", "when is it due"),
        ("reminders", "employee,due_at,recurrence\nPat Jones,2026-01-01,sometimes\n",
         "recurrence", "not a recurrence"),
        ("reminders", "employee,due_at,recurrence\nPat Jones,2026-01-01,FREQ=DAILY;BYDAY=XX\n",
         "recurrence", "RFC 5545"),
        ("products", "name,price\nMap,cheap\n", "price", "not an amount"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_told_by_row_column_and_reason(
    session: Session, smith: Customer, kind: str, table: str, column: str, reason: str
) -> None:
    found = reasons(session, kind, table)
    assert list(found) == [(2, column)]
    assert reason in found[2, column]


def test_every_fault_of_a_row_is_told_at_once(session: Session, smith: Customer) -> None:
    table = "customer,at,rating,channel\n,31/11,9,smoke\nJohn Smith,2026-01-01,3,call\n"
    assert set(reasons(session, "interactions", table)) == {
        (2, "customer"),
        (2, "at"),
        (2, "rating"),
        (2, "channel"),
    }


def test_a_customer_of_a_common_name_is_told_by_company_or_address(session: Session) -> None:
    imported(
        session,
        "customers",
        "name,company,email\nAnn Lee,Lee Ltd,ann@lee.example\nAnn Lee,Hill Ltd,\n",
    )
    assert "2 customers are called so" in str(
        reasons(session, "interactions", "customer\nAnn Lee\n")
    )
    imported(
        session,
        "interactions",
        "customer,company,topic\nAnn Lee,Hill Ltd,a\nann@lee.example,,b\nann lee #2,,c\n",
    )
    rows = session.scalars(select(Interaction).order_by(Interaction.topic)).all()
    companies = [row.customer.company.name for row in rows if row.customer.company]
    assert companies == ["Hill Ltd", "Lee Ltd", "Hill Ltd"]


def test_day_first_or_month_first_for_the_whole_file(session: Session, smith: Customer) -> None:
    table = "reference,opened_on\nA1,3/4/2026\n"
    imported(session, "deals", table, day_first=False)
    assert session.scalars(select(Deal.opened_on)).one() == date(2026, 3, 4)
    imported(session, "deals", table.replace("A1", "A2"))
    found = session.scalars(select(Deal.opened_on).where(Deal.reference == "A2")).one()
    assert FIRM.day_first
    assert found == date(2026, 4, 3)


def test_a_name_is_the_same_whatever_its_spaces_and_case(session: Session) -> None:
    met(session, "Ida Ruiz")
    imported(session, "interactions", "customer\n ida   RUIZ \n")
    assert session.scalars(select(Interaction)).one().customer.name == "Ida Ruiz"
