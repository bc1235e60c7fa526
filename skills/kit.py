"""What a skill is made of: the decorator, what it is given and what it answers."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from crm_store.conversations import Conversation
from crm_store.employees import Employee
from crm_store.firm import Firm
from nlu.dates import Calendar
from skills.focus import Focus

Row = TypeVar("Row")
Json = Any
"""A value that the standard library's json can write."""


@dataclass(frozen=True, slots=True)
class Ask:
    """The question for a slot that was not said; such a slot is required.

    `recent` lets a question about nobody in particular be about whom one talked last.
    """

    question: str
    recent: bool = False


@dataclass(frozen=True, slots=True)
class Recent:
    """Marks an optional slot that is filled from the conversation when it was not said."""


@dataclass(frozen=True, slots=True)
class Past:
    """Marks a moment that is told about, not planned: "Tuesday" is the latest one."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One parameter of a skill: what it is called, what it takes, how to ask for it."""

    name: str
    kind: Any
    required: bool
    question: str
    recent: bool
    look: Literal["ahead", "back"] = "ahead"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: pressing it says `intent` with `values`, or answers the open question.

    Values are JSON as `skills.values` writes them; with `intent` None they fill the draft
    that asked. `drops` closes the question and does nothing else. `yes` marks the one
    that a plain "yes" means, `asks` puts another question instead of acting.
    """

    label: str
    intent: str | None = None
    values: Mapping[str, Json] = field(default_factory=dict)
    drops: bool = False
    yes: bool = False
    asks: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn chart and the sentence that says what it shows."""

    png: bytes
    alternative: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a skill says: a sentence, facts below it, buttons, perhaps a picture.

    `private` keeps the answer out of groups: it names customers or people. `about` lists
    the rows it speaks of, in the order shown, for "he" and "the second one" in what
    follows; `made` lists the rows it wrote.
    """

    text: str
    facts: Sequence[str] = ()
    choices: Sequence[Choice] = ()
    picture: Picture | None = None
    private: bool = True
    about: Sequence[object] = ()
    made: Sequence[object] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A skill needs one more thing before it acts: nothing has been written yet.

    `slot` takes typed words (empty: only the choices answer); a choice fills any slots.
    """

    text: str
    slot: str = ""
    choices: Sequence[Choice] = ()
    facts: Sequence[str] = ()
    private: bool = True


class Refused(Exception):
    """What was asked cannot be done; the message is the sentence for the person."""

    def __init__(self, sentence: str, choices: Sequence[Choice] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.choices = tuple(choices)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell a colleague."""

    employee: Employee
    reply: Reply
    event: str


@dataclass(slots=True)
class Turn:
    """What a skill may know of the moment: who speaks, where, when, and the store."""

    session: Session
    employee: Employee
    conversation: Conversation
    now: datetime
    firm: Firm
    calendar: Calendar = field(default_factory=Calendar)
    group: bool = False
    message_id: str = ""
    text: str = ""
    focus: Focus = field(default_factory=Focus)
    pronouns: frozenset[str] = frozenset()
    skills: Mapping[str, "Skill"] = field(default_factory=dict)
    siblings: list[object] = field(default_factory=list)
    notices: list["Notice"] = field(default_factory=list)

    @property
    def zone(self) -> ZoneInfo:
        """The zone the speaker lives by today."""
        return ZoneInfo(self.employee.zone_at(self.now))

    @property
    def today(self) -> datetime:
        """The speaker's wall clock."""
        return self.now.astimezone(self.zone)

    def made(self, kind: type[Row]) -> Row | None:
        """What an earlier act of the same message made of that kind, the latest first:
        a preference told in a call belongs to that call."""
        return next((row for row in reversed(self.siblings) if isinstance(row, kind)), None)

    def tell(self, employee: Employee, reply: Reply, event: str = "requests") -> None:
        """Say something to a colleague, when the turn is committed; `event` is the kind of
        news that it is, which may be muted."""
        self.notices.append(Notice(employee, reply, event))


Answer = Reply | Question


@dataclass(frozen=True)
class Skill:
    """An ability: a function from real values to an answer, and how to talk about it."""

    function: Callable[..., Answer]
    examples: tuple[tuple[str, str], ...]
    does: Literal["write", "read", "steer"] = "write"
    """Writes go into the message's deed, reads may be asked again in other words ("and last
    month?"), and what steers the talk itself (undo) opens its own deed if any."""

    @property
    def intent(self) -> str:
        return self.function.__name__

    @property
    def subject(self) -> str:
        """The file it lives in: the heading of its help."""
        return self.function.__module__.rsplit(".", 1)[-1].replace("_", " ")

    @property
    def help(self) -> str:
        return inspect.getdoc(self.function) or ""

    @property
    def title(self) -> str:
        """The first sentence of the help, as a button shows it."""
        return self.help.split("\n")[0].rstrip(".")

    @cached_property
    def slots(self) -> dict[str, Slot]:
        hints = get_type_hints(self.function, include_extras=True)
        parameters = list(inspect.signature(self.function).parameters.values())[1:]
        return {p.name: _slot(p, hints[p.name]) for p in parameters}

    def __call__(self, turn: Turn, **values: Any) -> Answer:
        return self.function(turn, **values)


def skill(*examples: tuple[str, str]) -> Callable[[Callable[..., Answer]], Skill]:
    """Make a function a skill. Its name is the intent, its parameters the slots, its
    docstring the help, `examples` are sentences with the answer they must get."""
    return lambda function: Skill(function, examples)


def question(*examples: tuple[str, str]) -> Callable[[Callable[..., Answer]], Skill]:
    """A skill that only reads: it can be asked again with other slots."""
    return lambda function: Skill(function, examples, "read")


def steering(*examples: tuple[str, str]) -> Callable[[Callable[..., Answer]], Skill]:
    """A skill about the talk itself, which keeps its own deeds."""
    return lambda function: Skill(function, examples, "steer")


def bold(text: str) -> str:
    """Mark words that each channel shows in its own bold."""
    return f"\x02{text.translate(_UNMARK)}\x03"


_UNMARK = {2: None, 3: None}


def _slot(parameter: inspect.Parameter, hint: Any) -> Slot:
    kind: Any = hint
    marks: tuple[Any, ...] = ()
    if get_origin(hint) is Annotated:
        kind, *rest = get_args(hint)
        marks = tuple(rest)
    if get_origin(kind) in (Union, UnionType):
        kind = next(a for a in get_args(kind) if a is not NoneType)
    if get_origin(kind) is Annotated:
        kind, *rest = get_args(kind)
        marks += tuple(rest)
    ask = next((m for m in marks if isinstance(m, Ask)), None)
    recent = any(isinstance(m, Recent) for m in marks) or bool(ask and ask.recent)
    return Slot(
        name=parameter.name,
        kind=kind,
        required=parameter.default is inspect.Parameter.empty,
        question=ask.question if ask else "",
        recent=recent,
        look="back" if any(isinstance(m, Past) for m in marks) else "ahead",
    )
