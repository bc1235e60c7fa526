"""Sheets: CSV files read whatever their encoding and separator, and written safe to open."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import TextIO

DELIMITERS = ",;\t|"
LONGEST_CELL = 1_000_000

_ACTIVE = re.compile(r"'*[=+\-@\t\r]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_NUMBERS = re.compile(r"[+-][\d(][\d\s().,/;+-]*(?:x\d+)?")
_TIME = re.compile(r"[+-]\d{2}:?\d{2}")


class BadSheet(ValueError):
    """The file is no table that can be read; the message says why."""


@dataclass(frozen=True)
class Sheet:
    """A table as it stands in the file. Rows count as in a spreadsheet: the header is row 1."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    delimiter: str


def read_sheet(content: bytes) -> Sheet:
    """The table in a file's bytes, blank lines left out; raises BadSheet."""
    text = _decoded(content)
    first, _, rest = text.partition("\n")
    said = re.fullmatch(r"sep=(.)\r?", first.strip())
    if said:
        text = rest
    delimiter = said[1] if said else _delimiter(text)
    lines = _lines(text, delimiter)
    if not lines:
        raise BadSheet("the file is empty")
    (_, header), *rows = lines
    shift = 1 if said else 0
    return Sheet(
        tuple(cell.strip() for cell in header),
        tuple((number + shift, tuple(unguarded(cell) for cell in row)) for number, row in rows),
        delimiter,
    )


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise BadSheet("the file begins as UTF-16 text and is not") from error
    if b"\0" in content:
        raise BadSheet("this is no CSV file; save the table as CSV first")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _delimiter(text: str) -> str:
    """The separator that cuts the header, quotes respected, into the most cells."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    cells = {mark: len(next(csv.reader([header], delimiter=mark), [])) for mark in DELIMITERS}
    return max(DELIMITERS, key=lambda mark: cells[mark])


def _lines(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        return [
            (number, row)
            for number, row in enumerate(rows, start=1)
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as error:
        raise BadSheet(f"the file cannot be read as CSV: {error}") from error
    finally:
        csv.field_size_limit(before)


def clean(cell: str) -> str:
    """The words without control characters, which no table should hold."""
    return _CONTROL.sub("", cell).strip()


def guarded(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula; numbers and phones stay."""
    if not _ACTIVE.match(cell) or _NUMBERS.fullmatch(cell) or _TIME.fullmatch(cell):
        return cell
    return "'" + cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`."""
    cell = cell.strip()
    return cell[1:] if _GUARDED.match(cell) else cell


def write_sheet(file: TextIO, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a table in comma-separated UTF-8; how many rows it has."""
    table = csv.writer(file, lineterminator="\r\n")
    table.writerow(header)
    count = 0
    for row in rows:
        table.writerow([guarded(clean(cell)) for cell in row])
        count += 1
    return count
