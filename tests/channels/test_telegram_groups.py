"""In a group on Telegram: silent unless addressed, nothing private aloud, strangers sent home."""

from collections.abc import Callable
from functools import partial

from sqlalchemy import update

from crm_store.employees import ChannelIdentity
from tests.channels.telegram_bot import GROUP, LENA, PAT, STRANGER, Bot
from tests.channels.telegram_server import TelegramServer

MakeBot = Callable[..., Bot]


def _answered(telegram: TelegramServer, words: str) -> bool:
    return bool(telegram.answers) and words in telegram.answers[-1]["text"]


def test_talk_that_is_not_for_the_bot_is_not_heard_even_where_it_is_delivered(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    telegram.privacy = False
    with telegram_bot() as bot:
        telegram.says(LENA, "smith called again lol", chat=GROUP)
        telegram.says(LENA, "/log@another_bot call with Smith", chat=GROUP)
        telegram.says(LENA, "/log call with Smith", chat=GROUP)
        telegram.says(LENA, "/start somecode1234567890abcdef", chat=GROUP)
        telegram.says(LENA, "/crm hello", chat=GROUP)
        telegram.waits(lambda: bot.heard)
        assert [one.text for one in bot.heard] == ["hello"]
        telegram.waits_for(GROUP)
        assert len(telegram.sent_to(GROUP)) == 1


def test_a_receipt_that_names_a_customer_goes_to_the_private_chat(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot():
        said = telegram.says(LENA, "/crm log call with Maria Schmidt about prices", chat=GROUP)
        receipt = telegram.waits_for(LENA["id"])
        assert "Maria Schmidt" in receipt["text"]
        assert telegram.shown(receipt) == ["Undo"]
        line = telegram.waits_for(GROUP)
        assert "Schmidt" not in line["text"]
        assert "Lena" in line["text"]
        assert line["answers"] == said["message_id"]


def test_whoever_blocked_the_bot_is_led_to_the_private_chat_and_gets_the_answer_there(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    telegram.blocked.add(LENA["id"])
    with telegram_bot() as bot:
        telegram.says(LENA, "/crm log call with Maria Schmidt about prices", chat=GROUP)
        line = telegram.waits_for(GROUP)
        url = line["reply_markup"]["inline_keyboard"][0][0]["url"]
        assert url.startswith("https://t.me/firm_crm_bot?start=")
        assert "Schmidt" not in line["text"]
        with bot.store() as session:
            assert session.query(ChannelIdentity).filter_by(user_id="5001").one().blocked_at
        telegram.blocked.clear()
        telegram.says(LENA, f"/start {url.partition('start=')[2]}")
        assert "Maria Schmidt" in telegram.waits_for(LENA["id"])["text"]
        with bot.store() as session:
            assert not session.query(ChannelIdentity).filter_by(user_id="5001").one().blocked_at


def test_nobody_else_gets_the_answer_that_waits_for_somebody(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    telegram.blocked.add(LENA["id"])
    with telegram_bot():
        telegram.says(LENA, "/crm log call with Maria Schmidt about prices", chat=GROUP)
        line = telegram.waits_for(GROUP)
        payload = line["reply_markup"]["inline_keyboard"][0][0]["url"].partition("start=")[2]
        telegram.says(PAT, f"/start {payload}")
        assert telegram.waits_for(PAT["id"])["text"] == "There is nothing waiting for you."


def test_an_unlinked_member_gets_one_line_an_hour_that_names_nobody(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot() as bot:
        for _ in range(3):
            telegram.says(STRANGER, "/crm what did jane complain about", chat=GROUP)
        telegram.says(LENA, "/crm hello", chat=GROUP)
        telegram.waits(lambda: len(bot.heard) == 4)
        telegram.waits(lambda: any("Hello" in one["text"] for one in telegram.sent_to(GROUP)))
        lines = [one for one in telegram.sent_to(GROUP) if "know you" in one["text"]]
        assert len(lines) == 1
        assert "jane" not in lines[0]["text"].lower()
        button = lines[0]["reply_markup"]["inline_keyboard"][0][0]
        assert button["url"] == "https://t.me/firm_crm_bot?start=link"


def test_a_button_that_was_offered_to_somebody_else_is_refused_with_an_alert(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot() as bot:
        telegram.says(LENA, "log call with smith about fences")
        question = telegram.waits_for(LENA["id"])
        token = question["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        for presser, words in ((PAT, "for somebody else"), (STRANGER, "do not know you")):
            telegram.presses_token(presser, question, token)
            telegram.waits(partial(_answered, telegram, words))
            assert telegram.answers[-1]["show_alert"] is True
        assert [one for one in bot.heard if one.pressed] == []


def test_a_reply_to_the_bot_needs_no_command(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot() as bot:
        telegram.says(PAT, "/crm hello", chat=GROUP)
        line = telegram.waits_for(GROUP)
        telegram.says(LENA, "hello", chat=GROUP, reply_to_message=line)
        telegram.waits_for(GROUP, 2)
        assert [one.user_id for one in bot.heard] == ["5002", "5001"]


def test_a_group_that_became_a_supergroup_is_still_answered(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    new = -1009999999999
    with telegram_bot():
        telegram.moved[GROUP] = new
        telegram.says(LENA, "/crm hello", chat=GROUP)
        assert "Hello" in telegram.waits_for(new)["text"]


def test_a_group_hears_at_most_twenty_messages_a_minute(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    telegram.strict_rates = True
    with telegram_bot() as bot:
        pace = bot.telegram._delivery.pace
        for _ in range(20):
            pace.sent(str(GROUP))
        assert 59 < pace.wait(str(GROUP)) <= 60
        assert pace.wait(str(LENA["id"])) == 0
        letter = bot.says_by_itself(GROUP, "One more")
        telegram.says(LENA, "hello")
        telegram.waits_for(LENA["id"])
        assert telegram.sent_to(GROUP) == []
        kept = bot.letter(letter)
        assert kept.failed_at is None
        assert kept.attempts == 0


def test_somebody_who_left_is_a_stranger(telegram: TelegramServer, telegram_bot: MakeBot) -> None:
    from crm_store.employees import Employee

    bot = telegram_bot()
    with bot.engine.begin() as connection:
        connection.execute(
            update(Employee).where(Employee.email == "lena@example.com").values(active=False)
        )
    with bot:
        telegram.says(LENA, "what did Maria Schmidt complain about?")
        answer = telegram.waits_for(LENA["id"])["text"]
        assert "I do not know you" in answer
        assert "Schmidt" not in answer
