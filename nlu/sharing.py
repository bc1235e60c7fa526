"""What the clauses of one message share: whom they are about, and what only the first one says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from nlu import mentions
from nlu.acts import Act, SlotValue
from nlu.assembly import Reading
from nlu.conventions import convention
from nlu.engine import Entity, Parse
from nlu.fragments import only_narrows

_GUESSES = 3
_SMALL_TALK = frozenset(["greet", "thank", "help", "out_of_scope"])
_ANSWERS = frozenset(["affirm", "deny"])
_LISTED = frozenset(["cancel_reminder", "complete_reminder", "snooze_reminder", "assign_reminder"])
_JOINABLE = frozenset(["topic", "note", "concern", "task", "criteria"])
_SEPARATE = frozenset(
    ["add_note", "add_preference", "add_concern", "add_idea", "set_reminder", "undo", "redo"]
)
_ELLIPTICAL = frozenset(["period", "channel", "group_by", "assignee", "field", "stage"])


@dataclass
class _Said:
    """A clause with its acts, while the message is put together."""

    parse: Parse
    reading: Reading
    about: list[dict[str, str]]
    named: bool
    pronouns: frozenset[str]
    slots: dict[str, SlotValue] = field(default_factory=dict)


def acts_of(readings: Sequence[tuple[Parse, Reading]]) -> list[Act]:
    """One act for each clause and each customer in it.

    Small talk beside something serious is dropped; clauses that go on with what the one
    before them says become one with it.
    """
    said: list[_Said] = []
    subjects: list[dict[str, str]] = []
    for parse, reading in _serious(readings):
        if said:
            reading = _as_continued(said[-1].reading, reading)
        one = _resolved(parse, reading, subjects)
        if not said or not _goes_on(said[-1], one):
            said.append(one)
    return [act for one in said for act in _acts(one)]


def _serious(readings: Sequence[tuple[Parse, Reading]]) -> list[tuple[Parse, Reading]]:
    kept = [
        pair
        for at, pair in enumerate(readings)
        if pair[1].intent not in _SMALL_TALK and not (at and pair[1].intent in _ANSWERS)
    ]
    return kept or list(readings[:1])


def _as_continued(before: Reading, reading: Reading) -> Reading:
    """ "... and the one with Lütt" after a reminder is cancelled is one more of the same."""
    criteria = reading.slots.get("criteria")
    if reading.intent == "choose" and before.intent in _LISTED and isinstance(criteria, str):
        name = mentions.cleaned(criteria)
        entity = Entity(0, len(name), "customer", name)
        return replace(
            reading, intent=before.intent, rule=before.rule, slots={}, customers=[entity]
        )
    return reading


def _resolved(parse: Parse, reading: Reading, subjects: list[dict[str, str]]) -> _Said:
    about, named, pronouns = _about(reading, subjects)
    return _Said(parse, reading, about, named, pronouns, dict(reading.slots))


def _about(
    reading: Reading, subjects: list[dict[str, str]]
) -> tuple[list[dict[str, str]], bool, frozenset[str]]:
    """Whom a clause is about, whether it names them, and the pronouns that stood for them."""
    if not reading.takes("customer"):
        return [], False, frozenset()
    pronouns = frozenset(reading.pronouns)
    named = [e for e in reading.customers if not mentions.is_pronoun(e.value)]
    if named:
        about = [{"customer": mentions.cleaned(e.value)} for e in _listed(reading, named)]
        if "company" in reading.slots and len(about) == 1:
            about[0]["company"] = str(reading.slots["company"])
        subjects[:] = about
        return about, True, pronouns
    words = [e.value for e in reading.customers]
    if subjects and (words or reading.rule.inherits):
        several = any(mentions.means_several(word) for word in words)
        chosen = subjects if several else subjects[-1:]
        own = frozenset(word.lower() for word in words) & mentions.words().gendered
        return [{"customer": one["customer"]} for one in chosen], False, own | pronouns
    return [{"customer": word} for word in words[:1]], bool(words), frozenset()


def _listed(reading: Reading, named: Sequence[Entity]) -> list[Entity]:
    """The first name, and those that continue a list from it."""
    chosen = [named[0]]
    for entity in named[1:]:
        between = reading.text[chosen[-1].end : entity.start].strip().lower()
        if between in mentions.words().listing:
            chosen.append(entity)
    return chosen


def _goes_on(before: _Said, one: _Said) -> bool:
    """Whether a clause only adds to the one before it, which then takes its slots."""
    intent, earlier = one.reading.intent, before.reading.intent
    said = {slot for slot in one.slots if slot != "metric" or slot in one.reading.words}
    wanted = convention(earlier)
    if (
        intent != earlier
        and not one.named
        and wanted.time == "period"
        and only_narrows(intent, frozenset(said), len(one.reading.text.split()))
    ):
        for slot in said & wanted.slots:
            before.slots.setdefault(slot, one.slots[slot])
        return True
    if intent == "update_customer" and earlier == "add_customer" and not one.named:
        name, value = one.slots.get("field"), one.slots.get("value")
        if isinstance(name, str) and value is not None and name in before.reading.rule.slots:
            before.slots.setdefault(name, value)
            return True
    if intent != earlier:
        return False
    if intent in _SEPARATE or (one.named and one.about != before.about):
        _complete(before, one)
        return False
    clash = [
        slot
        for slot, value in one.slots.items()
        if slot in before.slots and before.slots[slot] != value and slot not in _JOINABLE
    ]
    if clash:
        _complete(before, one)
        return False
    for slot, value in one.slots.items():
        earlier_value = before.slots.get(slot)
        if isinstance(earlier_value, str) and isinstance(value, str) and earlier_value != value:
            before.slots[slot] = f"{earlier_value}, {value}"
        else:
            before.slots[slot] = value
            if slot in one.reading.words:
                before.reading.words[slot] = one.reading.words[slot]
    if one.named and not before.about:
        before.about, before.named = one.about, True
    before.pronouns |= one.pronouns
    before.reading.text = f"{before.reading.text}, {one.reading.text}"
    return True


def _complete(before: _Said, one: _Said) -> None:
    """ "How many visits in January, and how many in February?": the second are visits too."""
    if convention(one.reading.intent).time != "period":
        return
    for slot in _ELLIPTICAL:
        if slot in before.slots and slot not in one.slots:
            one.slots[slot] = before.slots[slot]
            if slot in before.reading.words:
                one.reading.words[slot] = before.reading.words[slot]


def _acts(one: _Said) -> list[Act]:
    intent, confidence = one.parse.intents[0]
    shared = Act(
        one.reading.intent,
        confidence,
        one.slots,
        one.reading.words,
        one.reading.text,
        tuple(pair for pair in one.parse.intents if pair[0] != intent)[:_GUESSES],
        one.pronouns,
        one.reading.problems,
    )
    if not one.about:
        return [replace(shared, pronouns=frozenset())]
    return [replace(shared, slots={**about, **one.slots}) for about in one.about]
