"""How near customers are to who speaks: in the talk just now, owned, spoken to lately."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from crm_store.interactions import Interaction

LATELY = timedelta(days=60)
LAST = 200
"""How many of an employee's last interactions are looked through for familiar customers."""


@dataclass(frozen=True)
class Nearness:
    """The customers near to a speaker: spoken of in this talk, owned, had contact with lately."""

    focus: frozenset[int]
    owner_id: int | None
    lately: frozenset[int]

    def bonus(self, customer_id: int, owner_id: int | None) -> float:
        """What counts in their favour among equals; it is never part of a score."""
        own = owner_id is not None and owner_id == self.owner_id
        spoken_to = customer_id in self.lately
        return 0.03 * (customer_id in self.focus) + 0.012 * own + 0.008 * spoken_to


def familiar(connection: Connection, employee_id: int, now: datetime) -> list[int]:
    """Whom the employee had contact with lately, the latest first."""
    rows = connection.scalars(
        select(Interaction.customer_id)
        .where(Interaction.employee_id == employee_id)
        .where(Interaction.happened_at >= now - LATELY)
        .order_by(Interaction.happened_at.desc())
        .limit(LAST)
    )
    return list(dict.fromkeys(rows))


def spoken_to(
    connection: Connection, employee_id: int, now: datetime, among: Collection[int]
) -> frozenset[int]:
    """Those of the customers that the employee had contact with lately."""
    rows = connection.scalars(
        select(Interaction.customer_id)
        .where(Interaction.customer_id.in_(among))
        .where(Interaction.happened_at >= now - LATELY)
        # Of a busy employee's contacts there are more than of a few customers': the sum keeps
        # their index out.
        .where(Interaction.employee_id + 0 == employee_id)
    )
    return frozenset(rows)
