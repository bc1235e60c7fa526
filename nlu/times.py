"""The dates of a clause: which of them fill its slots, read in the intent's tense."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from nlu.conventions import Convention
from nlu.dates.moments import Calendar, Duration, Found, Impossible, Look, Moment, Recurrence, Value
from nlu.engine import Entity

Finder = Callable[[str, datetime, Calendar, Look], Sequence[Found]]
Span = tuple[int, int]


@dataclass
class Times:
    """What was said about time, and where: `spans` are no part of any free text."""

    moment: Moment | None = None
    words: str = ""
    recurrence: str | None = None
    duration: Duration | None = None
    spans: list[Span] = field(default_factory=list)
    problems: list[Impossible] = field(default_factory=list)


_TOLD = frozenset(["topic", "note", "concern", "preference", "idea", "criteria", "value", "reason"])
_REJECTED = re.compile(
    r"\b(?:not|instead of|rather than)\s+(?:at\s+|on\s+|for\s+)?$", re.IGNORECASE
)
_LENGTH = re.compile(
    r"^(?:in|for|within|over|during)\s+(?:about\s+|over\s+|the\s+)*", re.IGNORECASE
)


def times_in(
    text: str,
    found: Sequence[Found],
    entities: Sequence[Entity],
    rule: Convention,
    read_again: Callable[[str], Value | None],
) -> Times:
    """`found` are the dates outside of names; `read_again` reads words put together."""
    times = Times()
    marked = [e for e in entities if e.name in ("when", "period", "recurrence", "duration")]
    told = [e for e in entities if e.name in _TOLD]
    said = [
        one
        for one in found
        if not _REJECTED.search(text[: one.start])
        and (_over(one, marked) or not any(e.start <= one.start and one.end <= e.end for e in told))
    ]
    chosen = _chosen([*said, *_overlooked(text, said, marked, read_again)], marked)
    for one in chosen:
        _take(times, one)
    moments = [one for one in chosen if isinstance(one.value, Moment)]
    if len(moments) > 1:
        _together(times, moments, read_again)
    if rule.time == "period" and rule.look == "back":
        _rolling(times, chosen, read_again)
    return times


def _rolling(
    times: Times, chosen: Sequence[Found], read_again: Callable[[str], Value | None]
) -> None:
    """ "Not seen in 6 weeks", "for 2 months" are the past ones, in a question about the past."""
    for one in chosen:
        length = _LENGTH.match(one.text)
        if isinstance(one.value, Duration) or (length and isinstance(one.value, Moment)):
            past = read_again("past " + _LENGTH.sub("", one.text))
            if isinstance(past, Moment) and past.end is not None:
                times.moment, times.words = past, one.text
                return


def _over(one: Found, marked: Sequence[Entity]) -> bool:
    return any(mark.start < one.end and mark.end > one.start for mark in marked)


def _overlooked(
    text: str,
    found: Sequence[Found],
    marked: Sequence[Entity],
    read_again: Callable[[str], Value | None],
) -> list[Found]:
    """What only the marks show to be dates: "closing may", "make it 4.30"."""
    more = []
    for mark in marked:
        if mark.name in ("when", "period") and not any(
            mark.start < one.end and mark.end > one.start for one in found
        ):
            value = read_again(text[mark.start : mark.end])
            if isinstance(value, Moment):
                more.append(Found(mark.start, mark.end, text[mark.start : mark.end], value))
    return more


def _chosen(found: Sequence[Found], marked: Sequence[Entity]) -> list[Found]:
    """The dates that the engine marked too, else the first of each kind."""
    agreed = [one for one in found if _over(one, marked)]
    kinds = {type(one.value) for one in agreed}
    return sorted(
        agreed + [one for one in found if one not in agreed and type(one.value) not in kinds],
        key=lambda one: one.start,
    )


def _take(times: Times, one: Found) -> None:
    times.spans.append((one.start, one.end))
    if isinstance(one.value, Moment):
        if times.moment is None:
            times.moment, times.words = one.value, one.text
    elif isinstance(one.value, Recurrence):
        if times.recurrence is None:
            times.recurrence = one.value.rrule
            times.moment, times.words = one.value.first, one.text
    elif isinstance(one.value, Duration):
        times.duration = times.duration or one.value
    else:
        times.problems.append(one.value)


def _together(
    times: Times, moments: Sequence[Found], read_again: Callable[[str], Value | None]
) -> None:
    """ "Tomorrow ... at 5" is one moment said in two places."""
    for first in moments:
        for second in moments:
            if first is second:
                continue
            words = f"{first.text} {second.text}"
            value = read_again(words)
            if isinstance(value, Moment) and value.grain in ("minute", "hour"):
                times.moment, times.words = value, words
                return
