"""The planner: puts what falls due into the mailbox, each occurrence once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.orm import Session, sessionmaker

from bot import receipt
from crm_store import mailbox, reminders
from crm_store.conversations import ConversationKind, held
from crm_store.firm import Firm
from crm_store.mailbox import Outgoing, OutgoingKind
from crm_store.reminders import Reminder
from nlu.dates import Calendar
from skills.focus import Focus
from skills.kit import Skill, Turn
from skills.reminders import announcement

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Planner:
    """Turns reminders that fall due into messages in the mailbox."""

    sessions: sessionmaker[Session]
    skills: Mapping[str, Skill]
    firm: Firm
    calendar: Calendar
    channel: str = ""
    """The channel in use; empty lets each person's own decide."""

    def next_at(self) -> datetime | None:
        """When something falls due next."""
        with self.sessions() as session:
            return reminders.next_to_tell_at(session)

    def begin(self, now: datetime) -> None:
        """On a store that was never in use: what is past by now is overdue, and not sent."""
        with self.sessions.begin() as session:
            if mailbox.in_use(session):
                return
            for reminder in reminders.to_tell(session, now):
                _told(reminder, now)

    def plan(self, now: datetime) -> int:
        """Put down everything that is due by now; how many messages that were."""
        with self.sessions.begin() as session:
            ripe = reminders.to_tell(session, now)
            for reminder in ripe:
                self._announce(session, reminder, now)
            return len(ripe)

    def _announce(self, session: Session, reminder: Reminder, now: datetime) -> None:
        at = reminder.tell_at
        if not reminder.employee.active:
            reminder.delivered_at = now
            return
        key = f"reminder:{reminder.id}:{reminder.occurrence}:{at.isoformat()}"
        if mailbox.keyed(session, key) is None:
            self._put(session, reminder, at, now, key)
        _told(reminder, now)

    def _put(
        self, session: Session, reminder: Reminder, at: datetime, now: datetime, key: str
    ) -> None:
        employee = reminder.employee
        conversation = held(
            session, "private", employee.email, employee, at=now, kind=ConversationKind.PRIVATE
        )
        focus = Focus.from_json(conversation.focus)
        turn = Turn(
            session=session,
            employee=employee,
            conversation=conversation,
            now=now,
            firm=self.firm,
            calendar=self.calendar,
            focus=focus,
            skills=self.skills,
        )
        reply = announcement(turn, reminder, at)
        channel, address = receipt.reach(session, employee, self.channel)
        outgoing = Outgoing(
            kind=OutgoingKind.REMINDER,
            channel=channel,
            address=address,
            conversation=conversation,
            employee=employee,
            key=key,
            body={
                "text": reply.text,
                "facts": list(reply.facts),
                "buttons": [],
                "private": False,
                "picture": None,
                "to": employee.email,
                "at": at.isoformat(),
            },
            due_at=at,
            created_at=now,
        )
        session.add(outgoing)
        session.flush()
        receipt.offer(session, outgoing, reply.choices, employee, conversation, now)
        rows = [(str(getattr(r, "__tablename__", "")), r.id) for r in (reminder,)]
        if reminder.customer is not None:
            rows.insert(0, ("customers", reminder.customer.id))
        conversation.focus = focus.on(rows).to_json()


def _told(reminder: Reminder, now: datetime) -> None:
    """From now on it is the next occurrence that is to be told, where there is one."""
    reminder.delivered_at = now
    if reminder.rrule is not None and reminder.snoozed_until is None:
        following = reminders.next_due(reminder, max(reminder.due_at, now))
        if following is not None:
            reminder.told_due_at = reminder.due_at
            reminders.go_on(reminder, following)


def step(planner: Planner, start: datetime, end: datetime) -> None:
    """Move a standing clock forward, stopping at every instant at which something is due."""
    reached = start
    while (following := planner.next_at()) is not None and following <= end:
        reached = max(reached, following)
        if planner.plan(reached) == 0:
            break
    planner.plan(end)
