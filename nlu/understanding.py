"""From a message to acts: cut into clauses, read each, carry what they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from nlu import dates, mentions
from nlu.acts import Act, KnownName, Understanding
from nlu.assembly import Reading, read_clause
from nlu.conventions import convention
from nlu.dates.moments import Calendar, Found, Look
from nlu.engine import Engine, Entity, Parse
from nlu.segments import Cutting, likeliest_clauses
from nlu.times import times_in

_LONGEST = 2000
_GUESSES = 3
_SMALL_TALK = frozenset(["greet", "thank", "help", "out_of_scope"])


class Understander:
    """Understands messages with an engine. `fallback` cuts, and stands in, where given."""

    def __init__(
        self,
        engine: Engine,
        *,
        calendar: Calendar,
        currency: str | None = None,
        fallback: Engine | None = None,
    ) -> None:
        self.engine = engine
        self._calendar = calendar
        self._currency = currency
        self._cutting = fallback or engine

    def understand(
        self, text: str, now: datetime, known: Sequence[KnownName] = ()
    ) -> Understanding:
        """Never raises; an empty message has no acts."""
        if not text.strip():
            return Understanding(text, self.engine.name)
        readings: list[tuple[Parse, Reading]] = []
        for start, end in self._clauses(text, known):
            clause = text[start:end]
            inside = [
                replace(name, start=name.start - start, end=name.end - start)
                for name in known
                if name.start >= start and name.end <= end
            ]
            parse = self.engine.parse(clause, inside)
            readings.append((parse, self._read(clause, parse, now, inside)))
        return Understanding(text, self.engine.name, tuple(_acts(readings)))

    def _clauses(self, text: str, known: Sequence[KnownName]) -> list[tuple[int, int]]:
        if len(text) > _LONGEST:
            return [(0, _LONGEST)]
        if not isinstance(self._cutting, Cutting):
            return [(0, len(text))]
        return likeliest_clauses(text, known, self._cutting)

    def _read(
        self, clause: str, parse: Parse, now: datetime, known: Sequence[KnownName]
    ) -> Reading:
        intent = parse.intents[0][0]
        rule = convention(intent)

        def find(words: str) -> Sequence[Found]:
            look: Look = rule.look
            return dates.find(words, now, look, self._calendar)

        entities = _with_known(parse.entities, known, clause)
        found, entities = _apart(find(clause), entities)
        times = times_in(clause, found, entities, rule, find)
        return read_clause(clause, intent, entities, times)


def _with_known(
    entities: Sequence[Entity], known: Sequence[KnownName], clause: str
) -> list[Entity]:
    """A name that the store knows is one, whatever the engine marked there."""
    kinds = {"customer": "customer", "employee": "assignee", "campaign": "campaign"}
    kinds |= {"deal": "deal", "segment": "segment"}
    merged = list(entities)
    for name in known:
        kind = kinds.get(name.kind)
        over = [e for e in merged if e.start < name.end and e.end > name.start]
        if kind is None or any(e.name in (*kinds.values(), "company", "into") for e in over):
            continue
        if not over:
            merged.append(Entity(name.start, name.end, kind, clause[name.start : name.end]))
    return sorted(merged, key=lambda e: e.start)


def _apart(found: Sequence[Found], entities: Sequence[Entity]) -> tuple[list[Found], list[Entity]]:
    """Dates and names never share a word: "May Chen" is no date, "tomorrow" no name."""
    names = ("customer", "company", "assignee", "into", "deal", "campaign", "segment")
    kept: list[Found] = []
    marked = list(entities)
    for one in found:
        over = [e for e in marked if e.name in names and e.start < one.end and e.end > one.start]
        if not over:
            kept.append(one)
        elif all(e.start >= one.start and e.end <= one.end for e in over) and (
            any(c.isdigit() for c in one.text) or " " in one.text.strip()
        ):
            marked = [e for e in marked if e not in over]
            kept.append(one)
    return kept, marked


def _acts(readings: Sequence[tuple[Parse, Reading]]) -> list[Act]:
    serious = [pair for pair in readings if pair[1].intent not in _SMALL_TALK]
    acts: list[Act] = []
    subjects: list[dict[str, str]] = []
    for parse, reading in serious or readings[:1]:
        acts += _acts_of(parse, reading, subjects)
    return acts


def _acts_of(parse: Parse, reading: Reading, subjects: list[dict[str, str]]) -> list[Act]:
    """One act for each customer; `subjects` are whom the clauses before were about."""
    intent, confidence = parse.intents[0]
    shared = Act(
        intent,
        confidence,
        reading.slots,
        reading.words,
        reading.text,
        parse.intents[1 : _GUESSES + 1],
        frozenset(),
        reading.problems,
    )
    about, pronouns = _about(reading, subjects)
    if not about:
        return [shared]
    return [replace(shared, slots={**one, **reading.slots}, pronouns=pronouns) for one in about]


def _about(
    reading: Reading, subjects: list[dict[str, str]]
) -> tuple[list[dict[str, str]], frozenset[str]]:
    if not reading.takes("customer"):
        return [], frozenset()
    pronouns = frozenset(reading.pronouns)
    named = [e for e in reading.customers if not mentions.is_pronoun(e.value)]
    if named:
        about = [{"customer": mentions.cleaned(e.value)} for e in _listed(reading, named)]
        if "company" in reading.slots and len(about) == 1:
            about[0]["company"] = str(reading.slots["company"])
        subjects[:] = about
        return about, pronouns
    said = [e.value for e in reading.customers]
    if subjects and (said or reading.rule.inherits):
        several = any(mentions.means_several(word) for word in said)
        chosen = subjects if several or not said else subjects[-1:]
        if not said and len(subjects) > 1:
            chosen = subjects[-1:]
        words = frozenset(word.lower() for word in said) & mentions.words().gendered
        return [{"customer": one["customer"]} for one in chosen], words | pronouns
    return [{"customer": word} for word in said[:1]], frozenset()


def _listed(reading: Reading, named: Sequence[Entity]) -> list[Entity]:
    """The first name, and those that continue a list from it."""
    chosen = [named[0]]
    for entity in named[1:]:
        between = reading.text[chosen[-1].end : entity.start].strip().lower()
        if between in mentions.words().listing:
            chosen.append(entity)
    return chosen
