"""Talk in a private chat on Telegram: answers, buttons, edits, commands."""

from collections.abc import Callable

from sqlalchemy import func, select

from crm_store.interactions import Interaction
from tests.channels.telegram_bot import LENA, Bot
from tests.channels.telegram_server import TelegramServer

MakeBot = Callable[..., Bot]
ME = LENA["id"]


def logged(bot: Bot) -> int:
    with bot.store() as session:
        return session.scalar(select(func.count(Interaction.id))) or 0


def test_a_call_is_logged_and_the_receipt_has_its_button(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot() as bot:
        before = logged(bot)
        telegram.says(LENA, "log call with Maria Schmidt about the renewal")
        receipt = telegram.waits_for(ME)
        assert "Logged your call with Maria Schmidt" in receipt["text"]
        assert "<b>Maria Schmidt</b>" in receipt["html"]
        assert telegram.shown(receipt) == ["Undo"]
        assert logged(bot) == before + 1


def test_a_question_is_answered_by_its_button_and_shows_the_choice_after_it(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot() as bot:
        before = logged(bot)
        telegram.says(LENA, "log call with smith re boundary quote")
        question = telegram.waits_for(ME)
        labels = telegram.shown(question)
        assert any(label.startswith("Jane Smith") for label in labels)
        query = telegram.presses(LENA, question, "Jane Smith")
        receipt = telegram.waits_for(ME, 2)
        assert "Jane Smith" in receipt["text"]
        telegram.waits(lambda: len(telegram.shown(question)) == 1)
        assert telegram.shown(question)[0].startswith("✓ Jane Smith")
        assert [one["callback_query_id"] for one in telegram.answers] == [query["id"]]
        assert logged(bot) == before + 1


def test_an_answer_in_words_takes_the_buttons_of_the_question_away(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot():
        telegram.says(LENA, "log call with smith re boundary quote")
        question = telegram.waits_for(ME)
        telegram.says(LENA, "the one from smith and sons")
        assert "Jane Smith" in telegram.waits_for(ME, 2)["text"]
        telegram.waits(lambda: telegram.shown(question) == [])


def test_a_button_of_a_closed_question_says_so_and_does_nothing(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot() as bot:
        telegram.says(LENA, "log call with smith re boundary quote")
        question = telegram.waits_for(ME)
        old = question["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        telegram.says(LENA, "never mind")
        telegram.waits_for(ME, 2)
        before = logged(bot)
        telegram.presses_token(LENA, question, old)
        telegram.waits(lambda: telegram.answers)
        assert telegram.answers[0]["show_alert"] is True
        assert telegram.answers[0]["text"] == "That question is closed."
        assert logged(bot) == before


def test_a_made_up_token_is_refused(telegram: TelegramServer, telegram_bot: MakeBot) -> None:
    with telegram_bot() as bot:
        greeting = telegram.says(LENA, "hello")
        telegram.waits_for(ME)
        telegram.presses_token(LENA, greeting, "'; DROP TABLE buttons; --")
        telegram.waits(lambda: telegram.answers)
        assert telegram.answers[0]["text"] == "That question is closed."
        assert [one.pressed for one in bot.heard if one.pressed is not None] == []


def test_an_edited_message_changes_its_entry(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot() as bot:
        said = telegram.says(LENA, "log call with Jane Smith about boundary quote")
        telegram.waits_for(ME)
        count = logged(bot)
        telegram.edits(said, "log call with Jane Smith about boundary and drainage quote")
        assert "You edited your message" in telegram.waits_for(ME, 2)["text"]
        assert logged(bot) == count
        with bot.store() as session:
            newest = session.scalars(select(Interaction).order_by(Interaction.id.desc())).first()
            assert newest is not None
            assert newest.topic == "boundary and drainage quote"


def test_an_edit_that_changes_no_word_says_nothing(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot() as bot:
        said = telegram.says(LENA, "log call with Jane Smith about boundary quote")
        telegram.waits_for(ME)
        telegram.edits(said, said["text"])
        telegram.says(LENA, "hello")
        telegram.waits_for(ME, 2)
        assert [one.edits for one in bot.heard if one.edits] == []


def test_undo_takes_the_entry_back_and_marks_its_button(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot() as bot:
        before = logged(bot)
        telegram.says(LENA, "log call with Maria Schmidt about the renewal")
        receipt = telegram.waits_for(ME)
        telegram.presses(LENA, receipt, "Undo")
        telegram.waits_for(ME, 2)
        telegram.waits(lambda: telegram.shown(receipt) == ["✓ Undo"])
        assert logged(bot) == before


def test_commands_are_offered_where_they_work(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    with telegram_bot():
        telegram.waits(lambda: len(telegram.commands) == 2)
        private = [one["command"] for one in telegram.commands["all_private_chats"]]
        assert {"log", "undo", "help"} <= set(private)
        assert [one["command"] for one in telegram.commands["all_group_chats"]] == ["crm"]


def test_a_command_is_read_as_its_words(telegram: TelegramServer, telegram_bot: MakeBot) -> None:
    with telegram_bot() as bot:
        telegram.says(LENA, "/log call with Maria Schmidt about the renewal")
        assert "Logged your call with Maria Schmidt" in telegram.waits_for(ME)["text"]
        telegram.says(LENA, "/undo")
        telegram.waits_for(ME, 2)
        assert [one.text for one in bot.heard] == [
            "log call with Maria Schmidt about the renewal",
            "undo",
        ]


def test_a_customer_named_in_markup_is_shown_as_named(
    telegram: TelegramServer, telegram_bot: MakeBot
) -> None:
    name = '<b>"Rosso" & Figli</i> @everyone'
    with telegram_bot() as bot:
        bot.says_by_itself(ME, f"Call \x02{name}\x03 back", buttons=["<i>Done</i> & gone"])
        shown = telegram.waits_for(ME)
        assert '<b>"Rosso" & Figli</i>' in shown["text"]
        assert "@everyone" not in shown["text"], "a stored @name must call nobody"
        assert telegram.shown(shown) == ["<i>Done</i> & gone"]


def test_a_sticker_in_private_is_answered(telegram: TelegramServer, telegram_bot: MakeBot) -> None:
    with telegram_bot():
        sticker = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1,
                   "height": 1, "is_animated": False, "is_video": False}  # fmt: skip
        telegram.says(LENA, sticker=sticker)
        assert telegram.waits_for(ME)["text"]
