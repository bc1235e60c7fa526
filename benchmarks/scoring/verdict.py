"""The verdict on one message: which acts and slots were found, missed or made up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from scipy.optimize import linear_sum_assignment

from .gold import GoldAct, GoldMessage, Wanted
from .values import contains_words, mention, same_value

# Gold lists these wherever they are said, so one more of them was made up. Other slots are the
# understander's to add: a direction, a topic.
_LISTED_WHEN_SAID = frozenset([
    "customer", "company", "assignee", "into", "when", "period", "recurrence", "amount",
    "stage", "group_by", "limit", "metric", "campaign", "position", "field",
])  # fmt: skip


@dataclass
class Verdict:
    """How one message was understood.

    `slots` counts right, wrong, missed and unsaid ones; `faults` says each fault in words.
    """

    intents_right: bool = True
    slots: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def right(self) -> bool:
        """All acts and no other, with all that must be found in them."""
        return self.intents_right and not self.slots["wrong"] and not self.slots["missed"]

    @property
    def exactly_right(self) -> bool:
        """Right, and nothing made up beside it."""
        return self.right and not self.slots["unsaid"]


def judge(gold: GoldMessage, acts: Sequence[Mapping[str, Any]]) -> Verdict:
    """`acts` are as `crm-bot understand` writes them."""
    verdict = Verdict()
    pairs = _pair(gold, acts)
    for number, act in enumerate(gold.acts):
        if act.optional:
            continue
        if number in pairs:
            _judge_slots(act, acts[pairs[number]], gold.zone, verdict)
        else:
            verdict.intents_right = False
            verdict.slots["missed"] += len(act.wanted)
            verdict.faults.append(f"no {' or '.join(act.intents)}")
    for number in sorted(set(range(len(acts))) - set(pairs.values())):
        verdict.intents_right = False
        verdict.faults.append(f"a {acts[number]['intent']} too many")
    return verdict


def _pair(gold: GoldMessage, acts: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Gold act to understood act, so that intents agree most, then slots, then the order."""
    if not gold.acts or not acts:
        return {}
    gain = np.zeros((len(gold.acts), len(acts)))
    for i, wanted in enumerate(gold.acts):
        for j, act in enumerate(acts):
            if act["intent"] in wanted.intents:
                found = sum(_holds(w, act["slots"], gold.zone) for w in wanted.wanted)
                gain[i, j] = (500 if wanted.optional else 1000) + 10 * found - abs(i - j) / 10
    rows, columns = linear_sum_assignment(gain, maximize=True)
    return {int(i): int(j) for i, j in zip(rows, columns, strict=True) if gain[i, j] > 0}


def _judge_slots(gold: GoldAct, act: Mapping[str, Any], zone: ZoneInfo, verdict: Verdict) -> None:
    intent, slots = act["intent"], act["slots"]
    for want in gold.wanted:
        name = "|".join(want.slots)
        if _holds(want, slots, zone):
            verdict.slots["right"] += 1
        elif said := [slots[slot] for slot in want.slots if slot in slots]:
            verdict.slots["wrong"] += 1
            verdict.faults.append(f"{intent}.{name} is {said[0]!r}, not {_wish(want)}")
        else:
            verdict.slots["missed"] += 1
            verdict.faults.append(f"{intent}.{name} is not {_wish(want)}")
    if intent == "out_of_scope":
        return
    for slot in sorted((_LISTED_WHEN_SAID & set(slots)) - gold.allowed):
        # "My pipeline" and "remind me" are the speaker's own whether or not a slot says so.
        if slot != "assignee" or mention(slots[slot]) != mention("me"):
            verdict.slots["unsaid"] += 1
            verdict.faults.append(f"{intent}.{slot} {slots[slot]!r} was not said")


def _holds(want: Wanted, slots: Mapping[str, Any], zone: ZoneInfo) -> bool:
    said = [(slot, slots[slot]) for slot in want.slots if slot in slots]
    if want.words:
        return bool(said) and contains_words(want.words, " ".join(str(v) for _, v in said))
    return any(same_value(slot, value, got, zone) for slot, got in said for value in want.values)


def _wish(want: Wanted) -> str:
    if want.words:
        return "with " + " and ".join("/".join(group) for group in want.words)
    return " or ".join(repr(value) for value in want.values)
