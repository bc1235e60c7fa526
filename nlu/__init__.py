"""What a sentence means: acts, slots, dates, money. Knows no customers and no database."""

from nlu.acts import Act, KnownName, SlotValue, Understanding
from nlu.engine import Engine, Entity, Parse
from nlu.money import Money

__all__ = [
    "Act",
    "Engine",
    "Entity",
    "KnownName",
    "Money",
    "Parse",
    "SlotValue",
    "Understanding",
]
