"""Reminders as a table: those that are open."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from crm_store.contact import Channel
from crm_store.employees import Employee
from crm_store.exchange import dates
from crm_store.exchange.cells import BadCell, Cells
from crm_store.exchange.dates import LONG_AGO
from crm_store.exchange.directory import Party
from crm_store.exchange.layout import Column, Layout, further
from crm_store.exchange.reading import Desk, Names, Noun, Outcome, Repeats
from crm_store.exchange.words import same
from crm_store.firm import Firm
from crm_store.reminders import Reminder, ReminderKind, outstanding

LAYOUT = Layout(
    "reminders",
    (
        Column("employee", "who is to be reminded, by e-mail or name"),
        Column("customer", "about whom, by e-mail or name"),
        Column("task", "what is to be done"),
        Column("due_at", "when; a day alone is due at the firm's morning hour"),
        Column("recurrence", "daily, weekly, monthly and the like, or an RRULE"),
        further("kind", "follow_up, meeting, stay_in_touch, renewal or anniversary"),
        further("channel", "how the customer is to be contacted"),
        further("promised", "yes where the customer was promised it"),
        further("created_by", "the colleague who asked for it"),
        further("touch_every_days", "to be told so many days after the latest contact"),
        further("ahead_minutes", "how long before it is due it is told"),
        further("first_due_at", "when a recurring one was first due"),
        further("zone", "the IANA zone whose clock it follows; the employee's where missing"),
        further("snoozed_until", "until when it is not told"),
    ),
)


class ReminderReader:
    """Reads reminders, whether their time has passed or not."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        key = ("employee_id", "customer_id", "task", "due_at", "rrule")
        self._repeats = Repeats(desk.session, Reminder, key)

    def read(self, cells: Cells) -> Outcome:
        if not cells.values.get("employee", "").strip():
            cells.fault("employee", "no employee")
        employee = cells.read("employee", self._desk.directory.employee)
        customer = cells.read("customer", self._desk.directory.customer)
        author = cells.read("created_by", self._desk.directory.employee)
        zone_name = cells.zone("zone") or (employee.timezone if employee else None)
        zone = ZoneInfo(zone_name) if zone_name else None
        morning = self._desk.firm.morning
        due = cells.moment("due_at", zone=zone, day_at=morning)
        first = cells.moment("first_due_at", zone=zone, day_at=morning)
        snoozed = cells.moment("snoozed_until", zone=zone, day_at=morning)
        if not cells.values.get("due_at", "").strip():
            cells.fault("due_at", "no time: when is it due?")
        made = Reminder(
            task=cells.text("task", Reminder.task) or _usual_task(customer),
            kind=cells.choice("kind", ReminderKind, "reminder") or ReminderKind.FOLLOW_UP,
            customer_id=customer.id if customer else None,
            employee_id=employee.id if employee else None,
            created_by_id=author.id if author else None,
            zone=zone_name,
            rrule=cells.read("recurrence", self._rule),
            channel=cells.choice("channel", Channel, "channel"),
            promised=cells.flag("promised") or False,
            touch_every_days=cells.number("touch_every_days", 1, 36_500),
            ahead_minutes=cells.number("ahead_minutes", 0, 1440) or 0,
            first_due_at=first[0] if first else None,
            snoozed_until=snoozed[0] if snoozed else None,
            source="import",
            created_at=LONG_AGO,
        )
        if cells.faults or due is None:
            return Outcome()
        made.due_at, made.day_only = due
        return self._repeats.judge(made)

    def settle(self, at: datetime, employee: Employee | None) -> None:
        pass

    def _rule(self, cell: str) -> str:
        known = same("recurrence", cell)
        rule = known if known.startswith("FREQ=") else self._desk.readings.recurrence(cell)
        return rule or _rrule(cell)


def _usual_task(customer: Party | None) -> str:
    return f"follow up with {customer.name}" if customer else "follow up"


def _rrule(cell: str) -> str:
    from dateutil.rrule import rrulestr

    rule = cell.upper().removeprefix("RRULE:").replace(" ", "")
    if not re.match(r"(?:\w+=[\w,+-]+;)*FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)\b", rule):
        raise BadCell("not a recurrence; write it like weekly or FREQ=WEEKLY;BYDAY=MO")
    try:
        rrulestr(rule, dtstart=datetime(2026, 1, 1), ignoretz=True)  # noqa: DTZ001
    except (ValueError, KeyError, TypeError) as error:
        raise BadCell("not a rule of RFC 5545; write it like FREQ=WEEKLY;BYDAY=MO") from error
    if len(rule) > 200:
        raise BadCell("longer than 200 characters")
    return rule


def reminder_rows(session: Session, firm: Firm, names: Names) -> Iterable[Mapping[str, str]]:
    """The table of reminders that are neither done nor cancelled."""
    for one in session.scalars(outstanding().order_by(Reminder.id)):
        yield _row(one, names)


REMINDERS = Noun(
    layout=LAYOUT,
    customers_in=("customer",),
    reader=ReminderReader,
    rows=reminder_rows,
)


def _row(one: Reminder, names: Names) -> dict[str, str]:
    zone = ZoneInfo(one.zone)
    usual = one.kind is ReminderKind.FOLLOW_UP
    return {
        "employee": one.employee.email,
        "customer": names.of(one.customer_id),
        "task": one.task,
        "due_at": dates.write_moment(one.due_at, zone, day_only=one.day_only),
        "recurrence": one.rrule or "",
        "kind": "" if usual else one.kind.value,
        "channel": one.channel or "",
        "promised": "yes" if one.promised else "",
        "created_by": one.created_by.email if one.created_by else "",
        "touch_every_days": str(one.touch_every_days or ""),
        "ahead_minutes": str(one.ahead_minutes or ""),
        "first_due_at": dates.write_moment(one.first_due_at, zone),
        "zone": "" if one.zone == one.employee.timezone else one.zone,
        "snoozed_until": dates.write_moment(one.snoozed_until, zone),
    }
