"""The words that dates are said in: months, weekdays, units, numbers, with their usual typos."""

from __future__ import annotations

from functools import cache

MONTHS = (
    "january jan janurary januray",
    "february feb febuary februrary febr",
    "march mar",
    "april apr aprl",
    "may",
    "june jun",
    "july jul",
    "august aug agust",
    "september sep sept septmber",
    "october oct octobre",
    "november nov novemeber",
    "december dec decembre",
)
WEEKDAYS = (
    "monday mon mondy moday",
    "tuesday tue tues tuseday teusday tuesd",
    "wednesday wed weds wedn wensday wednsday wendsday wednes",
    "thursday thu thur thurs thrusday thirsday thurday thursd",
    "friday fri firday friady fryday",
    "saturday sat satuday saterday",
    "sunday sun sunady",
)
# Seconds for what a clock measures, days and months for what a calendar does.
UNITS = {
    "second": "seconds secs sec",
    "minute": "minute minutes min mins minuts minuets",
    "hour": "hour hours hr hrs h hrss",
    "day": "day days dys dayz",
    "week": "week weeks wk wks weks",
    "fortnight": "fortnight fortnights",
    "month": "month months mth mths mnth mnths mo mos",
    "quarter": "quarters qtr qtrs qtrly",
    "year": "year years yr yrs",
    "decade": "decade decades",
}
NUMBERS = {
    word: value
    for value, words in {
        1: "one",
        2: "two",
        3: "three",
        4: "four",
        5: "five",
        6: "six",
        7: "seven",
        8: "eight",
        9: "nine",
        10: "ten",
        11: "eleven",
        12: "twelve",
        13: "thirteen",
        14: "fourteen",
        15: "fifteen",
        16: "sixteen",
        17: "seventeen",
        18: "eighteen",
        19: "nineteen",
        20: "twenty",
        30: "thirty",
        40: "forty fourty",
        50: "fifty",
        60: "sixty",
        70: "seventy",
        80: "eighty",
        90: "ninety",
    }.items()
    for word in words.split()
}
ORDINALS = {
    word: value
    for value, words in {
        1: "first",
        3: "third",
        4: "fourth",
        5: "fifth",
        6: "sixth",
        7: "seventh",
        8: "eighth eigth",
        9: "ninth nineth",
        10: "tenth",
        11: "eleventh",
        12: "twelfth twelth",
        13: "thirteenth",
        14: "fourteenth",
        15: "fifteenth",
        16: "sixteenth",
        17: "seventeenth",
        18: "eighteenth",
        19: "nineteenth",
        20: "twentieth",
        30: "thirtieth",
    }.items()
    for word in words.split()
}
# Offset in days from today.
DAY_WORDS = {
    0: "today tday 2day tdy todays",
    1: "tomorrow tomorow tommorow tommorrow tomorro tomorrw tmrw tmrow tmr tmrrw tmw tomoz tomo "
    "2moro 2morrow 2mrw 2mro 2morow tomorrows morgen",
    -1: "yesterday yday yest yestday yesteday ystd ystday ysterday yesterdays",
}
# First and last hour; 24 is midnight at the day's end.
PARTS = {
    "morning": (8, 12, "morning mornin morn mornings morining forenoon"),
    "afternoon": (12, 17, "afternoon arvo aft afternoons aftrnoon afternon avo"),
    "evening": (17, 21, "evening eve evenings evenin"),
    "night": (20, 24, "night nite nights overnight"),
    "lunch": (12, 14, "lunchtime lunch-time"),
    "breakfast": (7, 9, "breakfast"),
    "dinner": (18, 20, "dinner dinnertime teatime"),
}
FREQUENCIES = {
    "daily": ("DAILY", 1),
    "everyday": ("DAILY", 1),
    "nightly": ("DAILY", 1),
    "weekly": ("WEEKLY", 1),
    "biweekly": ("WEEKLY", 2),
    "bi-weekly": ("WEEKLY", 2),
    "fortnightly": ("WEEKLY", 2),
    "monthly": ("MONTHLY", 1),
    "bimonthly": ("MONTHLY", 2),
    "quarterly": ("MONTHLY", 3),
    "yearly": ("YEARLY", 1),
    "annually": ("YEARLY", 1),
    "annual": ("YEARLY", 1),
    "biannually": ("MONTHLY", 6),
    "semiannually": ("MONTHLY", 6),
    "biannual": ("MONTHLY", 6),
    "biennial": ("YEARLY", 2),
}
# First day, as month and day.
SEASONS = {
    "spring": (3, 20),
    "summer": (6, 21),
    "autumn": (9, 23),
    "fall": (9, 23),
    "winter": (12, 21),
}

# Words whose kind is all that matters to the grammar.
SIGNS = {
    "the": "the",
    "a": "a an",
    "of": "of",
    "on": "on",
    "at": "at @ arround",
    "in": "in during",
    "for": "for",
    "over": "over throughout",
    "within": "within",
    "by": "by",
    "to": "to through thru",
    "until": "until till til untill 'til unitl",
    "from": "from frm",
    "between": "between betw btwn",
    "and": "and & n",
    "but": "but",
    "or": "or",
    "before": "before b4",
    "after": "after aftr",
    "past": "past",
    "since": "since sinc",
    "starting": "starting commencing effective",
    "this": "this",
    "current": "current",
    "next": "next nxt nex nextt",
    "last": "last lst previous prev",
    "coming": "coming upcoming",
    "following": "following",
    "every": "every each evry evrey ev",
    "other": "other alternate",
    "ago": "ago",
    "back": "back",
    "later": "later hence",
    "earlier": "earlier",
    "now": "now rn",
    "begin": "beginning start",
    "mid": "mid middle",
    "end": "end",
    "early": "early",
    "late": "late",
    "rest": "rest remainder",
    "oclock": "o'clock oclock",
    "ish": "ish",
    "around": "around about approx approximately roughly ~ circa exactly sharp abt arnd",
    "work": "business working work",
    "calendar": "calendar fiscal financial full whole entire",
    "weekend": "weekend wkend wknd weeknd",
    "weekdayword": "weekday workday",
    "weekdaysword": "weekdays workdays",
    "weekends": "weekends",
    "once": "once",
    "twice": "twice",
    "times": "times",
    "per": "per",
    "half": "half",
    "quarterword": "quarter quater",
    "hundred": "hundred",
    "thousand": "thousand",
    "time": "time",
    "date": "dated date",
    "onwards": "onwards onward",
    "instead": "instead",
    "oh": "oh",
    "when": "when",
}
# Several words that are one sign; the value is the sign, or a number where one is meant.
PHRASES: dict[str, tuple[str, object]] = {
    "day after tomorrow": ("dayword", 2),
    "day after tmrw": ("dayword", 2),
    "day after tmr": ("dayword", 2),
    "day after tomoz": ("dayword", 2),
    "day after tomorow": ("dayword", 2),
    "overmorrow": ("dayword", 2),
    "day before yesterday": ("dayword", -2),
    "day b4 yesterday": ("dayword", -2),
    "prior to": ("before", None),
    "earlier than": ("before", None),
    "sooner than": ("before", None),
    "ahead of": ("before", None),
    "in advance of": ("before", None),
    "no later than": ("by", None),
    "not later than": ("by", None),
    "at the latest": ("latest", None),
    "at latest": ("latest", None),
    "on or before": ("by", None),
    "before or on": ("by", None),
    "before or in": ("by", None),
    "in or before": ("by", None),
    "before or at": ("by", None),
    "up to": ("until", None),
    "up until": ("until", None),
    "up till": ("until", None),
    "later than": ("after", None),
    "on or after": ("starting", None),
    "after or on": ("starting", None),
    "after or in": ("starting", None),
    "after or at": ("starting", None),
    "later than or in": ("starting", None),
    "in or after": ("starting", None),
    "as of": ("starting", None),
    "as from": ("starting", None),
    "starting from": ("starting", None),
    "starting on": ("starting", None),
    "starting at": ("starting", None),
    "starting in": ("starting", None),
    "beginning on": ("starting", None),
    "beginning from": ("starting", None),
    "from now": ("fromnow", None),
    "from today": ("fromtoday", None),
    "right now": ("now", None),
    "just now": ("now", None),
    "at the moment": ("now", None),
    "at this moment": ("now", None),
    "at present": ("now", None),
    "straight away": ("now", None),
    "a couple of": ("number", 2),
    "a couple": ("number", 2),
    "couple of": ("number", 2),
    "couple": ("number", 2),
    "a pair of": ("number", 2),
    "a few": ("number", 3),
    "few": ("number", 3),
    "several": ("number", 3),
    "a dozen": ("number", 12),
    "half a dozen": ("number", 6),
    "end of day": ("endofday", None),
    "end of the day": ("endofday", None),
    "end of business": ("endofday", None),
    "end of business day": ("endofday", None),
    "close of business": ("endofday", None),
    "close of play": ("endofday", None),
    "end of play": ("endofday", None),
    "end of work": ("endofday", None),
    "eod": ("endofday", None),
    "cob": ("endofday", None),
    "eob": ("endofday", None),
    "cop": ("endofday", None),
    "close of day": ("endofday", None),
    "week end": ("weekend", None),
    "eow": ("endof", "week"),
    "eom": ("endof", "month"),
    "eoq": ("endof", "quarter"),
    "eoy": ("endof", "year"),
    "week's end": ("endof", "week"),
    "month end": ("endof", "month"),
    "month's end": ("endof", "month"),
    "months end": ("endof", "month"),
    "quarter end": ("endof", "quarter"),
    "quarter's end": ("endof", "quarter"),
    "year end": ("endof", "year"),
    "year's end": ("endof", "year"),
    "year to date": ("todate", "year"),
    "ytd": ("todate", "year"),
    "quarter to date": ("todate", "quarter"),
    "qtd": ("todate", "quarter"),
    "month to date": ("todate", "month"),
    "mtd": ("todate", "month"),
    "week to date": ("todate", "week"),
    "wtd": ("todate", "week"),
    "so far this year": ("todate", "year"),
    "so far this quarter": ("todate", "quarter"),
    "so far this month": ("todate", "month"),
    "so far this week": ("todate", "week"),
    "week of": ("weekof", None),
    "week commencing": ("weekof", None),
    "week beginning": ("weekof", None),
    "week starting": ("weekof", None),
    "week ending": ("weekof", None),
    "w/c": ("weekof", None),
    "w/e": ("weekof", None),
    "wc": ("weekof", None),
    "o clock": ("oclock", None),
    "first thing": ("firstthing", None),
    "1st thing": ("firstthing", None),
    "make it": ("makeit", None),
    "make that": ("makeit", None),
    "change it to": ("makeit", None),
    "change that to": ("makeit", None),
    "move it to": ("makeit", None),
    "move that to": ("makeit", None),
    "push it to": ("makeit", None),
    "at night": ("partsaid", "night"),
    "at lunch": ("partsaid", "lunch"),
    "over lunch": ("partsaid", "lunch"),
    "after lunch": ("partsaid", "afternoon"),
    "before lunch": ("partsaid", "morning"),
    "after work": ("partsaid", "evening"),
    "after hours": ("partsaid", "evening"),
    "this arvo": ("tonight", "afternoon"),
    "tonight": ("tonight", "night"),
    "tonite": ("tonight", "night"),
    "2nite": ("tonight", "night"),
    "2night": ("tonight", "night"),
    "tonights": ("tonight", "night"),
    "noon": ("noon", None),
    "midday": ("noon", None),
    "mid day": ("noon", None),
    "noontime": ("noon", None),
    "midnight": ("midnight", None),
    "bi weekly": ("frequency", ("WEEKLY", 2)),
    "bi-weekly": ("frequency", ("WEEKLY", 2)),
    "every day": ("frequency", ("DAILY", 1)),
    "each day": ("frequency", ("DAILY", 1)),
    "half yearly": ("frequency", ("MONTHLY", 6)),
    "twice a year": ("frequency", ("MONTHLY", 6)),
    "per annum": ("frequency", ("YEARLY", 1)),
    "all day": ("allday", None),
}
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
    "percent pct k m mm cm kg km euros euro dollars dollar usd eur gbp pounds quid bucks unit piece "
    "seat user person people pax star stars item line floor"
)
ORDINAL_NOUNS = (
    "floor quote visit option one time attempt deal item edition anniversary birthday meeting email "
    "mail invoice reminder street avenue party person place round draft version proposal offer row "
    "entry customer contact appointment demo try half gen generation"
)
HOLIDAY_NOUNS = (
    "card cards party parties present presents campaign sale sales offer offers promo promotion "
    "newsletter bonus gift gifts hamper hampers market special discount greetings"
)
AFTER_SINGLE_DAY = (
    "call meeting visit demo appt appointment reminder email chat catchup lunch session"
)
# What may follow a bare hour without making it a count of something.
LINKS = (
    "with w about re regarding if so please pls plz then because as instead thx thanks too also when "
    "is are was were it that they he she we i you not no ok okay his her my our their your me him us "
    "them unless but yes sharp local uk time ltr asap"
)
# Months that are also first names or plain words: from a capital beside them they are neither.
NAMELIKE_MONTHS = "may april june august jan mar march"


@cache
def neighbours(word: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """The words just before and just after which this one is no date; None where always one."""
    said = NOT_A_DATE.get(word)
    return None if said is None else (among(said[0]), among(said[1]))


@cache
def among(words: str) -> frozenset[str]:
    """The words of one of the tables above, to look one up in."""
    return frozenset(words.split())
