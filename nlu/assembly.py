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
from nlu.vocabulary import canonical, spotted
from nlu.words import plain

_NAMES = ("customer", "company", "assignee", "into", "deal", "campaign", "segment", "owner")
_TEXTS = ("topic", "note", "preference", "concern", "idea", "task", "value", "reason", "criteria",
          "technique", "offer", "address", "occupation", "source", "birthday", "gender",
          "age_range", "lifecycle_stage", "website", "preferred_channel", "kind")  # fmt: skip
_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.,€£$])\+?\(?\d[\d\s()/.-]{5,18}\d(?![\w])")
_SPOTTED = {
    "set_notifications": ("state",),
    "set_digest": ("state",),
    "log_interaction": ("outcome", "milestone", "sentiment"),
    "update_deal": ("stage",),
    "activity_stats": ("channel",),
    "get_history": ("channel",),
    "get_last_contact": ("channel",),
    "get_contact_details": ("field",),
    "update_customer": ("field",),
}
_EMPTY = frozenset(
    ["", "it", "that", "this", "is", "thing", "issue", "problem", "everything", "all"]
)
_DELEGATING = re.compile(
    r"\b(?:ask|get|tell|have|let|remind|inform|make|want|need|say to"
    r"|pass (?:it|this|that) (?:on )?to|"
    r"give (?:it|this|that) to|for|put)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"\b(?:(?:is|are|was|were|has been|have been|been|got|now|finally|all|completely|been|may be"
    r"|can be|"
    r"again|already|today|just)\s+)*(?:sorted|fixed|resolved|solved|done|closed|settled|dealt with|"
    r"handled|cleared(?: up)?|taken care of|mended|repaired|finished|ok|okay|fine|good|happy"
    r"|over)\b"
    r"(?:\s+(?:out|now|again|for \w+|btw))*",
    re.IGNORECASE,
)


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
    money = [
        one
        for one in find_money(text)
        if not _inside(one.start, one.end, holes) or _VALUE_WORDS.search(text[: one.start])
    ]
    reading = Reading(text, intent, rule, list(entities), times, money)
    _fill_names(reading)
    _fill_time(reading)
    _fill_closed(reading)
    _fill_numbers(reading)
    _fill_amount(reading)
    _fill_texts(reading)
    if reading.intent == "log_interaction":
        _fill_topic(reading)
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
            name = mentions.named_in(entity.value, opening=not reading.text[: entity.start].strip())
            if name:
                reading.customers.append(replace(entity, value=name))
        elif reading.takes(entity.name) and entity.name not in reading.slots:
            name = mentions.cleaned(entity.value)
            if entity.name == "assignee":
                name = "me" if mentions.is_me(entity.value) else name
            if not (mentions.is_pronoun(name) and entity.name != "assignee"):
                reading.slots[entity.name] = name
    if reading.intent == "merge_customers":
        _fill_merge(reading)
    if reading.intent == "set_reminder" and "assignee" not in reading.slots:
        _delegate(reading)
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


def _delegate(reading: Reading) -> None:
    """ "Ask Cordelia to post it": who is asked is no customer."""
    for entity in reading.customers:
        behind = reading.text[entity.end :].lstrip()
        if _DELEGATING.search(reading.text[: entity.start]) and re.match(
            r"(?:to|that|should|about|if|and)\b", behind
        ):
            reading.customers.remove(entity)
            name = mentions.cleaned(entity.value)
            reading.slots["assignee"] = "me" if mentions.is_me(entity.value) else name
            return


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
    repeats = reading.takes("recurrence")
    if rule.time and times.moment is not None and (repeats or not times.recurrence):
        reading.slots[rule.time] = times.moment
        reading.words[rule.time] = times.words
    if times.recurrence and repeats:
        reading.slots["recurrence"] = times.recurrence


def _fill_closed(reading: Reading) -> None:
    for name in sorted(closed.CLOSED):
        if not reading.takes(name) or name in ("direction", "channel", "metric", "comparison"):
            continue
        for entity in reading.entities:
            value = canonical(name, entity.value) if entity.name == name else None
            if value is not None and name not in reading.slots:
                reading.slots[name] = value
                reading.words[name] = reading.text[entity.start : entity.end]
    if reading.takes("metric"):
        _fill_metric(reading)
    if reading.takes("channel"):
        _fill_channel(reading)
    if reading.takes("direction"):
        _fill_direction(reading)
    for name in _SPOTTED.get(reading.intent, ()):
        if name not in reading.slots:
            value = spotted(name, _outside_names(reading))
            if value is not None:
                reading.slots[name] = value


def _outside_names(reading: Reading) -> str:
    names = reading.spans("customer", "company", "assignee", "campaign", "into", "deal", "segment")
    letters = list(reading.text)
    for start, end in names:
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def _fill_metric(reading: Reading) -> None:
    metrics = reading.rule.metrics
    said = [canonical("metric", e.value) for e in reading.entities if e.name == "metric"]
    value = next((one for one in said if one in metrics), None)
    if value is None and metrics:
        value = spotted("metric", reading.text)
        value = value if value in metrics else metrics[0]
    if value is not None:
        reading.slots["metric"] = value


def _fill_channel(reading: Reading) -> None:
    said = [canonical("channel", e.value) for e in reading.entities if e.name == "channel"]
    marked = [value for value in said if value is not None]
    event = [value for value in marked if value == "event"]
    specific = [value for value in marked if value not in ("call", "other")]
    channel = next(iter(event or specific or marked), None)
    if channel is None and reading.intent == "log_interaction":
        channel = closed.channel_of_verbs(reading.text)
        if channel is None and reading.slots.get("outcome") in ("voicemail", "no_answer"):
            channel = "call"
    if channel is not None:
        reading.slots["channel"] = channel


def _fill_direction(reading: Reading) -> None:
    marked = next((e.value for e in reading.entities if e.name == "direction"), None)
    marked = marked if marked in closed.DIRECTIONS else None
    named = list(reading.customers)
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


_ABOUT = re.compile(r"\b(?:about|regarding|re|concerning|abt)\b:?\s+", re.IGNORECASE)
_VALUE_WORDS = re.compile(r"\b(?:worth|value|valued at|amount|amounts to|total)\W+(?:\w+\W+){0,2}$")


def _fill_amount(reading: Reading) -> None:
    if not reading.takes("amount"):
        return
    names = reading.spans("customer", "company", "campaign", "deal", "limit", "position", "rating")
    spans = reading.spans("amount")
    free = [one for one in reading.money if not _inside(one.start, one.end, names)]
    marked = [one for one in free if _inside(one.start, one.end, spans)]
    certain = [one for one in free if one.certain]
    stated = [one for one in free if _VALUE_WORDS.search(reading.text[: one.start])]
    chosen = next(iter(marked or certain or stated), None)
    if chosen is None:
        return
    reading.slots["amount"] = chosen.money
    reading.words["amount"] = reading.text[chosen.start : chosen.end]
    if reading.takes("comparison"):
        bound = closed.comparison_before(reading.text, chosen.start, chosen.end)
        said = (e.value for e in reading.entities if e.name == "comparison")
        bound = bound or next((value for value in said if value in ("over", "under")), None)
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
        phrase = _remainder(reading, needed)
        if phrase:
            reading.slots[needed] = phrase


def _fill_topic(reading: Reading) -> None:
    """What is said after "about" is kept, whether or not the engine marked it."""
    if not reading.takes("topic") or {"topic", "note", "milestone"} & reading.slots.keys():
        return
    about = _ABOUT.search(reading.text)
    if not about:
        return
    words = list(reading.text)
    for start, end in reading.times.spans:
        words[start:end] = " " * (end - start)
    topic = phrases.trimmed("".join(words)[about.end() :])
    if topic and not mentions.is_pronoun(topic):
        reading.slots["topic"] = topic


def _remainder(reading: Reading, slot: str) -> str:
    """What the clause says besides its date, its names and its words of command."""
    holes = [*reading.times.spans, *reading.spans("assignee")]
    if slot != "task":
        holes += reading.spans("customer", "company")
    phrase = phrases.statement(reading.text, holes)
    if reading.intent == "resolve_concern":
        phrase = phrases.trimmed(_STATUS.sub(" ", phrase))
        if phrase.lower() in _EMPTY:
            return ""
    return phrase


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
            number = next((m for m in _PHONE.finditer(value) if _is_phone(m.group())), None)
            if reading.slots.get("field") == "phone" and number:
                reading.slots["value"] = number.group().strip()
            certain = closed.field_of_value(value)
            if certain in ("email", "phone"):
                reading.slots["field"] = certain
            if "field" not in reading.slots:
                kind = closed.field_of_value(value)
                if kind:
                    reading.slots["field"] = kind
