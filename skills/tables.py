"""Tables sent in the chat: a dry run first, then the good rows, as one entry to undo."""

from crm_store import attachments
from crm_store.deeds import Deed
from crm_store.employees import Role, active
from crm_store.exchange import importing
from crm_store.exchange.heading import BadHeading
from crm_store.exchange.importing import Trial
from crm_store.exchange.kinds import NOUNS
from crm_store.exchange.sheet import BadSheet, Sheet, read_sheet
from skills.kit import Choice, Question, Refused, Reply, Turn, steering
from skills.wording import count, listed, plain

REASONS = 10


@steering()
def import_table(
    turn: Turn, digest: str, name: str, kind: str | None = None, confirmed: bool = False
) -> Reply | Question:
    """Import a table"""
    _allowed(turn)
    sheet = _sheet(turn, digest, name)
    kind = kind or importing.kind_of(sheet)
    if kind is None:
        choices = tuple(Choice(one.capitalize(), values={"kind": one}) for one in NOUNS)
        return Question(
            f"I cannot tell from its header what {plain(name)} holds. What is in it?",
            choices=(*choices, Choice("Cancel", drops=True)),
        )
    try:
        trial = importing.attempt(turn.session, kind, sheet, turn.firm)
    except BadHeading as error:
        raise Refused(f"{error} Nothing was saved.") from error
    if not confirmed:
        return _dry_run(trial, kind, name)
    made = importing.keep(
        turn.session,
        trial,
        employee=turn.employee,
        at=turn.now,
        text=f"import of {name}",
        only_good=True,
    )
    return _imported(trial, made, kind)


def _allowed(turn: Turn) -> None:
    if turn.employee.role is Role.ADMIN:
        return
    admins = [plain(one.name) for one in active(turn.session) if one.role is Role.ADMIN]
    ask = f" Ask {listed(admins)}." if admins else ""
    raise Refused(f"Imports are for administrators.{ask} Nothing was saved.")


def _sheet(turn: Turn, digest: str, name: str) -> Sheet:
    content = attachments.content_with(turn.session, digest)
    if content is None:
        raise Refused("That file is not there any more. Please send it again.")
    try:
        return read_sheet(content)
    except BadSheet as error:
        raise Refused(
            f"I cannot read {plain(name)} as a table: {error} Nothing was saved."
        ) from error


def _dry_run(trial: Trial, kind: str, name: str) -> Question | Reply:
    report = trial.report
    facts = [
        f"Row {fault.row}{', ' + fault.column if fault.column else ''}: "
        f"{plain(fault.value) + ' - ' if fault.value else ''}{fault.reason}"
        for fault in report.faults[:REASONS]
    ]
    if len(report.faults) > REASONS:
        facts.append(f"and {len(report.faults) - REASONS} more")
    facts += [f"Row {doubt.row}: {doubt.sentence}" for doubt in report.doubles[:REASONS]]
    facts += [
        f"{one.value} in {one.column} may be a misspelt {one.likely} ({count(one.rows, 'row')})"
        for one in report.misspellings[:REASONS]
    ]
    if report.unknown_columns:
        facts.append(f"Columns I do not know: {listed(list(report.unknown_columns))}")
    head = (
        f"Dry run of {plain(name)} as {kind}, nothing saved: {report.new} new, "
        f"{len(report.known)} here already, {count(len(report.doubles), 'possible duplicate')}, "
        f"{count(report.bad_rows, 'broken row')}."
    )
    if not report.new:
        return Reply(head, facts=facts)
    choices = (
        Choice(f"Import {report.new}", values={"confirmed": True, "kind": kind}, yes=True),
        Choice("Cancel", drops=True),
    )
    return Question(head, choices=choices, facts=facts)


def _imported(trial: Trial, made: Deed | None, kind: str) -> Reply:
    report = trial.report
    left = f", {count(report.bad_rows, 'broken row')} left out" if report.bad_rows else ""
    if made is None:
        return Reply(f"There was nothing new in it{left}.")
    return Reply(
        f"Imported {report.new} {kind}{left}.",
        choices=(Choice("Undo", "undo", {"deed": made.id}),),
    )
