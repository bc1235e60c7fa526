"""The likeliest way to cut a message into clauses: good cuts between clear clauses."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from nlu.acts import KnownName

_MOST_CUTS = 14
_WINDOW = 6
_CUT_WEIGHT = 0.1
_MARKED = 0.1
_CLEAR, _DIFFERENT = 0.9, 0.05
_MARKS = (",", ".", ";", "!", "?", "\n")
_OPENING = re.compile(
    r"^(?:[\s,;.!?:&+\-–—]+|(?:and|then|also|plus|so|but|n)\b(?:[\s,]+|$))+", re.IGNORECASE
)


@runtime_checkable
class Cutting(Protocol):
    """An engine that also knows where clauses may begin, and how clear one is."""

    def cuts(self, text: str, known: Sequence[KnownName] = ()) -> list[tuple[int, float]]: ...

    def intents(
        self, clause: str, known: Sequence[KnownName] = ()
    ) -> tuple[tuple[str, float], ...]: ...


@dataclass(frozen=True, slots=True)
class _Best:
    score: float
    begin: int
    intent: str


def likeliest_clauses(
    text: str, known: Sequence[KnownName], engine: Cutting
) -> list[tuple[int, int]]:
    """Characters from, to of each clause, without the words that join them.

    A way of cutting scores the probabilities of its cuts, and of the intents of its
    clauses; the best is found by dynamic programming over the possible cuts.
    """
    cuts = [(at, min(max(chance, 1e-3), 1 - 1e-3)) for at, chance in engine.cuts(text, known)]
    if len(cuts) > _MOST_CUTS:
        bar = sorted((chance for _, chance in cuts), reverse=True)[_MOST_CUTS - 1]
        cuts = [cut for cut in cuts if cut[1] >= bar][:_MOST_CUTS]
    if not cuts:
        return [_bare(text, 0, len(text))]
    edges = [0, *(at for at, _ in cuts), len(text)]
    open_cost = [0.0, *(_CUT_WEIGHT * math.log(1 - chance) for _, chance in cuts), 0.0]
    cut_cost = [0.0, *(_cut(text, at, chance) for at, chance in cuts), 0.0]
    best: list[_Best] = [_Best(0.0, 0, "")]
    for end in range(1, len(edges)):
        choices = []
        for begin in range(max(0, end - _WINDOW), end):
            start, stop = _bare(text, edges[begin], edges[end])
            intent, chance = "", 1e-3
            if stop > start:
                intent, chance = engine.intents(text[start:stop], _within(known, start, stop))[0]
            score = best[begin].score + cut_cost[begin] + math.log(max(chance, 1e-3))
            score += sum(open_cost[begin + 1 : end])
            if intent == best[begin].intent:
                score += math.log(0.5)
            elif begin and chance > _CLEAR:
                # Two clear wishes of different kinds: as one clause, one of them would be lost.
                score += _DIFFERENT
            choices.append(_Best(score, begin, intent))
        best.append(max(choices, key=lambda choice: choice.score))
    clauses: list[tuple[int, int]] = []
    end = len(edges) - 1
    while end > 0:
        begin = best[end].begin
        start, stop = _bare(text, edges[begin], edges[end])
        if stop > start:
            clauses.append((start, stop))
        end = begin
    return clauses[::-1] or [(0, len(text))]


def _cut(text: str, at: int, chance: float) -> float:
    """What a cut there is worth; people who put a sign between clauses mean it."""
    marked = text[:at].rstrip(" ").endswith(_MARKS)
    return _CUT_WEIGHT * math.log(chance) + (_MARKED if marked else 0.0)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Without joining words before it and signs around it."""
    opening = _OPENING.match(text[start:end])
    begin = start + (opening.end() if opening else 0)
    return begin, begin + len(text[begin:end].rstrip(" ,;\n\t-–—"))


def _within(known: Sequence[KnownName], start: int, end: int) -> list[KnownName]:
    return [
        KnownName(name.start - start, name.end - start, name.kind)
        for name in known
        if name.start >= start and name.end <= end
    ]
