"""How a text falls into pieces: words, figures of every shape that dates take, and marks."""

from __future__ import annotations

import re
from functools import cache

_SAME_LENGTH = str.maketrans("’‘`´–—−‑\u00a0\u202f", "''''----  ")
_PIECES = r"""
    (?P<junk> \S*://\S* | www\.\S+ | [\w.+-]+@[\w-]+\.\S+ | [@\#]\w+ | \b24/7\b | \bv\d+(?:\.\d+)+ )
  | (?P<money> [$€£¥₹]\s?\d[\d.,']*\s?(?:[km]|mn|bn|mio)?\b
      | \d[\d.,]*\s?(?:[%€$£] | (?:k|usd|eur|gbp|chf|percent|pct|euros?|dollars?|pounds?|quid
        |bucks|mio|mln|bn|million|thousand|grand)\b) )
  | (?P<iso> \d{4}-\d{1,2}-\d{1,2}[t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})? )
  | (?P<phone> \+\d[\d\s().-]{6,}\d | \(?\d{3}\)?[-.\s]\d{3}[-.\s]\d{4}\b
      | \b0\d{2,4}[\s-]\d{3,}(?:[\s-]\d{2,})* | \d{9,} )
  | (?P<yearquarter> (?:20)?\d\d\s?[-/]?q[1-4]\b )
  | (?P<decade> '?(?:19|20)?\d0'?s\b )
  | (?P<compact> (?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d) )
  | (?P<numdate> \d{1,4}(?P<by>[-/.])\d{1,2}(?P=by)(?:\d{4}|\d{1,2})(?!\d|\.\d|/\d) )
  | (?P<yearmonth> (?:19|20)\d\d[-/.](?:1[0-2]|0?[1-9])(?!\d|[-/.]\d)
      | (?:1[0-2]|0?[1-9])[-/.](?:19|20)\d\d(?!\d) )
  | (?P<clocktime> [012]?\d:[0-5]\d(?::[0-5]\d)?(?![\d:]) )
  | (?P<ratio> \d+:\d[\d:]* )
  | (?P<slashed> \d{1,2}/\d{1,2}(?![\d/]) )
  | (?P<dotted> \d{1,2}\.\d{1,2}(?!\d|\.\d)(?:\.)? )
  | (?P<decimal> \d+\.\d+ )
  | (?P<ordinal> \d{1,2}(?:st|nd|rd|th)\b )
  | (?P<hoursaid> \d{1,2}h(?:[0-5]\d)?m?\b )
  | (?P<thisday> 2(?:day|nite|night|m[a-z]+)\b )
  | (?P<counted> \d+(?=(?:mins?|minutes?|hrs?|hours?|days?|wks?|weeks?|mths?|months?|mos?|yrs?
        |years?|secs?
        |[dwmy]|ish|(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]{0,6}
        |[ap]\.?m|[ap])\b) )
  | (?P<meridiem> (?<=\d)[ap]\.?m\b\.? | \b[ap]\.\s?m\b\.? | \b[ap]m\b\.? | \b[ap]\sm\b )
  | (?P<short> (?<=\d)[ap]\.?(?![^\W_]) )
  | (?P<glued> (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}(?=\d{1,2}\b) )
  | (?P<quarter> (?:q\s?[1-4]|h[12])\b )
  | (?P<fiscal> fy\s?'?(?:20)?\d\d\b )
  | (?P<number> \d{1,3}(?:,\d{3})+\b | \d+(?![^\W_]|\d) )
  | (?P<shortyear> '\d\d(?!\d) )
  | (?P<code> \w*\d\w* )
  | (?P<word> [^\W\d_]+(?:'[^\W\d_]+)* '? )
  | (?P<mark> [-/,.&@~+] )
  | (?P<stop> [^\s\w] | _+ )
    """
MARKS = {
    "-": "dash",
    "/": "slash",
    ",": "comma",
    ".": "dot",
    "&": "and",
    "@": "at",
    "~": "around",
    "+": "and",
}


@cache
def pieces() -> re.Pattern[str]:
    """The pattern whose last group names the kind of a piece; it wants lower case."""
    return re.compile(_PIECES, re.VERBOSE | re.IGNORECASE)


def lowered(text: str) -> str:
    """Lower case, plain apostrophes, dashes and spaces, and no offset moved."""
    plain = text.translate(_SAME_LENGTH)
    lower = plain.lower()
    if len(lower) == len(text):
        return lower
    return "".join(one if len(one) == 1 else char for char in plain for one in (char.lower(),))
