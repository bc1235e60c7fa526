"""The demo: a small surveyors' firm, its customers and its history, for trying and for tests."""

from datetime import datetime
from importlib import resources
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from crm_store.database import sessions
from crm_store.exchange.importing import attempt, keep
from crm_store.exchange.layout import ORDER
from crm_store.exchange.sheet import read_sheet
from crm_store.firm import Firm

FIRM = Firm(timezone="Europe/Berlin", country="DE", currency="EUR", day_first=True)
"""The firm that the demo is about."""

STARTS = datetime(2026, 11, 18, 10, 30, tzinfo=ZoneInfo("Europe/Berlin"))
"""The Wednesday on which the demo begins: everything in it is recent then."""


def fill(engine: Engine, firm: Firm = FIRM) -> None:
    """Import the demo's tables into an empty store."""
    folder = resources.files(__name__)
    with sessions(engine).begin() as session:
        for kind in ORDER:
            file = folder / f"{kind}.csv"
            if file.is_file():
                trial = attempt(session, kind, read_sheet(file.read_bytes()), firm)
                keep(session, trial, employee=None, at=STARTS, text=f"demo: {kind}")
