"""History: who changed what of a customer or another row, when, from what to what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row as SqlRow
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from crm_store import schema, snapshots
from crm_store.customers import Customer
from crm_store.deeds import Deed, DeedKind, Operation
from crm_store.journal import CHANGES
from crm_store.rows import Recorded
from crm_store.snapshots import Snapshot

CONTACT_FIELDS = {
    "phone": ("phones", "number"),
    "email": ("email_addresses", "address"),
    "address": ("postal_addresses", "text"),
    "company": ("company_roles", "company_id"),
    "alias": ("customer_names", "name"),
    "owner": ("customers", "owner_id"),
}
"""Fields that people name and that are not a column of that name on the customer."""

SILENT = frozenset({"id", "created_at", "customer_id"})


@dataclass(frozen=True)
class Alteration:
    """One field of one row that became another: the values are those of the column."""

    at: datetime
    who: str | None
    kind: DeedKind
    deed_id: int
    table: str
    row_id: int
    operation: Operation
    field: str
    before: Any
    after: Any


def changes_of(
    session: Session,
    row: Recorded,
    *,
    field: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Alteration]:
    """What was changed of the row, of a customer with phones and all that is about them.

    Oldest first. `field` is a column or, of a customer, one of CONTACT_FIELDS; undo and redo
    are listed as what they are. `since` is inclusive, `until` exclusive.
    """
    if isinstance(row, Customer):
        table, column = CONTACT_FIELDS.get(field or "", (None, field))
        if field is not None and table is None:
            table = Customer.__tablename__
        wanted = _wanted(since, until).where(CHANGES.c.subject_id == row.id)
        if table is not None:
            wanted = wanted.where(CHANGES.c.table_name == table)
    else:
        column = field
        wanted = _wanted(since, until).where(
            CHANGES.c.table_name == row.__tablename__, CHANGES.c.row_id == row.id
        )
    return [
        alteration
        for found in session.execute(wanted)
        for alteration in _alterations(found)
        if column in (None, alteration.field)
    ]


def _wanted(since: datetime | None, until: datetime | None) -> Select[Any]:
    wanted = select(CHANGES, Deed.at, Deed.employee_name, Deed.kind).join(
        Deed, Deed.id == CHANGES.c.deed_id
    )
    if since is not None:
        wanted = wanted.where(Deed.at >= since)
    if until is not None:
        wanted = wanted.where(Deed.at < until)
    return wanted.order_by(CHANGES.c.deed_id, CHANGES.c.position)


def _alterations(found: SqlRow[Any]) -> list[Alteration]:
    before: Snapshot = found.before or {}
    after: Snapshot = found.after or {}
    table = schema.TABLES.tables[found.table_name]
    return [
        Alteration(
            at=found.at,
            who=found.employee_name,
            kind=found.kind,
            deed_id=found.deed_id,
            table=table.name,
            row_id=found.row_id,
            operation=found.operation,
            field=name,
            before=snapshots.decode(table.c[name], before.get(name)),
            after=snapshots.decode(table.c[name], after.get(name)),
        )
        for name in {**before, **after}
        if name in table.c and name not in SILENT and before.get(name) != after.get(name)
    ]
