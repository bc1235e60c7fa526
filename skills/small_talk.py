"""Greetings, thanks and help."""

from itertools import groupby

from skills.kit import Reply, Turn, bold, steering
from skills.wording import plain


@steering(("hello", "Hello"))
def greet(turn: Turn) -> Reply:
    """Say hello"""
    first = plain(turn.employee.name.split()[0])
    return Reply(
        f"Hello {first}. Tell me whom you talked to, or ask me about a customer.", private=False
    )


@steering(("thanks", "welcome"))
def thank(turn: Turn) -> Reply:
    """Say thanks"""
    return Reply("You are welcome.", private=False)


@steering(("what can you do?", "You can say"))
def help(turn: Turn, topic: str | None = None) -> Reply:
    """Show what I can do"""
    shown = [s for s in turn.skills.values() if s.examples]
    if topic:
        words = topic.lower().split()
        about = [
            s for s in shown if any(w.rstrip("s") in f"{s.intent} {s.title}".lower() for w in words)
        ]
        shown = about or shown
    facts = []
    for subject, group in groupby(shown, key=lambda s: s.subject):
        said = "; ".join(f'"{example}"' for s in group for example, _ in s.examples[:1])
        facts.append(f"{bold(subject.capitalize())}: {said}")
    tail = '"undo" takes back your last entry, "never mind" drops a question.'
    return Reply("You can say, in your own words:", facts=[*facts, tail], private=False)
