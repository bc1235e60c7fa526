"""Short orders to what was just listed: "1 done, snooze 2 one hour, brief for 3", "all done"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from crm_store.customers import Customer
from crm_store.reminders import Reminder
from nlu.dates import Duration, Moment, find
from skills import bulk
from skills.kit import Turn
from skills.schedule import due
from skills.values import ROWS, encode

NUMBERS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "last": -1, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
}  # fmt: skip
ONE = (
    r"(?:the\s+)?(?:#|no\.?\s*|number\s+)?(\d{1,2}|" + "|".join(NUMBERS) + r")(?:\s+one(?!\s+\w))?"
)
EVERY = r"(?:everything|all(?:\s+of\s+(?:them|it))?|them\s+all|both|the\s+rest|all\s+the\s+rest)"
ALL = rf"({EVERY})(\s+else)?"
TO = r"\s*(?:for|until|till|til|to|by|)\s*"
BREAKS = re.compile(r"\s*[,;]\s*(?:and\s+|then\s+)?|\s+(?:and|then|&)\s+|\.\s+|\s+·\s+")
DONE = re.compile(
    rf"(?:mark\s+)?{ONE}\s*(?:is|as|was|:|-)?\s*(?:done|finished|complete|completed|✓|✔|ok)"
    rf"|(?:done|finished|complete|completed|tick(?:\s+off)?|check\s+off)\s*(?:with\s+)?{ONE}",
    re.IGNORECASE,
)
ALL_DONE = re.compile(
    rf"(?:mark\s+)?{ALL}\s*(?:is|are|as)?\s*(?:done|finished|complete|completed)"
    rf"|(?:done|finished)\s+with\s+{ALL}",
    re.IGNORECASE,
)
SNOOZE = re.compile(rf"snooze\s+(?:{ONE}|{ALL}){TO}(.*)", re.IGNORECASE)
MOVE = re.compile(
    rf"(?:move|push|postpone|shift|reschedule)\s+(?:{ONE}|{ALL})\s+(?:to|until|till|by)\s+(.+)",
    re.IGNORECASE,
)
BRIEF = re.compile(rf"brief(?:\s+me)?\s*(?:for|on|about|of|)\s*{ONE}", re.IGNORECASE)
BARE = re.compile(ONE, re.IGNORECASE)
OFF = re.compile(
    r"(?:i['’]?m|i\s+am|i['’]ll\s+be|i\s+will\s+be)\s+(?:off|away|out|out\s+of\s+(?:the\s+)?office"
    r"|ooo|on\s+(?:vacation|holidays?|leave|pto)|not\s+(?:working|in|here))\b\s*(.*)",
    re.IGNORECASE,
)
BACK = re.compile(
    r"(?:i['’]?m|i\s+am)\s+back(?:\s+(?:again|early|now|today|at\s+work|in\s+the\s+office))?",
    re.IGNORECASE,
)
HOUR = Duration(3600)


@dataclass(frozen=True, slots=True)
class Order:
    """An intent with its values as JSON, or a sentence that says why there is none."""

    intent: str
    values: Mapping[str, Any]
    refusal: str = ""


def orders(turn: Turn, text: str) -> Sequence[Order]:
    """What a message of nothing but short orders asks for; empty for anything else."""
    found: list[Order] = []
    for piece in BREAKS.split(text.strip(" .!")):
        order = _order(turn, piece.strip(), found[-1] if found else None)
        if order is None:
            return ()
        found.append(order)
    return _together(found)


def _order(turn: Turn, piece: str, before: Order | None) -> Order | None:
    if BACK.fullmatch(piece):
        return Order("come_back", {})
    if match := OFF.fullmatch(piece):
        return _off(turn, match.group(1))
    if match := ALL_DONE.fullmatch(piece):
        others = bool(match.group(2) or match.group(4))
        return _several(turn, "complete_several", others, {})
    if match := SNOOZE.fullmatch(piece):
        return _later(turn, match, moves=False)
    if match := MOVE.fullmatch(piece):
        return _later(turn, match, moves=True)
    if not turn.focus.shown:
        return None
    if match := DONE.fullmatch(piece):
        return _on_one(turn, "complete_reminder", match.group(1) or match.group(2), {})
    if match := BRIEF.fullmatch(piece):
        return _brief(turn, match.group(1))
    if before is not None and before.intent and (match := BARE.fullmatch(piece)):
        if before.intent == "brief_customer":
            return _brief(turn, match.group(1))
        if "reminder" in before.values:
            rest = {k: v for k, v in before.values.items() if k != "reminder"}
            return _on_one(turn, before.intent, match.group(1), rest)
    return None


def _later(turn: Turn, match: re.Match[str], *, moves: bool) -> Order | None:
    one, everything, others, words = match.groups()
    length = None if moves else _length(turn, words)
    when = None if length else _moment(turn, words)
    if length is None and when is None:
        return None
    if everything:
        target = due(turn, when)[0] if moves and when else None
        rest = bool(others) or "rest" in everything.lower()
        values = {"moves": moves, "minutes": length.minutes if length else None}
        values |= {"when": encode(when)} if when else {}
        return _several(turn, "snooze_several", rest, values, target)
    if not turn.focus.shown:
        return None
    if when is None:
        row, length = _shown(turn, one), length or HOUR
        start = max(turn.today, row.due_at) if isinstance(row, Reminder) else turn.today
        when = length.later(start.astimezone(turn.zone))
    return _on_one(turn, "snooze_reminder", one, {"when": encode(when), "moves": moves})


def _length(turn: Turn, words: str) -> Duration | None:
    """The length of time that the words are; an hour where there are none."""
    if not words.strip():
        return HOUR
    found = find(words, turn.today, "ahead", turn.calendar)
    value = found[0].value if found else None
    return value if isinstance(value, Duration) else None


def _moment(turn: Turn, words: str) -> Moment | None:
    """The moment that all of the words name."""
    for found in find(words, turn.today, "ahead", turn.calendar):
        if found.end - found.start < len(words.strip()) - 4:
            return None
        value = found.value
        if isinstance(value, Duration):
            return value.later(turn.today)
        return value if isinstance(value, Moment) else None
    return None


def _off(turn: Turn, words: str) -> Order | None:
    if not words.strip():
        return Order("set_away", {})
    when = _moment(turn, words)
    return Order("set_away", {"when": encode(when)}) if when else None


def _several(
    turn: Turn,
    intent: str,
    others: bool,
    values: Mapping[str, Any],
    target: datetime | None = None,
) -> Order:
    found = bulk.in_scope(turn, target, others=others)
    if not found:
        return Order("", {}, "There is nothing due that this could be about.")
    said = {name: value for name, value in values.items() if value is not None}
    return Order(intent, {"which": ",".join(str(one.id) for one in found), **said})


def _on_one(turn: Turn, intent: str, said: str, values: Mapping[str, Any]) -> Order:
    row = _shown(turn, said)
    if isinstance(row, str):
        return Order("", {}, row)
    if not isinstance(row, Reminder):
        return Order("", {}, f"{said} is no reminder. Nothing was changed for it.")
    if not row.is_open:
        return Order("", {}, f"{said} is done already.")
    return Order(intent, {"reminder": encode(row), **values})


def _brief(turn: Turn, said: str) -> Order:
    row = _shown(turn, said)
    if isinstance(row, str):
        return Order("", {}, row)
    customer = row if isinstance(row, Customer) else getattr(row, "customer", None)
    if not isinstance(customer, Customer):
        return Order("", {}, f"{said} is about no customer.")
    return Order("brief_customer", {"customer": encode(customer)})


def _shown(turn: Turn, said: str) -> Any:
    """The row at that place of the last list, or the sentence for there being none."""
    shown = turn.focus.shown
    if shown[0][0] == "customers" and any(table == "reminders" for table, _ in shown):
        # One reminder told with its customer is a list of one.
        shown = tuple(row for row in shown if row[0] == "reminders")
    position = NUMBERS.get(said.lower()) or int(said)
    index = position - 1 if position > 0 else position
    if not -len(shown) <= index < len(shown):
        return f"There are only {len(shown)} in the list; nothing was changed for {said}."
    table, number = shown[index]
    found = turn.session.get(ROWS[table], number) if table in ROWS else None
    return found if found is not None else f"{said} is not there any more."


def _together(found: Sequence[Order]) -> Sequence[Order]:
    """Everything else leaves out what the same message has orders for."""
    named = {str(order.values["reminder"]["id"]) for order in found if "reminder" in order.values}
    return [
        replace(order, values={**order.values, "which": _without(order.values["which"], named)})
        if "which" in order.values and named
        else order
        for order in found
    ]


def _without(which: str, named: set[str]) -> str:
    return ",".join(number for number in which.split(",") if number not in named)
