"""What the terminal says of tables: their columns, and what an import found in one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from crm_store.exchange.report import Doubt, Report

SHOWN = 10
"""How many rows are listed of those that need no mending."""


def say_fields(console: Console, kind: str = "") -> None:
    """The columns of a kind, or of all; raises NoSuchKind."""
    from rich.table import Table

    from crm_store.exchange.kinds import NOUNS, kind_called
    from crm_store.exchange.layout import ORDER

    for noun in [kind_called(kind)] if kind else [NOUNS[name] for name in ORDER]:
        table = Table(title=noun.layout.kind, title_justify="left", box=None, pad_edge=False)
        table.add_column("column", no_wrap=True)
        table.add_column("what belongs in it", overflow="fold")
        for column in noun.layout.columns:
            table.add_row(column.name, column.meaning)
        console.print(table)
    console.print(
        "Columns come in any order, and only the first of a kind is needed. Times are ISO 8601,"
        " in the firm's zone where they name none; people go by e-mail address or name."
    )


def say_report(console: Console, report: Report, source: str) -> None:
    """What was found in a file: counts, columns, doubts, and every fault."""
    counts = [
        f"{report.new} new",
        f"{len(report.known)} here already",
        f"{report.bad_rows} wrong",
    ]
    console.print(f"{report.rows} rows of {report.kind} in {source}: {', '.join(counts)}.")
    renamed = [f"{theirs} as {ours}" for theirs, ours in report.columns.items() if theirs != ours]
    if renamed:
        console.print(f"Columns: {', '.join(renamed)}.")
    if report.unknown_columns:
        console.print(
            f"Not imported, as there is no such column: {', '.join(report.unknown_columns)}."
            " Say what they are with --map THEIRS=OURS."
        )
    _list(console, "Here already", report.known)
    _list(console, "Possible duplicates", report.doubles)
    _list(console, "Worth a look", report.remarks)
    for slip in report.misspellings:
        rows = "1 row" if slip.rows == 1 else f"{slip.rows} rows"
        console.print(
            f"Likely misspelt: {slip.column} {slip.value!r} ({rows}) for {slip.likely!r};"
            f" to correct it: --map '{slip.column}:{slip.value}={slip.likely}'"
        )
    for fault in report.faults:
        where = f"{fault.column} {fault.value!r}" if fault.value else fault.column
        console.print(f"row {fault.row}: {where + ': ' if where else ''}{fault.reason}")


def _list(console: Console, title: str, rows: Sequence[Doubt]) -> None:
    if not rows:
        return
    console.print(f"{title}:")
    for doubt in rows[:SHOWN]:
        console.print(f"  row {doubt.row}: {doubt.sentence}")
    if len(rows) > SHOWN:
        console.print(f"  and {len(rows) - SHOWN} more rows")
