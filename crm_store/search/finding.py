"""From a mention to the customers that may be meant, and whether one is sure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam
from sqlalchemy.orm import Session

from crm_store.customers import Customer, CustomerName, living
from crm_store.employees import Employee
from crm_store.search import workplace
from crm_store.search.exact import by_address
from crm_store.search.hits import NOBODY, Hit, Hits, hits_for
from crm_store.search.nearness import Nearness
from crm_store.search.normalise import words_of
from crm_store.search.sources import OTHER_NAMES, SOURCES, source_of

ACCEPT, LEAD = 0.93, 0.06
"""A look-up takes the best without asking from this score on, this far before the next."""
ACCEPT_WRITING, LEAD_WRITING = 0.95, 0.10
NEAREST = 0.4
"""From here on a name may be offered when nobody fits."""
WHOLE = 0.999
EQUAL = 0.02
LOOKED_AT = 40


@dataclass(frozen=True)
class Match:
    """A customer that may be meant: the name that fitted, how well (0 to 1), and why."""

    customer: Customer
    score: float
    name: str
    why: str


@dataclass(frozen=True)
class Found:
    """Who may be meant, the likeliest first. `sure` may be taken without asking; with `nothing`
    nobody of that name is known, and `matches` are the nearest names to offer."""

    matches: tuple[Match, ...]
    sure: Match | None
    nothing: bool


def find(
    session: Session,
    mention: str,
    *,
    employee: Employee | None = None,
    company: str | None = None,
    now: datetime | None = None,
    writing: bool = False,
    limit: int = 5,
    recent: Sequence[int] = (),
) -> Found:
    """Who may be meant by a mention as typed: "Mr. Smith", "smtih", "dave from acme".

    `company` is the company said beside the name. `recent` are the customers that the
    conversation is about; they, and those whom the employee owns or spoke to in the 60 days
    before `now`, come first among equals. `writing` asks for more certainty.
    """
    if session.autoflush:
        session.flush()
    if reached := by_address(session, mention):
        matches = tuple(Match(one, 1.0, one.name, "address") for one in reached)
        return Found(matches[:limit], matches[0] if len(matches) == 1 else None, nothing=False)
    connection = session.connection()
    near = Nearness(connection, employee, now, recent)
    hits = _hits(connection, mention, company, near)
    best = sorted(hits.values(), key=lambda hit: _place(hit, near))[:LOOKED_AT]
    near.look_at([hit.customer_id for hit in best])
    best.sort(key=lambda hit: _place(hit, near))
    known = [hit for hit in best if hit.score >= NOBODY]
    shown = known or [hit for hit in best if hit.score >= NEAREST]
    chosen = _chosen(known, near, writing, full_name=_is_full(mention))
    matches = _matches(session, shown[:limit])
    sure = next((one for one in matches if chosen and one.customer.id == chosen.customer_id), None)
    return Found(matches, sure, nothing=not known)


def _hits(connection: Connection, mention: str, company: str | None, near: Nearness) -> Hits:
    if company is not None and words_of(company) == words_of(mention):
        company = None
    if company is None and (parts := workplace.parted(mention, perhaps=False)):
        mention, company = parts
    read, hits = hits_for(connection, mention, near)
    best = max((hit.score for hit in hits.values()), default=0.0)
    if company is None and best < ACCEPT and (parts := workplace.parted(mention, perhaps=True)):
        company = parts[1]
        read, hits = hits_for(connection, parts[0], near)
    if company is not None:
        return workplace.of_company(connection, read, hits, company)
    if best < NOBODY:
        return workplace.with_their_companies(connection, read, hits)
    return workplace.behind_their_people(connection, hits)


def _is_full(mention: str) -> bool:
    return sum(word.heavy for word in words_of(mention)) > 1


def _place(hit: Hit, near: Nearness) -> tuple[float, str, int]:
    total = hit.score + near.bonus(hit)
    return (-round(total, 3), hit.name.words, hit.customer_id)


def _chosen(known: list[Hit], near: Nearness, writing: bool, full_name: bool) -> Hit | None:
    """The one that may be taken without asking."""
    accept, lead = (ACCEPT_WRITING, LEAD_WRITING) if writing else (ACCEPT, LEAD)
    best = max((hit.score for hit in known), default=0.0)
    if best < accept:
        return None
    whole = [hit for hit in known if hit.score >= WHOLE]
    if full_name and len(whole) == 1:
        # First and last name, letter for letter: "John Smith" is not asked against "Jon Smyth".
        return whole[0]
    rivals = [hit for hit in known if hit.score > best - lead]
    if len(rivals) == 1:
        return rivals[0]
    equals = [hit for hit in rivals if hit.score >= max(accept, best - EQUAL)]
    spoken_of = [hit for hit in equals if hit.customer_id in near.focus]
    if spoken_of or writing:
        return spoken_of[0] if len(spoken_of) == 1 else None
    return _the_only_own(equals, near)


def _the_only_own(equals: list[Hit], near: Nearness) -> Hit | None:
    own = {hit.customer_id for hit in equals if near.owns(hit)}
    near_by = [hit for hit in equals if hit.customer_id in own | near.lately]
    if len(near_by) == 1 and near_by[0].customer_id in own & near.lately:
        return near_by[0]
    return None


def _matches(session: Session, hits: Sequence[Hit]) -> tuple[Match, ...]:
    ids = [hit.customer_id for hit in hits]
    rows = {row.id: row for row in session.scalars(_LIVING, {"ids": ids})} if ids else {}
    return tuple(
        Match(rows[hit.customer_id], round(hit.score, 4), *_told(session, hit, rows))
        for hit in hits
        if hit.customer_id in rows
    )


_LIVING = living().where(Customer.id.in_(bindparam("ids", expanding=True)))


def _told(session: Session, hit: Hit, rows: dict[int, Customer]) -> tuple[str, str]:
    """The name that fitted, and why."""
    if source_of(hit.name.id) is OTHER_NAMES:
        other = session.get_one(CustomerName, hit.name.id // SOURCES).name
        return other, f"also called {other}"
    customer = rows[hit.customer_id]
    if hit.why == "works there" and customer.company is not None:
        return customer.name, f"works at {customer.company.name}"
    return customer.name, hit.why
