"""The receipt: the replies of a turn as one message with its buttons, put into the mailbox."""

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.dialogue import CANCELS, DENIES, Draft, by_beginning, by_label, by_words
from bot.message import IncomingMessage
from crm_store import hours
from crm_store.conversations import Button, Conversation
from crm_store.deeds import Deed, Effect
from crm_store.employees import ChannelIdentity, Employee
from crm_store.mailbox import Outgoing, OutgoingKind, keyed
from nlu import Act
from skills.kit import Choice, Notice, Picture, Reply, Turn

BUTTONS_LAST = timedelta(days=30)
UNDO = "undo"


def write(
    session: Session,
    message: IncomingMessage,
    employee: Employee,
    conversation: Conversation,
    replies: Sequence[Reply],
    deed: Deed | None = None,
    draft: Draft | None = None,
) -> None:
    """Put the answer into the mailbox, in a group apart for what only the asker may see."""
    choices = [choice for reply in replies for choice in reply.choices]
    if deed is not None:
        choices.append(_undo(session, deed))
    aside = [reply for reply in replies if reply.private and message.group]
    open_part = [reply for reply in replies if reply not in aside]
    parts = [(open_part, False), (aside, True)]
    last = bool(aside)
    for part, private in parts:
        if not part:
            continue
        carries = private == last
        outgoing = _put(
            session,
            part,
            private,
            channel=message.channel,
            address=message.address,
            employee=employee,
            conversation=conversation,
            at=message.sent_at,
        )
        if message.carried:
            outgoing.body = {**outgoing.body, "carried": dict(message.carried)}
        if deed is not None:
            outgoing.body = {**outgoing.body, "deed": deed.id}
        if carries:
            _offer(session, outgoing, _unique(choices), draft, employee, message.sent_at)


def notify(session: Session, notice: Notice, at: datetime, message: IncomingMessage) -> None:
    """Tell a colleague something, where they can be reached: at once, or in one piece with
    the rest when their days off or quiet hours end. What they muted is not told."""
    colleague, reply = notice.employee, notice.reply
    if hours.muted(colleague, notice.event, at):
        return
    due_at = hours.held_until(colleague, at)
    key = f"notices:{colleague.id}:{due_at.isoformat()}" if due_at > at else None
    waiting = keyed(session, key) if key else None
    if waiting is not None and waiting.sent_at is None:
        told = [*waiting.body["facts"], reply.text, *reply.facts]
        waiting.body = {**waiting.body, "facts": told}
        return
    channel, address = reach(session, colleague, message.channel)
    outgoing = _put(
        session,
        [reply],
        private=False,
        channel=channel,
        address=address,
        employee=colleague,
        conversation=None,
        at=due_at,
        kind=OutgoingKind.NOTICE,
    )
    outgoing.body = {**outgoing.body, "thread": ""}
    if key is not None:
        outgoing.key = key
        outgoing.body = {**outgoing.body, "at": due_at.isoformat()}


def reach(session: Session, employee: Employee, channel: str) -> tuple[str, str]:
    """The channel and address of somebody's private chat: the channel in use where possible."""
    if channel == "terminal":
        return channel, employee.email
    found = session.scalars(
        select(ChannelIdentity)
        .where(ChannelIdentity.employee_id == employee.id, ChannelIdentity.blocked_at.is_(None))
        .where(ChannelIdentity.verified_at.is_not(None), ChannelIdentity.address.is_not(None))
        .order_by(ChannelIdentity.channel == channel, ChannelIdentity.id)
    ).all()
    for identity in reversed(found):
        return identity.channel, str(identity.address)
    return "terminal", employee.email


def offered(turn: Turn, text: str) -> Button | None:
    """The button of the last answer whose label (or number, of a list) was typed."""
    shown = _last_buttons(turn)
    choices = [Choice(one.label) for one in shown]
    found = by_label(choices, text) or by_beginning(choices, text)
    return shown[choices.index(found)] if found else None


def proposed(turn: Turn, act: Act) -> Button | None:
    """The button that a yes, a no or "the second one" means, on the last answer."""
    shown = _last_buttons(turn)
    if act.intent == DENIES:
        return next((b for b in shown if b.payload.get("no")), None)
    if act.intent == CANCELS:
        return None
    position = act.slots.get("position")
    if isinstance(position, int):
        index = position - 1 if position > 0 else position
        return shown[index] if -len(shown) <= index < len(shown) else None
    criteria = act.slots.get("criteria")
    if criteria:
        choices = [Choice(one.label) for one in shown]
        found = by_words(choices, str(criteria))
        return shown[choices.index(found)] if found else None
    proposals = [b for b in shown if b.payload.get("yes")]
    return proposals[0] if len(proposals) == 1 else None


def _last_buttons(turn: Turn) -> list[Button]:
    """The buttons under the newest thing said in this conversation that may be pressed."""
    newest = (
        select(Outgoing.id)
        .where(Outgoing.conversation_id == turn.conversation.id)
        .order_by(Outgoing.due_at.desc(), Outgoing.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return list(
        turn.session.scalars(
            select(Button)
            .where(Button.outgoing_id == newest, Button.employee_id == turn.employee.id)
            .where(Button.closed_at.is_(None), Button.expires_at > turn.now)
            .order_by(Button.id)
        )
    )


def _put(
    session: Session,
    replies: Sequence[Reply],
    private: bool,
    *,
    channel: str,
    address: str,
    employee: Employee,
    conversation: Conversation | None,
    at: datetime,
    kind: OutgoingKind = OutgoingKind.REPLY,
) -> Outgoing:
    facts = dict.fromkeys(fact for reply in replies for fact in reply.facts)
    pictures = [reply.picture for reply in replies if reply.picture]
    outgoing = Outgoing(
        kind=kind,
        channel=channel,
        address=address,
        conversation=conversation,
        employee=employee,
        body={
            "text": "\n".join(dict.fromkeys(reply.text for reply in replies if reply.text)),
            "facts": list(facts),
            "buttons": [],
            "private": private,
            "picture": _picture(pictures[0]) if pictures else None,
            "to": employee.email,
        },
        due_at=at,
        created_at=at,
    )
    session.add(outgoing)
    return outgoing


def _picture(picture: Picture) -> dict[str, str]:
    return {
        "png": base64.b64encode(picture.png).decode("ascii"),
        "alternative": picture.alternative,
    }


def offer(
    session: Session,
    outgoing: Outgoing,
    choices: Sequence[Choice],
    employee: Employee,
    conversation: Conversation,
    at: datetime,
) -> None:
    """Put buttons under something said without being asked: a reminder, a digest."""
    outgoing.conversation = conversation
    _offer(session, outgoing, choices, None, employee, at)


def _offer(
    session: Session,
    outgoing: Outgoing,
    choices: Sequence[Choice],
    draft: Draft | None,
    employee: Employee,
    at: datetime,
) -> None:
    rows: list[Button] = []
    for index, choice in enumerate(draft.choices if draft else ()):
        assert draft is not None
        payload = {"draft": draft.key, "choice": index}
        rows.append(_button(choice, payload, employee, at))
    for choice in choices:
        payload = {"intent": choice.intent, "values": dict(choice.values)}
        payload |= {"yes": True} if choice.yes else {}
        payload |= {"no": True} if choice.drops else {}
        rows.append(_button(choice, payload, employee, at))
    outgoing.body = {
        **outgoing.body,
        "buttons": [{"token": row.token, "label": row.label} for row in rows],
    }
    # The row of the message comes first: its buttons refer to it.
    session.flush()
    for row in rows:
        row.outgoing_id = outgoing.id
        if outgoing.conversation is not None:
            row.conversation = outgoing.conversation
    session.add_all(rows)


def _button(choice: Choice, payload: dict[str, Any], employee: Employee, at: datetime) -> Button:
    return Button(
        token=secrets.token_urlsafe(9),
        employee_id=employee.id,
        label=choice.label[:75],
        payload=payload,
        created_at=at,
        expires_at=at + BUTTONS_LAST,
    )


def _undo(session: Session, deed: Deed) -> Choice:
    """The button that takes all of this message back."""
    effects = session.scalars(select(Effect.id).where(Effect.deed_id == deed.id)).all()
    label = "Undo all" if len(effects) > 1 else "Undo"
    return Choice(label, UNDO, {"deed": deed.id})


def _unique(choices: Sequence[Choice]) -> list[Choice]:
    seen: dict[tuple[str, str | None], Choice] = {}
    for choice in choices:
        seen.setdefault((choice.label, choice.intent), choice)
    return list(seen.values())
