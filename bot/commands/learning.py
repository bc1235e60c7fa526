"""The commands that teach the understanding and measure it: train, evaluate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.opening import Problem

if TYPE_CHECKING:
    from nlu.embedded import Embedded
    from nlu.evaluation import Evaluation
    from nlu.training_data import TrainingData

MODEL = "model.npz"
CONFUSIONS = 15


def train(
    data: Annotated[Path, typer.Option(help="A folder (or file) of Rasa NLU YAML.")],
    out: Annotated[Path, typer.Option(help="The model to write.")] = Path(MODEL),
) -> None:
    """Train the embedded engine on sentences of your own."""
    import time

    from nlu.embedded import Settings, learn
    from nlu.model_files import save_model

    read = _read(data)
    before = time.process_time()
    model = learn(read, Settings())
    save_model(model, out)
    intents = len({example.intent for example in read.examples})
    print(
        f"{out}: {len(read.examples)} sentences, {intents} intents, "
        f"{time.process_time() - before:.1f} s of processor time"
    )


def evaluate(
    data: Annotated[Path, typer.Option(help="Held-out sentences, Rasa NLU YAML.")],
    model: Annotated[
        Path | None, typer.Option(help="A model that `train` wrote; else the assistant's own.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Measure the understanding on sentences it was not trained on."""
    from nlu.evaluation import evaluate as measured

    examples = _read(data).examples
    if not examples:
        raise Problem(f"{data} has no sentences to measure on.")
    found = measured(_engine(model), examples)
    print(json.dumps(found.to_json()) if as_json else _table(found))


def _read(data: Path) -> TrainingData:
    from nlu.training_data import MalformedTrainingData, read_training_data

    if not data.exists():
        raise Problem(f"There is nothing at {data}.")
    try:
        return read_training_data(data)
    except MalformedTrainingData as error:
        raise Problem("\n".join(error.problems)) from error


def _engine(model: Path | None) -> Embedded:
    from nlu.embedded import Embedded
    from nlu.model_files import UnreadableModelError, embedded, load_model

    if model is None:
        return embedded()
    try:
        return Embedded(load_model(model))
    except (FileNotFoundError, UnreadableModelError) as error:
        raise Problem(f"{model} is no model: {error}") from error


def _table(found: Evaluation) -> str:
    auroc = "-" if found.auroc is None else f"{found.auroc:.3f}"
    lines = [
        f"{found.engine} engine on {found.sentences} sentences",
        f"intent accuracy      {found.accuracy:.3f}",
        f"intent macro F1      {found.macro_f1:.3f}",
        f"slot span F1         {found.span_f1:.3f}",
        f"slot token F1        {found.token_f1:.3f}",
        f"out-of-scope AUROC   {auroc}",
        f"milliseconds         {found.p50_ms:.2f} (p50), {found.p95_ms:.2f} (p95)",
        "",
        "confidence   right   sentences",
        *(f"{r.confidence:>10.2f}{r.right:>8.2f}{r.sentences:>12}" for r in found.reliability),
    ]
    if found.confusions:
        lines += ["", "taken for another (meant, taken for, times):"]
        lines += [f"  {a}, {b}, {n}" for a, b, n in found.confusions[:CONFUSIONS]]
    return "\n".join(lines)
