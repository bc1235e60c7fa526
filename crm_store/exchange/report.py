"""What an import found: which rows are good, which are not and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Why a row cannot be taken in; `row` counts as in a spreadsheet, the header is 1."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """A good row that somebody should look at."""

    row: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A value that looks like a mistyped form of a more usual one."""

    column: str
    value: str
    likely: str
    rows: int


@dataclass
class Report:
    """The outcome of a trial: rows of the file by what would become of them."""

    kind: str
    rows: int = 0
    new: int = 0
    known: list[Doubt] = field(default_factory=list)
    """Rows that the store has already."""
    doubles: list[Doubt] = field(default_factory=list)
    """Rows that are new and look like somebody who is there."""
    remarks: list[Doubt] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    misspellings: list[Misspelling] = field(default_factory=list)
    unknown_columns: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    """Their columns and ours."""

    @property
    def bad_rows(self) -> int:
        """How many rows have a fault."""
        return len({fault.row for fault in self.faults})
