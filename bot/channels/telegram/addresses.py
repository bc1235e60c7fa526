"""Where people are reached on Telegram: their private chats, and groups that move."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from crm_store.conversations import Conversation
from crm_store.employees import ChannelIdentity, by_identity
from crm_store.mailbox import Outgoing

CHANNEL = "telegram"


@dataclass(frozen=True, slots=True)
class Private:
    """Whom a letter is for: their first name, None for a stranger; their private chat, None
    while it is closed; and whether nothing else of the answer is said in the group."""

    employee: str | None
    address: str | None
    alone: bool


def private(sessions: sessionmaker[Session], outgoing_id: int) -> Private:
    """The private chat of whom that letter is for."""
    with sessions() as session:
        letter = session.get_one(Outgoing, outgoing_id)
        if letter.employee is None:
            return Private(None, None, alone=True)
        address = session.scalars(
            select(ChannelIdentity.address)
            .where(ChannelIdentity.employee_id == letter.employee_id)
            .where(ChannelIdentity.channel == CHANNEL, ChannelIdentity.blocked_at.is_(None))
            .where(ChannelIdentity.verified_at.is_not(None), ChannelIdentity.address.is_not(None))
            .order_by(ChannelIdentity.id.desc())
        ).first()
        beside = session.scalars(
            select(Outgoing)
            .where(Outgoing.conversation_id == letter.conversation_id)
            .where(Outgoing.created_at == letter.created_at, Outgoing.id != letter.id)
        )
        alone = not any(one.address == letter.address and _open(one) for one in beside)
        return Private(letter.employee.name.split()[0], address, alone)


def block(sessions: sessionmaker[Session], chat: str, at: datetime) -> None:
    """Nothing arrives in that private chat any more: whoever has it there blocked us."""
    with sessions.begin() as session:
        session.execute(
            update(ChannelIdentity)
            .where(ChannelIdentity.channel == CHANNEL, ChannelIdentity.address == chat)
            .where(ChannelIdentity.blocked_at.is_(None))
            .values(blocked_at=at)
        )


def reopen(
    reading: sessionmaker[Session], sessions: sessionmaker[Session], user_id: str, chat: str
) -> None:
    """A linked person writes in their private chat, so that they can be answered there."""
    with reading() as session:
        identity = by_identity(session, CHANNEL, user_id)
        if identity is None or (identity.blocked_at is None and identity.address == chat):
            return
    with sessions.begin() as session:
        identity = by_identity(session, CHANNEL, user_id)
        if identity is not None:
            identity.blocked_at, identity.address = None, chat


def known(reading: sessionmaker[Session], user_id: str) -> bool:
    """Whether that user is somebody who works here."""
    with reading() as session:
        identity = by_identity(session, CHANNEL, user_id)
        return identity is not None and identity.employee.active


def move(sessions: sessionmaker[Session], old: str, new: str) -> None:
    """A group became a supergroup and has another number now."""
    with sessions.begin() as session:
        for table in (Conversation, Outgoing):
            session.execute(
                update(table)
                .where(table.channel == CHANNEL, table.address == old)
                .values(address=new)
            )


def _open(letter: Outgoing) -> bool:
    return not letter.body.get("private")
