"""The commands that take tables in and give them out: import and export."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.commands.opening import settings_read, store_opened

if TYPE_CHECKING:
    from rich.console import Console
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from crm_store.employees import Employee
    from crm_store.exchange.importing import Progress, Trial
    from crm_store.exchange.sheet import Sheet
    from crm_store.firm import Firm

LONG = 1000
"""From so many rows on a bar shows how far the import is."""


def import_(
    kind: Annotated[str, typer.Argument(help="customers, deals and so on: see --fields.")] = "",
    file: Annotated[str, typer.Argument(help="The CSV file; - reads standard input.")] = "",
    maps: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="THEIRS=OURS",
            help="Their column is our column; COLUMN:THEIRS=OURS is for a value in it.",
        ),
    ] = None,
    constants: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="OURS=VALUE",
            help="The value of rows that have none; {name} stands for the row's name.",
        ),
    ] = None,
    day_first: Annotated[
        bool | None,
        typer.Option("--day-first/--month-first", help="How 3/4/2026 is read; else DATE_ORDER."),
    ] = None,
    dry_run: Annotated[bool, typer.Option(help="Only say what would happen.")] = False,
    fields: Annotated[bool, typer.Option(help="Show the columns of a kind, or of all.")] = False,
    undo: Annotated[bool, typer.Option(help="Take the latest import back.")] = False,
    as_: Annotated[
        str, typer.Option("--as", metavar="EMAIL", help="Who imports, and may undo it in chat.")
    ] = "",
) -> None:
    """Take in a CSV file: every row of it or, where some are wrong, none."""
    from bot.commands.tables import say_fields

    console = _console()
    if fields:
        with _one_sentence():
            say_fields(console, kind)
        return
    engine, firm = _store()
    with _one_sentence(), _writing(engine) as session:
        employee = _employee(session, as_)
        if undo:
            _undo(console, session, employee)
            return
        kind, file, sheet = _sheet(kind, file)
        order = maps or [], constants or [], day_first
        trial = _tried(session, firm, kind, sheet, *order)
        _settle(console, session, trial, file, employee, dry_run=dry_run)


def export(
    out: Annotated[
        Path, typer.Option(help="The folder for the files, made where it is missing.")
    ] = Path("export"),
) -> None:
    """Write everything in the store as CSV files, which `import` takes back."""
    from crm_store.database import sessions
    from crm_store.exchange.exporting import export as write

    engine, firm = _store()
    console = _console()
    with _one_sentence(), sessions(engine, reads_only=True)() as session:
        for kind, count in write(session, firm, out).items():
            console.print(f"{count:>8} {kind}")
    console.print(f"Written to {out}. The files hold personal data: keep them safe.")


def _settle(
    console: Console,
    session: Session,
    trial: Trial,
    source: str,
    employee: Employee | None,
    *,
    dry_run: bool,
) -> None:
    """Say what was found, and import it unless something is wrong or it is only tried."""
    from bot.commands.tables import say_report
    from crm_store.exchange.importing import keep

    name = "standard input" if source == "-" else Path(source).name
    say_report(console, trial.report, name)
    if trial.report.faults:
        console.print("Nothing was imported. Mend those rows and import the file again.")
        raise typer.Exit(1)
    if dry_run:
        console.print("This was a dry run: nothing was imported.")
        return
    with _bar(trial.report.rows, "Writing") as progress:
        deed = keep(
            session,
            trial,
            employee=employee,
            at=datetime.now(UTC),
            text=f"import {trial.report.kind} {name}",
            progress=progress,
        )
    console.print("Imported. Undo it with: crm-bot import --undo" if deed else "Nothing was new.")


def _tried(
    session: Session,
    firm: Firm,
    kind: str,
    sheet: Sheet,
    maps: list[str],
    constants: list[str],
    day_first: bool | None,
) -> Trial:
    from crm_store.exchange.importing import attempt

    with _bar(len(sheet.rows), "Reading") as progress:
        return attempt(
            session,
            kind,
            sheet,
            firm,
            maps=maps,
            constants=constants,
            day_first=day_first,
            progress=progress,
        )


def _undo(console: Console, session: Session, employee: Employee | None) -> None:
    from crm_store import ledger
    from crm_store.exchange.importing import latest
    from crm_store.reversal import Conflict

    deed = latest(session)
    if deed is None:
        _refuse("There is no import that could be taken back.")
    try:
        ledger.undo(session, deed, employee=employee, at=datetime.now(UTC))
    except Conflict as conflict:
        who = f" by {conflict.who}" if conflict.who else ""
        _refuse(f"It cannot be undone: something it brought was changed or used since{who}.")
    console.print(f"Undone: {deed.text}, of {deed.at:%d %b %Y %H:%M} UTC.")


def _sheet(kind: str, file: str) -> tuple[str, str, Sheet]:
    """The kind, the file and its table; `import leads.csv` tells the kind by its header."""
    from crm_store.exchange.importing import kind_of
    from crm_store.exchange.layout import ORDER
    from crm_store.exchange.sheet import read_sheet

    told = bool(file)
    source = file or kind
    if not source:
        _refuse("Which file? Write: crm-bot import customers leads.csv")
    if not told and source in ORDER:
        _refuse(f"Which file of {source}? Write: crm-bot import {source} FILE.csv")
    content = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    sheet = read_sheet(content)
    found = kind if told else kind_of(sheet)
    if found is None:
        _refuse(
            f"What does {source} hold? Write: crm-bot import KIND {source}"
            f" with one of {', '.join(ORDER)}"
        )
    return found, source, sheet


def _employee(session: Session, email: str) -> Employee | None:
    from crm_store.employees import by_email

    if not email:
        return None
    if (found := by_email(session, email)) is None:
        _refuse(f"Nobody here has the address {email}.")
    return found


def _store() -> tuple[Engine, Firm]:
    from bot.firm import firm_of

    settings = settings_read()
    return store_opened(settings), firm_of(settings)


@contextmanager
def _writing(engine: Engine) -> Iterator[Session]:
    """A transaction that is kept if nothing went wrong, and given up otherwise."""
    from crm_store.database import sessions

    with sessions(engine).begin() as session:
        yield session


@contextmanager
def _one_sentence() -> Iterator[None]:
    """What is wrong with a file or an option is said in a sentence, without a traceback."""
    from crm_store.exchange.heading import BadHeading
    from crm_store.exchange.kinds import NoSuchKind
    from crm_store.exchange.sheet import BadSheet

    try:
        yield
    except (BadHeading, NoSuchKind, BadSheet) as error:
        _refuse(str(error))
    except OSError as error:
        _refuse(f"{error.filename}: {error.strerror}" if error.filename else str(error))


@contextmanager
def _bar(rows: int, what: str) -> Iterator[Progress | None]:
    """A progress bar on the terminal for a long file."""
    if rows < LONG or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=rows)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _console() -> Console:
    from rich.console import Console

    return Console(soft_wrap=True, markup=False, highlight=False)


def _refuse(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)
