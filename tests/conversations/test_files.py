"""Files in the chat: a table is tried first, anything else is kept with a customer."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.message import AttachedFile
from crm_store.attachments import Attachment
from crm_store.customers import Customer
from tests.conversations.chat import Chat, holds

LEADS = """name,email,phone
Bea Stone,bea@stone.example,030 555012
,nobody@stone.example,
Kim Long,not-an-email,
"""


@pytest.fixture
def leads(tmp_path: Path) -> tuple[AttachedFile, ...]:
    path = tmp_path / "leads.csv"
    path.write_text(LEADS, encoding="utf-8")
    return (AttachedFile("leads.csv", path, "text/csv"),)


def customers(chat: Chat) -> int:
    with chat.store() as session:
        return session.scalar(select(func.count()).select_from(Customer)) or 0


def test_a_table_is_tried_then_imported_then_undone(
    chat: Chat, leads: tuple[AttachedFile, ...]
) -> None:
    before = customers(chat)
    said = chat.says("", who="ada@example.com", files=leads)
    holds(said, "Dry run", "1 new", "2 broken rows", "Row 3", "no name", "Row 4", "[Import 1]")
    assert customers(chat) == before
    holds(chat.says("yes", who="ada@example.com"), "Imported 1")
    assert customers(chat) == before + 1
    holds(chat.says("undo", who="ada@example.com"), "Undone")
    assert customers(chat) == before


def test_imports_are_for_administrators(chat: Chat, leads: tuple[AttachedFile, ...]) -> None:
    before = customers(chat)
    holds(chat.says("", files=leads), "administrators", "Ada Kim")
    assert customers(chat) == before


def test_what_a_table_holds_is_asked_where_unclear(chat: Chat, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("foo,bar\n1,2\n", encoding="utf-8")
    said = chat.says("", who="ada@example.com", files=(AttachedFile("odd.csv", path),))
    holds(said, "What is in it?", "[Customers]", "[Deals]")


def test_any_other_file_is_kept_with_a_customer(chat: Chat, tmp_path: Path) -> None:
    path = tmp_path / "fence.jpg"
    path.write_bytes(b"\xff\xd8\xff a picture")
    holds(
        chat.says("the broken fence", files=(AttachedFile("fence.jpg", path),)), "Who is it about"
    )
    holds(chat.says("Ana Müller"), "Kept fence.jpg", "Ana Müller")
    with chat.store() as session:
        kept = session.scalars(select(Attachment)).one()
        assert kept.interaction is not None
        assert kept.interaction.customer.name == "Ana Müller"
        assert kept.interaction.note == "the broken fence"
