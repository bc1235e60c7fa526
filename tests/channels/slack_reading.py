"""What a test looks for in Slack: the answers that somebody sees."""

from tests.channels.slack_people import Person
from tests.channels.slack_server import Shown


def answers(person: Person, containing: str, channel: str = "") -> list[Shown]:
    """The messages with those words, in the person's direct messages or in a channel."""
    return [
        shown
        for shown in person.slack.said_to(channel or person.direct)
        if containing.lower() in shown.words.lower()
    ]


def answer(person: Person, containing: str, channel: str = "") -> Shown:
    """The latest of them; waits for it."""
    found: list[Shown] = person.slack.until(lambda: answers(person, containing, channel))
    return found[-1]


def silent(person: Person, channel: str, before: int) -> bool:
    """Whether nothing was said in a channel since; waits as long as an answer would take."""
    import time

    time.sleep(1.5)
    return len(person.slack.said_to(channel)) == before
