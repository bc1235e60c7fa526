"""Words that tell what a word beside them is: a date, or something else."""

from __future__ import annotations

from functools import cache

from nlu.dates.words import among

# Next to these, what looks like a date is something else: (just before it, just after it).
_PEOPLE = "i we he she they you it who"


NOT_A_DATE: dict[str, tuple[str, str]] = {
    "sat": (
        f"{_PEOPLE} just",
        "down with next beside there through around in on together nav",
    ),
    "sun": ("the a", "light shine life ltd inc"),
    "may": (
        f"{_PEOPLE} that which there customer customers client clients",
        f"{_PEOPLE} be not have well also need want take still or ask please contain affect",
    ),
    "march": ("i we they to", "on into out in off over"),
    "second": (
        "",
        "quote call one time visit offer opinion meeting thought person number phone email "
        "address hand reminder deal floor",
    ),
    "fall": (
        "to will may could i we they you it",
        "off behind down through back apart short",
    ),
    "spring": ("to", "sale campaign promo offer clean"),
    "summer": ("", "sale campaign promo offer"),
    "winter": ("", "sale campaign promo offer"),
    "autumn": ("", "sale campaign promo offer"),
    "week": ("great nice good lovely", ""),
    "day": ("great nice good lovely", ""),
    "annual": ("", "report leave review"),
}


# After a bare hour or day number these say that it counted or addressed something.
STREETS = "st street road rd ave avenue lane ln drive dr way square close court"


COUNTED = (
    "percent pct k m mm cm kg km euros euro dollars dollar usd eur gbp pounds quid bucks unit "
    "piece seat user person people pax star stars item line floor inch inches ft price off "
    "size"
)


ORDINAL_NOUNS = (
    "floor quote visit option one time attempt deal item edition anniversary birthday meeting "
    "email mail invoice reminder street avenue party person place round draft version "
    "proposal offer row entry customer contact appointment demo try half gen generation"
)


HOLIDAY_NOUNS = (
    "card cards party parties present presents campaign sale sales offer offers promo "
    "promotion newsletter bonus gift gifts hamper hampers market special discount greetings"
)


AFTER_SINGLE_DAY = (
    "call meeting visit demo appt appointment reminder email chat catchup lunch session"
)


# What may follow a bare hour without making it a count of something.
LINKS = (
    "with w about re regarding if so please pls plz then because as instead thx thanks too "
    "also when is are was were it that they he she we i you not no ok okay his her my our "
    "their your me him us them unless but yes sharp local uk time ltr asap sometime anytime "
    "any some works suits"
)


TITLES = "mr mrs ms miss dr prof sir madam"


# Months that are also first names or plain words: from a capital beside them they are neither.
NAMELIKE_MONTHS = "may april june august jan mar march"


@cache
def telltales(word: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """The words just before and just after which this one is no date; None where always one."""
    said = NOT_A_DATE.get(word)
    return None if said is None else (among(said[0]), among(said[1]))
