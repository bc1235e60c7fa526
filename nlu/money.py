"""Amounts of money as people type them: "20k", "€300", "2,900 euros", "5 lakh"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

from nlu.spoken_numbers import Spoken, spoken_numbers


@dataclass(frozen=True, slots=True)
class Money:
    """A decimal amount; `currency` is an ISO 4217 code, or None where none was said."""

    value: Decimal
    currency: str | None = None

    def to_json(self) -> dict[str, str | None]:
        return {"value": f"{self.value:.2f}", "currency": self.currency}


@dataclass(frozen=True, slots=True)
class FoundMoney:
    """An amount and its characters in a text. `certain`: a currency or magnitude was typed."""

    start: int
    end: int
    money: Money
    certain: bool


@dataclass(frozen=True)
class _Grammar:
    pattern: re.Pattern[str]
    signs: dict[str, str]
    words: dict[str, str]
    magnitudes: dict[str, int]
    numbers: dict[str, Decimal]


_NOT_MONEY_AFTER = re.compile(
    r"\s*(?:%|percent\b|per\s?cent\b|pct\b|st\b|nd\b|rd\b|th\b|am\b|pm\b|o'?clock|out of\b|"
    r"(?:seats?|users?|licen[cs]es?|units?|pcs|pieces|people|surveys?|times?|stars?|days?|weeks?|"
    r"months?|years?|hours?|hrs?|mins?|minutes?|nights?|boxes|pallets|chairs|items?|copies|"
    r"calls?|deals?|customers?|reps?|emails?|meetings?|visits?)\b|[/:]\d|-\d)",
    re.IGNORECASE,
)
_NOT_MONEY_BEFORE = re.compile(
    r"(?:#|\b(?:invoice|inv|order|no|nr|number|po|quote|ref|reference|ticket|case|room|code|is it|"
    r"page|option|version|top|last|first|next|flat|unit|suite|q|account|q)\.?:?\s*#?|[\w@./+:-])$",
    re.IGNORECASE,
)


@cache
def _grammar() -> _Grammar:
    text = resources.files("nlu").joinpath("lexicon/money.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)

    def either(words: Sequence[str]) -> str:
        return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))

    signs, words = either(list(table["signs"])), either(list(table["words"]))
    sizes, spoken = either(list(table["magnitudes"])), either(list(table["numbers"]))
    digits = r"\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
    pattern = re.compile(
        rf"(?<![\w.,:/+-])(?:(?P<before>{signs}|(?:{words})(?=\s?\d))\s?)?"
        rf"(?:(?P<digits>{digits})|(?P<spoken>\b(?:{spoken})(?:(?:[\s-]|\sa\s)(?:{spoken}))?)(?=\s))"
        rf"(?:\s?-?(?P<size>{sizes})\b)?(?:\s(?P<size2>thousand|million|grand|hundred)\b)?"
        rf"(?:\s?(?P<after>(?:{words})\b|(?:{signs})(?!\w)))?(?![\w@])",
        re.IGNORECASE,
    )
    return _Grammar(
        pattern,
        table["signs"],
        table["words"],
        table["magnitudes"],
        {word: Decimal(number) for word, number in table["numbers"].items()},
    )


def find_money(text: str, comma_decimal: bool | None = None) -> list[FoundMoney]:
    """Every amount; bare numbers too, as not certain, except where they are something else.

    "2,900" and "2.900" are thousands. `comma_decimal` decides where it stays open, as in
    "1,5" (None: a comma with one or two digits after it is a decimal comma).
    """
    grammar = _grammar()
    found = []
    for match in grammar.pattern.finditer(text):
        currency, named = _currency(match, grammar)
        size = (match["size"] or "").lower()
        certain = named or bool(size)
        if match["spoken"] and not certain:
            continue
        if size in ("m", "b", "t") and not named and match["spoken"]:
            continue
        if not certain and (
            _NOT_MONEY_AFTER.match(text, match.end())
            or _NOT_MONEY_BEFORE.search(text[: match.start()])
        ):
            continue
        if not named and re.match(r"\s*%|\s?x\d", text[match.end() :]):
            continue
        value = _value(match, grammar, comma_decimal)
        if value is not None:
            money = Money(value.quantize(Decimal("0.01")), currency)
            found.append(FoundMoney(match.start(), match.end(), money, certain))
    spoken = [_spoken(text, one, grammar) for one in _in_words(text, grammar)]
    apart = [f for f in found if all(f.end <= s.start or f.start >= s.end for s in spoken)]
    return sorted([*apart, *spoken], key=lambda one: one.start)


def _in_words(text: str, grammar: _Grammar) -> list[Spoken]:
    return [
        one
        for one in spoken_numbers(text, grammar.numbers, grammar.magnitudes)
        if not _NOT_MONEY_AFTER.match(text, one.end)
    ]


def _spoken(text: str, one: Spoken, grammar: _Grammar) -> FoundMoney:
    after = re.match(r"\s*([^\W\d_]+)", text[one.end :])
    word = after.group(1).lower() if after else ""
    end = one.end + after.end() if after and word in grammar.words else one.end
    money = Money(one.value.quantize(Decimal("0.01")), grammar.words.get(word) or None)
    return FoundMoney(one.start, end, money, certain=True)


def _currency(match: re.Match[str], grammar: _Grammar) -> tuple[str | None, bool]:
    for group in ("before", "after"):
        said = (match[group] or "").lower()
        if said:
            code = grammar.signs.get(said, grammar.words.get(said, ""))
            return code or None, True
    return None, False


def _value(match: re.Match[str], grammar: _Grammar, comma_decimal: bool | None) -> Decimal | None:
    if match["digits"]:
        number = _number(match["digits"], bool(match["size"]), comma_decimal)
    else:
        words = [w for w in re.split(r"[\s-]+", match["spoken"].lower()) if w]
        if words[0] == "half" and words[1:] in (["a"], []):
            number = Decimal("0.5")
        else:
            number = sum((grammar.numbers[w] for w in words), Decimal(0))
    for group in ("size", "size2"):
        if match[group]:
            number *= grammar.magnitudes[match[group].lower()]
    return number if number.adjusted() < 18 else None


def _number(digits: str, sized: bool, comma_decimal: bool | None) -> Decimal:
    """Of two signs the last is the decimal one; a lone one with three digits groups."""
    bare = re.sub(r"[' \u00a0\u202f]", "", digits)
    commas, points = bare.count(","), bare.count(".")
    if commas and points:
        decimal = "," if bare.rfind(",") > bare.rfind(".") else "."
    elif commas + points == 1:
        sign = "," if commas else "."
        behind = len(bare) - bare.index(sign) - 1
        groups = behind == 3 and not (sized and sign == ("," if comma_decimal else "."))
        decimal = "" if groups else sign
    else:
        decimal = ""
    whole = "".join("." if c == decimal else "" if c in ",." else c for c in bare)
    return Decimal(whole)
