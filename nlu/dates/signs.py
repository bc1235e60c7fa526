"""From a text to signs: the known words, numbers and marks that the grammar works on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nlu.dates import neighbours, words
from nlu.dates.figures import READERS, number
from nlu.dates.grammar import Sign
from nlu.dates.lexicon import Meaning, corrected, lexicon, phrases
from nlu.dates.pieces import MARKS, lowered, pieces

# A text with none of these kinds of sign in it holds no date.
ANCHORS = (
    "month weekday weekdays dayword unit_ second quarterword part_ parts partsaid "
    "tonight noon midnight holiday weekend weekends weekdayword weekdaysword "
    "frequency season decade allday beginof midof hhmm padded fiscalyear sametime zone now fromnow "
    "endofday endof todate clocktime slashed dotted "
    "numdate yearmonth isotime compact ordinal spokenth meridiem hourtime number "
    "spoken qtoken year weekof weekfrom firstthing"
)


_NUMBER_LIKE = "number spoken clocktime dotted year hhmm padded oh oclock ish the weekday dayword"


_ONE_LETTER_UNITS = {"m": "minute", "d": "day", "w": "week", "y": "year"}


_BEFORE_LETTER = "in every for next last past over another"


def signs_of(text: str, names: Sequence[tuple[int, int]] = ()) -> list[Sign] | None:
    """The signs of a text in order, or None where no date can be in it."""
    reader = _Reader(text, names)
    reader.read()
    return reader.signs if reader.hopeful else None


class _Reader:
    def __init__(self, text: str, names: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.lower = lowered(text)
        self.names = names
        self.signs: list[Sign] = []
        self.hopeful = False
        self.found = [
            (match.lastgroup or "", match.group().replace("'", ""), match.start(), match.end())
            for match in pieces().finditer(self.lower)
        ]

    def read(self) -> None:
        starts = phrases()
        at, count = 0, len(self.found)
        while at < count:
            group, word, start, end = self.found[at]
            if self.names and any(start < last and end > first for first, last in self.names):
                self.add("name", None, start, end)
                at += 1
                continue
            taken = self.phrase(at, starts[word]) if word in starts else 0
            if taken:
                at += taken
                continue
            self.piece(at, group, word, start, end)
            at += 1

    def piece(self, at: int, group: str, word: str, start: int, end: int) -> None:
        reads = READERS.get(group)
        if reads is not None:
            self.take(reads(word, start, end))
        elif group in {"word", "glued", "thisday"}:
            self.word(at, word, start, end)
        elif group == "counted":
            self.counted(word, start, end)
        elif group == "meridiem":
            self.meridiem(word, start, end)
        elif group == "mark":
            self.add(MARKS[word], None, start, end)
        elif group != "space":
            self.add("stop" if group == "stop" else "code", None, start, end)

    def take(self, signs: list[Sign]) -> None:
        self.signs += signs
        self.hopeful = self.hopeful or any(s.kind in words.among(ANCHORS) for s in signs)

    def add(self, kind: str, value: Any, start: int, end: int) -> None:
        self.signs.append(Sign(kind, value, start, end))
        if not self.hopeful and kind in words.among(ANCHORS):
            self.hopeful = True

    def phrase(self, at: int, choices: list[tuple[tuple[str, ...], Meaning]]) -> int:
        """How many pieces a phrase that begins here takes up; 0 where none does."""
        for rest, (kind, value) in choices:
            last = at + len(rest)
            if last >= len(self.found):
                continue
            if all(self.found[at + 1 + i][1] == piece for i, piece in enumerate(rest)):
                if kind == "holiday" and self.follows(last, words.among(neighbours.HOLIDAY_NOUNS)):
                    continue
                self.add(kind, value, self.found[at][2], self.found[last][3])
                return last - at + 1
        return 0

    def follows(self, at: int, those: frozenset[str]) -> bool:
        return at + 1 < len(self.found) and self.found[at + 1][1] in those

    def precedes(self, at: int, those: frozenset[str]) -> bool:
        return at > 0 and self.found[at - 1][1] in those

    def capital(self, at: int) -> bool:
        """Whether an unknown word with a capital, such as a name, stands at this place."""
        if not 0 <= at < len(self.found):
            return False
        group, word, start, _ = self.found[at]
        return (
            group == "word"
            and self.text[start].isupper()
            and word not in lexicon()
            and word not in words.among(neighbours.LINKS)
        )

    def word(self, at: int, word: str, start: int, end: int) -> None:
        if word in _ONE_LETTER_UNITS and self.signs:
            before = self.signs[-1]
            if before.kind == "number" and before.end == start:
                self.add("unit_", _ONE_LETTER_UNITS[word], start, end)
                return
        known = lexicon()
        owner = self.lower[start:end].endswith("'s")
        meaning = known.get(word)
        if (meaning is None or meaning[0] == "weekdays") and (owner or self.lower[end - 1] == "'"):
            meaning = known.get(word[:-1] if owner else word)
        if self.text[start:end] == "BOY":
            meaning = ("beginof", "year")
        if meaning is None and len(word) > 5:
            meant = corrected(word)
            meaning = known[meant] if meant else None
        if meaning is None or self.is_no_date(at, word, meaning, owner):
            self.unknown(word, start, end)
            return
        kind, value = meaning
        if kind == "weekdays" and self.follows(at, words.among(neighbours.AFTER_SINGLE_DAY)):
            kind = "weekday"
        if end < len(self.text) and self.text[end] == "." and len(word) <= 5:
            end = self.swallow_dot(at, kind, end)
        self.add(kind, value, start, end)

    def swallow_dot(self, at: int, kind: str, end: int) -> int:
        """The dot of an abbreviation ("mon.", "hrs.") belongs to it."""
        if kind not in {"month", "weekday", "unit_"} or self.found[at + 1][1] != ".":
            return end
        if end + 1 < len(self.text) and not self.text[end + 1].isspace():
            return end
        del self.found[at + 1]
        self.found.insert(at + 1, ("space", "", end, end + 1))
        return end + 1

    def is_no_date(self, at: int, word: str, meaning: Meaning, owner: bool) -> bool:
        """Whether its neighbours show that the word is a name or a plain word here."""
        kind = meaning[0]
        near = neighbours.telltales(word)
        dated = at + 1 < len(self.found) and self.found[at + 1][1][:1].isdigit()
        if near and not dated and (self.precedes(at, near[0]) or self.follows(at, near[1])):
            return True
        before = at - self.precedes(at, frozenset("."))
        if kind in {"weekday", "month"} and self.precedes(before, words.among(neighbours.TITLES)):
            return True
        if kind == "unit_":
            return self.text[self.found[at][2]].isupper() and self.capital(at + 1)
        if kind == "weekday" and owner:
            return self.capital(at + 1)
        if kind != "month" or word not in words.among(neighbours.NAMELIKE_MONTHS):
            return False
        named = self.capital(at + 1) or (self.capital(at - 1) and not dated)
        return named and self.text[self.found[at][2]].isupper()

    def unknown(self, word: str, start: int, end: int) -> None:
        if self.text[start].isupper() and not word.isupper():
            self.add("name", None, start, end)
        elif word[-1] == "s" and len(word) > 3 and word[-2] not in "su":
            self.add("plural", None, start, end)
        else:
            self.add("word", None, start, end)

    def counted(self, word: str, start: int, end: int) -> None:
        """A number with its unit glued on; a single letter is one only after "in", "for" ..."""
        letter = self.lower[end : end + 1]
        alone = not self.lower[end + 1 : end + 2].isalnum()
        if letter in _ONE_LETTER_UNITS and alone:
            before = self.signs[-1].kind if self.signs else ""
            if before not in words.among(_BEFORE_LETTER) or self.text[end].isupper():
                self.add("code", None, start, end)
                return
        self.take(number(word, start, end))

    def meridiem(self, word: str, start: int, end: int) -> None:
        before = self.signs[-1].kind if self.signs else ""
        said = before in words.among(_NUMBER_LIKE)
        self.add("meridiem" if said else "word", word[0], start, end)
