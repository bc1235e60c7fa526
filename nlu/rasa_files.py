"""Writes training data in Rasa's NLU YAML, so that both engines can learn the same sentences."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from nlu.training_data import Example, TrainingData


def write_training_data(data: TrainingData, folder: Path) -> None:
    """A Rasa project's `nlu.yml` and `domain.yml` with all of the data."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = ['version: "3.1"', "nlu:"]
    by_intent: dict[str, list[str]] = {}
    for example in data.examples:
        by_intent.setdefault(example.intent, []).append(annotated(example))
    for intent, sentences in by_intent.items():
        lines += _section("intent", intent, sentences)
    forms: dict[str, list[str]] = {}
    for form, values in data.synonyms.items():
        for value in values[:1]:
            forms.setdefault(value, []).append(form)
    for kind, table in (("synonym", forms), ("lookup", data.lookups), ("regex", data.regexes)):
        for name, listed in table.items():
            lines += _section(kind, name, listed)
    (folder / "nlu.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    entities = {mark.name for example in data.examples for mark in example.marks}
    domain = ['version: "3.1"', "intents:"]
    domain += [f"  - {json.dumps(name)}" for name in sorted(by_intent)]
    domain += ["entities:"] if entities else ["entities: []"]
    domain += [f"  - {json.dumps(name)}" for name in sorted(entities)]
    (folder / "domain.yml").write_text("\n".join(domain) + "\n", encoding="utf-8")


def _section(kind: str, name: str, lines: Iterable[str]) -> list[str]:
    return [f"- {kind}: {json.dumps(name)}", "  examples: |", *(f"    - {line}" for line in lines)]


def annotated(example: Example) -> str:
    """The sentence with its marks in brackets."""
    text, last = "", 0
    for mark in sorted(example.marks, key=lambda m: m.start):
        words = example.text[mark.start : mark.end]
        text += example.text[last : mark.start]
        if words == mark.value:
            text += f"[{words}]({mark.name})"
        else:
            stated = json.dumps({"entity": mark.name, "value": mark.value}, ensure_ascii=False)
            text += f"[{words}]{stated}"
        last = mark.end
    return text + example.text[last:]
