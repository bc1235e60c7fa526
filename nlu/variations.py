"""Further training sentences made from the given ones: as typed in haste, and with other words.

Every variation comes from a seeded generator, so that the same data gives the same ones.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from nlu.training_data import Example, Mark

_NEIGHBOURS = {
    "q": "wa", "w": "qe", "e": "wr", "r": "et", "t": "ry", "y": "tu", "u": "yi", "i": "uo",
    "o": "ip", "p": "o", "a": "sq", "s": "ad", "d": "sf", "f": "dg", "g": "fh", "h": "gj",
    "j": "hk", "k": "jl", "l": "k", "z": "x", "x": "zc", "c": "xv", "v": "cb", "b": "vn",
    "n": "bm", "m": "n",
}  # fmt: skip
_LEAST_LENGTH = 4
_HALVES, _RARE, _SHORT = 20, 0.3, 2.4
_PARTNERS = 0.12
_WORD = re.compile(r"[^\W\d_]{2,}")


@cache
def _manners() -> dict[str, list[str]]:
    text = resources.files("nlu").joinpath("lexicon/manners.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def with_manners(example: Example, chance: random.Random) -> Example:
    """With words of politeness before it, behind it, or both."""
    manners, kind = _manners(), chance.random()
    text, shift = example.text, 0
    if kind < 0.75:
        opening = chance.choice(manners["openings"]) + " "
        text, shift = opening + text, len(opening)
    if kind > 0.6:
        closing = chance.choice(manners["closings"])
        text = text.rstrip(".!?") + (closing if closing[0] in "!?." else " " + closing)
    marks = tuple(replace(m, start=m.start + shift, end=m.end + shift) for m in example.marks)
    return replace(example, text=text, marks=marks)


def capitalised(example: Example) -> Example:
    """With a capital at its beginning, as phones write it."""
    text = example.text[:1].upper() + example.text[1:]
    return replace(example, text=text) if len(text) == len(example.text) else example


def lowered(example: Example) -> Example:
    """In lower case and without the punctuation at its end."""
    text = example.text.lower()
    if len(text) != len(example.text):
        return example
    bare = text.rstrip(".!?")
    marks = tuple(m for m in example.marks if m.end <= len(bare))
    return Example(bare, example.intent, marks, example.place)


def misspelt(example: Example, chance: random.Random) -> Example:
    """With one word mistyped: letters swapped, dropped, doubled, or a neighbouring key."""
    starts = [
        at
        for at, letter in enumerate(example.text)
        if letter.isalpha() and (at == 0 or not example.text[at - 1].isalnum())
    ]
    words = []
    for at in starts:
        end = at
        while end < len(example.text) and example.text[end].isalpha():
            end += 1
        if end - at >= _LEAST_LENGTH:
            words.append((at, end))
    if not words:
        return example
    start, end = chance.choice(words)
    return _replaced(example, [(start, end, _mistyped(example.text[start:end], chance))])


def _mistyped(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + chance.choice(_NEIGHBOURS.get(word[at].lower(), "e")) + word[at + 1 :]


def with_other_words(
    example: Example, words: Mapping[str, Sequence[str]], chance: random.Random
) -> Example:
    """Its entities filled with what other sentences, or lists, have for them."""
    changes = []
    for mark in example.marks:
        others = words.get(mark.name)
        if others and mark.value == example.text[mark.start : mark.end]:
            changes.append((mark.start, mark.end, chance.choice(others)))
    return _replaced(example, changes) if changes else example


class Inventor:
    """Makes names that nobody has, from the halves of rare words that entities were filled with.

    Entities filled mostly with rare words are names of something; those are learnt by the
    place and the shape of their words, when their words are different each time.
    """

    def __init__(self, examples: Sequence[Example], often: int = 12) -> None:
        counts = Counter(word.lower() for e in examples for word in _WORD.findall(e.text))
        rare: dict[str, int] = {}
        total: dict[str, int] = {}
        halves: dict[str, tuple[list[str], list[str]]] = {}
        closed = {m.name for e in examples for m in e.marks if m.value != e.text[m.start : m.end]}
        marks = [mark for e in examples for mark in e.marks if mark.name not in closed]
        for mark in marks:
            for word in _WORD.findall(mark.value):
                total[mark.name] = total.get(mark.name, 0) + 1
                if counts[word.lower()] < often:
                    rare[mark.name] = rare.get(mark.name, 0) + 1
                    if len(word) >= _LEAST_LENGTH and word[1:].islower():
                        firsts, lasts = halves.setdefault(mark.name, ([], []))
                        middle = (len(word) + 1) // 2
                        firsts.append(word[:middle])
                        lasts.append(word[middle:])
        self._counts, self._often = counts, often
        self._halves = {
            name: halves[name]
            for name in sorted(halves)
            if rare[name] > _RARE * total[name]
            and total[name] <= _SHORT * sum(mark.name == name for mark in marks)
            and len(halves[name][0]) >= _HALVES
        }

    def vary(self, example: Example, chance: random.Random) -> Example:
        """With other names, some of them of two partners: "Smith & Jones"."""
        changes = []
        for mark in example.marks:
            if mark.name in self._halves and mark.value == example.text[mark.start : mark.end]:
                words = _WORD.findall(mark.value)
                if 0 < len(words) < 3 and self._is_name(mark) and chance.random() < _PARTNERS:
                    pair = [self._word(words[0], mark.name, chance) for _ in range(2)]
                    sign = chance.choice((" & ", " & ", " + ", " and ", "&"))
                    ending = chance.choice(("", "", " " + chance.choice(words)))
                    changes.append((mark.start, mark.end, sign.join(pair) + ending))
                    continue
                for word in _WORD.finditer(example.text, mark.start, mark.end):
                    if self._counts[word.group().lower()] < self._often:
                        new = self._word(word.group(), mark.name, chance)
                        changes.append((word.start(), word.end(), new))
        return _replaced(example, changes) if changes else example

    def listed(self, example: Example, chance: random.Random) -> Example:
        """With a list of two to four names in place of one, each marked."""
        marks = [m for m in example.marks if m.name in self._halves and self._is_name(m)]
        marks = [m for m in marks if m.value == example.text[m.start : m.end]]
        if not marks:
            return example
        mark = chance.choice(marks)
        like = _WORD.findall(mark.value)[0]
        names = [mark.value]
        names += [self._word(like, mark.name, chance) for _ in range(chance.choice((1, 1, 2, 3)))]
        last = chance.choice((" and ", " and ", " & ", ", ", " n ", ", and ", " + "))
        text = ", ".join(names[:-1]) + last + names[-1]
        grown = _replaced(example, [(mark.start, mark.end, text)])
        kept = [m for m in grown.marks if m.name != mark.name or m.value != text]
        at, added = mark.start, []
        for name in names:
            at = grown.text.index(name, at)
            added.append(Mark(at, at + len(name), mark.name, name))
            at += len(name)
        return replace(grown, marks=tuple(sorted((*kept, *added), key=lambda m: m.start)))

    def _is_name(self, mark: Mark) -> bool:
        return any(self._counts[w.lower()] < self._often for w in _WORD.findall(mark.value))

    def _word(self, like: str, name: str, chance: random.Random) -> str:
        firsts, lasts = self._halves[name]
        word = chance.choice(firsts).lower() + chance.choice(lasts)
        if like.isupper() and len(like) > 1:
            return word.upper()
        return word.capitalize() if like[0].isupper() else word


def words_of_entities(examples: Iterable[Example]) -> dict[str, list[str]]:
    """What entities were filled with, where the words are their own value."""
    words: dict[str, dict[str, None]] = {}
    for example in examples:
        for mark in example.marks:
            typed = example.text[mark.start : mark.end]
            if typed == mark.value:
                words.setdefault(mark.name, {})[typed] = None
    return {name: list(typed) for name, typed in words.items()}


def _replaced(example: Example, changes: Sequence[tuple[int, int, str]]) -> Example:
    """With other text in place of some characters; the marks move along."""
    text, last, shifts = "", 0, []
    for start, end, new in sorted(changes):
        text += example.text[last:start]
        shifts.append((start, end, len(text), len(text) + len(new)))
        text += new
        last = end
    text += example.text[last:]

    def moved(at: int, is_end: bool) -> int:
        shift = 0
        for start, end, new_start, new_end in shifts:
            if at <= start and not (is_end and at > start):
                break
            if at >= end:
                shift = new_end - end
            else:
                return new_end if is_end else new_start
        return at + shift

    marks = []
    for mark in example.marks:
        start, end = moved(mark.start, False), moved(mark.end, True)
        same = mark.value == example.text[mark.start : mark.end]
        marks.append(Mark(start, end, mark.name, text[start:end] if same else mark.value))
    return Example(text, example.intent, tuple(marks), example.place)
