"""From a message to acts: cut into clauses, read each, carry what they share."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from nlu import dates
from nlu.acts import Act, KnownName, Understanding
from nlu.assembly import Reading, read_clause
from nlu.conventions import convention
from nlu.dates.moments import Calendar, Found, Value
from nlu.engine import Engine, Entity, Parse
from nlu.fragments import as_fragment
from nlu.money import find_money
from nlu.segments import Cutting, likeliest_clauses
from nlu.sharing import acts_of
from nlu.times import times_in

log = logging.getLogger(__name__)
_LONGEST = 2000
_NAMES = ("customer", "company", "assignee", "into", "deal", "campaign", "segment")
_FILLER = re.compile(r"^(?:just )?now$", re.IGNORECASE)


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
        """An empty message has no acts; one that nothing can be made of is out of scope."""
        if not text.strip():
            return Understanding(text, self.engine.name)
        try:
            return self._understood(text, now, known)
        except (ArithmeticError, LookupError, ValueError):
            # No message may stop a stream of them, whatever is wrong with it.
            log.exception("a message could not be understood")
            return Understanding(text, self.engine.name, (Act("out_of_scope", 0.0, text=text),))

    def _understood(self, text: str, now: datetime, known: Sequence[KnownName]) -> Understanding:
        readings: list[tuple[Parse, Reading]] = []
        clauses = self._clauses(text, known)
        for start, end in clauses:
            clause = text[start:end]
            inside = [
                replace(name, start=name.start - start, end=name.end - start)
                for name in known
                if name.start >= start and name.end <= end
            ]
            parse = self.engine.parse(clause, inside)
            if len(clauses) == 1:
                parse = as_fragment(text, parse)
            readings.append((parse, self._read(clause, parse, now, inside)))
        return Understanding(text, self.engine.name, tuple(acts_of(readings)))

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

        def again(words: str) -> Value | None:
            return dates.resolve(words, now, rule.look, self._calendar)

        entities = _with_known(parse.entities, known, clause)
        # "At four thousand two hundred" is no time of day.
        amounts = [(one.start, one.end) for one in find_money(clause) if one.certain]
        found = dates.find(clause, now, rule.look, self._calendar, amounts)
        kept, entities = _apart(found, entities)
        times = times_in(clause, kept, entities, rule, again)
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
        if kind is None or any(e.name in _NAMES for e in over):
            continue
        if not over:
            merged.append(Entity(name.start, name.end, kind, clause[name.start : name.end]))
    return sorted(merged, key=lambda e: e.start)


def _apart(found: Sequence[Found], entities: Sequence[Entity]) -> tuple[list[Found], list[Entity]]:
    """Dates and names never share a word: "May Chen" is no date, "tomorrow" no name."""
    kept: list[Found] = []
    marked = list(entities)
    for one in found:
        over = [e for e in marked if e.name in _NAMES and e.start < one.end and e.end > one.start]
        timed = any(
            e.name in ("when", "period") and e.start < one.end and e.end > one.start for e in marked
        )
        if _FILLER.match(one.text) and not timed:
            continue
        if not over:
            kept.append(one)
        elif all(e.start >= one.start and e.end <= one.end for e in over) and (
            any(c.isdigit() for c in one.text) or " " in one.text.strip()
        ):
            marked = [e for e in marked if e not in over]
            kept.append(one)
    return kept, marked
