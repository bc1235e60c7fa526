"""The date expressions of two public suites: a floor under what the benchmark prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import dates as benchmark

pytestmark = pytest.mark.skipif(
    not Path(benchmark.DATA).is_dir(), reason=f"the shared date cases are not at {benchmark.DATA}"
)


def share(field: str, half: bool) -> float:
    score = benchmark.scorer()
    engine = benchmark.ours_span if field == "span" else benchmark.ours_text
    cases = [
        case
        for case in benchmark.lines("public.jsonl")
        if benchmark.in_report_half(case) == half
        and (field == "span" or case.get("n_in_text", 1) <= 1)
    ]
    results = score.run(engine, cases, field)
    right: int = sum(bool(one["ok"]) for one in results)
    return right / len(results)


@pytest.mark.parametrize(("field", "floor"), [("span", 0.94), ("text", 0.92)])
def test_expressions_of_the_half_that_nobody_tuned_to_are_read_right(
    field: str, floor: float
) -> None:
    assert share(field, half=True) >= floor


def test_sentences_without_a_date_are_left_alone() -> None:
    score = benchmark.scorer()
    results = score.run(benchmark.ours_text, list(benchmark.lines("negative.jsonl")), "text")
    assert sum(one["ok"] for one in results) / len(results) >= 0.97
