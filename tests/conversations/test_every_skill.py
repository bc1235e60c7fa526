"""The rules for every skill: help, questions, examples, undo, cancel."""

from typing import Any

import pytest
from sqlalchemy import Column, select

from crm_store import pipeline
from crm_store.customers import Customer
from crm_store.database import TABLES
from crm_store.deals import Deal
from crm_store.employees import Employee
from crm_store.rows import Recorded
from skills import all_skills
from skills.kit import Skill
from tests.conversations.chat import START, Chat, holds


def _shown(value: Skill | str) -> str:
    return value.intent if isinstance(value, Skill) else value[:30]


SKILLS = list(all_skills().values())
EXAMPLES = [(skill, *example) for skill in SKILLS for example in skill.examples]
WRITES = [example for example in EXAMPLES if example[0].does == "write"]


@pytest.fixture
def rossi(chat: Chat) -> Chat:
    """The customer of the examples, who is nobody in the demo, with a deal."""
    with chat.app.sessions.begin() as session:
        pat = session.scalars(select(Employee).where(Employee.email == chat.me)).one()
        bianca = Customer(name="Bianca Rossi", owner=pat, created_at=START)
        stage = pipeline.stages(session)[0]
        session.add_all(
            [bianca, Deal(name="Rossi survey", customer=bianca, stage=stage, created_at=START)]
        )
    return chat


def dump(chat: Chat) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that the ledger records."""
    recorded = sorted(kind.__tablename__ for kind in _recorded(Recorded))
    with chat.store() as session:
        return {
            name: [tuple(row) for row in session.execute(select(*_kept(name)).order_by("id"))]
            for name in recorded
        }


def _kept(table: str) -> list[Column[Any]]:
    """The columns that history is about; when a reminder was told is no part of it."""
    columns = TABLES.tables[table].columns
    return [column for column in columns if not column.info.get("bookkeeping")]


def _recorded(kind: type[Any]) -> list[type[Any]]:
    found = [kind] if getattr(kind, "__tablename__", None) else []
    return found + [deeper for child in kind.__subclasses__() for deeper in _recorded(child)]


@pytest.mark.parametrize("skill", SKILLS, ids=lambda s: s.intent)
def test_it_has_help_that_fits_on_a_button(skill: Skill) -> None:
    assert 3 <= len(skill.title) <= 75
    assert skill.title[0].isupper()


@pytest.mark.parametrize("skill", SKILLS, ids=lambda s: s.intent)
def test_it_asks_for_every_required_slot_that_people_can_say(skill: Skill) -> None:
    for slot in skill.slots.values():
        said_by_buttons_only = not skill.examples
        assert not slot.required or slot.question.endswith("?") or said_by_buttons_only


@pytest.mark.parametrize(("skill", "said", "answer"), EXAMPLES, ids=_shown)
def test_its_examples_are_understood_and_answered(
    rossi: Chat, skill: Skill, said: str, answer: str
) -> None:
    holds(rossi.says(said), answer)


@pytest.mark.parametrize(("skill", "said", "answer"), WRITES, ids=_shown)
def test_undo_restores_the_store(rossi: Chat, skill: Skill, said: str, answer: str) -> None:
    before = dump(rossi)
    rossi.says(said)
    assert dump(rossi) != before
    holds(rossi.says("undo"), "Undone")
    assert dump(rossi) == before
    holds(rossi.says("redo"), "Redone")
    assert dump(rossi) != before


def test_cancel_leaves_no_draft(rossi: Chat) -> None:
    before = dump(rossi)
    holds(rossi.says("log a call"), "Who was it with?")
    holds(rossi.says("never mind"), "Nothing was saved")
    assert dump(rossi) == before
    with rossi.store() as session:
        from crm_store.conversations import Conversation

        assert all(one.draft is None for one in session.scalars(select(Conversation)))
