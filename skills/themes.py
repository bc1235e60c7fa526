"""Themes of concerns, so that the same trouble of several customers is seen as one."""

import re

THEMES = {
    "website": r"website|web ?site|web form|contact form|online form|site|web page|browser|portal",
    "app": r"\bapp\b|mobile app|login|log in|password|crash|software|bug",
    "delivery": r"deliver|late|delay|shipping|shipment|parcel|courier|arriv|missing part",
    "billing": r"invoice|bill|charged|charge|refund|payment|overcharg|credit note",
    "price": r"pric|expensive|cost|too much|cheaper|discount|quote too",
    "quality": r"quality|broken|defect|damaged|faulty|scratch|wrong (?:item|product|colour|color)",
    "service": r"rude|unfriendly|support|service|hotline|response|reply|answer|call(?:ed)? back"
    r"|wait",
    "parking": r"parking",
    "contract": r"contract|terms|cancel|clause",
    "noise": r"noise|noisy|loud",
}


def theme_of(statement: str) -> str | None:
    """The theme whose words stand first in the statement; None of a singular one."""
    found = []
    for theme, words in THEMES.items():
        match = re.search(rf"\b(?:{words})", statement, re.IGNORECASE)
        if match:
            found.append((match.start(), theme))
    return min(found)[1] if found else None
