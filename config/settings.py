"""Every setting there is: its name, what it means, its default and what it may be."""

from collections.abc import Callable
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import platformdirs
from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from config.forms import (
    Workday,
    clock_time,
    country_code,
    currency_code,
    host_name,
    level_name,
    one_word,
    port_number,
    store_address,
    web_address,
    webhook_secret,
    zone_name,
)


class NluEngine(StrEnum):
    """What understands the sentences."""

    EMBEDDED = "embedded"
    RASA = "rasa"


class DateOrder(StrEnum):
    """How 03/04 is read."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


class TeamFigures(StrEnum):
    """Who may ask for the figures of each colleague."""

    MANAGERS = "managers"
    EVERYONE = "everyone"


class LogFormat(StrEnum):
    """How log lines are written."""

    TEXT = "text"
    JSON = "json"


def _setting(
    default: Any,
    meaning: str,
    expects: str,
    *,
    shown: str | None = None,
) -> Any:
    """A field; `expects` completes "NAME must be ..." for a person who wrote something else,
    `shown` is the default in the table where it differs from machine to machine."""
    words: dict[str, Any] = {"expects": expects, "shown": shown}
    given = {"default_factory": default} if callable(default) else {"default": default}
    return Field(**given, description=meaning, json_schema_extra=words)


def _read_by(reader: Callable[[str], Any]) -> BeforeValidator:
    return BeforeValidator(lambda value: reader(value) if isinstance(value, str) else value)


def _store_file() -> SecretStr:
    folder = Path(platformdirs.user_data_dir("crm-bot", appauthor=False))
    return SecretStr(f"sqlite:///{folder / 'crm.sqlite3'}")


def _model_folder() -> Path:
    return Path(platformdirs.user_cache_dir("crm-bot", appauthor=False)) / "models"


WebAddress = Annotated[str, _read_by(web_address)]
Token = Annotated[SecretStr, _read_by(one_word)]

_ADDRESS = "a web address such as http://localhost:5005"
_TOKEN = "one word, copied whole from the platform"  # noqa: S105 - what a token looks like
_TIME = "a time of day such as 09:00"


class Settings(BaseSettings):
    """One object, read at start and never changed; `config.load` reads it with clear errors.

    A token or a database address shows as asterisks; `get_secret_value()` gives it.
    """

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
        enable_decoding=False,
        hide_input_in_errors=True,
    )

    database_url: Annotated[SecretStr, _read_by(store_address)] = _setting(
        _store_file,
        "where everything is kept: `sqlite:///path/to/file` or `postgresql://user:password@host/name`",
        "sqlite:///path/to/file or postgresql://user:password@host/name",
        shown="an SQLite file in the user's data folder",
    )
    slack_bot_token: Token | None = _setting(None, "turns Slack on (`xoxb-...`)", _TOKEN)
    slack_app_token: Token | None = _setting(
        None, "Slack's Socket Mode (`xapp-...`), which needs no public address", _TOKEN
    )
    slack_signing_secret: Token | None = _setting(
        None, "without Socket Mode: checks what Slack sends to `/slack/events`", _TOKEN
    )
    slack_api_url: WebAddress = _setting(
        "https://slack.com/api/", "another address of Slack's API (GovSlack, a proxy)", _ADDRESS
    )
    telegram_bot_token: Token | None = _setting(
        None, "turns Telegram on, polling, which needs no public address", _TOKEN
    )
    telegram_webhook_url: WebAddress | None = _setting(
        None, "a webhook instead of polling, served at this address's path", _ADDRESS
    )
    telegram_webhook_secret: Annotated[SecretStr, _read_by(webhook_secret)] | None = _setting(
        None,
        "what Telegram must show at the webhook",
        "1 to 256 letters, digits, _ and -",
    )
    telegram_api_url: WebAddress = _setting(
        "https://api.telegram.org", "another address of Telegram's Bot API", _ADDRESS
    )
    http_host: Annotated[str, _read_by(host_name)] = _setting(
        "127.0.0.1", "the address on which the web server listens", "a host name or an IP address"
    )
    http_port: Annotated[int, _read_by(port_number)] = _setting(
        8080, "the port on which the web server listens", "a number from 1 to 65535"
    )
    nlu_engine: NluEngine = _setting(
        NluEngine.EMBEDDED, "`embedded` needs no server, `rasa` asks one", "embedded or rasa"
    )
    rasa_url: WebAddress = _setting(
        "http://localhost:5005", "the Rasa server, with `NLU_ENGINE=rasa`", _ADDRESS
    )
    model_cache: Path = _setting(
        _model_folder,
        "the folder that keeps the trained embedded model",
        "a folder",
        shown="a folder in the user's cache",
    )
    company_timezone: Annotated[str, _read_by(zone_name)] = _setting(
        "UTC", "the firm's time zone", "an IANA time zone such as Europe/Berlin"
    )
    company_country: Annotated[str, _read_by(country_code)] = _setting(
        "US",
        "the firm's country: holidays, and phone numbers without a country code",
        "a country code of two letters such as DE",
    )
    currency: Annotated[str, _read_by(currency_code)] = _setting(
        "USD", "the currency of amounts that name none", "a currency code such as EUR"
    )
    date_order: DateOrder = _setting(
        DateOrder.DAY_FIRST,
        "how 03/04 is read: `day-first` or `month-first`",
        "day-first or month-first",
    )
    workday: Annotated[Workday, _read_by(Workday.parse)] = _setting(
        Workday(),
        'the firm\'s days and hours; the end is also "end of day"',
        "hours such as 09:00-17:00, or days and hours such as Mon-Fri 09:00-17:00",
    )
    morning: Annotated[time, _read_by(clock_time)] = _setting(
        time(9), "when a reminder without an hour is sent", _TIME
    )
    digest_at: Annotated[time, _read_by(clock_time)] = _setting(
        time(8, 30), "when the daily digest is sent, unless one chose another time", _TIME
    )
    team_figures: TeamFigures = _setting(
        TeamFigures.MANAGERS,
        "who may ask for the figures of each colleague: `managers` or `everyone`",
        "managers or everyone",
    )
    log_level: Annotated[str, _read_by(level_name)] = _setting(
        "INFO", "the least that is logged", "DEBUG, INFO, WARNING or ERROR"
    )
    log_format: LogFormat = _setting(
        LogFormat.TEXT, "`text` to be read, `json` to be collected", "text or json"
    )

    def secrets(self) -> frozenset[str]:
        """Everything that must stand in no log: the tokens, and the database's password."""
        values = {
            value.get_secret_value()
            for name, value in self
            if isinstance(value, SecretStr) and name != "database_url"
        }
        password = urlsplit(self.database_url.get_secret_value()).password
        return frozenset(values | ({password} if password else set()))


NAMES = tuple(name.upper() for name in Settings.model_fields)
"""The names as they stand in the environment, in the order of the table."""
