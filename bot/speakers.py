"""Who speaks: an employee by their name on the channel, or a stranger who gets one line."""

from datetime import timedelta

from sqlalchemy.orm import Session

from bot.message import IncomingMessage
from crm_store import employees
from crm_store.employees import Employee
from crm_store.mailbox import Outgoing, OutgoingKind, keyed

TERMINAL = "terminal"
HOUR = timedelta(hours=1)
STRANGER = (
    "I do not know you yet. Ask your administrator to link your account; "
    "until then I can tell you nothing."
)


def speaker(session: Session, message: IncomingMessage) -> Employee | None:
    """The active employee behind the message; None for strangers and for those who left."""
    if message.channel == TERMINAL:
        # Whoever sits at the machine says who they are; there is no account to prove.
        found = employees.by_email(session, message.user_id)
    else:
        identity = employees.by_identity(session, message.channel, message.user_id, message.team)
        found = identity.employee if identity else None
    if found is None or not found.active:
        return None
    gone = found.leaves_at is not None and found.leaves_at <= message.sent_at
    return None if gone else found


def stranger(session: Session, message: IncomingMessage) -> None:
    """One polite private line, at most once an hour, that names nobody."""
    who = f"stranger:{message.channel}:{message.team}:{message.user_id}"
    key = f"{who}:{message.sent_at:%Y-%m-%dT%H}"
    before = f"{who}:{message.sent_at - HOUR:%Y-%m-%dT%H}"
    for told in (keyed(session, key), keyed(session, before)):
        if message.channel != TERMINAL and told and message.sent_at - told.created_at < HOUR:
            return
    body = {
        "text": STRANGER,
        "facts": [],
        "buttons": [],
        "private": True,
        "picture": None,
        "to": message.user_id,
    }
    session.add(
        Outgoing(
            kind=OutgoingKind.NOTICE,
            channel=message.channel,
            address=message.address,
            body=body,
            key=None if message.channel == TERMINAL else key,
            due_at=message.sent_at,
            created_at=message.sent_at,
        )
    )
