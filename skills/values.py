"""Values of slots as JSON and back: for drafts, buttons and the ledger's effects."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy.orm import Session

from crm_store.concerns import Concern
from crm_store.customers import Customer
from crm_store.deals import Deal
from crm_store.employees import Employee
from crm_store.interactions import Interaction
from crm_store.reminders import Reminder
from nlu.dates import Impossible, Moment
from nlu.money import Money

KINDS: tuple[type[Any], ...] = (Customer, Employee, Deal, Reminder, Concern, Interaction)
ROWS: Mapping[str, type[Any]] = {kind.__tablename__: kind for kind in KINDS}


class Vanished(LookupError):
    """What the value meant is no longer there."""


def encode(value: Any) -> Any:
    """The JSON of a slot's value; rows become their table and id."""
    if isinstance(value, KINDS):
        return row(type(value), value.id)
    if isinstance(value, Moment):
        return {"moment": value.to_json() | {"open": value.open}}
    if isinstance(value, Impossible):
        return {"impossible": value.sentence, "nearest": [encode(m) for m in value.nearest]}
    if isinstance(value, Money):
        return {"money": str(value.value), "currency": value.currency}
    if isinstance(value, Enum):
        return value.value
    return value


def decode(session: Session, kind: Any, stored: Any) -> Any:
    """The value that `encode` wrote, for a slot of that kind. Raises Vanished."""
    if isinstance(stored, Mapping):
        return _decode_mapping(session, stored)
    if isinstance(kind, type) and issubclass(kind, Enum) and stored is not None:
        return kind(stored)
    return stored


def row(kind: type[Any], number: int) -> dict[str, Any]:
    """The JSON of a row that need not be loaded."""
    return {"row": kind.__tablename__, "id": number}


def _decode_mapping(session: Session, stored: Mapping[str, Any]) -> Any:
    if "row" in stored:
        found = session.get(ROWS[stored["row"]], stored["id"])
        if found is None:
            raise Vanished(f"{stored['row']} {stored['id']} is gone")
        return found
    if "moment" in stored:
        part = stored["moment"]
        end = part["end"]
        return Moment(
            datetime.fromisoformat(part["start"]),
            datetime.fromisoformat(end) if end else None,
            part["grain"],
            part.get("open"),
        )
    if "impossible" in stored:
        nearest = (_decode_mapping(session, part) for part in stored["nearest"])
        return Impossible(stored["impossible"], tuple(nearest))
    if "money" in stored:
        return Money(Decimal(stored["money"]), stored["currency"])
    return dict(stored)
