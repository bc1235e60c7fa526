"""The pipeline: the firm's stages, and deals on their way through them."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from crm_store.customers import Customer, circle
from crm_store.deals import Deal, DealLine, DealStageChange, LostReason, Product, Stage, StageKind
from crm_store.employees import Employee

USUAL_STAGES = (
    ("lead", 10, StageKind.OPEN),
    ("qualified", 30, StageKind.OPEN),
    ("proposal", 60, StageKind.OPEN),
    ("negotiation", 80, StageKind.OPEN),
    ("won", 100, StageKind.WON),
    ("lost", 0, StageKind.LOST),
)
USUAL_LOST_REASONS = ("price", "competitor", "timing", "no budget", "no need", "no answer", "other")


def settle(session: Session) -> None:
    """Give a firm that has none the usual stages and reasons."""
    if session.scalar(select(Stage.id).limit(1)) is None:
        session.add_all(
            Stage(name=name, chance=chance, kind=kind, position=position)
            for position, (name, chance, kind) in enumerate(USUAL_STAGES, start=1)
        )
    if session.scalar(select(LostReason.id).limit(1)) is None:
        session.add_all(
            LostReason(name=name, position=position)
            for position, name in enumerate(USUAL_LOST_REASONS, start=1)
        )
    session.flush()


def stages(session: Session) -> list[Stage]:
    """The firm's stages in their order."""
    return list(session.scalars(select(Stage).order_by(Stage.position, Stage.id)))


def stage_named(session: Session, name: str) -> Stage | None:
    """The stage of that name, whatever the case."""
    return session.scalars(
        select(Stage).where(func.lower(Stage.name) == name.strip().lower())
    ).one_or_none()


def stage_of_kind(session: Session, kind: StageKind) -> Stage | None:
    """The first stage of that kind."""
    return session.scalars(
        select(Stage).where(Stage.kind == kind).order_by(Stage.position).limit(1)
    ).one_or_none()


def lost_reasons(session: Session) -> list[LostReason]:
    """The firm's reasons in their order."""
    return list(session.scalars(select(LostReason).order_by(LostReason.position, LostReason.id)))


def lost_reason_named(session: Session, name: str) -> LostReason | None:
    """The reason of that name, whatever the case."""
    return session.scalars(
        select(LostReason).where(func.lower(LostReason.name) == name.strip().lower())
    ).one_or_none()


def product_named(session: Session, name: str) -> Product | None:
    """The product of that name, whatever the case and the spaces: GTXPro is GTX Pro."""
    wanted = "".join(name.lower().split())
    return session.scalars(
        select(Product)
        .where(func.replace(func.lower(Product.name), " ", "") == wanted)
        .order_by(Product.id)
        .limit(1)
    ).one_or_none()


def open_deals(
    session: Session,
    *,
    owner: Employee | None = None,
    stage: Stage | None = None,
    closing_from: date | None = None,
    closing_before: date | None = None,
    at_least: Decimal | None = None,
    at_most: Decimal | None = None,
) -> list[Deal]:
    """Deals not yet won or lost, the next to close first; without a date last."""
    wanted = _open()
    if owner is not None:
        wanted = wanted.where(Deal.owner_id == owner.id)
    if stage is not None:
        wanted = wanted.where(Deal.stage_id == stage.id)
    if closing_from is not None:
        wanted = wanted.where(Deal.close_on >= closing_from)
    if closing_before is not None:
        wanted = wanted.where(Deal.close_on < closing_before)
    if at_least is not None:
        wanted = wanted.where(Deal.amount >= at_least)
    if at_most is not None:
        wanted = wanted.where(Deal.amount <= at_most)
    order = (Deal.close_on.is_(None), Deal.close_on, Deal.id)
    return list(session.scalars(wanted.order_by(*order)))


def deals_of(session: Session, customer: Customer, *, only_open: bool = False) -> list[Deal]:
    """The deals of a customer (of a company, its people's too), the newest first."""
    ids = circle(session, customer)
    wanted = _open() if only_open else select(Deal)
    return list(
        session.scalars(
            wanted.where(or_(Deal.customer_id.in_(ids), Deal.company_id.in_(ids))).order_by(
                Deal.id.desc()
            )
        )
    )


def _open() -> Select[Deal]:
    return select(Deal).join(Stage).where(Stage.kind == StageKind.OPEN)


def begin(
    session: Session, deal: Deal, *, at: datetime, on: date, employee: Employee | None
) -> Deal:
    """Put a new deal into the pipeline; its history starts at its stage."""
    deal.opened_on = deal.opened_on or on
    session.add(deal)
    session.flush()
    _note_stage(session, deal, None, at, employee)
    return deal


def move(
    session: Session,
    deal: Deal,
    stage: Stage,
    *,
    at: datetime,
    on: date,
    employee: Employee | None,
    lost_reason: LostReason | None = None,
    lost_note: str | None = None,
) -> DealStageChange | None:
    """Bring the deal to a stage; None if it is there. `on` is the day in the firm's zone.

    Won and lost close it that day, an open stage opens it again.
    """
    if stage.kind is StageKind.LOST:
        deal.lost_reason = lost_reason or deal.lost_reason
        deal.lost_note = lost_note or deal.lost_note
    if deal.stage_id == stage.id:
        session.flush()
        return None
    before = deal.stage
    deal.stage = stage
    if stage.kind is StageKind.OPEN:
        deal.closed_on = None
    elif before.kind is StageKind.OPEN or deal.closed_on is None:
        deal.closed_on = on
    if stage.kind is not StageKind.LOST:
        deal.lost_reason, deal.lost_note = None, None
    session.flush()
    return _note_stage(session, deal, before, at, employee)


def revalue(
    session: Session,
    deal: Deal,
    amount: Decimal | None,
    *,
    at: datetime,
    employee: Employee | None,
    currency: str | None = None,
) -> DealStageChange | None:
    """Give the deal another value; its history keeps it, so that a past pipeline can be told."""
    if deal.amount == amount and currency in (None, deal.currency):
        return None
    deal.amount, deal.currency = amount, currency or deal.currency
    session.flush()
    return _note_stage(session, deal, deal.stage, at, employee)


def _note_stage(
    session: Session, deal: Deal, before: Stage | None, at: datetime, employee: Employee | None
) -> DealStageChange:
    change = DealStageChange(
        deal=deal,
        before_id=before.id if before else None,
        after_id=deal.stage.id,
        amount=deal.amount,
        at=at,
        employee_id=employee.id if employee else None,
    )
    session.add(change)
    session.flush()
    return change


def add_product(session: Session, deal: Deal, product: Product, quantity: int = 1) -> DealLine:
    """So many more of the product are in the deal, at its list price."""
    for line in deal.lines:
        if line.product_id == product.id:
            line.quantity += quantity
            session.flush()
            return line
    line = DealLine(product=product, quantity=quantity, unit_price=product.price)
    deal.lines.append(line)
    session.flush()
    return line


def largest(session: Session, currency: str) -> Decimal | None:
    """The amount of the largest deal ever in that currency, to tell what is out of line."""
    return session.scalar(select(func.max(Deal.amount)).where(Deal.currency == currency))
