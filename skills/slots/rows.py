"""Readers of employees, deals, reminders and concerns."""

from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz, utils

from crm_store import concerns, employees, pipeline, reminders
from crm_store.concerns import Concern
from crm_store.customers import Customer
from crm_store.deals import Deal
from crm_store.employees import Employee
from crm_store.reminders import Reminder
from skills.kit import Choice, Refused, Slot, Turn
from skills.slots.reading import Heard, Open, Read, Reading
from skills.values import row
from skills.wording import day_of, listed, plain, time_of

ME = frozenset({"me", "my", "mine", "i", "myself", "self", "us", "our", "we"})
CLOSE = 85
AT_MOST = 5


def read_employee(slot: Slot, heard: Heard, turn: Turn) -> Reading:
    """A colleague by name, "me", or a department with one person in it."""
    said = heard.slots.get(slot.name)
    if said is None or isinstance(said, Employee):
        return Read(said) if said else None
    mention = str(said).strip()
    if mention.lower() in ME:
        return Read(turn.employee)
    staff = employees.active(turn.session)
    found = _named(staff, mention) or employees.of_department(turn.session, mention)
    if len(found) == 1:
        return Read(found[0])
    choices = tuple(
        Choice(plain(one.name), values={slot.name: row(Employee, one.id)}) for one in found
    )
    if found:
        return Open(f"Which colleague do you mean by {plain(mention)}?", choices[:AT_MOST])
    left = _named(_departed(turn), mention)
    if left:
        return Open(f"{plain(left[0].name)} does not work here any more. Who should it be?")
    return Open(f"I know no colleague called {plain(mention)}. Who should it be?")


def read_deal(slot: Slot, heard: Heard, turn: Turn) -> Reading:
    """A deal by its name, its customer, or the talk so far."""
    said = heard.slots.get(slot.name)
    if isinstance(said, Deal):
        return Read(said)
    customer = heard.values.get("customer")
    pool = list(pipeline.open_deals(turn.session))
    if isinstance(customer, Customer):
        pool = pipeline.deals_of(turn.session, customer, only_open=True)
    if said:
        pool = _best(pool, str(said), lambda deal: _deal_words(deal)) or (
            pool if isinstance(customer, Customer) else []
        )
    elif not isinstance(customer, Customer):
        pool = [deal for deal in pool if deal.id in turn.focus.deals[:1]]
    if len(pool) == 1:
        return Read(pool[0])
    if not pool:
        return None if not slot.required else Open("I know no open deal like that. Which one?")
    choices = tuple(
        Choice(plain(deal.name), values={slot.name: row(Deal, deal.id)}) for deal in pool
    )
    return Open("Which deal?", choices[:AT_MOST])


def read_reminder(slot: Slot, heard: Heard, turn: Turn) -> Reading:
    """An open reminder of the speaker's: by position, customer, words, or the talk so far."""
    said = heard.slots.get(slot.name)
    if isinstance(said, Reminder):
        return Read(said)
    shown = [n for table, n in turn.focus.shown if table == "reminders"]
    position = heard.slots.get("position")
    mine = {r.id: r for r in reminders.for_employee(turn.session, turn.employee)}
    if isinstance(position, int) and shown:
        index = position - 1 if position > 0 else position
        if -len(shown) <= index < len(shown) and shown[index] in mine:
            return Read(mine[shown[index]])
        raise Refused(f"There are only {len(shown)} in the list. Nothing was changed.")
    pool, told = list(mine.values()), heard.slots.get("task")
    customer = heard.values.get("customer")
    if isinstance(customer, Customer):
        circle = {r.id for r in reminders.about(turn.session, customer)}
        pool = [r for r in pool if r.id in circle]
    said_something = isinstance(customer, Customer) or bool(told)
    if told:
        pool = _best(pool, str(told), _reminder_words) or (
            pool if isinstance(customer, Customer) else []
        )
    if not said_something:
        pool = _lately(pool, turn)
    return _one_reminder(pool, slot, turn, said_something)


def _lately(pool: list[Reminder], turn: Turn) -> list[Reminder]:
    """Without a word about which: the one just spoken of or just told, else any."""
    known = [n for n in turn.focus.reminders[:1] if n in {r.id for r in pool}]
    if known and len([t for t, _ in turn.focus.shown if t == "reminders"]) < 2:
        return [r for r in pool if r.id == known[0]]
    told = [r for r in pool if r.delivered_at is not None]
    told.sort(key=lambda r: r.delivered_at or turn.now)
    return told[-1:] or pool


def _one_reminder(pool: list[Reminder], slot: Slot, turn: Turn, said: bool) -> Reading:
    if len(pool) == 1:
        return Read(pool[0])
    if not pool:
        missing = "no reminder like that" if said else "no open reminders"
        raise Refused(f"You have {missing}.")
    choices = tuple(
        Choice(
            f"{plain(r.task)[:50]} - {time_of(r.due_at, turn)}",
            values={slot.name: row(Reminder, r.id)},
        )
        for r in pool[:AT_MOST]
    )
    return Open("Which reminder?", choices)


def read_concern(slot: Slot, heard: Heard, turn: Turn) -> Reading:
    """An open concern of the customer that was read before it: the only one, or by words."""
    said = heard.slots.get(slot.name)
    if isinstance(said, Concern):
        return Read(said)
    customer = heard.values.get("customer")
    if not isinstance(customer, Customer):
        return None
    pool = concerns.open_for(turn.session, customer)
    if not pool:
        raise Refused(f"Nothing is open with {plain(customer.name)}.")
    best = _best(pool, str(said), lambda c: f"{c.statement} {c.theme or ''}") if said else pool
    if len(best) == 1:
        return Read(best[0])
    if len(pool) == 1 and said:
        only = pool[0]
        sure = Choice("Yes, that one", values={slot.name: row(Concern, only.id)}, yes=True)
        return Open(
            f"The only open concern of {plain(customer.name)} is: {plain(only.statement)} "
            f"({day_of(only.raised_at, turn)}). Is it that one?",
            (sure, Choice("No", drops=True)),
        )
    choices = tuple(
        Choice(plain(c.statement)[:60], values={slot.name: row(Concern, c.id)}) for c in pool
    )
    return Open("Which concern?", choices[:AT_MOST])


def _named(staff: Sequence[Employee], mention: str) -> list[Employee]:
    words = utils.default_process(mention).split()
    words = [word for word in words if word not in {"mr", "mrs", "ms", "dr"}]
    exact = [e for e in staff if words and set(words) <= set(_name_words(e))]
    if exact or not words:
        return exact
    return [
        e
        for e in staff
        if all(any(fuzz.ratio(w, part) >= CLOSE for part in _name_words(e)) for w in words)
    ]


def _name_words(employee: Employee) -> list[str]:
    return utils.default_process(employee.name).split()


def _departed(turn: Turn) -> list[Employee]:
    from sqlalchemy import select

    return list(turn.session.scalars(select(Employee).where(~Employee.active)))


def _best(pool: Sequence[Any], said: str, words: Any) -> list[Any]:
    """The rows whose words hold what was said, the closest alone where it stands out."""
    scored = [
        (fuzz.token_set_ratio(said, words(one), processor=utils.default_process), one)
        for one in pool
    ]
    top = max((score for score, _ in scored), default=0)
    return [one for score, one in scored if score >= max(60, top - 5)]


def _deal_words(deal: Deal) -> str:
    parts = [deal.name, deal.customer and deal.customer.name, deal.company and deal.company.name]
    return " ".join(part for part in parts if part)


def _reminder_words(reminder: Reminder) -> str:
    return f"{reminder.task} {reminder.customer.name if reminder.customer else ''}"


def named_employee(turn: Turn, mention: str) -> Employee:
    """The one colleague of that name. Raises Refused for none or several."""
    if mention.strip().lower() in ME:
        return turn.employee
    found = _named(employees.active(turn.session), mention)
    if len(found) == 1:
        return found[0]
    names = listed([plain(one.name) for one in found])
    raise Refused(
        f"{plain(mention)} could be {names}. Which one?"
        if found
        else f"I know no colleague called {plain(mention)}. Nothing was changed."
    )
