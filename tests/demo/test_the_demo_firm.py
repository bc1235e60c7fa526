"""The demo's firm has the figures and facts that its conversations speak of."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo import FIRM, STARTS, fill
from crm_store import concerns, customers, employees, interactions, pipeline, preferences, reminders
from crm_store.concerns import ConcernStatus
from crm_store.contact import Channel
from crm_store.customers import Customer, Gender, Relation
from crm_store.database import TABLES, open_store
from crm_store.deals import Deal, Stage, StageKind
from crm_store.reminders import Reminder

QUARTER = date(2026, 10, 1)


@pytest.fixture(scope="module")
def firm() -> Iterator[Session]:
    engine = open_store("sqlite://")
    TABLES.create_all(engine)
    fill(engine)
    with Session(engine, expire_on_commit=False) as session:
        yield session
    engine.dispose()


def weighted(deals: list[Deal]) -> Decimal:
    return sum((deal.amount or Decimal(0)) * deal.stage.chance / 100 for deal in deals) or Decimal(
        0
    )


def worth(deals: list[Deal]) -> Decimal:
    return sum((deal.amount or Decimal(0) for deal in deals), Decimal(0))


def the(firm: Session, name: str) -> Customer:
    (found,) = customers.named(firm, name)
    return found


def closed_since(firm: Session, day: date) -> list[Deal]:
    return list(firm.scalars(select(Deal).where(Deal.closed_on >= day).join(Stage)))


def test_seven_colleagues_write_from_their_first_names(firm: Session) -> None:
    emails = {one.email.partition("@")[0]: one for one in employees.active(firm)}
    assert set(emails) == {"pat", "lena", "omar", "dieter", "mia", "priya", "ada"}
    assert emails["omar"].timezone == "Europe/Lisbon"
    assert emails["priya"].timezone == "Europe/London"
    assert emails["ada"].role is employees.Role.ADMIN
    assert emails["priya"].role is employees.Role.MANAGER


def test_the_open_pipeline(firm: Session) -> None:
    deals = pipeline.open_deals(firm)
    assert Counter(deal.stage.name for deal in deals) == {
        "proposal": 1,
        "negotiation": 1,
        "qualified": 1,
    }
    assert worth(deals) == 24_300
    assert weighted(deals) == 14_730
    november = [deal for deal in deals if deal.close_on and deal.close_on.month == 11]
    december = [deal for deal in deals if deal.close_on and deal.close_on.month == 12]
    assert weighted(november) == 2_880
    assert weighted(december) == 11_850


@pytest.mark.parametrize(
    ("email", "value", "expected"),
    [("pat@example.com", 12_300, 5_130), ("lena@example.com", 12_000, 9_600)],
)
def test_the_open_pipeline_of_each_seller(
    firm: Session, email: str, value: int, expected: int
) -> None:
    deals = pipeline.open_deals(firm, owner=employees.by_email(firm, email))
    assert worth(deals) == value
    assert weighted(deals) == expected


def test_the_pipeline_grew_by_one_deal_since_last_wednesday(firm: Session) -> None:
    last_wednesday = date(2026, 11, 11)
    new = [d for d in pipeline.open_deals(firm) if d.opened_on and d.opened_on > last_wednesday]
    assert worth(new) == 7_500


def test_the_quarter_has_four_wins_and_two_losses(firm: Session) -> None:
    closed = closed_since(firm, QUARTER)
    won = [deal for deal in closed if deal.stage.kind is StageKind.WON]
    lost = [deal for deal in closed if deal.stage.kind is StageKind.LOST]
    assert (len(won), len(lost)) == (4, 2)
    assert sorted(d.lost_reason.name for d in lost if d.lost_reason) == ["competitor", "price"]
    this_month = [deal for deal in won if deal.closed_on and deal.closed_on.month == 11]
    assert worth(this_month) == 3_200
    assert pipeline.largest(firm, "EUR") == 12_000


def test_two_smiths_and_a_smyth(firm: Session) -> None:
    john, jane, jon = (the(firm, name) for name in ("John Smith", "Jane Smith", "Jon Smyth"))
    assert (john.gender, jane.gender) == (Gender.MALE, Gender.FEMALE)
    assert john.company is the(firm, "Harbor Realty")
    assert jane.company is the(firm, "Smith & Sons Ltd")
    assert jon.company is None
    last = [interactions.last_contact(firm, one) for one in (john, jane, jon)]
    days = [one.happened_at.astimezone(FIRM.zone).date() for one in last if one]
    assert days == [date(2026, 11, 12), date(2026, 11, 10), date(2026, 9, 2)]
    assert john.owner is jane.owner is employees.by_email(firm, "pat@example.com")


def test_what_the_smiths_prefer(firm: Session) -> None:
    john = preferences.liked_channel(firm, the(firm, "John Smith"))
    jane = preferences.liked_channel(firm, the(firm, "Jane Smith"))
    assert john is not None
    assert john.preferred_channel is Channel.EMAIL
    assert (john.channel, john.employee and john.employee.name) == (Channel.CALL, "Pat Jones")
    assert jane is not None
    assert jane.preferred_channel is Channel.CALL
    assert [one.statement for one in preferences.current(firm, the(firm, "Jane Smith"))] == [
        "mornings",
        "phone",
    ]


def test_open_concerns_and_two_others_with_johns(firm: Session) -> None:
    (johns,) = concerns.open_for(firm, the(firm, "John Smith"))
    october = datetime(2026, 10, 1, tzinfo=FIRM.zone)
    others = {one.customer.name for one in concerns.others_said(firm, johns, since=october)}
    assert others == {"Maria Schmidt", "Ana Müller"}
    (janes,) = concerns.open_for(firm, the(firm, "Jane Smith"))
    assert janes.statement == "price too high"
    marias = concerns.of(firm, the(firm, "Maria Schmidt"))
    assert {(one.statement, one.status) for one in marias} >= {
        ("late delivery", ConcernStatus.RESOLVED),
        ("invoice error", ConcernStatus.OPEN),
    }


def test_nordlicht_bought_every_spring_for_four_years(firm: Session) -> None:
    nordlicht = the(firm, "Nordlicht GmbH")
    won = [d for d in pipeline.deals_of(firm, nordlicht) if d.stage.kind is StageKind.WON]
    assert len(won) == 6
    assert worth(won) == 61_000
    assert {deal.closed_on.year for deal in won if deal.closed_on} == {2023, 2024, 2025, 2026}
    assert STARTS.year - nordlicht.created_at.year == 4


def test_the_vendor_is_no_customer(firm: Session) -> None:
    acme, tom = the(firm, "Acme Supplies"), the(firm, "Tom Reed")
    assert acme.relation is tom.relation is Relation.VENDOR
    assert tom.company is acme


def test_everything_happened_before_the_demo_begins(firm: Session) -> None:
    latest = max(one.happened_at for one in firm.scalars(select(interactions.Interaction)))
    assert latest < STARTS.astimezone(UTC)
    pat = employees.by_email(firm, "pat@example.com")
    assert pat is not None
    assert [one.task for one in reminders.overdue(firm, pat, STARTS.astimezone(UTC))] == [
        "send Ana the sample report"
    ]
    assert all(one.delivered_at is None for one in firm.scalars(select(Reminder)))
