"""Deals as a table."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from crm_store.deals import Deal, DealLine, DealStageChange, Product, Stage, StageKind
from crm_store.employees import Employee
from crm_store.exchange.amounts import write_amount
from crm_store.exchange.cells import BadCell, Cells, fitting
from crm_store.exchange.dates import LONG_AGO, NOON
from crm_store.exchange.directory import Party
from crm_store.exchange.layout import Column, Layout, further, joined
from crm_store.exchange.purchases import bring_lifecycles_up
from crm_store.exchange.reading import Desk, Fill, Names, Noun, Outcome
from crm_store.firm import Firm

LAYOUT = Layout(
    "deals",
    (
        Column("reference", "your own number of the deal: makes the import repeatable"),
        Column("name", "what it is called; made of customer and product where missing"),
        Column("customer", "who buys, by e-mail or name"),
        Column("company", "for which company"),
        Column("owner", "the colleague whose deal it is, by e-mail or name"),
        Column("stage", "one of the firm's stages, such as proposal, or another word for it"),
        Column("amount", "what it is worth"),
        Column("currency", "EUR, USD and the like; the firm's where missing"),
        Column("product", "what is sold; several separated by ;", several=True),
        Column("opened_on", "the day it began"),
        Column("close_on", "the day it is expected to close"),
        Column("closed_on", "the day it was won or lost"),
        Column("lost_reason", "why it was lost"),
        further("quantity", "how many of each product, separated by ;", several=True),
        further("lost_note", "more about why it was lost"),
    ),
)


class DealReader:
    """Reads deals; one whose reference is here already is left as it is."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        held = desk.session.scalars(select(Deal).where(Deal.reference.is_not(None)))
        self._known = {deal.reference: deal for deal in held}
        self._buyers: set[int] = set()

    def read(self, cells: Cells) -> Outcome:
        reference = cells.text("reference", Deal.reference)
        customer, company = customer_of(cells, self._desk)
        owner = cells.read("owner", self._desk.directory.employee)
        products = cells.several("product", self._desk.directory.product)
        quantities = cells.several("quantity", _count)
        name = cells.text("name", Deal.name) or _called(customer or company, products, reference)
        if not name:
            cells.fault("reference", "no reference, name or customer")
        amount, currency = cells.amount()
        values = {
            "reference": reference,
            "name": name,
            "customer_id": customer.id if customer else None,
            "company_id": company.id if company else None,
            "owner_id": owner.id if owner else None,
            "amount": amount,
            "currency": currency,
            **self._course(cells),
        }
        if quantities and len(quantities) != len(products):
            cells.fault("quantity", "not as many quantities as products")
        if cells.faults:
            return Outcome()
        if reference is not None and (known := self._known.get(reference)) is not None:
            return _left(known, values)
        return self._new(values, products, quantities)

    def _new(
        self, values: dict[str, Any], products: list[Product], quantities: list[int]
    ) -> Outcome:
        stage: Stage = values.pop("stage")
        day = values["closed_on"] or values["opened_on"]
        at = datetime.combine(day, NOON, self._desk.firm.zone) if day else LONG_AGO
        begun = values["opened_on"]
        created = datetime.combine(begun, NOON, self._desk.firm.zone) if begun else at
        deal = Deal(**values, stage_id=stage.id, created_at=created)
        lines = zip(products, quantities or [1] * len(products), strict=True)
        deal.lines = [
            DealLine(product_id=product.id, quantity=count, unit_price=product.price)
            for product, count in lines
        ]
        change = {"before_id": None, "after_id": stage.id, "amount": deal.amount}
        deal.stage_changes = [DealStageChange(at=at, employee_id=deal.owner_id, **change)]
        if deal.reference is not None:
            self._known[deal.reference] = deal
        if stage.kind is StageKind.WON:
            buyers = (deal.customer_id, deal.company_id)
            self._buyers.update(buyer for buyer in buyers if buyer is not None)
        return Outcome([deal])

    def _course(self, cells: Cells) -> dict[str, Any]:
        """How far the deal has come, and when."""
        opened, closed = cells.day("opened_on"), cells.day("closed_on")
        stage = cells.read("stage", self._desk.directory.stage)
        if stage is None:
            stage = next(one for one in self._desk.directory.stages if one.kind is StageKind.OPEN)
            if closed and not cells.values.get("stage"):
                cells.fault("stage", "closed, but neither won nor lost")
        elif closed and stage.kind is StageKind.OPEN:
            cells.fault("closed_on", f"closed, but its stage is {stage.name}")
        if opened and closed and closed < opened:
            cells.fault("closed_on", "closed before it was opened")
        said = cells.read("lost_reason", lambda cell: fitting(cell, Deal.name))
        reason = self._desk.directory.lost_reason(said) if said else None
        note = cells.read("lost_note", lambda cell: fitting(cell, Deal.lost_note))
        if (said or note) and stage.kind is not StageKind.LOST:
            column = "lost_reason" if said else "lost_note"
            cells.fault(column, f"lost, but its stage is {stage.name}")
        return {
            "stage": stage,
            "opened_on": opened,
            "close_on": cells.day("close_on"),
            "closed_on": closed,
            "lost_reason_id": reason.id if reason else None,
            "lost_note": note or (said if reason is None else None),
        }

    def settle(self, at: datetime, employee: Employee | None) -> None:
        bring_lifecycles_up(self._desk.session, self._desk.firm, self._buyers)


def customer_of(cells: Cells, desk: Desk) -> tuple[Party | None, Party | None]:
    """Who a row is about, and for which company."""
    said = cells.values.get("company") or None
    customer = cells.read("customer", lambda cell: desk.directory.customer(cell, said))
    return customer, cells.read("company", desk.directory.company)


def _called(party: Party | None, products: list[Product], reference: str | None) -> str | None:
    parts = [product.name for product in products]
    if party is None:
        return reference or (", ".join(parts) or None)
    return f"{party.name}: {', '.join(parts)}"[:200] if parts else party.name


def _left(known: Deal, values: dict[str, Any]) -> Outcome:
    held = {**values, "stage": None, "stage_id": values["stage"].id}
    del held["stage"]
    left = [
        field.removesuffix("_id")
        for field, value in held.items()
        if value is not None and getattr(known, field) not in (None, value)
    ]
    missing = [
        Fill(known, field, value)
        for field, value in held.items()
        if value is not None and getattr(known, field) is None
    ]
    kept = f"; left as on file: {', '.join(left)}" if left else ""
    return Outcome(fills=missing, known=f"deal {known.reference} is here already{kept}")


def _count(cell: str) -> int:
    if not cell.isdecimal() or not 0 < int(cell) < 1_000_000_000:
        raise BadCell("not a whole number above zero")
    return int(cell)


def deal_rows(session: Session, firm: Firm, names: Names) -> Iterable[Mapping[str, str]]:
    """The table of deals."""
    every = (
        select(Deal)
        .order_by(Deal.id)
        .options(
            selectinload(Deal.lines).selectinload(DealLine.product),
            selectinload(Deal.owner),
            selectinload(Deal.stage),
            selectinload(Deal.lost_reason),
        )
    )
    for deal in session.scalars(every):
        yield _row(deal, names)


DEALS = Noun(
    layout=LAYOUT,
    customers_in=("customer", "company"),
    spelled=("lost_reason",),
    reader=DealReader,
    rows=deal_rows,
)


def _row(deal: Deal, names: Names) -> dict[str, str]:
    reason = deal.lost_reason.name if deal.lost_reason else deal.lost_note
    note = deal.lost_note if deal.lost_reason else None
    return {
        "reference": deal.reference or "",
        "name": deal.name,
        "customer": names.of(deal.customer_id),
        "company": names.of(deal.company_id),
        "owner": deal.owner.email if deal.owner else "",
        "stage": deal.stage.name,
        "amount": write_amount(deal.amount),
        "currency": deal.currency or "" if deal.amount is not None else "",
        "product": joined(line.product.name for line in deal.lines),
        "opened_on": _iso(deal.opened_on),
        "close_on": _iso(deal.close_on),
        "closed_on": _iso(deal.closed_on),
        "lost_reason": reason or "",
        "lost_note": note or "",
        "quantity": _quantities(deal),
    }


def _quantities(deal: Deal) -> str:
    counts = [line.quantity for line in deal.lines]
    return joined(map(str, counts)) if any(count != 1 for count in counts) else ""


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
