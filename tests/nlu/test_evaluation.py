"""Measuring the understanding, also of data that has nothing to do with customers."""

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from bot.cli import command_line
from bot.commands.opening import Problem
from nlu.engine import Entity, Parse
from nlu.evaluation import evaluate
from nlu.training_data import Example, Mark

RESTAURANT = """version: "3.1"
nlu:
- intent: book_table
  examples: |
    - a table for [two](people) at [eight](time)
    - book [four](people) for [tonight](time)
    - table for [six](people) please
    - can I reserve for [three](people) at [noon](time)
- intent: ask_hours
  examples: |
    - when do you open
    - are you open on sunday
    - opening hours
    - what time do you close
"""


class Parrot:
    """An engine that says what it was told to."""

    name = "parrot"

    def __init__(self, parses: dict[str, Parse]) -> None:
        self._parses = parses

    def parse(self, clause: str, known: object = ()) -> Parse:
        return self._parses[clause]


def test_figures_are_those_of_hand() -> None:
    examples = [
        Example("call Ada", "call", (Mark(5, 8, "name", "Ada"),)),
        Example("ring Bo", "call", (Mark(5, 7, "name", "Bo"),)),
        Example("rain again", "out_of_scope"),
    ]
    engine = Parrot(
        {
            "call Ada": Parse(
                (("call", 0.9), ("out_of_scope", 0.1)), (Entity(5, 8, "name", "Ada"),)
            ),
            "ring Bo": Parse((("out_of_scope", 0.6), ("call", 0.4))),
            "rain again": Parse((("out_of_scope", 0.8), ("call", 0.2))),
        }
    )
    found = evaluate(engine, examples)
    assert found.accuracy == pytest.approx(2 / 3)
    assert found.span_f1 == pytest.approx(2 / 3)
    assert found.auroc == 1.0
    assert found.confusions == [("call", "out_of_scope", 1)]
    assert sum(one.sentences for one in found.reliability) == 3


def test_train_and_evaluate_on_anybodys_data(tmp_path: Path) -> None:
    data, model = tmp_path / "restaurant.yml", tmp_path / "model.npz"
    data.write_text(RESTAURANT, encoding="utf-8")
    run = CliRunner().invoke
    trained = run(command_line(), ["train", "--data", str(data), "--out", str(model)])
    assert trained.exit_code == 0, trained.output
    assert "8 sentences, 2 intents" in trained.output
    told = run(command_line(), ["evaluate", "--data", str(data), "--model", str(model), "--json"])
    figures = json.loads(told.output)
    assert figures["sentences"] == 8
    assert figures["accuracy"] >= 0.75


def test_the_same_data_gives_the_same_model(tmp_path: Path) -> None:
    data = tmp_path / "restaurant.yml"
    data.write_text(RESTAURANT, encoding="utf-8")
    for name in ("one.npz", "two.npz"):
        arguments = ["train", "--data", str(data), "--out", str(tmp_path / name)]
        assert CliRunner().invoke(command_line(), arguments).exit_code == 0
    with np.load(tmp_path / "one.npz") as one, np.load(tmp_path / "two.npz") as two:
        assert one.files == two.files
        assert all(one[name].tobytes() == two[name].tobytes() for name in one.files)


def test_what_is_malformed_is_told_with_file_and_line(tmp_path: Path) -> None:
    data = tmp_path / "bad.yml"
    data.write_text(RESTAURANT.replace("[two](people)", "[two](people"), encoding="utf-8")
    found = CliRunner().invoke(command_line(), ["evaluate", "--data", str(data)])
    assert isinstance(found.exception, Problem)
    assert "bad.yml:5" in str(found.exception)
