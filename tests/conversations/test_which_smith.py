""" "Which Smith?" in words, numbers and buttons, pronouns after it, and the edited message."""

import pytest
from sqlalchemy import func, select

from crm_store.interactions import Interaction
from crm_store.preferences import Preference
from tests.conversations.chat import Chat, holds, lacks

LENA = "lena@example.com"


@pytest.fixture
def lena(chat: Chat) -> Chat:
    chat.me = LENA
    return chat


def entry(chat: Chat) -> Interaction:
    with chat.store() as session:
        return session.scalars(select(Interaction).order_by(Interaction.id.desc()).limit(1)).one()


def test_the_smiths_are_offered_with_what_tells_them_apart(lena: Chat) -> None:
    said = lena.says("log call with smith re boundary quote")
    holds(said, "Which smith?", "[John Smith - Harbor Realty]", "[Jane Smith - Smith & Sons")
    holds(said, "[Someone new]")


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ("the one from smith and sons", "Jane Smith"),
        ("jane", "Jane Smith"),
        ("the realtor at harbor", "John Smith"),
        ("John Smith - Harbor Realty", "John Smith"),
        ("harbor realty", "John Smith"),
    ],
)
def test_the_question_is_answered_in_words(lena: Chat, answer: str, name: str) -> None:
    lena.says("log call with smith re boundary quote")
    holds(lena.says(answer), name, "boundary quote")
    with lena.store() as session:
        assert session.merge(entry(lena)).customer.name == name


def test_a_number_answers_too(lena: Chat) -> None:
    said = lena.says("log call with smith re boundary quote")
    second = list(said.buttons)[1]
    holds(lena.says("2"), second.split(" - ")[0])


def test_she_is_jane_and_a_contradiction_is_asked(lena: Chat) -> None:
    lena.says("log call with smith re boundary quote")
    lena.says("jane")
    said = lena.says("what did she complain about last time?")
    holds(said, "Jane Smith", "price", "10 Nov", "open")
    lacks(said, "form")
    before = _preferences(lena)
    said = lena.says("she prefers email now")
    holds(said, "phone", "Which holds now")
    assert _preferences(lena) == before
    holds(lena.presses("Keep"), "Dropped|Kept|stays")
    assert _preferences(lena) == before


def test_old_buttons_are_closed(lena: Chat) -> None:
    said = lena.says("log call with smith re boundary quote")
    lena.says("jane")
    holds(lena.says("", pressed=next(iter(said.buttons.values()))), "closed")


def test_the_edited_message_changes_the_same_entry(lena: Chat) -> None:
    lena.says("log call with smith re boundary quote", external_id="first")
    lena.says("jane")
    before = _count(lena)
    number = entry(lena).id
    said = lena.edits("log call with smith re boundary and drainage quote", message="first")
    holds(said, "edited", "boundary and drainage quote", "Jane Smith")
    assert _count(lena) == before
    assert entry(lena).id == number
    assert entry(lena).topic == "boundary and drainage quote"


def test_never_mind_drops_the_question(lena: Chat) -> None:
    before = _count(lena)
    lena.says("log call with smith re boundary quote")
    holds(lena.says("never mind"), "Nothing was saved")
    holds(lena.says("jane"), "")
    assert _count(lena) == before


def _count(chat: Chat) -> int:
    with chat.store() as session:
        return session.scalar(select(func.count()).select_from(Interaction)) or 0


def _preferences(chat: Chat) -> int:
    with chat.store() as session:
        return session.scalar(select(func.count()).select_from(Preference)) or 0
