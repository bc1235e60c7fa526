"""From a mention to the customers that may be meant, and whether one is sure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store.customers import CompanyRole, Customer, living
from crm_store.employees import Employee
from crm_store.interactions import Interaction
from crm_store.search.candidates import candidates
from crm_store.search.exact import by_address
from crm_store.search.normalise import Word, words_of
from crm_store.search.ranking import fit

ACCEPT, LEAD = 0.93, 0.06
"""A look-up takes the best without asking from this score on, this far before the next."""
ACCEPT_WRITING, LEAD_WRITING = 0.95, 0.10
NOBODY = 0.75
"""Below this nobody of that name is known."""
NEAR = 0.4
LATELY = timedelta(days=60)
EQUAL = 0.02
ELSEWHERE = 0.8
"""What is left of the score of somebody who is not known to be of the company that was said."""
STANDS_BEHIND = 0.84
"""What is left of a company's partial fit when a person of that company is named as well."""

_AT = re.compile(r"\s+(?:from|at|of|with|for|@|von|bei)\s+(?:the\s+)?|\s*[,(]\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Match:
    """A customer that may be meant: the name that fitted, how well, and why."""

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


@dataclass(frozen=True)
class _Hit:
    customer_id: int
    score: float
    name: str
    why: str
    person: bool


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
    conversation is about, the latest first; they and what the employee owns or spoke to in
    the 60 days before `now` come first among equals. `writing` asks for more certainty.
    """
    if exact := by_address(session, mention):
        hits = [_Hit(c.id, 1.0, c.name, "address", True) for c in exact]
    else:
        hits = _named(session, mention, company)
    near = _Nearness(session, employee, now, recent, [hit.customer_id for hit in hits])
    hits.sort(
        key=lambda hit: (-round((hit.score + near.bonus(hit)) / 0.001), hit.name, hit.customer_id)
    )
    known = [hit for hit in hits if hit.score >= NOBODY]
    shown = (known or [hit for hit in hits if hit.score >= NEAR])[:limit]
    matches = _matches(session, shown)
    accept, lead = (ACCEPT_WRITING, LEAD_WRITING) if writing else (ACCEPT, LEAD)
    chosen = _chosen(known, accept, lead, near, writing)
    sure = next((one for one in matches if chosen and one.customer.id == chosen.customer_id), None)
    return Found(matches, sure, nothing=not known)


def _named(session: Session, mention: str, company: str | None) -> list[_Hit]:
    words = words_of(mention)
    hits = _ranked(session, words)
    best = max((hit.score for hit in hits), default=0.0)
    parts = _AT.split(mention, maxsplit=1)
    if (
        company is None
        and best < ACCEPT
        and len(parts) == 2
        and all(part.strip() for part in parts)
    ):
        hits, company = _ranked(session, words_of(parts[0])), parts[1]
    if company is not None:
        hits = _of_company(session, hits, company)
    return _company_behind_its_people(session, hits)


def _ranked(session: Session, words: tuple[Word, ...]) -> list[_Hit]:
    best: dict[int, _Hit] = {}
    for one in candidates(session, words):
        found = fit(words, words_of(one.name), person=one.person)
        kept = best.get(one.customer_id)
        if found.score > (kept.score if kept else 0.0):
            why = f"also called {one.name}" if one.alias else found.why
            best[one.customer_id] = _Hit(one.customer_id, found.score, one.name, why, one.person)
    return list(best.values())


def _of_company(session: Session, hits: list[_Hit], company: str) -> list[_Hit]:
    firms = {
        hit.customer_id: hit
        for hit in _ranked(session, words_of(company))
        if not hit.person and hit.score >= NOBODY
    }
    rows = session.execute(
        select(CompanyRole.person_id, CompanyRole.company_id)
        .where(CompanyRole.company_id.in_(firms))
        .where(CompanyRole.until.is_(None))
    )
    works_at = {row.person_id: firms[row.company_id] for row in rows}
    placed: list[_Hit] = []
    for hit in hits:
        firm = works_at.get(hit.customer_id) or firms.get(hit.customer_id)
        if firm is None:
            placed.append(replace(hit, score=hit.score * ELSEWHERE))
        else:
            score = hit.score + (1 - hit.score) * 0.5 * firm.score
            placed.append(replace(hit, score=score, why=f"works at {firm.name}"))
    return placed


def _company_behind_its_people(session: Session, hits: list[_Hit]) -> list[_Hit]:
    firms = [hit.customer_id for hit in hits if not hit.person and NOBODY <= hit.score < 0.97]
    people = [hit.customer_id for hit in hits if hit.person and hit.score >= ACCEPT]
    if not firms or not people:
        return hits
    behind = set(
        session.scalars(
            select(CompanyRole.company_id)
            .where(CompanyRole.company_id.in_(firms), CompanyRole.person_id.in_(people))
            .where(CompanyRole.until.is_(None))
        )
    )
    return [
        replace(hit, score=hit.score * STANDS_BEHIND) if hit.customer_id in behind else hit
        for hit in hits
    ]


class _Nearness:
    """How near the customers are to who speaks: in the talk, owned, spoken to lately."""

    def __init__(
        self,
        session: Session,
        employee: Employee | None,
        now: datetime | None,
        recent: Sequence[int],
        ids: Sequence[int],
    ) -> None:
        self.focus = set(recent)
        self.owned: set[int] = set()
        self.lately: set[int] = set()
        if employee is None or not ids:
            return
        self.owned = set(
            session.scalars(
                select(Customer.id).where(Customer.id.in_(ids), Customer.owner_id == employee.id)
            )
        )
        if now is not None:
            self.lately = set(
                session.scalars(
                    select(Interaction.customer_id)
                    .where(Interaction.employee_id == employee.id)
                    .where(Interaction.happened_at >= now - LATELY)
                    .where(Interaction.customer_id.in_(ids))
                )
            )

    def bonus(self, hit: _Hit) -> float:
        """What to add to the score for the order only."""
        return (
            0.03 * (hit.customer_id in self.focus)
            + 0.012 * (hit.customer_id in self.owned)
            + 0.008 * (hit.customer_id in self.lately)
        )


def _chosen(
    known: list[_Hit], accept: float, lead: float, near: _Nearness, writing: bool
) -> _Hit | None:
    best = max((hit.score for hit in known), default=0.0)
    if best < accept:
        return None
    rivals = [hit for hit in known if hit.score > best - lead]
    if len(rivals) == 1:
        return rivals[0]
    equals = [hit for hit in rivals if hit.score >= max(accept, best - EQUAL)]
    spoken_of = [hit for hit in equals if hit.customer_id in near.focus]
    if spoken_of or writing:
        return spoken_of[0] if len(spoken_of) == 1 else None
    own = [hit for hit in equals if hit.customer_id in near.owned | near.lately]
    if len(own) == 1 and own[0].customer_id in near.owned & near.lately:
        return own[0]
    return None


def _matches(session: Session, hits: Sequence[_Hit]) -> tuple[Match, ...]:
    ids = [hit.customer_id for hit in hits]
    rows = {row.id: row for row in session.scalars(living().where(Customer.id.in_(ids)))}
    return tuple(
        Match(rows[hit.customer_id], round(hit.score, 4), hit.name, hit.why)
        for hit in hits
        if hit.customer_id in rows
    )
