"""Making a customer whom nobody knew, with the company that was named."""

import re

from crm_store import customers, search
from crm_store.customers import Customer, CustomerKind, LifecycleStage
from skills.kit import Turn, bold
from skills.wording import plain

COMPANY_WORDS = re.compile(
    r"\b(gmbh|ltd|limited|inc|llc|llp|plc|corp|corporation|company|co|ag|kg|sa|sarl|bv|nv|oy|ab|as"
    r"|group|holding|holdings|partners|associates|sons|brothers|bros|services|solutions|systems"
    r"|logistics|logistik|bau|realty|foods?|bakery|industries|industrial|labs?|studio|hotel"
    r"|consulting|consultants|supplies|supply|bank|insurance|energy|solar|motors|garage|school"
    r"|university|hospital|clinic|council|media|software|technologies|tech|trading|builders"
    r"|construction|engineering|design|works|centre|center|club|cafe|restaurant|shop|store)\b",
    re.IGNORECASE,
)


def looks_like_company(name: str) -> bool:
    """Whether the words of a name say firm rather than person."""
    return bool(COMPANY_WORDS.search(name)) or "&" in name or any(c.isdigit() for c in name)


def new_customer(turn: Turn, name: str, company: str | None = None) -> tuple[Customer, list[str]]:
    """The new customer, owned by the speaker, and facts that say what was made."""
    kind = CustomerKind.PERSON
    if not company and looks_like_company(name):
        kind = CustomerKind.COMPANY
    made = Customer(
        name=proper(name),
        kind=kind,
        owner_id=turn.employee.id,
        lifecycle_stage=LifecycleStage.PROSPECT,
        created_at=turn.now,
    )
    turn.session.add(made)
    turn.session.flush()
    facts = [f"Created {bold(made.name)} ({made.lifecycle_stage.value}, owner you)."]
    if company:
        firm, is_new = company_called(turn, company)
        customers.employ(turn.session, made, firm)
        again = "a new company" if is_new else "already on file"
        facts = [
            f"Created {bold(made.name)} at {bold(firm.name)}, {again} "
            f"({made.lifecycle_stage.value}, owner you)."
        ]
    return made, facts


def company_called(turn: Turn, name: str) -> tuple[Customer, bool]:
    """The company of that name, made if there is none; True if it was."""
    found = search.find(turn.session, name, employee=turn.employee, now=turn.now, writing=True)
    if found.sure is not None and found.sure.customer.kind is CustomerKind.COMPANY:
        return found.sure.customer, False
    made = Customer(
        name=proper(name),
        kind=CustomerKind.COMPANY,
        owner_id=turn.employee.id,
        lifecycle_stage=LifecycleStage.PROSPECT,
        created_at=turn.now,
    )
    turn.session.add(made)
    turn.session.flush()
    return made, True


def proper(name: str) -> str:
    """A name typed in lower case gets its capitals; one typed with care stays as it is."""
    name = plain(name)[:200]
    if any(c.isupper() for c in name):
        return name
    return " ".join(_proper_word(word) for word in name.split())


PARTICLES = frozenset({"van", "der", "den", "de", "von", "zu", "la", "le", "del", "di", "da"})


def _proper_word(word: str) -> str:
    if word in PARTICLES:
        return word
    return re.sub(r"(^|[-'’])(\w)", lambda m: m.group(1) + m.group(2).upper(), word)
