"""Who changed what of a customer: answered from the ledger."""

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import select

from crm_store import ledger
from crm_store.customers import Customer
from crm_store.deeds import DeedKind, Operation
from crm_store.employees import Employee
from crm_store.ledger import Alteration
from nlu.dates import Moment
from skills.contact_details import value_of
from skills.fields import Field
from skills.kit import Ask, Past, Reply, Turn, question
from skills.wording import plain, time_of, who

SHOWN = 10
COLUMNS = {Field.KIND: "relation"}


@question(("who changed Bianca Rossi's phone?", "Bianca Rossi"))
def get_changes(
    turn: Turn,
    customer: Annotated[Customer, Ask("Whose changes?", recent=True)],
    field: Field | None = None,
    period: Annotated[Moment | None, Past()] = None,
) -> Reply:
    """Who changed what of a customer"""
    since, until = (period.start, period.end) if period else (None, None)
    column = COLUMNS.get(field, field.value) if field else None
    found = ledger.changes_of(turn.session, customer, field=column, since=since, until=until)
    name = field.value.replace("_", " ") if field else "file"
    if not found:
        return Reply(_nobody(turn, customer, field, name), about=[customer])
    facts = [_line(turn, one) for one in reversed(found[-SHOWN:])]
    return Reply(f"Changes to the {name} of {who(customer)}:", facts=facts, about=[customer])


def _nobody(turn: Turn, customer: Customer, field: Field | None, name: str) -> str:
    now = value_of(turn, customer, field) if field else ""
    holds = f" It is {now}." if now else ""
    return f"Nobody has changed the {name} of {who(customer)} so far.{holds}"


def _line(turn: Turn, one: Alteration) -> str:
    by = plain(one.who) if one.who else "the system"
    how = {DeedKind.UNDO: ", by undo", DeedKind.REDO: ", by redo", DeedKind.IMPORT: ", by import"}
    what = f"{one.table.replace('_', ' ')} {one.field.removesuffix('_id').replace('_', ' ')}"
    if one.operation is Operation.INSERT:
        change = f"set to {_value(turn, one.field, one.after)}"
    elif one.operation is Operation.DELETE:
        change = f"removed (was {_value(turn, one.field, one.before)})"
    else:
        before, after = (_value(turn, one.field, v) for v in (one.before, one.after))
        change = f"{before} -> {after}"
    return f"{time_of(one.at, turn)}, {by}{how.get(one.kind, '')}: {what} {change}"


def _value(turn: Turn, field: str, value: Any) -> str:
    if value is None:
        return "nothing"
    if field.endswith("_id") and isinstance(value, int):
        kind: type[Employee] | type[Customer] = Customer
        if "owner" in field or "employee" in field:
            kind = Employee
        name = turn.session.scalar(select(kind.name).where(kind.id == value))
        return plain(name) if name is not None else f"no. {value}"
    if isinstance(value, datetime):
        return time_of(value.astimezone(UTC), turn)
    return plain(str(getattr(value, "value", value)))
