"""Interactions as a table."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from crm_store.contact import Channel, Direction, Milestone, Outcome, Sentiment
from crm_store.employees import Employee
from crm_store.exchange import dates, reading
from crm_store.exchange.amounts import write_amount
from crm_store.exchange.cells import Cells
from crm_store.exchange.deals import customer_of
from crm_store.exchange.layout import Column, Layout, further
from crm_store.exchange.purchases import bring_lifecycles_up
from crm_store.exchange.reading import Desk, Names, Noun
from crm_store.firm import Firm
from crm_store.interactions import Interaction

LAYOUT = Layout(
    "interactions",
    (
        Column("customer", "with whom, by e-mail or name"),
        Column("company", "for which company"),
        Column("channel", "call, email, meeting, visit, chat, letter, website and so on"),
        Column("direction", "inbound, outbound or internal"),
        Column("at", "when; a day alone will do"),
        Column("employee", "the colleague who had it, by e-mail or name"),
        Column("topic", "what it was about"),
        Column("note", "what was said"),
        Column("milestone", "enquiry, bid_requested, bid_sent, contract_sent, paid and so on"),
        Column("amount", "the money that was spoken of or paid"),
        Column("currency", "EUR, USD and the like; the firm's where missing"),
        Column("outcome", "reached, no_answer, voicemail or left_message"),
        Column("rating", "how it went, from 1 to 5"),
        Column("technique", "how the colleague went about it"),
        Column("offer", "what was offered"),
        further("duration_minutes", "how long it took"),
        further("department", "the department that had it"),
        further("to_employee", "the colleague to whom it was passed on"),
        further("automated", "yes where no human being was on the firm's side"),
        further("reference", "the number of an invoice or a contract"),
        further("sentiment", "positive, neutral or negative"),
    ),
)


class InteractionReader:
    """Reads interactions; one that the store has word for word is not added again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._repeats = reading.Repeats(desk.session, Interaction, KEY)
        self._buyers: set[int] = set()

    def read(self, cells: Cells) -> reading.Outcome:
        customer, company = customer_of(cells, self._desk)
        if not cells.values.get("customer", "").strip():
            cells.fault("customer", "no customer")
        channel = cells.choice("channel", Channel, "channel") or Channel.OTHER
        direction = cells.choice("direction", Direction, "direction")
        at = cells.moment("at")
        employee = cells.read("employee", self._desk.directory.employee)
        passed_to = cells.read("to_employee", self._desk.directory.employee)
        amount, currency = cells.amount(negative=True)
        usual = Direction.INBOUND if channel is Channel.WEBSITE else Direction.OUTBOUND
        moment, day_only = at or (dates.LONG_AGO, True)
        made = Interaction(
            customer_id=customer.id if customer else None,
            company_id=company.id if company else None,
            channel=channel,
            direction=direction or usual,
            happened_at=moment,
            day_only=day_only,
            employee_id=employee.id if employee else None,
            to_employee_id=passed_to.id if passed_to else None,
            department=cells.text("department", Interaction.department),
            automated=cells.flag("automated") or False,
            topic=cells.text("topic", Interaction.topic),
            note=cells.text("note", Interaction.note),
            milestone=cells.choice("milestone", Milestone, "milestone"),
            amount=amount,
            currency=currency,
            outcome=cells.choice("outcome", Outcome, "outcome"),
            rating=cells.number("rating", 1, 5),
            technique=cells.text("technique", Interaction.technique),
            offer=cells.text("offer", Interaction.offer),
            duration_minutes=cells.number("duration_minutes", 0, 100_000),
            reference=cells.text("reference", Interaction.reference),
            sentiment=cells.choice("sentiment", Sentiment, "sentiment"),
            created_at=moment,
            source="import",
        )
        if cells.faults or customer is None:
            return reading.Outcome()
        if made.milestone is not None:
            self._buyers.add(customer.id)
        remark = None if at else "no time given: the interaction counts as long ago"
        return self._repeats.judge(made, remark)

    def settle(self, at: datetime, employee: Employee | None) -> None:
        bring_lifecycles_up(self._desk.session, self._desk.firm, self._buyers)


KEY = (
    "customer_id", "company_id", "channel", "direction", "happened_at", "day_only",
    "employee_id", "topic", "note", "milestone", "amount", "outcome", "rating", "reference",
)  # fmt: skip
"""Two interactions that agree in all of these are one that was imported twice."""


def interaction_rows(session: Session, firm: Firm, names: Names) -> Iterable[Mapping[str, str]]:
    """The table of interactions."""
    every = (
        select(Interaction)
        .order_by(Interaction.id)
        .options(selectinload(Interaction.employee), selectinload(Interaction.to_employee))
        .execution_options(yield_per=1000)
    )
    for one in session.scalars(every):
        if names.of(one.customer_id):
            yield _row(one, firm, names)


INTERACTIONS = Noun(
    layout=LAYOUT,
    customers_in=("customer", "company"),
    spelled=("technique",),
    reader=InteractionReader,
    rows=interaction_rows,
)


def _row(one: Interaction, firm: Firm, names: Names) -> dict[str, str]:
    return {
        "customer": names.of(one.customer_id),
        "company": names.of(one.company_id),
        "channel": one.channel.value,
        "direction": one.direction.value,
        "at": dates.write_moment(one.happened_at, firm.zone, day_only=one.day_only),
        "employee": one.employee.email if one.employee else "",
        "topic": one.topic or "",
        "note": one.note or "",
        "milestone": one.milestone or "",
        "amount": write_amount(one.amount),
        "currency": (one.currency or "") if one.amount is not None else "",
        "outcome": one.outcome or "",
        "rating": str(one.rating or ""),
        "technique": one.technique or "",
        "offer": one.offer or "",
        "duration_minutes": "" if one.duration_minutes is None else str(one.duration_minutes),
        "department": one.department or "",
        "to_employee": one.to_employee.email if one.to_employee else "",
        "automated": "yes" if one.automated else "",
        "reference": one.reference or "",
        "sentiment": one.sentiment or "",
    }
