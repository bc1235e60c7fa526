"""The command line, crm-bot: every command by its name.

Nothing heavy is imported before a command runs, as each needs little of the whole.
"""

from __future__ import annotations

import os
import sys

import typer

from bot.commands import chat, doctor, exchange, learning, nlu, run, store, users
from bot.commands.opening import Problem


def command_line() -> typer.Typer:
    """All commands, put together."""
    root = _group("Keeps, finds and reminds: talk to your customer store.")
    root.command()(chat.chat)
    root.command()(chat.demo)
    root.command()(run.run)
    root.command()(nlu.understand)
    root.command()(learning.train)
    root.command()(learning.evaluate)
    root.command("import")(exchange.import_)
    root.command()(exchange.export)
    root.command()(doctor.doctor)

    user = _group("Employees: who may use the assistant.")
    user.command()(users.add)
    user.command("list")(users.show)
    user.command()(users.invite)
    user.command()(users.deactivate)
    root.add_typer(user, name="user")

    database = _group("The database: its schema, its health, a copy of it.")
    database.command()(store.upgrade)
    database.command()(store.check)
    database.command()(store.backup)
    database.command()(store.move)
    root.add_typer(database, name="db")
    return root


def main() -> None:
    """Run the command that was typed; what a person can mend ends in a sentence and code 2."""
    try:
        command_line()()
    except Problem as problem:
        print(problem, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if os.environ.get("LOG_LEVEL", "").upper() == "DEBUG":
            raise
        print(
            f"crm-bot failed: {type(error).__name__}: {error}\n"
            "LOG_LEVEL=DEBUG shows where; please report it.",
            file=sys.stderr,
        )
        sys.exit(1)


def _group(meaning: str) -> typer.Typer:
    return typer.Typer(
        help=meaning,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
