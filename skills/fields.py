"""The fields of a customer that people name, and how typed words become their values."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from crm_store import addresses, customers, lifecycle, profile
from crm_store.addresses import NoEmailAddress, NoPhoneNumber
from crm_store.customers import Customer, Gender, LifecycleStage, Relation
from nlu.dates import Moment, find
from skills.kit import Refused, Turn
from skills.wording import plain


class Field(StrEnum):
    """What can be asked and changed of a customer."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    COMPANY = "company"
    OCCUPATION = "occupation"
    BIRTHDAY = "birthday"
    GENDER = "gender"
    AGE_RANGE = "age_range"
    PREFERRED_CHANNEL = "preferred_channel"
    SEGMENT = "segment"
    LIFECYCLE_STAGE = "lifecycle_stage"
    SOURCE = "source"
    WEBSITE = "website"
    OWNER = "owner"
    KIND = "kind"


GENDERS = {
    "f": Gender.FEMALE, "female": Gender.FEMALE, "woman": Gender.FEMALE, "she": Gender.FEMALE,
    "m": Gender.MALE, "male": Gender.MALE, "man": Gender.MALE, "he": Gender.MALE,
    "other": Gender.OTHER, "diverse": Gender.OTHER, "nonbinary": Gender.OTHER,
    "non-binary": Gender.OTHER,
}  # fmt: skip
AGE_SPAN = 10
DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties")
GUESSED = ("about", "around", "roughly", "maybe", "probably", "looks", "ish", "~", "circa")


def change(turn: Turn, customer: Customer, field: Field, value: str) -> str:
    """Set the field; the sentence that says what it is now. Raises Refused, changing nothing."""
    value = plain(value)
    if not value:
        raise Refused(f"What should the {field.value.replace('_', ' ')} be?")
    return _CHANGES.get(field, _plain_field)(turn, customer, field, value)


def _email(turn: Turn, customer: Customer, field: Field, value: str) -> str:
    try:
        return f"E-mail {addresses.add_email(turn.session, customer, value).address}"
    except NoEmailAddress as error:
        raise Refused(f'"{value}" is not an e-mail address. The old one stays.') from error


def _phone(turn: Turn, customer: Customer, field: Field, value: str) -> str:
    try:
        phone = addresses.add_phone(turn.session, customer, value, turn.firm.country)
    except NoPhoneNumber as error:
        raise Refused(f'"{value}" is not a phone number. The old one stays.') from error
    return f"Phone {addresses.written_out(phone)}"


def _address(turn: Turn, customer: Customer, field: Field, value: str) -> str:
    return f"Address {addresses.add_address(turn.session, customer, value).text}"


def _company(turn: Turn, customer: Customer, field: Field, value: str) -> str:
    from skills.new_customer import company_called

    company, _ = company_called(turn, value)
    if company.id == customer.id:
        raise Refused("A company cannot work for itself.")
    for role in customer.companies:
        if role.until is None and role.company is not company:
            role.until = turn.today.date()
    customers.employ(turn.session, customer, company)
    return f"Works at {plain(company.name)} now"


def _name(turn: Turn, customer: Customer, field: Field, value: str) -> str:
    from crm_store.customers import CustomerName

    if not any(c.isalpha() for c in value):
        raise Refused(f'"{value}" does not look like a name. The old one stays.')
    before = customer.name
    if all(one.name != before for one in customer.names) and before != value:
        turn.session.add(CustomerName(customer=customer, name=before))
    _state(turn, customer, "name", value[:200])
    return f"Name {value[:200]} (before: {plain(before)})"


def _owner(turn: Turn, customer: Customer, field: Field, value: str) -> str:
    from skills.slots.rows import named_employee

    customer.owner = named_employee(turn, value)
    return f"Owner {plain(customer.owner.name)}"


def _relation(turn: Turn, customer: Customer, field: Field, value: str) -> str:
    wanted = next((r for r in Relation if r.value in value.lower()), None)
    if wanted is None:
        raise Refused("A party is a customer, a vendor or a partner. Which one?")
    _state(turn, customer, "relation", wanted)
    return f"Is a {wanted.value} now"


def _stage(turn: Turn, customer: Customer, field: Field, value: str) -> str:
    wanted = next((s for s in LifecycleStage if s.value in value.lower()), None)
    if wanted is None:
        known = ", ".join(s.value for s in LifecycleStage)
        raise Refused(f'"{value}" is no stage; there are {known}.')
    lifecycle.move(
        turn.session, customer, wanted, at=turn.now, employee=turn.employee, reason="said in chat"
    )
    return f"Lifecycle stage {wanted.value}"


def _channel(turn: Turn, customer: Customer, field: Field, value: str) -> str:
    from skills.preferences import channel_in

    wanted = channel_in(value)
    if wanted is None:
        raise Refused(f'"{value}" is no channel I know. The old one stays.')
    _state(turn, customer, "preferred_channel", wanted)
    return f"Preferred channel {wanted.value}"


def _gender(turn: Turn, customer: Customer, field: Field, value: str) -> str:
    wanted = GENDERS.get(value.lower())
    if wanted is None:
        raise Refused("I keep female, male or other. Which one?")
    _state(turn, customer, "gender", wanted)
    return f"Gender {wanted.value}"


def _birthday(turn: Turn, customer: Customer, field: Field, value: str) -> str:
    found = [f.value for f in find(value, turn.today, "back", turn.calendar)]
    moments = [m for m in found if isinstance(m, Moment)]
    if not moments:
        raise Refused(f'"{value}" is no date I can read. Nothing was changed.')
    day = moments[0].start.date()
    _state(turn, customer, "birthday", day)
    return f"Birthday {day.day} {day:%B}"


def _age(turn: Turn, customer: Customer, field: Field, value: str) -> str:
    """An age becomes a range; "around 40" is an estimate and marked as such."""
    for decade, word in enumerate(DECADES, start=2):
        value = value.replace(word, f"{decade}0s")
    digits = "".join(c if c.isdigit() else " " for c in value).split()
    if not digits or not 0 < int(digits[0]) < 120:
        raise Refused(f'"{value}" is no age. Nothing was changed.')
    guessed = any(word in value.lower() for word in GUESSED) or "'s" in value or value.endswith("s")
    low = (int(digits[0]) - 5) // AGE_SPAN * AGE_SPAN + 5
    span = f"{low}-{low + AGE_SPAN - 1}" if len(digits) == 1 else f"{digits[0]}-{digits[1]}"
    _state(turn, customer, "age_range", span, inferred=guessed)
    return f"Age range {span}" + (" (your estimate, marked as such)" if guessed else "")


def _plain_field(turn: Turn, customer: Customer, field: Field, value: str) -> str:
    _state(turn, customer, field.value, value[:200])
    return f"{field.value.replace('_', ' ').capitalize()} {value[:200]}"


def _state(
    turn: Turn, customer: Customer, field: str, value: Any, *, inferred: bool = False
) -> None:
    profile.state(
        turn.session,
        customer,
        field,
        value,
        at=turn.now,
        employee=turn.employee,
        inferred=inferred,
        source="chat",
    )


_CHANGES: dict[Field, Callable[[Turn, Customer, Field, str], str]] = {
    Field.EMAIL: _email,
    Field.PHONE: _phone,
    Field.ADDRESS: _address,
    Field.COMPANY: _company,
    Field.NAME: _name,
    Field.OWNER: _owner,
    Field.KIND: _relation,
    Field.LIFECYCLE_STAGE: _stage,
    Field.PREFERRED_CHANNEL: _channel,
    Field.GENDER: _gender,
    Field.BIRTHDAY: _birthday,
    Field.AGE_RANGE: _age,
}
