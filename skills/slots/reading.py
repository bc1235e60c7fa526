"""Reading a slot: words become a value, a question, or a sentence that says why not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from crm_store.concerns import Concern
from crm_store.customers import Customer
from crm_store.deals import Deal
from crm_store.employees import Employee
from crm_store.reminders import Reminder
from nlu.dates import Moment
from nlu.money import Money
from skills.kit import Choice, Slot, Turn


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said for the slots of an act: values of the understanding, and words as typed.

    `typed` tells that the words answer the question for this very slot, `values` holds
    what was read already, `writing` whether the skill will write.
    """

    slots: Mapping[str, Any]
    words: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    typed: bool = False
    writing: bool = False
    rivals: tuple[int, ...] = ()
    """Customers that are not meant, as was just said ("wrong Smith")."""


@dataclass(frozen=True, slots=True)
class Read:
    """One value; `note` is a fact worth showing ("you wrote 'he'")."""

    value: Any
    note: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Open:
    """Not one value: a question with choices that fill the slot."""

    question: str
    choices: tuple[Choice, ...] = ()
    facts: tuple[str, ...] = ()


Reading = Read | Open | None
"""None: nothing was said for the slot."""


def read(slot: Slot, heard: Heard, turn: Turn) -> Reading:
    """Read a slot by its kind."""
    from skills.slots import customers, plain, rows, times

    readers: Mapping[Any, Callable[[Slot, Heard, Turn], Reading]] = {
        Customer: customers.read,
        Employee: rows.read_employee,
        Deal: rows.read_deal,
        Reminder: rows.read_reminder,
        Concern: rows.read_concern,
        Moment: times.read,
        Money: plain.read_money,
        int: plain.read_number,
        bool: plain.read_flag,
        str: plain.read_words,
    }
    if isinstance(slot.kind, type) and issubclass(slot.kind, Enum):
        return plain.read_enum(slot, heard, turn)
    return readers[slot.kind](slot, heard, turn)
