"""Customers: the persons, companies, vendors and partners a firm deals with."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.columns import UtcTime, ZoneName, choice, link
from crm_store.contact import Channel
from crm_store.employees import Employee
from crm_store.rows import Recorded

if TYPE_CHECKING:
    from crm_store.addresses import EmailAddress, Phone, PostalAddress


class CustomerKind(StrEnum):
    """A human being or a firm."""

    PERSON = "person"
    COMPANY = "company"


class Relation(StrEnum):
    """Which way the trade goes; vendors and partners stay out of sales figures."""

    CUSTOMER = "customer"
    VENDOR = "vendor"
    PARTNER = "partner"


class LifecycleStage(StrEnum):
    """How far somebody has come as a buyer."""

    PROSPECT = "prospect"
    LEAD = "lead"
    CUSTOMER = "customer"
    REPURCHASE = "repurchase"
    LAPSED = "lapsed"


class Gender(StrEnum):
    """Kept only where it was stated; pronouns follow it."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class Customer(Recorded):
    """A person or a company. `name` is what people call them; parts only where known."""

    __tablename__ = "customers"
    __table_args__ = (
        Index(None, "owner_id", "archived_at"),
        Index(None, "occupation", "id"),
        Index(None, "segment", "id"),
        Index(None, "region", "id"),
        Index(None, "lifecycle_stage", "id"),
        Index(None, "created_at"),
    )
    about = "id"

    name: Mapped[str] = mapped_column(String(200), index=True)
    title: Mapped[str | None] = mapped_column(String(40))
    given_name: Mapped[str | None] = mapped_column(String(100))
    family_name: Mapped[str | None] = mapped_column(String(100))
    kind: Mapped[CustomerKind] = mapped_column(choice(CustomerKind), default=CustomerKind.PERSON)
    relation: Mapped[Relation] = mapped_column(choice(Relation), default=Relation.CUSTOMER)
    owner_id: Mapped[int | None] = link("employees.id", index=False)
    lifecycle_stage: Mapped[LifecycleStage] = mapped_column(
        choice(LifecycleStage), default=LifecycleStage.LEAD
    )
    segment: Mapped[str | None] = mapped_column(String(100))
    region: Mapped[str | None] = mapped_column(String(100))
    source: Mapped[str | None] = mapped_column(String(100), index=True)
    preferred_channel: Mapped[Channel | None] = mapped_column(choice(Channel))
    website: Mapped[str | None] = mapped_column(String(300))
    occupation: Mapped[str | None] = mapped_column(String(200))
    gender: Mapped[Gender | None] = mapped_column(choice(Gender))
    age_range: Mapped[str | None] = mapped_column(String(20))
    birthday: Mapped[date | None]
    buys_for: Mapped[str | None] = mapped_column(String(200))
    """Why they buy and on whose behalf ("selling land, for the owner")."""
    language: Mapped[str | None] = mapped_column(String(16))
    timezone: Mapped[str | None] = mapped_column(ZoneName)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    archived_at: Mapped[datetime | None] = mapped_column(UtcTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcTime)
    merged_into_id: Mapped[int | None] = link("customers.id")

    owner: Mapped[Employee | None] = relationship()
    names: Mapped[list["CustomerName"]] = relationship(
        back_populates="customer", cascade="all, delete-orphan", order_by="CustomerName.id"
    )
    emails: Mapped[list["EmailAddress"]] = relationship(
        back_populates="customer", cascade="all, delete-orphan", order_by="EmailAddress.id"
    )
    phones: Mapped[list["Phone"]] = relationship(
        back_populates="customer", cascade="all, delete-orphan", order_by="Phone.id"
    )
    addresses: Mapped[list["PostalAddress"]] = relationship(
        back_populates="customer", cascade="all, delete-orphan", order_by="PostalAddress.id"
    )
    companies: Mapped[list["CompanyRole"]] = relationship(
        back_populates="person",
        cascade="all, delete-orphan",
        foreign_keys="CompanyRole.person_id",
        order_by="CompanyRole.id",
    )
    people: Mapped[list["CompanyRole"]] = relationship(
        back_populates="company",
        cascade="all, delete-orphan",
        foreign_keys="CompanyRole.company_id",
        order_by="CompanyRole.id",
    )

    @property
    def company(self) -> "Customer | None":
        """The company a person works for now, the main one first."""
        held = [role for role in self.companies if role.until is None]
        held.sort(key=lambda role: not role.main)
        return held[0].company if held else None


class CustomerName(Recorded):
    """Another name that leads to the same customer: a nickname, a maiden or former name."""

    __tablename__ = "customer_names"
    __table_args__ = (UniqueConstraint("customer_id", "name"),)

    customer_id: Mapped[int] = link("customers.id", index=False)
    name: Mapped[str] = mapped_column(String(200), index=True)

    customer: Mapped[Customer] = relationship(back_populates="names")


class CompanyRole(Recorded):
    """What a person is in a company; people may work for several, and in time leave."""

    __tablename__ = "company_roles"
    __table_args__ = (CheckConstraint("person_id <> company_id", name="two_parties"),)
    about = "person_id"

    person_id: Mapped[int] = link("customers.id")
    company_id: Mapped[int] = link("customers.id")
    title: Mapped[str | None] = mapped_column(String(200))
    main: Mapped[bool] = mapped_column(default=True)
    since: Mapped[date | None]
    until: Mapped[date | None]

    person: Mapped[Customer] = relationship(back_populates="companies", foreign_keys=[person_id])
    company: Mapped[Customer] = relationship(back_populates="people", foreign_keys=[company_id])
