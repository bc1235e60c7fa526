"""Employees as a table."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store.addresses import email_address
from crm_store.employees import Employee, Role
from crm_store.exchange.cells import BadCell, Cells
from crm_store.exchange.layout import Column, Layout, further
from crm_store.exchange.reading import Desk, Fill, Names, Noun, Outcome
from crm_store.firm import Firm
from crm_store.rows import Recorded

LAYOUT = Layout(
    "employees",
    (
        Column("email", "the address they work under; each has one of their own"),
        Column("name", "the full name; read from the address where missing"),
        Column("role", "sales, service, marketing, billing, manager or admin"),
        Column("department", "the team or department"),
        Column("office", "where they work"),
        Column("timezone", "an IANA zone such as Europe/Berlin; the firm's where missing"),
        Column("locale", "the language, such as en or en-GB"),
        further("active", "no for somebody who has left"),
    ),
)


class EmployeeReader:
    """Reads employees; somebody with that address is completed, not overwritten."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        everybody = desk.session.scalars(select(Employee))
        self._known = {employee.email.casefold(): employee for employee in everybody}

    def read(self, cells: Cells) -> Outcome:
        email = cells.read("email", email_address)
        if not cells.values.get("email", "").strip():
            cells.fault("email", "no e-mail address")
        values = {
            "name": cells.text("name", Employee.name),
            "role": cells.choice("role", Role, "role"),
            "department": cells.text("department", Employee.department),
            "office": cells.text("office", Employee.office),
            "timezone": cells.zone("timezone"),
            "locale": cells.read("locale", _locale),
            "active": cells.flag("active"),
        }
        if email is None or cells.faults:
            return Outcome()
        if (known := self._known.get(email)) is not None:
            return completed(known, values, known.name)
        given = {name: value for name, value in values.items() if value is not None}
        made = Employee(
            **{
                "name": email.partition("@")[0].replace(".", " ").replace("_", " ").title(),
                "timezone": self._desk.firm.timezone,
                **given,
                "email": email,
            }
        )
        self._known[email] = made
        return Outcome([made])

    def settle(self, at: datetime, employee: Employee | None) -> None:
        pass


def completed(row: Recorded, values: Mapping[str, object], name: str) -> Outcome:
    """What is missing is filled in; what differs stays as it is and is pointed out."""
    fills = [
        Fill(row, field, value)
        for field, value in values.items()
        if value is not None and getattr(row, field) is None
    ]
    differing = [
        field
        for field, value in values.items()
        if value is not None and getattr(row, field) not in (None, value)
    ]
    left = f"; left as on file: {', '.join(differing)}" if differing else ""
    return Outcome(fills=fills, known=f"{name} is here already{left}")


def _locale(cell: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(cell.replace("-", "_"))
    except (ValueError, UnknownLocaleError) as error:
        raise BadCell("not a language; write it like en or en-GB") from error
    return cell


def employee_rows(session: Session, firm: Firm, names: Names) -> Iterable[Mapping[str, str]]:
    """The table of employees."""
    for employee in session.scalars(select(Employee).order_by(Employee.id)):
        yield {
            "email": employee.email,
            "name": employee.name,
            "role": employee.role.value,
            "department": employee.department or "",
            "office": employee.office or "",
            "timezone": employee.timezone,
            "locale": employee.locale,
            "active": "" if employee.active else "no",
        }


EMPLOYEES = Noun(
    layout=LAYOUT,
    spelled=("department", "office"),
    reader=EmployeeReader,
    rows=employee_rows,
)
