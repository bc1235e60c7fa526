"""Who somebody is on Telegram: a code, used once, within ten minutes, by one person."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot import linking
from bot.channels.telegram.name import NoName, name_of
from bot.message import IncomingMessage
from config import Settings
from crm_store.conversations import Conversation
from crm_store.database import sessions
from crm_store.employees import ChannelIdentity, by_email
from crm_store.mailbox import Outgoing
from tests.channels.telegram_bot import GROUP, LENA, STRANGER, Bot
from tests.channels.telegram_server import TOKEN, TelegramServer

MakeBot = Callable[..., Bot]
OMAR = "omar@example.com"


def invitation(bot: Bot, email: str = OMAR, ago: timedelta = timedelta()) -> str:
    with sessions(bot.engine).begin() as session:
        employee = by_email(session, email)
        assert employee is not None
        return linking.invited(session, employee, datetime.now(UTC) - ago)


def linked(bot: Bot, user: int = STRANGER["id"]) -> str | None:
    with bot.store() as session:
        found = session.query(ChannelIdentity).filter_by(user_id=str(user)).one_or_none()
        return found.employee.email if found else None


def test_a_code_links_the_account_and_the_next_message_is_understood(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot() as bot:
        telegram.says(STRANGER, f"/start {invitation(bot)}")
        assert "Welcome, Omar" in telegram.waits_for(STRANGER["id"])["text"]
        assert linked(bot) == OMAR
        telegram.says(STRANGER, "log call with Maria Schmidt about fences")
        assert "Logged your call" in telegram.waits_for(STRANGER["id"], 2)["text"]


def test_a_code_works_once(telegram: TelegramServer, telegram_bot: MakeBot) -> None:
    with telegram_bot() as bot:
        code = invitation(bot)
        telegram.says(STRANGER, f"/start {code}")
        telegram.waits_for(STRANGER["id"])
        other = {**STRANGER, "id": 5999}
        telegram.says(other, f"/start {code}")
        assert "not valid" in telegram.waits_for(5999)["text"]
        assert linked(bot, 5999) is None


def test_a_code_older_than_ten_minutes_links_nobody(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot() as bot:
        telegram.says(STRANGER, f"/start {invitation(bot, ago=timedelta(minutes=10))}")
        assert "older than ten minutes" in telegram.waits_for(STRANGER["id"])["text"]
        assert linked(bot) is None


def test_a_code_said_in_a_group_is_not_used_up(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot() as bot:
        code = invitation(bot)
        telegram.says(STRANGER, f"/start@firm_crm_bot {code}", chat=GROUP)
        telegram.says(STRANGER, f"/start {code}")
        assert "Welcome, Omar" in telegram.waits_for(STRANGER["id"])["text"]
        assert linked(bot) == OMAR


def test_a_stranger_who_starts_without_a_code_hears_one_line_an_hour(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot() as bot:
        for words in ("/start", "hello?", "who is your best customer", "/start"):
            telegram.says(STRANGER, words)
        telegram.says(LENA, "hello")
        telegram.waits_for(LENA["id"])
        telegram.waits(lambda: len(bot.heard) == 5)
        assert len(telegram.sent_to(STRANGER["id"])) == 1


def test_link_my_telegram_asked_elsewhere_is_answered_with_the_link(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot() as bot:
        now = datetime.now(UTC)
        bot.assistant.hear(
            IncomingMessage("terminal", OMAR, OMAR, "m1", now, text="Link my Telegram please")
        )
        with bot.store() as session:
            said = session.scalars(select(Outgoing).order_by(Outgoing.id.desc())).first()
            assert said is not None
            assert said.body["private"] is False or said.body["to"] == OMAR
            code = re.search(r"/start (\S+)", " ".join(said.body["facts"]))
            assert code is not None
        telegram.says(STRANGER, f"/start {code[1]}")
        assert "Welcome, Omar" in telegram.waits_for(STRANGER["id"])["text"]


def test_one_employee_has_one_memory_on_every_channel(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot() as bot:
        telegram.says(LENA, "log call with Maria Schmidt about the renewal")
        telegram.waits_for(LENA["id"])
        email = "lena@example.com"
        bot.assistant.hear(
            IncomingMessage("terminal", email, email, "m1", datetime.now(UTC), text="undo")
        )
        with bot.store() as session:
            said = session.scalars(select(Outgoing).order_by(Outgoing.id.desc())).first()
            assert said is not None
            assert "Maria Schmidt" in said.body["text"]
            mine = select(func.count(Conversation.id)).where(Conversation.address == email)
            assert session.scalar(mine) == 1


def test_the_command_line_learns_the_name_of_the_bot(telegram: TelegramServer) -> None:
    given = {"telegram_api_url": telegram.url, "telegram_bot_token": TOKEN}
    assert name_of(Settings(**given)) == "firm_crm_bot"  # type: ignore[arg-type]
    given["telegram_bot_token"] = "1:not-a-token"
    with pytest.raises(NoName, match="refuses") as refused:
        name_of(Settings(**given))  # type: ignore[arg-type]
    assert "not-a-token" not in str(refused.value)
