"""Where a customer is reached: e-mail addresses, phone numbers, postal addresses."""

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.columns import link
from crm_store.customers import Customer
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
