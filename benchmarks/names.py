"""Measures customers by name among many: `python benchmarks/names.py [--size N] [--database URL]`.

Makes a store and mentions of its customers from a seed, and prints how often the right one
comes first and among five, and how long it takes, with full scans beside it.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer
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


@dataclass
class Outcome:
    """Answers to mentions: how many were right, and how long each took in milliseconds."""

    first: list[bool] = field(default_factory=list)
    in_five: list[bool] = field(default_factory=list)
    took: list[float] = field(default_factory=list)

    def add(self, right: Sequence[bool], seconds: float) -> None:
        self.first.append(bool(right[:1] and right[0]))
        self.in_five.append(any(right))
        self.took.append(seconds * 1000)

    def row(self, name: str) -> str:
        share = [sum(found) / len(found) for found in (self.first, self.in_five)]
        shares = f"{share[0]:.3f} | {share[1]:.3f}"
        return f"| {name:<48} | {len(self.took):>5} | {shares} | {spread(self.took)} |"


def spread(took: Sequence[float]) -> str:
    ordered = sorted(took)
    return f"{statistics.median(ordered):>8.2f} | {ordered[int(len(ordered) * 0.95)]:>8.2f}"


HEAD = (
    f"| {'':<48} |  said | first | five  |   p50 ms |   p95 ms |\n"
    f"|{'-' * 50}|---:|---:|---:|---:|---:|"
)


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
        url = database or f"sqlite:///{Path(folder) / 'crm.sqlite'}"
        people = list(population(size, seed))
        said = mentions(people, count, seed)
        filled(url, people)
        engine = open_store(url)
        with Session(engine, expire_on_commit=False) as session:
            if session.connection().dialect.name == "postgresql":
                session.execute(text("ANALYZE"))
            print(HEAD)
            measured(session, people, said, kinds=kinds)
            absent(session, count, seed)
            same_as_scan(session, people, said[:scans])
            rapidfuzz(people, said[:scans])
            kept_in_step(session)
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


def asked(session: Session, mention: str, employee: Employee | None = None) -> tuple[Found, float]:
    """One look-up in a session that knows nothing yet, and its seconds."""
    session.expunge_all()
    started = time.perf_counter()
    found = find(session, mention, employee=employee, now=NOW)
    return found, time.perf_counter() - started


def measured(
    session: Session, people: Sequence[Person], said: Sequence[Said], *, kinds: bool
) -> None:
    """Every mention by the index, without and with the owner as the speaker."""
    alone, owner = Outcome(), Outcome()
    by_kind: dict[str, Outcome] = {}
    sure: Counter[bool] = Counter()
    for one in said[:50]:
        asked(session, one.text)
    for one in said:
        found, took = asked(session, one.text)
        answers = right(one, [(m.customer.id - 1, m.customer.name) for m in found.matches])
        alone.add(answers, took)
        by_kind.setdefault(one.kind, Outcome()).add(answers, took)
        if found.sure:
            sure[found.sure.customer.id - 1 == one.target] += 1
    print(alone.row("index"))
    for one in said:
        customer = session.get_one(Customer, one.target + 1)
        speaker = session.get(Employee, customer.owner_id) if customer.owner_id else None
        if speaker is None:
            continue
        found, took = asked(session, one.text, speaker)
        owner.add([m.customer.id - 1 == one.target for m in found.matches], took)
    print(owner.row("index, speaker owns the one meant (no namesakes)"))
    if kinds:
        for kind, outcome in sorted(by_kind.items()):
            print(outcome.row(f"  {kind}"))
    print(f"  taken without asking: {sure.total()}, of these the one meant {sure[True]}")


def absent(session: Session, count: int, seed: int) -> None:
    """Names that nobody bears: how fast that is known."""
    strangers = [p.name for p in islice(population(10 * count, seed + 99), count)]
    took, nobody = [], 0
    for name in strangers:
        garbled = " ".join(word[::-1] for word in folded(name).split())
        found, seconds = asked(session, garbled)
        took.append(seconds * 1000)
        nobody += found.nothing
    shares = f"{nobody / count:.3f} | {'':<5}"
    print(f"| {'absent (names backwards)':<48} | {count:>5} | {shares} | {spread(took)} |")


def same_as_scan(session: Session, people: Sequence[Person], said: Sequence[Said]) -> None:
    """The index against a full scan that ranks in the same way."""
    connection = session.connection()
    ids = list(connection.scalars(select(Customer.id)))
    names: list[Name] = list(names_of(connection, sources.CUSTOMERS, ids))
    scan = SameRanking(names)
    outcome = Outcome()
    same = above = kept = 0
    for one in said:
        started = time.perf_counter()
        scores = scan.scores(understood(connection, one.text))
        took = time.perf_counter() - started
        best = sorted(scores.items(), key=lambda found: -found[1])[:5]
        outcome.add(right(one, [(i - 1, people[i - 1].name) for i, _ in best]), took)
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
            started = time.perf_counter()
            places = scanned(scorer, one.text, names)
            took = time.perf_counter() - started
            outcome.add(right(one, [(place, people[place].name) for place in places]), took)
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
