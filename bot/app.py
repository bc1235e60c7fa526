"""The one place where everything is put together."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from bot.assistant import Assistant
from bot.firm import calendar_of, firm_of
from bot.message import IncomingMessage
from bot.planner import Planner, step
from config import Settings
from config.settings import NluEngine as Chosen
from crm_store import pipeline
from crm_store.customers import Customer
from crm_store.database import open_store, sessions, upgrade
from crm_store.firm import Firm
from crm_store.mailbox import Outgoing
from nlu import Engine as NluEngine
from nlu.dates import Calendar
from nlu.model_files import embedded
from nlu.understanding import Understander
from skills import all_skills

TERMINAL = "terminal"


@dataclass(frozen=True, slots=True)
class Delivered:
    """Something said to somebody; `due_at` only of what came by itself."""

    to: str
    body: dict[str, Any]
    due_at: datetime | None
    outgoing_id: int
    kind: str


@dataclass
class App:
    """A running assistant: its store, its ears, and what falls due."""

    engine: Engine
    sessions: sessionmaker[Session]
    assistant: Assistant
    planner: Planner
    firm: Firm
    calendar: Calendar
    clock: datetime | None = None
    _begun: bool = field(default=False)
    _heard_at: datetime | None = field(default=None)

    def hear(self, message: IncomingMessage) -> None:
        """Take in a message; its answers are in the mailbox afterwards."""
        self._begin(message.sent_at)
        self._heard_at = max(self._heard_at or message.sent_at, message.sent_at)
        self.assistant.hear(message)

    def advance(self, now: datetime) -> None:
        """Move the standing clock, stopping at each instant at which something falls due."""
        start = self.clock or now
        self._begin(start)
        if now > start:
            step(self.planner, start, now)
        self.clock = max(start, now)

    def _begin(self, now: datetime) -> None:
        if not self._begun:
            self.planner.begin(now)
            self._begun = True

    def collect(self, channel: str = TERMINAL) -> list[Delivered]:
        """What was said on the channel since the last time, delivered with this call."""
        moments = [one for one in (self.clock, self._heard_at) if one is not None]
        now = max(moments) if moments else datetime.now(UTC)
        with self.sessions.begin() as session:
            rows = session.scalars(
                select(Outgoing)
                .where(Outgoing.channel == channel, Outgoing.sent_at.is_(None))
                .where(Outgoing.due_at <= now)
                .order_by(Outgoing.due_at, Outgoing.id)
            ).all()
            found = []
            for row in rows:
                row.sent_at = self.clock or row.due_at
                found.append(_delivered(row))
            return found

    def names(self, prefix: str) -> list[str]:
        """Customers whose name begins so, for completion while typing."""
        with self.sessions() as session:
            wanted = select(Customer.name).where(Customer.name.istartswith(prefix, autoescape=True))
            return list(session.scalars(wanted.order_by(Customer.name).limit(10)))


def _delivered(row: Outgoing) -> Delivered:
    at = row.body.get("at")
    return Delivered(
        to=row.body.get("to", ""),
        body=row.body,
        due_at=datetime.fromisoformat(at) if at else None,
        outgoing_id=row.id,
        kind=row.kind.value,
    )


def assemble(
    settings: Settings,
    *,
    url: str | None = None,
    channel: str = "",
    nlu_engine: NluEngine | None = None,
    fill: Callable[[Engine, Firm], None] | None = None,
) -> App:
    """Open the store, bring it up to date, and put the assistant on top of it."""
    firm, calendar = firm_of(settings), calendar_of(settings)
    engine = open_store(url or settings.database_url.get_secret_value())
    upgrade(engine)
    make = sessions(engine)
    with make.begin() as session:
        pipeline.settle(session)
    if fill is not None:
        fill(engine, firm)
    own = nlu_engine or embedded(cache_dir=_cache(settings))
    understander = Understander(_asked(settings, own), calendar=calendar, fallback=own)
    skills = all_skills()
    assistant = Assistant(make, understander, skills, firm, calendar)
    planner = Planner(make, skills, firm, calendar, channel)
    return App(engine, make, assistant, planner, firm, calendar)


def _asked(settings: Settings, own: NluEngine) -> NluEngine:
    """The engine of the settings; our own cuts messages and stands in for a server."""
    if settings.nlu_engine is Chosen.EMBEDDED:
        return own
    from nlu.rasa_server import RasaServer

    return RasaServer(settings.rasa_url, own)


def _cache(settings: Settings) -> Path:
    return settings.model_cache
