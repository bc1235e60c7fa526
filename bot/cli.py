"""The command line: crm-bot."""

from __future__ import annotations

import typer

from bot.commands import exchange, nlu


def main() -> None:
    app = typer.Typer(no_args_is_help=True, add_completion=False)
    app.command()(nlu.understand)
    app.command("import")(exchange.import_)
    app.command()(exchange.export)
    app.callback()(lambda: None)
    app()
