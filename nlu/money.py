"""Amounts of money as people type them: "20k", "€300", "2,900 euros", "5 lakh"."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Money:
    """A decimal amount; `currency` is an ISO 4217 code, or None where none was said."""

    value: Decimal
    currency: str | None = None

    def to_json(self) -> dict[str, str | None]:
        return {"value": f"{self.value:.2f}", "currency": self.currency}
