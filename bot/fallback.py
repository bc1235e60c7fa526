"""What is said when nothing was understood: guesses twice at most, then quiet help."""

from collections.abc import Sequence

from nlu import Act
from skills.kit import Choice, Reply, Turn
from skills.values import encode
from skills.wording import plain

EMPTY = 'I hear you. Say for example "log call with Jones about pricing" or "what is due today?".'
NOTHING_OPEN = "There is no open question. What can I do for you?"
EXAMPLES = (
    'Tell me for example: "log call with Jones about pricing", "what did Jones complain about?", '
    '"remind me to call Jones tomorrow at 5" or "what is due today?". "help" shows more.'
)
MOST_MISSES = 2
GUESSES = 3


def reply(misses: int, acts: Sequence[Act], text: str, turn: Turn) -> Reply:
    """The nearest guesses as buttons the first two times in a row, then examples."""
    if not any(c.isalnum() for c in text):
        return Reply(f"{text[:20]} {EXAMPLES}", private=False)
    act = acts[0] if acts else None
    guesses = [
        (intent, turn.skills[intent])
        for intent, _ in (act.guesses if act else ())
        if intent in turn.skills and turn.skills[intent].does != "steer"
    ]
    if misses > MOST_MISSES or not guesses or act is None:
        return Reply(f"That is beyond me; I look after customers. {EXAMPLES}", private=False)
    choices = [
        Choice(
            skill.title, intent, {n: encode(v) for n, v in act.slots.items() if n in skill.slots}
        )
        for intent, skill in guesses[:GUESSES]
    ]
    return Reply("I am not sure what you mean. Did you mean:", choices=choices, private=False)


def not_understood_part(parts: Sequence[str]) -> Reply:
    """The part of a message that led nowhere is named, not swallowed."""
    shown = "; ".join(f'"{plain(part)[:80]}"' for part in parts if part.strip())
    return Reply(f"I did not understand {shown}." if shown else "", private=False)
