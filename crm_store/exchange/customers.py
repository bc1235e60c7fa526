"""Customers as a table: what stands in their columns, and their rows in the store."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased, selectinload

from crm_store.addresses import Phone, PostalAddress
from crm_store.contact import Channel
from crm_store.customers import (
    CompanyRole,
    Customer,
    CustomerKind,
    CustomerName,
    Gender,
    LifecycleStage,
    Relation,
)
from crm_store.employees import Employee
from crm_store.exchange import dates
from crm_store.exchange.cells import Cells, fitting
from crm_store.exchange.directory import Directory, folded
from crm_store.exchange.layout import Column, Layout, further, joined, plain
from crm_store.exchange.reading import Names
from crm_store.firm import Firm
from crm_store.profile import ProfileValue

LAYOUT = Layout(
    "customers",
    (
        Column("name", "what people call them"),
        Column("kind", "person or company"),
        Column("relation", "customer, vendor or partner"),
        Column("company", "where a person works; created if it is not there yet"),
        Column("email", "addresses, separated by ;", several=True),
        Column("phone", "numbers, separated by ;", several=True),
        Column("address", "the postal address"),
        Column("occupation", "what they do"),
        Column("gender", "female, male or other, where they stated it"),
        Column("birthday", "a day"),
        Column("age_range", "such as 35-44"),
        Column("owner", "the colleague who looks after them"),
        Column("lifecycle_stage", "prospect, lead, customer, repurchase or lapsed"),
        Column("segment", "the group the firm counts them in"),
        Column("region", "where they are"),
        Column("source", "how they came to the firm"),
        Column("preferred_channel", "call, email, meeting and so on"),
        Column("website", "their site"),
        Column("created_on", "the day since when they are known"),
        further("aliases", "other names for them, separated by ;", several=True),
        further("title", "Dr., Prof. and the like"),
        further("given_name", "the first name"),
        further("family_name", "the last name"),
        further("job_title", "what they are in that company"),
        further("buys_for", "why they buy, and for whom"),
        further("language", "the language they speak"),
        further("timezone", "their IANA zone"),
        further("other_companies", "where else they work, separated by ;", several=True),
        further("other_addresses", "more postal addresses, one a line"),
        further("inferred", "columns whose value is a guess, separated by ;", several=True),
        further("archived_on", "the day on which they were put away"),
    ),
)

Number = tuple[str, str | None, str]
"""A phone number in E.164, its extension, and as it was typed."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a row says of a customer."""

    name: str
    profile: dict[str, Any]
    owner: Employee | None
    lifecycle: LifecycleStage | None
    created_at: datetime
    archived_at: datetime | None
    emails: list[str]
    phones: list[Number]
    companies: list[str]
    """Where they work, the main company first."""
    job_title: str | None
    addresses: list[str]
    aliases: list[str]
    inferred: frozenset[str]

    @property
    def kind(self) -> CustomerKind | None:
        """Person or company, where the row says so."""
        kind: CustomerKind | None = self.profile.get("kind")
        return kind


def stated(cells: Cells, directory: Directory) -> Stated | None:
    """Everything that the row says; None if some cell is wrong."""
    name = cells.required("name", Customer.name) or ""
    created, archived = cells.moment("created_on"), cells.moment("archived_on")
    aliases = cells.several("aliases", lambda cell: fitting(cell, CustomerName.name))
    found = Stated(
        name=name,
        profile=_profile(cells),
        owner=cells.read("owner", directory.employee),
        lifecycle=cells.choice("lifecycle_stage", LifecycleStage, "lifecycle"),
        created_at=created[0] if created else dates.LONG_AGO,
        archived_at=archived[0] if archived else None,
        emails=cells.emails("email"),
        phones=cells.phones("phone"),
        companies=[one for one in _companies(cells) if folded(one) != folded(name)],
        job_title=cells.text("job_title", CompanyRole.title),
        addresses=_addresses(cells),
        aliases=list({folded(one): one for one in aliases if folded(one) != folded(name)}.values()),
        inferred=frozenset(cells.several("inferred", plain)),
    )
    if found.companies and found.kind is CustomerKind.COMPANY:
        cells.fault("company", "only a person works for a company")
    return None if cells.faults else found


def _companies(cells: Cells) -> list[str]:
    main = cells.text("company", Customer.name)
    others = cells.several("other_companies", lambda cell: fitting(cell, Customer.name))
    return list({folded(one): one for one in [*([main] if main else []), *others]}.values())


def _addresses(cells: Cells) -> list[str]:
    main = cells.text("address", PostalAddress.text)
    lines = cells.values.get("other_addresses", "").splitlines()
    every = [*([main] if main else []), *lines]
    return [one for line in every if (one := " ".join(line.split()))]


def _profile(cells: Cells) -> dict[str, Any]:
    """The stated values of the profile, without those that the row leaves out."""
    values: dict[str, Any] = {
        "kind": cells.choice("kind", CustomerKind, "kind"),
        "relation": cells.choice("relation", Relation, "relation"),
        "occupation": cells.text("occupation", Customer.occupation),
        "gender": cells.choice("gender", Gender, "gender"),
        "birthday": cells.day("birthday"),
        "age_range": cells.text("age_range", Customer.age_range),
        "segment": cells.text("segment", Customer.segment),
        "region": cells.text("region", Customer.region),
        "source": cells.text("source", Customer.source),
        "preferred_channel": cells.choice("preferred_channel", Channel, "channel"),
        "website": cells.text("website", Customer.website),
        "title": cells.text("title", Customer.title),
        "given_name": cells.text("given_name", Customer.given_name),
        "family_name": cells.text("family_name", Customer.family_name),
        "buys_for": cells.text("buys_for", Customer.buys_for),
        "language": cells.text("language", Customer.language),
        "timezone": cells.zone("timezone"),
    }
    return {field: value for field, value in values.items() if value is not None}


def _row(customer: Customer, firm: Firm, names: Names, inferred: list[str]) -> dict[str, str]:
    row = {field: _shown(getattr(customer, field)) for field in PLAIN}
    roles = sorted(
        (one for one in customer.companies if one.until is None), key=lambda one: not one.main
    )
    companies = [names.in_the_file(role.company_id) for role in roles]
    return {
        **row,
        "company": companies[0] if companies else "",
        "other_companies": joined(companies[1:]),
        "job_title": roles[0].title or "" if roles else "",
        "email": joined(one.address for one in customer.emails),
        "phone": joined(_dialled(one) for one in customer.phones),
        "address": customer.addresses[0].text if customer.addresses else "",
        "other_addresses": "\n".join(one.text for one in customer.addresses[1:]),
        "owner": customer.owner.email if customer.owner else "",
        "created_on": dates.write_day(customer.created_at, firm.zone),
        "archived_on": dates.write_day(customer.archived_at, firm.zone),
        "aliases": joined(one.name for one in customer.names),
        "inferred": joined(inferred),
    }


PLAIN = (
    "name", "kind", "relation", "occupation", "gender", "birthday", "age_range",
    "lifecycle_stage", "segment", "region", "source", "preferred_channel", "website", "title",
    "given_name", "family_name", "buys_for", "language", "timezone",
)  # fmt: skip
"""Columns that hold just what the customer's field holds."""


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def _dialled(phone: Phone) -> str:
    number = phone.number or phone.typed
    return f"{number} x{phone.extension}" if phone.extension else number


def customer_rows(session: Session, firm: Firm, names: Names) -> Iterable[Mapping[str, str]]:
    """Every customer, companies first, so that whoever works there finds them."""
    every = (
        select(Customer)
        .where(Customer.merged_into_id.is_(None), Customer.erased_at.is_(None))
        .order_by(Customer.kind, Customer.id)
        .options(
            selectinload(Customer.emails),
            selectinload(Customer.phones),
            selectinload(Customer.addresses),
            selectinload(Customer.names),
            selectinload(Customer.companies).selectinload(CompanyRole.company),
        )
    )
    guesses = _guesses(session)
    for customer in session.scalars(every):
        yield _row(customer, firm, names, guesses.get(customer.id, []))


def _guesses(session: Session) -> dict[int, list[str]]:
    """The fields of each customer that were inferred and never stated."""
    stated = aliased(ProfileValue)
    wanted = (
        select(ProfileValue.customer_id, ProfileValue.field)
        .where(ProfileValue.stated.is_(False))
        .where(
            ~exists().where(
                stated.customer_id == ProfileValue.customer_id,
                stated.field == ProfileValue.field,
                stated.stated,
            )
        )
        .distinct()
        .order_by(ProfileValue.customer_id, ProfileValue.field)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for row_id, field in session.execute(wanted):
        found[row_id].append(field)
    return found
