"""The app's Home: my reminders, my open deals, my settings."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.numbers import format_currency
from sqlalchemy.orm import Session

from bot.channels.slack.blocks import (
    Block,
    Rendered,
    button,
    context,
    cut,
    divider,
    option,
    section,
)
from bot.channels.slack.mrkdwn import escaped
from bot.message import FilledAct
from crm_store import pipeline, reminders
from crm_store.deals import Deal
from crm_store.employees import Employee
from crm_store.firm import Firm
from crm_store.reminders import Reminder
from nlu.dates import Moment
from skills.values import encode, row
from skills.wording import zone_name

REMINDERS, DEALS = 15, 15
"""Shown of each; with two blocks a reminder the view stays within Slack's hundred."""
TASK = 300
DONE, SNOOZE, TOMORROW, MOVE = "home:done", "home:snooze", "home:tomorrow", "home:move"
DIGEST, ZONE = "home:digest", "home:zone"
QUIET_FROM, QUIET_UNTIL = "home:quiet_from", "home:quiet_until"
LOG = "home:log"


def view(
    session: Session,
    employee: Employee,
    firm: Firm,
    now: datetime,
    answer: Rendered | None = None,
) -> dict[str, Any]:
    """The Home of an employee, with the answer to what was pressed there on top."""
    zone = ZoneInfo(employee.zone_at(now))
    blocks = [*_greeting(employee), *_answered(answer)]
    blocks += _reminders(reminders.for_employee(session, employee), now, zone)
    blocks += _deals(pipeline.open_deals(session, owner=employee), firm)
    blocks += _settings(employee, firm, now)
    return {"type": "home", "blocks": blocks[:100]}


def stranger_view(sentence: str) -> dict[str, Any]:
    """The Home of somebody who is not known."""
    return {"type": "home", "blocks": [section(escaped(sentence))]}


def act(
    action_id: str, value: str, employee: Employee, firm: Firm, now: datetime
) -> FilledAct | None:
    """What a control of the Home asks for; None for one that is not known."""
    name, _, number = action_id.partition("#")
    local = now.astimezone(ZoneInfo(employee.zone_at(now)))
    if number.isdecimal():
        return _reminder_act(name, int(number), value, local, firm)
    if name == DIGEST and (at := _clock(value)):
        when = Moment(local.replace(hour=at.hour, minute=at.minute, second=0), None, "minute")
        return FilledAct("set_digest", {"when": encode(when), "state": "on"})
    if name == ZONE and value:
        return FilledAct("set_timezone", {"value": value})
    if name in (QUIET_FROM, QUIET_UNTIL) and (at := _clock(value)):
        return _quiet_act(name, at, employee, firm, local)
    return None


def _reminder_act(
    name: str, number: int, value: str, local: datetime, firm: Firm
) -> FilledAct | None:
    about = {"reminder": row(Reminder, number)}
    if name == DONE:
        return FilledAct("complete_reminder", about)
    if name == SNOOZE:
        when, moves = Moment(local + timedelta(hours=1), None, "minute"), False
    elif name == TOMORROW:
        when, moves = _morning(local, local.date() + timedelta(days=1), firm), True
    elif name == MOVE and (day := _day(value)):
        when, moves = _morning(local, day, firm), True
    else:
        return None
    return FilledAct("snooze_reminder", {**about, "when": encode(when), "moves": moves})


def _quiet_act(name: str, at: time, employee: Employee, firm: Firm, local: datetime) -> FilledAct:
    begins = at if name == QUIET_FROM else employee.quiet_from or firm.closes
    ends = at if name == QUIET_UNTIL else employee.quiet_until or firm.opens
    start = local.replace(hour=begins.hour, minute=begins.minute, second=0, microsecond=0)
    end = start.replace(hour=ends.hour, minute=ends.minute)
    end += timedelta(days=1) if end <= start else timedelta()
    when = Moment(start, end, "hour")
    values = {"topic": "quiet hours", "state": "on", "when": encode(when)}
    return FilledAct("set_notifications", values)


def _greeting(employee: Employee) -> Iterator[Block]:
    yield {"type": "header", "text": {"type": "plain_text", "text": "Your customers, today"}}
    yield section(
        f"Hello {escaped(cut(employee.name, 100))}. Write to me as to a colleague: "
        "“log call with Smith about pricing, follow up next Tuesday”."
    )
    yield {"type": "actions", "elements": [button("Log an interaction", LOG, "log", "primary")]}


def _answered(answer: Rendered | None) -> Iterator[Block]:
    if answer is not None:
        yield divider()
        yield from answer.blocks[:20]


def _reminders(found: list[Reminder], now: datetime, zone: ZoneInfo) -> Iterator[Block]:
    yield divider()
    late = sum(one.due_at < now for one in found)
    title = f"*Reminders* ({len(found)}{f', {late} overdue' if late else ''})"
    yield section(title if found else "*Reminders*\nNothing is due. Well done.")
    for one in found[:REMINDERS]:
        yield section(_reminder(one, now, zone))
        yield _controls(one, zone)
    if len(found) > REMINDERS:
        yield context(f"and {len(found) - REMINDERS} more: write “what's on my plate?”")


def _reminder(one: Reminder, now: datetime, zone: ZoneInfo) -> str:
    due = one.due_at.astimezone(zone)
    when = f"{due:%a} {due.day} {due:%b}" + ("" if one.day_only else f", {due:%H:%M}")
    late = ":warning: overdue, " if one.due_at < now else ""
    task = escaped(cut(" ".join(one.task.split()), TASK))
    whom = f"\n{escaped(cut(one.customer.name, 200))}" if one.customer else ""
    again = ", again and again" if one.rrule else ""
    return f"*{task}*{whom}\n{late}{when}{again}".replace("**", "*")


def _controls(one: Reminder, zone: ZoneInfo) -> Block:
    day = one.due_at.astimezone(zone).date()
    return {
        "type": "actions",
        "block_id": f"reminder:{one.id}",
        "elements": [
            button("Done", f"{DONE}#{one.id}", str(one.id), "primary"),
            button("Snooze 1 hour", f"{SNOOZE}#{one.id}", str(one.id)),
            button("Tomorrow", f"{TOMORROW}#{one.id}", str(one.id)),
            {
                "type": "datepicker",
                "action_id": f"{MOVE}#{one.id}",
                "initial_date": day.isoformat(),
                "placeholder": {"type": "plain_text", "text": "Move to"},
            },
        ],
    }


def _deals(found: list[Deal], firm: Firm) -> Iterator[Block]:
    yield divider()
    yield section(f"*Open deals* ({len(found)})" if found else "*Open deals*\nNone at the moment.")
    lines = [_deal(one, firm) for one in found[:DEALS]]
    for start in range(0, len(lines), 5):
        yield section("\n".join(lines[start : start + 5]))
    if len(found) > DEALS:
        yield context(f"and {len(found) - DEALS} more: write “my open deals”")


def _deal(deal: Deal, firm: Firm) -> str:
    amount = ""
    if deal.amount is not None:
        money = format_currency(
            deal.amount, deal.currency or firm.currency, locale="en", group_separator=True
        )
        amount = f", {money.removesuffix('.00')}"
    closes = deal.close_on
    close = f", closes {closes:%a} {closes.day} {closes:%b}" if closes else ""
    name = escaped(cut(" ".join(deal.name.split()), 150))
    stage = escaped(cut(deal.stage.name, 60))
    return f"•  *{name}*{amount}, {stage}{close}"


def _settings(employee: Employee, firm: Firm, now: datetime) -> Iterator[Block]:
    zone = employee.zone_at(now)
    digest = employee.digest_at or firm.digest_at
    yield divider()
    on = "" if employee.digest_on else " (switched off)"
    yield section(f"*Settings*\nYour clock: {escaped(zone_name(zone))}. Daily digest at "
                  f"{digest:%H:%M}{on}. {_quiet(employee)}")  # fmt: skip
    yield _labelled(f"Digest{on}", _timepicker(DIGEST, digest))
    yield _labelled("Quiet from", _timepicker(QUIET_FROM, employee.quiet_from))
    yield _labelled("Quiet until", _timepicker(QUIET_UNTIL, employee.quiet_until))
    yield _labelled(
        "Time zone",
        {
            "type": "external_select",
            "action_id": ZONE,
            "min_query_length": 2,
            "placeholder": {"type": "plain_text", "text": "Search a city"},
            "initial_option": option(zone.replace("_", " "), zone),
        },
    )


def _quiet(employee: Employee) -> str:
    if employee.quiet_from is None or employee.quiet_until is None:
        return "No quiet hours."
    return f"Quiet from {employee.quiet_from:%H:%M} to {employee.quiet_until:%H:%M}."


def _labelled(label: str, accessory: Block) -> Block:
    return {**section(label), "accessory": accessory}


def _timepicker(action_id: str, at: time | None) -> Block:
    block: Block = {
        "type": "timepicker",
        "action_id": action_id,
        "placeholder": {"type": "plain_text", "text": "Choose"},
    }
    return block | ({"initial_time": f"{at:%H:%M}"} if at else {})


def _morning(local: datetime, day: date, firm: Firm) -> Moment:
    start = datetime.combine(day, firm.morning, tzinfo=local.tzinfo)
    return Moment(start, None, "minute")


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _clock(value: str) -> time | None:
    try:
        return time.fromisoformat(value)
    except ValueError:
        return None
