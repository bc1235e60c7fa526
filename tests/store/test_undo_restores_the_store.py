"""Undo restores the store exactly, and redo does again what was undone, whatever was done."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store import ledger, schema
from crm_store.addresses import EmailAddress, Phone
from crm_store.contact import Channel, Sentiment
from crm_store.customers import Customer, CustomerName, Gender
from crm_store.deals import Deal, DealLine, Product, Stage
from crm_store.deeds import Deed
from crm_store.employees import Employee
from crm_store.interactions import Interaction
from crm_store.reminders import Reminder
from crm_store.rows import Recorded
from tests.store.conftest import NOW, hired, met

Dump = dict[str, list[dict[str, Any]]]

words = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=20)
amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
instants = st.integers(-(10**8), 10**8).map(lambda seconds: NOW + timedelta(seconds=seconds))


def dump(session: Session) -> Dump:
    session.flush()
    return {
        name: [
            dict(row)
            for row in session.connection().execute(select(table).order_by(table.c.id)).mappings()
        ]
        for name in schema.RECORDED
        for table in [schema.TABLES.tables[name]]
    }


class Mischief:
    """Random but sensible writing: rows that come, change and go in any order."""

    def __init__(self, session: Session, data: DataObject, pat: Employee) -> None:
        self.session, self.draw, self.pat = session, data.draw, pat

    def all(self, kind: type[Recorded]) -> Any:
        return self.session.scalars(select(kind).order_by(kind.id)).all()

    def some(self, kind: type[Recorded]) -> Any:
        rows = self.all(kind)
        return self.draw(st.sampled_from(rows)) if rows else None

    def step(self) -> None:
        deeds = (
            self.new_customer, self.new_contact, self.new_name, self.new_interaction,
            self.new_deal, self.new_reminder, self.change_customer, self.change_interaction,
            self.change_deal, self.change_employee, self.swap_names, self.remove_child,
            self.remove_customer,
        )  # fmt: skip
        self.draw(st.sampled_from(deeds))()
        if self.draw(st.booleans()):
            self.session.flush()

    def new_customer(self) -> None:
        self.session.add(
            Customer(
                name=self.draw(words),
                owner=self.pat,
                created_at=self.draw(instants),
                birthday=self.draw(st.none() | st.dates()),
                gender=self.draw(st.none() | st.sampled_from(Gender)),
                emails=[EmailAddress(address="a@example.com")],
            )
        )

    def new_contact(self) -> None:
        if customer := self.some(Customer):
            customer.phones.append(Phone(typed=self.draw(words), number="+4930123456"))

    def new_name(self) -> None:
        customer, name = self.some(Customer), self.draw(words)
        if customer and name not in [known.name for known in customer.names]:
            customer.names.append(CustomerName(name=name))

    def new_interaction(self) -> None:
        if customer := self.some(Customer):
            self.session.add(
                Interaction(
                    customer=customer,
                    employee=self.pat,
                    channel=self.draw(st.sampled_from(Channel)),
                    happened_at=self.draw(instants),
                    amount=self.draw(st.none() | amounts),
                    sentiment=self.draw(st.none() | st.sampled_from(Sentiment)),
                    created_at=NOW,
                )
            )

    def new_deal(self) -> None:
        stage, product = self.some(Stage), self.some(Product)
        deal = Deal(name=self.draw(words), stage=stage, owner=self.pat, created_at=NOW)
        deal.customer = self.some(Customer)
        deal.lines = [DealLine(product=product, quantity=self.draw(st.integers(1, 9)))]
        self.session.add(deal)

    def new_reminder(self) -> None:
        self.session.add(
            Reminder(
                task=self.draw(words),
                customer=self.some(Customer),
                employee=self.pat,
                due_at=self.draw(instants),
                zone="Europe/Berlin",
                created_at=NOW,
            )
        )

    def change_customer(self) -> None:
        if customer := self.some(Customer):
            customer.name = self.draw(words)
            customer.birthday = self.draw(st.none() | st.dates())
            customer.preferred_channel = self.draw(st.none() | st.sampled_from(Channel))

    def change_interaction(self) -> None:
        if interaction := self.some(Interaction):
            interaction.customer = self.some(Customer)
            interaction.note = self.draw(st.none() | words)

    def change_deal(self) -> None:
        if deal := self.some(Deal):
            deal.amount = self.draw(st.none() | amounts | st.integers(-9, 9))
            deal.close_on = self.draw(st.none() | st.just(date(2026, 12, 15)))

    def change_employee(self) -> None:
        self.pat.digest_at = self.draw(st.none() | st.just(time(7, 30)))
        self.pat.muted = self.draw(st.none() | st.dictionaries(words, st.none() | words))
        self.pat.digest_days = self.draw(st.none() | st.lists(st.integers(0, 6)))

    def swap_names(self) -> None:
        names = self.all(CustomerName)
        if len(names) < 2 or names[0].customer_id != names[1].customer_id:
            return
        first, second = names[0].name, names[1].name
        for row, name in ((names[0], "in between"), (names[1], first), (names[0], second)):
            row.name = name
            self.session.flush()

    def remove_child(self) -> None:
        kinds = (Phone, EmailAddress, CustomerName, Interaction, Deal, Reminder)
        kind = self.draw(st.sampled_from(kinds))
        if row := self.some(kind):
            self.session.delete(row)
            self.session.flush()
            self.session.expire_all()

    def remove_customer(self) -> None:
        customer = self.some(Customer)
        if customer is None:
            return
        for kind in (Interaction, Deal, Reminder):
            for row in self.all(kind):
                if row.customer_id == customer.id:
                    self.session.delete(row)
        self.session.delete(customer)
        self.session.flush()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_whatever_a_deed_did_undo_restores_and_redo_repeats(
    session: Session, data: DataObject
) -> None:
    savepoint = session.begin_nested()
    try:
        pat = hired(session, "Pat Jones")
        stage = Stage(name="lead", position=1, chance=10)
        session.add_all([stage, Product(name="survey", price=Decimal("4800"))])
        met(session, "John Smith", owner=pat)
        mischief = Mischief(session, data, pat)
        for _ in range(data.draw(st.integers(0, 4))):
            mischief.step()
        before = dump(session)

        deed = ledger.record(session, employee=pat, at=NOW)
        for _ in range(data.draw(st.integers(1, 12))):
            mischief.step()
        closed = ledger.close(session)
        after = dump(session)

        if closed is None:
            assert before == after
            return
        undone = ledger.undo(session, deed, employee=pat, at=NOW)
        assert dump(session) == before
        ledger.redo(session, undone, employee=pat, at=NOW)
        assert dump(session) == after
        ledger.undo(session, deed, employee=pat, at=NOW)
        assert dump(session) == before
    finally:
        savepoint.rollback()
        session.expunge_all()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_amendments_are_undone_one_by_one_or_with_their_message(
    session: Session, data: DataObject
) -> None:
    savepoint = session.begin_nested()
    try:
        pat = hired(session, "Pat Jones")
        stage = Stage(name="lead", position=1, chance=10)
        session.add_all([stage, Product(name="survey", price=Decimal("4800"))])
        met(session, "John Smith", owner=pat)
        mischief = Mischief(session, data, pat)
        dumps = [dump(session)]
        deeds: list[Deed] = []
        for version in range(3):
            replaces = deeds[-1] if deeds else None
            deed = ledger.record(session, employee=pat, at=NOW, replaces=replaces)
            if version:
                ledger.withdraw(session, deeds[-1])
            for _ in range(data.draw(st.integers(1, 6))):
                mischief.step()
            if ledger.close(session) is None:
                return
            deeds.append(deed)
            dumps.append(dump(session))

        undone = ledger.undo(session, deeds[0], employee=pat, at=NOW)
        assert dump(session) == dumps[0]
        ledger.redo(session, undone, employee=pat, at=NOW)
        assert dump(session) == dumps[3]
        for deed, before in zip(reversed(deeds), reversed(dumps[:3]), strict=True):
            ledger.undo(session, deed, employee=pat, at=NOW)
            assert dump(session) == before
    finally:
        savepoint.rollback()
        session.expunge_all()
