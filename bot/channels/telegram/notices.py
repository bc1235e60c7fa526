"""What the channel itself has to say: of files that Telegram does not hand out."""

from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker
from telegram import Message

from bot.channels.telegram.addresses import CHANNEL
from bot.channels.telegram.incoming import external_id
from crm_store.employees import by_identity
from crm_store.mailbox import Outgoing, OutgoingKind, seen_first

TOO_LARGE = (
    "That file is larger than the 20 MB that Telegram hands out to me. "
    "Send a smaller one, or tell me in words what is in it. Nothing was saved."
)


def too_large(sessions: sessionmaker[Session], message: Message, now: datetime) -> None:
    """Put down that a file is too large, for the one who sent it."""
    assert message.from_user is not None
    with sessions.begin() as session:
        if not seen_first(session, CHANNEL, external_id(message), now):
            return
        identity = by_identity(session, CHANNEL, str(message.from_user.id))
        if identity is None:
            return
        session.add(
            Outgoing(
                kind=OutgoingKind.NOTICE,
                channel=CHANNEL,
                address=str(message.chat.id),
                employee=identity.employee,
                body={
                    "text": TOO_LARGE,
                    "facts": [],
                    "buttons": [],
                    "private": True,
                    "picture": None,
                    "to": identity.employee.email,
                },
                due_at=now,
                created_at=now,
            )
        )
