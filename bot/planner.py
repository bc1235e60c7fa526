"""The planner: puts what falls due into the mailbox, each occurrence once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, sessionmaker

from bot import receipt
from crm_store import hours, mailbox, reminders, watches
from crm_store.conversations import ConversationKind, held
from crm_store.employees import Employee
from crm_store.firm import Firm
from crm_store.mailbox import Outgoing, OutgoingKind
from crm_store.reminders import Reminder
from nlu.dates import Calendar
from skills.digest import morning_digest
from skills.focus import Focus
from skills.kit import Reply, Skill, Turn
from skills.telling import announcement, together

LATE = timedelta(minutes=5)
"""From this delay on, something was not told when it was due."""
DIGEST_LASTS = timedelta(hours=6)
"""How late a digest may still come, after downtime; later than that the day has begun."""
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Planner:
    """Turns reminders and digests that fall due into messages in the mailbox."""

    sessions: sessionmaker[Session]
    skills: Mapping[str, Skill]
    firm: Firm
    calendar: Calendar
    channel: str = ""
    """The channel in use; empty lets each person's own decide."""

    def next_at(self) -> datetime | None:
        """When something falls due next; long ago on a store that was never looked after."""
        with self._reading() as session:
            reached = watches.reached(session)
            if reached is None:
                return LONG_AGO
            untold = reminders.next_to_tell(session)
            staff = self._staff(session, [number for number, _ in untold])
            moments = [
                hours.held_until(staff[number], at) if number in staff else at
                for number, at in untold
            ]
            moments += [at for one in staff.values() if (at := self._next_digest(one, reached))]
            return min(moments, default=None)

    def begin(self, now: datetime) -> None:
        """On a store that was never in use: what is past by now is overdue, and not sent."""
        with self.sessions.begin() as session:
            watches.take(session)
            self._begin(session, now)

    def plan(self, now: datetime) -> int:
        """Put down everything that is due by now; how many messages that were."""
        with self.sessions.begin() as session:
            watches.take(session)
            since = self._begin(session, now)
            ripe: dict[int, list[Reminder]] = defaultdict(list)
            for reminder in reminders.to_tell(session, now):
                if reminder.source and not reminder.snoozed_until and reminder.tell_at < since:
                    # Imported when it was past already: listed as overdue, but not sent.
                    _told(reminder, now)
                else:
                    ripe[reminder.employee_id].append(reminder)
            told = 0
            for employee in self._staff(session, list(ripe)).values():
                told += self._tell(session, employee, ripe.pop(employee.id, []), since, now)
            for left_behind in ripe.values():
                for reminder in left_behind:
                    reminder.delivered_at = now
            watches.reach(session, now)
            return told

    def _begin(self, session: Session, now: datetime) -> datetime:
        """How far it was looked; at the first time, what lies before is past."""
        reached = watches.reached(session)
        if reached is not None:
            return reached
        watches.begin(session, now)
        for reminder in reminders.to_tell(session, now):
            _told(reminder, now)
        return now

    def _staff(self, session: Session, wanted: Sequence[int]) -> dict[int, Employee]:
        """Who may have to be told something: of the wanted ones and those with a digest."""
        of_them = or_(Employee.digest_on, Employee.id.in_(wanted))
        found = session.scalars(select(Employee).where(Employee.active, of_them))
        return {one.id: one for one in found}

    def _tell(
        self,
        session: Session,
        employee: Employee,
        ripe: Sequence[Reminder],
        since: datetime,
        now: datetime,
    ) -> int:
        due = [one for one in ripe if hours.held_until(employee, one.tell_at) <= now]
        at = self._next_digest(employee, since)
        digest_at = at if at is not None and at <= now else None
        if not due and digest_at is None:
            return 0
        turn = self._turn(session, employee, now)
        digested = digest_at is not None and self._digest(turn, digest_at, since)
        fresh, held_back = [], []
        for one in due:
            if hours.muted(employee, "reminders", now):
                _told(one, now)
            elif hours.held_until(employee, one.tell_at) > one.tell_at or now - one.tell_at > LATE:
                held_back.append(one)
            else:
                fresh.append(one)
        told = int(digested)
        if digested or len(held_back) < 2:
            fresh = [*([] if digested else held_back), *fresh]
            for one in held_back if digested else ():
                # It stands in the digest that is sent at the same moment.
                _told(one, now)
        else:
            told += self._in_one_piece(turn, held_back)
        for one in fresh:
            told += self._announce(turn, one)
        return told

    def _announce(self, turn: Turn, reminder: Reminder) -> int:
        at = reminder.tell_at
        key = f"reminder:{reminder.id}:{reminder.occurrence}:{at.isoformat()}"
        if mailbox.keyed(turn.session, key) is not None:
            _told(reminder, turn.now)
            return 0
        self._put(turn, announcement(turn, reminder, at), at, key, OutgoingKind.REMINDER)
        _told(reminder, turn.now)
        return 1

    def _in_one_piece(self, turn: Turn, held_back: Sequence[Reminder]) -> int:
        at = max(hours.held_until(turn.employee, one.tell_at) for one in held_back)
        key = f"held:{turn.employee.id}:{at.isoformat()}:{held_back[0].id}"
        was_held = any(hours.held_until(turn.employee, o.tell_at) > o.tell_at for o in held_back)
        reply = together(turn, held_back, held=was_held)
        self._put(turn, reply, at if was_held else turn.now, key, OutgoingKind.REMINDER)
        for one in held_back:
            _told(one, turn.now)
        return 1

    def _digest(self, turn: Turn, at: datetime, since: datetime) -> bool:
        """The latest digest that is due: after downtime today's alone, while it is news."""
        while (later := self._next_digest(turn.employee, at)) and later <= turn.now:
            at = later
        zone = ZoneInfo(turn.employee.zone_at(at))
        key = f"digest:{turn.employee.id}:{at.astimezone(zone):%Y-%m-%d}"
        if turn.now - at > DIGEST_LASTS or mailbox.keyed(turn.session, key) is not None:
            return False
        works, hour = self.calendar.works, self.firm.digest_at
        reply = morning_digest(turn, hours.last_digest(turn.employee, at, hour, works))
        if reply is None:
            return False
        self._put(turn, reply, at, key, OutgoingKind.DIGEST)
        return True

    def _next_digest(self, employee: Employee, after: datetime) -> datetime | None:
        return hours.next_digest(employee, after, self.firm.digest_at, self.calendar.works)

    def _turn(self, session: Session, employee: Employee, now: datetime) -> Turn:
        conversation = held(
            session, "private", employee.email, employee, at=now, kind=ConversationKind.PRIVATE
        )
        return Turn(
            session=session,
            employee=employee,
            conversation=conversation,
            now=now,
            firm=self.firm,
            calendar=self.calendar,
            focus=Focus.from_json(conversation.focus),
            skills=self.skills,
        )

    def _put(self, turn: Turn, reply: Reply, at: datetime, key: str, kind: OutgoingKind) -> None:
        channel, address = receipt.reach(turn.session, turn.employee, self.channel)
        outgoing = Outgoing(
            kind=kind,
            channel=channel,
            address=address,
            conversation=turn.conversation,
            employee=turn.employee,
            key=key,
            body={
                "text": reply.text,
                "facts": list(reply.facts),
                "buttons": [],
                "private": False,
                "picture": None,
                "to": turn.employee.email,
                "at": at.isoformat(),
            },
            due_at=at,
            created_at=turn.now,
        )
        turn.session.add(outgoing)
        turn.session.flush()
        receipt.offer(
            turn.session, outgoing, reply.choices, turn.employee, turn.conversation, turn.now
        )
        rows = [(str(getattr(row, "__tablename__", "")), _id(row)) for row in reply.about]
        turn.focus = turn.focus.on(rows)
        turn.conversation.focus = turn.focus.to_json()

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with self.sessions() as session:
            # Looking must not wait for SQLite's one writer.
            session.connection(execution_options={"reads_only": True})
            yield session


def _id(row: object) -> int:
    return int(getattr(row, "id", 0))


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
    planner.plan(start)
    following = planner.next_at()
    while following is not None and following <= end:
        reached = max(start, following)
        planner.plan(reached)
        before, following = following, planner.next_at()
        if following is not None and following <= before:
            # What stays due for ever would hold the clock up.
            break
    planner.plan(end)
