"""Where a customer is reached: e-mail addresses, phone numbers, postal addresses."""

from sqlalchemy import Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from crm_store.columns import link
from crm_store.customers import Customer, living
from crm_store.rows import Recorded


class EmailAddress(Recorded):
    """An e-mail address in lower case; several people may share one."""

    __tablename__ = "email_addresses"
    __table_args__ = (UniqueConstraint("customer_id", "address"),)

    customer_id: Mapped[int] = link("customers.id", index=False)
    address: Mapped[str] = mapped_column(String(254), index=True)
    label: Mapped[str | None] = mapped_column(String(40))

    customer: Mapped[Customer] = relationship(back_populates="emails")


class Phone(Recorded):
    """A phone number: `number` is E.164 where it could be read, `typed` is as it was given."""

    __tablename__ = "phones"
    __table_args__ = (Index(None, "number", "customer_id"),)

    customer_id: Mapped[int] = link("customers.id")
    number: Mapped[str | None] = mapped_column(String(20))
    extension: Mapped[str | None] = mapped_column(String(12))
    typed: Mapped[str] = mapped_column(String(64))
    label: Mapped[str | None] = mapped_column(String(40))

    customer: Mapped[Customer] = relationship(back_populates="phones")


class PostalAddress(Recorded):
    """A postal address as written; parts where they are known."""

    __tablename__ = "postal_addresses"

    customer_id: Mapped[int] = link("customers.id")
    text: Mapped[str] = mapped_column(String(500))
    street: Mapped[str | None] = mapped_column(String(200))
    postcode: Mapped[str | None] = mapped_column(String(20))
    city: Mapped[str | None] = mapped_column(String(100), index=True)
    country: Mapped[str | None] = mapped_column(String(2))
    label: Mapped[str | None] = mapped_column(String(40))

    customer: Mapped[Customer] = relationship(back_populates="addresses")


FEWEST_DIGITS = 5
"""Without the country's; shorter ones are emergency and service numbers, or slips."""


class NoEmailAddress(ValueError):
    """That is not an e-mail address."""


class NoPhoneNumber(ValueError):
    """That is not a phone number."""


def email_address(typed: str) -> str:
    """The address in the form in which it is kept; raises NoEmailAddress."""
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(typed.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise NoEmailAddress(str(error)) from error
    return found.normalized.lower()


def phone_number(typed: str, country: str) -> tuple[str, str | None]:
    """E.164 and the extension, numbers without a country read as that country's.

    Raises NoPhoneNumber unless some numbering plan could hold it.
    """
    import phonenumbers

    try:
        found = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException as error:
        raise NoPhoneNumber(f"{typed!r} is not a phone number") from error
    digits = len(phonenumbers.national_significant_number(found))
    if digits < FEWEST_DIGITS or not phonenumbers.is_possible_number(found):
        raise NoPhoneNumber(f"{typed!r} has too few or too many digits for a phone number")
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164), found.extension


def written_out(phone: Phone) -> str:
    """The number as people read it, "+49 171 5550199"; without an area code, as it was typed."""
    import phonenumbers

    if phone.number is None:
        return phone.typed
    read = phonenumbers.parse(phone.number)
    reach = phonenumbers.is_possible_number_with_reason(read)
    if reach == phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
        return phone.typed
    shown = phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return f"{shown} ext. {phone.extension}" if phone.extension else shown


def add_email(
    session: Session, customer: Customer, typed: str, label: str | None = None
) -> EmailAddress:
    """One more address of the customer, or the one on file already; raises NoEmailAddress."""
    address = email_address(typed)
    for known in customer.emails:
        if known.address == address:
            return known
    made = EmailAddress(address=address, label=label)
    customer.emails.append(made)
    session.flush()
    return made


def add_phone(
    session: Session, customer: Customer, typed: str, country: str, label: str | None = None
) -> Phone:
    """One more number of the customer, or the one on file already; raises NoPhoneNumber."""
    number, extension = phone_number(typed, country)
    for known in customer.phones:
        if (known.number, known.extension) == (number, extension):
            return known
    made = Phone(number=number, extension=extension, typed=typed.strip()[:64], label=label)
    customer.phones.append(made)
    session.flush()
    return made


def add_address(
    session: Session, customer: Customer, text: str, label: str | None = None
) -> PostalAddress:
    """One more postal address of the customer, or the one on file already."""
    wanted = " ".join(text.split())
    for known in customer.addresses:
        if known.text.casefold() == wanted.casefold():
            return known
    made = PostalAddress(text=wanted, label=label)
    customer.addresses.append(made)
    session.flush()
    return made


def by_email(session: Session, typed: str) -> list[Customer]:
    """The living customers with exactly that address."""
    return list(
        session.scalars(
            living()
            .where(
                Customer.id.in_(
                    select(EmailAddress.customer_id).where(
                        EmailAddress.address == typed.strip().lower()
                    )
                )
            )
            .order_by(Customer.id)
        )
    )


def by_phone(session: Session, typed: str, country: str) -> list[Customer]:
    """The living customers with that number, however it was typed; raises NoPhoneNumber."""
    number, _ = phone_number(typed, country)
    holders = select(Phone.customer_id).where(Phone.number == number)
    return list(session.scalars(living().where(Customer.id.in_(holders)).order_by(Customer.id)))
