"""Several wishes in one message, evidence in a pronoun, corrections, undo and redo."""

from datetime import datetime

import pytest
from sqlalchemy import func, select

from crm_store.customers import Customer
from crm_store.deeds import Deed
from crm_store.employees import Employee
from crm_store.interactions import Interaction
from crm_store.preferences import Preference
from crm_store.reminders import Reminder
from tests.conversations.chat import BERLIN, Chat, holds, lacks


def rows(chat: Chat, kind: type) -> int:
    with chat.store() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def newest(chat: Chat, kind: type[Interaction]) -> Interaction:
    with chat.store() as session:
        return session.scalars(select(kind).order_by(kind.created_at.desc())).first() or kind()


def reminder(chat: Chat) -> Reminder:
    with chat.store() as session:
        return session.scalars(select(Reminder).order_by(Reminder.id.desc()).limit(1)).one()


def local(moment: datetime) -> datetime:
    return moment.astimezone(BERLIN)


def test_one_message_three_effects_and_he_tells_which_smith(chat: Chat) -> None:
    preferences = rows(chat, Preference)
    said = chat.says("log call with Smith about pricing, he prefers email, follow up next Tuesday")
    holds(said, "John Smith", "Harbor Realty", "pricing", "e-mail", "already on file", "Tue 24 Nov")
    holds(said, "09:00", "Berlin", "Jane Smith is the other match", "[Switch to Jane", "[Undo all]")
    holds(said, "Still open with John Smith", "form")
    assert rows(chat, Preference) == preferences
    assert local(reminder(chat).due_at) == datetime(2026, 11, 24, 9, tzinfo=BERLIN)
    with chat.store() as session:
        deed = session.scalars(select(Deed).order_by(Deed.id.desc())).first()
        assert deed is not None
        assert [effect.intent for effect in deed.effects] == [
            "log_interaction",
            "add_preference",
            "set_reminder",
        ]


def test_corrections_move_the_same_rows_and_undo_takes_back_the_last(chat: Chat) -> None:
    chat.says("log call with Smith about pricing, he prefers email, follow up next Tuesday")
    interactions, reminders = rows(chat, Interaction), rows(chat, Reminder)
    holds(chat.says("no, make that thursday"), "Thu 26 Nov, 09:00")
    holds(chat.says("and the call was yesterday"), "Tue 17 Nov")
    assert local(reminder(chat).due_at).day == 26
    assert (rows(chat, Interaction), rows(chat, Reminder)) == (interactions, reminders)
    holds(chat.says("undo"), "Undone", "[Redo]", "[Undo one more]")
    with chat.store() as session:
        call = session.scalars(select(Interaction).order_by(Interaction.id.desc())).first()
        assert call is not None
        assert local(call.happened_at).day == 18
    assert local(reminder(chat).due_at).day == 26
    holds(chat.says("redo"), "Redone")
    with chat.store() as session:
        call = session.scalars(select(Interaction).order_by(Interaction.id.desc())).first()
        assert call is not None
        assert local(call.happened_at).day == 17
        mine = session.scalars(
            select(Deed).join(Employee).where(Employee.email == "pat@example.com")
        ).all()
    assert len(mine) == 5


def test_switch_to_the_other_smith(chat: Chat) -> None:
    chat.says("log call with Smith about pricing, he prefers email, follow up next Tuesday")
    holds(chat.presses("Switch to Jane"), "Jane Smith")
    with chat.store() as session:
        call = session.scalars(select(Interaction).order_by(Interaction.id.desc())).first()
        assert call is not None
        assert call.customer.name == "Jane Smith"


def test_undo_all_leaves_nothing_of_a_new_customer(chat: Chat) -> None:
    before = (rows(chat, Customer), rows(chat, Interaction), rows(chat, Reminder))
    said = chat.says(
        "met w karla brandt frm Brandt Logistik, intrested in 2 surveys, call her tmrw 9"
    )
    holds(said, "Brandt", "Create")
    assert (rows(chat, Customer), rows(chat, Interaction), rows(chat, Reminder)) == before
    said = chat.says("yes")
    holds(said, "Karla Brandt", "Brandt Logistik", "prospect", "Thu 19 Nov, 09:00", "meeting")
    assert rows(chat, Customer) == before[0] + 2
    holds(chat.says("her numbr is 0171 5550199"), "+49 171 5550199")
    chat.says("undo")
    chat.says("undo")
    assert (rows(chat, Customer), rows(chat, Interaction), rows(chat, Reminder)) == before


def test_an_age_is_an_estimate_and_an_occupation_is_stated(chat: Chat) -> None:
    chat.says("met w karla brandt frm Brandt Logistik")
    chat.says("yes")
    said = chat.says("shes around 40")
    holds(said, "35-44", "estimate")
    lacks(chat.says("what is karla's occupation?"), "estimate")


def test_the_yes_binds_to_the_proposal_that_was_shown(chat: Chat) -> None:
    chat.says("met petra lange from Lange Druck")
    token = chat.everything[-1].buttons["Create and save"]
    chat.says("what did Jane Smith complain about?")
    holds(chat.says("", pressed=token), "closed")
    assert "Petra" not in _names(chat)


def test_a_message_delivered_twice_acts_once(chat: Chat) -> None:
    before = rows(chat, Interaction)
    chat.says("log call with Ana Müller about the fence", external_id="again")
    with pytest.raises(AssertionError, match="no answer"):
        chat.says("log call with Ana Müller about the fence", external_id="again")
    assert rows(chat, Interaction) == before + 1


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("emailed Maria Schmidt the revised offer", "email"),
        ("just got off the phone with maria schmidt", "call"),
        ("popped in at Nordlicht this morning", "visit"),
        ("whatsapp from ana müller about the survey", "chat"),
    ],
)
def test_channels_as_people_say_them(chat: Chat, text: str, channel: str) -> None:
    chat.says(text)
    with chat.store() as session:
        entry = session.scalars(select(Interaction).order_by(Interaction.id.desc())).first()
        assert entry is not None
        assert entry.channel.value == channel


def test_what_it_was_is_corrected(chat: Chat) -> None:
    chat.says("log call with Ana Müller about the fence")
    holds(chat.says("actually it was an email"), "e-mail")
    holds(chat.says("no, Maria Schmidt"), "Maria Schmidt")


def _names(chat: Chat) -> list[str]:
    with chat.store() as session:
        return list(session.scalars(select(Customer.name)))
