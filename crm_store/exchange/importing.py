"""Importing: a table is tried first, row by row, and then kept in one deed."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store import ledger, pipeline
from crm_store.deeds import Deed, DeedKind
from crm_store.employees import Employee
from crm_store.exchange import words
from crm_store.exchange.cells import Cells, Custom
from crm_store.exchange.directory import Directory
from crm_store.exchange.heading import Heading, head, recognise
from crm_store.exchange.kinds import NOUNS, kind_called
from crm_store.exchange.layout import split
from crm_store.exchange.reading import Desk, Noun, Outcome, Reader, Readings
from crm_store.exchange.report import Doubt, Fault, Misspelling, Report
from crm_store.exchange.sheet import Sheet
from crm_store.firm import Firm

PORTION = 2000
"""How many rows of the store are written at a time."""

Progress = Callable[[int, int], None]
"""Told how many of how many rows are through."""


class BadRows(ValueError):
    """Some rows are not good, and nothing was imported; the report says which and why."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"{report.bad_rows} of {report.rows} rows cannot be imported")
        self.report = report


@dataclass
class Trial:
    """A table that was read and not yet kept; good in the session that it was read in."""

    report: Report
    reader: Reader
    outcomes: list[Outcome] = field(default_factory=list)


def kind_of(sheet: Sheet) -> str | None:
    """The kind of table, told by its header; None where that is unclear."""
    return recognise(sheet.header, [noun.layout for noun in NOUNS.values()])


def attempt(
    session: Session,
    kind: str,
    sheet: Sheet,
    firm: Firm,
    *,
    maps: Iterable[str] = (),
    constants: Iterable[str] = (),
    day_first: bool | None = None,
    readings: Readings | None = None,
    progress: Progress | None = None,
) -> Trial:
    """Read a table and find what is new, here already, doubtful or wrong; writes no row of it.

    `maps` and `constants` are those of `heading.head`; `day_first` says how 3/4/2026 is read,
    by default the firm's way. Raises NoSuchKind and BadHeading.
    """
    noun = kind_called(kind)
    heading = head(noun.layout, sheet.header, maps, constants)
    if noun.layout.kind not in ("stages", "lost_reasons"):
        pipeline.settle(session)
    table = [(number, heading.cells(row), len(row)) for number, row in sheet.rows]
    directory = Directory(session)
    directory.learn_customers(
        name
        for _, cells, _ in table
        for column in noun.customers_in
        for name in (split(cells.get(column, "")) if column == "email" else [cells.get(column, "")])
        if name
    )
    trial = Trial(
        Report(
            noun.layout.kind,
            rows=len(table),
            unknown_columns=heading.unknown,
            columns=heading.theirs,
        ),
        noun.reader(Desk(session, firm, directory, readings or Readings())),
    )
    custom = Custom(firm, firm.day_first if day_first is None else day_first)
    for done, (number, values, width) in enumerate(table, start=1):
        _read(trial, Cells(number, values, custom), width, heading)
        if progress is not None:
            progress(done, len(table))
    trial.report.misspellings = _misspellings(noun, [cells for _, cells, _ in table])
    return trial


def _read(trial: Trial, cells: Cells, width: int, heading: Heading) -> None:
    report = trial.report
    if width > heading.width:
        report.faults.append(
            Fault(cells.row, "", "", f"{width} cells under a header of {heading.width}")
        )
        return
    outcome = trial.reader.read(cells)
    if cells.faults:
        report.faults.extend(cells.faults)
        return
    if outcome.known is not None:
        report.known.append(Doubt(cells.row, outcome.known))
    else:
        report.new += 1
    if outcome.double is not None:
        report.doubles.append(Doubt(cells.row, outcome.double))
    if outcome.remark is not None:
        report.remarks.append(Doubt(cells.row, outcome.remark))
    trial.outcomes.append(outcome)


def _misspellings(noun: Noun, table: list[dict[str, str]]) -> list[Misspelling]:
    found = []
    for column in noun.spelled:
        counts = Counter(value for cells in table if (value := cells.get(column)))
        found += [
            Misspelling(column, value, likely, counts[value])
            for value, likely in words.mistyped(counts).items()
        ]
    return found


def keep(
    session: Session,
    trial: Trial,
    *,
    employee: Employee | None,
    at: datetime,
    text: str | None = None,
    only_good: bool = False,
    progress: Progress | None = None,
) -> Deed | None:
    """Write what was tried as one deed, which can be undone; None if there was nothing new.

    `at` is when it is done, for the ledger: no imported row depends on it. Raises BadRows
    unless every row is good or `only_good` are wanted.
    """
    if trial.report.faults and not only_good:
        raise BadRows(trial.report)
    ledger.record(session, employee=employee, at=at, kind=DeedKind.IMPORT, text=text)
    for done, outcome in enumerate(trial.outcomes, start=1):
        for fill in outcome.fills:
            setattr(fill.target, fill.field, fill.value)
        session.add_all(outcome.rows)
        if done % PORTION == 0:
            session.flush()
        if progress is not None:
            progress(done, len(trial.outcomes))
    session.flush()
    trial.reader.settle(at, employee)
    return ledger.close(session)


def latest(session: Session) -> Deed | None:
    """The newest import in force, whoever made it."""
    return session.scalars(
        select(Deed)
        .where(Deed.kind == DeedKind.IMPORT, Deed.undone_by_id.is_(None))
        .order_by(Deed.id.desc())
        .limit(1)
    ).one_or_none()
