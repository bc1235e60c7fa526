"""Values of the closed slots: who reached whom, by what channel, how many, which one."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from nlu.words import plain

CLOSED = frozenset(
    [
        "channel",
        "direction",
        "milestone",
        "outcome",
        "sentiment",
        "stage",
        "metric",
        "group_by",
        "field",
        "state",
        "comparison",
    ]
)
DIRECTIONS = frozenset(["inbound", "outbound", "internal"])
_COUNTS = {
    word: number
    for number, words in enumerate(
        [
            "one a",
            "two couple both pair",
            "three few",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        1,
    )
    for word in words.split()
} | {"fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100, "dozen": 12}
_ORDINALS = {
    word: number
    for number, words in enumerate(
        [
            "first top 1st",
            "second 2nd",
            "third 3rd",
            "fourth 4th",
            "fifth 5th",
            "sixth 6th",
            "seventh 7th",
            "eighth 8th",
            "ninth 9th",
            "tenth 10th",
        ],
        1,
    )
    for word in words.split()
} | {"last": -1, "latter": -1, "bottom": -1, "final": -1, "former": 1, "upper": 1, "lower": -1}


@dataclass(frozen=True)
class _Contact:
    verbs: dict[str, str]
    phrases: dict[str, tuple[str, ...]]


@cache
def _contact() -> _Contact:
    text = resources.files("nlu").joinpath("lexicon/contact.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    verbs = {verb: channel for channel, listed in table["verbs"].items() for verb in listed}
    return _Contact(verbs, {way: tuple(listed) for way, listed in table["phrases"].items()})


def count_in(words: str) -> int | None:
    """ "5", "five", "a couple of" as a number."""
    number = re.search(r"\d+", words)
    if number:
        return int(number.group())
    return next((_COUNTS[w] for w in re.findall(r"[a-z]+", plain(words)) if w in _COUNTS), None)


def position_in(words: str) -> int | None:
    """ "the second one", "#3", "last" as 2, 3, -1; "second to last" as -2."""
    low = plain(words)
    if re.search(r"\b(?:second|2nd|next) (?:to |from )?(?:the )?(?:last|bottom)\b", low):
        return -2
    for word in re.findall(r"[a-z0-9]+", low):
        if word in _ORDINALS:
            return _ORDINALS[word]
        if word.isdigit() and len(word) < 4:
            return int(word)
    return count_in(low)


def rating_in(words: str) -> int | None:
    """1 to 5, also of "8/10" and of stars."""
    low = plain(words)
    stars = low.count("⭐") or low.count("★")
    if stars:
        return min(stars, 5)
    scale = re.search(r"(\d+(?:[.,]\d+)?)\s*(?:/|out of|of|von|over)\s*(\d+)", low)
    if scale and int(scale[2]) > 0:
        share = float(scale[1].replace(",", ".")) / int(scale[2])
        return max(1, min(5, round(share * 5)))
    number = count_in(low)
    return number if number is not None and 1 <= number <= 5 else None


def minutes_in(words: str) -> int | None:
    """ "20 min", "an hour and a half", "2h" as minutes."""
    low = plain(words).replace(",", ".")
    if re.search(r"\bhalf an hour\b|\bhalf hour\b|\b1/2 ?h", low):
        extra = re.search(r"(\d+) and (?:a )?half", low)
        return 30 if not extra else int(extra[1]) * 60 + 30
    total, found = 0.0, False
    for number, unit in re.findall(
        r"(\d+(?:\.\d+)?|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|"
        r"thirty|forty|fifty|couple(?: of)?|few)\b)[\s-]*"
        r"(hours?|hrs?|h\b|minutes?|mins?|m\b|min\b|seconds?|secs?)",
        low,
    ):
        value = float(number) if number[0].isdigit() else float(_spoken(number))
        scale = 60 if unit.startswith("h") else 1 / 60 if unit.startswith("s") else 1
        total, found = total + value * scale, True
        if scale == 60 and re.search(r"and a half|and half", low):
            total += 30
    return max(1, round(total)) if found else None


def _spoken(word: str) -> int:
    more = {"forty": 40, "an": 1}
    return more.get(word, _COUNTS.get(word.split()[0], 1))


def comparison_before(text: str, amount_start: int, amount_end: int) -> str | None:
    """Whether an amount is a bound, by the words around it."""
    before, after = plain(text[:amount_start]).rstrip(), plain(text[amount_end:]).lstrip()
    over = (
        r"(?:over|above|more than|greater than|larger than|bigger than|higher than|at least|from|"
    )
    over += r"min\.?|minimum|north of|in excess of|exceeding|upwards? of|beyond|>=?|"
    over += r"(?:not|no) less than)$"
    under = (
        r"(?:under|below|less than|smaller than|lower than|at most|up to|max\.?|maximum|south of|"
    )
    under += r"(?:not|no) more than|cheaper than|<=?|within)$"
    if re.search(under, before) or re.match(r"(?:or|and) (?:less|below|under|smaller)\b", after):
        return "under"
    if re.search(over, before) or re.match(
        r"(?:\+|plus\b|or more\b|and (?:up|above|more)\b|or (?:above|over)\b|upwards\b)", after
    ):
        return "over"
    return None


_FROM = re.compile(
    r"\b(?:calls?|e-?mails?|mails?|vms?|voice ?mails?|msgs?|messages?|texts?|letters?|fax|dms?"
    r"|notes?|"
    r"pings?|whatsapps?|enquiry|inquiry|requests?|line|word) (?:back )?(?:from|fr|frm)\b"
)


def direction_of(text: str, customer: tuple[int, int] | None) -> str | None:
    """Who reached whom, by the order of the name and the verb, or by set phrases."""
    low = plain(text)
    if len(low) != len(text):
        low = text.lower()
    contact = _contact()
    if _FROM.search(low):
        return "inbound"
    for way in ("internal", "inbound", "outbound"):
        if any(re.search(rf"(?<!\w){re.escape(p)}(?!\w)", low) for p in contact.phrases[way]):
            return way
    if customer is None:
        return None
    for verb in sorted(contact.verbs, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(verb)}(?!\w)", low):
            between = low[customer[1] : match.start()]
            if customer[1] <= match.start() and _near(between):
                return "inbound"
            if match.end() <= customer[0] and _near(low[match.end() : customer[0]]):
                return "outbound"
    return None


def _near(between: str) -> bool:
    return len(between.split()) <= 5 and not re.search(r"[.;:]|\bfrom\b", between)


def channel_of_verbs(text: str) -> str | None:
    """The channel that a contact verb implies."""
    low = plain(text)
    contact = _contact()
    for verb in sorted(contact.verbs, key=len, reverse=True):
        channel = contact.verbs[verb]
        if channel != "any" and re.search(rf"(?<!\w){re.escape(verb)}(?!\w)", low):
            return channel
    return None


_FIELD_WORDS = (
    ("kind", re.compile(r"^(?:an? |our )?(?:vendor|supplier|partner|reseller)$")),
    ("lifecycle_stage", re.compile(
        r"^(?:an? )?(?:lead|prospect|lapsed|repurchase)(?: customer)?$"
    )),
    ("gender", re.compile(r"^(?:an? )?(?:fe)?male$|^(?:an? )?(?:wo)?man$")),
    ("age_range", re.compile(
        r"^(?:about |around |roughly |maybe |in (?:his|her|their) )*(?:early |mid |late )?"
        r"(?:\d{2}(?:s|ish|-\d{2})?|(?:twen|thir|for|fif|six|seven|eigh)ties)"
        r"(?: years? old| yrs?)?$"
    )),
)  # fmt: skip


def field_of_value(value: str) -> str | None:
    """The customer field that a bare value can only be for."""
    for field, words in _FIELD_WORDS:
        if words.search(plain(value).strip()):
            return field
    if re.search(r"[\w.+-]+@[\w-]+\.\w", value):
        return "email"
    if re.search(r"https?://|www\.|\b[\w-]+\.(?:com|org|net|io|de|co\.uk|eu|fr)\b", value):
        return "website"
    digits = re.sub(r"\D", "", value)
    if len(digits) >= 7 and re.fullmatch(r"[\d\s()+./-]+", value.strip()):
        return "phone"
    if re.match(r"\d+\w?\s+\w+|.*\b(?:street|st|road|rd|lane|ave|straße|strasse)\b", plain(value)):
        return "address"
    return None
