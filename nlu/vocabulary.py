"""The values of the closed slots and all the ways of saying them, from the tables and synonyms."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

import yaml

from nlu.words import plain


@cache
def values_of(slot: str) -> frozenset[str]:
    return frozenset(_table().get(slot, {}))


def canonical(slot: str, said: str) -> str | None:
    """The value that words stand for in a slot, or None."""
    if said in values_of(slot):
        return said
    forms = _forms(slot)
    words = re.sub(r"\s+", " ", plain(said)).strip(" .,;:!?'\"")
    if words in forms:
        return forms[words]
    return spotted(slot, words)


def spotted(slot: str, text: str) -> str | None:
    """The value whose longest form stands somewhere in a text; of two, the first."""
    forms = _forms(slot)
    words = re.findall(r"[^\s,;:!?()\"]+", plain(text))
    words = [word.rstrip(".") for word in words]
    for size in range(min(6, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            value = forms.get(" ".join(words[at : at + size]))
            if value is not None:
                return value
    return None


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    text = resources.files("nlu").joinpath("lexicon/closed.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _synonyms() -> dict[str, list[str]]:
    """The training data's synonyms: the forms of each value."""
    text = resources.files("nlu").joinpath("data/synonyms.yml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    forms: dict[str, list[str]] = {}
    for section in yaml.load(text, Loader=loader)["nlu"]:  # noqa: S506 - a safe loader
        lines = section["examples"].splitlines()
        listed = [line.strip()[2:].strip() for line in lines if line.strip().startswith("- ")]
        forms.setdefault(str(section["synonym"]), []).extend(listed)
    return forms


@cache
def _forms(slot: str) -> dict[str, str]:
    """Each way of saying a value; one of our own outranks a synonym."""
    forms: dict[str, str] = {}
    for value, said in _table().get(slot, {}).items():
        for form in (value, value.replace("_", " "), *said):
            forms.setdefault(plain(form), value)
    for value in _table().get(slot, {}):
        for form in _synonyms().get(value, ()):
            forms.setdefault(plain(form), value)
    return forms
