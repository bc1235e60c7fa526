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
    "quarter": "quarters qtrs",
    "year": "year years yr yrs fy",
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
    "dawn": (4, 8, "dawn daybreak sunrise"),
    "lunch": (12, 14, "lunchtime lunch-time"),
    "afterlunch": (13, 17, ""),
    "afterschool": (15, 21, ""),
    "smallhours": (0, 6, ""),
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


# Hours from UTC; a zone is one only after a time of day.
ZONES = {
    "utc": 0,
    "gmt": 0,
    "z": 0,
    "bst": 1,
    "cet": 1,
    "cest": 2,
    "eet": 2,
    "eest": 3,
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
    "ist": 5.5,
    "jst": 9,
    "aest": 10,
    "aedt": 11,
}


DECADES = {
    "twenties": 2020,
    "fifties": 1950,
    "sixties": 1960,
    "seventies": 1970,
    "eighties": 1980,
    "nineties": 1990,
    "noughties": 2000,
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
    "rest": "rest remainder remaining",
    "oclock": "o'clock oclock",
    "ish": "ish",
    "around": "around about approx approximately roughly ~ circa exactly sharp abt arnd",
    "work": "business working work",
    "calendar": "calendar fiscal financial full whole entire",
    "all": "all",
    "than": "than",
    "less": "less",
    "its": "it's its",
    "above": "above",
    "weekend": "weekend wkend wknd weeknd",
    "weekdayword": "weekday workday",
    "weekdaysword": "weekdays workdays",
    "weekends": "weekends",
    "once": "once",
    "twice": "twice",
    "times": "times",
    "per": "per",
    "half": "half",
    "quarterword": "quarter quater qtr",
    "hundred": "hundred",
    "thousand": "thousand",
    "time": "time",
    "date": "dated date",
    "onwards": "onwards onward",
    "instead": "instead",
    "oh": "oh o",
    "more": "more another extra",
}


@cache
def among(words: str) -> frozenset[str]:
    """The words of one of the tables above, to look one up in."""
    return frozenset(words.split())
