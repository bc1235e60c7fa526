"""The acts of one message, performed: read the slots, ask where one is open, run the skill."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

from bot.dialogue import Draft, Pending
from crm_store import ledger
from crm_store.customers import Customer
from crm_store.deeds import Deed, DeedKind
from crm_store.ledger import AlreadyUndone, Conflict
from nlu.dates import Impossible
from skills.kit import Choice, Question, Refused, Reply, Skill, Slot, Turn
from skills.new_customer import new_customer
from skills.slots import Heard, Open, Read, read
from skills.values import ROWS, Vanished, decode, encode

CREATION = 1000
"""Effects that create a customer on the way are numbered from here, beside the act's own."""


class _NothingWritten(Exception):
    """Leaves the savepoint of an act that turned into a question."""


@dataclass
class Performance:
    """What comes of a message: replies so far, the deed they are in, the question left open."""

    turn: Turn
    kind: DeedKind = DeedKind.MESSAGE
    origin: str = ""
    replaces: Deed | None = None
    replies: list[Reply] = field(default_factory=list)
    draft: Draft | None = None
    deed: Deed | None = None
    rivals: tuple[int, ...] = ()
    refused: bool = False
    """Whether an act was turned down: what it was to replace must stay."""
    _made: list[str] = field(default_factory=list)
    _new_customers: dict[tuple[str, str | None], Customer] = field(default_factory=dict)

    def perform(self, acts: Sequence[Pending]) -> None:
        """Run the acts in order; those that speak of the customer asked about wait."""
        for act in acts:
            if self.draft is not None and _waits_for(act, self.draft):
                self.draft = replace(self.draft, pending=(*self.draft.pending, act))
            else:
                self._perform(act)

    def finish(self) -> Deed | None:
        """Close the deed; None if nothing was written."""
        if self.deed is None:
            return None
        closed = ledger.close(self.turn.session)
        self.deed = None
        return closed

    def open_deed(self) -> Deed:
        """The deed of this message, opened at its first write."""
        if self.deed is None:
            self.deed = ledger.record(
                self.turn.session,
                employee=self.turn.employee,
                at=self.turn.now,
                conversation=self.turn.conversation,
                kind=self.kind,
                message_id=self.origin or self.turn.message_id,
                text=self.turn.text,
                replaces=self.replaces,
            )
        return self.deed

    def _perform(self, act: Pending) -> None:
        skill = self.turn.skills.get(act.intent)
        if skill is None:
            self.replies.append(Reply("I cannot do that yet.", private=False))
            return
        self.turn.pronouns = frozenset(act.pronouns)
        if skill.does == "write":
            # Before the savepoint: a question that rolls it back must not take the deed along.
            self.open_deed()
        try:
            with self.turn.session.begin_nested():
                self._fill_and_run(skill, act)
        except _NothingWritten:
            pass
        except Refused as refusal:
            self.refused = True
            self.replies.append(Reply(refusal.sentence, choices=refusal.choices))
        except (Vanished, AlreadyUndone):
            self.refused = True
            self.replies.append(Reply("That is not there any more; nothing was changed."))

    def _fill_and_run(self, skill: Skill, act: Pending) -> None:
        values: dict[str, Any] = {}
        notes: list[str] = []
        switches: list[Choice] = []
        for slot in skill.slots.values():
            found = self._value(slot, act, values, skill)
            if isinstance(found, Open):
                self._ask(act, values, found.question, slot.name, found.choices, found.facts)
            if isinstance(found, Read):
                values[slot.name] = found.value
                notes += [found.note] if found.note else []
                switches += found.choices
            elif slot.required:
                self._ask(act, values, slot.question or f"Which {slot.name}?", slot.name)
        self._run(skill, act, values, notes, switches)

    def _value(
        self, slot: Slot, act: Pending, values: Mapping[str, Any], skill: Skill
    ) -> Read | Open | None:
        session = self.turn.session
        said = {name: decode(session, None, stored) for name, stored in act.slots.items()}
        stored = act.values.get(slot.name)
        if isinstance(stored, Mapping) and "new" in stored:
            return Read(self._create(stored["new"], act))
        if stored is not None:
            if isinstance(stored, str) and slot.kind in ROWS.values():
                said[slot.name] = stored
            else:
                return Read(decode(session, slot.kind, stored))
        heard = Heard(
            slots=said,
            words=act.words,
            values=values,
            typed=slot.name == act.typed,
            writing=skill.does == "write",
            rivals=self.rivals,
        )
        return read(slot, heard, self.turn)

    def _create(self, wanted: Mapping[str, str | None], act: Pending) -> Customer:
        """Make the customer that the person agreed to, once for all acts that wait for it, as
        an effect of its own."""
        wished = (str(wanted["name"]), wanted.get("company"))
        if wished in self._new_customers:
            return self._new_customers[wished]
        number = CREATION + act.number
        with ledger.effect(self.turn.session, number, "add_customer", {"customer": wanted["name"]}):
            made, facts = new_customer(self.turn, *wished)
        self._new_customers[wished] = made
        self.turn.siblings.append(made)
        self._made += facts
        return made

    def _run(
        self,
        skill: Skill,
        act: Pending,
        values: Mapping[str, Any],
        notes: Sequence[str],
        switches: Sequence[Choice],
    ) -> None:
        stored = {name: encode(value) for name, value in values.items()}
        if skill.does == "write":
            with ledger.effect(self.turn.session, act.number, skill.intent, stored):
                answer = skill(self.turn, **values)
        else:
            if skill.does == "steer":
                self.finish()
            answer = skill(self.turn, **values)
        if isinstance(answer, Question):
            self._ask(act, values, answer.text, answer.slot, answer.choices, answer.facts)
            return
        self._keep(skill, answer, stored, notes, switches)

    def _keep(
        self,
        skill: Skill,
        answer: Reply,
        stored: Mapping[str, Any],
        notes: Sequence[str],
        switches: Sequence[Choice],
    ) -> None:
        turn = self.turn
        facts = [*self._made, *notes, *answer.facts]
        self._made = []
        self.replies.append(replace(answer, facts=facts, choices=(*answer.choices, *switches)))
        turn.siblings.extend(answer.made)
        rows = [
            (str(getattr(r, "__tablename__", "")), int(getattr(r, "id", 0))) for r in answer.about
        ]
        turn.focus = turn.focus.on(rows)
        if skill.does == "read":
            turn.focus = turn.focus.after(skill.intent, stored)
        elif skill.does == "write":
            turn.focus = turn.focus.settled()

    def _ask(
        self,
        act: Pending,
        values: Mapping[str, Any],
        question: str,
        slot: str,
        choices: Sequence[Choice] = (),
        facts: Sequence[str] = (),
    ) -> None:
        """Leave the question open and nothing of the act written."""
        kept = {**act.values, **{name: encode(value) for name, value in values.items()}}
        waiting = replace(act, values={n: v for n, v in kept.items() if not _fresh(v, self.turn)})
        draft = Draft(
            key=secrets.token_urlsafe(6),
            pending=(waiting,),
            question=question,
            slot=slot,
            choices=tuple(choices),
            message_id=self.origin or self.turn.message_id,
        )
        if self.draft is None:
            self.draft = draft
            self.replies.append(Reply(question, facts=facts))
        else:
            # One question at a time: the act waits its turn behind the one that asks.
            self.draft = replace(self.draft, pending=(*self.draft.pending, act))
        raise _NothingWritten


def _fresh(value: Any, turn: Turn) -> bool:
    """Whether the value is a row made in this very act, gone with the savepoint."""
    made = [sibling for sibling in turn.siblings if isinstance(sibling, Customer)]
    return isinstance(value, Mapping) and any(
        value == {"row": "customers", "id": customer.id} and customer not in turn.session
        for customer in made
    )


def _waits_for(act: Pending, draft: Draft) -> bool:
    asking = draft.pending[0]
    about, asked = act.slots.get("customer"), asking.slots.get("customer")
    # Files of one message that name nobody are about the same customer.
    together = about is None and act.intent == asking.intent == "keep_file"
    return draft.slot == "customer" and about == asked and (about is not None or together)


def problem_of(impossible: Impossible) -> str:
    """The sentence for a date that no calendar has."""
    return impossible.sentence


class Unfinished(Exception):
    """Leaves the savepoint of an amendment: what it was to replace stays as it was."""


@contextmanager
def or_nothing(performance: Performance) -> Iterator[None]:
    """All of what is done inside, or nothing of it where it ends in a question or a refusal."""
    # Before the savepoint: what takes back everything leaves an empty deed, which vanishes.
    performance.open_deed()
    with suppress(Unfinished), performance.turn.session.begin_nested():
        yield
        if performance.draft is not None or performance.refused:
            raise Unfinished


def withdrawn(performance: Performance, deed: Deed, effect: int | None) -> None:
    """Take back what is to be done anew. Raises Refused with who changed it since."""
    performance.open_deed()
    try:
        ledger.withdraw(performance.turn.session, deed, effect)
    except Conflict as conflict:
        with suppress(AlreadyUndone):
            raise Refused(
                f"That cannot be changed any more: {conflict}. Say what should hold instead."
            ) from conflict
