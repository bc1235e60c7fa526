"""Who somebody is on Telegram: proved once by a code that came another way."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from bot.channels.telegram.addresses import CHANNEL
from crm_store.employees import Employee, by_identity, identify, redeem
from crm_store.mailbox import Outgoing, OutgoingKind, keyed, seen_first

WAITING = "answer-"
"""Begins the payload that asks for an answer which could not be given in a group."""
BAD_CODE = (
    "That code is not valid: it was used already, or is older than ten minutes. "
    'Ask for a new one, in Slack with "link my telegram" or from your administrator.'
)
LINKED = "I know you: your account is linked."
KNOWN_ALREADY = "That code is not valid any more, but I know you already: your account is linked."
LINK = "link"
"""The payload with which a stranger comes from a group."""
HOW = (
    "I do not know you yet, so I can tell you nothing. Ask me in Slack to "
    '"link my telegram", or your administrator for an invitation, and open the link you get.'
)
ASIDE = "There is nothing waiting for you."


def is_ours(payload: str) -> bool:
    """Whether what came with /start is a code or one of our own words."""
    return len(payload) >= 16 or payload == LINK or payload.startswith(WAITING)


def start(
    sessions: sessionmaker[Session],
    *,
    payload: str,
    user_id: str,
    chat: str,
    external_id: str,
    now: datetime,
) -> None:
    """Redeem a code, or give the answer that waits; what is said about it is in the mailbox."""
    with sessions.begin() as session:
        if not seen_first(session, CHANNEL, external_id, now):
            return
        identity = by_identity(session, CHANNEL, user_id)
        known = identity.employee if identity and identity.employee.active else None
        if payload.startswith(WAITING):
            if known is not None:
                _give(session, known, payload.removeprefix(WAITING), chat, now)
            return
        if payload == LINK and known is None:
            key = f"how:{CHANNEL}:{user_id}:{now:%Y-%m-%dT%H}"
            if keyed(session, key) is None:
                _say(session, chat, now, {"text": HOW, "to": user_id}, key=key)
            return
        employee = redeem(session, payload, now)
        if employee is not None:
            identify(session, employee, CHANNEL, user_id, at=now, address=chat)
            _say(session, chat, now, _welcome(employee), employee=employee)
        elif known is not None:
            text = LINKED if payload == LINK else KNOWN_ALREADY
            _say(session, chat, now, {"text": text}, employee=known)
        else:
            # One answer a minute: a code cannot be guessed, but a program may try.
            key = f"code:{CHANNEL}:{user_id}:{now:%Y-%m-%dT%H:%M}"
            if keyed(session, key) is None:
                _say(session, chat, now, {"text": BAD_CODE, "to": user_id}, key=key)


def _welcome(employee: Employee) -> dict[str, Any]:
    first = employee.name.split()[0]
    return {
        "text": f"Welcome, {first}: this account is linked to \x02{employee.email}\x03.",
        "facts": [
            'Tell me whom you talked to: "log call with Ann Lee about pricing".',
            'Ask me: "what is due today?", "brief me on Ann Lee".',
            '"help" shows the rest; "undo" takes back your last entry.',
        ],
    }


def _give(session: Session, employee: Employee, number: str, chat: str, now: datetime) -> None:
    """Say again, in private, what was meant for this person alone."""
    found = session.get(Outgoing, int(number)) if number.isdecimal() else None
    if found is None or found.employee_id != employee.id or not found.body.get("private"):
        _say(session, chat, now, {"text": ASIDE}, employee=employee)
        return
    body = {**found.body, "private": False, "carried": {}}
    key = f"again:{found.id}"
    if keyed(session, key) is None:
        _say(session, chat, now, body, employee=employee, key=key, beside=found)


def _say(
    session: Session,
    chat: str,
    now: datetime,
    body: Mapping[str, Any],
    *,
    employee: Employee | None = None,
    key: str | None = None,
    beside: Outgoing | None = None,
) -> None:
    empty = {"text": "", "facts": [], "buttons": [], "private": False, "picture": None}
    to = {"to": employee.email} if employee else {}
    session.add(
        Outgoing(
            kind=OutgoingKind.NOTICE,
            channel=CHANNEL,
            address=chat,
            employee=employee,
            conversation_id=beside.conversation_id if beside else None,
            body={**empty, **to, **body},
            key=key,
            due_at=now,
            created_at=now,
        )
    )
