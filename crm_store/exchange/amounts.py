"""Sums of money as they stand in a cell."""

import re
from decimal import Decimal
from functools import cache

from crm_store.columns import LARGEST

SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR"}
_BESIDE = re.compile(
    r"(-)?\s*([^\W\d_]{3}|[€$£¥₹])?\s*(-)?(?P<sum>\d[\d.,' ]*|[.,]\d+)\s*([^\W\d_]{3}|[€$£¥₹])?"
)


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
    found = _BESIDE.fullmatch(plain)
    if found is None or (found[2] and found[5]) or (found[1] and found[3]):
        raise NoAmount("not an amount; write it like 4800 or 4800.50")
    beside = found[2] or found[5]
    digits = _decimal(found["sum"].strip())
    minus = found[1] or found[3]
    return (-digits if minus else digits), read_currency(beside) if beside else None


def _decimal(digits: str) -> Decimal:
    digits = digits.replace("'", "").replace(" ", "")
    if "." in digits and "," in digits:
        decimal = max(".,", key=digits.rfind)
        digits = digits.replace("," if decimal == "." else ".", "")
        if digits.count(decimal) > 1:
            raise NoAmount("not an amount; write it like 4800 or 4800.50")
        digits = digits.replace(decimal, ".")
    elif digits.count(".") > 1 or digits.count(",") > 1:
        if not re.fullmatch(r"\d{1,3}([.,])\d{3}(\1\d{3})+", digits):
            raise NoAmount("not an amount; write it like 4800 or 4800.50")
        digits = digits.replace(".", "").replace(",", "")
    elif re.fullmatch(r"[1-9]\d{0,2},\d{3}", digits):
        digits = digits.replace(",", "")
    elif re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", digits):
        whole, part = digits.split(".")
        raise NoAmount(
            f"might be {whole}{part} or {whole}.{part}; write {whole}{part} or {whole}.{part}0"
        )
    amount = Decimal(digits.replace(",", "."))
    if abs(amount) >= LARGEST:
        raise NoAmount("too large an amount")
    return amount


def write_amount(amount: Decimal | None) -> str:
    """The amount with a decimal point, nothing else."""
    return "" if amount is None else f"{amount:f}"
