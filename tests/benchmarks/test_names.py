"""Names as the benchmark measures them, on a small population: found, and as by a full scan."""

from collections.abc import Iterator

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from benchmarks.naming.mentions import Said, mentions
from benchmarks.naming.population import Person, population
from benchmarks.naming.scans import SameRanking
from crm_store.customers import Customer, CustomerKind
from crm_store.database import TABLES, open_store
from crm_store.search import check, find, rebuild, sources
from crm_store.search.hits import NOBODY
from crm_store.search.mention import understood
from crm_store.search.normalise import folded_words
from tests.store.conftest import NOW

SIZE = 3_000
PEOPLE = list(population(SIZE, seed=11))
SAID = mentions(PEOPLE, 400, seed=11)


@pytest.fixture(scope="module")
def crowd() -> Iterator[Session]:
    engine = open_store("sqlite://")
    TABLES.create_all(engine)
    with Session(engine) as session:
        session.connection().execute(insert(Customer), [row(one) for one in PEOPLE])
        rebuild(session)
        yield session
    engine.dispose()


def row(person: Person) -> dict[str, object]:
    kind = CustomerKind.PERSON if person.human else CustomerKind.COMPANY
    return {"name": person.name, "kind": kind, "created_at": NOW}


def test_the_same_seed_gives_the_same_people_and_mentions() -> None:
    assert list(population(50, seed=11)) == PEOPLE[:50]
    assert mentions(PEOPLE, 50, seed=11) == SAID[:50]
    assert list(population(50, seed=12)) != PEOPLE[:50]


def test_an_index_made_in_one_go_is_in_step(crowd: Session) -> None:
    assert check(crowd) == []


def test_the_right_one_comes_first(crowd: Session) -> None:
    first = five = 0
    for said in SAID:
        answers = [match.customer for match in find(crowd, said.text).matches]
        right = [_is_right(said, one) for one in answers]
        first += right[:1] == [True]
        five += any(right)
    assert first >= 0.97 * len(SAID)
    assert five >= 0.99 * len(SAID)


def _is_right(said: Said, customer: Customer) -> bool:
    return (
        customer.id - 1 == said.target
        or customer.name == PEOPLE[said.target].name
        or (said.words <= set(folded_words(customer.name)))
    )


def test_taken_without_asking_is_hardly_ever_somebody_else(crowd: Session) -> None:
    taken = [(said, find(crowd, said.text, writing=True).sure) for said in SAID]
    sure = [(said, match) for said, match in taken if match is not None]
    wrong = [said.text for said, match in sure if not _is_right(said, match.customer)]
    assert len(sure) > len(SAID) / 2
    assert len(wrong) <= 0.01 * len(sure), wrong


def test_the_index_answers_as_a_full_scan_would(crowd: Session) -> None:
    connection = crowd.connection()
    names = list(sources.names_of(connection, sources.CUSTOMERS, range(1, SIZE + 1)))
    scan = SameRanking(names)
    for said in SAID[:80]:
        scores = sorted(scan.scores(understood(connection, said.text)).values(), reverse=True)
        expected = [round(score, 4) for score in scores[:5] if score >= NOBODY]
        found = find(crowd, said.text)
        assert [match.score for match in found.matches if not found.nothing] == expected, said
