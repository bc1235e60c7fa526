"""One turn is one transaction: a message in, everything it changes and says out, or nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from sqlalchemy.orm import Session, sessionmaker

from bot import fallback, files, linking, receipt
from bot.amending import amend
from bot.dialogue import (
    ANSWERS,
    Chosen,
    Draft,
    Dropped,
    Pending,
    Typed,
    answer,
    as_pending,
    missed,
)
from bot.ellipsis import elliptical
from bot.long_text import LONG, question_about
from bot.message import FilledAct, IncomingMessage
from bot.performance import Performance, or_nothing, withdrawn
from bot.speakers import speaker, stranger
from crm_store import ledger, search
from crm_store.conversations import Button, Conversation, ConversationKind, button, held
from crm_store.deeds import Deed, DeedKind
from crm_store.employees import Employee
from crm_store.firm import Firm
from crm_store.mailbox import seen_first
from nlu import Act, KnownName
from nlu.dates import Calendar
from nlu.understanding import Understander
from skills.focus import Focus
from skills.kit import Choice, Json, Refused, Reply, Skill, Turn
from skills.orders import Order, orders
from skills.values import encode
from skills.wording import plain

DRAFT_LASTS = timedelta(hours=1)
UNREADABLE_EDIT = (
    "You edited your message, but I cannot tell what it means now, so the entry stays as it was. "
    "Please say what should change."
)
LONGEST = 20_000
"""Characters of a message that are read; more is a document, not a message."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Assistant:
    """Hears messages on any channel and answers through the mailbox."""

    sessions: sessionmaker[Session]
    understander: Understander
    skills: Mapping[str, Skill]
    firm: Firm
    calendar: Calendar
    telegram_name: Callable[[], str] | None = None
    """The bot's name on Telegram, for invitations; empty while it is not known."""

    def hear(self, message: IncomingMessage) -> None:
        """Take in one message. After this returns, what it did and what it says is stored;
        if it raises, nothing is, and the channel may deliver again."""
        try:
            with self.sessions.begin() as session:
                self._take(session, message)
        except Exception:
            log.exception("turn failed", message=message.external_id, channel=message.channel)
            with self.sessions.begin() as session:
                self._apologise(session, message)

    def _take(self, session: Session, message: IncomingMessage) -> None:
        if not seen_first(session, message.channel, message.external_id, message.sent_at):
            return
        employee = speaker(session, message)
        if employee is None:
            stranger(session, message)
            return
        conversation = self._conversation(session, message, employee)
        turn = Turn(
            session=session,
            employee=employee,
            conversation=conversation,
            now=message.sent_at,
            firm=self.firm,
            calendar=self.calendar,
            group=message.group,
            message_id=message.external_id,
            text=message.text,
            focus=Focus.from_json(conversation.focus),
            skills=self.skills,
        )
        hearing = Hearing(self, turn, message)
        hearing.hear()

    def _conversation(
        self, session: Session, message: IncomingMessage, employee: Employee
    ) -> Conversation:
        """One memory for all private talk of a person; in a group one for each person there."""
        group = message.group
        conversation = held(
            session,
            message.channel if group else "private",
            message.address if group else employee.email,
            employee,
            at=message.sent_at,
            kind=ConversationKind.GROUP if group else ConversationKind.PRIVATE,
        )
        conversation.last_heard_at = message.sent_at
        return conversation

    def _apologise(self, session: Session, message: IncomingMessage) -> None:
        if not seen_first(session, message.channel, message.external_id, message.sent_at):
            return
        employee = speaker(session, message)
        if employee is None:
            return
        conversation = self._conversation(session, message, employee)
        sorry = "Something went wrong on my side. Nothing was saved; please say it once more."
        receipt.write(session, message, employee, conversation, [Reply(sorry)])


@dataclass
class Hearing:
    """One message being heard: press, edit, answer to an open question, or something new."""

    assistant: Assistant
    turn: Turn
    message: IncomingMessage

    def hear(self) -> None:
        message, turn = self.message, self.turn
        text = _clean(message.text)
        turn.text = text
        performance = Performance(turn)
        draft = self._open_draft()
        if message.pressed is not None:
            self._press(performance, button(turn.session, message.pressed), draft)
        elif message.edits is not None:
            self._edit(performance, message.edits, text)
        elif message.deletes is not None:
            performance.draft = draft
            self._deleted(performance, message.deletes)
        elif message.acts:
            performance.draft = draft
            self._filled_in(performance, message.acts)
        else:
            self._say(performance, text, draft)
        self._settle(performance)

    # What the message is.

    def _say(self, performance: Performance, text: str, draft: Draft | None) -> None:
        if self.message.files:
            self._files(performance, text)
            return
        if not text:
            performance.replies.append(Reply(fallback.EMPTY, private=False))
            performance.draft = draft
            return
        if len(text) > LONG:
            asked = question_about(self.turn, text)
            performance.draft = asked
            performance.replies.append(Reply(asked.question))
            return
        if linking.asked_for(text):
            performance.draft = draft
            name = self.assistant.telegram_name
            performance.replies.append(linking.answer(self.turn, name() if name else ""))
            return
        offered = None if draft else receipt.offered(self.turn, text)
        if offered is not None:
            self._press(performance, offered, None)
            return
        if draft is None and (short := orders(self.turn, text)):
            self._order(performance, short)
            return
        acts = [elliptical(act, text, self.turn.focus) for act in self._understand(text)]
        if draft is not None:
            said = answer(draft, text, acts)
            if self._answered(performance, draft, said, text, acts):
                return
        elif len(acts) == 1 and acts[0].intent in ("affirm", "deny", "choose"):
            offered = receipt.proposed(self.turn, acts[0])
            if offered is not None:
                self._press(performance, offered, None)
                return
        self._new(performance, text, acts, draft)

    def _order(self, performance: Performance, short: Sequence[Order]) -> None:
        self.turn.conversation.misses = 0
        for number, order in enumerate(short, start=1):
            if order.refusal:
                performance.replies.append(Reply(order.refusal))
            else:
                pending = Pending(order.intent, number, slots={}, values=order.values)
                performance.perform([pending])

    def _files(self, performance: Performance, text: str) -> None:
        """Files with a message; its text goes with what is kept."""
        for number, file in enumerate(self.message.files, start=1):
            try:
                performance.perform([files.order(self.turn, file, number, text)])
            except files.TooLarge:
                large = f"{plain(file.name)} is too large for the chat. Nothing was saved."
                performance.replies.append(Reply(large))

    def _new(
        self, performance: Performance, text: str, acts: Sequence[Act], draft: Draft | None
    ) -> None:
        """Something that is not an answer: acts to perform, or something not understood."""
        understood = [act for act in acts if act.intent != "out_of_scope"]
        if not understood:
            if draft is not None and draft.misses == 0:
                performance.draft = missed(draft)
                performance.replies.append(Reply(draft.question))
                return
            self._miss(performance, acts, text)
            return
        self.turn.conversation.misses = 0
        if draft is not None:
            performance.replies.append(Reply(f"I leave this open then: {draft.question}"))
        self._act(performance, understood)
        if len(understood) < len(acts):
            rest = [act.text for act in acts if act.intent == "out_of_scope" and act.text]
            performance.replies.append(fallback.not_understood_part(rest))

    def _act(self, performance: Performance, acts: Sequence[Act]) -> None:
        for number, act in enumerate(acts, start=1):
            pending = replace(as_pending(act, number, encode), pronouns=_pronouns(act, acts))
            told = [one for one in acts[: number - 1] if one.intent not in ANSWERS]
            if act.intent == "amend" and told:
                performance.perform([_more_of_it(pending, told[-1])])
            elif act.intent == "amend":
                self._amend(performance, pending)
            elif act.intent == "cancel":
                performance.replies.append(Reply("Dropped. Nothing was saved.", private=False))
            elif act.intent in ("affirm", "deny", "choose"):
                if len(acts) == 1:
                    performance.replies.append(Reply(fallback.NOTHING_OPEN, private=False))
            else:
                performance.perform([_with_problem(pending, act)])

    def _amend(self, performance: Performance, act: Pending) -> None:
        try:
            amend(performance, act)
        except Refused as refusal:
            performance.replies.append(Reply(refusal.sentence, choices=refusal.choices))

    def _understand(self, text: str) -> Sequence[Act]:
        turn = self.turn
        known = [
            KnownName(span.start, span.end, span.kind)
            for span in search.names_in(turn.session, text)
        ]
        return self.assistant.understander.understand(text, turn.today, known).acts

    # Answers.

    def _answered(
        self,
        performance: Performance,
        draft: Draft,
        said: Chosen | Typed | Dropped | None,
        text: str,
        acts: Sequence[Act],
    ) -> bool:
        if isinstance(said, Dropped):
            performance.replies.append(Reply("Dropped. Nothing was saved.", private=False))
        elif isinstance(said, Chosen):
            self._choose(performance, draft, said)
        elif isinstance(said, Typed):
            return self._typed(performance, draft, text, acts)
        else:
            return False
        return True

    def _choose(self, performance: Performance, draft: Draft, said: Chosen) -> None:
        choice = said.choice
        self.turn.conversation.misses = 0
        if choice.asks is not None:
            slot = draft.slot or "customer"
            performance.draft = replace(
                draft, question=choice.asks, slot=slot, choices=(), misses=0
            )
            performance.replies.append(Reply(choice.asks))
        elif choice.intent is not None:
            self._intent(performance, choice.intent, choice.values)
        else:
            self._go_on(performance, draft.filled(choice.values))

    def _typed(
        self, performance: Performance, draft: Draft, text: str, acts: Sequence[Act]
    ) -> bool:
        """Typed words fill the slot that was asked for; what was understood beside it too."""
        first = draft.pending[0]
        skill = self.turn.skills.get(first.intent)
        amends = first.intent == "amend"
        if not amends and (skill is None or draft.slot not in skill.slots):
            return False
        value = _answer_in(acts, draft.slot, text)
        filled = replace(
            first,
            slots={**first.slots, draft.slot: value},
            words={**first.words, draft.slot: value if isinstance(value, str) else text},
            values={name: kept for name, kept in first.values.items() if name != draft.slot},
            typed=draft.slot,
        )
        waiting = tuple(
            replace(act, slots={**act.slots, draft.slot: value})
            if act.slots.get(draft.slot) == first.slots.get(draft.slot)
            and (draft.slot in act.slots or act.intent == first.intent)
            else act
            for act in draft.pending[1:]
        )
        self._go_on(performance, replace(draft, pending=(filled, *waiting)))
        asked = performance.draft
        if asked is not None and asked.question == draft.question:
            performance.draft = replace(asked, misses=draft.misses + 1)
        return True

    def _go_on(self, performance: Performance, draft: Draft) -> None:
        performance.origin = draft.message_id
        if draft.pending[0].intent == "amend":
            performance.origin = ""
            self._amend(performance, draft.pending[0])
        else:
            performance.perform(draft.pending)

    # Buttons.

    def _press(self, performance: Performance, pressed: Button | None, draft: Draft | None) -> None:
        turn = self.turn
        if pressed is None or (pressed.expires_at and pressed.expires_at <= turn.now):
            performance.replies.append(Reply("That question is closed.", private=True))
            performance.draft = draft
            return
        if pressed.employee_id not in (None, turn.employee.id):
            performance.replies.append(Reply("That button is for somebody else."))
            performance.draft = draft
            return
        payload = pressed.payload
        if "draft" not in payload:
            performance.draft = None
            self._intent(performance, payload["intent"], payload["values"])
            if draft is not None and performance.draft is None:
                performance.draft = draft
            return
        if draft is None or draft.key != payload["draft"]:
            performance.replies.append(Reply("That question is closed."))
            performance.draft = draft
            return
        choice = draft.choices[payload["choice"]]
        self._answered(performance, draft, Dropped() if choice.drops else Chosen(choice), "", ())

    def _intent(self, performance: Performance, intent: str, values: Mapping[str, object]) -> None:
        act = Pending(intent, 1, slots={}, values=values)
        if intent == "amend":
            self._amend(performance, act)
        else:
            performance.perform([act])

    # Edits.

    def _edit(self, performance: Performance, edited: str, text: str) -> None:
        """Do the message of that id again with its new text; the same rows change."""
        turn = self.turn
        deed = _deed_of(turn, edited)
        performance.origin = edited
        if deed is None:
            performance.replies.append(Reply("That message had saved nothing; I read it anew."))
            self._say(performance, text, None)
            return
        performance.kind, performance.replaces = DeedKind.EDIT, deed
        meant = [
            int(effect.values["customer"]["id"])
            for effect in ledger.effects_of(turn.session, deed)
            if isinstance(effect.values.get("customer"), Mapping)
            and "id" in effect.values["customer"]
        ]
        turn.focus = replace(turn.focus, customers=(*meant, *turn.focus.customers))
        try:
            with or_nothing(performance):
                withdrawn(performance, deed, None)
                self._new(performance, text, self._understand(text), None)
        except Refused as refusal:
            performance.replies = [Reply(refusal.sentence)]
            return
        changed = performance.draft is None and not performance.refused
        if not changed:
            performance.draft = None
            performance.replies = [Reply(UNREADABLE_EDIT)]
            return
        performance.replies.insert(0, Reply("You edited your message, so I changed the entry."))

    def _deleted(self, performance: Performance, deleted: str) -> None:
        """What a message that was taken away had saved stays, until its author says otherwise."""
        deed = _deed_of(self.turn, deleted)
        if deed is None:
            return
        take_back = Choice("Undo it", "undo", {"deed": deed.id}, yes=True)
        asks = "You deleted a message of which I keep the entry. Undo that too?"
        performance.replies.append(Reply(asks, choices=[take_back]))

    def _filled_in(self, performance: Performance, acts: Sequence[FilledAct]) -> None:
        """Acts from a form; an open question elsewhere stays open."""
        performance.draft, waiting = None, performance.draft
        performance.perform(
            [
                Pending(act.intent, number, slots=act.words, words=act.words, values=act.values)
                for number, act in enumerate(acts, start=1)
            ]
        )
        performance.draft = performance.draft or waiting

    # What is not understood.

    def _miss(self, performance: Performance, acts: Sequence[Act], text: str) -> None:
        conversation = self.turn.conversation
        conversation.misses = (conversation.misses or 0) + 1
        performance.replies.append(fallback.reply(conversation.misses, acts, text, self.turn))

    # The end of the turn.

    def _open_draft(self) -> Draft | None:
        conversation = self.turn.conversation
        expires = conversation.draft_expires_at
        if conversation.draft is None or (expires and expires <= self.turn.now):
            return None
        return Draft.from_json(conversation.draft)

    def _settle(self, performance: Performance) -> None:
        turn = self.turn
        deed = performance.finish()
        conversation = turn.conversation
        draft = performance.draft
        conversation.draft = draft.to_json() if draft else None
        conversation.draft_expires_at = turn.now + DRAFT_LASTS if draft else None
        conversation.focus = turn.focus.to_json()
        conversation.last_message_id = self.message.external_id
        replies = performance.replies
        receipt.write(turn.session, self.message, turn.employee, conversation, replies, deed, draft)
        for notice in turn.notices:
            receipt.notify(turn.session, notice, turn.now, self.message)


def _deed_of(turn: Turn, message_id: str) -> Deed | None:
    from sqlalchemy import select

    return turn.session.scalars(
        select(Deed)
        .where(Deed.conversation_id == turn.conversation.id, Deed.message_id == message_id)
        .where(Deed.undone_by_id.is_(None), Deed.kind.in_((DeedKind.MESSAGE, DeedKind.EDIT)))
        .order_by(Deed.id)
        .limit(1)
    ).one_or_none()


def _answer_in(acts: Sequence[Act], slot: str, text: str) -> Json:
    """What the message says for the slot: as understood, as described ("the one at Acme"), or
    all of its words."""
    if len(acts) == 1:
        understood = acts[0].slots.get(slot)
        described = acts[0].slots.get("criteria") if acts[0].intent == "choose" else None
        if understood is not None or described is not None:
            return encode(understood if understood is not None else described)
    return text


def _pronouns(act: Act, acts: Sequence[Act]) -> tuple[str, ...]:
    """What stood for the act's customer anywhere in the message: "Smith ... he" is evidence
    for every clause about Smith."""
    said = act.slots.get("customer")
    same = [one for one in acts if said is not None and one.slots.get("customer") == said]
    return tuple(sorted(frozenset().union(act.pronouns, *(one.pronouns for one in same))))


def _more_of_it(pending: Pending, before: Act) -> Pending:
    """What corrects nothing that stood before this message is more about what it says."""
    said = {"note": pending.text}
    if "customer" in before.slots:
        said["customer"] = encode(before.slots["customer"])
    return replace(pending, intent="add_note", slots=said)


def _with_problem(pending: Pending, act: Act) -> Pending:
    """A date that no calendar has stands in its slot, so that the reader asks about it."""
    if not act.problems:
        return pending
    return replace(pending, slots={**pending.slots, "when": encode(act.problems[0])})


def _clean(text: str) -> str:
    """The text without characters that no keyboard types on purpose."""
    kept = "".join(c for c in text if c.isprintable() or c in "\n\t")
    return kept.strip()[:LONGEST]
