"""Dates: our grammar beside dateparser, on date expressions that were not written for it.

    python -m benchmarks.dates [--failures FILE]

The expressions are cut in two by a hash of their id. The build half is the one to look
at while working on the grammar (`--failures` writes its failures); the report half only
gives figures. Without the shared data there is nothing to measure, and that is said.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import statistics
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

from nlu.dates import Calendar, Duration, Found, Impossible, Moment, Recurrence, find, resolve

DATA = Path(__file__).parents[2] / "shared" / "data" / "dates"
ZONE = ZoneInfo("UTC")
# The suites are American, and their tasks and their reports are mixed without a mark.
AMERICAN = Calendar(day_first=False)
Answer = dict[str, Any]
Engine = Callable[[str, datetime], "list[Answer] | Answer | None"]


def answer(value: object) -> Answer | None:
    """One of our values in the scorer's terms."""
    if isinstance(value, Recurrence):
        rule = value.rrule
        if value.first.grain == "minute":
            rule += f";BYHOUR={value.first.start.hour};BYMINUTE={value.first.start.minute}"
        return {"start": None, "end": None, "grain": None, "rrule": rule}
    if isinstance(value, Duration):
        return {"start": None, "end": None, "grain": None, "duration_s": value.seconds}
    if isinstance(value, Moment):
        start, end = value.start.replace(tzinfo=None), value.end
        end = end and end.replace(tzinfo=None)
        if value.open == "before":
            bound = value.bound.replace(tzinfo=None)
            return {"start": None, "end": bound, "grain": value.grain, "open": "before"}
        return {"start": start, "end": end, "grain": value.grain, "open": value.open}
    assert value is None or isinstance(value, Impossible)
    return None


def ours_span(text: str, ref: datetime) -> Answer | None:
    """An expression that is already cut out."""
    return answer(resolve(text, ref.replace(tzinfo=ZONE), "ahead", AMERICAN))


def ours_text(text: str, ref: datetime) -> list[Answer]:
    """Every expression in a sentence."""
    found: list[Found] = find(text, ref.replace(tzinfo=ZONE), "ahead", AMERICAN)
    return [one for one in (answer(each.value) for each in found) if one]


def dateparser_span(text: str, ref: datetime) -> Answer | None:
    import dateparser

    settings = {"RELATIVE_BASE": ref, "PREFER_DATES_FROM": "future", "DATE_ORDER": "MDY"}
    start = dateparser.parse(text, languages=["en"], settings=settings)
    return {"start": start, "end": None, "grain": None} if start else None


def dateparser_text(text: str, ref: datetime) -> list[Answer]:
    from dateparser.search import search_dates

    settings = {"RELATIVE_BASE": ref, "PREFER_DATES_FROM": "future", "DATE_ORDER": "MDY"}
    found = search_dates(text, languages=["en"], settings=settings) or []
    return [{"start": start, "end": None, "grain": None} for _, start in found]


ENGINES: dict[str, tuple[Engine, Engine]] = {
    "ours": (ours_span, ours_text),
    "dateparser": (dateparser_span, dateparser_text),
}


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dates_score", DATA / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lines(name: str) -> Iterator[dict[str, Any]]:
    with (DATA / name).open() as file:
        yield from (json.loads(line) for line in file if line.strip())


def in_report_half(case: dict[str, Any]) -> bool:
    return hashlib.sha256(case["id"].encode()).digest()[0] % 2 == 1


def row(name: str, half: str, score: ModuleType, cases: list[dict[str, Any]]) -> str:
    by_span, by_text = ENGINES[name]
    spans = score.run(by_span, cases)
    texts = score.run(by_text, [case for case in cases if case.get("n_in_text", 1) <= 1], "text")
    negatives = score.run(by_text, list(lines("negative.jsonl")), "text")
    share = {
        "right": sum(one["ok"] for one in spans) / len(spans),
        "wrong": sum(bool(one["got"]) and not one["ok"] for one in spans) / len(spans),
        "negatives": sum(one["ok"] for one in negatives) / len(negatives),
        "sentences": sum(one["ok"] for one in texts) / len(texts),
    }
    percent = " ".join(f"{100 * value:>10.1f}" for value in share.values())
    speed = [statistics.median(one["ms"] for one in each) for each in (spans, texts)]
    candidates = statistics.mean(len(one["got"]) for one in texts)
    return (
        f"{name:<11} {half:<7} {len(spans):>5} {percent} {speed[0]:>9.3f} {speed[1]:>9.3f}"
        f" {candidates:>6.2f}"
    )


def failures(score: ModuleType, cases: list[dict[str, Any]]) -> Iterator[str]:
    """The build half's failures, one a line: what was said, wanted and got."""
    for field, engine in (("span", ours_span), ("text", ours_text)):
        chosen = [c for c in cases if field == "span" or c.get("n_in_text", 1) <= 1]
        for one in score.run(engine, chosen, field):
            if not one["ok"]:
                case = one["case"]
                wanted = [case.get(key) for key in ("start", "end", "open", "rrule", "duration_s")]
                got = [
                    {key: str(value) for key, value in each.items() if value is not None}
                    for each in one["got"]
                ]
                yield f"{field} {case['ref']} {one['text'][-90:]!r} {wanted} {case['accept']} {got}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", type=Path, help="where the build half's failures go")
    parser.add_argument("--only", choices=ENGINES, help="measure one engine alone")
    options = parser.parse_args()
    if not DATA.is_dir():
        print(f"Nothing to measure: {DATA} is not there.")
        return 0
    score = scorer()
    cases = list(lines("public.jsonl"))
    halves = {
        "build": [case for case in cases if not in_report_half(case)],
        "report": [case for case in cases if in_report_half(case)],
    }
    for engine, _ in ENGINES.values():
        engine("next tuesday at 3", datetime(2026, 3, 4, 9, 15))  # noqa: DTZ001
    print(
        "engine      half       n    right %    wrong % negat. ok% sentence %   ms span   ms text"
        "  found"
    )
    for name in ENGINES:
        if options.only in {None, name}:
            for half, half_cases in halves.items():
                print(row(name, half, score, half_cases))
    if options.failures:
        options.failures.write_text("\n".join(failures(score, halves["build"])) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
