"""The commands about understanding: what a message means, train, evaluate."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from nlu.engine import Engine


def understand(
    now: Annotated[
        str | None, typer.Option(help="The moment to read dates from, ISO 8601.")
    ] = None,
    tz: Annotated[str, typer.Option(help="Time zone, e.g. Europe/Berlin.")] = "UTC",
    engine: Annotated[str, typer.Option(help="embedded or rasa")] = "embedded",
) -> None:
    """Say what messages mean: one a line in, one JSON object a line out."""
    from nlu.dates.moments import Calendar
    from nlu.model_files import embedded
    from nlu.understanding import Understander

    zone = _zone(tz)
    own = embedded()
    asked: Engine = own
    if engine == "rasa":
        from config import load
        from nlu.rasa_server import RasaServer

        asked = RasaServer(load().rasa_url, own)
    elif engine != "embedded":
        raise typer.BadParameter(f"no engine is called {engine}", param_hint="--engine")
    understander = Understander(asked, calendar=Calendar(), fallback=own)
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    for line in sys.stdin:
        text = line.rstrip("\r\n")
        understood = understander.understand(text, _moment(now, zone))
        sys.stdout.write(json.dumps(understood.to_json(), ensure_ascii=False) + "\n")
        sys.stdout.flush()


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise typer.BadParameter(f"no time zone is called {name}", param_hint="--tz") from error


def _moment(text: str | None, zone: ZoneInfo) -> datetime:
    if text is None:
        return datetime.now(zone)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text} is no ISO 8601 time", param_hint="--now") from error
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
