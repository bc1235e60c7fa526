"""Readers of words, numbers, money and fixed choices."""

import re
from enum import Enum
from typing import Any

from nlu.money import Money, find_money
from skills.kit import Choice, Slot, Turn
from skills.slots.reading import Heard, Open, Read, Reading

LONGEST = 20_000


def read_words(slot: Slot, heard: Heard, turn: Turn) -> Reading:
    """The words as they were typed."""
    said = heard.slots.get(slot.name)
    if said is None or not str(said).strip():
        return None
    return Read(str(said).strip()[:LONGEST])


def read_number(slot: Slot, heard: Heard, turn: Turn) -> Reading:
    """A whole number; of typed words, the first number in them."""
    said = heard.slots.get(slot.name)
    if isinstance(said, int):
        return Read(said)
    found = re.search(r"-?\d{1,9}", str(said or ""))
    return Read(int(found.group())) if found else None


def read_flag(slot: Slot, heard: Heard, turn: Turn) -> Reading:
    """Set by buttons only, never by words."""
    said = heard.slots.get(slot.name)
    return Read(said) if isinstance(said, bool) else None


def read_money(slot: Slot, heard: Heard, turn: Turn) -> Reading:
    """An amount; a bare one is in the firm's currency."""
    said: Any = heard.slots.get(slot.name)
    if isinstance(said, str):
        found = find_money(said)
        said = found[0].money if found else None
    if not isinstance(said, Money):
        return None
    return Read(Money(said.value, said.currency or turn.firm.currency))


def read_enum(slot: Slot, heard: Heard, turn: Turn) -> Reading:
    """One of a fixed set, by its value or name; words that are none of them are asked again."""
    said = heard.slots.get(slot.name)
    if said is None:
        return None
    kind: type[Enum] = slot.kind
    wanted = str(said).strip().lower().replace(" ", "_").replace("-", "_")
    for member in kind:
        if wanted == str(member.value):
            return Read(member)
    if not slot.required and not heard.typed:
        return None
    choices = tuple(
        Choice(str(m.value).replace("_", " ").capitalize(), values={slot.name: m.value})
        for m in kind
    )
    return Open(slot.question or f"Which {slot.name} was it?", choices)
