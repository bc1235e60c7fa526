"""What is measured of look-ups: whether they were right, and what they took."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

Took = tuple[float, float]
"""Milliseconds on the clock, and of this thread's work: on a busy machine they differ."""


class Watch:
    """Times what happens inside `with`."""

    def __enter__(self) -> Watch:
        self._begun = time.perf_counter(), time.thread_time()
        return self

    def __exit__(self, *_: object) -> None:
        clock, work = self._begun
        self.took = (time.perf_counter() - clock) * 1000, (time.thread_time() - work) * 1000


@dataclass
class Outcome:
    """Answers to mentions: how many were right, and how long each took."""

    first: list[bool] = field(default_factory=list)
    in_five: list[bool] = field(default_factory=list)
    took: list[Took] = field(default_factory=list)

    def add(self, right: Sequence[bool], took: Took) -> None:
        self.first.append(bool(right[:1] and right[0]))
        self.in_five.append(any(right))
        self.took.append(took)

    def beside(self, small: Outcome) -> str:
        """How much longer the work took than in a small store."""
        grown = [
            f([work for _, work in self.took]) / f([work for _, work in small.took])
            for f in (statistics.median, _high)
        ]
        return f"p50 x {grown[0]:.1f}, p95 x {grown[1]:.1f}"

    def row(self, name: str) -> str:
        share = [sum(found) / len(found) for found in (self.first, self.in_five)]
        shares = f"{share[0]:.3f} | {share[1]:.3f}"
        return f"| {name:<48} | {len(self.took):>5} | {shares} | {spread(self.took)} |"


def spread(took: Sequence[Took]) -> str:
    """The median and the 95th percentile, of the clock and of the work."""
    columns = list(zip(*took, strict=True))
    figures = [f(one) for one in columns for f in (statistics.median, _high)]
    return " | ".join(f"{figure:>8.2f}" for figure in figures)


def _high(numbers: Sequence[float]) -> float:
    return sorted(numbers)[int(len(numbers) * 0.95)]


HEAD = (
    f"| {'milliseconds on the clock, and of work':<48} |  said | first | five  "
    f"|      p50 |      p95 | work p50 | work p95 |\n|{'-' * 50}|{'---:|' * 7}"
)
