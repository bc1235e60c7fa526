"""What a message means: acts with their slots, and the JSON they are shown as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from nlu.dates.moments import Impossible, Moment
from nlu.money import Money

SlotValue = str | int | Money | Moment
JsonSlot = str | int | dict[str, str | None]


@dataclass(frozen=True, slots=True)
class KnownName:
    """A span of the text that the caller's store recognised as a name."""

    start: int
    end: int
    kind: Literal["customer", "employee", "product", "campaign", "deal", "segment"]


@dataclass(frozen=True)
class Act:
    """One intent with its slots.

    A recurrence is its RRULE, a duration whole minutes; limit, position and rating are
    numbers. `words` holds, for slots whose value is not the words themselves, the words
    as typed, so that a skill can read them again relative to another time. `guesses` are
    the nearest intents, best first. `pronouns` stood for the act's customer in this
    message ("he"). `problems` are dates that no calendar has.
    """

    intent: str
    confidence: float
    slots: Mapping[str, SlotValue] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    guesses: tuple[tuple[str, float], ...] = ()
    pronouns: frozenset[str] = frozenset()
    problems: tuple[Impossible, ...] = ()

    def to_json(self) -> dict[str, object]:
        return {
            "intent": self.intent,
            "confidence": round(self.confidence, 2),
            "slots": {slot: _as_json(value) for slot, value in self.slots.items()},
        }


@dataclass(frozen=True)
class Understanding:
    """A message and its acts, in the order of the message; an empty message has none."""

    text: str
    engine: str
    acts: tuple[Act, ...] = ()

    def to_json(self) -> dict[str, object]:
        return {
            "text": self.text,
            "engine": self.engine,
            "acts": [act.to_json() for act in self.acts],
        }


def _as_json(value: SlotValue) -> JsonSlot:
    if isinstance(value, (Money, Moment)):
        return value.to_json()
    return value
