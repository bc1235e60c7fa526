"""Customers: the persons, companies, vendors and partners a firm deals with."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Index, Select, String, UniqueConstraint, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

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
    return_likelihood: Mapped[str | None] = mapped_column(String(20))
    """How likely they buy again: low, medium or high."""
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


def living() -> Select[Customer]:
    """Customers that are there to be found: not archived, not merged away, not erased."""
    return select(Customer).where(
        Customer.archived_at.is_(None),
        Customer.merged_into_id.is_(None),
        Customer.erased_at.is_(None),
    )


def surviving(session: Session, customer: Customer) -> Customer:
    """The customer that this one was merged into, or itself."""
    while customer.merged_into_id is not None:
        customer = session.get_one(Customer, customer.merged_into_id)
    return customer


def named(session: Session, name: str) -> list[Customer]:
    """Living customers of exactly that name or alias, whatever the case; `search` does the rest."""
    wanted = name.strip().lower()
    alias = select(CustomerName.customer_id).where(func.lower(CustomerName.name) == wanted)
    return list(
        session.scalars(
            living()
            .where(or_(func.lower(Customer.name) == wanted, Customer.id.in_(alias)))
            .order_by(Customer.id)
        )
    )


def people_of(session: Session, company: Customer) -> list[Customer]:
    """Who works there now."""
    return list(
        session.scalars(
            living()
            .join(CompanyRole, CompanyRole.person_id == Customer.id)
            .where(CompanyRole.company_id == company.id, CompanyRole.until.is_(None))
            .order_by(CompanyRole.id)
        )
    )


def companies_of(session: Session, person: Customer) -> list[Customer]:
    """Where the person works now, the main company first."""
    return list(
        session.scalars(
            living()
            .join(CompanyRole, CompanyRole.company_id == Customer.id)
            .where(CompanyRole.person_id == person.id, CompanyRole.until.is_(None))
            .order_by(CompanyRole.main.desc(), CompanyRole.id)
        )
    )


def circle(session: Session, customer: Customer) -> list[int]:
    """The ids to ask about a customer: a company with everybody who ever worked there."""
    if customer.kind is CustomerKind.PERSON:
        return [customer.id]
    people = select(CompanyRole.person_id).where(CompanyRole.company_id == customer.id)
    return [customer.id, *session.scalars(people.order_by(CompanyRole.id))]


def employ(
    session: Session, person: Customer, company: Customer, title: str | None = None
) -> CompanyRole:
    """The person works at the company; known already, only a new title is taken over."""
    known = [role for role in person.companies if role.company is company and role.until is None]
    if known:
        known[0].title = title or known[0].title
        return known[0]
    others = any(role.until is None for role in person.companies)
    role = CompanyRole(person=person, company=company, title=title, main=not others)
    session.add(role)
    session.flush()
    return role


def owned_by(session: Session, employee: Employee) -> list[Customer]:
    """The living customers of an employee, by name."""
    return list(
        session.scalars(living().where(Customer.owner_id == employee.id).order_by(Customer.name))
    )
