"""The directory: employees, customers, products and stages by what a table calls them."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from crm_store.addresses import EmailAddress
from crm_store.customers import CompanyRole, Customer, CustomerKind, CustomerName
from crm_store.deals import LostReason, Product, Stage
from crm_store.employees import Employee
from crm_store.exchange.cells import BadCell
from crm_store.exchange.words import nearest, same
from crm_store.snapshots import chunks

NUMBERED = re.compile(r"(.+) #(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Party:
    """A customer that a row may mean."""

    id: int
    name: str
    kind: CustomerKind


def folded(name: str) -> str:
    """A name as it is compared: case and spacing do not count."""
    return " ".join(name.casefold().split())


def squeezed(name: str) -> str:
    """A product's name as it is compared: GTXPro is GTX Pro."""
    return "".join(name.casefold().split())


class Directory:
    """Who and what the store knows, read once for a whole file."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._by_name: dict[str, list[Party]] = {}
        self._by_alias: dict[str, list[Party]] = {}
        self._by_email: dict[str, list[Party]] = {}
        self._employers: dict[int, set[str]] = defaultdict(set)
        self._employees: dict[str, list[Employee]] = defaultdict(list)
        for employee in session.scalars(select(Employee).order_by(Employee.id)):
            for called in {folded(employee.email), folded(employee.name)}:
                self._employees[called].append(employee)
        products = session.scalars(select(Product).order_by(Product.id.desc()))
        self._products = {squeezed(product.name): product for product in products}
        self.stages = list(session.scalars(select(Stage).order_by(Stage.position, Stage.id)))
        self.lost_reasons = list(session.scalars(select(LostReason).order_by(LostReason.id)))

    def learn_customers(self, names: Iterable[str]) -> None:
        """Look up all the customers that a file speaks of, in a few questions to the store."""
        wanted = {folded(name) for name in names}
        wanted |= {folded(found[1]) for name in wanted if (found := NUMBERED.fullmatch(name))}
        wanted -= self._by_name.keys()
        for name in wanted:
            self._by_name[name], self._by_alias[name], self._by_email[name] = [], [], []
        own = select(Customer.name, Customer.id, Customer.name, Customer.kind)
        _sort(self._session, own, wanted, self._by_name)
        alias = select(CustomerName.name, Customer.id, Customer.name, Customer.kind)
        _sort(self._session, alias.join(CustomerName.customer), wanted, self._by_alias)
        for part in _portions(name for name in wanted if "@" in name):
            address = select(EmailAddress.address, Customer.id, Customer.name, Customer.kind)
            address = address.join(EmailAddress.customer).where(EmailAddress.address.in_(part))
            _sort(self._session, address, wanted, self._by_email)
        self._learn_employers()

    def _learn_employers(self) -> None:
        ids = {party.id for found in self._by_name.values() for party in found[1:] and found}
        ids |= {party.id for found in self._by_email.values() for party in found[1:] and found}
        for part in chunks(ids):
            rows = self._session.execute(
                select(CompanyRole.person_id, Customer.name)
                .join(Customer, Customer.id == CompanyRole.company_id)
                .where(CompanyRole.person_id.in_(part))
            )
            for person, company in rows:
                self._employers[person].add(folded(company))

    def customer(self, said: str, company: str | None = None) -> Party:
        """Who is meant by an e-mail address or a name; raises BadCell unless it is one.

        Of several of that name, the one at `company`; `Ann Lee #2` is the second in the store.
        """
        name = folded(said)
        found = self._by_email.get(name) or self._by_name.get(name) or self._by_alias.get(name)
        if not found and (numbered := NUMBERED.fullmatch(name)):
            alike = self._by_name.get(numbered[1], [])
            found = alike[int(numbered[2]) - 1 : int(numbered[2])] if numbered[2] != "0" else []
        if not found:
            raise BadCell(f"no such customer{self._suggestion(said)}")
        if len(found) > 1 and company:
            there = folded(company)
            at_company = [party for party in found if there in self._employers[party.id]]
            found = at_company or [p for p in found if folded(p.name) == there] or found
        if len(found) > 1:
            raise BadCell(f"{len(found)} customers are called so; give the e-mail address")
        return found[0]

    def company(self, said: str) -> Party:
        """The company of that name or address; raises BadCell."""
        name = folded(said)
        named = [p for p in self._by_name.get(name, []) if p.kind is CustomerKind.COMPANY]
        return named[0] if len(named) == 1 else self.customer(said)

    def companies(self, said: str) -> list[Party]:
        """The companies of exactly that name."""
        found = self._by_name.get(folded(said), [])
        return [party for party in found if party.kind is CustomerKind.COMPANY]

    def named(self, said: str) -> list[Party]:
        """Everybody of exactly that name or address."""
        name = folded(said)
        return [*self._by_name.get(name, []), *self._by_email.get(name, [])]

    def _suggestion(self, said: str) -> str:
        if "@" in said:
            return ""
        first = said.strip()[:1].lower()
        alike = self._session.scalars(
            select(Customer.name).where(func.lower(Customer.name).startswith(first)).limit(20_000)
        )
        likely = nearest(said, alike, 75)
        return f"; did you mean {likely}?" if likely else ""

    def employee(self, said: str) -> Employee:
        """The colleague of that e-mail address or full name; raises BadCell."""
        found = self._employees.get(folded(said), [])
        if len(found) > 1:
            raise BadCell(f"{len(found)} colleagues are called so; give the e-mail address")
        if not found:
            names = {one.name for alike in self._employees.values() for one in alike}
            likely = nearest(said, sorted(names), 60)
            hint = f"; did you mean {likely}?" if likely else ""
            raise BadCell(f"no such colleague{hint}")
        return found[0]

    def product(self, said: str) -> Product:
        """The product of that name, whatever its case and spaces; raises BadCell."""
        if product := self._products.get(squeezed(said)):
            return product
        likely = nearest(said, [product.name for product in self._products.values()], 60)
        raise BadCell("no such product" + (f"; did you mean {likely}?" if likely else ""))

    def stage(self, said: str) -> Stage:
        """The stage of that name, else the usual one that it is another word for."""
        by_name = {folded(stage.name): stage for stage in self.stages}
        found = by_name.get(folded(said)) or by_name.get(same("stage", said))
        if found is None:
            raise BadCell(f"not one of {', '.join(stage.name for stage in self.stages)}")
        return found

    def lost_reason(self, said: str) -> LostReason | None:
        """The reason of that name in the firm's list."""
        return next((one for one in self.lost_reasons if folded(one.name) == folded(said)), None)


def _sort(
    session: Session,
    called: Select[str, int, str, CustomerKind],
    wanted: set[str],
    into: dict[str, list[Party]],
) -> None:
    """Put the customers that are there under what they are called, in their own order."""
    there = called.where(Customer.merged_into_id.is_(None), Customer.erased_at.is_(None))
    for said, row_id, name, kind in session.execute(there.order_by(Customer.kind, Customer.id)):
        if folded(said) in wanted:
            into[folded(said)].append(Party(row_id, name, kind))


def _portions(words: Iterable[str], size: int = 500) -> Iterable[list[str]]:
    every = list(words)
    return (every[start : start + size] for start in range(0, len(every), size))
