"""The command that looks after an installation: doctor."""

from __future__ import annotations

import typer

from bot.commands.opening import settings_read


def doctor() -> None:
    """Check the settings, the database and what else is needed, and say how to mend it."""
    from bot.doctor import examined

    settings = settings_read()
    ill = 0
    for finding in examined(settings):
        typer.echo(f"{'ok ' if finding.well else 'BAD'} {finding.subject}: {finding.seen}")
        if not finding.well:
            ill += 1
            typer.echo(f"    {finding.mend}")
    if ill:
        raise typer.Exit(1)
