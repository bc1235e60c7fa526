"""The README is true: its conversation holds, its tables are complete, its skill works."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import typer
import yaml
from sqlalchemy import select

from bot.cli import command_line
from config.settings import NAMES
from config.table import BEGINS, ENDS, markdown
from crm_store.conversations import held
from crm_store.customers import Customer
from crm_store.employees import Employee
from crm_store.notes import Note
from skills.kit import Reply, Skill, Turn
from tests.conversations.chat import Chat, holds

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """The first block of code of that language."""
    found = re.search(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def commands(app: typer.Typer, before: str = "") -> Iterator[str]:
    for one in app.registered_commands:
        assert one.callback is not None
        yield before + (one.name or one.callback.__name__)
    for group in app.registered_groups:
        assert group.typer_instance is not None
        yield from commands(group.typer_instance, f"{before}{group.name} ")


def test_the_table_of_settings_is_the_one_that_the_settings_print() -> None:
    table = README[README.index(BEGINS) : README.index(ENDS) + len(ENDS)]
    assert table == markdown(), "paste what python -m config prints into the README"


def test_the_table_of_commands_names_every_command_and_no_other() -> None:
    section = README[README.index("| command |") : README.index("### Talking by program")]
    listed = re.findall(r"^\| `([a-z ]+)`", section, re.MULTILINE)
    assert sorted(listed) == sorted(commands(command_line()))


def test_the_first_conversation_holds(chat: Chat) -> None:
    lines = block("text").splitlines()
    assert len(lines) == 4
    for asked, answered in zip(lines[::2], lines[1::2], strict=True):
        said = chat.says(asked.removeprefix("pat: "))
        holds(said, *answered.removeprefix("bot: ").split(" ... "))


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", README, re.MULTILINE))
    assert {"demo", "test"} <= named <= targets


def test_the_skill_that_is_shown_works(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("shown_skill")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    exec(compile(block("python"), "README.md", "exec"), module.__dict__)
    (shown,) = [one for one in vars(module).values() if isinstance(one, Skill)]
    assert shown.intent == "note_thanks"
    assert shown.help == "Keep that a customer was thanked."
    assert shown.slots["customer"].required
    assert shown.slots["customer"].question == "Whom did you thank?"
    assert not shown.slots["topic"].required
    with chat.store() as session:
        pat = session.scalars(select(Employee).where(Employee.email == chat.me)).one()
        jane = session.scalars(select(Customer).where(Customer.name == "Jane Smith")).one()
        place = held(session, "private", pat.email, pat, at=chat.now)
        turn = Turn(session, pat, place, chat.now, chat.app.firm)
        said = shown(turn, customer=jane, topic="the floor plan")
        assert isinstance(said, Reply)
        assert said.text.startswith("Noted your thanks to \x02Jane Smith")
        (kept,) = session.scalars(select(Note).where(Note.text == "thanked for the floor plan"))
        assert kept.customer == jane


def test_compose_hands_every_setting_to_the_assistant() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    bot = compose["services"]["bot"]
    # The model is part of the image, and so is the place where it lies.
    assert set(bot["environment"]) == set(NAMES) - {"MODEL_CACHE"}
    assert bot["read_only"] is True
    assert compose["services"]["postgres"]["healthcheck"]
    assert compose["services"]["rasa"]["healthcheck"]
    assert compose["services"]["migrate"]["restart"] == "no"
