"""Reminders: what somebody wants to be told, when, and about whom."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Index, Select, String, Text, func, or_, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from crm_store.columns import UtcTime, ZoneName, choice, link
from crm_store.contact import Channel
from crm_store.customers import Customer, circle
from crm_store.deals import Deal
from crm_store.employees import Employee
from crm_store.interactions import Interaction
from crm_store.rows import Recorded

UNTOLD = text("done_at IS NULL AND cancelled_at IS NULL AND delivered_at IS NULL")
MEETING_AHEAD = 15
"""Minutes before a meeting at which it is announced, where nothing else was said."""
LONGEST_AHEAD = timedelta(days=1)
"""How long before its due time a reminder may ask to be told."""


class ReminderKind(StrEnum):
    """What sort of promise it is."""

    FOLLOW_UP = "follow_up"
    MEETING = "meeting"
    STAY_IN_TOUCH = "stay_in_touch"
    RENEWAL = "renewal"
    ANNIVERSARY = "anniversary"


class Reminder(Recorded):
    """A task with a time. `due_at` is when it is due; `snoozed_until` only delays the telling.

    Of a recurring one, `first_due_at` anchors the rule, `due_at` is the next or the unfinished
    occurrence and `occurrence` counts them from 0. `rrule` has no time of day: that is the
    local one of `first_due_at` in `zone`.
    """

    __tablename__ = "reminders"
    __table_args__ = (
        Index(None, "employee_id", "due_at"),
        Index(None, "customer_id", "due_at"),
        Index("ix_reminders_untold", "due_at", sqlite_where=UNTOLD, postgresql_where=UNTOLD),
    )

    task: Mapped[str] = mapped_column(Text)
    kind: Mapped[ReminderKind] = mapped_column(choice(ReminderKind), default=ReminderKind.FOLLOW_UP)
    customer_id: Mapped[int | None] = link("customers.id", index=False)
    employee_id: Mapped[int] = link("employees.id", index=False)
    created_by_id: Mapped[int | None] = link("employees.id")
    due_at: Mapped[datetime] = mapped_column(UtcTime)
    zone: Mapped[str] = mapped_column(ZoneName)
    day_only: Mapped[bool] = mapped_column(default=False)
    snoozed_until: Mapped[datetime | None] = mapped_column(UtcTime)
    rrule: Mapped[str | None] = mapped_column(String(200))
    first_due_at: Mapped[datetime | None] = mapped_column(UtcTime)
    occurrence: Mapped[int] = mapped_column(default=0)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcTime, info={"bookkeeping": True})
    """When it was last told; null as long as this occurrence was not."""
    told_due_at: Mapped[datetime | None] = mapped_column(UtcTime, info={"bookkeeping": True})
    """The due time of the occurrence that was told last, of a recurring one."""
    touch_every_days: Mapped[int | None]
    duration_minutes: Mapped[int | None]
    ahead_minutes: Mapped[int] = mapped_column(default=0)
    channel: Mapped[Channel | None] = mapped_column(choice(Channel))
    """The channel on which the customer is to be contacted."""
    promised: Mapped[bool] = mapped_column(default=False)
    """The customer was promised it, so it is not moved in silence."""
    done_at: Mapped[datetime | None] = mapped_column(UtcTime)
    done_by_id: Mapped[int | None] = link("employees.id")
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcTime)
    interaction_id: Mapped[int | None] = link("interactions.id")
    deal_id: Mapped[int | None] = link("deals.id")
    source: Mapped[str | None] = mapped_column(String(100))
    created_at: Mapped[datetime] = mapped_column(UtcTime)

    customer: Mapped[Customer | None] = relationship()
    employee: Mapped[Employee] = relationship(foreign_keys=[employee_id])
    created_by: Mapped[Employee | None] = relationship(foreign_keys=[created_by_id])
    done_by: Mapped[Employee | None] = relationship(foreign_keys=[done_by_id])
    interaction: Mapped[Interaction | None] = relationship()
    deal: Mapped[Deal | None] = relationship()

    @property
    def tell_at(self) -> datetime:
        """When it is told: at the end of a snooze, else at its due time or ahead of it."""
        return self.snoozed_until or self.due_at - timedelta(minutes=self.minutes_ahead)

    @property
    def minutes_ahead(self) -> int:
        """How long before it is due it is told: of a meeting, long enough to get ready."""
        if self.ahead_minutes or self.kind is not ReminderKind.MEETING or self.day_only:
            return self.ahead_minutes or 0
        return MEETING_AHEAD

    @property
    def is_open(self) -> bool:
        """Neither done nor cancelled."""
        return self.done_at is None and self.cancelled_at is None


class Completion(Recorded):
    """One occurrence of a recurring reminder that was done."""

    __tablename__ = "completions"
    about = "reminder_id"

    reminder_id: Mapped[int] = link("reminders.id")
    due_at: Mapped[datetime] = mapped_column(UtcTime)
    done_at: Mapped[datetime] = mapped_column(UtcTime)
    employee_id: Mapped[int | None] = link("employees.id")


def outstanding() -> Select[Reminder]:
    """Reminders neither done nor cancelled, in no order."""
    return select(Reminder).where(Reminder.done_at.is_(None), Reminder.cancelled_at.is_(None))


def to_tell(session: Session, now: datetime, limit: int | None = None) -> list[Reminder]:
    """What is to be told now and was not yet, the earliest due first."""
    told_ahead = or_(Reminder.ahead_minutes > 0, Reminder.kind == ReminderKind.MEETING)
    found = session.scalars(
        outstanding()
        .where(Reminder.delivered_at.is_(None), Reminder.due_at <= now + LONGEST_AHEAD)
        .where(or_(Reminder.snoozed_until.is_(None), Reminder.snoozed_until <= now))
        .where(or_(Reminder.due_at <= now, Reminder.snoozed_until.is_not(None), told_ahead))
        .order_by(Reminder.due_at, Reminder.id)
    )
    ripe = [reminder for reminder in found if reminder.tell_at <= now]
    return ripe[:limit]


def next_to_tell_at(session: Session) -> datetime | None:
    """When the next untold reminder is to be told."""
    return min((at for _, at in next_to_tell(session)), default=None)


def next_to_tell(session: Session) -> list[tuple[int, datetime]]:
    """The id of each employee with untold reminders, and when the next is to be told; an
    employee may come several times."""
    kinds = (Reminder.snoozed_until.is_(None), Reminder.ahead_minutes, Reminder.kind)
    rows = session.execute(
        select(Reminder.employee_id, *kinds, Reminder.day_only, _earliest())
        .where(Reminder.done_at.is_(None), Reminder.cancelled_at.is_(None))
        .where(Reminder.delivered_at.is_(None))
        .group_by(Reminder.employee_id, *kinds, Reminder.day_only)
    )
    found = []
    for employee_id, fresh, ahead, kind, day_only, earliest in rows:
        meeting = kind is ReminderKind.MEETING and not day_only
        minutes = (ahead or (MEETING_AHEAD if meeting else 0)) if fresh else 0
        found.append((employee_id, earliest - timedelta(minutes=minutes)))
    return found


def _earliest() -> ColumnElement[datetime]:
    return func.min(func.coalesce(Reminder.snoozed_until, Reminder.due_at), type_=UtcTime)


def for_employee(
    session: Session,
    employee: Employee,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Reminder]:
    """What is open for somebody and due in the period (`until` exclusive), the earliest first."""
    wanted = outstanding().where(Reminder.employee_id == employee.id)
    if since is not None:
        wanted = wanted.where(Reminder.due_at >= since)
    if until is not None:
        wanted = wanted.where(Reminder.due_at < until)
    return list(session.scalars(wanted.order_by(Reminder.due_at, Reminder.id)))


def overdue(session: Session, employee: Employee, now: datetime) -> list[Reminder]:
    """What somebody should have done by now, the longest overdue first."""
    return for_employee(session, employee, until=now)


def about(session: Session, customer: Customer) -> list[Reminder]:
    """What is open about a customer (of a company, about its people too), the earliest first."""
    return list(
        session.scalars(
            outstanding()
            .where(Reminder.customer_id.in_(circle(session, customer)))
            .order_by(Reminder.due_at, Reminder.id)
        )
    )


def done(session: Session, employee: Employee, since: datetime, until: datetime) -> list[Reminder]:
    """What somebody finished in the period (`until` exclusive), in that order."""
    return list(
        session.scalars(
            select(Reminder)
            .where(Reminder.employee_id == employee.id)
            .where(Reminder.done_at >= since, Reminder.done_at < until)
            .order_by(Reminder.done_at, Reminder.id)
        )
    )


def next_due(reminder: Reminder, after: datetime) -> datetime | None:
    """The first occurrence after that instant; None of a reminder that does not come again.

    Computed on the local clock of its zone: nine o'clock stays nine o'clock when clocks change.
    An hour that is skipped then is made up for an hour later; of one that comes twice, the
    first counts. A stay-in-touch reminder counts its days from the instant.
    """
    zone = ZoneInfo(reminder.zone)
    first = (reminder.first_due_at or reminder.due_at).astimezone(zone).replace(tzinfo=None)
    local_after = after.astimezone(zone).replace(tzinfo=None)
    if reminder.touch_every_days is not None:
        day = local_after.date() + timedelta(days=reminder.touch_every_days)
        return datetime.combine(day, first.time(), zone).astimezone(UTC)
    if reminder.rrule is None:
        return None
    from dateutil.rrule import rrulestr

    rule = rrulestr(reminder.rrule, dtstart=first, ignoretz=True)
    # The local clock may have been put back since, so begin early and compare instants.
    for local in rule.xafter(local_after - timedelta(hours=3)):
        found: datetime = local.replace(tzinfo=zone).astimezone(UTC)
        if found > after:
            return found
    return None


def complete(
    session: Session, reminder: Reminder, *, at: datetime, employee: Employee | None
) -> Reminder:
    """It is done: a recurring one goes on to its next occurrence, another is closed."""
    touch = reminder.touch_every_days is not None
    following = next_due(reminder, at if touch else max(reminder.due_at, at))
    if following is None:
        reminder.done_at, reminder.done_by = at, employee
    else:
        session.add(
            Completion(
                reminder_id=reminder.id,
                due_at=reminder.due_at,
                done_at=at,
                employee_id=employee.id if employee else None,
            )
        )
        go_on(reminder, following)
    session.flush()
    return reminder


def complete_told(
    session: Session, reminder: Reminder, at: datetime, employee: Employee
) -> datetime:
    """The occurrence that was told last is done; the next one, set already, stays. Returns
    when the done one was told."""
    told = reminder.told_due_at or reminder.due_at
    session.add(
        Completion(reminder_id=reminder.id, due_at=told, done_at=at, employee_id=employee.id)
    )
    session.flush()
    return told


def go_on(reminder: Reminder, due_at: datetime) -> None:
    """The next occurrence of a recurring reminder takes the place of this one."""
    reminder.first_due_at = reminder.first_due_at or reminder.due_at
    reminder.due_at = due_at
    reminder.occurrence = (reminder.occurrence or 0) + 1
    reminder.snoozed_until = reminder.delivered_at = None


def snooze(reminder: Reminder, until: datetime) -> None:
    """Tell it again then; when it is due stays as it was."""
    reminder.snoozed_until = until
    reminder.delivered_at = None


def move(reminder: Reminder, due_at: datetime, *, day_only: bool = False) -> None:
    """It is due at another time, and told then; of a recurring one, this occurrence alone."""
    if reminder.rrule is not None:
        reminder.first_due_at = reminder.first_due_at or reminder.due_at
    reminder.due_at, reminder.day_only = due_at, day_only
    reminder.snoozed_until = reminder.delivered_at = None
