"""From a text to signs: the known words, numbers and marks that the grammar works on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from nlu.dates import neighbours, words
from nlu.dates.grammar import Sign
from nlu.dates.lexicon import MARKS, PIECES, Meaning, corrected, lexicon, phrases

_SAME_LENGTH = str.maketrans("’‘`´–—−‑\u00a0\u202f", "''''----  ")


# A text with none of these kinds of sign in it holds no date.
ANCHORS = (
    "month weekday weekdays dayword unit_ second quarterword part_ parts partsaid "
    "tonight noon midnight holiday weekend weekends weekdayword weekdaysword "
    "frequency season decade allday beginof midof hhmm fiscalyear sametime zone now fromnow endofday endof todate clocktime slashed dotted "
    "numdate yearmonth isotime compact ordinal spokenth meridiem hourtime number "
    "spoken qtoken year weekof weekfrom firstthing"
)


_NUMBER_LIKE = "number spoken clocktime dotted year hhmm oh oclock ish the weekday dayword"


_ONE_LETTER_UNITS = {"m": "minute", "d": "day", "w": "week", "y": "year"}


_BEFORE_LETTER = "in every for next last past over another"


def lowered(text: str) -> str:
    """Lower case, plain apostrophes, dashes and spaces, and no offset moved."""
    plain = text.translate(_SAME_LENGTH)
    lower = plain.lower()
    if len(lower) == len(text):
        return lower
    return "".join(one if len(one) == 1 else char for char in plain for one in (char.lower(),))


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
            for match in PIECES.finditer(self.lower)
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
            reads = _READERS.get(group)
            if reads is not None:
                reads(self, word, start, end)
            elif group in {"word", "glued"}:
                self.word(at, word, start, end)
            else:
                kind = "stop" if group == "stop" else "code"
                self.add(kind, None, start, end)
            at += 1

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
        titled = self.precedes(
            at - (self.precedes(at, frozenset("."))), words.among(neighbours.TITLES)
        )
        if kind in {"weekday", "month"} and titled:
            return True
        if kind == "unit_":
            return self.text[self.found[at][2]].isupper() and self.capital(at + 1)
        if kind == "weekday" and owner:
            return self.capital(at + 1)
        if kind == "month" and word in words.among(neighbours.NAMELIKE_MONTHS):
            start = self.found[at][2]
            if self.capital(at + 1) and self.text[start].isupper():
                return True
            return (
                self.capital(at - 1)
                and self.text[start].isupper()
                and not (at + 1 < len(self.found) and self.found[at + 1][1][:1].isdigit())
            )
        return False

    def unknown(self, word: str, start: int, end: int) -> None:
        if self.text[start].isupper() and not word.isupper():
            self.add("name", None, start, end)
        elif word[-1] == "s" and len(word) > 3 and word[-2] not in "su":
            self.add("plural", None, start, end)
        else:
            self.add("word", None, start, end)

    # Pieces with digits, each group of the pattern read in its own way.

    def number(self, word: str, start: int, end: int) -> None:
        digits = word.replace(",", "")
        value = int(digits)
        if len(digits) == 4 and 1900 <= value <= 2099 and "," not in word:
            self.add("year", value, start, end)
        elif len(digits) in {3, 4} and "," not in word:
            self.add("hhmm", value, start, end)
        elif value < 10_000 and (len(digits) == 1 or digits[0] != "0" or len(digits) == 2):
            self.add("number", value, start, end)
        else:
            self.add("stop", None, start, end)

    def counted(self, word: str, start: int, end: int) -> None:
        letter = self.lower[end : end + 1]
        alone = not self.lower[end + 1 : end + 2].isalnum()
        if letter in _ONE_LETTER_UNITS and alone:
            before = self.signs[-1].kind if self.signs else ""
            if before not in words.among(_BEFORE_LETTER) or self.text[end].isupper():
                self.add("code", None, start, end)
                return
        self.number(word, start, end)

    def ordinal(self, word: str, start: int, end: int) -> None:
        self.add("ordinal", int(word[:-2]), start, end)

    def clocktime(self, word: str, start: int, end: int) -> None:
        hour, minute, *second = (int(part) for part in word.split(":"))
        value = (hour, minute, second[0] if second else 0, word[0] == "0")
        self.add("clocktime", value, start, end)

    def hoursaid(self, word: str, start: int, end: int) -> None:
        hour, minute = word.rstrip("m").split("h")
        self.add("hourtime", (int(hour), int(minute or 0), not minute), start, end)

    def slashed(self, word: str, start: int, end: int) -> None:
        first, second = (int(part) for part in word.split("/"))
        self.add("slashed", (first, second), start, end)

    def dotted(self, word: str, start: int, end: int) -> None:
        closed = word[-1] == "."
        first, second = word.rstrip(".").split(".")
        value = (int(first), int(second), second, closed)
        self.add("dotted", value, start, end - closed)

    def numdate(self, word: str, start: int, end: int) -> None:
        parts = re.split(r"[-/.]", word)
        if len(parts[0]) == 3 or (len(parts[0]) == 4 and len(parts[2]) == 4):
            self.add("stop", None, start, end)
            return
        self.add("numdate", tuple(parts), start, end)

    def iso(self, word: str, start: int, end: int) -> None:
        day, clock = word.split("t", 1)
        self.add("numdate", tuple(day.split("-")), start, start + len(day))
        hour, minute = int(clock[:2]), int(clock[3:5])
        at = start + 11 + len(day) - 10
        self.add("clocktime", (hour, minute, 0, True), at, at + 5)
        offset = re.search(r"z$|([+-])(\d\d):?(\d\d)$", clock)
        if offset:
            sign, hours, minutes = offset.groups(default="0")
            away = int(hours) + int(minutes) / 60
            self.add("zone", -away if sign == "-" else away, at + 5, end)

    def compact(self, word: str, start: int, end: int) -> None:
        self.add("numdate", (word[:4], word[4:6], word[6:]), start, end)

    def yearmonth(self, word: str, start: int, end: int) -> None:
        first, second = (int(part) for part in re.split(r"[-/.]", word))
        value = (first, second) if first > 1000 else (second, first)
        self.add("yearmonth", value, start, end)

    def decimal(self, word: str, start: int, end: int) -> None:
        self.add("decimal", float(word), start, end)

    def thisday(self, word: str, start: int, end: int) -> None:
        meaning = lexicon().get(word)
        kind, value = meaning or ("code", None)
        self.add(kind, value, start, end)

    def quarter(self, word: str, start: int, end: int) -> None:
        months, number = (3 if word[0] == "q" else 6), int(word[-1])
        self.add("qtoken", (months * (number - 1) + 1, months), start, end)

    def yearquarter(self, word: str, start: int, end: int) -> None:
        year, number = re.findall(r"\d+", word)
        self.add("year", int(year) % 100 + 2000, start, end - 2)
        self.add("qtoken", (3 * int(number) - 2, 3), end - 2, end)

    def decade(self, word: str, start: int, end: int) -> None:
        years = int(word[:-1])
        if years < 100:
            years += 2000 if years < 30 else 1900
        self.add("decade", years, start, end)

    def fiscal(self, word: str, start: int, end: int) -> None:
        self.add("fiscalyear", 2000 + int(word[-2:]), start, end)

    def shortyear(self, word: str, start: int, end: int) -> None:
        self.add("shortyear", 2000 + int(word[-2:]), start, end)

    def mark(self, word: str, start: int, end: int) -> None:
        self.add(MARKS[word], None, start, end)

    def meridiem(self, word: str, start: int, end: int) -> None:
        before = self.signs[-1].kind if self.signs else ""
        if before in words.among(_NUMBER_LIKE):
            self.add("meridiem", word[0], start, end)
        else:
            self.add("word", None, start, end)

    def short(self, word: str, start: int, end: int) -> None:
        self.add("shortmeridiem", word[0], start, end)

    def money(self, word: str, start: int, end: int) -> None:
        self.add("money", None, start, end)

    def space(self, word: str, start: int, end: int) -> None:
        """Nothing: a dot that was taken with the word before it."""


_READERS = {
    name: getattr(_Reader, name)
    for name in (
        *("number", "counted", "ordinal", "clocktime", "hoursaid", "slashed", "dotted", "numdate"),
        *(
            "iso",
            "compact",
            "yearmonth",
            "decimal",
            "thisday",
            "quarter",
            "fiscal",
            "shortyear",
            "yearquarter",
            "decade",
        ),
        *("mark", "meridiem", "short", "money", "space"),
    )
}
