"""Every known word and phrase of dates with the sign it stands for, gathered from the tables."""

from __future__ import annotations

from functools import cache
from typing import Any

from nlu.dates import neighbours, words
from nlu.dates.holidays import holiday_phrases
from nlu.dates.phrases import PHRASES
from nlu.dates.pieces import pieces

Meaning = tuple[str, Any]


@cache
def lexicon() -> dict[str, Meaning]:
    """Single words, lower case without apostrophes."""
    known: dict[str, Meaning] = {}
    for kind, said in words.SIGNS.items():
        for word in said.split():
            known.setdefault(word.replace("'", ""), (kind, kind))
    for number, said in enumerate(words.MONTHS, 1):
        known.update((word, ("month", number)) for word in said.split())
    for number, said in enumerate(words.WEEKDAYS):
        for word in said.split():
            known[word] = ("weekday", number)
            known.setdefault(word + "s", ("weekdays", number))
    known["tues"] = ("weekday", 1)
    known["weds"] = ("weekday", 2)
    known["thurs"] = ("weekday", 3)
    for unit, said in words.UNITS.items():
        known.update((word, ("unit_", unit)) for word in said.split())
    known.update((word, ("spoken", value)) for word, value in words.NUMBERS.items())
    known.update((word, ("spokenth", value)) for word, value in words.ORDINALS.items())
    known["second"] = ("second", 2)
    for offset, said in words.DAY_WORDS.items():
        known.update((word, ("dayword", offset)) for word in said.split())
    for part, (_, _, said) in words.PARTS.items():
        known.update((word, ("part_", part)) for word in said.split())
    known.update((word, ("frequency", value)) for word, value in words.FREQUENCIES.items())
    known.update((word, ("season", value)) for word, value in words.SEASONS.items())
    known.update((word, ("street", None)) for word in neighbours.STREETS.split())
    known.update((word, ("counted", None)) for word in neighbours.COUNTED.split())
    known.update(
        (word, ("ordnoun", None)) for word in neighbours.ORDINAL_NOUNS.split() if word not in known
    )
    known.update((word, ("link", None)) for word in neighbours.LINKS.split() if word not in known)
    known["quarter"] = known["quater"] = known["qtr"] = ("quarterword", "quarter")
    known.update((word, ("decade", year)) for word, year in words.DECADES.items())
    known.update((word, ("zone", hours)) for word, hours in words.ZONES.items())
    known["mornings"] = ("parts", "morning")
    known["afternoons"] = ("parts", "afternoon")
    known["evenings"] = ("parts", "evening")
    known["nights"] = ("parts", "night")
    return known


def pieces_of(phrase: str) -> tuple[str, ...]:
    return tuple(match.group().replace("'", "") for match in pieces().finditer(phrase))


@cache
def phrases() -> dict[str, list[tuple[tuple[str, ...], Meaning]]]:
    """Phrases by their first piece, the longest first; a single word is one too."""
    table: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
    said: list[tuple[str, Meaning]] = [
        (phrase, (kind, kind if value is None else value))
        for phrase, (kind, value) in PHRASES.items()
    ]
    said += [(phrase, ("holiday", rule)) for phrase, rule in holiday_phrases().items()]
    for phrase, meaning in said:
        first, *rest = pieces_of(phrase)
        table.setdefault(first, []).append((tuple(rest), meaning))
    for choices in table.values():
        choices.sort(key=lambda choice: -len(choice[0]))
    return table


_LONG_WORDS = (
    "monday tuesday wednesday thursday saturday sunday tomorrow yesterday morning "
    "afternoon evening january february september october november december weekend "
    "fortnight midnight"
)


@cache
def typos() -> dict[str, str]:
    """A long word with one letter missing, by that spelling, for `corrected`."""
    return {
        word[:at] + word[at + 1 :]: word
        for word in _LONG_WORDS.split()
        for at in range(1, len(word))
    }


def corrected(word: str) -> str | None:
    """The long date word that this is one slip away from: a letter lost, doubled or swapped.

    The first letter must be right, and a wrong letter is forgiven only well inside the
    word, since surnames lie close by (Munday, Sundar).
    """
    missing = typos()
    length = len(word)
    if not 6 <= length <= 11:
        return None
    if word in missing:
        return missing[word]
    for at in range(1, length):
        shorter = word[:at] + word[at + 1 :]
        if shorter in missing:
            meant = missing[shorter]
            if len(meant) != length or meant[:2] != word[:2]:
                continue
            wrong = [i for i in range(length) if meant[i] != word[i]]
            swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1
            if swapped or (len(wrong) == 1 and length >= 7 and 2 <= wrong[0] < length - 1):
                return meant
        elif length >= 7 and shorter in words.among(_LONG_WORDS):
            return shorter
    return None
