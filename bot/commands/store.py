"""The commands about the database: db upgrade, check, backup and move."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.opening import Problem, settings_read, store_opened, unopened


def upgrade() -> None:
    """Bring the database to the newest schema; create an SQLite file where there is none."""
    store_opened(settings_read()).dispose()
    typer.echo("The database is up to date.")


def check() -> None:
    """Look for damage, and for tables that differ from what this release needs."""
    from sqlalchemy.exc import DatabaseError

    from crm_store.database import NoStore, NotAStore, open_store
    from crm_store.upkeep import problems

    settings = settings_read()
    try:
        # Opened as it is: a check changes nothing.
        engine = open_store(settings.database_url.get_secret_value(), create=False)
        found = problems(engine)
        engine.dispose()
    except (DatabaseError, NoStore, NotAStore) as error:
        raise Problem(unopened(error)) from None
    if found:
        raise Problem("\n".join(found))
    typer.echo("The database is sound.")


def backup(
    target: Annotated[Path, typer.Argument(help="The new file; it must not be there yet.")],
) -> None:
    """Copy the SQLite file, whole and consistent, while the assistant goes on working."""
    from crm_store.upkeep import NoBackup
    from crm_store.upkeep import backup as copy

    engine = store_opened(settings_read(), create=False)
    try:
        copy(engine, target)
    except (NoBackup, OSError) as error:
        raise Problem(f"No backup was made: {error}") from None
    finally:
        engine.dispose()
    typer.echo(f"Everything is in {target} now.")


def move(
    source: Annotated[str, typer.Argument(help="The store's address, such as sqlite:///PATH.")],
    target: Annotated[
        str, typer.Argument(help="An empty database: postgresql://... or a new file.")
    ],
) -> None:
    """Carry everything to another database, with all history; stop the assistant before."""
    from sqlalchemy.exc import DatabaseError

    from bot.courier import CourierElsewhere, alone_beside
    from crm_store.database import NewerStore, NoStore, NotAStore, UnknownStore, open_store
    from crm_store.moving import NotMoved
    from crm_store.moving import move as carry

    try:
        old, new = open_store(source, create=False), open_store(target)
        with alone_beside(old), alone_beside(new):
            moved = carry(old, new)
    except (DatabaseError, NewerStore, NoStore, NotAStore, UnknownStore, OSError) as error:
        raise Problem(unopened(error)) from None
    except (NotMoved, CourierElsewhere) as error:
        raise Problem(f"Nothing was moved: {error}") from None
    for one in moved:
        if one.rows:
            typer.echo(f"{one.rows:>9,} of {one.arrived:,} {one.table}")
    typer.echo(f"All {sum(one.rows for one in moved):,} rows have arrived. Set DATABASE_URL now.")
