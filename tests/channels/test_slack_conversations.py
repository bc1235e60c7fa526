"""In Slack people write, press, edit and delete, and the answers come where they belong."""

import pytest

from tests.channels.slack_bot import RunningBot
from tests.channels.slack_fixtures import bot, omar, pat, slack  # noqa: F401
from tests.channels.slack_people import ROOM, Person
from tests.channels.slack_server import Shown, SlackServer


def answers(person: Person, containing: str, channel: str = "") -> list[Shown]:
    return [
        shown
        for shown in person.slack.said_to(channel or person.direct)
        if containing.lower() in shown.words.lower()
    ]


def answer(person: Person, containing: str, channel: str = "") -> Shown:
    found: list[Shown] = person.slack.until(lambda: answers(person, containing, channel))
    return found[-1]


def test_a_direct_message_is_acknowledged_and_answered_once(pat: Person) -> None:
    _, delivery = pat.says("log call with Ana Müller about the fence")
    receipt = answer(pat, "Logged your call with *Ana Müller*")
    assert delivery.seconds is not None
    assert delivery.seconds < 1
    assert delivery.tries == 1
    assert receipt.text
    assert receipt.arguments["unfurl_links"] in (False, "False", "false", 0, "0")
    assert "Undo" in receipt.buttons
