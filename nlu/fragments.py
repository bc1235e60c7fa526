"""Half sentences: a message that only says what is different, a clause that only narrows."""

from __future__ import annotations

import re
from dataclasses import replace

from nlu.conventions import convention
from nlu.engine import Parse

AMEND = "amend"
_MOST_WORDS = 6
_OPENING = re.compile(
    r"^\s*(?:ok(?:ay)?,?\s+)?(?:and|or|what about|how about|same|now just|now|just|only)\b"
    r"(?P<rest>.*)$",
    re.IGNORECASE,
)
_OF_ITS_OWN = re.compile(
    r"\b(?:log|remind|call|ring|email|add|new|move|mark|set|show|list|tell|who|when|where|why|how"
    r"|did|does|do|is|are|was|has|have|can|met|spoke|sent|paid|called|rang|emailed)\b",
    re.IGNORECASE,
)
NARROWING = frozenset(["limit", "group_by", "period", "channel", "assignee"])
_SHORT = 4


def as_fragment(message: str, parse: Parse) -> Parse:
    """The parse of a whole message as an amendment, where it has no wish of its own ("and
    last year?", "same for Jones", "now just Dana")."""
    intent, chance = parse.intents[0]
    opening = _OPENING.match(message)
    asks = convention(intent).time == "period" or intent in ("choose", "out_of_scope")
    if intent == AMEND or not opening or not asks:
        return parse
    rest = opening["rest"]
    if not rest.strip(" ?!.") or len(rest.split()) > _MOST_WORDS or _OF_ITS_OWN.search(rest):
        return parse
    others = tuple(pair for pair in parse.intents if pair[0] != AMEND)
    return replace(parse, intents=((AMEND, chance), *others))


def only_narrows(intent: str, slots: frozenset[str], words: int) -> bool:
    """Whether a later clause only adds to a question ("top 3", "by owner", "last month")."""
    if intent == AMEND and not slots:
        return True
    measures = convention(intent).time == "period"
    return measures and words <= _SHORT and bool(slots) and slots <= NARROWING | {"metric"}
