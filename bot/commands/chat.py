"""The commands that talk in the terminal: chat and demo."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from bot.commands.opening import Problem, moment, settings_read, store_opened, unopened

if TYPE_CHECKING:
    from bot.app import App
    from config import Settings

As = Annotated[str | None, typer.Option("--as", help="The e-mail address of who speaks.")]
Now = Annotated[
    str | None, typer.Option("--now", help="The moment at which the chat begins, ISO 8601.")
]
ForPrograms = Annotated[
    bool, typer.Option("--json", help="One JSON object a line in, one line out.")
]

TO_TRY = (
    "log call with John Smith about pricing, he prefers email, follow up next Tuesday",
    "what did Maria Schmidt complain about?",
    "what's on my plate this week?",
)
PAT = "pat@example.com"


def chat(speaker: As = None, now: Now = None, for_programs: ForPrograms = False) -> None:
    """Talk with the assistant in the terminal."""
    settings = settings_read()
    zone = ZoneInfo(settings.company_timezone)
    begins = moment(now, zone, "--now") if now else None
    # Whom nobody knows hears so at once, before the understanding is loaded.
    who = speaker if for_programs else _known(settings, speaker)
    with _assembled(settings) as app:
        if for_programs:
            _answer_lines(app, who, begins, zone)
        else:
            _converse(app, str(who), begins, zone)


def demo(speaker: As = PAT, for_programs: ForPrograms = False) -> None:
    """Talk with it on a fresh store with a small fictional firm in it."""
    import tempfile

    from pydantic import SecretStr

    from bot.demo import FIRM, STARTS

    with tempfile.TemporaryDirectory(prefix="crm-bot-demo-") as folder:
        store = SecretStr(f"sqlite:///{Path(folder) / 'demo.sqlite3'}")
        settings = _as_the_demo_firm(settings_read()).model_copy(update={"database_url": store})
        with _assembled(settings, filled=True) as app:
            if for_programs:
                _answer_lines(app, speaker, STARTS, FIRM.zone)
                return
            who = _known(settings, speaker)
            _introduce(app, who, STARTS)
            _converse(app, who, STARTS, FIRM.zone)


@contextmanager
def _assembled(settings: Settings, *, filled: bool = False) -> Iterator[App]:
    from sqlalchemy.exc import DatabaseError

    from bot.app import TERMINAL, assemble
    from bot.demo import fill
    from crm_store.database import NewerStore, NotAStore

    try:
        app = assemble(settings, channel=TERMINAL, fill=fill if filled else None)
    except (DatabaseError, NewerStore, NotAStore, OSError) as error:
        raise Problem(unopened(error)) from None
    try:
        yield app
    finally:
        app.engine.dispose()


def _as_the_demo_firm(settings: Settings) -> Settings:
    from bot.demo import FIRM
    from config import DateOrder

    order = DateOrder.DAY_FIRST if FIRM.day_first else DateOrder.MONTH_FIRST
    return settings.model_copy(
        update={
            "company_timezone": FIRM.timezone,
            "company_country": FIRM.country,
            "currency": FIRM.currency,
            "date_order": order,
        }
    )


def _answer_lines(app: App, speaker: str | None, now: datetime | None, zone: ZoneInfo) -> None:
    from io import TextIOWrapper

    from bot.channels.json_lines import JsonLines
    from bot.channels.talk import Talk

    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    for answer in JsonLines(Talk(app), speaker, now, zone).answers(sys.stdin):
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()


def _converse(app: App, speaker: str, now: datetime | None, zone: ZoneInfo) -> None:
    import platformdirs
    from rich.console import Console

    from bot.channels.talk import Talk
    from bot.channels.terminal import Clock, Terminal, lines_of

    folder = Path(platformdirs.user_data_dir("crm-bot", appauthor=False))
    chat = Terminal(Talk(app), speaker, Clock.beginning(now), zone, Console(highlight=False))
    chat.run(lines_of(app.names, folder / "typed"))


def _known(settings: Settings, wanted: str | None) -> str:
    """Who speaks: the one named, or the only one there is; raises Problem."""
    from crm_store import employees
    from crm_store.database import sessions

    engine = store_opened(settings)
    with sessions(engine, reads_only=True)() as session:
        people = [one.email for one in employees.active(session)]
    engine.dispose()
    if wanted is None and len(people) == 1:
        return people[0]
    for email in people:
        if wanted is not None and email.casefold() == wanted.strip().casefold():
            return email
    if not people:
        raise Problem(
            "Nobody uses this store yet. Add yourself: "
            'crm-bot user add you@example.com "Your Name" --role admin'
        )
    known = ", ".join(people[:5]) + (" ..." if len(people) > 5 else "")
    asked = f"{wanted} is nobody's address here" if wanted else "Say who you are"
    raise Problem(f"{asked}: use --as with one of {known}")


def _introduce(app: App, speaker: str, now: datetime) -> None:
    from rich.console import Console
    from rich.text import Text

    from crm_store import employees

    with app.sessions() as session:
        person = employees.by_email(session, speaker)
        name, role = (person.name, person.role.value) if person else (speaker, "")
    words = Text()
    words.append(f"You are {name} ({role}). It is {now:%A %d %B %Y, %H:%M} in {now.tzinfo}.\n")
    words.append("The firm, its people and its customers are invented. Try:\n")
    for sentence in TO_TRY:
        words.append(f"  {sentence}\n", style="bold")
    words.append("/help tells of the chat's own commands, Ctrl-D leaves.", style="dim")
    Console(highlight=False).print(words, soft_wrap=True)
