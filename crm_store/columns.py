"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    Integer,
    String,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import MappedColumn, mapped_column
from sqlalchemy.sql import operators
from sqlalchemy.types import Numeric, TypeDecorator, TypeEngine

SCALE = 4
"""Decimals kept of an amount: money is stored as a whole number of ten-thousandths."""
LARGEST = Decimal(10) ** 14


class NaiveTime(ValueError):
    """An instant was given without its zone, so nobody can say when it was."""


class UnknownZone(ValueError):
    """A time zone must be an IANA name such as Europe/Berlin."""


class AmountOutOfRange(ValueError):
    """An amount must be finite and smaller than a hundred million millions."""


class UtcTime(TypeDecorator[datetime]):
    """An instant: aware on the way in, in UTC on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise NaiveTime(f"{value!r} has no time zone")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@cache
def known_zones() -> frozenset[str]:
    """The IANA names of all time zones, read once."""
    return frozenset(available_timezones())


class ZoneName(TypeDecorator[str]):
    """The IANA name of a time zone."""

    impl = String(64)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is not None and value not in known_zones():
            raise UnknownZone(f"{value!r} is not a time zone; use a name like Europe/Berlin")
        return value


class Money(TypeDecorator[Decimal]):
    """An exact amount, kept as whole ten-thousandths: SQLite's NUMERIC would be a float.

    Sums in SQL stay exact and come out as Decimal again; multiply by whole numbers only.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        amount = Decimal(value)
        if not amount.is_finite() or abs(amount) >= LARGEST:
            raise AmountOutOfRange(f"{value} is too large an amount")
        return int(amount.scaleb(SCALE).to_integral_value(ROUND_HALF_EVEN))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        amount = Decimal(value).scaleb(-SCALE)
        cents = amount.quantize(Decimal("0.01"))
        return cents if cents == amount else amount.quantize(Decimal("0.0001"))

    class comparator_factory(TypeDecorator.Comparator[Decimal]):  # noqa: N801 - SQLAlchemy's name
        """Money times a number is money, also of a sum in SQL."""

        def operate(self, op: operators.OperatorType, *other: Any, **kw: Any) -> ColumnElement[Any]:
            result: ColumnElement[Any] = super().operate(op, *other, **kw)
            return type_coerce(result, Money()) if op is operators.mul else result

    def coerce_compared_value(
        self, op: operators.OperatorType | None, value: Any
    ) -> TypeEngine[Any]:
        """A factor is a plain number; whatever is compared or added is money too."""
        if op in (operators.mul, operators.truediv, operators.floordiv, operators.mod):
            return Integer() if isinstance(value, int) else Numeric()
        return self


def json_column() -> TypeEngine[Any]:
    """JSON on both databases; assign a new value, changes inside the old one are not seen."""
    return JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def choice(words: type[StrEnum]) -> Enum:
    """One of the words of an enumeration, kept as text; anything else is refused on writing."""
    return Enum(
        words,
        native_enum=False,
        create_constraint=False,
        length=24,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
    )


def link(target: str, *, index: bool = True, unique: bool = False) -> MappedColumn[Any]:
    """A reference to another table's row, checked at commit so that undo may go in any order.

    `index=False` where another index already begins with this column.
    """
    key = ForeignKey(target, deferrable=True, initially="DEFERRED")
    return mapped_column(key, index=(index and not unique) or None, unique=unique or None)
