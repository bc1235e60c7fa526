"""An amendment changes the rows that the message wrote; undo brings the previous version back."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm_store import ledger
from crm_store.contact import Channel
from crm_store.customers import Customer
from crm_store.deeds import Change, Deed, Operation
from crm_store.employees import Employee
from crm_store.interactions import Interaction
from crm_store.preferences import Preference
from crm_store.reminders import Reminder
from tests.store.conftest import NOW, met

TOMORROW = NOW + timedelta(days=1)


def logs(
    session: Session,
    pat: Employee,
    customer: Customer,
    *,
    happened_at: datetime = NOW,
    topic: str = "pricing",
) -> Interaction:
    call = Interaction(
        customer=customer,
        employee=pat,
        channel=Channel.CALL,
        happened_at=happened_at,
        topic=topic,
        created_at=NOW,
    )
    session.add(call)
    session.flush()
    return call


def reminds(session: Session, pat: Employee, customer: Customer, due_at: datetime) -> Reminder:
    reminder = Reminder(
        task="follow up",
        customer=customer,
        employee=pat,
        due_at=due_at,
        zone="Europe/Berlin",
        created_at=NOW,
    )
    session.add(reminder)
    session.flush()
    return reminder


def message(session: Session, pat: Employee, smith: Customer) -> tuple[Deed, int, int]:
    """'log call with Smith, he prefers email, follow up tomorrow': a deed of three effects."""
    deed = ledger.record(session, employee=pat, at=NOW, message_id="m1")
    with ledger.effect(session, 1, "log_interaction", {"topic": "pricing"}):
        call = logs(session, pat, smith)
    with ledger.effect(session, 2, "add_preference", {"preference": "email"}):
        session.add(
            Preference(customer=smith, statement="email", stated_at=NOW, interaction_id=call.id)
        )
    with ledger.effect(session, 3, "set_reminder", {"task": "follow up"}):
        reminder = reminds(session, pat, smith, TOMORROW)
    ledger.close(session)
    return deed, call.id, reminder.id


def amend(
    session: Session, pat: Employee, smith: Customer, deed: Deed, happened_at: datetime
) -> Deed:
    """'the call was yesterday'."""
    amended = ledger.record(session, employee=pat, at=NOW, replaces=deed)
    ledger.withdraw(session, deed, 1)
    with ledger.effect(session, 1, "log_interaction", {"topic": "pricing", "when": "yesterday"}):
        logs(session, pat, smith, happened_at=happened_at)
    ledger.close(session)
    return amended


def call_of(session: Session, call_id: int) -> Interaction:
    return session.get_one(Interaction, call_id, populate_existing=True)


YESTERDAY = NOW - timedelta(days=1)


def test_an_amended_call_is_the_same_row(session: Session, pat: Employee, smith: Customer) -> None:
    deed, call_id, _ = message(session, pat, smith)

    amended = amend(session, pat, smith, deed, YESTERDAY)

    assert session.scalar(select(func.count(Interaction.id))) == 1
    assert call_of(session, call_id).happened_at == YESTERDAY
    (change,) = session.scalars(select(Change).where(Change.deed_id == amended.id))
    assert (change.operation, change.row_id) == (Operation.UPDATE, call_id)
    assert change.before == {"happened_at": NOW.isoformat()}
    assert change.after == {"happened_at": YESTERDAY.isoformat()}
    assert not change.withdrawn


def test_undo_of_an_amendment_brings_the_previous_version_back(
    session: Session, pat: Employee, smith: Customer
) -> None:
    deed, call_id, reminder_id = message(session, pat, smith)
    amended = amend(session, pat, smith, deed, YESTERDAY)
    assert ledger.last(session, pat) == amended

    undone = ledger.undo(session, amended, employee=pat, at=NOW)

    assert call_of(session, call_id).happened_at == NOW
    assert session.get(Reminder, reminder_id) is not None
    assert ledger.last(session, pat) == deed
    ledger.redo(session, undone, employee=pat, at=NOW)
    assert call_of(session, call_id).happened_at == YESTERDAY
    assert ledger.last(session, pat) == amended


def test_a_second_amendment_still_changes_the_same_row(
    session: Session, pat: Employee, smith: Customer
) -> None:
    deed, call_id, _ = message(session, pat, smith)
    once = amend(session, pat, smith, deed, YESTERDAY)
    twice = amend(session, pat, smith, once, YESTERDAY - timedelta(days=1))
    assert call_of(session, call_id).happened_at == YESTERDAY - timedelta(days=1)

    ledger.undo(session, twice, employee=pat, at=NOW)
    assert call_of(session, call_id).happened_at == YESTERDAY
    ledger.undo(session, once, employee=pat, at=NOW)
    assert call_of(session, call_id).happened_at == NOW
    ledger.undo(session, deed, employee=pat, at=NOW)
    assert session.scalar(select(func.count(Interaction.id))) == 0


def test_an_amendment_after_an_undone_one_starts_from_what_is_in_force(
    session: Session, pat: Employee, smith: Customer
) -> None:
    deed, call_id, _ = message(session, pat, smith)
    once = amend(session, pat, smith, deed, YESTERDAY)
    ledger.undo(session, once, employee=pat, at=NOW)

    amend(session, pat, smith, deed, TOMORROW)

    assert call_of(session, call_id).happened_at == TOMORROW
    assert session.scalar(select(func.count(Interaction.id))) == 1


def test_undo_all_of_the_first_message_takes_its_amendments_with_it(
    session: Session, pat: Employee, smith: Customer
) -> None:
    deed, _, _ = message(session, pat, smith)
    amend(session, pat, smith, deed, YESTERDAY)

    undone = ledger.undo(session, deed, employee=pat, at=NOW)

    for table in (Interaction, Preference, Reminder):
        assert session.scalar(select(func.count(table.id))) == 0
    assert ledger.last(session, pat) is None
    ledger.redo(session, undone, employee=pat, at=NOW)
    assert session.scalars(select(Interaction.happened_at)).one() == YESTERDAY
    assert session.scalar(select(func.count(Reminder.id))) == 1


def test_an_edited_message_done_anew_keeps_every_row(
    session: Session, pat: Employee, smith: Customer
) -> None:
    deed, call_id, reminder_id = message(session, pat, smith)
    preference_id = session.scalars(select(Preference.id)).one()

    edit = ledger.record(session, employee=pat, at=NOW, kind="edit", replaces=deed)
    ledger.withdraw(session, deed)
    with ledger.effect(session, 1, "log_interaction", {}):
        call = logs(session, pat, smith, topic="pricing and drainage")
    with ledger.effect(session, 2, "add_preference", {}):
        session.add(
            Preference(customer=smith, statement="email", stated_at=NOW, interaction_id=call.id)
        )
    with ledger.effect(session, 3, "set_reminder", {}):
        reminder = reminds(session, pat, smith, TOMORROW)
    ledger.close(session)

    assert (call.id, reminder.id) == (call_id, reminder_id)
    assert session.scalars(select(Preference.id)).one() == preference_id
    (change,) = session.scalars(select(Change).where(Change.deed_id == edit.id))
    assert change.after == {"topic": "pricing and drainage"}
    ledger.undo(session, edit, employee=pat, at=NOW)
    assert call_of(session, call_id).topic == "pricing"


def test_an_edit_that_says_less_removes_what_is_no_longer_said(
    session: Session, pat: Employee, smith: Customer
) -> None:
    deed, call_id, reminder_id = message(session, pat, smith)
    edit = ledger.record(session, employee=pat, at=NOW, kind="edit", replaces=deed)
    ledger.withdraw(session, deed)
    with ledger.effect(session, 1, "log_interaction", {}):
        logs(session, pat, smith)
    ledger.close(session)

    assert session.get(Reminder, reminder_id) is None
    assert session.scalar(select(func.count(Preference.id))) == 0
    assert [made.intent for made in ledger.effects_of(session, deed)] == ["log_interaction"]
    ledger.undo(session, edit, employee=pat, at=NOW)
    assert session.get_one(Reminder, reminder_id).due_at == TOMORROW
    assert session.scalars(select(Preference.interaction_id)).one() == call_id


def test_the_wrong_customer_is_put_right_in_place(
    session: Session, pat: Employee, smith: Customer
) -> None:
    jane = met(session, "Jane Smith", owner=pat)
    deed, call_id, _ = message(session, pat, smith)

    ledger.record(session, employee=pat, at=NOW, replaces=deed)
    ledger.withdraw(session, deed, 1)
    with ledger.effect(session, 1, "log_interaction", {}):
        logs(session, pat, jane)
    ledger.close(session)

    assert call_of(session, call_id).customer_id == jane.id


def test_effects_in_force_are_those_of_the_newest_amendment(
    session: Session, pat: Employee, smith: Customer
) -> None:
    deed, _, _ = message(session, pat, smith)
    amended = amend(session, pat, smith, deed, YESTERDAY)

    found = ledger.effects_of(session, deed)

    assert [made.intent for made in found] == ["log_interaction", "add_preference", "set_reminder"]
    assert found[0].values == {"topic": "pricing", "when": "yesterday"}
    ledger.undo(session, amended, employee=pat, at=NOW)
    assert ledger.effects_of(session, deed)[0].values == {"topic": "pricing"}


def test_an_amendment_that_removes_what_others_use_is_refused(
    session: Session, pat: Employee, smith: Customer
) -> None:
    deed, _, _ = message(session, pat, smith)
    ledger.record(session, employee=pat, at=NOW, replaces=deed)
    ledger.withdraw(session, deed, 1)

    with pytest.raises(ledger.Conflict) as refused:
        ledger.close(session)

    assert (refused.value.reason, refused.value.table) == (ledger.Reason.USED, "preferences")


def test_an_act_given_up_inside_an_amendment_leaves_the_ids_free(
    session: Session, pat: Employee, smith: Customer
) -> None:
    deed, call_id, _ = message(session, pat, smith)
    ledger.record(session, employee=pat, at=NOW, replaces=deed)
    ledger.withdraw(session, deed, 1)
    given_up = session.begin_nested()
    assert logs(session, pat, smith, topic="lost").id == call_id
    given_up.rollback()

    with ledger.effect(session, 1, "log_interaction", {}):
        assert logs(session, pat, smith, topic="kept").id == call_id
    ledger.close(session)
