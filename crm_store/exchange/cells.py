"""Cells: one row of a table, read value by value; whatever is wrong becomes a fault."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.orm import InstrumentedAttribute

from crm_store.addresses import NoEmailAddress, NoPhoneNumber, email_address, phone_number
from crm_store.columns import known_zones
from crm_store.exchange import dates
from crm_store.exchange.amounts import NoAmount, read_amount, read_currency
from crm_store.exchange.dates import NoDate
from crm_store.exchange.layout import split
from crm_store.exchange.report import Fault
from crm_store.exchange.sheet import clean
from crm_store.exchange.words import Word, choose
from crm_store.firm import Firm

Value = TypeVar("Value")


class BadCell(ValueError):
    """The cell cannot be taken in; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Custom:
    """How the file's cells are to be read where nothing is said in them."""

    firm: Firm
    day_first: bool


class Cells:
    """The cells of one row by our names; a cell that is wrong gives None and a fault."""

    def __init__(self, row: int, values: Mapping[str, str], custom: Custom) -> None:
        self.row = row
        self.values = values
        self.custom = custom
        self.faults: list[Fault] = []

    def fault(self, column: str, reason: str) -> None:
        """The row cannot be taken in because of that cell."""
        self.faults.append(Fault(self.row, column, self.values.get(column, ""), reason))

    def read(self, column: str, reader: Callable[[str], Value]) -> Value | None:
        """What the reader makes of the cell; None of an empty one."""
        cell = self.values.get(column, "").strip()
        if not cell:
            return None
        try:
            return reader(cell)
        except (BadCell, NoDate, NoAmount, NoEmailAddress, NoPhoneNumber) as error:
            self.fault(column, str(error))
            return None

    def text(self, column: str, kept_in: InstrumentedAttribute[Any]) -> str | None:
        """Words, as long as the store's column takes them."""
        return self.read(column, lambda cell: fitting(cell, kept_in))

    def required(self, column: str, kept_in: InstrumentedAttribute[Any]) -> str | None:
        """Words that must be there."""
        if not self.values.get(column, "").strip():
            self.fault(column, f"no {column.replace('_', ' ')}")
        return self.text(column, kept_in)

    def choice(self, column: str, words: type[Word], section: str) -> Word | None:
        """One of the words of an enumeration, or another word for it."""

        def chosen(cell: str) -> Word:
            if (found := choose(words, cell, section)) is None:
                raise BadCell(f"not one of {', '.join(word.value for word in words)}")
            return found

        return self.read(column, chosen)

    def several(self, column: str, reader: Callable[[str], Value]) -> list[Value]:
        """What the reader makes of each of the values separated by semicolons."""
        return self.read(column, lambda cell: [reader(one) for one in split(cell)]) or []

    def emails(self, column: str) -> list[str]:
        """E-mail addresses in the form in which they are kept, each once."""
        return list(dict.fromkeys(self.several(column, email_address)))

    def phones(self, column: str) -> list[tuple[str, str | None, str]]:
        """Phone numbers: E.164, extension, and as typed."""

        def read(typed: str) -> tuple[str, str | None, str]:
            number, extension = phone_number(typed, self.custom.firm.country)
            return number, extension, typed[:64]

        found = {(number, ext): typed for number, ext, typed in self.several(column, read)}
        return [(number, ext, typed) for (number, ext), typed in found.items()]

    def zone(self, column: str) -> str | None:
        """The IANA name of a time zone."""

        def known(cell: str) -> str:
            if cell not in known_zones():
                raise BadCell("not a time zone; write it like Europe/Berlin")
            return cell

        return self.read(column, known)

    def day(self, column: str) -> date | None:
        """A day in the firm's zone."""
        return self.read(column, lambda cell: dates.read_day(cell, self.custom.day_first))

    def moment(
        self, column: str, *, zone: ZoneInfo | None = None, day_at: time = dates.NOON
    ) -> tuple[datetime, bool] | None:
        """An instant, and whether only its day was given; `zone` is that of a day alone."""

        def read(cell: str) -> tuple[datetime, bool]:
            custom = self.custom
            moment, bare = dates.read_moment(cell, custom.day_first, custom.firm.zone, day_at)
            if bare and zone is not None:
                return dates.read_moment(cell, custom.day_first, zone, day_at)
            return moment, bare

        return self.read(column, read)

    def amount(
        self, *, column: str = "amount", negative: bool = False
    ) -> tuple[Decimal | None, str | None]:
        """A sum and its currency: the one beside it, in its own column, or the firm's."""
        found = self.read(column, read_amount)
        stated = self.read("currency", read_currency)
        if found is None:
            return None, None
        amount, beside = found
        if amount < 0 and not negative:
            self.fault(column, "an amount below zero")
        if beside and stated and beside != stated:
            self.fault("currency", f"the {column} says {beside}")
        return amount, stated or beside or self.custom.firm.currency

    def number(self, column: str, least: int, most: int) -> int | None:
        """A whole number within bounds."""

        def read(cell: str) -> int:
            plain = cell.removesuffix("%").strip()
            plain = plain.removesuffix(f"/{most}").removesuffix(".0")
            if not re.fullmatch(r"\d{1,9}", plain) or not least <= int(plain) <= most:
                raise BadCell(f"not a whole number from {least} to {most}")
            return int(plain)

        return self.read(column, read)

    def flag(self, column: str) -> bool | None:
        """Yes or no."""

        def read(cell: str) -> bool:
            if cell.lower() in ("yes", "y", "true", "1", "x"):
                return True
            if cell.lower() in ("no", "n", "false", "0"):
                return False
            raise BadCell("neither yes nor no")

        return self.read(column, read)


def fitting(cell: str, kept_in: InstrumentedAttribute[Any]) -> str:
    """The words without control characters; raises BadCell where the store's column is short."""
    words = clean(cell)
    longest = getattr(kept_in.property.columns[0].type, "length", None)
    if longest is not None and len(words) > longest:
        raise BadCell(f"longer than {longest} characters")
    if not words:
        raise BadCell("nothing but control characters")
    return words
