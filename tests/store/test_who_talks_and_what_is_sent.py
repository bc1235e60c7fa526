"""Who talks where, what was seen, and what is to be sent."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from crm_store import campaigns, conversations, delivery, employees, mailbox, teamwork
from crm_store.campaigns import Campaign, CampaignMember, Segment
from crm_store.conversations import Button, Conversation
from crm_store.customers import Customer
from crm_store.database import TABLES, open_store, sessions, upgrade
from crm_store.employees import Employee
from crm_store.mailbox import Outgoing
from crm_store.teamwork import Follow, HandOver
from tests.conftest import DATABASES
from tests.store.conftest import NOW, hired, on_postgres

LATER = NOW + timedelta(hours=1)


def test_a_message_is_seen_once_on_its_channel(session: Session) -> None:
    assert mailbox.seen_first(session, "slack", "Ev01", NOW)
    assert not mailbox.seen_first(session, "slack", "Ev01", LATER)
    assert mailbox.seen_first(session, "telegram", "Ev01", LATER)


def test_an_employee_is_known_by_a_proved_name_on_a_channel(
    session: Session, pat: Employee, omar: Employee
) -> None:
    assert employees.by_identity(session, "slack", "U1", "T1") is None
    identity = employees.identify(session, pat, "slack", "U1", team="T1", at=NOW, address="D1")
    found = employees.by_identity(session, "slack", "U1", "T1")
    assert found is identity
    assert (found.employee, found.address) == (pat, "D1")
    assert employees.by_identity(session, "slack", "U1", "T2") is None

    employees.identify(session, omar, "slack", "U1", team="T1", at=LATER)
    assert identity.employee is omar


def test_an_invitation_is_used_once_and_expires(session: Session, pat: Employee) -> None:
    employees.invite(session, pat, "s3cret", NOW)
    employees.invite(session, pat, "other", NOW)
    assert employees.redeem(session, "wrong", NOW) is None
    assert employees.redeem(session, "s3cret", LATER) is None
    assert employees.redeem(session, "s3cret", NOW + timedelta(minutes=9)) is pat
    assert employees.redeem(session, "s3cret", NOW + timedelta(minutes=9)) is None
    pat.active = False
    assert employees.redeem(session, "other", NOW) is None
    kept = session.scalars(select(employees.InviteCode.code_hash)).all()
    assert "s3cret" not in kept


def test_employees_by_address_and_department(
    session: Session, pat: Employee, omar: Employee
) -> None:
    dieter = hired(session, "Dieter Kranz")
    dieter.department = "Billing"
    dana = hired(session, "Dana Long")
    dana.active = False
    session.flush()
    assert employees.by_email(session, " Pat.Jones@Example.com") is pat
    assert employees.active(session) == [dieter, omar, pat]
    assert employees.of_department(session, "billing") == [dieter]
    assert employees.of_department(session, "Service") == [omar]


def test_a_traveller_reads_the_local_clock(pat: Employee) -> None:
    pat.travel_zone, pat.travel_until = "Europe/Lisbon", LATER
    assert pat.zone_at(NOW) == "Europe/Lisbon"
    assert pat.zone_at(LATER) == "Europe/Berlin"


def test_a_conversation_is_begun_once_for_each_person_there(
    session: Session, pat: Employee, omar: Employee
) -> None:
    mine = conversations.held(session, "telegram", "-100", pat, at=NOW)
    assert conversations.held(session, "telegram", "-100", pat, at=LATER) is mine
    assert conversations.held(session, "telegram", "-100", omar, at=NOW) is not mine
    nobodys = conversations.held(session, "telegram", "-100", None, at=NOW)
    assert conversations.held(session, "telegram", "-100", None, at=NOW) is nobodys
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(Conversation(channel="telegram", address="-100", created_at=NOW))


def test_old_buttons_close(session: Session, pat: Employee) -> None:
    talk = conversations.held(session, "slack", "D1", pat, at=NOW)
    for token, expires in (("a", None), ("b", LATER), ("c", NOW)):
        session.add(
            Button(token=token, conversation=talk, label=token, payload={"act": token},
                   created_at=NOW, expires_at=expires)
        )  # fmt: skip
    session.flush()
    assert [b.token for b in conversations.open_buttons(session, talk, NOW)] == ["a", "b"]
    conversations.close_buttons(session, talk, NOW)
    session.expire_all()
    assert conversations.open_buttons(session, talk, NOW) == []
    pressed = conversations.button(session, "b")
    assert pressed is not None
    assert (pressed.payload, pressed.closed_at) == ({"act": "b"}, NOW)


def sent(session: Session, key: str | None = None, **when: object) -> Outgoing:
    made = Outgoing(channel="slack", address="D1", body={}, due_at=NOW, created_at=NOW, key=key)
    for name, value in when.items():
        setattr(made, name, value)
    session.add(made)
    session.flush()
    return made


def test_the_courier_is_wanted_when_the_next_is_due(session: Session) -> None:
    assert delivery.next_at(session, ["slack"]) is None
    sent(session, sent_at=NOW)
    failed = sent(session, failed_at=NOW)
    sent(session, next_try_at=LATER + timedelta(hours=1))
    sent(session, due_at=NOW + timedelta(minutes=1))
    waiting = sent(session, due_at=LATER, address="D2")
    sent(session, channel="telegram")
    assert delivery.next_at(session, ["slack"]) == LATER
    waiting.sent_at = LATER
    session.flush()
    assert delivery.next_at(session, ["slack"]) == LATER + timedelta(hours=1)
    assert mailbox.undelivered(session) == [failed]


def test_what_goes_to_one_address_goes_in_order(session: Session) -> None:
    second = sent(session, due_at=NOW + timedelta(seconds=1))
    first = sent(session)
    other = sent(session, address="D2", due_at=NOW + timedelta(seconds=2))
    taken = delivery.take(session, ["slack"], LATER, "me")
    assert taken is not None
    assert taken.id == first.id
    delivery.postponed(session, taken, LATER, "busy", attempts=1)
    taken = delivery.take(session, ["slack"], NOW + timedelta(minutes=1), "me")
    assert taken is not None
    assert taken.id == other.id
    delivery.sent(session, taken, "t1", LATER)
    assert delivery.take(session, ["slack"], NOW + timedelta(minutes=1), "me") is None
    taken = delivery.take(session, ["slack"], LATER, "me")
    assert taken is not None
    assert (taken.id, taken.attempts) == (first.id, 1)
    delivery.given_up(session, taken, "gone", LATER, attempts=2)
    taken = delivery.take(session, ["slack"], LATER, "me")
    assert taken is not None
    assert taken.id == second.id


def test_a_delivery_has_its_key_to_itself(session: Session) -> None:
    first = sent(session, key="reminder:1:0:slack")
    assert mailbox.keyed(session, "reminder:1:0:slack") is first
    with pytest.raises(IntegrityError), session.begin_nested():
        sent(session, key="reminder:1:0:slack")


def test_campaigns_have_members_and_days(session: Session, smith: Customer) -> None:
    segment = Segment(name="Quiet realtors", words="realtors", rule={"all": []}, created_at=NOW)
    spring = Campaign(name="Spring Survey", segment=segment, created_at=NOW)
    spring.starts_on = NOW.date()
    session.add(spring)
    session.add(CampaignMember(campaign=spring, customer=smith, added_at=NOW))
    session.flush()
    assert campaigns.campaign_named(session, "spring survey") is spring
    assert campaigns.segment_named(session, "QUIET REALTORS") is segment
    assert campaigns.members(session, spring) == [smith]
    assert campaigns.running(session, NOW.date()) == [spring]
    assert campaigns.running(session, NOW.date() - timedelta(days=1)) == []


def test_followers_and_hand_overs(
    session: Session, smith: Customer, pat: Employee, omar: Employee
) -> None:
    session.add(Follow(customer=smith, employee=omar, since=NOW))
    over = HandOver(customer=smith, from_employee=pat, to_employee=omar, created_at=NOW,
                    effective_at=LATER)  # fmt: skip
    session.add(over)
    session.flush()
    assert teamwork.followers(session, smith) == [omar]
    assert teamwork.effective(session, NOW) == []
    assert teamwork.effective(session, LATER) == [over]


@pytest.fixture(params=DATABASES)
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A committed store that several connections may use at once."""
    if request.param == "sqlite":
        engine = open_store(f"sqlite:///{tmp_path / 'crm.sqlite'}")
        upgrade(engine)
    else:
        engine = open_store(on_postgres(request))
        TABLES.create_all(engine)
    yield engine
    with engine.begin() as connection:
        for table in reversed(TABLES.sorted_tables):
            connection.execute(table.delete())
    engine.dispose()


def test_eight_first_messages_at_once_begin_one_conversation(shared: Engine) -> None:
    opened = sessions(shared)
    ready, failures = threading.Barrier(8), []

    def say(number: int) -> None:
        try:
            with opened() as session, session.begin():
                ready.wait(20)
                mailbox.seen_first(session, "slack", f"Ev{number}", NOW)
                talk = conversations.held(session, "slack", "D1", None, at=NOW)
                talk.misses += 1
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=say, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with opened() as session:
        assert session.scalars(select(Conversation.misses)).one() == 8
        assert session.scalar(select(func.count(mailbox.Received.id))) == 8
