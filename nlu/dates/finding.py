"""Finding date expressions in a text, and resolving one that is already cut out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from nlu.dates.amount_rules import AMOUNTS, SPOKEN_NUMBERS
from nlu.dates.clock_rules import CLOCKS
from nlu.dates.clocks import Clock
from nlu.dates.date_rules import MONTH_DAYS, NUMBERED_DAYS
from nlu.dates.day_rules import HOLIDAY_DAYS, WEEKDAYS
from nlu.dates.days import Weekday
from nlu.dates.edge_rules import UNITS_OF_PERIODS, WEEKENDS
from nlu.dates.fallback import guess
from nlu.dates.grammar import Compiled, Sign, compiled_all, rewrite
from nlu.dates.hour_rules import AT, CLOCKS_IN_PARTS, HOURS, PARTS_OF_DAY
from nlu.dates.moments import Calendar, Duration, Found, Impossible, Look, Moment, Recurrence, Value
from nlu.dates.named_days import NamedDay
from nlu.dates.near_rules import AWAY, DAYS_OF_PERIODS
from nlu.dates.period_rules import PERIODS
from nlu.dates.points import At
from nlu.dates.range_rules import COMBINATIONS, RANGES, WHOLE
from nlu.dates.recurrence import Every
from nlu.dates.recurrence_rules import REPEATED_DAYS, REPEATED_TIMES, REPEATS
from nlu.dates.shapes import Amount, Shape
from nlu.dates.sight import NoSuchDateError, Sight
from nlu.dates.signs import signs_of
from nlu.dates.words import among

CASCADE = (
    SPOKEN_NUMBERS,
    AMOUNTS,
    CLOCKS,
    PARTS_OF_DAY,
    CLOCKS_IN_PARTS,
    HOURS,
    AT,
    REPEATS,
    MONTH_DAYS,
    WEEKDAYS,
    REPEATED_DAYS,
    NUMBERED_DAYS,
    HOLIDAY_DAYS,
    PERIODS,
    WEEKENDS,
    AWAY,
    DAYS_OF_PERIODS,
    UNITS_OF_PERIODS,
    DAYS_OF_PERIODS,
    AWAY,
    REPEATED_TIMES,
    COMBINATIONS,
    WHOLE,
    RANGES,
)


COMPLETE = among("day named point partday period span bound clock hours recur amount")


DEFAULT = Calendar()


@cache
def stages() -> tuple[tuple[Compiled, ...], ...]:
    return tuple(compiled_all(rules) for rules in CASCADE)


def read(text: str, names: Sequence[tuple[int, int]], ends: str) -> list[Sign]:
    """The signs of a text after the whole cascade, between two that mark its ends."""
    signs = signs_of(text, names)
    if signs is None:
        return []
    framed = [Sign(ends, None, 0, 0), *signs, Sign(ends, None, len(text), len(text))]
    return rewrite(framed, stages())[1:-1]


def find(
    text: str,
    now: datetime,
    look: Look,
    calendar: Calendar = DEFAULT,
    names: Sequence[tuple[int, int]] = (),
) -> list[Found]:
    """All date expressions of a sentence, left to right, none overlapping another.

    `now` is aware. `names` are spans (start, end) of names, which are never dates.
    """
    sight = Sight(now, look, calendar)
    found = (
        settled(sign, text, sight) for sign in read(text, names, "edge_") if sign.kind in COMPLETE
    )
    return [one for one in found if one is not None]


def resolve(
    span: str,
    now: datetime,
    look: Look,
    calendar: Calendar = DEFAULT,
    *,
    base: Moment | None = None,
) -> Value | None:
    """What one expression means, or None. It must be all of the span but for small words.

    With `base`, the moment being corrected: a bare time of day keeps its day, a bare
    weekday or day of the month is looked for from its week on, and a duration moves it.
    """
    sight = Sight(now, look, calendar)
    signs = read(span, (), "sole_")
    complete = [sign for sign in signs if sign.kind in COMPLETE]
    if len(complete) != 1 or any(s.kind not in FILLING for s in signs if s is not complete[0]):
        return guess(span, sight)
    if base is not None:
        corrected = sound(lambda: against(complete[0].value, base, sight), sight)
        if corrected is not None:
            return corrected
    found = settled(complete[0], span, sight)
    return found.value if found else None


FILLING = among(
    "the of on at in for by to from and or comma dash dot stop around instead link "
    "makeit this now time date a over"
)


def against(shape: Any, base: Moment, sight: Sight) -> Value | None:
    """A correction read against the moment it corrects; None where that plays no part."""
    if isinstance(shape, (Weekday, NamedDay)) and base.start > sight.now:
        # "No, Thursday" of a task for Tuesday week is the Thursday of that week, not tomorrow.
        sight = sight.standing(_week_before(base, sight), sight.look)
    if isinstance(shape, Clock):
        return kept(Moment(shape.on(base.start.date(), sight), None, "minute"), sight)
    if isinstance(shape, Amount):
        return kept(Moment(shape.from_point(base.start, sight), None, base.grain), sight)
    if isinstance(shape, Shape) and base.grain in {"minute", "hour"} and not isinstance(shape, At):
        moment = shape.moment(sight)
        if moment.grain == "day" and moment.end is not None and base.end is None:
            at = datetime.combine(moment.start.date(), base.start.timetz())
            return kept(Moment(at, None, base.grain), sight)
        return None
    if isinstance(shape, (Weekday, NamedDay)):
        return kept(shape.moment(sight), sight)
    return None


def _week_before(base: Moment, sight: Sight) -> datetime:
    """The end of the day before the week of `base` begins, or now, whichever is later."""
    local = base.start.astimezone(sight.now.tzinfo)
    eve = sight.midnight(sight.week(local.date())) - timedelta(seconds=1)
    return max(eve, sight.now)


def settled(sign: Sign, text: str, sight: Sight) -> Found | None:
    """What a finished sign stands for, seen from here; None where it makes no sense."""
    end = sign.end
    while text[end - 1] == "." and not text[:end].lower().endswith("m."):
        end -= 1
    value = sound(lambda: worth(sign.value, sight), sight)
    if value is None:
        return None
    readings: tuple[Moment, ...] = ()
    if isinstance(value, Moment):
        readings = tuple(one for one in other_readings(sign.value, sight) if one != value)
    return Found(sign.start, end, text[sign.start : end], value, readings)


def sound(read_value: Callable[[], Value | None], sight: Sight) -> Value | None:
    """The value; why there is no such day, where it has none; None where it makes no sense."""
    try:
        return read_value()
    except NoSuchDateError as error:
        return Impossible(error.sentence, tuple(sight.whole_day(day) for day in error.nearest))
    except (ValueError, OverflowError):
        return None


def worth(shape: Any, sight: Sight) -> Value:
    if isinstance(shape, Every):
        found = shape.value(sight)
        return Recurrence(found.rrule, kept(found.first, sight))
    if isinstance(shape, Amount):
        return Duration(shape.length)
    return kept(shape.moment(sight), sight)


def other_readings(shape: Shape, sight: Sight) -> tuple[Moment, ...]:
    try:
        return tuple(kept(one, sight) for one in shape.others(sight))
    except (NoSuchDateError, ValueError, OverflowError):
        return ()


def kept(moment: Moment, sight: Sight) -> Moment:
    """The moment with times that the clock skips (when summer time begins) moved past the gap."""
    start, end = existing(moment.start), moment.end and existing(moment.end)
    if end is not None and end.astimezone(UTC) <= start.astimezone(UTC):
        end = sight.later(max(60, (moment.end - moment.start) / timedelta(seconds=1)), start)  # type: ignore[operator]
    return Moment(start, end, moment.grain, moment.open)


def existing(at: datetime) -> datetime:
    return at.astimezone(UTC).astimezone(at.tzinfo)
