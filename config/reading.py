"""Reading the settings: everything that is wrong is said at once, a sentence each."""

import os
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import SecretStr, ValidationError

from config.settings import NAMES, Settings

ENV_FILE = Path(".env")

CLOSE = 0.84
"""How like one of ours a name of the environment must be to be taken for a slip of the pen.

TELEGRAM_TOKEN (.875) and SLACK_TOKEN (.846) are meant for us; HTTP_PROXY (.74) is not."""

OTHERS_IN_ENV_FILE = ("COMPOSE_", "POSTGRES_", "DOCKER_")
"""Docker Compose reads the same file for itself and for the database it starts."""


class SettingsError(Exception):
    """The settings cannot be used; `sentences` say what is wrong with each."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(self.sentences))


def load(env_file: Path | None = ENV_FILE) -> Settings:
    """The settings of the environment, which wins, and of the file, where it exists.

    Raises SettingsError for unknown names, malformed values and settings that lack another.
    """
    if env_file is not None and not env_file.is_file():
        env_file = None
    written = _written_in(env_file) if env_file else {}
    wrong = [*_unknown_in_file(written, env_file), *_slips(os.environ, written)]
    source: dict[str, Any] = {"_env_file": env_file}
    try:
        settings = Settings(**source)
    except ValidationError as error:
        raise SettingsError([*wrong, *_malformed(error)]) from None
    wrong += _lacking(settings)
    if wrong:
        raise SettingsError(wrong)
    return settings


def _written_in(env_file: Path) -> Mapping[str, str | None]:
    from dotenv import dotenv_values

    try:
        return dotenv_values(env_file, interpolate=False)
    except (OSError, UnicodeDecodeError):
        raise SettingsError([f"{env_file} cannot be read as text."]) from None


def _unknown_in_file(written: Mapping[str, str | None], env_file: Path | None) -> Iterator[str]:
    for name in written:
        if name.upper() in NAMES or name.upper().startswith(OTHERS_IN_ENV_FILE):
            continue
        meant = get_close_matches(name.upper(), NAMES, n=1, cutoff=0.6)
        hint = f"; did you mean {meant[0]}?" if meant else "; `python -m config` lists them all."
        yield f"{env_file}: {name} is not a setting{hint}"


def _slips(environment: Mapping[str, str], written: Mapping[str, str | None]) -> Iterator[str]:
    given = {name.upper() for name in (*environment, *written)}
    for name in sorted(environment):
        if name.upper() in NAMES:
            continue
        meant = get_close_matches(name.upper(), NAMES, n=1, cutoff=CLOSE)
        # Where the setting itself is given too, the other name is some other program's.
        if meant and meant[0] not in given:
            yield f"{name} is not a setting; did you mean {meant[0]}?"


def _malformed(error: ValidationError) -> Iterator[str]:
    found = {str(problem["loc"][0]): problem["input"] for problem in error.errors()}
    for name, value in found.items():
        field = Settings.model_fields[name]
        assert isinstance(field.json_schema_extra, dict)
        # What is meant to be secret stays so when it is written wrongly.
        value = "" if "SecretStr" in str(field.annotation) else f", not {value!r}"
        yield f"{name.upper()} must be {field.json_schema_extra['expects']}{value}."


def _lacking(settings: Settings) -> Iterator[str]:
    """What one setting needs of the others."""
    if settings.slack_bot_token:
        if not settings.slack_app_token and not settings.slack_signing_secret:
            yield (
                "SLACK_BOT_TOKEN needs SLACK_APP_TOKEN (Socket Mode) "
                "or SLACK_SIGNING_SECRET (over HTTP) beside it."
            )
    elif settings.slack_app_token or settings.slack_signing_secret:
        yield "Slack is set up without SLACK_BOT_TOKEN; add it, or remove the other tokens."
    if settings.telegram_webhook_url and not settings.telegram_bot_token:
        yield "TELEGRAM_WEBHOOK_URL needs TELEGRAM_BOT_TOKEN beside it."
    if _begins(settings.slack_bot_token, "xapp-"):
        yield "SLACK_BOT_TOKEN holds an app token (xapp-); the bot token begins with xoxb-."
    if _begins(settings.slack_app_token, "xoxb-"):
        yield "SLACK_APP_TOKEN holds a bot token (xoxb-); the app token begins with xapp-."


def _begins(token: SecretStr | None, letters: str) -> bool:
    return token is not None and token.get_secret_value().startswith(letters)
