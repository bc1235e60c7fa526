"""What each intent takes and how its dates are read: the table of the assistant's intents."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal


@dataclass(frozen=True, slots=True)
class Convention:
    """The slots of an intent; `time` is the one that a date fills and `look` its tense.

    `text` is the free text that the intent cannot do without. `inherits`: a clause that
    names nobody is about the customer of the clause before. `metrics` can be measured,
    the default first.
    """

    slots: frozenset[str]
    time: Literal["when", "period", ""] = ""
    look: Literal["ahead", "back"] = "ahead"
    text: str = ""
    inherits: bool = False
    metrics: tuple[str, ...] = ()


_UNKNOWN = Convention(frozenset())


@cache
def _table() -> dict[str, Convention]:
    text = resources.files("nlu").joinpath("lexicon/intents.toml").read_text(encoding="utf-8")
    table = {}
    for intent, row in tomllib.loads(text).items():
        row["slots"] = frozenset(row["slots"])
        row["metrics"] = tuple(row.get("metrics", ()))
        table[intent] = Convention(**row)
    return table


def convention(intent: str) -> Convention:
    """An intent that the assistant does not know takes no slots."""
    return _table().get(intent, _UNKNOWN)
