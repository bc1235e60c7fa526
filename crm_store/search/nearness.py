"""How near customers are to who speaks: in the talk just now, owned, spoken to lately."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select

from crm_store.employees import Employee
from crm_store.interactions import Interaction
from crm_store.search.hits import Hit

LATELY = timedelta(days=60)
LAST = 200
"""How many of an employee's last interactions are looked through for familiar customers."""
IN_FOCUS, OWN, SPOKEN_TO = 0.03, 0.012, 0.008
"""What counts in favour of a customer among equals; it is never part of a score."""


class Nearness:
    """The customers near to a speaker: spoken of in this talk, owned, had contact with lately."""

    def __init__(
        self,
        connection: Connection,
        employee: Employee | None,
        now: datetime | None,
        recent: Sequence[int],
    ) -> None:
        self._connection = connection
        self._since = now - LATELY if now else None
        self._recent = recent
        self.focus = frozenset(recent)
        self.employee_id = employee.id if employee else None
        self.lately: frozenset[int] = frozenset()

    def owns(self, hit: Hit) -> bool:
        """Whether the customer is the speaker's own."""
        return hit.name.owner_id is not None and hit.name.owner_id == self.employee_id

    def bonus(self, hit: Hit) -> float:
        """What counts in favour of a customer among equals."""
        one = hit.customer_id
        return (
            IN_FOCUS * (one in self.focus) + OWN * self.owns(hit) + SPOKEN_TO * (one in self.lately)
        )

    def familiar(self) -> list[int]:
        """Whom the talk is about, and whom the speaker had contact with lately."""
        if self.employee_id is None or self._since is None:
            return list(self._recent)
        given = {"employee": self.employee_id, "since": self._since}
        lately = self._connection.scalars(_FAMILIAR, given).all()
        self.lately = frozenset(lately)
        return list(dict.fromkeys([*self._recent, *lately]))

    def look_at(self, customers: Collection[int]) -> None:
        """Find out with whom of these the speaker had contact lately."""
        if len(customers) < 2 or self.employee_id is None or self._since is None:
            return
        given = {"ids": list(customers), "employee": self.employee_id, "since": self._since}
        self.lately = frozenset(self._connection.scalars(_SPOKEN_TO, given))


_FAMILIAR = (
    select(Interaction.customer_id)
    .where(Interaction.employee_id == bindparam("employee"))
    .where(Interaction.happened_at >= bindparam("since"))
    .order_by(Interaction.happened_at.desc())
    .limit(LAST)
)
_SPOKEN_TO = (
    select(Interaction.customer_id)
    .where(Interaction.customer_id.in_(bindparam("ids", expanding=True)))
    .where(Interaction.happened_at >= bindparam("since"))
    # Of a busy employee's contacts there are more than of a few customers': the sum keeps the
    # index of the employee's out.
    .where(Interaction.employee_id + 0 == bindparam("employee"))
)
