"""What every engine promises: a clause in, likely intents and marked words out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from nlu.acts import KnownName


@dataclass(frozen=True, slots=True)
class Entity:
    """Characters `start` to `end` of the clause, marked as `name`.

    `value` is the canonical value where the words are a synonym of one, else the words.
    """

    start: int
    end: int
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Parse:
    """Intents with their probabilities, the likeliest first, and the entities in order."""

    intents: tuple[tuple[str, float], ...]
    entities: tuple[Entity, ...] = ()


class Engine(Protocol):
    """Something that understands one clause at a time."""

    @property
    def name(self) -> str: ...

    def parse(self, clause: str, known: Sequence[KnownName] = ()) -> Parse: ...
