"""Products and the firm's own stages as tables."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store import pipeline
from crm_store.deals import Product, Stage, StageKind
from crm_store.employees import Employee
from crm_store.exchange.amounts import write_amount
from crm_store.exchange.cells import Cells
from crm_store.exchange.directory import folded, squeezed
from crm_store.exchange.employees import completed
from crm_store.exchange.layout import Column, Layout, further
from crm_store.exchange.reading import Desk, Fill, Names, Noun, Outcome
from crm_store.firm import Firm

PRODUCT_LAYOUT = Layout(
    "products",
    (
        Column("name", "what it is called; GTXPro and GTX Pro are one product"),
        Column("price", "the list price"),
        Column("currency", "EUR, USD and the like; the firm's where missing"),
        further("active", "no for what is not sold any more"),
    ),
)
STAGE_LAYOUT = Layout(
    "stages",
    (
        Column("name", "what the firm calls it; the stages come in the order of the rows"),
        Column("chance", "the percentage expected to be won"),
        Column("meaning", "open, won or lost"),
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
    layout=PRODUCT_LAYOUT,
    reader=ProductReader,
    rows=product_rows,
)


class StageReader:
    """Reads the firm's stages. They are the firm's word: those of the same name change."""

    def __init__(self, desk: Desk) -> None:
        self._known = {folded(one.name): one for one in desk.session.scalars(select(Stage))}
        self._position = 0

    def read(self, cells: Cells) -> Outcome:
        name = cells.required("name", Stage.name)
        chance = cells.number("chance", 0, 100)
        meaning = cells.choice("meaning", StageKind, "stage")
        if name is None or cells.faults:
            return Outcome()
        self._position += 1
        usual = {called: (odds, kind) for called, odds, kind in pipeline.USUAL_STAGES}
        usual_odds, usual_kind = usual.get(folded(name), (None, StageKind.OPEN))
        kind = meaning or usual_kind
        certain = {StageKind.WON: 100, StageKind.LOST: 0}.get(kind, usual_odds)
        if chance is None and (chance := certain) is None:
            cells.fault("chance", "no chance")
            return Outcome()
        values = {"chance": chance, "kind": kind, "position": self._position}
        if (known := self._known.get(folded(name))) is not None:
            fills = [
                Fill(known, field, value)
                for field, value in values.items()
                if getattr(known, field) != value
            ]
            return Outcome(fills=fills, known=f"{known.name} is here already")
        made = Stage(name=name, **values)
        self._known[folded(name)] = made
        return Outcome([made])

    def settle(self, at: datetime, employee: Employee | None) -> None:
        pass


def stage_rows(session: Session, firm: Firm, names: Names) -> Iterable[Mapping[str, str]]:
    """The table of stages, written only by a firm that has its own."""
    own = [(stage.name, stage.chance, stage.kind) for stage in pipeline.stages(session)]
    for name, chance, kind in own if own != list(pipeline.USUAL_STAGES) else ():
        yield {"name": name, "chance": str(chance), "meaning": kind.value}


STAGES = Noun(
    layout=STAGE_LAYOUT,
    reader=StageReader,
    rows=stage_rows,
)
