"""Measures how well messages are understood: `python benchmarks/understanding.py [FILE ...]`."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer
from scoring import GoldMessage, Verdict, judge, read_gold

MESSAGES = Path(__file__).parent / "messages"
_ASK = "from bot.cli import main; main()"
Act: TypeAlias = Mapping[str, Any]


@dataclass
class Tally:
    """Counts over a group of messages."""

    messages: int = 0
    right: int = 0
    exactly_right: int = 0
    intents_right: int = 0
    slots: Counter[str] = field(default_factory=Counter)

    def add(self, verdict: Verdict) -> None:
        self.messages += 1
        self.right += verdict.right
        self.exactly_right += verdict.exactly_right
        self.intents_right += verdict.intents_right
        self.slots += verdict.slots

    @property
    def slot_f1(self) -> float | None:
        """None where there were no slots."""
        made = self.slots["right"] + self.slots["wrong"] + self.slots["unsaid"]
        wanted = self.slots["right"] + self.slots["wrong"] + self.slots["missed"]
        return 2 * self.slots["right"] / (made + wanted) if made + wanted else None

    def line(self, name: str) -> str:
        shares = (self.right, self.exactly_right, self.intents_right)
        figures = "".join(f"{100 * n / self.messages:10.1f}" for n in shares)
        f1 = "-" if self.slot_f1 is None else f"{100 * self.slot_f1:.1f}"
        return f"{name:12}{self.messages:5}{figures}{f1:>10}"


def main(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Gold messages; by default both of benchmarks/messages."),
    ] = None,
    engine: Annotated[str, typer.Option(help="embedded or rasa")] = "embedded",
    failures: Annotated[bool, typer.Option(help="Also list what was misunderstood.")] = False,
) -> None:
    """Understand each message and compare it with what a reader finds in it.

    All figures are per cent. A message is right with the right acts and all that must be
    found in them, exactly right when nothing else was made up.
    """
    for file in files or [MESSAGES / "dev.jsonl", MESSAGES / "test.jsonl"]:
        messages = read_gold(file)
        begun = time.perf_counter()
        answers = understand(messages, engine)
        seconds = time.perf_counter() - begun
        verdicts = [judge(m, acts) for m, acts in zip(messages, answers, strict=True)]
        print(f"\n{file.name}, {engine} engine, {seconds:.1f} s with the start")
        _print_figures(messages, verdicts)
        if failures:
            _print_failures(messages, answers, verdicts)


def understand(messages: Sequence[GoldMessage], engine: str) -> list[list[Act]]:
    """What `crm-bot understand` makes of each message at its own time and place."""
    answers: dict[str, list[Act]] = {}
    for now, zone in dict.fromkeys((m.now, m.zone.key) for m in messages):
        together = [m for m in messages if (m.now, m.zone.key) == (now, zone)]
        lines = "".join(" ".join(m.text.split()) + "\n" for m in together)
        command = [sys.executable, "-c", _ASK, "understand", "--engine", engine]
        moment = now.replace(tzinfo=None).isoformat()
        done = subprocess.run(
            [*command, "--now", moment, "--tz", zone],
            input=lines,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            raise typer.Exit(done.returncode)
        said = [json.loads(line)["acts"] for line in done.stdout.splitlines()]
        answers |= {m.id: acts for m, acts in zip(together, said, strict=True)}
    return [answers[m.id] for m in messages]


def _print_figures(messages: Sequence[GoldMessage], verdicts: Sequence[Verdict]) -> None:
    tallies: dict[str, Tally] = {"all": Tally()}
    groups = [m.kind for m in messages] + [m.persona for m in messages]
    tallies |= {group: Tally() for group in dict.fromkeys(groups)}
    for message, verdict in zip(messages, verdicts, strict=True):
        for group in ("all", message.kind, message.persona):
            tallies[group].add(verdict)
    print(f"{'':12}{'n':>5}{'right':>10}{'exactly':>10}{'intents':>10}{'slot F1':>10}")
    for name, tally in tallies.items():
        if tally.messages:
            print(tally.line(name))


def _print_failures(
    messages: Sequence[GoldMessage],
    answers: Sequence[Sequence[Act]],
    verdicts: Sequence[Verdict],
) -> None:
    for message, acts, verdict in zip(messages, answers, verdicts, strict=True):
        if verdict.exactly_right:
            continue
        print(f"\n{message.id} {'(right but for more) ' if verdict.right else ''}{message.text}")
        for act in acts:
            slots = ", ".join(f"{slot}={_short(value)}" for slot, value in act["slots"].items())
            print(f"  = {act['intent']}({slots})")
        for fault in verdict.faults:
            print(f"  ! {fault}")


def _short(value: Any) -> str:
    if isinstance(value, Mapping) and "start" in value:
        return f"{value['start']}..{value['end'] or ''} {value['grain']}"
    return repr(value)


if __name__ == "__main__":
    typer.run(main)
