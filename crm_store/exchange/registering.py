"""Registering customers: a row of a file becomes somebody new, or completes who is there."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from crm_store.addresses import EmailAddress, Phone, PostalAddress
from crm_store.customers import CompanyRole, Customer, CustomerKind, CustomerName, Relation
from crm_store.employees import Employee
from crm_store.exchange.cells import Cells
from crm_store.exchange.customers import Stated, stated
from crm_store.exchange.directory import NUMBERED, Party, folded
from crm_store.exchange.purchases import STATED
from crm_store.exchange.reading import Desk, Fill, Outcome
from crm_store.profile import FIELDS, LifecycleChange, ProfileValue
from crm_store.rows import Recorded
from crm_store.snapshots import encode


class CustomerReader:
    """Reads customers. Whoever is here already is completed, not overwritten."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._companies: dict[str, list[Customer]] = defaultdict(list)
        self._awaited: set[str] = set()
        """Companies begun for somebody who works there, and not yet met in the file."""
        self._met: dict[str, int] = {}
        """Names, addresses and numbers of the file, and the row where each was met first."""
        self._seen: Counter[str] = Counter()
        """How often a name was met of somebody who is here: the second row is the second one."""
        self._given: set[tuple[int, str]] = set()
        """Addresses and numbers that rows before gave to customers who are here."""
        self._numbers: dict[str, list[Party]] = {}
        rows = desk.session.execute(
            select(Phone.number, Customer.id, Customer.name, Customer.kind)
            .join(Phone.customer)
            .where(Customer.merged_into_id.is_(None), Phone.number.is_not(None))
        )
        for number, row_id, name, kind in rows:
            self._numbers.setdefault(number or "", []).append(Party(row_id, name, kind))

    def read(self, cells: Cells) -> Outcome:
        said = stated(cells, self._desk.directory)
        if said is None:
            return Outcome()
        known = self._here(said)
        return self._new(said, cells.row) if known is None else self._completed(known, said)

    def settle(self, at: datetime, employee: Employee | None) -> None:
        pass

    def _new(self, said: Stated, row: int) -> Outcome:
        customer = self._begun(said)
        for field, value in said.profile.items():
            setattr(customer, field, value)
        customer.owner_id = said.owner.id if said.owner else None
        customer.created_at, customer.archived_at = said.created_at, said.archived_at
        customer.emails = [EmailAddress(address=one) for one in said.emails]
        customer.phones = [Phone(number=n, extension=x, typed=t) for n, x, t in said.phones]
        customer.addresses = [PostalAddress(text=one) for one in said.addresses]
        customer.names = [CustomerName(name=alias) for alias in said.aliases]
        begun, ties = self._employed(customer, said)
        made: list[Recorded] = [*begun, customer]
        made += [
            ProfileValue(customer=customer, **origin) for origin in _origins(said, said.profile)
        ]
        if said.lifecycle is not None:
            customer.lifecycle_stage = said.lifecycle
            change = {"before": None, "after": said.lifecycle, "reason": STATED}
            made.append(LifecycleChange(customer=customer, at=said.created_at, **change))
        return Outcome(made, ties, double=self._resembles(said, row))

    def _begun(self, said: Stated) -> Customer:
        """A new customer; a company that somebody in the file works for is begun already."""
        name = folded(said.name)
        if said.kind is CustomerKind.COMPANY and name in self._awaited:
            self._awaited.remove(name)
            return self._companies[name][0]
        kind = said.kind or CustomerKind.PERSON
        customer = Customer(name=said.name, kind=kind, relation=Relation.CUSTOMER)
        if kind is CustomerKind.COMPANY:
            self._companies[name].append(customer)
        return customer

    def _employed(self, person: Customer, said: Stated) -> tuple[list[Customer], list[Fill]]:
        """Let the person work where the row says: the companies that are new, and the ties.

        A tie is made only when its row is written: it would draw its person in before others.
        """
        made: list[Customer] = []
        ties: list[Fill] = []
        for number, called in enumerate(said.companies):
            title = said.job_title if number == 0 else None
            role = CompanyRole(person=person, title=title, main=number == 0)
            if there := self._desk.directory.companies(called):
                role.company_id = there[0].id
                continue
            company = self._in_the_file(called)
            if company is None:
                company = Customer(
                    name=called,
                    kind=CustomerKind.COMPANY,
                    relation=person.relation,
                    created_at=said.created_at,
                )
                self._companies[folded(called)].append(company)
                self._awaited.add(folded(called))
                made.append(company)
            ties.append(Fill(role, "company", company))
        return made, ties

    def _in_the_file(self, called: str) -> Customer | None:
        """The company of that name met before; `Lee Ltd #2` is the second of its name."""
        if met := self._companies.get(folded(called)):
            return met[0]
        numbered = NUMBERED.fullmatch(folded(called))
        namesakes = self._companies.get(numbered[1], []) if numbered else []
        number = int(numbered[2]) if numbered else 0
        return namesakes[number - 1] if 0 < number <= len(namesakes) else None

    def _here(self, said: Stated) -> Customer | None:
        """The one customer of that name who is surely the same.

        A company by its name; a person by an address or number in common or, where there is
        neither to compare, by the same company.
        """
        directory, session = self._desk.directory, self._desk.session
        wanted = {folded(said.name)}
        alike = [p for p in directory.named(said.name) if folded(p.name) in wanted]
        if said.kind is not None:
            alike = [party for party in alike if party.kind is said.kind]
        found = [session.get_one(Customer, party.id) for party in alike]
        if said.kind is not CustomerKind.COMPANY:
            found = [one for one in found if _same_person(one, said)]
        place = self._seen[folded(said.name)]
        self._seen[folded(said.name)] += 1
        return found[min(place, len(found) - 1)] if found else None

    def _resembles(self, said: Stated, row: int) -> str | None:
        """Who else it might be; never told by a name that is only alike."""
        directory = self._desk.directory
        for typed in said.emails:
            for party in directory.named(typed):
                return f"{said.name} has the e-mail address of {party.name}"
        for number, _, _ in said.phones:
            for party in self._numbers.get(number, []):
                return f"{said.name} has the phone number of {party.name}"
        if directory.named(said.name):
            return f"there is a {said.name} already"
        for mark in (*said.emails, *(number for number, _, _ in said.phones), folded(said.name)):
            if (before := self._met.setdefault(mark, row)) != row:
                return f"{said.name} has the same {_sort_of(mark)} as row {before}"
        return None

    def _completed(self, known: Customer, said: Stated) -> Outcome:
        fills, left = [], []
        stated = {**said.profile, "owner_id": said.owner.id if said.owner else None}
        for field, value in stated.items():
            held = getattr(known, field)
            if value is not None and held is None:
                fills.append(Fill(known, field, value))
            elif value is not None and held != value:
                left.append(field.removesuffix("_id"))
        made: list[Recorded] = [
            ProfileValue(customer_id=known.id, **origin)
            for origin in _origins(said, {fill.field: fill.value for fill in fills})
        ]
        self._given |= {(known.id, one.address) for one in known.emails}
        self._given |= {(known.id, f"{one.number} {one.extension}") for one in known.phones}
        made += [
            EmailAddress(customer_id=known.id, address=one)
            for one in said.emails
            if self._is_new(known, one)
        ]
        made += [
            Phone(customer_id=known.id, number=number, extension=extension, typed=typed)
            for number, extension, typed in said.phones
            if self._is_new(known, f"{number} {extension}")
        ]
        if not known.addresses:
            made += [PostalAddress(customer_id=known.id, text=one) for one in said.addresses]
        kept = f"; left as on file: {', '.join(left)}" if left else ""
        return Outcome(made, fills, known=f"{known.name} is here already{kept}")

    def _is_new(self, known: Customer, mark: str) -> bool:
        new = (known.id, mark) not in self._given
        self._given.add((known.id, mark))
        return new


def _sort_of(mark: str) -> str:
    if "@" in mark:
        return "e-mail address"
    return "phone number" if mark.startswith("+") else "name"


def _origins(said: Stated, profile: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Where the values come from: a later guess must not displace what a file stated."""
    return [
        {
            "field": field,
            "value": str(encode(value)),
            "stated": field not in said.inferred,
            "source": "import",
            "stated_at": said.created_at,
        }
        for field, value in profile.items()
        if field in FIELDS
    ]


def _same_person(known: Customer, said: Stated) -> bool:
    if {one.address for one in known.emails}.intersection(said.emails):
        return True
    if {one.number for one in known.phones}.intersection(number for number, _, _ in said.phones):
        return True
    if (said.emails and known.emails) or (said.phones and known.phones):
        return False
    held = folded(known.company.name) if known.company else None
    return held == (folded(said.companies[0]) if said.companies else None)
