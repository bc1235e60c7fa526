"""Customers while their name is still being typed: the last word may be only begun."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store.employees import Employee
from crm_store.search.finding import Match, find
from crm_store.search.normalise import folded
from crm_store.search.rows import WORDS

BEGUN = 5
"""How many words that begin so are followed up."""


def completing(
    session: Session,
    typed: str,
    *,
    employee: Employee | None = None,
    now: datetime | None = None,
    limit: int = 5,
) -> tuple[Match, ...]:
    """Whom the letters may become, the likeliest first: "mül", "jane sm"."""
    before, _, letters = typed.strip().rpartition(" ")
    start = folded(letters)
    if not start:
        return ()
    words = session.scalars(
        select(WORDS.c.word)
        .where(WORDS.c.word >= start, WORDS.c.word < start + "\uffff")
        .order_by(WORDS.c.word)
        .limit(BEGUN)
    ).all()
    found: dict[int, Match] = {}
    for mention in dict.fromkeys([typed, *(f"{before} {word}".strip() for word in words)]):
        matches = find(session, mention, employee=employee, now=now, limit=limit)
        if not matches.nothing:
            for match in matches.matches:
                best = found.get(match.customer.id)
                if best is None or match.score > best.score:
                    found[match.customer.id] = match
    return tuple(sorted(found.values(), key=lambda match: -match.score)[:limit])
