"""Contact details and other fields of a customer: asked for, with where each comes from."""

from collections.abc import Callable
from typing import Annotated

from crm_store import profile
from crm_store.addresses import written_out
from crm_store.customers import Customer, companies_of
from skills.fields import Field
from skills.kit import Ask, Reply, Turn, question
from skills.wording import channel_name, day_of, listed, plain, said_by, who


@question(("Bianca Rossi's phone number?", "Bianca Rossi"))
def get_contact_details(
    turn: Turn,
    customer: Annotated[Customer, Ask("Whose details?", recent=True)],
    field: Field | None = None,
) -> Reply:
    """A customer's phone, e-mail, address or any other field"""
    if field is None:
        return _everything(turn, customer)
    value = value_of(turn, customer, field)
    name = field.value.replace("_", " ")
    if not value:
        return Reply(f"Nothing recorded: no {name} of {who(customer)}.", about=[customer])
    origin = profile.origin(turn.session, customer, field.value)
    source = ""
    if origin is not None:
        how = "stated" if origin.stated else "an estimate, not stated"
        told = said_by(origin.employee, turn)
        source = f" ({how}, {day_of(origin.stated_at, turn)}, by {told})"
    return Reply(f"{name.capitalize()} of {who(customer)}: {value}{source}", about=[customer])


def ways(customer: Customer) -> list[str]:
    """The phones and e-mails, in that order."""
    phones = [plain(written_out(phone)) for phone in customer.phones]
    return phones + [plain(email.address) for email in customer.emails]


def value_of(turn: Turn, customer: Customer, field: Field) -> str:
    """The field as text; empty where it is not known."""
    readers: dict[Field, Callable[[], str]] = {
        Field.PHONE: lambda: listed([plain(written_out(one)) for one in customer.phones]),
        Field.EMAIL: lambda: listed([plain(one.address) for one in customer.emails]),
        Field.ADDRESS: lambda: "; ".join(plain(one.text) for one in customer.addresses),
        Field.COMPANY: lambda: listed(
            [plain(one.name) for one in companies_of(turn.session, customer)]
        ),
        Field.OWNER: lambda: plain(customer.owner.name) if customer.owner else "",
        Field.KIND: lambda: customer.relation.value,
        Field.PREFERRED_CHANNEL: lambda: (
            channel_name(customer.preferred_channel) if customer.preferred_channel else ""
        ),
        Field.LIFECYCLE_STAGE: lambda: customer.lifecycle_stage.value,
        Field.BIRTHDAY: lambda: (
            f"{customer.birthday.day} {customer.birthday:%B}" if customer.birthday else ""
        ),
    }
    if field in readers:
        return readers[field]()
    found = getattr(customer, field.value, None)
    return plain(str(getattr(found, "value", found))) if found is not None else ""


def _everything(turn: Turn, customer: Customer) -> Reply:
    known = [(field, value_of(turn, customer, field)) for field in Field if field is not Field.NAME]
    facts = [f"{f.value.replace('_', ' ').capitalize()}: {value}" for f, value in known if value]
    return Reply(f"{who(customer)}:", facts=facts, about=[customer])
