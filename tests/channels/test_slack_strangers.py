"""Whom the bot knows in Slack: colleagues by their verified e-mail, nobody else."""

import pytest
from sqlalchemy import Engine, select

from crm_store.database import sessions
from crm_store.employees import ChannelIdentity, Employee
from tests.channels.slack_bot import RunningBot
from tests.channels.slack_people import ROOM, Person
from tests.channels.slack_reading import answer, silent
from tests.channels.slack_server import TEAM, SlackServer

LINE = "do not know you"


def test_a_colleague_is_linked_by_team_and_user(pat: Person, store_copy: Engine) -> None:
    pat.says("what's on my plate?")
    pat.slack.until(lambda: pat.slack.said_to(pat.direct))
    with sessions(store_copy, reads_only=True)() as session:
        found = session.scalars(select(ChannelIdentity)).one()
        assert (found.channel, found.team, found.user_id) == ("slack", TEAM, pat.user)
        assert found.employee.email == "pat@example.com"
        assert found.address == pat.direct


@pytest.mark.parametrize(
    "marks",
    [
        {"is_restricted": True},
        {"is_ultra_restricted": True},
        {"is_stranger": True, "team_id": "T0OTHER"},
        {"team_id": "T0OTHER"},
        {"is_bot": True},
        {"deleted": True},
        {"is_email_confirmed": False},
    ],
    ids=lambda marks: ",".join(marks),
)
def test_guests_and_people_of_other_firms_are_strangers(
    slack: SlackServer, bot: RunningBot, marks: dict[str, object]
) -> None:
    slack.joins("U0TIM", "pat@example.com", **marks)
    tim = Person(slack, "U0TIM")
    tim.says("what does Jane Smith like?", room=ROOM)
    line = answer(tim, LINE, ROOM)
    assert line.only == tim.user
    assert "Jane" not in line.words
    tim.says("show me Jane Smith", room=ROOM)
    tim.says("and in private?")
    assert silent(tim, ROOM, 1)


def test_a_stranger_sees_no_customer_in_home_form_or_suggestion(
    slack: SlackServer, bot: RunningBot
) -> None:
    slack.joins("U0TIM", "tim@elsewhere.example")
    tim = Person(slack, "U0TIM")
    tim.opens_home()
    home = slack.until(lambda: slack.homes.get(tim.user))
    assert LINE in str(home)
    assert "reminder" not in str(home).lower()
    assert tim.types("smi") == []
    tim.shortcut()
    answer(tim, LINE)
    assert slack.views == []


def test_a_colleague_who_left_is_refused_at_once(pat: Person, store_copy: Engine) -> None:
    pat.says("pipeline?")
    pat.slack.until(lambda: pat.slack.said_to(pat.direct))
    with sessions(store_copy).begin() as session:
        employee = session.scalars(
            select(Employee).where(Employee.email == "pat@example.com")
        ).one()
        employee.active = False
    pat.says("pipeline?")
    answer(pat, LINE)
    assert pat.types("smi") == []
