"""The dates of a clause: which of them fill its slots, read in the intent's tense."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from nlu.conventions import Convention
from nlu.dates.moments import Calendar, Duration, Found, Impossible, Look, Moment, Recurrence
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


def times_in(
    text: str,
    found: Sequence[Found],
    entities: Sequence[Entity],
    rule: Convention,
    read_again: Callable[[str], Sequence[Found]],
) -> Times:
    """`found` are the dates outside of names; `read_again` reads words put together."""
    times = Times()
    marked = [e for e in entities if e.name in ("when", "period", "recurrence", "duration")]
    chosen = _chosen(found, marked)
    for one in chosen:
        _take(times, one)
    moments = [one for one in chosen if isinstance(one.value, Moment)]
    if len(moments) > 1:
        _together(times, moments, read_again)
    return times


def _chosen(found: Sequence[Found], marked: Sequence[Entity]) -> list[Found]:
    """The dates that the engine marked too, else the first of each kind."""
    agreed = [one for one in found if any(m.start < one.end and m.end > one.start for m in marked)]
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
    times: Times, moments: Sequence[Found], read_again: Callable[[str], Sequence[Found]]
) -> None:
    """ "Tomorrow ... at 5" is one moment said in two places."""
    for first in moments:
        for second in moments:
            if first is second:
                continue
            words = f"{first.text} {second.text}"
            again = [one for one in read_again(words) if isinstance(one.value, Moment)]
            if len(again) == 1 and again[0].end - again[0].start >= len(words) - 1:
                value = again[0].value
                if isinstance(value, Moment) and value.grain in ("minute", "hour"):
                    times.moment, times.words = value, words
                    return


def back_from(now: datetime, length: Duration) -> Moment:
    """The rolling days, today included, of "for 30 days"."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    days = max(1, round(length.seconds / 86400))
    return Moment(today - timedelta(days=days), today + timedelta(days=1), "day")
