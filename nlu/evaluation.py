"""How well an engine understands held-out sentences: intents, slots, doubt, speed."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from nlu.engine import Engine, Parse
from nlu.training_data import Example

OUTSIDE = "out_of_scope"
BINS = 10
Span = tuple[int, int, str]


@dataclass(frozen=True)
class Reliability:
    """Of the sentences with a confidence in one tenth: how sure, and how often right."""

    confidence: float
    right: float
    sentences: int


@dataclass(frozen=True)
class Evaluation:
    """Shares from 0 to 1; times in milliseconds a sentence. `auroc` tells sentences that are
    out of scope from the others by the engine's doubt, None where the data has none."""

    engine: str
    sentences: int
    accuracy: float
    macro_f1: float
    span_f1: float
    token_f1: float
    auroc: float | None
    p50_ms: float
    p95_ms: float
    confusions: list[tuple[str, str, int]] = field(default_factory=list)
    reliability: list[Reliability] = field(default_factory=list)

    def to_json(self) -> dict[str, object]:
        return asdict(self)


def evaluate(engine: Engine, examples: Sequence[Example]) -> Evaluation:
    """Ask the engine about every example and compare."""
    parses: list[Parse] = []
    taken: list[float] = []
    for example in examples:
        before = time.perf_counter()
        parses.append(engine.parse(example.text))
        taken.append((time.perf_counter() - before) * 1000)
    pairs = [(e.intent, p.intents[0][0]) for e, p in zip(examples, parses, strict=True)]
    said = [_spans(parse) for parse in parses]
    meant = [{(m.start, m.end, m.name) for m in example.marks} for example in examples]
    return Evaluation(
        engine=engine.name,
        sentences=len(examples),
        accuracy=sum(a == b for a, b in pairs) / len(pairs),
        macro_f1=_macro_f1(pairs),
        span_f1=_f1(meant, said),
        token_f1=_f1(*(_by_word(side, examples) for side in (meant, said))),
        auroc=_auroc(
            [(e.intent == OUTSIDE, _doubt(p)) for e, p in zip(examples, parses, strict=True)]
        ),
        p50_ms=statistics.median(taken),
        p95_ms=sorted(taken)[int(0.95 * (len(taken) - 1))],
        confusions=[
            (wanted, got, number)
            for (wanted, got), number in Counter(p for p in pairs if p[0] != p[1]).most_common()
        ],
        reliability=_reliability(pairs, parses),
    )


def _spans(parse: Parse) -> set[Span]:
    return {(entity.start, entity.end, entity.name) for entity in parse.entities}


def _by_word(sides: Sequence[set[Span]], examples: Sequence[Example]) -> list[set[Span]]:
    """Every word of a span by itself, so that half of a span is worth something."""
    words = []
    for spans, example in zip(sides, examples, strict=True):
        found: set[Span] = set()
        for start, end, name in spans:
            at = start
            for word in example.text[start:end].split():
                at = example.text.index(word, at)
                found.add((at, at + len(word), name))
                at += len(word)
        words.append(found)
    return words


def _f1(meant: Sequence[set[Span]], said: Sequence[set[Span]]) -> float:
    both = sum(len(a & b) for a, b in zip(meant, said, strict=True))
    total = sum(map(len, meant)) + sum(map(len, said))
    return 2 * both / total if total else 1.0


def _macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    scores = []
    for intent in {wanted for wanted, _ in pairs}:
        both = sum(wanted == got == intent for wanted, got in pairs)
        total = sum((wanted == intent) + (got == intent) for wanted, got in pairs)
        scores.append(2 * both / total)
    return statistics.fmean(scores)


def _doubt(parse: Parse) -> float:
    """How much the engine thinks that the sentence is none of its intents."""
    chances = dict(parse.intents)
    best = max((chance for intent, chance in parse.intents if intent != OUTSIDE), default=0.0)
    return chances.get(OUTSIDE, 0.0) + 1 - best


def _auroc(marked: Sequence[tuple[bool, float]]) -> float | None:
    """The chance that a sentence out of scope is doubted more than one in scope."""
    outside = [doubt for out, doubt in marked if out]
    inside = sorted(doubt for out, doubt in marked if not out)
    if not outside or not inside:
        return None
    from bisect import bisect_left, bisect_right

    below = sum(bisect_left(inside, d) + bisect_right(inside, d) for d in outside) / 2
    return below / (len(outside) * len(inside))


def _reliability(pairs: Sequence[tuple[str, str]], parses: Sequence[Parse]) -> list[Reliability]:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for (wanted, got), parse in zip(pairs, parses, strict=True):
        chance = parse.intents[0][1]
        bins.setdefault(min(int(chance * BINS), BINS - 1), []).append((chance, wanted == got))
    return [
        Reliability(
            statistics.fmean(chance for chance, _ in bins[number]),
            statistics.fmean(right for _, right in bins[number]),
            len(bins[number]),
        )
        for number in sorted(bins)
    ]
