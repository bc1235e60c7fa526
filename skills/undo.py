"""Undo and redo of one's own entries, newest first, whole or one effect."""

from crm_store import ledger
from crm_store.deeds import Deed, DeedKind, Effect
from crm_store.ledger import AlreadyUndone, Conflict
from skills.kit import Choice, Refused, Reply, Turn, steering
from skills.wording import plain, time_of

MOST = 10
NOUNS = {
    "set_reminder": ("reminder", "follow-up", "follow up", "followup"),
    "log_interaction": ("call", "meeting", "email", "e-mail", "visit", "contact", "log"),
    "add_preference": ("preference",),
    "add_concern": ("concern", "complaint"),
    "add_note": ("note",),
    "add_customer": ("customer",),
    "add_idea": ("idea",),
}


@steering()
def undo(turn: Turn, limit: int | None = None, deed: int | None = None) -> Reply:
    """Take back your last entry"""
    undone: list[str] = []
    for _ in range(min(max(limit or 1, 1), MOST)):
        meant = turn.session.get(Deed, deed) if deed else ledger.last(turn.session, turn.employee)
        if meant is None or meant.employee_id != turn.employee.id:
            break
        number = None if deed else _effect_named(turn, meant)
        undone.append(_take_back(turn, meant, number))
        if deed:
            break
    if not undone:
        raise Refused("There is nothing of yours to undo.")
    turn.focus = turn.focus.settled()
    choices = (Choice("Redo", "redo"), Choice("Undo one more", "undo"))
    return Reply("Undone: " + "; ".join(undone) + ".", choices=choices)


@steering()
def redo(turn: Turn) -> Reply:
    """Do again what was undone"""
    undone = ledger.last_undone(turn.session, turn.employee)
    if undone is None:
        raise Refused("There is nothing to redo.")
    original = turn.session.get(Deed, undone.undoes_id) if undone.undoes_id else None
    try:
        ledger.redo(turn.session, undone, employee=turn.employee, at=turn.now)
    except (Conflict, AlreadyUndone) as conflict:
        raise Refused(f"That cannot be redone: {conflict}") from conflict
    turn.session.expire_all()
    words = describe(turn, original) if original else "the entry"
    return Reply(f"Redone: {words}.", choices=(Choice("Undo", "undo"),))


def describe(turn: Turn, deed: Deed) -> str:
    """An entry by the words it was made with."""
    if deed.text:
        words = f'"{plain(deed.text)[:80]}"'
    else:
        intents = [effect.intent.replace("_", " ") for effect in deed.effects]
        words = " and ".join(intents) or deed.kind.value
    return f"{words} ({time_of(deed.at, turn)})"


def _take_back(turn: Turn, deed: Deed, number: int | None) -> str:
    words = describe(turn, deed)
    if number is not None:
        effect = next(e for e in ledger.effects_of(turn.session, deed) if e.number == number)
        words = f"the {effect.intent.replace('_', ' ')} of {words}"
    try:
        ledger.undo(
            turn.session,
            deed,
            employee=turn.employee,
            at=turn.now,
            effect=number,
            conversation=turn.conversation,
            message_id=turn.message_id,
            text=turn.text,
        )
    except Conflict as conflict:
        raise Refused(f"That cannot be undone: {conflict}") from conflict
    except AlreadyUndone as error:
        raise Refused("That is undone already.") from error
    # The ledger wrote behind the session's back.
    turn.session.expire_all()
    back = "back to how it was before: " if deed.kind is DeedKind.EDIT or deed.replaces_id else ""
    return back + words


def _effect_named(turn: Turn, deed: Deed) -> int | None:
    """The effect that the words name ("undo the reminder"), if the entry has several."""
    effects: list[Effect] = ledger.effects_of(turn.session, deed)
    if len(effects) < 2:
        return None
    said = turn.text.lower()
    named = [e for e in effects if any(noun in said for noun in NOUNS.get(e.intent, ()))]
    return named[0].number if len(named) == 1 else None
