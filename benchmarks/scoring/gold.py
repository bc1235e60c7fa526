"""Messages with the acts that a reader finds in them, one JSON object a line.

A line has `id`, `persona`, `kind`, `text`, `now`, `tz`, `acts` and `free_text`. Each act has an
`intent` (or `intent_any`, several that will do) and `slots`; `customer_any` lists values that
will do, `customer|deal` names two slots of which either may hold it. `optional` acts and
`optional_slots` may be there or not. `free_text` holds, for act and slot (`0.topic|note`), words
that must occur in the value, `invoice|billed` being either of two.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Wanted:
    """Something that must be found, in any of `slots`.

    It equals one of `values`, or else contains one of each group of `words`.
    """

    slots: tuple[str, ...]
    values: tuple[Any, ...] = ()
    words: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class GoldAct:
    """One act: the intents that will do, what must be found, and what else may be."""

    intents: tuple[str, ...]
    wanted: tuple[Wanted, ...]
    allowed: frozenset[str]
    optional: bool


@dataclass(frozen=True)
class GoldMessage:
    """A message with the clock and the place it was written at."""

    id: str
    persona: str
    kind: str
    text: str
    now: datetime
    acts: tuple[GoldAct, ...]
    remark: str

    @property
    def zone(self) -> ZoneInfo:
        zone = self.now.tzinfo
        assert isinstance(zone, ZoneInfo)
        return zone


def read_gold(path: Path) -> list[GoldMessage]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [message_of(json.loads(line)) for line in lines if line.strip()]


def message_of(row: Mapping[str, Any]) -> GoldMessage:
    free: dict[int, list[Wanted]] = {}
    for place, words in row["free_text"].items():
        number, slots = place.split(".", 1)
        groups = tuple(tuple(word.casefold().split("|")) for word in words)
        free.setdefault(int(number), []).append(Wanted(tuple(slots.split("|")), words=groups))
    return GoldMessage(
        id=row["id"],
        persona=row["persona"],
        kind=row["kind"],
        text=row["text"],
        now=datetime.fromisoformat(row["now"]).replace(tzinfo=ZoneInfo(row["tz"])),
        acts=tuple(_act(act, free.get(i, [])) for i, act in enumerate(row["acts"])),
        remark=row.get("notes", ""),
    )


def _act(row: Mapping[str, Any], free: list[Wanted]) -> GoldAct:
    wanted = []
    for key, value in row["slots"].items():
        names = tuple(key.removesuffix("_any").split("|"))
        wanted.append(Wanted(names, values=tuple(value) if key.endswith("_any") else (value,)))
    wanted += free
    said = {slot for want in wanted for slot in want.slots}
    return GoldAct(
        intents=tuple(row.get("intent_any") or [row["intent"]]),
        wanted=tuple(wanted),
        allowed=frozenset(said | set(row.get("optional_slots", ()))),
        optional=row.get("optional", False),
    )
