"""The doctor: looks at what an installation needs, and says how to mend what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from config import NluEngine, Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what was seen, and, where it is not well, what to do about it."""

    subject: str
    seen: str
    mend: str = ""

    @property
    def well(self) -> bool:
        return not self.mend


def examined(settings: Settings) -> Iterator[Finding]:
    """Every finding, in the order in which a new installation would be set up."""
    yield Finding("settings", "all can be read")
    yield from _store(settings)
    yield from _understanding(settings)
    yield from _channels(settings)


def _store(settings: Settings) -> Iterator[Finding]:
    from sqlalchemy.exc import DatabaseError

    from crm_store.database import NoStore, NotAStore, open_store, sessions
    from crm_store.upkeep import problems

    try:
        engine = open_store(settings.database_url.get_secret_value(), create=False)
        found = problems(engine)
    except NoStore as error:
        yield Finding("database", f"{error}", "Create it with crm-bot db upgrade.")
        return
    except (DatabaseError, NotAStore, OSError) as error:
        why = str(getattr(error, "orig", error)).strip().partition("\n")[0]
        yield Finding("database", f"not to be opened: {why}", "Check DATABASE_URL, and the server.")
        return
    for sentence in found:
        yield Finding("database", sentence, "Run crm-bot db upgrade, or restore a backup.")
    if not found:
        yield Finding("database", f"sound, on {engine.dialect.name}")
        with sessions(engine, reads_only=True)() as session:
            yield from _people(session)
            yield from _undelivered(session)
            yield from _blocked(session)
    engine.dispose()


def _people(session: Session) -> Iterator[Finding]:
    from crm_store import employees
    from crm_store.employees import Role

    people = employees.active(session)
    add = 'Add one with crm-bot user add you@example.com "Your Name" --role admin.'
    if not people:
        yield Finding("employees", "nobody can use the assistant yet", add)
    elif not any(person.role is Role.ADMIN for person in people):
        yield Finding("employees", f"{len(people)}, and no administrator among them", add)
    else:
        yield Finding("employees", f"{len(people)} can use the assistant")


def _undelivered(session: Session) -> Iterator[Finding]:
    from crm_store.mailbox import undelivered

    failed = undelivered(session)
    if not failed:
        yield Finding("messages", "none was given up")
        return
    latest = failed[0]
    yield Finding(
        "messages",
        f"{len(failed)} could not be delivered, the last on {latest.channel} at "
        f"{latest.failed_at:%Y-%m-%d %H:%M} UTC: {latest.error or 'no reason was given'}",
        "See whether the person still uses that channel, and whether its token is good.",
    )


def _blocked(session: Session) -> Iterator[Finding]:
    from crm_store.employees import active

    for person in active(session):
        for identity in person.identities:
            if identity.blocked_at is not None:
                yield Finding(
                    f"{person.name}",
                    f"blocked the bot on {identity.channel.capitalize()} at "
                    f"{identity.blocked_at:%Y-%m-%d %H:%M} UTC, so nothing is sent there",
                    "It goes on as soon as they write to the bot there again.",
                )


def _understanding(settings: Settings) -> Iterator[Finding]:
    if settings.nlu_engine is NluEngine.EMBEDDED:
        yield Finding("understanding", "the embedded engine, which needs no server")
        return
    import httpx

    try:
        httpx.get(settings.rasa_url, timeout=5).raise_for_status()
    except httpx.HTTPError as error:
        yield Finding(
            "understanding",
            f"no Rasa server answers at {settings.rasa_url} ({type(error).__name__})",
            "Start it, correct RASA_URL, or set NLU_ENGINE=embedded.",
        )
    else:
        yield Finding("understanding", f"a Rasa server answers at {settings.rasa_url}")


def _channels(settings: Settings) -> Iterator[Finding]:
    if settings.slack_bot_token:
        way = "Socket Mode" if settings.slack_app_token else "HTTP"
        yield Finding("Slack", f"set up, over {way}")
    else:
        yield Finding("Slack", "off; SLACK_BOT_TOKEN turns it on")
    if settings.telegram_bot_token:
        yield _telegram(settings)
    else:
        yield Finding("Telegram", "off; TELEGRAM_BOT_TOKEN turns it on")


def _telegram(settings: Settings) -> Finding:
    from bot.channels.telegram.name import NoName, name_of

    way = "a webhook" if settings.telegram_webhook_url else "polling"
    try:
        name = name_of(settings)
    except NoName as error:
        mend = "Copy the token anew from @BotFather, or correct TELEGRAM_API_URL."
        return Finding("Telegram", f"set up, by {way}, but {error}", mend)
    return Finding("Telegram", f"@{name} answers, by {way}")
