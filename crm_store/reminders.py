"""Reminders: what somebody wants to be told, when, and about whom."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.columns import UtcTime, ZoneName, choice, link
from crm_store.contact import Channel
from crm_store.customers import Customer
from crm_store.deals import Deal
from crm_store.employees import Employee
from crm_store.interactions import Interaction
from crm_store.rows import Recorded

OPEN = text("done_at IS NULL AND cancelled_at IS NULL")


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
        Index("ix_reminders_open_due", "due_at", sqlite_where=OPEN, postgresql_where=OPEN),
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


class Completion(Recorded):
    """One occurrence of a recurring reminder that was done."""

    __tablename__ = "completions"
    about = "reminder_id"

    reminder_id: Mapped[int] = link("reminders.id")
    due_at: Mapped[datetime] = mapped_column(UtcTime)
    done_at: Mapped[datetime] = mapped_column(UtcTime)
    employee_id: Mapped[int | None] = link("employees.id")
