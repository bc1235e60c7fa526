"""What becomes of a message after one of its buttons was pressed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store.conversations import Button, button
from crm_store.mailbox import Outgoing, OutgoingKind
from skills.kit import Skill


class Fate(StrEnum):
    """What happens to the message that the pressed button sits on."""

    REPLACED = "replaced"
    """The answer takes its place: a question answered, a receipt taken back."""
    THINNED = "thinned"
    """It stays without the buttons that are used up: one line of a list was dealt with."""
    LEFT = "left"
    """It stays as it is: something more was asked about it."""


@dataclass(frozen=True, slots=True)
class Source:
    """The message that bore the button: what it said, its id, the tokens that are used up."""

    outgoing_id: int
    body: Mapping[str, Any]
    fate: Fate
    used: frozenset[str] = frozenset()


def source_of(
    session: Session, token: str, answer: Outgoing, skills: Mapping[str, Skill]
) -> Source | None:
    """Where the button sat and what becomes of that; None if it is not there any more."""
    found = button(session, token)
    if found is None or found.outgoing_id is None:
        return None
    bore = session.get(Outgoing, found.outgoing_id)
    if bore is None:
        return None
    fate, used = Fate.LEFT, frozenset[str]()
    if found.employee_id in (None, answer.employee_id) and not _overwritten(session, bore):
        fate, used = _fate(session, found, bore, skills)
    return Source(bore.id, bore.body, fate, used)


def _fate(
    session: Session, pressed: Button, bore: Outgoing, skills: Mapping[str, Skill]
) -> tuple[Fate, frozenset[str]]:
    payload = pressed.payload
    if "draft" in payload:
        return Fate.REPLACED, frozenset()
    skill = skills.get(str(payload.get("intent")))
    if skill is not None and skill.does == "read":
        return Fate.LEFT, frozenset()
    if bore.body.get("deed") or bore.kind is OutgoingKind.REMINDER:
        return Fate.REPLACED, frozenset()
    beside = session.scalars(select(Button).where(Button.outgoing_id == bore.id)).all()
    subjects = {_subject(one) for one in beside} - {""}
    if len(subjects) > 1:
        mine = _subject(pressed)
        return Fate.THINNED, frozenset(one.token for one in beside if _subject(one) == mine)
    return Fate.REPLACED, frozenset()


def _overwritten(session: Session, bore: Outgoing) -> bool:
    """Whether a later answer already took its place: of two quick presses the first counts."""
    if bore.external_id is None:
        return False
    newest = session.scalar(
        select(Outgoing.id)
        .where(Outgoing.external_id == bore.external_id)
        .order_by(Outgoing.id.desc())
        .limit(1)
    )
    return newest != bore.id


def _subject(one: Button) -> str:
    """The rows that a button is about."""
    values = one.payload.get("values") or {}
    rows = [value for value in values.values() if isinstance(value, Mapping) and "row" in value]
    return json.dumps(rows, sort_keys=True) if rows else ""
