"""Exporting: everything in the store as CSV files that `importing` takes back."""

import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm_store.addresses import EmailAddress
from crm_store.customers import Customer
from crm_store.exchange.directory import folded
from crm_store.exchange.kinds import NOUNS
from crm_store.exchange.layout import ORDER
from crm_store.exchange.reading import Noun
from crm_store.exchange.sheet import write_sheet
from crm_store.firm import Firm

ALWAYS = frozenset(ORDER) - {"stages", "lost_reasons", "notes", "ideas"}
"""Kinds whose file is written even if it has no rows."""


def export(session: Session, firm: Firm, folder: Path) -> dict[str, int]:
    """Write a file for each kind into the folder; how many rows each has.

    A file that is there already is replaced once its successor is whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = CustomerNames(session)
    written: dict[str, int] = {}
    for kind in ORDER:
        count = _write(session, firm, NOUNS[kind], names, folder / f"{kind}.csv")
        if count or kind in ALWAYS:
            written[kind] = count
    return written


def _write(session: Session, firm: Firm, noun: Noun, names: "CustomerNames", path: Path) -> int:
    rows = [dict(row) for row in noun.rows(session, firm, names)]
    if not rows and noun.layout.kind not in ALWAYS:
        path.unlink(missing_ok=True)
        return 0
    used = {name for row in rows for name, cell in row.items() if cell.strip()}
    ordinary = noun.layout.ordinary
    header = [name for name in noun.layout.names if name in ordinary or name in used]
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            lines = ([row.get(name, "") for name in header] for row in rows)
            write_sheet(file, header, lines)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return len(rows)


class CustomerNames:
    """How each customer is called in the tables, so that an import finds them again.

    By name; where others bear the same name, by an e-mail address of their own; else by name
    and number: `Ann Lee #2` is the second of that name in the file of customers.
    """

    def __init__(self, session: Session) -> None:
        present = (Customer.merged_into_id.is_(None), Customer.erased_at.is_(None))
        order = (Customer.kind, Customer.id)
        alike: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for row_id, name in session.execute(
            select(Customer.id, Customer.name).where(*present).order_by(*order)
        ):
            alike[folded(name)].append((row_id, name))
        addresses = set(session.scalars(select(EmailAddress.address)))
        own = dict(self._own_addresses(session))
        self._names: dict[int, str] = {}
        self._numbered: dict[int, str] = {}
        for said, namesakes in alike.items():
            alone = len(namesakes) == 1
            for number, (row_id, name) in enumerate(namesakes, start=1):
                plain = name if alone else f"{name} #{number}"
                self._numbered[row_id] = plain
                clear = alone and said not in addresses
                self._names[row_id] = plain if clear else own.get(row_id, f"{name} #{number}")

    @staticmethod
    def _own_addresses(session: Session) -> Iterator[tuple[int, str]]:
        """For customers who have one: the first address that nobody else has."""
        shared = (
            select(EmailAddress.address)
            .group_by(EmailAddress.address)
            .having(func.count(EmailAddress.customer_id) > 1)
        )
        wanted = (
            select(EmailAddress.customer_id, EmailAddress.address)
            .where(EmailAddress.address.not_in(shared))
            .order_by(EmailAddress.id.desc())
        )
        yield from ((row_id, address) for row_id, address in session.execute(wanted))

    def of(self, customer_id: int | None) -> str:
        """What the customer is called; empty for nobody, and for the erased."""
        return self._names.get(customer_id, "") if customer_id is not None else ""

    def in_the_file(self, customer_id: int) -> str:
        """What the customer is called within the file of customers itself: never by address."""
        return self._numbered.get(customer_id, "")
