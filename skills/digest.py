"""The digest: what the day holds for one person, on one phone screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from crm_store import concerns, employees, hours, news, pipeline, preferences, reminders
from crm_store.concerns import Concern
from crm_store.customers import Customer
from crm_store.deals import Deal
from crm_store.employees import Role
from crm_store.interactions import Interaction
from crm_store.reminders import Reminder, ReminderKind
from nlu.dates import Moment
from skills.kit import Choice, Refused, Reply, Turn, bold, question
from skills.values import encode
from skills.wording import channel_name, count, day_of, money_of, plain, said_by

SHOWN = 8
SILENT_DAYS = 30
MOST_SILENT = 10
NOON = 12


@dataclass(frozen=True, slots=True)
class Item:
    """One line: which heading counts it, what it says, and the row that it speaks of."""

    heading: str
    text: str
    row: object


HEADINGS: dict[str, tuple[str, str]] = {
    "today": ("today", "today"),
    "overdue": ("overdue", "overdue"),
    "concern": ("new concern", "new concerns"),
    "news": ("entry by colleagues", "entries by colleagues"),
    "deal": ("deal closing this week", "deals closing this week"),
    "silent": (f"silent for {SILENT_DAYS} days", f"silent for {SILENT_DAYS} days"),
}
CALL_FOR_IT = frozenset({"today", "overdue", "concern", "news"})
"""What makes a digest worth sending; the rest comes along."""


@question(("my digest please", "Good morning|Nothing due"))
def get_digest(turn: Turn, period: Moment | None = None, rest: bool = False) -> Reply:
    """What the day holds: due, overdue, meetings and news of your customers"""
    if "team" in turn.text.lower().split():
        return _team(turn)
    works, hour = turn.calendar.works, turn.firm.digest_at
    since = hours.last_digest(turn.employee, turn.now, hour, works)
    if period is not None and period.start > turn.now:
        return _ahead(turn, period)
    items = _items(turn, min(since, turn.now - timedelta(days=1)))
    if not items:
        return Reply("Nothing due, nothing overdue and no news of your customers.")
    if rest:
        return _reply("The rest:", items[SHOWN:], SHOWN, ())
    return _digest(turn, items)


def morning_digest(turn: Turn, since: datetime) -> Reply | None:
    """What is sent by itself, with the news since then; None where there is nothing to say."""
    items = _items(turn, since)
    if not any(item.heading in CALL_FOR_IT for item in items):
        return None
    return _digest(turn, items)


def _digest(turn: Turn, items: Sequence[Item]) -> Reply:
    name = plain(turn.employee.name).split()[0]
    hello = f"Good morning, {name}." if turn.today.hour < NOON else f"Your digest, {name}."
    counts = []
    for heading, (one, several) in HEADINGS.items():
        number = sum(item.heading == heading for item in items)
        counts += [f"{number} {one if number == 1 else several}"] if number else []
    choices = _first_choices(turn, items)
    if len(items) > SHOWN:
        choices = (*choices, Choice(f"More ({len(items) - SHOWN})", "get_digest", {"rest": True}))
    reply = _reply(f"{hello} {bold(', '.join(counts) + '.')}", items[:SHOWN], 0, choices)
    # Positions reach beyond what is shown, as "More" goes on counting.
    return Reply(reply.text, reply.facts, reply.choices, about=[item.row for item in items])


def _reply(text: str, items: Sequence[Item], after: int, choices: Sequence[Choice]) -> Reply:
    facts = [f"{n}. {item.text}" for n, item in enumerate(items, start=after + 1)]
    return Reply(text, facts=facts, choices=choices)


def _first_choices(turn: Turn, items: Sequence[Item]) -> tuple[Choice, ...]:
    first = items[0].row
    if not isinstance(first, Reminder):
        return ()
    stored = {"reminder": encode(first)}
    hour = encode(Moment(turn.today + timedelta(hours=1), None, "minute"))
    morning = turn.firm.morning
    day = (turn.today + timedelta(days=1)).replace(
        hour=morning.hour, minute=morning.minute, second=0, microsecond=0
    )
    tomorrow = encode(Moment(day, None, "minute"))
    return (
        Choice("1 Done", "complete_reminder", stored),
        Choice("1 Snooze 1 hour", "snooze_reminder", {**stored, "when": hour, "moves": False}),
        Choice(
            "1 Move to tomorrow", "snooze_reminder", {**stored, "when": tomorrow, "moves": True}
        ),
    )


def _items(turn: Turn, since: datetime) -> list[Item]:
    session, me = turn.session, turn.employee
    midnight = turn.today.replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = midnight + timedelta(days=1)
    due = reminders.for_employee(session, me, until=tomorrow)
    late = [one for one in due if one.due_at < turn.now]
    items = [Item("overdue", _overdue(turn, one), one) for one in late]
    items += [Item("today", _today(turn, one), one) for one in due if one not in late]
    items += [
        Item("concern", _concern(turn, one), one)
        for one in news.new_concerns(session, me, since, turn.now)
    ]
    items += [
        Item("news", _noted(turn, one), one)
        for one in news.noted_by_others(session, me, since, turn.now)
    ]
    week_ends = (midnight + timedelta(days=7 - midnight.weekday())).date()
    items += [
        Item("deal", f"{_deal(turn, one)} closes {day_of(one.close_on, turn)}", one)
        for one in pipeline.open_deals(
            session, owner=me, closing_from=midnight.date(), closing_before=week_ends
        )
        if one.close_on
    ]
    quiet_since = turn.now - timedelta(days=SILENT_DAYS)
    items += [
        Item("silent", f"{plain(one.name)}: last contact {day_of(at, turn)}", one)
        for one, at in news.silent(session, me, quiet_since, MOST_SILENT)
    ]
    return items


def _overdue(turn: Turn, one: Reminder) -> str:
    return f"overdue since {day_of(one.due_at, turn)}: {_task(turn, one)}"


def _today(turn: Turn, one: Reminder) -> str:
    text = f"{one.due_at.astimezone(turn.zone):%H:%M} {_task(turn, one)}"
    if one.kind is ReminderKind.MEETING and one.customer is not None:
        known = _in_a_line(turn, one.customer)
        text += f" – {known}" if known else ""
    return text


def _task(turn: Turn, one: Reminder) -> str:
    task = plain(one.task)
    customer = one.customer
    if customer is not None and not any(
        word.lower() in task.lower() for word in customer.name.split() if len(word) > 2
    ):
        task += f" - {plain(customer.name)}"
    if one.created_by is not None and one.created_by.id != turn.employee.id:
        task += f" (asked by {plain(one.created_by.name).split()[0]})"
    return f"{task} (promised)" if one.promised else task


def _in_a_line(turn: Turn, customer: Customer) -> str:
    """The shortest brief: an open concern, the channel liked, the next deal to close."""
    parts = [f"{plain(c.statement)} open" for c in concerns.open_for(turn.session, customer)[:1]]
    liked = preferences.liked_channel(turn.session, customer)
    channel = liked.preferred_channel if liked else customer.preferred_channel
    parts += [f"prefers {channel_name(channel)}"] if channel else []
    for deal in pipeline.deals_of(turn.session, customer, only_open=True)[:1]:
        closes = f" closes {day_of(deal.close_on, turn)}" if deal.close_on else ""
        parts.append(f"{_deal(turn, deal)}{closes}")
    return ", ".join(parts)


def _deal(turn: Turn, deal: Deal) -> str:
    value = f" {money_of(deal.amount, deal.currency, turn)}" if deal.amount is not None else ""
    return f"{plain(deal.name)}, {plain(deal.stage.name)}{value}"


def _concern(turn: Turn, one: Concern) -> str:
    by = f" (told to {said_by(one.employee, turn)})" if one.employee else ""
    return f"{plain(one.customer.name)} is unhappy: {plain(one.statement)}{by}"


def _noted(turn: Turn, one: Interaction) -> str:
    topic = f" about {plain(one.topic)}" if one.topic else ""
    who = said_by(one.employee, turn)
    return f"{who}: {channel_name(one.channel)} with {plain(one.customer.name)}{topic}"


def _ahead(turn: Turn, period: Moment) -> Reply:
    end = period.end or period.start + timedelta(days=1)
    due = reminders.for_employee(turn.session, turn.employee, since=period.start, until=end)
    if not due:
        return Reply(f"Nothing due {day_of(period.start, turn)}.")
    facts = [f"{n}. {_today(turn, one)}" for n, one in enumerate(due, start=1)]
    text = f"{count(len(due), 'reminder')}, {day_of(period.start, turn)}:"
    return Reply(text, facts=facts, about=due)


def _team(turn: Turn) -> Reply:
    """Numbers of everybody, for managers; no customer is named, so a group may read it."""
    if turn.employee.role not in (Role.MANAGER, Role.ADMIN):
        raise Refused('The team\'s digest is for managers; yours comes with "my digest".')
    session = turn.session
    facts = []
    for one in employees.active(session):
        zone = ZoneInfo(one.zone_at(turn.now))
        midnight = turn.now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        due = reminders.for_employee(session, one, until=midnight + timedelta(days=1))
        late = sum(r.due_at < turn.now for r in due)
        deals = len(pipeline.open_deals(session, owner=one))
        if due or deals:
            facts.append(
                f"{plain(one.name)}: {len(due) - late} due today, {late} overdue, "
                f"{count(deals, 'open deal')}"
            )
    head = f"The team today, {day_of(turn.now, turn)}:"
    return Reply(head if facts else "Nobody has anything due.", facts=facts, private=False)
