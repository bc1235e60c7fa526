"""Undo never destroys later work; the history tells who changed what, and outlives people."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from crm_store import ledger, search
from crm_store.addresses import Phone, add_phone
from crm_store.contact import Channel
from crm_store.customers import Customer
from crm_store.deeds import Change, Deed, DeedKind
from crm_store.employees import Employee
from crm_store.interactions import Interaction
from crm_store.ledger import Conflict, Reason
from crm_store.reminders import Reminder
from crm_store.rows import Recorded
from tests.store.conftest import NOW, hired, met

Act = Callable[[], object]


def done(session: Session, employee: Employee, act: Act, at: datetime = NOW) -> Deed:
    ledger.record(session, employee=employee, at=at)
    act()
    deed = ledger.close(session)
    assert deed is not None
    return deed


def test_a_row_changed_since_is_not_undone(
    session: Session, pat: Employee, omar: Employee, smith: Customer
) -> None:
    deed = done(session, pat, lambda: setattr(smith, "region", "north"))
    later = NOW + timedelta(hours=1)
    done(session, omar, lambda: setattr(smith, "region", "south"), at=later)

    with pytest.raises(Conflict) as refused:
        ledger.undo(session, deed, employee=pat, at=later)

    conflict = refused.value
    assert (conflict.reason, conflict.table, conflict.row_id) == (
        Reason.CHANGED,
        "customers",
        smith.id,
    )
    assert (conflict.fields, conflict.who, conflict.at) == (("region",), "Omar Haddad", later)
    assert smith.region == "south"


def test_another_field_changed_since_does_not_matter(
    session: Session, pat: Employee, omar: Employee, smith: Customer
) -> None:
    deed = done(session, pat, lambda: setattr(smith, "region", "north"))
    done(session, omar, lambda: setattr(smith, "segment", "retail"))
    ledger.undo(session, deed, employee=pat, at=NOW)
    assert (smith.region, smith.segment) == (None, "retail")


def test_a_new_customer_whom_others_already_use_stays(
    session: Session, pat: Employee, omar: Employee
) -> None:
    deed = done(session, pat, lambda: met(session, "Karla Brandt", owner=pat))
    karla = session.scalars(select(Customer)).one()

    def call() -> None:
        session.add(
            Interaction(
                customer=karla,
                employee=omar,
                channel=Channel.CALL,
                happened_at=NOW,
                created_at=NOW,
            )
        )

    done(session, omar, call)
    with pytest.raises(Conflict) as refused:
        ledger.undo(session, deed, employee=pat, at=NOW)
    conflict = refused.value
    assert (conflict.reason, conflict.table) == (Reason.USED, "interactions")
    assert conflict.who == "Omar Haddad"
    assert session.scalar(select(func.count(Customer.id))) == 1


def test_a_row_removed_since_cannot_be_changed_back(
    session: Session, pat: Employee, omar: Employee, smith: Customer
) -> None:
    phone = add_phone(session, smith, "030 5550123", "DE")
    deed = done(session, pat, lambda: setattr(phone, "label", "home"))
    done(session, omar, lambda: smith.phones.remove(phone))
    with pytest.raises(Conflict) as refused:
        ledger.undo(session, deed, employee=pat, at=NOW)
    assert (refused.value.reason, refused.value.who) == (Reason.GONE, "Omar Haddad")


def test_what_was_removed_cannot_come_back_to_a_customer_who_is_gone(
    session: Session, pat: Employee, omar: Employee, smith: Customer
) -> None:
    add_phone(session, smith, "030 5550123", "DE")
    deed = done(session, pat, lambda: smith.phones.clear())
    done(session, omar, lambda: session.delete(smith))
    with pytest.raises(Conflict) as refused:
        ledger.undo(session, deed, employee=pat, at=NOW)
    assert (refused.value.reason, refused.value.table) == (Reason.GONE, "customers")


def test_a_unique_value_given_away_since_is_not_taken_back(
    session: Session, pat: Employee, omar: Employee
) -> None:
    lena = hired(session, "Lena Vogt")
    deed = done(session, pat, lambda: setattr(lena, "email", "lv@example.com"))
    done(session, omar, lambda: hired(session, "Lena Vogt"))
    with pytest.raises(Conflict) as refused:
        ledger.undo(session, deed, employee=pat, at=NOW)
    assert refused.value.reason is Reason.TAKEN
    assert lena.email == "lv@example.com"


def test_a_refused_undo_leaves_no_trace_and_the_session_works_on(
    session: Session, pat: Employee, omar: Employee, smith: Customer
) -> None:
    deed = done(session, pat, lambda: setattr(smith, "region", "north"))
    done(session, omar, lambda: setattr(smith, "region", "south"))
    before = session.scalar(select(func.count(Deed.id)))
    with pytest.raises(Conflict):
        ledger.undo(session, deed, employee=pat, at=NOW)
    assert session.scalar(select(func.count(Deed.id))) == before
    done(session, pat, lambda: setattr(smith, "region", "east"))
    assert smith.region == "east"


def test_what_is_undone_is_not_undone_again(
    session: Session, pat: Employee, smith: Customer
) -> None:
    deed = done(session, pat, lambda: setattr(smith, "region", "north"))
    ledger.undo(session, deed, employee=pat, at=NOW)
    with pytest.raises(ledger.AlreadyUndone):
        ledger.undo(session, deed, employee=pat, at=NOW)


def test_that_a_reminder_was_told_does_not_hinder_undo(
    session: Session, pat: Employee, smith: Customer
) -> None:
    reminder = Reminder(
        task="call", customer=smith, employee=pat, due_at=NOW, zone="UTC", created_at=NOW
    )
    deed = done(session, pat, lambda: session.add(reminder))
    reminder.delivered_at = NOW
    session.flush()

    undone = ledger.undo(session, deed, employee=pat, at=NOW)
    assert session.scalar(select(func.count(Reminder.id))) == 0
    ledger.redo(session, undone, employee=pat, at=NOW)
    assert session.scalars(select(Reminder.delivered_at)).one() == NOW


def two_effects(session: Session, pat: Employee, smith: Customer) -> Deed:
    deed = ledger.record(session, employee=pat, at=NOW)
    with ledger.effect(session, 1, "update_customer", {"field": "region"}):
        smith.region = "north"
    with ledger.effect(session, 2, "update_customer", {"field": "phone"}):
        add_phone(session, smith, "0171 5550199", "DE")
    ledger.close(session)
    return deed


def test_one_effect_is_undone_alone(session: Session, pat: Employee, smith: Customer) -> None:
    deed = two_effects(session, pat, smith)
    undone = ledger.undo(session, deed, employee=pat, at=NOW, effect=2)
    assert smith.phones == []
    assert ledger.last(session, pat) == deed

    ledger.undo(session, deed, employee=pat, at=NOW)
    assert smith.region is None
    assert ledger.last(session, pat) is None

    rest = ledger.last_undone(session, pat)
    assert rest is not None
    ledger.redo(session, rest, employee=pat, at=NOW)
    assert session.scalars(select(Customer.region)).one() == "north"
    assert smith.phones == []
    ledger.redo(session, undone, employee=pat, at=NOW)
    assert [phone.number for phone in smith.phones] == ["+491715550199"]


def test_undoing_each_effect_undoes_the_deed(
    session: Session, pat: Employee, smith: Customer
) -> None:
    deed = two_effects(session, pat, smith)
    ledger.undo(session, deed, employee=pat, at=NOW, effect=1)
    ledger.undo(session, deed, employee=pat, at=NOW, effect=2)
    assert deed.undone_by_id is not None
    assert ledger.last(session, pat) is None


def test_undo_twice_and_redo_twice(session: Session, pat: Employee, smith: Customer) -> None:
    for region in ("north", "south"):
        done(session, pat, lambda region=region: setattr(smith, "region", region))  # type: ignore[misc]
    for left in ("north", None):
        deed = ledger.last(session, pat)
        assert deed is not None
        ledger.undo(session, deed, employee=pat, at=NOW)
        assert smith.region == left
    for again in ("north", "south"):
        undone = ledger.last_undone(session, pat)
        assert undone is not None
        ledger.redo(session, undone, employee=pat, at=NOW)
        assert smith.region == again


def test_something_new_ends_the_chance_to_redo(
    session: Session, pat: Employee, omar: Employee, smith: Customer
) -> None:
    deed = done(session, pat, lambda: setattr(smith, "region", "north"))
    undone = ledger.undo(session, deed, employee=pat, at=NOW)
    done(session, omar, lambda: setattr(smith, "segment", "retail"))
    assert ledger.last_undone(session, pat) == undone
    done(session, pat, lambda: setattr(smith, "region", "south"))
    assert ledger.last_undone(session, pat) is None


def test_everybody_undoes_their_own_last(
    session: Session, pat: Employee, omar: Employee, smith: Customer
) -> None:
    mine = done(session, pat, lambda: setattr(smith, "region", "north"))
    done(session, omar, lambda: setattr(smith, "segment", "retail"))
    assert ledger.last(session, pat) == mine


def test_a_message_that_changed_nothing_leaves_no_deed(session: Session, pat: Employee) -> None:
    ledger.record(session, employee=pat, at=NOW)
    with ledger.effect(session, 1, "get_history", {}):
        session.scalars(select(Customer)).all()
    assert ledger.close(session) is None
    assert session.scalar(select(func.count(Deed.id))) == 0


def test_bulk_statements_cannot_slip_past_an_open_deed(session: Session, pat: Employee) -> None:
    ledger.record(session, employee=pat, at=NOW)
    with pytest.raises(ledger.BypassesLedger):
        session.execute(insert(Customer), [{"name": "X", "created_at": NOW}])


def test_a_clause_given_up_leaves_no_changes_and_the_rest_counts(
    session: Session, pat: Employee, smith: Customer
) -> None:
    ledger.record(session, employee=pat, at=NOW)
    smith.region = "north"
    given_up = session.begin_nested()
    smith.segment = "retail"
    session.flush()
    given_up.rollback()
    deed = ledger.close(session)
    assert deed is not None
    (change,) = session.scalars(select(Change).where(Change.deed_id == deed.id))
    assert change.after == {"region": "north"}


def test_who_changed_smiths_phone(
    session: Session, pat: Employee, omar: Employee, smith: Customer
) -> None:
    done(session, pat, lambda: add_phone(session, smith, "030 5550123", "DE"))
    later = NOW + timedelta(days=2)
    (phone,) = smith.phones
    done(session, omar, lambda: setattr(phone, "number", "+49305550124"), at=later)
    done(session, omar, lambda: setattr(smith, "region", "north"), at=later)

    told = [
        (change.who, change.at, change.before, change.after)
        for change in ledger.changes_of(session, smith, field="phone")
    ]

    assert told == [
        ("Pat Jones", NOW, None, "+49305550123"),
        ("Omar Haddad", later, "+49305550123", "+49305550124"),
    ]
    assert len(ledger.changes_of(session, smith, field="phone", since=later)) == 1
    (region,) = ledger.changes_of(session, smith, field="region")
    assert (region.before, region.after) == (None, "north")


def test_the_history_of_a_deal_has_real_values_and_outlives_its_people(
    session: Session, pat: Employee, smith: Customer
) -> None:
    call = Interaction(
        customer=smith,
        channel=Channel.CALL,
        happened_at=datetime(2026, 11, 3, 9, tzinfo=UTC),
        amount=Decimal("2900.50"),
        created_at=NOW,
    )
    done(session, pat, lambda: session.add(call))
    done(session, pat, lambda: setattr(call, "amount", Decimal("3000")))
    pat.name = "Somebody Else"
    session.flush()

    *_, change = ledger.changes_of(session, call, field="amount")
    assert (change.before, change.after) == (Decimal("2900.50"), Decimal("3000.00"))
    assert (change.who, change.kind) == ("Pat Jones", DeedKind.MESSAGE)
    first = {made.field: made.after for made in ledger.changes_of(session, call)[:20]}
    assert first["happened_at"] == datetime(2026, 11, 3, 9, tzinfo=UTC)
    assert first["channel"] is Channel.CALL


def test_children_of_a_removed_customer_are_still_about_it(
    session: Session, pat: Employee, smith: Customer
) -> None:
    add_phone(session, smith, "030 5550123", "DE")
    smith_id = smith.id
    deed = done(session, pat, lambda: session.delete(smith))
    subjects = session.scalars(select(Change.subject_id).where(Change.deed_id == deed.id))
    assert set(subjects) == {smith_id}
    ledger.undo(session, deed, employee=pat, at=NOW)
    assert session.scalars(select(Phone.customer_id)).one() == smith_id


def test_a_deed_begun_in_a_savepoint_goes_with_it(
    session: Session, pat: Employee, smith: Customer
) -> None:
    given_up = session.begin_nested()
    ledger.record(session, employee=pat, at=NOW)
    smith.region = "north"
    session.flush()
    given_up.rollback()
    with pytest.raises(ledger.NoOpenDeed):
        ledger.close(session)


def test_a_deed_begun_in_a_savepoint_that_is_kept_goes_on(
    session: Session, pat: Employee, smith: Customer
) -> None:
    with session.begin_nested():
        ledger.record(session, employee=pat, at=NOW)
    smith.region = "north"
    deed = ledger.close(session)
    assert deed is not None
    assert [change.field for change in ledger.changes_of(session, smith)] == ["region"]


def test_a_deed_ends_with_its_transaction(session: Session, pat: Employee, smith: Customer) -> None:
    ledger.record(session, employee=pat, at=NOW)
    smith.region = "north"
    session.commit()
    with pytest.raises(ledger.NoOpenDeed):
        ledger.close(session)
    assert ledger.last(session, pat) is not None


def test_objects_may_leave_the_session_while_a_deed_is_open(
    session: Session, pat: Employee
) -> None:
    ledger.record(session, employee=pat, at=NOW, kind="import")
    for name in ("Ann Lee", "Bo Lim"):
        met(session, name)
        session.expunge_all()
    deed = ledger.close(session)
    assert deed is not None
    ledger.undo(session, deed, employee=session.get_one(Employee, pat.id), at=NOW)
    assert session.scalar(select(func.count(Customer.id))) == 0


def test_whoever_keeps_an_index_hears_what_undo_wrote(
    session: Session, pat: Employee, smith: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[str, list[int]]] = []
    monkeypatch.setattr(
        Recorded, "on_restored", [lambda _, table, ids: heard.append((table.name, list(ids)))]
    )
    deed = done(session, pat, lambda: setattr(smith, "name", "Jon Smith"))
    assert heard == []
    ledger.undo(session, deed, employee=pat, at=NOW)
    assert heard == [("customers", [smith.id])]


def test_search_follows_undo_and_redo(session: Session, pat: Employee) -> None:
    def called(name: str) -> list[str]:
        return [match.name for match in search.find(session, name, now=NOW).matches]

    deed = done(session, pat, lambda: met(session, "Karla Brandt", owner=pat))
    assert called("karla brandt") == ["Karla Brandt"]
    undone = ledger.undo(session, deed, employee=pat, at=NOW)
    assert called("karla brandt") == []
    ledger.redo(session, undone, employee=pat, at=NOW)
    assert called("karla brandt") == ["Karla Brandt"]
