"""Measures customers by name among many: `python benchmarks/names.py [--size N] [--database URL]`.

Makes a store and mentions of its customers from a seed, and prints how often the right one
comes first and among five, and how long it takes, with full scans beside it.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer
from naming.figures import HEAD, Outcome, Took, Watch, spread
from naming.mentions import Said, mentions
from naming.population import Person, population
from naming.scans import SCORERS, SameRanking, scanned
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from crm_store.customers import Customer, CustomerKind
from crm_store.database import open_store, upgrade
from crm_store.employees import Employee
from crm_store.search import Found, check, find, rebuild, sources
from crm_store.search.hits import NOBODY
from crm_store.search.mention import understood
from crm_store.search.normalise import folded, words_of
from crm_store.search.sources import Name, names_of

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
EMPLOYEES = 200
OWNED = 0.8
"""The share of customers who have an owner."""


SMALL = 10_000
"""The size of store that the growth of time is told from."""


def main(
    size: Annotated[int, typer.Option(help="How many customers.")] = 1_000_000,
    count: Annotated[int, typer.Option("--mentions", help="How many mentions.")] = 2_000,
    scans: Annotated[int, typer.Option(help="Of those, how many by full scans.")] = 40,
    database: Annotated[str, typer.Option(help="A URL of an empty database.")] = "",
    seed: int = 7,
    kinds: Annotated[bool, typer.Option(help="Show each kind of mention.")] = False,
) -> None:
    """Measure finding customers by name."""
    with tempfile.TemporaryDirectory(prefix="names-") as folder:
        if size > SMALL and not database:
            with store(f"sqlite:///{Path(folder) / 'small.sqlite'}", SMALL, seed) as (small, few):
                print(HEAD)
                before = measured(small, few, mentions(few, count, seed))
        with store(database or f"sqlite:///{Path(folder) / 'crm.sqlite'}", size, seed) as made:
            session, people = made
            said = mentions(people, count, seed)
            print(HEAD)
            after = measured(session, people, said, kinds=kinds)
            if size > SMALL and not database:
                print(f"  from {SMALL:,} to {size:,} customers: {after.beside(before)}")
            absent(session, count, seed)
            owners(session, said)
            same_as_scan(session, people, said[:scans])
            rapidfuzz(people, said[:scans])
            kept_in_step(session)


@contextmanager
def store(url: str, size: int, seed: int) -> Iterator[tuple[Session, list[Person]]]:
    """A store with so many customers in it, and these."""
    people = list(population(size, seed))
    filled(url, people)
    engine = open_store(url)
    with Session(engine, expire_on_commit=False) as session:
        if session.connection().dialect.name == "postgresql":
            session.execute(text("ANALYZE"))
        yield session, people
        session.rollback()
    engine.dispose()


def filled(url: str, people: Sequence[Person]) -> None:
    """The store with all customers in it; how long that took, and how large it is."""
    engine = open_store(url)
    upgrade(engine)
    started = time.perf_counter()
    with Session(engine) as session:
        session.add_all(Employee(email=f"e{i}@example.com", name=f"E{i}") for i in range(EMPLOYEES))
        session.flush()
        rows = (_row(place, person) for place, person in enumerate(people))
        while part := list(islice(rows, 10_000)):
            session.connection().execute(insert(Customer), part)
        session.commit()
    stored = time.perf_counter()
    with Session(engine) as session:
        before = _bytes(session)
        names = rebuild(session)
        session.commit()
        built = time.perf_counter()
        grown = _bytes(session) - before
    engine.dispose()
    print(
        f"{len(people):,} customers stored in {stored - started:.0f} s; "
        f"index of {names:,} names built in {built - stored:.0f} s, {grown / 1e6:.0f} MB\n"
    )


def _row(place: int, person: Person) -> dict[str, Any]:
    owned = place % 10 < OWNED * 10
    return {
        "name": person.name,
        "kind": CustomerKind.PERSON if person.human else CustomerKind.COMPANY,
        "owner_id": place // 10 % EMPLOYEES + 1 if owned else None,
        "created_at": NOW,
    }


def _bytes(session: Session) -> int:
    if session.connection().dialect.name == "postgresql":
        return int(session.scalar(text("SELECT pg_database_size(current_database())")) or 0)
    pages, page = (session.scalar(text(f"PRAGMA {one}")) for one in ("page_count", "page_size"))
    return int(pages or 0) * int(page or 0)


def right(said: Said, names: Sequence[tuple[int, str]]) -> list[bool]:
    """For each answer (place in the population, name): is it who was meant, or a namesake?"""
    return [
        place == said.target
        or (bool(said.words) and said.words <= {word.text for word in words_of(name)})
        for place, name in names
    ]


def asked(session: Session, mention: str, employee: Employee | None = None) -> tuple[Found, Took]:
    """One look-up in a session that knows nothing yet, and what it took."""
    session.expunge_all()
    with Watch() as watch:
        found = find(session, mention, employee=employee, now=NOW)
    return found, watch.took


def measured(
    session: Session, people: Sequence[Person], said: Sequence[Said], *, kinds: bool = False
) -> Outcome:
    """Every mention by the index, no matter who speaks."""
    every = Outcome()
    by_kind: dict[str, Outcome] = {}
    sure: Counter[bool] = Counter()
    for one in said[:50]:
        asked(session, one.text)
    for one in said:
        found, took = asked(session, one.text)
        answers = right(one, [(m.customer.id - 1, m.customer.name) for m in found.matches])
        every.add(answers, took)
        by_kind.setdefault(one.kind, Outcome()).add(answers, took)
        if found.sure:
            sure[right(one, [(found.sure.customer.id - 1, found.sure.customer.name)])[0]] += 1
    print(every.row(f"index, {len(people):,} customers"))
    for kind, outcome in sorted(by_kind.items()) if kinds else ():
        print(outcome.row(f"  {kind}"))
    print(f"  taken without asking: {sure.total():,}, wrongly: {sure[False]}")
    return every


def owners(session: Session, said: Sequence[Said]) -> None:
    """The same said by who owns the one meant; here a namesake is not right."""
    outcome = Outcome()
    for one in said:
        customer = session.get_one(Customer, one.target + 1)
        speaker = session.get(Employee, customer.owner_id) if customer.owner_id else None
        if speaker is not None:
            found, took = asked(session, one.text, speaker)
            outcome.add([m.customer.id - 1 == one.target for m in found.matches], took)
    print(outcome.row("index, said by the owner; no namesake is right"))


def absent(session: Session, count: int, seed: int) -> None:
    """Names that nobody bears: how fast that is known."""
    strangers = [p.name for p in islice(population(10 * count, seed + 99), count)]
    times, nobody = [], 0
    for name in strangers:
        garbled = " ".join(word[::-1] for word in folded(name).split())
        found, took = asked(session, garbled)
        times.append(took)
        nobody += found.nothing
    shares = f"{nobody / count:.3f} | {'':<5}"
    print(f"| {'absent (names backwards)':<48} | {count:>5} | {shares} | {spread(times)} |")


def same_as_scan(session: Session, people: Sequence[Person], said: Sequence[Said]) -> None:
    """The index against a full scan that ranks in the same way."""
    connection = session.connection()
    ids = list(connection.scalars(select(Customer.id)))
    names: list[Name] = list(names_of(connection, sources.CUSTOMERS, ids))
    scan = SameRanking(names)
    outcome = Outcome()
    same = above = kept = 0
    for one in said:
        with Watch() as watch:
            scores = scan.scores(understood(connection, one.text))
        best = sorted(scores.items(), key=lambda found: -found[1])[:5]
        outcome.add(right(one, [(i - 1, people[i - 1].name) for i, _ in best]), watch.took)
        found, _ = asked(session, one.text)
        mine = [m.score for m in found.matches if m.score >= NOBODY]
        theirs = [round(score, 4) for _, score in best if score >= NOBODY]
        same += (mine[:1] or [0]) == (theirs[:1] or [0])
        above += len(theirs)
        kept += sum((Counter(mine) & Counter(theirs)).values())
    print(outcome.row("full scan, same ranking"))
    print(
        f"  first answer as good as the full scan's: {same / len(said):.3f}; "
        f"its answers above the line that the index has too: {kept / max(above, 1):.4f}"
    )


def rapidfuzz(people: Sequence[Person], said: Sequence[Said]) -> None:
    """Full scans with rapidfuzz's own scores."""
    names = [folded(person.name) for person in people]
    for name, scorer in SCORERS.items():
        outcome = Outcome()
        for one in said:
            with Watch() as watch:
                places = scanned(scorer, one.text, names)
            outcome.add(right(one, [(place, people[place].name) for place in places]), watch.took)
        print(outcome.row(f"full scan, {name}"))


def kept_in_step(session: Session) -> None:
    """What it costs to keep the index in step, and whether it is."""
    people = list(population(5_100, 12345))
    for portion, made in ((1, people[:100]), (5_000, people[100:])):
        started = time.perf_counter()
        for start in range(0, len(made), portion):
            part = made[start : start + portion]
            session.add_all(Customer(name=person.name, created_at=NOW) for person in part)
            session.flush()
        took = (time.perf_counter() - started) * 1000 / len(made)
        print(f"adding customers, {portion:,} at a time: {took:.2f} ms each, index and all")
    started = time.perf_counter()
    differences = check(session)
    print(f"check: {differences or 'in step'}, {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    typer.run(main)
