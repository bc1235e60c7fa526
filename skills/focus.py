"""What the talk is about just now: for "he", "that deal", "the second one", "same for Jones"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

KEPT = 8
"""How many customers back a pronoun may reach."""


@dataclass(frozen=True, slots=True)
class Focus:
    """Ids of rows, the latest first; `shown` is the last list in the order it was shown, as
    (table, id); `asked` the last question as intent and values, for asking it again."""

    customers: tuple[int, ...] = ()
    together: tuple[int, ...] = ()
    """The customers that the last answer named side by side: a bare "she" may be any."""
    deals: tuple[int, ...] = ()
    reminders: tuple[int, ...] = ()
    shown: tuple[tuple[str, int], ...] = ()
    asked: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> "Focus":
        found = stored or {}
        return cls(
            customers=tuple(found.get("customers", ())),
            together=tuple(found.get("together", ())),
            deals=tuple(found.get("deals", ())),
            reminders=tuple(found.get("reminders", ())),
            shown=tuple((table, number) for table, number in found.get("shown", ())),
            asked=found.get("asked", {}),
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "customers": list(self.customers),
            "together": list(self.together),
            "deals": list(self.deals),
            "reminders": list(self.reminders),
            "shown": [list(row) for row in self.shown],
            "asked": dict(self.asked),
        }

    def on(self, rows: Sequence[tuple[str, int]]) -> "Focus":
        """The focus after an answer that spoke of these rows, in that order."""
        customers = [number for table, number in rows if table == "customers"]
        return replace(
            self,
            customers=_first(customers, self.customers),
            together=tuple(customers) if len(customers) > 1 else (),
            deals=_first([n for table, n in rows if table == "deals"], self.deals),
            reminders=_first([n for table, n in rows if table == "reminders"], self.reminders),
            shown=tuple(rows) if rows else self.shown,
        )

    def after(self, intent: str, values: Mapping[str, Any]) -> "Focus":
        """The focus after that question was answered."""
        return replace(self, asked={"intent": intent, "values": dict(values)})

    def settled(self) -> "Focus":
        """The focus after something was written: there is no question to ask again."""
        return replace(self, asked={})


def _first(now: Sequence[int], before: Sequence[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys([*now, *before]))[:KEPT]
