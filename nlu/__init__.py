"""What a sentence means: acts, slots, dates, money. Knows no customers and no database."""

from typing import TYPE_CHECKING, Any

from nlu.acts import Act, KnownName, SlotValue, Understanding
from nlu.engine import Engine, Entity, Parse
from nlu.money import Money

if TYPE_CHECKING:
    from nlu.model_files import embedded
    from nlu.understanding import Understander


def __getattr__(name: str) -> Any:
    """The parts that need numpy load on first use, so that the types alone cost nothing."""
    if name == "Understander":
        from nlu.understanding import Understander

        return Understander
    if name == "embedded":
        from nlu.model_files import embedded

        return embedded
    raise AttributeError(name)


__all__ = [
    "Act",
    "Engine",
    "Entity",
    "KnownName",
    "Money",
    "Parse",
    "SlotValue",
    "Understander",
    "Understanding",
    "embedded",
]
