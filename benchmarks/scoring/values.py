"""Whether a slot holds what a reader would have put there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from .moments import same_moment

MENTIONS = frozenset({"customer", "company", "assignee", "into", "deal", "campaign"})
_TITLES = frozenset([
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "madam", "herr", "frau", "mme",
    "monsieur", "madame", "señor", "señora",
])  # fmt: skip
_PRONOUNS = {
    form: forms.split()[0]
    for forms in ("he him his", "she her hers", "they them their em", "it its", "me my mine i")
    for form in forms.split()
}


def same_value(slot: str, wanted: Any, found: Any, zone: ZoneInfo) -> bool:
    if slot in ("when", "period"):
        return same_moment(wanted, found, zone)
    if slot == "amount":
        return _same_amount(wanted, found)
    if slot == "recurrence":
        return _same_recurrence(str(wanted), str(found))
    if slot in ("limit", "position", "duration", "rating"):
        return _number(wanted) == _number(found)
    if slot in MENTIONS:
        return mention(found) == mention(wanted)
    return _plain(found) == _plain(wanted)


def contains_words(groups: tuple[tuple[str, ...], ...], text: str) -> bool:
    """Does the text hold one word, or beginning of one, of each group?"""
    folded = _fold(text)
    return all(any(word in folded for word in group) for group in groups)


def mention(name: Any) -> str:
    """A name without what does not belong to it: article, title, possessive, full stop.

    Forms of one pronoun ("him", "his") are the same mention.
    """
    words = _fold(name).strip("\"'“”.,;:!? ").removeprefix("the ").split()
    while len(words) > 1 and words[0].strip(".") in _TITLES:
        words.pop(0)
    if len(words) > 1 and words[-1] in ("deal", "campaign"):
        words.pop()
    bare = re.sub(r"'s$|(?<=s)'$", "", " ".join(words)).strip(".,;:!? ")
    return _PRONOUNS.get(bare, bare)


def _same_amount(wanted: Mapping[str, Any], found: Any) -> bool:
    if not isinstance(found, Mapping) or _number(wanted["value"]) != _number(found.get("value")):
        return False
    return wanted["currency"] in (None, found.get("currency"))


def _same_recurrence(wanted: str, found: str) -> bool:
    """Two rules are the same where they fall on the same days, however they are written."""
    start, end = datetime(2026, 1, 1), datetime(2030, 1, 1)  # noqa: DTZ001 - days have no zone
    try:
        days = [
            rrulestr(rule.removeprefix("RRULE:"), dtstart=start).between(start, end)
            for rule in (wanted, found)
        ]
    except ValueError:
        return False
    return days[0] == days[1]


def _number(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value).replace(",", "").strip())
    except InvalidOperation:
        return None


def _plain(value: Any) -> str:
    text = _fold(value).strip("\"'“”.,;:!? ")
    digits = re.sub(r"\D", "", text)
    is_phone = len(digits) >= 7 and not re.search(r"[a-z@]", text)
    return digits.lstrip("0") if is_phone else text


def _fold(value: Any) -> str:
    text = unicodedata.normalize("NFC", str(value)).replace("’", "'").replace("‘", "'")
    return " ".join(text.casefold().split())
