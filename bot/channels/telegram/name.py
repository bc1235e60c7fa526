"""The bot's name on Telegram, asked for once by the command line."""

import httpx

from config import Settings

SECONDS = 10


class NoName(Exception):
    """Telegram does not tell it; the message says why."""


def name_of(settings: Settings) -> str:
    """The bot's user name, without the @. Raises NoName."""
    if settings.telegram_bot_token is None:
        raise NoName("TELEGRAM_BOT_TOKEN is not set")
    token = settings.telegram_bot_token.get_secret_value()
    url = f"{settings.telegram_api_url.rstrip('/')}/bot{token}/getMe"
    try:
        answer = httpx.get(url, timeout=SECONDS)
        told = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        # Not the error's own words: they hold the address, and that holds the token.
        raise NoName(f"Telegram does not answer ({type(error).__name__})") from None
    if answer.status_code in (401, 404):
        raise NoName("Telegram refuses TELEGRAM_BOT_TOKEN")
    name = told.get("result", {}).get("username") if isinstance(told, dict) else None
    if not name:
        raise NoName(f"Telegram answers {answer.status_code}")
    return str(name)
