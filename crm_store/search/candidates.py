"""Which names may be meant by a mention, before they are ranked."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store.customers import Customer, CustomerKind, CustomerName, living
from crm_store.search.normalise import Word


@dataclass(frozen=True)
class Candidate:
    """One name of one living customer."""

    customer_id: int
    name: str
    person: bool
    alias: bool = False


def candidates(session: Session, mention: Sequence[Word]) -> list[Candidate]:
    """Names that share a word with the mention, or one much like it."""
    found = [
        Candidate(row.id, row.name, row.kind is CustomerKind.PERSON)
        for row in session.execute(
            living().with_only_columns(Customer.id, Customer.name, Customer.kind)
        )
    ]
    aliases = (
        select(Customer.id, CustomerName.name, Customer.kind)
        .join(CustomerName, CustomerName.customer_id == Customer.id)
        .where(Customer.id.in_([one.customer_id for one in found]))
    )
    found += [
        Candidate(row.id, row.name, row.kind is CustomerKind.PERSON, alias=True)
        for row in session.execute(aliases)
    ]
    return found
