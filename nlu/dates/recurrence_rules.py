"""Rules for what repeats: every, each, daily, Mondays, the first of each month."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nlu.dates.amount_rules import unit_name
from nlu.dates.clock_rules import fitted, hour_of
from nlu.dates.clocks import Part
from nlu.dates.days import Weekday
from nlu.dates.grammar import Rule
from nlu.dates.hour_rules import ALONE, FREE
from nlu.dates.named_days import Holiday, NamedDay
from nlu.dates.ranges import Hours
from nlu.dates.recurrence import WEEKEND, WORKDAYS, Every, every_amount, every_unit
from nlu.dates.shapes import Amount, Day


def weekly(*days: int) -> Every:
    return Every("WEEKLY", days=tuple((None, day) for day in sorted(set(days))))


def every_nth_weekday(nth: Any, weekday: int) -> Every:
    """ "Every second Friday" is every other one."""
    interval = 2 if nth == "other" else int(nth)
    return Every("WEEKLY", interval, ((None, weekday),)) if interval > 1 else monthly_on(1, weekday)


def every_nth_unit(nth: Any, unit: object) -> Every | None:
    return every_unit(2 if nth == "other" else int(nth), unit_name(unit))


def days_to(first: int, last: int) -> Every:
    length = (last - first) % 7
    return weekly(*((first + step) % 7 for step in range(length + 1)))


def also(every: Every, weekday: int) -> Every | None:
    """Another weekday for something weekly."""
    if every.frequency != "WEEKLY" or every.months or any(nth for nth, _ in every.days):
        return None
    days = {day for _, day in every.days} | {weekday}
    return replace(every, days=tuple((None, day) for day in sorted(days)))


def monthly_on(nth: int, weekday: int, every: Every | None = None) -> Every:
    return replace(every or Every("MONTHLY"), days=((nth, weekday),))


def month_weekday(nth: Any, weekday: int, every: Any) -> Every | None:
    count = -1 if nth == "last" else int(nth)
    if isinstance(every, Every):
        if every.frequency not in {"MONTHLY", "YEARLY"} or every.anchored:
            return None
        return monthly_on(count, weekday, every)
    return monthly_on(count, weekday) if unit_name(every) == "month" else None


def month_day(day: int, every: Any = None) -> Every | None:
    if not 1 <= day <= 31:
        return None
    if isinstance(every, Every):
        if every.frequency != "MONTHLY" or every.anchored:
            return None
        return replace(every, month_days=(day,))
    return Every("MONTHLY", month_days=(day,)) if every in {None, "month"} else None


def month_numbered_day(day: int, unit: object, every: object) -> Every | None:
    return month_day(day, every) if unit in {None, "day"} else None


def month_days(first: int, second: int) -> Every | None:
    if not 1 <= first < second <= 31:
        return None
    return Every("MONTHLY", month_days=(first, second))


def edge_day(nth: Any, work: str | None, unit: object, every: Any) -> Every | None:
    """The last (working) day of every month."""
    count = -1 if nth == "last" else int(nth)
    base = every if isinstance(every, Every) else Every("MONTHLY")
    fits = (
        unit_name(unit) == "day" and base.frequency in {"MONTHLY", "YEARLY"} and not base.anchored
    )
    if not fits or (not isinstance(every, Every) and unit_name(every) != "month"):
        return None
    if not work:
        return replace(base, month_days=(count,))
    return replace(base, days=tuple((None, day) for day in WORKDAYS), position=count)


def month_end(every: Every) -> Every | None:
    fits = every.frequency == "MONTHLY" and not every.anchored
    return replace(every, month_days=(-1,)) if fits else None


def yearly_on(every: Every | None, day: Any) -> Every | None:
    if every is not None and (every.frequency != "YEARLY" or every.anchored):
        return None
    base = every or Every("YEARLY")
    if isinstance(day, NamedDay) and day.month is not None and day.year is None:
        return replace(base, date=day)
    if isinstance(day, Holiday):
        fixed = {(day.rule(year).month, day.rule(year).day) for year in (2025, 2026, 2027)}
        if len(fixed) == 1:
            month, number = fixed.pop()
            return replace(base, months=(month,), month_days=(number,))
    return None


def times_a(times: int, unit: object) -> Every | None:
    """So many times a week, month or year, spread out."""
    name = unit.grain if isinstance(unit, Amount) else unit_name(unit)
    if times == 1:
        return every_amount(unit) if isinstance(unit, Amount) else every_unit(1, str(name))
    if name == "week" and times <= 5:
        return weekly(*{2: (0, 3), 3: (0, 2, 4), 4: (0, 1, 2, 3), 5: WORKDAYS}[times])
    if name == "month" and times <= 4:
        days = {2: (1, 15), 3: (1, 11, 21), 4: (1, 8, 15, 22)}[times]
        return Every("MONTHLY", month_days=days)
    if name in {"year", "quarter"}:
        months = 12 if name == "year" else 3
        return Every("MONTHLY", months // times) if months % times == 0 else None
    return None


def at_clock(every: Every, value: Any) -> Every | None:
    clock = hour_of(value)
    if clock is None or every.clock or every.hours:
        return None
    if every.part is not None:
        clock = fitted(clock, every.part)
    return replace(every, clock=clock)


def at_hours(every: Every, hours: Hours) -> Every | None:
    return None if every.clock else replace(every, hours=hours)


def every_in_part(every: Every, part: Part) -> Every | None:
    if every.part is not None or every.hours is not None:
        return None
    return replace(every, part=part, clock=every.clock)


def both(first: Every, second: Every) -> Every | None:
    """ "Biweekly on Fridays": how often, and on which days."""
    if first.frequency != "WEEKLY" or first.anchored or second.frequency != "WEEKLY":
        return None
    return replace(second, interval=first.interval) if second.interval == 1 else None


def together(first: Every, second: Every) -> Every | None:
    """ "Mondays and Thursdays" """
    if first.timed or not first.days or first.interval != second.interval:
        return None
    days = set(first.days) | set(second.days)
    alike = first.frequency == second.frequency == "WEEKLY" and not second.timed and second.days
    return replace(first, days=tuple(sorted(days, key=lambda day: day[1]))) if alike else None


def on_days(every: Every, *days: Day) -> Every | None:
    """ "Monday and Friday every week" """
    if every.frequency != "WEEKLY" or every.anchored:
        return None
    weekdays = [day.weekday for day in days if isinstance(day, Weekday) and not day.which]
    if len(weekdays) < len(days):
        return None
    return replace(every, days=tuple((None, day) for day in sorted(set(weekdays))))


def weekday_parts(weekday: int, name: str) -> Every:
    return replace(weekly(weekday), part=Part(name))


def ending(every: Every, day: Any) -> Every:
    return replace(every, end=day)


def beginning(every: Every, day: Any) -> Every:
    return replace(every, start=day)


def so_often(every: Every, count: int) -> Every | None:
    return replace(every, count=count) if 0 < count < 1000 else None


WEEKDAY = "weekday|weekdays"


REPEATS = (
    Rule("recur", "<frequency>", lambda value: Every(*value)),
    Rule("recur", "(once|1) (per|every|in)? <amount|unit>", lambda unit: times_a(1, unit)),
    Rule("recur", "twice (per|every|in)? <amount|unit>", lambda unit: times_a(2, unit)),
    Rule("recur", "<num> times (per|every|in)? <amount|unit>", times_a),
    Rule("recur", "(on)? every other weekdayword", lambda: weekly(0, 2, 4)),
    Rule("recur", "(on)? every (work)? <weekdayword|weekdaysword>", lambda _: weekly(*WORKDAYS)),
    Rule("recur", "(on)? (work)? weekdaysword", lambda: weekly(*WORKDAYS)),
    Rule("recur", "(on)? every weekend", lambda: weekly(*WEEKEND)),
    Rule("recur", "(on|at)? weekends", lambda: weekly(*WEEKEND)),
    Rule("recur", f"(on)? every <{WEEKDAY}> to_ <{WEEKDAY}>", days_to),
    Rule("recur", "(on)? <weekdays> to_ <weekdays>", days_to),
    Rule("recur", "(on)? every <ord|last> <weekday> (of|in) (the|a|every) <unit_>", month_weekday),
    Rule("recur", "(on)? every last <weekday>", lambda weekday: monthly_on(-1, weekday)),
    Rule("recur", "(on)? (the)? <ord|last> <weekday> (of|in) every <unit_>", month_weekday),
    Rule("recur", f"(on)? every <other|ord> <{WEEKDAY}>", every_nth_weekday),
    Rule("recur", f"(on)? every (single)? <{WEEKDAY}>", weekly),
    Rule("recur", "(on)? (every|the)? <ord> and (the)? <ord> of every? (the)? unit_", month_days),
    Rule("recur", "(on)? (the)? <ord|last> <work>? <unit_> of every <unit_>", edge_day),
    Rule("recur", "(on)? every <ord|last> <work>? <unit_> of (the|a|every) <unit_>", edge_day),
    Rule("recur", "(on)? (the)? <ord> <unit_>? (of|in) every <unit_>", month_numbered_day),
    Rule("recur", "(on)? every <ord> <unit_>? of the? <unit_>", month_numbered_day),
    Rule("recur", "(at)? the? end of every unit_", lambda: Every("MONTHLY", month_days=(-1,))),
    Rule(
        "recur",
        "every <endof>",
        lambda unit: {"month": Every("MONTHLY", month_days=(-1,)), "week": weekly(4)}.get(unit),
    ),
    Rule("recur", "every work <unit_>", lambda unit: weekly(*WORKDAYS) if unit == "day" else None),
    Rule("recur", "every <other|ord> (calendar)? <unit>", every_nth_unit),
    Rule("recur", "every <unit>", lambda unit: every_unit(1, unit_name(unit))),
    Rule("recur", "every <amount>", every_amount),
    Rule("recur", "every <ord> and (the)? <ord>", month_days),
    Rule("recur", "every <ordinal>", month_day),
    Rule(
        "recur", "(in|the)* <parts> (?=clock|at|from)", lambda name: Every("DAILY", part=Part(name))
    ),
    Rule("recur", "every <partx>", lambda part: Every("DAILY", part=part)),
    Rule("recur", "(on)? <weekday> <parts>", weekday_parts),
    Rule("recur", "(on)? (?<!num)<weekdays>", weekly),
    Rule(
        "recur", f"<recur> (comma|and|slash|comma and) (every|on)? <{WEEKDAY}> (?!{WEEKDAY})", also
    ),
    Rule("recur", f"<recur> comma? on (the)? <{WEEKDAY}>", also),
    Rule(
        "recur",
        "<recur> comma? (on)? (the)? <ord|last> <weekday>",
        lambda every, nth, weekday: month_weekday(nth, weekday, every),
    ),
    Rule(
        "recur",
        "<recur> comma? (on)? (the)? <ord|last> <work>? <unit_>",
        lambda every, nth, work, unit: edge_day(nth, work, unit, every),
    ),
    Rule("recur", "<recur> comma? on (the)? <ord>", lambda every, day: month_day(day, every)),
    Rule("recur", "(on)? (the)? <ord|last> <weekday> (of|in)? <recur>", month_weekday),
    Rule("recur", "(on)? (the)? <ord|last> <work>? <unit_> (of|in)? <recur>", edge_day),
    Rule("recur", "(on)? (the)? <ord> (of|in)? <recur>", month_day),
    Rule("recur", "(at)? the? end of <recur>", month_end),
    Rule("recur", "<recur> (at|on)? (the|its)? end", month_end),
    Rule("recur", "<recur> (comma|and|comma and) <recur>", together),
    Rule("recur", "every <month> (?!ord|num)", lambda month: Every("YEARLY", months=(month,))),
)


REPEATED_DAYS = (
    Rule(
        "recur",
        "every <named|holiday>",
        lambda day: yearly_on(None, day if isinstance(day, Day) else Holiday(day)),
    ),
    Rule("recur", "<recur> comma? (on)? <named>", yearly_on),
    Rule(
        "recur",
        "<recur> comma? (on)? (the)? <holiday>",
        lambda every, rule: yearly_on(every, Holiday(rule)),
    ),
    Rule("recur", "(on)? <named> <recur>", lambda day, every: yearly_on(every, day)),
)


REPEATED_TIMES = (
    Rule("recur", "<recur> (comma|at|on|from|around|between)* <hours>", at_hours),
    Rule("recur", "<hours> (on|comma)* <recur>", lambda hours, every: at_hours(every, hours)),
    Rule("recur", "<recur> (comma|at|on|from|around|for)* <clock>", at_clock),
    Rule("recur", "<clock> (on|comma)* <recur>", lambda clock, every: at_clock(every, clock)),
    Rule("recur", f"<recur> (comma|at|around)? <num> {ALONE} {FREE} (?!times)", at_clock),
    Rule("recur", "<recur> (comma|in|on)* (the)? <partx|partday>", every_in_part),
    Rule(
        "recur",
        "(in the)? <partx> (on|of)? <recur>",
        lambda part, every: every_in_part(every, part),
    ),
    Rule("recur", "<recur> (until|by) (the)? <day|named|point|period>", ending),
    Rule("recur", "<recur> (starting|from|since) (on|the)* <day|named|point|period>", beginning),
    Rule(
        "recur",
        "<recur> for (the next)? <amount>",
        lambda every, amount: replace(every, lasts=amount),
    ),
    Rule("recur", "<recur> comma? (for)? <num> times", so_often),
    Rule("recur", "<recur> (comma|at|on|from)* <clock>", at_clock),
    Rule("recur", "<recur> comma? <recur>", both),
    Rule(
        "recur",
        "<day> (comma|and)* <day> (comma|and)* <day> <recur>",
        lambda a, b, c, every: on_days(every, a, b, c),
    ),
    Rule("recur", "<day> (comma|and)* <day> <recur>", lambda a, b, every: on_days(every, a, b)),
    Rule("recur", "<day> (of)? <recur>", lambda a, every: on_days(every, a)),
    Rule("recur", "(on|at|for)+ <recur>", lambda every: every),
)
