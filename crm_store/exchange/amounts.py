"""Sums of money as they stand in a cell."""

import re
from decimal import Decimal
from functools import cache

from crm_store.columns import LARGEST

SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR"}
_SUM = re.compile(r"-?\d[\d.,' ]*|-?[.,]\d+")


class NoAmount(ValueError):
    """The cell holds no sum of money; the message says why."""


@cache
def _currencies() -> frozenset[str]:
    from babel.numbers import list_currencies

    return frozenset(list_currencies())


def read_currency(text: str) -> str:
    """The three letters of a currency, also from its sign; raises NoAmount."""
    code = SIGNS.get(text.strip(), text.strip().upper())
    if code not in _currencies():
        raise NoAmount("not a currency; write EUR, USD and the like")
    return code


def read_amount(text: str) -> tuple[Decimal, str | None]:
    """The sum, and its currency if it stands beside it; raises NoAmount.

    Both 4,800.50 and 4.800,50 are read; 4.800 might mean either, and is refused.
    """
    plain = text.replace("\u00a0", " ").replace("\u202f", " ").strip()
    mark = re.match(r"^\s*([^\d\s.,'+-]+)\s*|\s*([^\d\s.,'+-]+)\s*$", plain)
    letters = re.sub(r"[\d\s.,'+-]", "", plain)
    currency = read_currency(letters) if mark and letters else None
    digits = re.sub(r"[^\d.,' -]", "", plain).strip()
    if not _SUM.fullmatch(digits) or (letters and letters not in plain):
        raise NoAmount("not an amount; write it like 4800 or 4800.50")
    return _decimal(digits), currency


def _decimal(digits: str) -> Decimal:
    digits = digits.replace("'", "").replace(" ", "")
    if "." in digits and "," in digits:
        decimal = max(".,", key=digits.rfind)
        digits = digits.replace("," if decimal == "." else ".", "")
        if digits.count(decimal) > 1:
            raise NoAmount("not an amount; write it like 4800 or 4800.50")
        digits = digits.replace(decimal, ".")
    elif digits.count(".") > 1 or digits.count(",") > 1:
        if not re.fullmatch(r"-?\d{1,3}([.,])\d{3}(\1\d{3})+", digits):
            raise NoAmount("not an amount; write it like 4800 or 4800.50")
        digits = digits.replace(".", "").replace(",", "")
    elif re.fullmatch(r"-?[1-9]\d{0,2},\d{3}", digits):
        digits = digits.replace(",", "")
    elif re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", digits):
        whole, part = digits.split(".")
        raise NoAmount(f"might be {whole}{part} or {whole}.{part}0; write it without the dot")
    amount = Decimal(digits.replace(",", "."))
    if abs(amount) >= LARGEST:
        raise NoAmount("too large an amount")
    return amount


def write_amount(amount: Decimal | None) -> str:
    """The amount with a decimal point, nothing else."""
    return "" if amount is None else f"{amount:f}"
