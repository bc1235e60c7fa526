"""The open question: what was asked, what answers it. Pure: no database, network or clock."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from rapidfuzz import fuzz, utils

from nlu import Act
from skills.kit import Choice, Json

STOP_WORDS = frozenset(
    """the a an one at from in of with that this please i mean meant it is was to for and or by
    who guy lady person man woman company option number no mr mrs ms""".split()
)
LIKE = 85
MOST_WORDS = 8
SURE_OF_NEWS = 0.5
"""From this confidence on, a message that could also answer the question is a new wish."""

AFFIRMS, DENIES, CANCELS, CHOOSES = "affirm", "deny", "cancel", "choose"
ANSWERS = frozenset({AFFIRMS, DENIES, CANCELS, CHOOSES, "amend", "out_of_scope"})


@dataclass(frozen=True, slots=True)
class Pending:
    """An act with holes: words that are still to be read, values that are."""

    intent: str
    number: int
    slots: Mapping[str, Json]
    words: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Json] = field(default_factory=dict)
    text: str = ""
    pronouns: tuple[str, ...] = ()
    typed: str = ""
    """The slot whose words were typed in answer to the question for it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A question and the acts that wait for its answer, the asking one first.

    `slot` takes typed words; without it only a choice answers. `key` binds buttons to
    this question and no other; `message_id` is the message whose acts these are.
    """

    key: str
    pending: tuple[Pending, ...]
    question: str
    slot: str = ""
    choices: tuple[Choice, ...] = ()
    message_id: str = ""
    misses: int = 0

    def to_json(self) -> dict[str, Json]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Json]) -> "Draft":
        return cls(
            key=stored["key"],
            pending=tuple(
                Pending(**{**act, "pronouns": tuple(act["pronouns"])}) for act in stored["pending"]
            ),
            question=stored["question"],
            slot=stored["slot"],
            choices=tuple(Choice(**choice) for choice in stored["choices"]),
            message_id=stored["message_id"],
            misses=stored["misses"],
        )

    def filled(self, values: Mapping[str, Json]) -> "Draft":
        """The draft after a choice: the asking act has the values, and so has every waiting
        act that spoke of the same customer."""
        first, *waiting = self.pending
        shared = {"customer": values["customer"]} if "customer" in values else {}
        said = first.slots.get("customer")
        return replace(
            self,
            pending=(
                _with(first, values),
                *(
                    _with(act, shared) if act.slots.get("customer") == said else act
                    for act in waiting
                ),
            ),
        )


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of the offered choices."""

    choice: Choice


@dataclass(frozen=True, slots=True)
class Typed:
    """Words for the slot that was asked for."""

    text: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """The question is not wanted any more."""


Answered = Chosen | Typed | Dropped | None


def answer(draft: Draft, text: str, acts: Sequence[Act]) -> Answered:
    """What the message says to the open question; None where it says something else."""
    first = acts[0] if acts else None
    chosen = by_label(draft.choices, text) or _by_position(draft.choices, text, first)
    if chosen is None and first is not None and len(acts) == 1:
        chosen = _by_word(draft, text, first)
    if chosen is not None:
        return Dropped() if chosen.drops else Chosen(chosen)
    if first is not None and first.intent == CANCELS and len(acts) == 1:
        return Dropped()
    if first is not None and first.intent == DENIES and len(acts) == 1 and _short(text):
        return Dropped()
    news = first is not None and first.intent not in ANSWERS and first.confidence >= SURE_OF_NEWS
    described = first is not None and first.intent == CHOOSES
    chosen = by_words(draft.choices, text, described=described or _flat(text).startswith("the "))
    if chosen is not None and (not news or _short(text)):
        return Dropped() if chosen.drops else Chosen(chosen)
    if draft.slot and not (news and not _short(text)):
        return Typed(text)
    return None


def by_label(choices: Sequence[Choice], text: str) -> Choice | None:
    """The choice whose whole label was typed, or its number."""
    wanted = _flat(text)
    for choice in choices:
        if wanted and _flat(choice.label) == wanted:
            return choice
    number = re.fullmatch(r"\s*#?(\d{1,2})[.)]?\s*", text)
    if number and 1 <= int(number.group(1)) <= len(choices):
        return choices[int(number.group(1)) - 1]
    return None


def by_beginning(choices: Sequence[Choice], text: str) -> Choice | None:
    """The only choice whose label begins with these words, two at least."""
    wanted = _flat(text).split()
    found = [c for c in choices if _flat(c.label).split()[: len(wanted)] == wanted]
    return found[0] if len(found) == 1 and len(wanted) > 1 else None


def by_words(choices: Sequence[Choice], text: str, *, described: bool = False) -> Choice | None:
    """The only choice that has every telling word of the text in its label; where the text
    describes one ("the realtor at Harbor"), the only one that has most of them. Exact words
    go before slips of the pen: "john" is John and not Jon."""
    words = [word for word in _flat(text).split() if word not in STOP_WORDS]
    if not words or len(words) > MOST_WORDS:
        return None
    for likeness in (100, LIKE):
        hits = [(_shared(words, choice.label, likeness), choice) for choice in choices]
        most = max((number for number, _ in hits), default=0)
        best = [choice for number, choice in hits if number == most]
        if most and (most == len(words) or described) and len(best) == 1:
            return best[0]
    return None


def _shared(words: Sequence[str], label: str, likeness: int) -> int:
    parts = _flat(label).split()
    return sum(any(fuzz.ratio(word, part) >= likeness for part in parts) for word in words)


def _by_position(choices: Sequence[Choice], text: str, act: Act | None) -> Choice | None:
    if act is None or act.intent != CHOOSES:
        return None
    position = act.slots.get("position")
    real = [choice for choice in choices if not choice.drops and not choice.asks]
    if isinstance(position, int) and real:
        index = position - 1 if position > 0 else position
        if -len(real) <= index < len(real):
            return real[index]
    criteria = act.slots.get("criteria") or act.slots.get("customer")
    return by_words(choices, str(criteria), described=True) if criteria else None


def _by_word(draft: Draft, text: str, act: Act) -> Choice | None:
    proposals = [choice for choice in draft.choices if choice.yes]
    if act.intent == AFFIRMS and len(proposals) == 1:
        return proposals[0]
    if act.intent == DENIES and _short(text):
        return next((choice for choice in draft.choices if choice.drops), None)
    return None


def _with(act: Pending, values: Mapping[str, Json]) -> Pending:
    return replace(act, values={**act.values, **values})


def _short(text: str) -> bool:
    return len(text.split()) <= 4


def _flat(text: str) -> str:
    return " ".join(utils.default_process(text).split())


def next_question(draft: Draft, question: str) -> Draft:
    """The same acts, asked in other words and without the choices that led nowhere."""
    return replace(draft, question=question, choices=(), slot=draft.slot or "customer")


def missed(draft: Draft) -> Draft:
    """The draft after a message that did not answer it."""
    return replace(draft, misses=draft.misses + 1)


def as_pending(act: Act, number: int, encode: Any) -> Pending:
    """An understood act as the draft keeps it."""
    return Pending(
        intent=act.intent,
        number=number,
        slots={name: encode(value) for name, value in act.slots.items()},
        words=dict(act.words),
        text=act.text,
        pronouns=tuple(sorted(act.pronouns)),
    )
