"""Rasa as the engine: a server is asked for every clause, and the embedded engine stands in."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nlu.acts import KnownName
from nlu.engine import Engine, Entity, Parse

if TYPE_CHECKING:
    import httpx

log = logging.getLogger(__name__)
TIMEOUT = 2.0
"""Seconds that a clause may take; a person is waiting."""


class NonsenseError(ValueError):
    """The server answered something that is no parse."""


class RasaServer:
    """Asks `POST /model/parse` of a Rasa 3 server. A server that is down, slow or answers
    nonsense loses no clause: `fallback` reads it, and `failures` counts that."""

    name = "rasa"

    def __init__(self, url: str, fallback: Engine, *, client: httpx.Client | None = None) -> None:
        import httpx

        self._client = client or httpx.Client(timeout=TIMEOUT, trust_env=False)
        self._url = f"{url.rstrip('/')}/model/parse"
        self._fallback = fallback
        self._warned = False
        self.failures = 0

    def parse(self, clause: str, known: Sequence[KnownName] = ()) -> Parse:
        import httpx

        try:
            answer = self._client.post(self._url, json={"text": clause})
            answer.raise_for_status()
            parse = read_answer(clause, answer.json())
        except (httpx.HTTPError, ValueError) as error:
            self.failures += 1
            if not self._warned:
                log.warning("Rasa does not answer (%s); the embedded engine stands in", error)
            self._warned = True
            return self._fallback.parse(clause, known)
        self._warned = False
        return parse


def read_answer(clause: str, answer: Any) -> Parse:
    """The parse in Rasa's JSON. Raises NonsenseError where there is none."""
    try:
        ranking = answer["intent_ranking"] or [answer["intent"]]
        intents = tuple((str(one["name"]), float(one["confidence"])) for one in ranking)
        entities = tuple(_entity(clause, one) for one in answer["entities"])
    except (KeyError, TypeError, ValueError) as error:
        raise NonsenseError(f"no parse in the answer: {error}") from error
    if not intents:
        raise NonsenseError("no intent in the answer")
    # Rasa's own word for "none of them" is a fallback intent.
    named = tuple(("out_of_scope" if n == "nlu_fallback" else n, c) for n, c in intents)
    return Parse(named, entities)


def _entity(clause: str, one: Mapping[str, Any]) -> Entity:
    start, end = int(one["start"]), int(one["end"])
    if not 0 <= start < end <= len(clause):
        raise NonsenseError(f"an entity from {start} to {end}")
    return Entity(start, end, str(one["entity"]), str(one.get("value") or clause[start:end]))
