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
_TEMPERATURES = np.geomspace(0.05, 1.5, 40)


@dataclass(frozen=True)
class Intents:
    """Linear weights over tf-idf pieces. `weights` has a row a piece, a column an intent.

    A score divided by `temperature` is the logarithm of an odds; below `threshold` no
    intent of the training sentences is likely enough to be meant.
    """

    names: tuple[str, ...]
    vocabulary: dict[str, int]
    idf: Floats
    weights: Floats
    bias: Floats
    temperature: float
    threshold: float

    def ranking(self, pieces: Iterable[str]) -> tuple[tuple[str, float], ...]:
        """Every intent with its probability, the likeliest first."""
        chances = _softmax(self._scores(pieces)[None, :] / self.temperature)[0]
        order = np.argsort(-chances, kind="stable")
        return tuple((self.names[at], float(chances[at])) for at in order)

    def _scores(self, pieces: Iterable[str]) -> Floats:
        counts = Counter(self.vocabulary[p] for p in pieces if p in self.vocabulary)
        if not counts:
            return self.bias
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
    from sklearn.preprocessing import LabelEncoder

    vectorizer = TfidfVectorizer(
        analyzer=list, sublinear_tf=True, min_df=2 if len(documents) > 200 else 1, dtype=np.float32
    )
    rows = vectorizer.fit_transform(documents)
    encoder = LabelEncoder()
    labels = encoder.fit_transform(list(intents))
    names = tuple(str(name) for name in encoder.classes_)
    scores, truth = _held_out(rows, labels, np.asarray(groups), len(names), strictness)
    temperature = _temperature(scores, truth)
    chances = _softmax(scores / temperature)
    weights, bias = _fit(rows, labels, len(names), strictness)
    return Intents(
        names,
        {str(piece): int(at) for piece, at in vectorizer.vocabulary_.items()},
        np.asarray(vectorizer.idf_, dtype=np.float32),
        weights,
        bias,
        temperature,
        _threshold(chances, truth, names, outside),
    )


def _fit(rows: Any, labels: Any, count: int, strictness: float) -> tuple[Floats, Floats]:
    """Weights of every intent against the rest; one intent alone needs none."""
    from sklearn.svm import LinearSVC

    weights = np.zeros((rows.shape[1], count), dtype=np.float32)
    bias = np.full(count, -1.0, dtype=np.float32)
    present = np.unique(labels)
    if len(present) == 1:
        bias[present[0]] = 1.0
        return weights, bias
    model = LinearSVC(C=strictness, random_state=0)
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
    """Scores of sentences by models that have not seen them, and their true labels."""
    scores = np.zeros((len(labels), count), dtype=np.float32)
    for fold in range(_FOLDS):
        held = groups % _FOLDS == fold
        if held.any() and not held.all():
            weights, bias = _fit(rows[~held], labels[~held], count, strictness)
            scores[held] = rows[held] @ weights + bias
    return scores, labels


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


def _threshold(chances: Any, truth: Any, names: Sequence[str], outside: str) -> float:
    """The least probability of a meant intent.

    It is the one at which most held-out sentences go right, where sentences out of scope
    are among them; without any, a hundredth of the known ones may fall below it.
    """
    best, likely = chances.argmax(axis=1), chances.max(axis=1)
    if outside not in names:
        return float(np.quantile(likely, 0.01))
    none = names.index(outside)
    if not (truth == none).any():
        return 0.0
    bars = np.linspace(0.0, 0.6, 61)
    right = [(np.where(likely < bar, none, best) == truth).mean() for bar in bars]
    return float(bars[int(np.argmax(right))])
