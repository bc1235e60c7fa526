"""Delivery to Telegram: nothing lost and nothing doubled, whatever the network does."""

import io
import time
from collections.abc import Callable
from itertools import pairwise

import pytest

from crm_store.employees import ChannelIdentity
from crm_store.mailbox import undelivered
from tests.channels.telegram_bot import LENA, PAT, Bot
from tests.channels.telegram_server import Fault, TelegramServer

MakeBot = Callable[..., Bot]
ME = LENA["id"]


def chart(width: float = 4, height: float = 2) -> bytes:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), dpi=50)
    figure.subplots().bar(["Nov", "Dec"], [2, 3])
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png")
    return drawn.getvalue()


@pytest.mark.parametrize("kind", ["429", "500", "drop"])
def test_what_is_refused_for_now_is_sent_later_and_once(
    telegram: TelegramServer, telegram_bot: MakeBot, kind: str
) -> None:
    telegram.faults += [Fault("sendMessage", kind), Fault("sendMessage", kind)]
    with telegram_bot() as bot:
        letter = bot.says_by_itself(ME, "Once")
        telegram.waits_for(ME, seconds=20)
        telegram.waits(lambda: bot.letter(letter).sent_at)
        assert [one["text"] for one in telegram.sent_to(ME)] == ["Once"]


def test_a_pause_that_telegram_asks_for_is_kept(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    telegram.faults.append(Fault("sendMessage", "429", 3))
    with telegram_bot() as bot:
        telegram.waits(lambda: bot.telegram.connected)
        began = time.monotonic()
        bot.says_by_itself(ME, "Later")
        sent = telegram.waits_for(ME)
        assert sent["at"] - began >= 2.9


def test_a_chat_gets_a_message_a_second_and_others_do_not_wait_for_it(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    telegram.strict_rates = True
    with telegram_bot() as bot:
        for number in range(4):
            bot.says_by_itself(ME, f"Number {number}")
        bot.says_by_itself(PAT["id"], "For Pat", to="pat@example.com")
        telegram.waits_for(ME, 4)
        mine = telegram.sent_to(ME)
        assert [one["text"] for one in mine] == [f"Number {number}" for number in range(4)]
        apart = [b["at"] - a["at"] for a, b in pairwise(mine)]
        assert min(apart) >= 0.95
        assert telegram.sent_to(PAT["id"])[0]["at"] < mine[2]["at"]
        assert not [call for call in telegram.calls if call[0] == "sendMessage"][5:]


def test_a_long_answer_comes_in_parts_with_its_buttons_under_the_last(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    facts = [f"Customer number {number} of the Harbor Realty group" for number in range(150)]
    with telegram_bot() as bot:
        bot.says_by_itself(ME, "All of them:", facts=facts, buttons=["Export"])
        telegram.waits(lambda: any(telegram.shown(one) for one in telegram.sent_to(ME)))
        parts = telegram.sent_to(ME)
        assert len(parts) > 1
        assert [telegram.shown(part) for part in parts] == [[]] * (len(parts) - 1) + [["Export"]]
        shown = "\n".join(part["text"] for part in parts)
        assert shown.split("\n") == ["All of them:", *(f"• {fact}" for fact in facts)]


def test_a_part_that_fails_does_not_bring_the_first_one_again(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    facts = [f"Customer number {number} of the Harbor Realty group" for number in range(100)]
    with telegram_bot() as bot:
        telegram.waits(lambda: bot.telegram.connected)
        letter = bot.says_by_itself(ME, "All of them:", facts=facts)
        telegram.waits_for(ME)
        telegram.faults.append(Fault("sendMessage", "500"))
        telegram.waits(lambda: bot.letter(letter).sent_at, 20)
        shown = "\n".join(part["text"] for part in telegram.sent_to(ME))
        assert shown.split("\n") == ["All of them:", *(f"• {fact}" for fact in facts)]


def test_an_answer_of_very_many_parts_comes_as_its_beginning_and_a_file(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    facts = [f"Customer number {number} of the Harbor Realty group" for number in range(1000)]
    with telegram_bot() as bot:
        letter = bot.says_by_itself(ME, "All of them:", facts=facts, buttons=["Next"])
        telegram.waits(lambda: bot.letter(letter).sent_at, 20)
        first, file, last = telegram.sent_to(ME)
        assert first["text"].startswith("All of them:")
        assert file["content"].decode().splitlines()[1:] == [f"• {fact}" for fact in facts]
        assert telegram.shown(last) == ["Next"]


def test_a_chart_comes_as_a_photo_with_its_words(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot() as bot:
        bot.says_by_itself(ME, "Won this quarter", picture=chart(), buttons=["By owner"])
        photo = telegram.waits_for(ME)
        assert photo["png"].startswith(b"\x89PNG")
        assert photo["text"].split("\n") == ["Won this quarter", "Bars of sales"]
        assert telegram.shown(photo) == ["By owner"]


def test_a_chart_too_wide_for_a_photo_comes_as_a_file(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot() as bot:
        bot.says_by_itself(ME, "Won", picture=chart(100, 1))
        assert telegram.waits_for(ME)["content"].startswith(b"\x89PNG")


def test_whoever_blocks_the_bot_is_not_written_to_until_they_come_back(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    telegram.blocked.add(ME)
    with telegram_bot() as bot:
        letter = bot.says_by_itself(ME, "Are you there?")
        telegram.waits(lambda: bot.letter(letter).failed_at)
        with bot.store() as session:
            assert session.query(ChannelIdentity).filter_by(user_id=str(ME)).one().blocked_at
            (kept,) = undelivered(session)
            assert "blocked" in (kept.error or "")
        telegram.blocked.clear()
        telegram.says(LENA, "hello")
        assert "Hello" in telegram.waits_for(ME)["text"]
        with bot.store() as session:
            assert not session.query(ChannelIdentity).filter_by(user_id=str(ME)).one().blocked_at


def test_a_telegram_that_is_down_at_the_start_is_waited_for(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    telegram.goes_down()
    with telegram_bot() as bot:
        bot.says_by_itself(ME, "From before")
        time.sleep(1)
        assert not bot.telegram.connected
        telegram.comes_up()
        telegram.says(LENA, "hello")
        telegram.waits_for(ME, 2, seconds=20)
        assert bot.telegram.connected
        assert {one["text"] == "From before" for one in telegram.sent_to(ME)} == {True, False}


def test_a_telegram_that_goes_away_meanwhile_loses_nothing(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot() as bot:
        telegram.waits(lambda: bot.telegram.connected)
        telegram.goes_down()
        letter = bot.says_by_itself(ME, "While it was away")
        telegram.waits(lambda: not bot.telegram.connected)
        telegram.comes_up()
        telegram.says(LENA, "hello")
        telegram.waits_for(ME, 2, seconds=30)
        telegram.waits(lambda: bot.letter(letter).sent_at)
        assert len(telegram.sent_to(ME)) == 2


def test_a_wrong_token_is_told_and_asked_for_no_more_than_once_a_minute(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot(token="1:wrong") as bot:
        telegram.waits(lambda: telegram.calls)
        time.sleep(0.5)
        assert not bot.telegram.connected
        assert [name for name, _ in telegram.calls] == ["getMe"]
