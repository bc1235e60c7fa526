"""Products as a table."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store.deals import Product
from crm_store.employees import Employee
from crm_store.exchange.amounts import write_amount
from crm_store.exchange.cells import Cells
from crm_store.exchange.directory import squeezed
from crm_store.exchange.employees import completed
from crm_store.exchange.layout import Column, Layout, further
from crm_store.exchange.reading import Desk, Names, Noun, Outcome
from crm_store.firm import Firm

LAYOUT = Layout(
    "products",
    (
        Column("name", "what it is called; GTXPro and GTX Pro are one product"),
        Column("price", "the list price"),
        Column("currency", "EUR, USD and the like; the firm's where missing"),
        further("active", "no for what is not sold any more"),
    ),
)


class ProductReader:
    """Reads products; one of that name is completed, not overwritten."""

    def __init__(self, desk: Desk) -> None:
        self._known = {squeezed(one.name): one for one in desk.session.scalars(select(Product))}

    def read(self, cells: Cells) -> Outcome:
        name = cells.required("name", Product.name)
        price, currency = cells.amount(column="price")
        values = {"price": price, "currency": currency, "active": cells.flag("active")}
        if name is None or cells.faults:
            return Outcome()
        if (known := self._known.get(squeezed(name))) is not None:
            return completed(known, values, known.name)
        given = {field: value for field, value in values.items() if value is not None}
        made = Product(name=name, **given)
        self._known[squeezed(name)] = made
        return Outcome([made])

    def settle(self, at: datetime, employee: Employee | None) -> None:
        pass


def product_rows(session: Session, firm: Firm, names: Names) -> Iterable[Mapping[str, str]]:
    """The table of products."""
    for product in session.scalars(select(Product).order_by(Product.id)):
        yield {
            "name": product.name,
            "price": write_amount(product.price),
            "currency": product.currency or "" if product.price is not None else "",
            "active": "" if product.active else "no",
        }


PRODUCTS = Noun(
    layout=LAYOUT,
    reader=ProductReader,
    rows=product_rows,
)
