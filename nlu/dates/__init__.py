"""English dates, times, intervals, durations and recurrences, by a grammar of our own."""

from nlu.dates.finding import find, resolve
from nlu.dates.moments import (
    Calendar,
    Duration,
    Found,
    Grain,
    Impossible,
    Look,
    Moment,
    Recurrence,
    Value,
)

__all__ = [
    "Calendar",
    "Duration",
    "Found",
    "Grain",
    "Impossible",
    "Look",
    "Moment",
    "Recurrence",
    "Value",
    "find",
    "resolve",
]
