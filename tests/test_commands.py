"""The command line, as somebody at a shell meets it: sentences, exit codes, and a quick start."""

import io
import json
import logging
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
import structlog

from bot.cli import main
from config.settings import NAMES
from crm_store.database import open_store, sessions
from crm_store.employees import by_email, redeem
from crm_store.mailbox import Outgoing


class Done(NamedTuple):
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


class Shell:
    """Types commands in a folder of its own; `apart` in a process of their own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.store = home / "crm.sqlite3"
        self.environment = {
            name: value for name, value in os.environ.items() if name.upper() not in NAMES
        }
        self.environment |= {
            "DATABASE_URL": f"sqlite:///{self.store}",
            "XDG_DATA_HOME": str(home / "data"),
            "COLUMNS": "200",
        }

    def __call__(self, *words: str, typed: str = "", **environment: str) -> Done:
        streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2)]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "environ", self.environment | environment)
            patch.chdir(self.home)
            patch.setattr(sys, "argv", ["crm-bot", *words])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode()), "utf-8"))
            patch.setattr(sys, "stdout", streams[0])
            patch.setattr(sys, "stderr", streams[1])
            with pytest.raises(SystemExit) as left:
                main()
        shown = [stream.buffer.getvalue().decode() for stream in streams]
        return Done(int(left.value.code or 0), *shown)

    def apart(self, *words: str, typed: str = "") -> Done:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "bot", *words],
            input=typed,
            text=True,
            capture_output=True,
            cwd=self.home,
            env=self.environment,
            timeout=110,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def crm(tmp_path: Path) -> Iterator[Shell]:
    """A shell; logging is afterwards as it was before."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield Shell(tmp_path)
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def staffed(crm: Shell) -> Shell:
    done = crm("user", "add", "bo@example.com", "Bo Quist", "--role", "admin")
    assert done.returncode == 0, done.stderr
    return crm


class TestErrors:
    def test_wrong_settings_are_said_all_at_once(self, crm: Shell) -> None:
        done = crm("chat", HTTP_PORT="x", CURRENCY="x", TELEGRAM_TOKEN="1:a")
        assert done.returncode == 2
        assert done.stdout == ""
        assert len(done.stderr.splitlines()) == 3

    @pytest.mark.parametrize(
        "words",
        [
            ("chat", "--now", "noon"),
            ("user", "add", "bo", "Bo"),
            ("user", "add", "bo@example.com", "Bo", "--role", "king"),
            ("user", "add", "bo@example.com", " "),
            ("user", "add", "bo@example.com", "Bo", "--timezone", "Mars"),
            ("user", "invite", "nobody@example.com"),
            ("user", "deactivate", "nobody@example.com"),
            ("db", "check"),
            ("db", "backup", "copy.sqlite3"),
            ("chat", "--as", "nobody@example.com"),
        ],
    )
    def test_what_a_person_can_mend_is_one_sentence_and_code_2(
        self, crm: Shell, words: tuple[str, ...]
    ) -> None:
        done = crm(*words)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        assert len(done.stderr.splitlines()) == 1

    @pytest.mark.parametrize(
        "url", ["postgresql://crm:hidden@127.0.0.1:1/crm", "sqlite:////proc/none/crm.sqlite3"]
    )
    def test_a_database_that_cannot_be_reached_is_one_sentence(self, crm: Shell, url: str) -> None:
        done = crm("user", "list", DATABASE_URL=url)
        assert done.returncode == 2
        assert done.stderr.startswith("The database cannot be opened: ")
        assert len(done.stderr.splitlines()) == 1
        assert "hidden" not in done.stderr

    def test_a_file_that_is_no_database_is_left_alone(self, crm: Shell) -> None:
        crm.store.write_text("my diary, not a database" * 50)
        done = crm("user", "list")
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        assert crm.store.read_text() == "my diary, not a database" * 50


class TestUsers:
    def test_who_is_added_is_listed(self, staffed: Shell) -> None:
        staffed("user", "add", "Ann.Lee@Example.com", "Ann Lee", "--timezone", "Asia/Tokyo")
        listed = staffed("user", "list").stdout
        assert re.search(r"Bo Quist +bo@example.com +admin +UTC", listed)
        assert re.search(r"Ann Lee +Ann.Lee@example.com +sales +Asia/Tokyo", listed)

    def test_nobody_is_added_twice(self, staffed: Shell) -> None:
        again = staffed("user", "add", "BO@example.com", "Somebody Else")
        assert again.returncode == 2
        assert "Bo Quist has that address already." in again.stderr

    def test_who_is_shut_out_can_come_back(self, staffed: Shell) -> None:
        assert staffed("user", "deactivate", "bo@example.com").returncode == 0
        assert "has left" in staffed("user", "list").stdout
        assert staffed("user", "invite", "bo@example.com").returncode == 2
        assert staffed("user", "add", "bo@example.com", "Bo Quist").returncode == 0
        assert "has left" not in staffed("user", "list").stdout

    def test_an_invitation_works_once_and_for_them_only(self, staffed: Shell) -> None:
        shown = staffed("user", "invite", "bo@example.com").stdout
        code = re.search(r"^/start (\S+)$", shown, re.MULTILINE)
        assert code is not None
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", code[1])
        with sessions(open_store(f"sqlite:///{staffed.store}")).begin() as session:
            found = redeem(session, code[1], datetime.now(UTC))
            assert found == by_email(session, "bo@example.com")
            assert redeem(session, code[1], datetime.now(UTC)) is None


class TestDatabase:
    def test_upgrade_creates_it_and_check_finds_it_sound(self, crm: Shell) -> None:
        assert crm("db", "upgrade").returncode == 0
        checked = crm("db", "check")
        assert (checked.returncode, checked.stdout) == (0, "The database is sound.\n")

    def test_a_backup_is_whole_and_overwrites_nothing(self, staffed: Shell) -> None:
        copy = staffed.home / "copy.sqlite3"
        assert staffed("db", "backup", str(copy)).returncode == 0
        with sqlite3.connect(copy) as connection:
            assert connection.execute("SELECT name FROM employees").fetchall() == [("Bo Quist",)]
        connection.close()
        again = staffed("db", "backup", str(copy))
        assert again.returncode == 2
        assert "exists already" in again.stderr


class TestDoctor:
    def test_it_says_how_to_mend_what_is_missing(self, crm: Shell) -> None:
        done = crm("doctor")
        assert done.returncode == 1
        assert "crm-bot db upgrade" in done.stdout
        assert not crm.store.exists()
        crm("db", "upgrade")
        assert "crm-bot user add" in crm("doctor").stdout

    def test_a_store_that_is_in_order_is_all_well(self, staffed: Shell) -> None:
        done = staffed("doctor")
        assert done.returncode == 0, done.stdout
        assert "BAD" not in done.stdout

    def test_it_shows_what_could_not_be_delivered_and_why(self, staffed: Shell) -> None:
        at = datetime(2026, 3, 4, 9, 15, tzinfo=UTC)
        with sessions(open_store(f"sqlite:///{staffed.store}")).begin() as session:
            session.add(
                Outgoing(
                    channel="slack",
                    address="D1",
                    body={},
                    due_at=at,
                    created_at=at,
                    failed_at=at,
                    error="channel_not_found",
                )
            )
        done = staffed("doctor")
        assert done.returncode == 1
        assert "1 could not be delivered, the last on slack at 2026-03-04 09:15 UTC" in done.stdout
        assert "channel_not_found" in done.stdout

    def test_a_rasa_server_that_is_down_is_told(self, staffed: Shell) -> None:
        done = staffed("doctor", NLU_ENGINE="rasa", RASA_URL="http://127.0.0.1:9")
        assert done.returncode == 1
        assert "no Rasa server answers at http://127.0.0.1:9" in done.stdout


class TestChats:
    def test_the_demo_answers_programs_line_by_line(self, crm: Shell) -> None:
        asked = [{"text": "log call with Jane Smith about parking"}, {"press": "Undo"}]
        done = crm.apart("demo", "--json", typed="".join(json.dumps(one) + "\n" for one in asked))
        assert done.returncode == 0, done.stderr
        logged, undone = (json.loads(line) for line in done.stdout.splitlines())
        assert "Jane Smith" in logged["replies"][0]["text"]
        assert undone["replies"]
        assert not crm.store.exists()

    def test_the_demo_says_who_one_is_when_it_is_and_what_to_try(self, crm: Shell) -> None:
        done = crm("demo", typed="what does Maria Schmidt like?\n")
        assert done.returncode == 0, done.stderr
        assert "You are Pat Jones (sales)." in done.stdout
        assert "Wednesday 18 November 2026, 10:30" in done.stdout
        assert "Maria Schmidt" in done.stdout

    def test_a_chat_keeps_what_was_said(self, staffed: Shell) -> None:
        beginning = ("chat", "--json", "--as", "bo@example.com", "--now", "2026-03-04T09:15")
        said = json.dumps({"text": "new customer Vera Lund"}) + "\n"
        first = staffed(*beginning, typed=said)
        asked = json.dumps({"text": "who is Vera Lund?"}) + "\n"
        second = staffed(*beginning, typed=asked)
        assert "Vera Lund" in json.loads(first.stdout)["replies"][0]["text"]
        (reply,) = json.loads(second.stdout)["replies"]
        assert "Vera Lund" in reply["text"]
        assert "nobody" not in reply["text"]

    def test_the_only_colleague_need_not_say_who_they_are(self, staffed: Shell) -> None:
        done = staffed("chat", typed="hello\n")
        assert done.returncode == 0
        assert done.stdout.endswith("Goodbye.\n")

    def test_on_an_empty_store_one_is_told_how_to_begin(self, crm: Shell) -> None:
        done = crm("chat", typed="hello\n")
        assert done.returncode == 2
        assert "crm-bot user add" in done.stderr


class TestStart:
    def test_listing_the_commands_imports_nothing_heavy(self) -> None:
        program = (
            "import sys, bot.cli; bot.cli.command_line();"
            "print(*sorted({name.split('.')[0] for name in sys.modules}))"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], text=True, capture_output=True, check=True
        )
        loaded = set(done.stdout.split())
        heavy = {"sqlalchemy", "pydantic", "numpy", "sklearn", "slack_bolt", "telegram"}
        assert not loaded & (heavy | {"matplotlib", "aiohttp", "prompt_toolkit", "dateparser"})

    def test_understanding_needs_no_store_and_no_channel(self, crm: Shell) -> None:
        program = (
            "import sys; sys.argv = ['crm-bot', 'understand']; import bot.cli, atexit;"
            "atexit.register(lambda: print(*sorted({name.split('.')[0] for name in sys.modules})));"
            "bot.cli.main()"
        )
        done = subprocess.run(
            [sys.executable, "-c", program],
            input="log call with Bo\n",
            text=True,
            capture_output=True,
            check=True,
            env=crm.environment,
        )
        understood, modules = done.stdout.splitlines()
        assert json.loads(understood)["acts"][0]["intent"] == "log_interaction"
        assert not set(modules.split()) & {"sqlalchemy", "slack_bolt", "telegram", "matplotlib"}
        assert not crm.store.exists()
