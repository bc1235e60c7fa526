"""A cascade of rules over signs: each rule turns a few neighbouring signs into one.

A rule is written as the names of the signs it wants, in order, with the marks of a
regular expression around them: "the? <ordinal> of? <month> year?". Signs in angle
brackets are handed to its builder, as their values, in order; `<a|b>` takes either.
The builder returns the new sign's value, or None where the rule does not apply.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

Builder = Callable[..., object | None]


@dataclass(slots=True)
class Sign:
    """A stretch of the text with a kind and a value."""

    kind: str
    value: Any
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rule:
    makes: str
    wants: str
    build: Builder


@dataclass(frozen=True, slots=True)
class Compiled:
    code: str
    pattern: re.Pattern[str]
    groups: range
    needs: tuple[str, ...]
    build: Builder
    makes: str


CLASSES = {
    "num": "number|spoken",
    "ord": "ordinal|spokenth|second",
    "which": "this|current|next|last|coming|following|past",
    "to_": "to|until|dash",
    "upto": "to|until|dash|and",
    "dating": "day|named|clock|point|partday|period",
    "sep": "comma|dash|slash|dot",
    "limit": "edge_|sole_|stop|comma|dot",
    "unit": "unit_|second|quarterword",
    "blocked": "name|plural|street|counted|unit_",
    "part": "part_|partsaid",
}


_codes: dict[str, str] = {}


_numbering = Lock()


def code_of(kind: str) -> str:
    """The one character that stands for a kind of sign in the text rules are matched on."""
    code = _codes.get(kind)
    if code is None:
        with _numbering:
            code = _codes.setdefault(kind, chr(0xE000 + len(_codes)))
    return code


def _class(name: str) -> str:
    kinds = CLASSES.get(name)
    if kinds is None:
        return code_of(name)
    return "[" + "".join(_class(kind).strip("[]") for kind in kinds.split("|")) + "]"


_PIECE = re.compile(r"<([a-z_|]+)>|([a-z_]+)|(\((?!\?))|(\s+)|(.)")


def compiled(rule: Rule) -> Compiled:
    pattern: list[str] = []
    needs: list[str] = []
    depth = groups = 0
    wants = rule.wants
    for match in _PIECE.finditer(wants):
        group, name, opening, space, other = match.groups()
        optional = wants[match.end() : match.end() + 1] in {"?", "*"}
        if group:
            groups += 1
            inner = "|".join(_class(one) for one in group.split("|"))
            pattern.append(f"({inner})")
            if not depth and not optional and "|" not in group and group not in CLASSES:
                needs.append(code_of(group))
        elif name:
            pattern.append(_class(name))
            if not depth and not optional and name not in CLASSES:
                needs.append(code_of(name))
        elif opening:
            pattern.append("(?:")
            depth += 1
        elif not space:
            depth += {"(": 1, ")": -1}.get(other, 0)
            pattern.append(other)
    return Compiled(
        code_of(rule.makes),
        re.compile("".join(pattern)),
        range(1, groups + 1),
        tuple(needs) if "|" not in re.sub(r"<[^>]*>|\([^()]*\)", "", wants) else (),
        rule.build,
        rule.makes,
    )


@cache
def compiled_all(rules: tuple[Rule, ...]) -> tuple[Compiled, ...]:
    return tuple(compiled(rule) for rule in rules)


def rewrite(signs: list[Sign], stages: Iterable[Sequence[Compiled]]) -> list[Sign]:
    """The signs after every rule of every stage was applied as often as it fits."""
    codes = "".join(code_of(sign.kind) for sign in signs)
    for stage in stages:
        for rule in stage:
            for code in rule.needs:
                if code not in codes:
                    break
            else:
                codes = _apply(rule, codes, signs)
    return signs


def _apply(rule: Compiled, codes: str, signs: list[Sign]) -> str:
    position = 0
    while True:
        match = rule.pattern.search(codes, position)
        if match is None:
            return codes
        first, last = match.span()
        values = [
            signs[at].value if (at := match.start(group)) >= 0 else None for group in rule.groups
        ]
        value = rule.build(*values)
        if value is None:
            position = first + 1
            continue
        signs[first:last] = [Sign(rule.makes, value, signs[first].start, signs[last - 1].end)]
        codes = codes[:first] + rule.code + codes[last:]
        position = first
