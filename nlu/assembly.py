"""Acts from a clause: the marked words become slots by the conventions of the assistant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from nlu import closed, mentions, phrases
from nlu.acts import SlotValue
from nlu.conventions import Convention, convention
from nlu.dates.moments import Impossible
from nlu.engine import Entity
from nlu.money import FoundMoney, find_money
from nlu.times import Times
from nlu.words import plain

_NAMES = ("customer", "company", "assignee", "into", "deal", "campaign", "segment", "owner")
_TEXTS = ("topic", "note", "preference", "concern", "idea", "task", "value", "reason", "criteria",
          "technique", "offer", "address", "occupation", "source", "birthday", "gender",
          "age_range", "lifecycle_stage", "website", "preferred_channel", "kind")  # fmt: skip
_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.,€£$])\+?\(?\d[\d\s()/.-]{5,18}\d(?![\w])")
_CARRIED = frozenset(["channel", "direction"])


@dataclass
class Reading:
    """A clause on its way to acts."""

    text: str
    intent: str
    rule: Convention
    entities: list[Entity]
    times: Times
    money: list[FoundMoney]
    slots: dict[str, SlotValue] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    customers: list[Entity] = field(default_factory=list)
    pronouns: set[str] = field(default_factory=set)

    @property
    def problems(self) -> tuple[Impossible, ...]:
        return tuple(self.times.problems)

    def spans(self, *names: str) -> list[tuple[int, int]]:
        return [(e.start, e.end) for e in self.entities if e.name in names]

    def takes(self, slot: str) -> bool:
        return slot in self.rule.slots


def read_clause(text: str, intent: str, entities: Sequence[Entity], times: Times) -> Reading:
    """Fills the slots that the clause itself names. Whom it is about may be said before it."""
    rule = convention(intent)
    holes = [*times.spans, *(m.span() for m in _PHONE.finditer(text) if _is_phone(m.group()))]
    money = [one for one in find_money(text) if not _inside(one.start, one.end, holes)]
    reading = Reading(text, intent, rule, list(entities), times, money)
    _fill_names(reading)
    _fill_time(reading)
    _fill_closed(reading)
    _fill_numbers(reading)
    _fill_amount(reading)
    _fill_texts(reading)
    _fill_fields(reading)
    reading.slots = {
        slot: value for slot, value in reading.slots.items() if value not in ("", None)
    }
    return reading


def _inside(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < b and end > a for a, b in spans)


def _is_phone(words: str) -> bool:
    return 7 <= len(re.sub(r"\D", "", words)) <= 15


def _fill_names(reading: Reading) -> None:
    _relate_companies(reading)
    for entity in reading.entities:
        if entity.name not in _NAMES:
            continue
        if entity.name == "customer":
            if mentions.is_pronoun(entity.value) and not mentions.refers_back(entity.value):
                continue
            reading.customers.append(entity)
        elif reading.takes(entity.name) and entity.name not in reading.slots:
            name = mentions.cleaned(entity.value)
            if entity.name == "assignee":
                name = "me" if mentions.is_me(entity.value) else name
            if not (mentions.is_pronoun(name) and entity.name != "assignee"):
                reading.slots[entity.name] = name
    if reading.intent == "merge_customers":
        _fill_merge(reading)
    if not reading.customers and "company" in reading.slots and reading.takes("customer"):
        company = next(e for e in reading.entities if e.name == "company")
        reading.customers.append(replace(company, name="customer"))
        del reading.slots["company"]
    low = plain(reading.text)
    reading.pronouns = {
        word for word in re.findall(r"[a-z]+", low) if word in mentions.words().gendered
    }


def _fill_merge(reading: Reading) -> None:
    if "into" not in reading.slots and len(reading.customers) > 1:
        into = reading.customers.pop(1)
        reading.slots["into"] = mentions.cleaned(into.value)


def _relate_companies(reading: Reading) -> None:
    """ "Dave from Acme": the second of two names is the first one's company."""
    previous: Entity | None = None
    for at, entity in enumerate(reading.entities):
        if entity.name not in ("customer", "company"):
            continue
        if previous is not None and entity.name == "customer" and reading.takes("company"):
            between = plain(reading.text[previous.end : entity.start]).strip()
            people = mentions.words()
            separated = between in (",", "-", "–")
            if between in people.belonging and (not separated or reading.intent == "add_customer"):
                reading.entities[at] = replace(entity, name="company")
        previous = entity


def _fill_time(reading: Reading) -> None:
    times, rule = reading.times, reading.rule
    if rule.time and times.moment is not None:
        reading.slots[rule.time] = times.moment
        reading.words[rule.time] = times.words
    if times.recurrence and rule.time == "when":
        reading.slots["recurrence"] = times.recurrence


def _fill_closed(reading: Reading) -> None:
    for name in sorted(closed.CLOSED):
        if not reading.takes(name) or name in ("direction", "channel", "metric", "comparison"):
            continue
        marked = next((e for e in reading.entities if e.name == name), None)
        if marked is not None:
            reading.slots[name] = marked.value
            reading.words[name] = reading.text[marked.start : marked.end]
    if reading.takes("metric"):
        metric = closed.metric_of(reading.entities, reading.rule.metrics)
        if metric:
            reading.slots["metric"] = metric
    if reading.takes("channel"):
        channel = (
            closed.channel_of(reading.text, reading.entities)
            if reading.intent == "log_interaction"
            else closed.first_value(reading.entities, "channel")
        )
        if channel:
            reading.slots["channel"] = channel
    if reading.takes("direction"):
        _fill_direction(reading)


def _fill_direction(reading: Reading) -> None:
    marked = closed.first_value(reading.entities, "direction")
    named = [e for e in reading.customers]
    span = (named[0].start, named[0].end) if named else None
    said = closed.direction_of(reading.text, span)
    direction = said or marked
    if reading.intent != "log_interaction":
        direction = marked
    if direction:
        reading.slots["direction"] = direction
    if direction != "internal" and reading.intent == "log_interaction":
        reading.slots.pop("assignee", None)


def _fill_numbers(reading: Reading) -> None:
    readers = {"limit": closed.count_in, "position": closed.position_in, "rating": closed.rating_in}
    for name, read in readers.items():
        if not reading.takes(name):
            continue
        for entity in reading.entities:
            if entity.name == name and not _inside(entity.start, entity.end, reading.times.spans):
                number = read(reading.text[entity.start : entity.end])
                if number is not None:
                    reading.slots[name] = number
                    break
    if reading.takes("duration"):
        marked = [reading.text[e.start : e.end] for e in reading.entities if e.name == "duration"]
        minutes = next((m for m in map(closed.minutes_in, marked) if m), None)
        if minutes is None and reading.times.duration is not None:
            minutes = reading.times.duration.minutes
        if minutes:
            reading.slots["duration"] = minutes


def _fill_amount(reading: Reading) -> None:
    if not reading.takes("amount"):
        return
    names = reading.spans("customer", "company", "campaign", "deal", "limit", "position", "rating")
    spans = reading.spans("amount")
    free = [one for one in reading.money if not _inside(one.start, one.end, names)]
    marked = [one for one in free if _inside(one.start, one.end, spans)]
    certain = [one for one in free if one.certain]
    chosen = next(iter(marked or certain), None)
    if chosen is None:
        return
    reading.slots["amount"] = chosen.money
    reading.words["amount"] = reading.text[chosen.start : chosen.end]
    if reading.takes("comparison"):
        bound = closed.comparison_before(reading.text, chosen.start, chosen.end)
        bound = bound or closed.first_value(reading.entities, "comparison")
        if bound:
            reading.slots["comparison"] = bound


def _fill_texts(reading: Reading) -> None:
    names = reading.spans("customer", "company")
    for name in _TEXTS:
        if not reading.takes(name) or name in reading.slots:
            continue
        pieces = reading.spans(name)
        if not pieces:
            continue
        holes = reading.times.spans if name == "task" else []
        if name == "task":
            pieces = [(start, phrases.extended(reading.text, end, names)) for start, end in pieces]
        phrase = phrases.joined(reading.text, pieces, names, holes)
        if phrase:
            reading.slots[name] = phrase
    needed = reading.rule.text
    if needed and needed not in reading.slots:
        holes = list(reading.times.spans)
        if needed != "task":
            holes += names
        else:
            holes += reading.spans("assignee")
        phrase = phrases.statement(reading.text, holes)
        if phrase:
            reading.slots[needed] = phrase


def _fill_fields(reading: Reading) -> None:
    if reading.intent == "add_customer":
        email = _EMAIL.search(reading.text)
        if email:
            reading.slots["email"] = email.group().rstrip(".")
        bare = _EMAIL.sub(lambda m: " " * len(m.group()), reading.text)
        phone = next((m for m in _PHONE.finditer(bare) if _is_phone(m.group())), None)
        if phone:
            reading.slots["phone"] = phone.group().strip()
    if reading.takes("value") and "value" in reading.slots and reading.takes("field"):
        value = reading.slots["value"]
        if isinstance(value, str):
            exact = _EMAIL.search(value)
            if exact:
                reading.slots["value"] = exact.group().rstrip(".")
            if "field" not in reading.slots:
                kind = closed.field_of_value(value)
                if kind:
                    reading.slots["field"] = kind
