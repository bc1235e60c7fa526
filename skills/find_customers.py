"""Finding customers by what is known of them: words in concerns, notes, places, occupations."""

from collections import defaultdict
from typing import Annotated, Any

from sqlalchemy import ColumnElement, Select, or_, select

from crm_store import notes
from crm_store.addresses import PostalAddress
from crm_store.concerns import Concern
from crm_store.customers import Customer, living
from crm_store.ideas import Idea
from crm_store.interactions import Interaction
from crm_store.notes import Note
from crm_store.preferences import Preference
from nlu.dates import Moment
from skills.kit import Ask, Past, Reply, Turn, question
from skills.preferences import channel_in
from skills.wording import channel_name, count, day_of, plain

SHOWN = 10
LOOKED_AT = 200
EMPTY_WORDS = frozenset(
    """who which what customers customer clients client people anyone anybody everyone all the
    a an in at of on about from with for to and or has have had is are was were be been that
    this did do does we us our me my mentioned mention mentions mentioning complained
    complain complains complaining complaint complaints said says say talked asked asks live
    lives based located related wanted wants prefer prefers likes""".split()
)


@question(("who complained about parking?", "Nobody"))
def find_customers(
    turn: Turn,
    criteria: Annotated[str, Ask("Customers that what?")],
    period: Annotated[Moment | None, Past()] = None,
    limit: int | None = None,
) -> Reply:
    """Find customers by what is known of them"""
    words = [w for w in _words(criteria) if w not in EMPTY_WORDS]
    if not words:
        return Reply(f'I need a word to search for in "{plain(criteria)}".')
    found = _search(turn, words, period)
    if not found:
        return Reply(f"Nobody: nothing recorded matches {plain(' '.join(words))}.")
    customers = list(found)[: limit or SHOWN]
    facts = [f"{plain(one.name)}: {found[one][0]}" for one in customers]
    more = f", the first {len(customers)}:" if len(found) > len(customers) else ":"
    return Reply(f"{count(len(found), 'customer')} found{more}", facts=facts, about=customers)


def _search(turn: Turn, words: list[str], period: Moment | None) -> dict[Customer, list[str]]:
    """Customers with the lines that matched, the latest first."""
    hits: dict[int, list[str]] = defaultdict(list)
    since, until = (period.start, period.end) if period else (None, None)

    def collect(wanted: Select[Any], label: str) -> None:
        for number, text, at in turn.session.execute(wanted.limit(LOOKED_AT)):
            when = f" ({day_of(at, turn)})" if at is not None else ""
            hits[number].append(f"{label} {plain(str(text))[:120]}{when}")

    for column, at, label in (
        (Concern.statement, Concern.raised_at, "concern:"),
        (Interaction.topic, Interaction.happened_at, "talked about"),
        (Interaction.note, Interaction.happened_at, "noted:"),
        (Preference.statement, Preference.stated_at, "prefers"),
        (Idea.statement, Idea.stated_at, "wish:"),
        (Note.text, Note.written_at, "note:"),
    ):
        owner = at.class_.customer_id
        wanted = select(owner, column, at).where(_all_words(column, words)).order_by(at.desc())
        if since is not None:
            wanted = wanted.where(at >= since)
        if until is not None:
            wanted = wanted.where(at < until)
        if column is Note.text:
            wanted = wanted.where(notes.readable(turn.employee))
        collect(wanted, label)
    if period is None:
        _profiles(turn, words, hits)
    people = turn.session.scalars(living().where(Customer.id.in_(hits))).all()
    order = list(hits)
    return {c: hits[c.id] for c in sorted(people, key=lambda c: order.index(c.id))}


def _profiles(turn: Turn, words: list[str], hits: dict[int, list[str]]) -> None:
    columns = (Customer.occupation, Customer.segment, Customer.region, Customer.source)
    for column in columns:
        wanted = living().where(_all_words(column, words)).limit(LOOKED_AT)
        for customer in turn.session.scalars(wanted):
            hits[customer.id].append(plain(str(getattr(customer, column.key))))
    channel = channel_in(" ".join(words))
    if channel is not None:
        prefer = living().where(Customer.preferred_channel == channel).limit(LOOKED_AT)
        for customer in turn.session.scalars(prefer):
            hits[customer.id].append(f"prefers {channel_name(channel)}")
    places = select(PostalAddress.customer_id, PostalAddress.text).where(
        _all_words(PostalAddress.text, words)
    )
    for number, text in turn.session.execute(places.limit(LOOKED_AT)):
        hits[number].append(plain(text))


def _all_words(column: ColumnElement[str] | object, words: list[str]) -> ColumnElement[bool]:
    from sqlalchemy import and_
    from sqlalchemy.orm import InstrumentedAttribute

    assert isinstance(column, InstrumentedAttribute)
    return and_(*(or_(column.icontains(_stem(word), autoescape=True)) for word in words))


def _words(criteria: str) -> list[str]:
    return [w for w in "".join(c if c.isalnum() else " " for c in criteria.lower()).split() if w]


def _stem(word: str) -> str:
    """The word without its plural, so that "realtors" finds "realtor"."""
    for ending in ("ies", "es", "s", "ing"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            return word[: -len(ending)]
    return word
