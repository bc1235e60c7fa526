"""Several reminders at once: done, snoozed or moved together."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from crm_store import interactions, reminders
from crm_store.employees import Employee
from crm_store.reminders import Reminder, ReminderKind
from nlu.dates import Moment
from skills.kit import Choice, Refused, Reply, Turn, bold, skill
from skills.schedule import due
from skills.values import encode
from skills.wording import count, day_of, plain, time_of

ALL = re.compile(
    r"\b(?:everything|all(?: of)?(?: them| those| my)?|both|the (?:rest|others))\b", re.IGNORECASE
)
ELSE = re.compile(r"\b(?:else|the rest|others?)\b", re.IGNORECASE)


@skill()
def complete_several(turn: Turn, which: str) -> Reply:
    """Mark several reminders as done"""
    found = chosen(turn, which)
    for one in found:
        reminders.complete(turn.session, one, at=turn.now, employee=turn.employee)
        tell_author(turn, one)
    facts = [f"{plain(one.task)} (was due {time_of(one.due_at, turn)})" for one in found]
    return Reply(f"Done: {count(len(found), 'reminder')}.", facts=facts, about=found, made=found)


@skill()
def snooze_several(
    turn: Turn,
    which: str,
    when: Moment | None = None,
    minutes: int | None = None,
    moves: bool = False,
) -> Reply:
    """Snooze or move several reminders"""
    found = chosen(turn, which)
    if when is None:
        return _snooze(turn, found, timedelta(minutes=minutes or 60), None)
    target, day_only = due(turn, when)
    if target <= turn.now:
        raise Refused(f"{time_of(target, turn)} is past. Nothing was changed.")
    if moves:
        return _move(turn, found, target, day_only)
    return _snooze(turn, found, None, target)


@skill()
def keep_reminder(turn: Turn, reminder: Reminder) -> Reply:
    """Leave a reminder as it is"""
    return Reply(f"Kept: {plain(reminder.task)}, {time_of(reminder.due_at, turn)}.")


def _snooze(
    turn: Turn, found: Sequence[Reminder], length: timedelta | None, target: datetime | None
) -> Reply:
    """A length counts from now, or from the due time while that is still to come."""
    facts = []
    for one in found:
        until = target or max(turn.now, one.due_at) + (length or timedelta())
        if until <= one.due_at:
            continue
        reminders.snooze(one, until)
        facts.append(
            f"{plain(one.task)}: again {time_of(until, turn)} (still due "
            f"{time_of(one.due_at, turn)})"
        )
    turn.session.flush()
    text = f"Snoozed {count(len(facts), 'reminder')}."
    return Reply(text, facts=facts, about=found, made=found)


def _move(turn: Turn, found: Sequence[Reminder], target: datetime, day_only: bool) -> Reply:
    """A meeting and what was promised stay: others count on them."""
    kept = [one for one in found if one.promised or one.kind is ReminderKind.MEETING]
    moved = [one for one in found if one not in kept]
    facts = []
    for one in moved:
        facts.append(f"{plain(one.task)} (was {time_of(one.due_at, turn)})")
        reminders.move(one, target, day_only=day_only)
    turn.session.flush()
    choices: list[Choice] = []
    for one in kept:
        if one.promised:
            facts.append(
                f"Promised for {day_of(one.due_at, turn)}, so not moved: {plain(one.task)}"
                f"{_to_whom(one)}!"
            )
            choices += instead(turn, one, target)
        else:
            facts.append(
                f"Not moved, as it is a meeting: {plain(one.task)}, {time_of(one.due_at, turn)}"
            )
    number = count(len(moved), "reminder") if moved else "nothing"
    text = f"Moved to {bold(day_of(target, turn))}: {number}."
    return Reply(text, facts=facts, choices=choices, about=[*kept, *moved], made=moved)


def instead(turn: Turn, reminder: Reminder, target: datetime) -> list[Choice]:
    """What may happen with something that the customer was promised."""
    stored = {"reminder": encode(reminder)}
    moment = encode(Moment(target, None, "minute"))
    choices = []
    colleague = _who_knows(turn, reminder)
    if colleague is not None:
        label = f"{plain(colleague.name).split()[0]} does it"
        choices.append(Choice(label, "assign_reminder", {**stored, "assignee": encode(colleague)}))
    choices.append(
        Choice(
            "Move anyway",
            "snooze_reminder",
            {**stored, "when": moment, "moves": True, "anyway": True},
        )
    )
    choices.append(Choice("Keep", "keep_reminder", stored))
    return choices


def _who_knows(turn: Turn, reminder: Reminder) -> Employee | None:
    """The colleague who spoke with the customer last."""
    if reminder.customer is None:
        return None
    for one in interactions.history(turn.session, reminder.customer, limit=20):
        other = one.employee
        if other is not None and other.active and other.id != turn.employee.id:
            return other
    return None


def _to_whom(reminder: Reminder) -> str:
    customer = reminder.customer
    named = customer is None or customer.name.split()[0].lower() in reminder.task.lower()
    return "" if named or customer is None else f" for {plain(customer.name)}"


def chosen(turn: Turn, which: str) -> list[Reminder]:
    """The open reminders of the speaker's with these ids. Raises Refused for none."""
    ids = {int(number) for number in which.split(",") if number}
    mine = reminders.for_employee(turn.session, turn.employee)
    found = [one for one in mine if one.id in ids]
    if not found:
        raise Refused("There is nothing like that. Nothing was changed.")
    return found


def in_scope(turn: Turn, target: datetime | None, *, others: bool) -> list[Reminder]:
    """What "everything" means: all that is due until the end of today, or before the target;
    "everything else" leaves out what was just snoozed."""
    end = turn.today.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    if target is not None and target > end:
        end = target
    found = reminders.for_employee(turn.session, turn.employee, until=end)
    if others:
        found = [one for one in found if not one.snoozed_until or one.snoozed_until <= turn.now]
    return found


def tell_author(turn: Turn, reminder: Reminder) -> None:
    """Word back to the colleague who asked for it."""
    author = reminder.created_by
    if author is not None and author.id != turn.employee.id and author.active:
        text = f"{plain(turn.employee.name)} has done: {plain(reminder.task)}"
        whom = f" ({plain(reminder.customer.name)})" if reminder.customer else ""
        turn.tell(author, Reply(text + whom))
