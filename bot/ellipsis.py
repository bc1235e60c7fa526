"""Half sentences: "and last month?", "same for Jones", "wrong Smith" mean the turn before."""

import re
from dataclasses import replace

from nlu import Act
from skills.focus import Focus

AGAIN = re.compile(
    r"^\s*(?:and|what about|how about|same|same again|only|just|but|or)\b(?!.*\b(?:log|remind)\b)",
    re.IGNORECASE,
)
WRONG = re.compile(r"^\s*(?:no[,. ]+)?(?:the )?wrong\b", re.IGNORECASE)
MOST_WORDS = 6
AMEND = "amend"
OPEN_ENDED = frozenset({"choose", "deny", "out_of_scope"})


def elliptical(act: Act, text: str, focus: Focus) -> Act:
    """The act as an amendment, where the message only says what is different this time."""
    if act.intent == AMEND or len(text.split()) > MOST_WORDS:
        return act
    slots = dict(act.slots)
    if "customer" not in slots and "criteria" in slots:
        slots["customer"] = slots["criteria"]
    if WRONG.search(text) and act.intent in OPEN_ENDED:
        return replace(act, intent=AMEND, slots=slots)
    again = bool(AGAIN.search(text)) and bool(focus.asked)
    if again and slots:
        return replace(act, intent=AMEND, slots=slots)
    return act
