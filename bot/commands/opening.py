"""What commands begin with: the settings, the store, and errors that are a sentence."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from config import Settings


class Problem(Exception):
    """The command cannot go on; the message is the sentence for the person at the terminal."""


def settings_read() -> Settings:
    """The settings, with logging set up by them; raises Problem with all that is wrong."""
    from bot import log
    from config import SettingsError, load

    try:
        settings = load()
    except SettingsError as error:
        raise Problem("\n".join(error.sentences)) from None
    log.set_up(settings.log_level, settings.log_format, settings.secrets())
    return settings


def store_opened(settings: Settings, *, create: bool = True) -> Engine:
    """The store of the settings, brought up to date; raises Problem where it cannot be."""
    from sqlalchemy.exc import DatabaseError

    from crm_store.database import NewerStore, NoStore, NotAStore, open_store, upgrade

    try:
        engine = open_store(settings.database_url.get_secret_value(), create=create)
        upgrade(engine)
    except (DatabaseError, NewerStore, NoStore, NotAStore, OSError) as error:
        raise Problem(unopened(error)) from None
    return engine


def unopened(error: Exception) -> str:
    """Why the database cannot be opened, in one line."""
    reason = str(getattr(error, "orig", error)).strip().splitlines()
    return f"The database cannot be opened: {reason[0] if reason else type(error).__name__}"


def moment(text: str, zone: ZoneInfo, option: str) -> datetime:
    """An ISO 8601 moment, in `zone` where it names none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Problem(
            f"{option} must be an ISO 8601 moment such as 2026-03-04T09:15, not {text!r}."
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=zone)
