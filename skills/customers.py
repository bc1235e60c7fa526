"""Customers: adding one, and changing what is known of one."""

from typing import Annotated

from crm_store import addresses
from crm_store.addresses import NoEmailAddress, NoPhoneNumber
from crm_store.customers import Customer
from crm_store.employees import Employee
from skills import fields
from skills.fields import Field
from skills.kit import Ask, Choice, Question, Refused, Reply, Turn, bold, skill
from skills.new_customer import new_customer
from skills.slots.customers import label_of
from skills.values import encode
from skills.wording import plain, who


@skill(("new customer Jane Roe from Initech, jane@initech.com", "Created Jane Roe"))
def add_customer(
    turn: Turn,
    customer: Annotated[str, Ask("What is the new customer's name?")],
    company: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    address: str | None = None,
    occupation: str | None = None,
    source: str | None = None,
    website: str | None = None,
    birthday: str | None = None,
    gender: str | None = None,
    age_range: str | None = None,
    segment: str | None = None,
    owner: Employee | None = None,
    confirmed: bool = False,
) -> Reply | Question:
    """Add a customer"""
    if not any(c.isalpha() for c in customer):
        raise Refused(f'"{plain(customer)}" does not look like a name. Nothing was saved.')
    twins = [] if confirmed else _twins(turn, customer, email, phone)
    if twins:
        return _known_already(turn, customer, twins)
    made, facts = new_customer(turn, customer, company)
    given = {
        Field.EMAIL: email,
        Field.PHONE: phone,
        Field.ADDRESS: address,
        Field.OCCUPATION: occupation,
        Field.SOURCE: source,
        Field.WEBSITE: website,
        Field.BIRTHDAY: birthday,
        Field.GENDER: gender,
        Field.AGE_RANGE: age_range,
        Field.SEGMENT: segment,
    }
    said = [fields.change(turn, made, field, value) for field, value in given.items() if value]
    if owner is not None:
        made.owner = owner
        said.append(f"Owner {plain(owner.name)}")
    return Reply(facts[0], facts=[*facts[1:], *said], about=[made], made=[made])


@skill(("Bianca Rossi's new email is b.rossi@example.org", "Bianca Rossi"))
def update_customer(
    turn: Turn,
    customer: Annotated[Customer, Ask("Whose details change?", recent=True)],
    field: Annotated[Field, Ask("What should I change?")],
    value: Annotated[str, Ask("What is the new value?")],
) -> Reply:
    """Change a customer's details"""
    said = fields.change(turn, customer, field, value)
    return Reply(f"{who(customer)}: {said}.", about=[customer], made=[customer])


def _twins(turn: Turn, name: str, email: str | None, phone: str | None) -> list[Customer]:
    """Who is on file already under the same name, e-mail or phone."""
    from crm_store import customers

    found = list(customers.named(turn.session, name))
    try:
        if email:
            found += addresses.by_email(turn.session, addresses.email_address(email))
        if phone:
            found += addresses.by_phone(turn.session, phone, turn.firm.country)
    except (NoEmailAddress, NoPhoneNumber):
        # The field itself will say so, in its own words.
        pass
    return list(dict.fromkeys(found))


def _known_already(turn: Turn, name: str, twins: list[Customer]) -> Question:
    shown = ", ".join(label_of(one, turn) for one in twins[:3])
    return Question(
        f"{bold(name)} may be on file already: {shown}. Add another one?",
        choices=(
            Choice("Add anyway", values={"confirmed": True}, yes=True),
            Choice("Show it", "brief_customer", {"customer": encode(twins[0])}),
            Choice("Cancel", drops=True),
        ),
    )
