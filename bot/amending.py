"""Corrections: the last entry done anew with other values, the last question asked again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.dialogue import Draft, Pending
from bot.performance import CREATION, Performance, or_nothing, withdrawn
from crm_store import ledger
from crm_store.deeds import Deed, Effect
from nlu.dates import Moment, resolve
from skills.kit import Choice, Refused, Reply, Skill, Turn
from skills.values import decode, encode
from skills.wording import day_of

TIMES = frozenset({"when", "period"})
TELLING = {
    "log_interaction": frozenset({"call", "meeting", "email", "visit", "chat", "contact", "log"}),
    "set_reminder": frozenset({"follow", "reminder", "task", "remind", "follow-up", "followup"}),
    "add_preference": frozenset({"preference", "prefers", "likes"}),
    "add_concern": frozenset({"concern", "complaint", "issue"}),
}


def amend(performance: Performance, act: Pending) -> None:
    """Do the last thing again, otherwise. Raises Refused where there is nothing to amend."""
    turn = performance.turn
    said = {**act.slots, **act.values}
    asked = turn.focus.asked
    if asked:
        skill = turn.skills.get(asked["intent"])
        changes = _changes_for(skill, said) if skill else {}
        if skill and changes:
            _ask_again(performance, skill, asked["values"], changes, act)
            return
    deed = ledger.last(turn.session, turn.employee)
    if deed is None:
        raise Refused("There is no entry of yours to change.")
    _do_anew(performance, deed, act, said)


def _ask_again(
    performance: Performance,
    skill: Skill,
    values: Mapping[str, Any],
    changes: Mapping[str, Any],
    act: Pending,
) -> None:
    kept = {name: value for name, value in values.items() if name not in changes}
    performance.perform(
        [Pending(skill.intent, act.number, slots=changes, words=act.words, values=kept)]
    )


def _do_anew(performance: Performance, deed: Deed, act: Pending, said: Mapping[str, Any]) -> None:
    turn = performance.turn
    effects = [e for e in ledger.effects_of(turn.session, deed) if e.number < CREATION]
    targets = _targets(effects, act, said, turn)
    if not targets:
        raise Refused(
            'What should I change of it? Say for example "make that Thursday" or '
            '"it was an e-mail".'
        )
    performance.replaces = deed
    asked: Draft | None = None
    for effect in targets:
        # Each by itself: what cannot be changed without a question stays until its answer.
        performance.draft, performance.refused = None, False
        with or_nothing(performance):
            _one_anew(performance, deed, effect, act, said)
        asked = asked or performance.draft
    performance.draft = replace(asked, pending=(act,)) if asked else None


def _one_anew(
    performance: Performance, deed: Deed, effect: Effect, act: Pending, said: Mapping[str, Any]
) -> None:
    turn = performance.turn
    skill = turn.skills[effect.intent]
    changes = _changes_for(skill, said)
    slots = {name: _again(name, effect, changes, act, skill, turn) for name in changes}
    others = [
        Choice(
            f"{day_of(decode(turn.session, None, said_so).start, turn)} instead",
            "amend",
            {name: said_so},
        )
        for name, said_so in changes.items()
        if name in TIMES and slots[name] != said_so
    ]
    wrong = _wrong_customer(effect, act, said)
    kept = {
        name: value
        for name, value in effect.values.items()
        if name not in changes and not (wrong and name == "customer")
    }
    if wrong:
        performance.rivals = wrong
        slots.setdefault("customer", _last_word(act.text))
    withdrawn(performance, deed, effect.number)
    performance.perform(
        [Pending(effect.intent, effect.number, slots=slots, words=act.words, values=kept)]
    )
    if others:
        # The other reading of the day is one tap away.
        performance.replies.append(Reply("", choices=others))


def _changes_for(skill: Skill | None, said: Mapping[str, Any]) -> dict[str, Any]:
    """What was said, under the names that the skill's slots have."""
    if skill is None:
        return {}
    found: dict[str, Any] = {}
    for name, value in said.items():
        target = name
        if name in TIMES and name not in skill.slots:
            target = next(iter(TIMES - {name}))
        if target in skill.slots:
            found[target] = value
    return found


def _targets(
    effects: Sequence[Effect], act: Pending, said: Mapping[str, Any], turn: Turn
) -> list[Effect]:
    if not said:
        return [e for e in effects if "customer" in e.values and "wrong" in act.text.lower()]
    able = [e for e in effects if _changes_for(turn.skills.get(e.intent), said)]
    if "customer" in said:
        return able
    words = set(act.text.lower().replace(",", " ").split())
    named = [e for e in able if words & TELLING.get(e.intent, frozenset())]
    if named:
        return named[-1:]
    if "when" in said and len(able) > 1:
        past = _is_past(said["when"], turn)
        fitting = [e for e in able if (e.intent != "set_reminder") == past]
        able = fitting or able
    return able[-1:]


def _is_past(stored: Any, turn: Turn) -> bool:
    moment = decode(turn.session, None, stored)
    return isinstance(moment, Moment) and moment.start < turn.today.replace(
        hour=0, minute=0, second=0, microsecond=0
    )


def _again(
    name: str,
    effect: Effect,
    changes: Mapping[str, Any],
    act: Pending,
    skill: Skill,
    turn: Turn,
) -> Any:
    """A moment is read again relative to the one it replaces ("make it 4", "thursday")."""
    words = act.words.get("when") or act.words.get("period")
    old = decode(turn.session, None, effect.values.get(name))
    if name not in TIMES or not words:
        return changes[name]
    base = old if isinstance(old, Moment) else None
    found = resolve(words, turn.today, skill.slots[name].look, turn.calendar, base=base)
    return encode(found) if isinstance(found, Moment) else changes[name]


def _wrong_customer(effect: Effect, act: Pending, said: Mapping[str, Any]) -> tuple[int, ...]:
    stored = effect.values.get("customer")
    if not isinstance(stored, Mapping) or "id" not in stored:
        return ()
    wrong = "wrong" in act.text.lower() and not isinstance(said.get("customer"), Mapping)
    return (int(stored["id"]),) if wrong else ()


def _last_word(text: str) -> str:
    """The name in "wrong Smith"."""
    words = [word.strip(".,!?") for word in text.split()]
    return words[-1] if words else ""
