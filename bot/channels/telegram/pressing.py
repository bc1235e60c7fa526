"""Buttons on Telegram: whether a press counts, and what a message shows after it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bot.channels.telegram.addresses import CHANNEL
from bot.channels.telegram.keyboard import DONE
from crm_store.conversations import Button, Conversation, button
from crm_store.employees import by_identity
from crm_store.mailbox import Outgoing, Received

CLOSED = "That question is closed."
NOT_YOURS = "That button is for somebody else."
STRANGER = "I do not know you yet. Link your account with me in private first."
LOOKED_AT = 5
"""How many of the latest messages of a conversation are kept up to date."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The buttons that a sent message is to show from now on."""

    chat: str
    message: int
    buttons: tuple[Mapping[str, str], ...]


def refusal(
    sessions: sessionmaker[Session], token: str, user_id: str, press: str, now: datetime
) -> str | None:
    """Why the press does nothing, as an alert says it; None if it counts. `press` is its
    external id: one that was heard before counts again, and is dropped as a repetition."""
    with sessions() as session:
        heard = select(Received.id).where(
            Received.channel == CHANNEL, Received.external_id == press
        )
        if session.scalar(heard) is not None:
            return None
        identity = by_identity(session, CHANNEL, user_id)
        if identity is None or not identity.employee.active:
            return STRANGER
        found = button(session, token)
        if found is None or (found.expires_at is not None and found.expires_at <= now):
            return CLOSED
        if found.employee_id not in (None, identity.employee_id):
            return NOT_YOURS
        asked = found.payload.get("draft")
        return CLOSED if asked and asked != _open_draft(found.conversation, now) else None


def pressed(sessions: sessionmaker[Session], token: str, now: datetime) -> list[Shown]:
    """What the message of the button, and others of its conversation, show after the press."""
    with sessions.begin() as session:
        found = button(session, token)
        if found is None:
            return []
        letter = session.get(Outgoing, found.outgoing_id) if found.outgoing_id else None
        if letter is not None:
            used = letter.body.get("pressed") or []
            letter.body = {**letter.body, "pressed": [*used, token]}
        return list(_outdated(session, found.conversation, now, letter))


def answered(
    reading: sessionmaker[Session],
    sessions: sessionmaker[Session],
    user_id: str,
    group: str | None,
    now: datetime,
) -> list[Shown]:
    """What earlier messages show after the person wrote: no choices of closed questions."""
    with reading() as session:
        found = _conversation(session, user_id, group)
        if found is None or not any(_outdated(session, found, now)):
            return []
    with sessions.begin() as session:
        return list(_outdated(session, session.get_one(Conversation, found.id), now))


def _conversation(session: Session, user_id: str, group: str | None) -> Conversation | None:
    identity = by_identity(session, CHANNEL, user_id)
    if identity is None:
        return None
    return session.scalars(
        select(Conversation).where(
            Conversation.employee_id == identity.employee_id,
            Conversation.channel == (CHANNEL if group else "private"),
            Conversation.address == (group or identity.employee.email),
        )
    ).one_or_none()


def _outdated(
    session: Session, conversation: Conversation, now: datetime, also: Outgoing | None = None
) -> Iterator[Shown]:
    """The messages whose buttons must change; they count as changed from here on."""
    latest = session.scalars(
        select(Outgoing)
        .where(Outgoing.conversation_id == conversation.id, Outgoing.channel == CHANNEL)
        .where(Outgoing.external_id.is_not(None))
        .order_by(Outgoing.id.desc())
        .limit(LOOKED_AT)
    )
    asked = _open_draft(conversation, now)
    for letter in {one.id: one for one in (*latest, *([also] if also else []))}.values():
        offered = letter.body.get("buttons") or []
        if not offered or letter.external_id is None:
            continue
        buttons = _remaining(session, letter, asked)
        if buttons != letter.body.get("shown", offered):
            letter.body = {**letter.body, "shown": buttons}
            chat, _, number = letter.external_id.rpartition(":")
            yield Shown(chat, int(number), tuple(buttons))


def _remaining(session: Session, letter: Outgoing, asked: str | None) -> list[dict[str, str]]:
    """Every button of a sentence that stands, of a question the open ones or the chosen."""
    used = set(letter.body.get("pressed") or ())
    found = session.execute(
        select(Button.token, Button.payload).where(Button.outgoing_id == letter.id)
    )
    drafts = {token: payload.get("draft") for token, payload in found}
    decided = {drafts.get(token) for token in used} - {None}
    remaining = []
    for one in letter.body["buttons"]:
        draft = drafts.get(one["token"])
        if one["token"] in used:
            remaining.append({**one, "label": f"{DONE}{one['label']}"})
        elif draft is None or (draft == asked and draft not in decided):
            remaining.append(dict(one))
    return remaining


def _open_draft(conversation: Conversation, now: datetime) -> str | None:
    expires = conversation.draft_expires_at
    if conversation.draft is None or (expires is not None and expires <= now):
        return None
    return str(conversation.draft["key"])
