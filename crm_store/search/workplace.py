"""Persons said with their company: "Dave from Acme", "Smith (Harbor Realty)", "acme dave"."""

import re
from dataclasses import replace

from sqlalchemy import Connection, select

from crm_store.customers import CompanyRole
from crm_store.search.hits import NOBODY, Hit, Hits, hits_for, named, ranked, words_of
from crm_store.search.mention import Mention
from crm_store.search.normalise import LIGHT
from crm_store.search.ranking import fit

ELSEWHERE = 0.8
"""What is left of a score where another company was said than the customer is known to be of."""
BEHIND = 0.84
"""What is left of a company's partial fit when a person of that company is a hit as well."""
WHOLE = 0.97
"""From this score on a company is meant itself, whoever of its people is a hit as well."""
OFFERED = 0.5
"""The score of a company when a person of it was said whom nobody knows."""
FIRMS, PEOPLE = 20, 300
"""How many companies of a said name, and people of theirs, are looked at."""

_ALWAYS = re.compile(r"\s+(?:from|at|@|bei)\s+(?:the\s+)?", re.IGNORECASE)
_PERHAPS = re.compile(r"\s+(?:of|with|for|von)\s+(?:the\s+)?|\s*[,(/]\s*|\s+-\s+", re.IGNORECASE)


def parted(mention: str, *, perhaps: bool) -> tuple[str, str] | None:
    """The person and the company of a mention that says both. `perhaps` also parts at signs that
    occur within names, as in "Bank of America"."""
    parts = (_PERHAPS if perhaps else _ALWAYS).split(mention, maxsplit=1)
    person, company = parts[0].strip(), parts[-1].strip(" )")
    return (person, company) if len(parts) == 2 and person and company else None


def of_company(connection: Connection, mention: Mention, hits: Hits, company: str) -> Hits:
    """The hits when that company was said beside the name: its people come first."""
    _, found = hits_for(connection, company)
    firms = {
        hit.customer_id: hit
        for hit in sorted(found.values(), key=lambda hit: -hit.score)[:FIRMS]
        if hit.score >= NOBODY and not hit.name.person
    }
    works_at = _people(connection, list(firms))
    known = hits | ranked(mention, named(connection, list(works_at)))
    placed = {
        hit.customer_id: _placed(hit, firms.get(works_at.get(hit.customer_id, 0)))
        for hit in known.values()
    }
    # The company itself is only offered: somebody of it was meant.
    return {one: replace(hit, score=OFFERED) for one, hit in firms.items()} | placed


def _placed(hit: Hit, firm: Hit | None) -> Hit:
    if firm is None:
        return replace(hit, score=hit.score * ELSEWHERE)
    score = hit.score + (1 - hit.score) * 0.5 * firm.score
    return replace(hit, score=score if hit.score >= NOBODY else hit.score, why="works there")


def _people(connection: Connection, firms: list[int]) -> dict[int, int]:
    """Who works at one of the companies now, and at which."""
    if not firms:
        return {}
    rows = connection.execute(
        select(CompanyRole.person_id, CompanyRole.company_id)
        .where(CompanyRole.company_id.in_(firms), CompanyRole.until.is_(None))
        .limit(PEOPLE)
    )
    return {row.person_id: row.company_id for row in rows}


def with_their_companies(connection: Connection, mention: Mention, hits: Hits) -> Hits:
    """The hits where part of the mention may be a company and the rest a person of it."""
    firms = {hit.customer_id: hit for hit in hits.values() if not hit.name.person and hit.score}
    works_at = _people(connection, sorted(firms, key=lambda one: -firms[one].score)[:FIRMS])
    found = dict(hits)
    for person in named(connection, list(works_at)):
        firm = firms[works_at[person.of_id]]
        both = (*words_of(person), *words_of(firm.name))
        alone = fit(mention.words, words_of(person), person=True).score
        together = fit(mention.words, both, person=False)
        if alone > LIGHT and together.score > max(alone, firm.score):
            found[person.of_id] = Hit(person, together.score, "works there")
    return found


def behind_their_people(connection: Connection, hits: Hits) -> Hits:
    """The hits with a company behind a person of it whom the mention fits as well: "smith" is
    Jane Smith rather than her Smith & Sons."""
    likely = [hit for hit in hits.values() if hit.score >= NOBODY]
    firms = [hit.customer_id for hit in likely if not hit.name.person and hit.score < WHOLE + 0.005]
    people = [hit.customer_id for hit in likely if hit.name.person and hit.score > 0.9]
    if not firms or not people:
        return hits
    behind = set(
        connection.scalars(
            select(CompanyRole.company_id)
            .where(CompanyRole.company_id.in_(firms), CompanyRole.person_id.in_(people))
            .where(CompanyRole.until.is_(None))
        )
    )
    return {
        one: replace(hit, score=hit.score * BEHIND) if one in behind else hit
        for one, hit in hits.items()
    }
