"""Marks the words of a sentence that fill slots, by a conditional random field."""

from __future__ import annotations

import ctypes
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from nlu.training_data import Mark
from nlu.words import Token

Span = tuple[int, int, str]
_OUTSIDE = "O"
_MANY = 3000
_SEED = 1


class Tagger:
    """A trained model; `blob` is its bytes, which are all there is to it."""

    def __init__(self, blob: bytes) -> None:
        import pycrfsuite

        self.blob = blob
        self._tagger: Any = pycrfsuite.Tagger()
        self._tagger.open_inmemory(blob)

    def spans(self, rows: Sequence[Sequence[str]]) -> list[Span]:
        """Tokens from, to (exclusive), and the entity's name, in order."""
        return spans_of(self._tagger.tag(rows)) if rows else []

    def marginals(self, rows: Sequence[Sequence[str]], tag: str) -> list[float]:
        """The probability of a tag at each token."""
        if not rows:
            return []
        self._tagger.set(rows)
        return [float(self._tagger.marginal(tag, at)) for at in range(len(rows))]


def train_tagger(
    rows: Sequence[Sequence[Sequence[str]]],
    tags: Sequence[Sequence[str]],
    algorithm: str = "pa",
    **parameters: float,
) -> Tagger:
    import pycrfsuite

    parameters = {"feature.minfreq": 2 if len(rows) > _MANY else 1, **parameters}
    trainer = pycrfsuite.Trainer(algorithm, parameters, verbose=False)
    for sentence, its_tags in zip(rows, tags, strict=True):
        if sentence:
            trainer.append(sentence, its_tags)
    _same_shuffling()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tagger"
        trainer.train(str(path))
        return Tagger(path.read_bytes())


def _same_shuffling() -> None:
    """The trainer shuffles by the C library's numbers, which go on from call to call."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).srand(_SEED)


def tags_of(tokens: Sequence[Token], marks: Sequence[Mark]) -> list[str]:
    """The entity's name on each token of a mark, "O" elsewhere.

    Marks of one entity that touch become one: half as many tags train four times as fast.
    """
    tags = [_OUTSIDE] * len(tokens)
    for mark in marks:
        for at, token in enumerate(tokens):
            if token.start < mark.end and token.end > mark.start:
                tags[at] = mark.name
    return tags


def spans_of(tags: Sequence[str]) -> list[Span]:
    spans: list[Span] = []
    start = 0
    for at in range(1, len(tags) + 1):
        if at == len(tags) or tags[at] != tags[start]:
            if tags[start] != _OUTSIDE:
                spans.append((start, at, tags[start]))
            start = at
    return spans
