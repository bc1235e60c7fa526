"""The columns of a table: what they are called, and which must be filled in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

ORDER = (
    "stages",
    "lost_reasons",
    "employees",
    "products",
    "customers",
    "deals",
    "interactions",
    "preferences",
    "concerns",
    "reminders",
    "notes",
    "ideas",
)
"""The kinds of tables in the order in which an empty store takes them in."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what belongs in it.

    A `further` one is read like any other, and written only where some row has a value.
    `several` holds values separated by semicolons.
    """

    name: str
    meaning: str
    further: bool = False
    several: bool = False


def further(name: str, meaning: str, *, several: bool = False) -> Column:
    """A column that is written only where it is needed."""
    return Column(name, meaning, further=True, several=several)


@dataclass(frozen=True)
class Layout:
    """The table of one kind; the first column is the one that a file must have."""

    kind: str
    columns: tuple[Column, ...]

    @property
    def first(self) -> str:
        return self.columns[0].name

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def ordinary(self) -> tuple[str, ...]:
        """The columns that are always written."""
        return tuple(column.name for column in self.columns if not column.further)

    def takes_several(self, name: str) -> bool:
        """Whether a cell of that column holds values separated by semicolons."""
        return any(column.name == name and column.several for column in self.columns)


def plain(header: str) -> str:
    """A header as it is compared: `Close date` and `close-date` are `close_date`."""
    return "_".join(header.strip().lower().replace("-", " ").replace("_", " ").split())


def split(cell: str) -> list[str]:
    """The values of a cell that holds several."""
    parts = re.split(r"(?<!\\);", cell)
    return [value for part in parts if (value := part.replace("\\;", ";").strip())]


def joined(values: Iterable[str]) -> str:
    """Several values in one cell; a semicolon within one is marked by a backslash."""
    return "; ".join(value.replace(";", "\\;") for value in values)
