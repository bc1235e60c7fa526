"""Reader of moments: a date that the sentence gave, or one typed in answer to a question."""

from nlu.dates import Impossible, Moment, Recurrence, find
from skills.kit import Choice, Slot, Turn
from skills.slots.reading import Heard, Open, Read, Reading
from skills.values import encode
from skills.wording import day_of


def read(slot: Slot, heard: Heard, turn: Turn) -> Reading:
    """The moment; an impossible date is asked about, with the nearest possible ones."""
    said = heard.slots.get(slot.name)
    if isinstance(said, Moment):
        return Read(said)
    if isinstance(said, Impossible):
        return _impossible(slot, said, turn)
    if not isinstance(said, str):
        return None
    for found in find(said, turn.today, slot.look, turn.calendar):
        if isinstance(found.value, Moment):
            return Read(found.value)
        if isinstance(found.value, Recurrence):
            return Read(found.value.first)
        if isinstance(found.value, Impossible):
            return _impossible(slot, found.value, turn)
    return None


def _impossible(slot: Slot, said: Impossible, turn: Turn) -> Open:
    choices = tuple(
        Choice(day_of(moment.start, turn), values={slot.name: encode(moment)})
        for moment in said.nearest
    )
    return Open(f"{said.sentence} Which day do you mean? Nothing is saved yet.", choices)
