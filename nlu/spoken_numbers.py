"""Numbers in words: "four thousand two hundred", "nine and a half thousand"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*", re.IGNORECASE)
_JOINING = frozenset(["and", "a"])
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number said in several words, and its characters."""

    start: int
    end: int
    value: Decimal


def spoken_numbers(
    text: str, numbers: Mapping[str, Decimal], magnitudes: Mapping[str, int]
) -> Iterator[Spoken]:
    """Every number of two words or more with a hundred, a thousand or a larger one in it."""
    run: list[tuple[str, int, int]] = []
    for match in [*_WORD.finditer(text), None]:
        word = match.group().lower() if match else ""
        near = match is not None and (not run or not text[run[-1][2] : match.start()].strip(" "))
        parts = word.split("-")
        fits = all(p in numbers or p in magnitudes or p in _JOINING for p in parts) and bool(word)
        if match is not None and near and fits:
            run += [(part, match.start(), match.end()) for part in parts]
            continue
        yield from _read(run, numbers, magnitudes)
        run = []
        if match is not None and fits and word not in _JOINING | {"half"}:
            run = [(part, match.start(), match.end()) for part in parts]
    yield from _read(run, numbers, magnitudes)


def _read(
    run: list[tuple[str, int, int]], numbers: Mapping[str, Decimal], magnitudes: Mapping[str, int]
) -> Iterator[Spoken]:
    while run and run[-1][0] in _JOINING:
        run.pop()
    while run and run[0][0] in {"and"}:
        run.pop(0)
    words = [word for word, _, _ in run]
    counted = [w for w in words if w in numbers and w != "a"]
    if len(words) < _FEWEST or not counted or not any(w in magnitudes for w in words):
        return
    yield Spoken(run[0][1], run[-1][2], _value(words, numbers, magnitudes))


def _value(
    words: list[str], numbers: Mapping[str, Decimal], magnitudes: Mapping[str, int]
) -> Decimal:
    total, current = Decimal(0), Decimal(0)
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        if word == "and" or (word == "a" and before in ("and", "half")):
            continue
        if word == "a":
            current += 1
        elif word in magnitudes:
            factor = magnitudes[word]
            if factor == 100:
                current = max(current, Decimal(1)) * factor
            else:
                total += (current or Decimal(1)) * factor
                current = Decimal(0)
        else:
            current += numbers[word]
    return total + current
