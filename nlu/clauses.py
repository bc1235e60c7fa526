"""Cuts a message into clauses, one for each thing that is said or asked."""

from __future__ import annotations

import random
from collections.abc import Sequence

from nlu.features import Eye, Seen
from nlu.tagger import Tagger, train_tagger
from nlu.training_data import Example
from nlu.words import shape

_JOINS = (
    (", ", 30), (" and ", 16), (". ", 14), (", and ", 8), (" ", 9), ("\n", 4), (" then ", 3),
    (", then ", 3), (" also ", 2), (", also ", 3), (" - ", 2), ("; ", 3), (" & ", 2), (" + ", 1),
    ("! ", 1), ("? ", 3), (" and then ", 2), (" and also ", 2), (". Also ", 2), (", pls ", 1),
)  # fmt: skip
_JOINING = frozenset(
    ["and", "&", "+", "then", "also", "plus", ",", ";", ".", "!", "?", "-", "–", "—", "so", "but"]
)
_SMILING = 0.04
_CUT, _ON = "C", "-"
_SIGNS = frozenset([",", ";", ".", "!", "?"])
_SIGNED, _FAINT = 0.2, 0.02
_MESSAGES = 5000
_SMILES = ("🙃", "😅", "👍", "🙂", "lol", "😂", "🎉", "🙏")


class Cutter:
    """Knows where clauses begin."""

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger

    @property
    def blob(self) -> bytes:
        return self._tagger.blob

    def cuts(self, seen: Seen) -> list[tuple[int, float]]:
        """Characters where a further clause may begin, each with its probability."""
        chances = self._tagger.marginals(_features(seen), _CUT)
        found = []
        for at in range(1, len(chances)):
            # Behind a sign a clause may always begin: the clauses themselves decide then.
            signed = seen.words[at - 1] in _SIGNS
            chance = max(chances[at], _SIGNED) if signed else chances[at]
            if chance > _FAINT:
                found.append((seen.tokens[at].start, chance))
        return found


def train_cutter(examples: Sequence[Example], eye: Eye, chance: random.Random) -> Cutter:
    """Learns from single sentences and from ones joined in the ways that people do."""
    rows, tags = [], []
    for text, starts in _messages(examples, chance):
        seen = eye.see(text)
        rows.append(_features(seen))
        tags.append([_CUT if token.start in starts else _ON for token in seen.tokens])
    return Cutter(train_tagger(rows, tags, "lbfgs", max_iterations=50, c2=0.3))


def _messages(
    examples: Sequence[Example], chance: random.Random
) -> list[tuple[str, frozenset[int]]]:
    """Texts with the characters at which their second and later clauses begin."""
    joins, weights = zip(*_JOINS, strict=True)
    texts: list[tuple[str, frozenset[int]]] = []
    for example in chance.sample(examples, min(_MESSAGES, len(examples))):
        texts.append((example.text, frozenset()))
        text, starts = example.text, set()
        for _ in range(chance.choice((1, 1, 2))):
            other = chance.choice(examples)
            if other.intent == example.intent and chance.random() < 0.7:
                continue
            join = chance.choices(joins, weights)[0]
            if chance.random() < _SMILING:
                text = f"{text.rstrip('.!')} {chance.choice(_SMILES)}"
                join = " "
            further = other.text
            if join[0] not in ".!?\n":
                text = text.rstrip(".!")
                further = further[:1].lower() + further[1:]
            if join == " " and chance.random() < 0.5:
                text, further = text.lower(), further.lower()
            starts.add(len(text) + len(join) - len(join.lstrip(" ,;.!?\n-")))
            text += join + further
        texts.append((text, frozenset(starts)))
    return texts


def _features(seen: Seen) -> list[list[str]]:
    words, count = seen.words, len(seen.words)
    rows = []

    def word(at: int) -> str:
        return words[at] if 0 <= at < count else "^"

    def classes(at: int) -> tuple[str, ...]:
        return seen.classes[at] if 0 <= at < count else ("^",)

    for at in range(count):
        joined = at
        while joined > 0 and words[joined - 1] in _JOINING:
            joined -= 1
        join = " ".join(words[joined:at]) or "nothing"
        head = at
        while head < count and words[head] in _JOINING:
            head += 1
        row = ["b", "j=" + join, "w=" + word(at), "s=" + shape(seen.tokens[at].text)]
        row += [f"-1={word(at - 1)}", f"-2={word(at - 2)}", f"+1={word(at + 1)}"]
        row += [f"+2={word(at + 2)}", f"w+={word(at)}|{word(at + 1)}", f"jw={join}|{word(at)}"]
        row += [f"h={word(head)}", f"h+={word(head)}|{word(head + 1)}", f"jh={join}|{word(head)}"]
        row += [f"-w={word(joined - 1)}|{word(head)}", f"before={word(joined - 1)}"]
        row += ["c=" + c for c in classes(head)] + ["c-=" + c for c in classes(joined - 1)]
        row += ["c+=" + c for c in classes(head + 1)]
        row += [f"jc={join}|{c}" for c in classes(head)]
        row += [f"jc-={join}|{c}" for c in classes(joined - 1)]
        if "\n" in seen.text[seen.tokens[at - 1].end : seen.tokens[at].start] and at:
            row.append("line")
        rows.append(row)
    return rows
