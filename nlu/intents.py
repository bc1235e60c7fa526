"""Tells the intent of a sentence from its pieces, with calibrated probabilities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_FOLDS = 4
_COST_OF_DOUBT = 0.02
_TEMPERATURES = np.geomspace(0.05, 1.5, 40)


@dataclass(frozen=True)
class Intents:
    """Linear weights over tf-idf pieces. `weights` has a row a piece, a column an intent.

    What is out of scope, the intent of the column `outside`, scores at least `bar`: a
    sentence in which no intent scores more resembles nothing that was taught. A score
    divided by `temperature` is the logarithm of an odds.
    """

    names: tuple[str, ...]
    vocabulary: dict[str, int]
    idf: Floats
    weights: Floats
    bias: Floats
    outside: int
    bar: float
    temperature: float

    def ranking(self, pieces: Iterable[str]) -> tuple[tuple[str, float], ...]:
        """Every intent with its probability, the likeliest first."""
        scores = self._scores(pieces)
        scores[self.outside] = max(scores[self.outside], self.bar)
        chances = _softmax(scores[None, :] / self.temperature)[0]
        order = np.argsort(-chances, kind="stable")
        return tuple((self.names[at], float(chances[at])) for at in order)

    def _scores(self, pieces: Iterable[str]) -> Floats:
        counts = Counter(self.vocabulary[p] for p in pieces if p in self.vocabulary)
        if not counts:
            return self.bias.copy()
        columns = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
        tf = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        values = (1 + np.log(tf)) * self.idf[columns]
        values /= np.sqrt((values * values).sum())
        scores: Floats = values @ self.weights[columns] + self.bias
        return scores


def train_intents(
    documents: Sequence[Sequence[str]],
    intents: Sequence[str],
    groups: Sequence[int],
    outside: str,
    strictness: float = 1.0,
) -> Intents:
    """`groups` keep a sentence and its variations in one fold; `outside` names out of scope."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(
        analyzer=list, sublinear_tf=True, min_df=2 if len(documents) > 200 else 1, dtype=np.float32
    )
    rows = vectorizer.fit_transform(documents)
    names = tuple(sorted({*intents, outside}))
    labels = np.array([names.index(intent) for intent in intents])
    scores, truth = _held_out(rows, labels, np.asarray(groups), len(names), strictness)
    none = names.index(outside)
    bar = _bar(scores, truth, none)
    scores[:, none] = np.maximum(scores[:, none], bar)
    weights, bias = _fit(rows, labels, len(names), strictness)
    return Intents(
        names,
        {str(piece): int(at) for piece, at in vectorizer.vocabulary_.items()},
        np.asarray(vectorizer.idf_, dtype=np.float32),
        weights,
        bias,
        none,
        bar,
        _temperature(scores, truth),
    )


def _fit(rows: Any, labels: Any, count: int, strictness: float) -> tuple[Floats, Floats]:
    """Weights of every intent against the rest; one intent alone needs none."""
    from sklearn.svm import LinearSVC

    weights = np.zeros((rows.shape[1], count), dtype=np.float32)
    bias = np.full(count, -9.0, dtype=np.float32)
    present = np.unique(labels)
    if len(present) == 1:
        bias[present[0]] = 1.0
        return weights, bias
    model = LinearSVC(C=strictness, tol=0.1, random_state=0)
    model.fit(rows, labels)
    if len(present) == 2:
        weights[:, present[0]], weights[:, present[1]] = -model.coef_[0], model.coef_[0]
        bias[present[0]], bias[present[1]] = -model.intercept_[0], model.intercept_[0]
    else:
        weights[:, present], bias[present] = model.coef_.T, model.intercept_
    return weights, bias


def _held_out(
    rows: Any, labels: Any, groups: Any, count: int, strictness: float
) -> tuple[Floats, Any]:
    """Scores of a share of the sentences by weights that have not seen it; their labels."""
    held = groups % _FOLDS == 0
    if held.all() or not held.any():
        held = np.arange(len(labels)) % 2 == 0
    weights, bias = _fit(rows[~held], labels[~held], count, strictness)
    scores: Floats = rows[held] @ weights + bias
    return scores, labels[held]


def _softmax(scores: Any) -> Any:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def _temperature(scores: Floats, truth: Any) -> float:
    """The one at which the probabilities of held-out sentences are likeliest."""
    rows = np.arange(len(truth))

    def surprise(temperature: float) -> float:
        chances = _softmax(scores / temperature)[rows, truth]
        return float(-np.log(np.maximum(chances, 1e-9)).mean())

    return float(min(_TEMPERATURES, key=surprise))


def _bar(scores: Floats, truth: Any, none: int) -> float:
    """The highest score of nothing that costs few of the held-out sentences in scope."""
    known = truth != none
    if not known.any():
        return 0.0
    bars = np.linspace(-1.0, 0.0, 41)

    def right(bar: float) -> float:
        raised = scores[known].copy()
        raised[:, none] = np.maximum(raised[:, none], bar)
        return float((raised.argmax(axis=1) == truth[known]).mean())

    least = right(-9.0) - _COST_OF_DOUBT
    return float(max((bar for bar in bars if right(bar) >= least), default=bars[0]))
