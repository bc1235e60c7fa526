"""The commands about employees: user add, list, invite and deactivate."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.opening import Problem, settings_read, store_opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from config import Settings
    from crm_store.employees import Employee, Role

Email = Annotated[str, typer.Argument(help="Their e-mail address.")]


def add(
    email: Email,
    name: Annotated[str, typer.Argument(help="Their full name.")],
    role: Annotated[
        str, typer.Option(help="sales, service, marketing, billing, manager or admin.")
    ] = "sales",
    department: Annotated[str | None, typer.Option(help="Where it is not the role.")] = None,
    office: Annotated[str | None, typer.Option(help="Where they work.")] = None,
    timezone: Annotated[
        str | None, typer.Option(help="Their IANA time zone; the firm's where none is given.")
    ] = None,
) -> None:
    """Add a colleague, or bring one back who had left."""
    from crm_store import employees
    from crm_store.employees import Employee

    settings = settings_read()
    zone = _zone(timezone or settings.company_timezone)
    address, part = _address(email), _role(role)
    if not name.strip():
        raise Problem("A colleague needs a name.")
    with _writing(settings, f"user add {address}") as session:
        found = employees.by_email(session, address)
        if found is not None and found.active:
            raise Problem(f"{found.name} has that address already.")
        person = found or Employee(email=address)
        person.name, person.role, person.active = name.strip(), part, True
        person.department, person.office, person.timezone = department, office, zone
        session.add(person)
    typer.echo(f"{name.strip()} <{address}> can use the assistant now, as {part.value}.")


def show() -> None:
    """List the employees, with the channels on which each is known."""
    from rich.console import Console
    from rich.table import Table
    from sqlalchemy import select

    from crm_store.database import sessions
    from crm_store.employees import Employee

    engine = store_opened(settings_read())
    table = Table("name", "e-mail", "role", "time zone", "channels", box=None, pad_edge=False)
    with sessions(engine, reads_only=True)() as session:
        for one in session.scalars(select(Employee).order_by(Employee.name)):
            channels = sorted({i.channel for i in one.identities if i.verified_at})
            known = ", ".join(channels) if one.active else "has left"
            table.add_row(one.name, one.email, one.role.value, one.timezone, known)
    engine.dispose()
    Console(highlight=False, markup=False).print(table)


def invite(email: Email) -> None:
    """Make a link by which a colleague proves who they are on Telegram."""
    from datetime import UTC, datetime

    from bot import linking
    from bot.channels.telegram.name import NoName, name_of

    settings = settings_read()
    with _writing(settings, f"user invite {email}") as session:
        person = _present(session, email)
        code = linking.invited(session, person, datetime.now(UTC))
        name = person.name
    try:
        link = linking.address(name_of(settings), code)
    except NoName as error:
        typer.echo(f"There is no link, as {error}.", err=True)
    else:
        typer.echo(f"{name} opens this within {linking.MINUTES} minutes; it works once:")
        typer.echo(link)
        typer.echo("or sends the bot the same as a message:")
        typer.echo(f"/start {code}")
        return
    typer.echo(f"{name} sends this to the bot within {linking.MINUTES} minutes; it works once:")
    typer.echo(f"/start {code}")


def deactivate(email: Email) -> None:
    """Shut a colleague out; what they wrote stays."""
    with _writing(settings_read(), f"user deactivate {email}") as session:
        person = _present(session, email)
        person.active = False
        name = person.name
    typer.echo(f"{name} is shut out from now on; everything they wrote stays.")


@contextmanager
def _writing(settings: Settings, text: str) -> Iterator[Session]:
    """One transaction whose changes stand in the history as the administrator's."""
    from datetime import UTC, datetime

    from crm_store import ledger
    from crm_store.database import sessions
    from crm_store.deeds import DeedKind

    engine = store_opened(settings)
    try:
        with sessions(engine).begin() as session:
            at = datetime.now(UTC)
            ledger.record(session, employee=None, at=at, kind=DeedKind.SYSTEM, text=text)
            yield session
            ledger.close(session)
    finally:
        engine.dispose()


def _present(session: Session, email: str) -> Employee:
    from crm_store import employees

    person = employees.by_email(session, email)
    if person is None or not person.active:
        raise Problem(f"Nobody who works here has the address {email}; see crm-bot user list.")
    return person


def _address(text: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    try:
        # Nobody is written to here, so the domain need not exist.
        valid = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise Problem(f"{text} is no e-mail address: {error}") from None
    return valid.normalized


def _role(text: str) -> Role:
    from crm_store.employees import Role

    try:
        return Role(text.strip().lower())
    except ValueError:
        roles = ", ".join(role.value for role in Role)
        raise Problem(f"{text} is no role; a role is one of {roles}.") from None


def _zone(name: str) -> str:
    from config.forms import zone_name

    try:
        return zone_name(name)
    except ValueError:
        raise Problem(f"{name} is no time zone; use a name such as Europe/Berlin.") from None
