"""What customers said, as tables: their preferences and concerns."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store.concerns import Cause, Concern, ConcernStatus, Severity
from crm_store.contact import Channel
from crm_store.employees import Employee
from crm_store.exchange import dates, likings
from crm_store.exchange.cells import Cells
from crm_store.exchange.layout import Column, Layout, further
from crm_store.exchange.reading import Desk, Names, Noun, Outcome, Repeats
from crm_store.firm import Firm
from crm_store.preferences import Polarity, Preference, PreferenceKind

WHO = Column("customer", "whose it is, by e-mail or name")
CHANNEL = Column("channel", "the channel on which it was said")
EMPLOYEE = Column("employee", "the colleague who heard it, by e-mail or name")


class StatementReader:
    """What the readers of statements share: a customer, an author, a channel."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def settle(self, at: datetime, employee: Employee | None) -> None:
        pass

    def customer(self, cells: Cells) -> int | None:
        if not cells.values.get("customer", "").strip():
            cells.fault("customer", "no customer")
        party = cells.read("customer", self.desk.directory.customer)
        return party.id if party else None

    def author(self, cells: Cells, column: str = "employee") -> int | None:
        employee = cells.read(column, self.desk.directory.employee)
        return employee.id if employee else None


class PreferenceReader(StatementReader):
    """Reads preferences; of those that exclude each other the latest holds."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        key = ("customer_id", "statement", "polarity", "stated_at", "channel", "employee_id")
        self._repeats = Repeats(desk.session, Preference, key)
        self._customers: set[int] = set()

    def read(self, cells: Cells) -> Outcome:
        customer, words = self.customer(cells), cells.required("preference", Preference.statement)
        stated, withdrawn = cells.moment("stated_on"), cells.moment("withdrawn_on")
        channel = cells.choice("channel", Channel, "channel")
        employee = self.author(cells)
        confirmed = cells.moment("confirmed_on")
        liked = cells.flag("liked")
        kind = cells.choice("kind", PreferenceKind, "preference")
        preferred = cells.choice("prefers_channel", Channel, "channel")
        if cells.faults or words is None or customer is None:
            return Outcome()
        liking = likings.read(words)
        self._customers.add(customer)
        return self._repeats.judge(
            Preference(
                customer_id=customer,
                kind=kind or liking.kind,
                polarity=Polarity.LIKE if liked else liking.polarity,
                statement=liking.statement,
                preferred_channel=preferred or liking.channel,
                stated_at=stated[0] if stated else dates.LONG_AGO,
                channel=channel,
                employee_id=employee,
                confirmed_at=confirmed[0] if confirmed else None,
                withdrawn_at=withdrawn[0] if withdrawn else None,
            )
        )

    def settle(self, at: datetime, employee: Employee | None) -> None:
        likings.let_the_latest_hold(self.desk.session, self._customers)


def preference_rows(session: Session, firm: Firm, names: Names) -> Iterable[Mapping[str, str]]:
    """The table of preferences."""
    for one in session.scalars(select(Preference).order_by(Preference.id)):
        if names.of(one.customer_id):
            words = likings.written(one)
            liking = likings.read(words)
            told = liking.channel is one.preferred_channel
            yield {
                "customer": names.of(one.customer_id),
                "preference": words,
                "liked": "" if liking.polarity is one.polarity else "yes",
                "kind": "" if liking.kind is one.kind else one.kind.value,
                "prefers_channel": "" if told else one.preferred_channel or "",
                "stated_on": dates.write_day(one.stated_at, firm.zone),
                "channel": one.channel or "",
                "employee": email_of(one.employee),
                "confirmed_on": dates.write_day(one.confirmed_at, firm.zone),
                "withdrawn_on": dates.write_day(one.withdrawn_at, firm.zone),
            }


PREFERENCES = Noun(
    layout=Layout(
        "preferences",
        (
            WHO,
            Column("preference", "what they like, or dislike, in words"),
            Column("stated_on", "the day they said so"),
            CHANNEL,
            EMPLOYEE,
            further("confirmed_on", "the day they said so again"),
            further("withdrawn_on", "the day since when it holds no more"),
            further("liked", "yes where the words sound as if it were not"),
            further("kind", "channel, time, routine, product, style or other; read from the words"),
            further("prefers_channel", "the channel it is about; read from the words"),
        ),
    ),
    customers_in=("customer",),
    reader=PreferenceReader,
    rows=preference_rows,
)


class ConcernReader(StatementReader):
    """Reads concerns, open and resolved."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        key = ("customer_id", "statement", "raised_at", "status", "channel", "employee_id")
        self._repeats = Repeats(desk.session, Concern, key)

    def read(self, cells: Cells) -> Outcome:
        customer, words = self.customer(cells), cells.required("concern", Concern.statement)
        raised, resolved = cells.moment("raised_on"), cells.moment("resolved_on")
        resolution = cells.text("resolution", Concern.resolution)
        status = cells.choice("status", ConcernStatus, "status")
        if status is None:
            settled = resolved or resolution
            status = ConcernStatus.RESOLVED if settled else ConcernStatus.OPEN
        elif resolved and status is ConcernStatus.OPEN:
            cells.fault("resolved_on", "resolved, but its status is open")
        if raised and resolved and resolved[0] < raised[0]:
            cells.fault("resolved_on", "resolved before it was raised")
        theme = cells.text("theme", Concern.theme)
        made = Concern(
            customer_id=customer,
            statement=words,
            theme=theme or (self.desk.readings.theme(words) if words else None),
            cause=cells.choice("cause", Cause, "cause") or Cause.UNKNOWN,
            cause_note=cells.text("cause_note", Concern.cause_note),
            severity=cells.choice("severity", Severity, "severity") or Severity.NORMAL,
            status=status,
            raised_at=raised[0] if raised else dates.LONG_AGO,
            day_only=raised[1] if raised else True,
            channel=cells.choice("channel", Channel, "channel"),
            employee_id=self.author(cells),
            resolved_at=resolved[0] if resolved else None,
            resolution=resolution,
            resolved_by_id=self.author(cells, "resolved_by"),
        )
        return Outcome() if cells.faults else self._repeats.judge(made)


def concern_rows(session: Session, firm: Firm, names: Names) -> Iterable[Mapping[str, str]]:
    """The table of concerns."""
    for one in session.scalars(select(Concern).order_by(Concern.id)):
        if names.of(one.customer_id):
            yield {
                "customer": names.of(one.customer_id),
                "concern": one.statement,
                "raised_on": dates.write_day(one.raised_at, firm.zone),
                "channel": one.channel or "",
                "employee": email_of(one.employee),
                "status": one.status.value,
                "cause": one.cause.value,
                "resolved_on": dates.write_day(one.resolved_at, firm.zone),
                "resolution": one.resolution or "",
                "theme": one.theme or "",
                "cause_note": one.cause_note or "",
                "severity": "" if one.severity is Severity.NORMAL else one.severity.value,
                "resolved_by": email_of(one.resolved_by),
            }


CONCERNS = Noun(
    layout=Layout(
        "concerns",
        (
            WHO,
            Column("concern", "what they were unhappy with"),
            Column("raised_on", "the day they said so"),
            CHANNEL,
            EMPLOYEE,
            Column("status", "open or resolved"),
            Column("cause", "whose doing it is thought to be: us, customer or unknown"),
            Column("resolved_on", "the day it was settled"),
            Column("resolution", "how it was settled"),
            further("theme", "a word or two that concerns of the same sort share"),
            further("cause_note", "more about the suspected cause"),
            further("severity", "low, normal or high"),
            further("resolved_by", "the colleague who settled it"),
        ),
    ),
    customers_in=("customer",),
    spelled=("theme",),
    reader=ConcernReader,
    rows=concern_rows,
)


def email_of(employee: Employee | None) -> str:
    return employee.email if employee else ""
