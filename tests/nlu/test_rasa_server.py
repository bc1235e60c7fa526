"""Asking a Rasa server, and going on without it when it is down, slow or talks nonsense."""

import json
import threading
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from zoneinfo import ZoneInfo

import pytest

from nlu import Engine
from nlu.dates import Calendar
from nlu.rasa_server import RasaServer
from nlu.understanding import Understander

ANSWER = {
    "text": "log call with Nakamura",
    "intent": {"name": "log_interaction", "confidence": 0.97},
    "intent_ranking": [
        {"name": "log_interaction", "confidence": 0.97},
        {"name": "nlu_fallback", "confidence": 0.02},
    ],
    "entities": [{"entity": "customer", "start": 14, "end": 22, "value": "Nakamura"}],
}
BEYOND_THE_TEXT = {"entity": "customer", "start": 5, "end": 99}
NOW = datetime(2026, 3, 4, 9, 15, tzinfo=ZoneInfo("Europe/London"))


class Rasa(BaseHTTPRequestHandler):
    """A server that answers as Rasa does, or whatever it is told to."""

    says: tuple[int, bytes] = (200, b"")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        status, body = self.says
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def rasa() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Rasa)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def acts(url: str, fallback: Engine) -> tuple[list[str], int]:
    engine = RasaServer(url, fallback)
    understander = Understander(engine, calendar=Calendar(), fallback=fallback)
    found = understander.understand("log call with Nakamura", NOW).acts
    return [f"{act.intent} {act.slots.get('customer')}" for act in found], engine.failures


def test_the_server_is_asked(rasa: str, nlu_engine: Engine) -> None:
    Rasa.says = (200, json.dumps(ANSWER).encode())
    assert acts(rasa, nlu_engine) == (["log_interaction Nakamura"], 0)


@pytest.mark.parametrize(
    "says",
    [
        (500, b"oops"),
        (200, b"not json"),
        (200, b"[]"),
        (200, b'{"intent": null, "intent_ranking": [], "entities": []}'),
        (
            200,
            json.dumps({**ANSWER, "entities": [{"entity": "x", "start": 5, "end": 99}]}).encode(),
        ),
    ],
)
def test_nonsense_loses_nothing(rasa: str, nlu_engine: Engine, says: tuple[int, bytes]) -> None:
    Rasa.says = says
    assert acts(rasa, nlu_engine) == (["log_interaction Nakamura"], 1)


def test_a_server_that_is_down_loses_nothing(nlu_engine: Engine) -> None:
    assert acts("http://127.0.0.1:9", nlu_engine) == (["log_interaction Nakamura"], 1)
