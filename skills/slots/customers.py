"""Reader of customers: a mention, a pronoun or the talk so far leads to one, many or none."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store import search
from crm_store.customers import Customer, CustomerKind, Gender
from crm_store.interactions import last_contact
from skills.kit import Choice, Slot, Turn
from skills.slots.reading import Heard, Open, Read, Reading
from skills.values import row
from skills.wording import day_of, plain, who

HE = frozenset({"he", "him", "his", "himself", "he's", "hes"})
SHE = frozenset({"she", "her", "hers", "herself", "she's", "shes"})
THEY = frozenset(
    {"they", "them", "their", "theirs", "it", "its", "they're", "theyre", "there", "themselves"}
    | {"the customer", "customer", "the client", "client", "this customer", "that customer"}
    | {"the cust", "cust", "same customer", "the same", "this", "that", "one", "this one"}
)
NEAREST = 3
AT_MOST = 5


def read(slot: Slot, heard: Heard, turn: Turn) -> Reading:
    """The customer that is meant."""
    said = heard.slots.get(slot.name)
    if isinstance(said, Customer):
        return Read(said)
    company = heard.slots.get("company") if slot.name == "customer" else None
    mention = str(said).strip() if said else ""
    if not mention and company:
        mention, company = str(company), None
    if not mention:
        return _recent(turn) if slot.recent else None
    if mention.lower() in HE | SHE | THEY:
        return _pronoun(mention.lower(), slot, turn)
    return _named(mention, str(company) if company else None, slot, heard, turn)


def fits(customer: Customer, pronouns: frozenset[str]) -> bool:
    """Whether what is known of the customer allows all these pronouns."""
    if pronouns & HE:
        return customer.kind is CustomerKind.PERSON and customer.gender is not Gender.FEMALE
    if pronouns & SHE:
        return customer.kind is CustomerKind.PERSON and customer.gender is not Gender.MALE
    return True


def choice_of(customer: Customer, slot: str, turn: Turn) -> Choice:
    """A button that names the customer so that it cannot be taken for another."""
    return Choice(label_of(customer, turn), values={slot: row(Customer, customer.id)})


def label_of(customer: Customer, turn: Turn) -> str:
    """The name with the company; where there is none, with what tells people apart."""
    if customer.kind is CustomerKind.COMPANY:
        return plain(customer.name)
    company = customer.company
    if company is not None:
        return f"{plain(customer.name)} - {plain(company.name)}"
    touch = last_contact(turn.session, customer)
    beside = customer.occupation or customer.lifecycle_stage.value
    if touch is not None:
        beside += f", last contact {day_of(touch.happened_at, turn)}"
    return f"{plain(customer.name)} - {plain(beside)}"


def _recent(turn: Turn) -> Reading:
    known = _loaded(turn.session, turn.focus.customers[:1])
    return Read(known[0]) if known and len(turn.focus.together) < 2 else None


def _pronoun(word: str, slot: Slot, turn: Turn) -> Reading:
    together = _loaded(turn.session, turn.focus.together)
    pool = [c for c in together if fits(c, frozenset({word}))]
    if len(pool) > 1 and word in HE | SHE:
        names = " or ".join(plain(c.name) for c in pool[:AT_MOST])
        choices = tuple(choice_of(c, slot.name, turn) for c in pool[:AT_MOST])
        return Open(f'"{word.capitalize()}" could be {names}. Whom do you mean?', choices)
    for customer in pool or _loaded(turn.session, turn.focus.customers):
        if fits(customer, frozenset({word})):
            return Read(customer)
    return Open(slot.question or "Which customer do you mean?") if slot.required else None


def _named(mention: str, company: str | None, slot: Slot, heard: Heard, turn: Turn) -> Reading:
    found = search.find(
        turn.session,
        mention,
        employee=turn.employee,
        company=company,
        now=turn.now,
        writing=heard.writing,
        limit=AT_MOST + len(heard.rivals),
        recent=turn.focus.customers,
    )
    if found.nothing:
        return _nobody(mention, company, found.matches, slot, heard, turn)
    matches = _people_first(
        mention, [match for match in found.matches if match.customer.id not in heard.rivals]
    )
    if found.sure is not None and found.sure.customer.id not in heard.rivals:
        return Read(found.sure.customer)
    if not matches:
        return _nobody(mention, company, (), slot, heard, turn)
    told = _by_evidence(matches, turn)
    if told is not None:
        chosen, other = told
        note = _evidence(turn, other)
        switch = Choice(
            f"Switch to {plain(other.name)}", "amend", {slot.name: row(Customer, other.id)}
        )
        return Read(chosen, note, (switch,))
    choices = tuple(choice_of(match.customer, slot.name, turn) for match in matches[:AT_MOST])
    if len(choices) == 1:
        sure = Choice(f"Yes, {choices[0].label}", values=choices[0].values, yes=True)
        return Open(
            f"Do you mean {who(matches[0].customer)}?", (sure, *_instead(mention, company, slot))
        )
    return Open(f"Which {plain(mention)}?", (*choices, *_instead(mention, company, slot)[:1]))


def _people_first(mention: str, matches: list[Any]) -> list[Any]:
    """A surname means a person before the firm that bears it: the firm is offered only where
    more of its name was said."""
    employers = {
        role.company_id for m in matches for role in m.customer.companies if role.until is None
    }
    if len(mention.split()) > 1:
        return matches
    return [m for m in matches if m.customer.id not in employers]


def _by_evidence(matches: Sequence[Any], turn: Turn) -> tuple[Customer, Customer] | None:
    """The one whom the pronouns leave of equally good matches, and the nearest other."""
    if not turn.pronouns & (HE | SHE):
        return None
    best = [m.customer for m in matches if m.score >= matches[0].score - 0.05]
    if len(best) < 2:
        return None
    known = [c for c in best if c.gender is not None and fits(c, turn.pronouns)]
    open_to = [c for c in best if fits(c, turn.pronouns)]
    if len(known) != 1 or len(open_to) != 1:
        return None
    return known[0], next(c for c in best if c is not known[0])


def _evidence(turn: Turn, other: Customer) -> str:
    word = sorted(turn.pronouns & (HE | SHE))[0]
    return f'You wrote "{word}"; {plain(other.name)} is the other match.'


def _nobody(
    mention: str, company: str | None, near: Sequence[Any], slot: Slot, heard: Heard, turn: Turn
) -> Reading:
    """Nobody by that name: the nearest, a new customer, or a search in the notes."""
    if not slot.required and not slot.question:
        return None
    named = f"{plain(mention)} at {plain(company)}" if company else plain(mention)
    nearest = [choice_of(m.customer, slot.name, turn) for m in near[:NEAREST]]
    if not _could_be_a_name(mention):
        return Open(f'"{named}" does not look like a name. {slot.question}', tuple(nearest))
    if heard.writing:
        create = Choice("Create and save", values={slot.name: _new(mention, company)}, yes=True)
        return Open(
            f"I know nobody called {bold_name(named)}. Create and save?",
            (create, *nearest, Choice("It's someone else", asks="Who was it then?"), _drop()),
        )
    create = Choice("New customer", "add_customer", {"customer": mention, "company": company})
    notes = Choice("Search the notes", "find_customers", {"criteria": mention})
    return Open(f"I know nobody called {bold_name(named)}.", (*nearest, create, notes))


def bold_name(name: str) -> str:
    """A name that is not a customer's, in bold."""
    from skills.kit import bold

    return bold(name)


def _could_be_a_name(mention: str) -> bool:
    return any(c.isalpha() for c in mention) and len(mention) <= 120


def _instead(mention: str, company: str | None, slot: Slot) -> tuple[Choice, ...]:
    new = Choice("Someone new", values={slot.name: _new(mention, company)})
    return (new, Choice("It's someone else", asks="Who was it then?"))


def _new(mention: str, company: str | None) -> dict[str, Any]:
    return {"new": {"name": mention, "company": company}}


def _drop() -> Choice:
    return Choice("Cancel", drops=True)


def _loaded(session: Session, ids: Sequence[int]) -> list[Customer]:
    found = {
        customer.id: customer
        for customer in session.scalars(
            select(Customer).where(
                Customer.id.in_(ids),
                Customer.archived_at.is_(None),
                Customer.merged_into_id.is_(None),
            )
        )
    }
    return [found[number] for number in ids if number in found]
