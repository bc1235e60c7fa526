"""The measure of understanding: full marks for what a reader finds, and only for that."""

from __future__ import annotations

import copy
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from benchmarks.scoring import GoldAct, GoldMessage, judge, read_gold
from benchmarks.scoring.gold import message_of
from benchmarks.scoring.moments import same_moment
from benchmarks.scoring.values import same_value

MESSAGES = Path(__file__).parents[2] / "benchmarks" / "messages"
LONDON = ZoneInfo("Europe/London")
FILES = ["dev.jsonl", "test.jsonl"]


def perfect(message: GoldMessage, pick: int, optional: bool) -> list[dict[str, Any]]:
    """What an understander says that finds exactly the gold."""
    acts = [act for act in message.acts if optional or not act.optional]
    return [{"intent": act.intents[pick], "slots": _slots(act, pick)} for act in acts]


def _slots(act: GoldAct, pick: int) -> dict[str, Any]:
    slots = {}
    for want in act.wanted:
        if want.words:
            slots[want.slots[pick]] = " ".join(group[pick] for group in want.words)
        else:
            value = want.values[pick]
            if isinstance(value, dict):
                leave = ("match", "tol_days", "end_null_ok")
                value = {key: part for key, part in value.items() if key not in leave}
            slots[want.slots[pick]] = value
    return slots


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("pick", [0, -1])
@pytest.mark.parametrize("optional", [True, False])
def test_the_gold_fed_back_is_exactly_right(file: str, pick: int, optional: bool) -> None:
    for message in read_gold(MESSAGES / file):
        verdict = judge(message, perfect(message, pick, optional))
        assert verdict.exactly_right, (message.id, verdict.faults)


@pytest.mark.parametrize("file", FILES)
def test_every_single_fault_is_noticed(file: str) -> None:
    for message in read_gold(MESSAGES / file):
        acts = perfect(message, 0, optional=False)
        assert not judge(message, acts[1:]).right, message.id
        assert not judge(message, [*acts, {"intent": "nonsense", "slots": {}}]).right, message.id
        for number, act in enumerate(acts):
            for slot in act["slots"]:
                without, wrong = copy.deepcopy(acts), copy.deepcopy(acts)
                del without[number]["slots"][slot]
                wrong[number]["slots"][slot] = "zzz"
                assert not judge(message, without).right, (message.id, slot)
                assert not judge(message, wrong).right, (message.id, slot)


@pytest.mark.parametrize("file", FILES)
def test_messages_are_of_one_kind_each_and_written_once(file: str) -> None:
    messages = read_gold(MESSAGES / file)
    texts = [message.text.casefold() for message in messages]
    assert len(messages) == 300
    assert len(set(texts)) == len(texts)
    for message in messages:
        needed = [act for act in message.acts if not act.optional]
        assert needed, message.id
        assert message.kind == "multi" or len(message.acts) == 1, message.id
        assert (message.kind == "oos") == (needed[0].intents == ("out_of_scope",)), message.id


def test_a_slot_nobody_said_is_right_but_not_exactly() -> None:
    message = gold_of({"intent": "list_reminders", "slots": {}})
    verdict = judge(message, [{"intent": "list_reminders", "slots": {"customer": "Finch"}}])
    assert verdict.right
    assert not verdict.exactly_right


def test_the_speaker_may_be_the_assignee_unsaid() -> None:
    message = gold_of({"intent": "list_reminders", "slots": {}})
    verdict = judge(message, [{"intent": "list_reminders", "slots": {"assignee": "my"}}])
    assert verdict.exactly_right


def test_acts_are_paired_by_their_slots_before_their_order() -> None:
    calls = [{"intent": "add_note", "slots": {"customer": name}} for name in ("Ida", "Bo")]
    assert judge(gold_of(*calls), list(reversed(calls))).exactly_right


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Mr. Finch", "finch"),
        ("the Okoro", "Okoro's"),
        ("him", "he"),
        ("O’Dell", "o'dell"),
        ("Frost Fair", "Frost Fair campaign"),
    ],
)
def test_mentions_are_compared_without_their_dress(wanted: str, found: str) -> None:
    assert same_value("customer", wanted, found, LONDON)


@pytest.mark.parametrize(
    ("slot", "wanted", "found"),
    [
        ("customer", "Finch", "Finch Ltd"),
        ("customer", "she", "he"),
        ("amount", {"value": "20.00", "currency": "EUR"}, {"value": "20.00", "currency": "USD"}),
        ("recurrence", "FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=TU"),
        ("recurrence", "FREQ=WEEKLY;BYDAY=MO", "mondays"),
        ("limit", 5, 3),
        ("channel", "call", "email"),
    ],
)
def test_what_differs_is_wrong(slot: str, wanted: Any, found: Any) -> None:
    assert not same_value(slot, wanted, found, LONDON)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "RRULE:FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1"),
    ],
)
def test_one_recurrence_may_be_written_in_two_ways(one: str, other: str) -> None:
    assert same_value("recurrence", one, other, LONDON)


def test_phone_numbers_are_compared_by_their_digits() -> None:
    assert same_value("value", "020 7946-0233", "(020) 79460233", LONDON)


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        (("2026-03-10T00:00", "2026-03-11T00:00", "day"), ("2026-03-10", None, "day"), True),
        (("2026-03-10T00:00", "2026-03-11T00:00", "day"), ("2026-03-10", None, "minute"), False),
        (("2026-03-10T15:00", None, "minute"), ("2026-03-10T16:00+01:00", None, "minute"), True),
        (("2026-03-10T15:00", None, "minute"), ("2026-03-10", "2026-03-11", "day"), False),
        (("2026-04-01T00:00", "2026-07-01T00:00", "quarter"), ("2026-04-01", None, "month"), False),
    ],
)
def test_times_agree_as_far_as_they_were_said(
    wanted: tuple[str, str | None, str], found: tuple[str, str | None, str], same: bool
) -> None:
    gold, got = _time(*wanted), _time(*found)
    assert same_moment(gold, got, LONDON) is same


def test_a_clock_time_without_its_day_is_compared_as_a_clock_time() -> None:
    wanted = {"start": "2026-03-05T16:30+00:00", "end": None, "grain": "minute", "match": "time"}
    found = {"start": "2026-03-19T16:30+00:00", "end": None, "grain": "minute"}
    assert same_moment(wanted, found, LONDON)
    assert not same_moment(wanted, {**found, "start": "2026-03-05T16:00+00:00"}, LONDON)


def _time(start: str, end: str | None, grain: str) -> dict[str, str | None]:
    return {"start": _in_london(start), "end": end and _in_london(end), "grain": grain}


def _in_london(text: str) -> str:
    when = datetime.fromisoformat(text)
    return (when if when.tzinfo else when.replace(tzinfo=LONDON)).isoformat()


def gold_of(*acts: dict[str, Any]) -> GoldMessage:
    row = {"id": "x-1", "persona": "x", "kind": "multi", "text": "...", "free_text": {}}
    clock = {"now": "2026-03-04T09:15:00", "tz": "Europe/London"}
    return message_of({**row, **clock, "acts": acts})
