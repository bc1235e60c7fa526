"""How the assistant writes days, money, customers and people."""

from datetime import date, datetime
from decimal import Decimal

from crm_store.contact import Channel
from crm_store.customers import Customer, CustomerKind
from crm_store.employees import Employee
from nlu.dates import Moment
from skills.kit import Turn, bold

CHANNEL_NAMES = {Channel.EMAIL: "e-mail", Channel.SMS: "SMS", Channel.OTHER: "contact"}


def who(customer: Customer) -> str:
    """The customer's name with the company, for a receipt."""
    company = customer.company if customer.kind is CustomerKind.PERSON else None
    return bold(customer.name) + (f" ({plain(company.name)})" if company else "")


def plain(text: str) -> str:
    """Stored text on one line, without characters that would steer the display."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def channel_name(channel: Channel) -> str:
    """The channel as people say it."""
    return CHANNEL_NAMES.get(channel, channel.value)


def day_of(when: datetime | date, turn: Turn) -> str:
    """Weekday and date on the speaker's calendar; the year only where it is another one."""
    if isinstance(when, datetime):
        when = when.astimezone(turn.zone).date()
    text = f"{when:%a} {when.day} {when:%b}"
    return text if when.year == turn.today.year else f"{text} {when.year}"


def time_of(when: datetime, turn: Turn) -> str:
    """Weekday, date and hour on the speaker's clock, with the zone's city."""
    local = when.astimezone(turn.zone)
    return f"{day_of(when, turn)}, {local:%H:%M}"


def zone_name(zone: str) -> str:
    """The city of an IANA zone: what people call their clock."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def moment_of(moment: Moment, turn: Turn) -> str:
    """A moment or period in words."""
    last = moment.end
    if moment.grain in ("minute", "hour") and last is None:
        return time_of(moment.start, turn)
    if last is None:
        return f"since {day_of(moment.start, turn)}"
    days = (last.date() - moment.start.date()).days
    if moment.grain == "day" and days <= 1:
        return day_of(moment.start, turn)
    if moment.grain == "month" and 27 < days < 32:
        return f"{moment.start:%B %Y}"
    if moment.grain == "year" and 364 < days < 367:
        return f"{moment.start:%Y}"
    if moment.grain == "quarter" and 88 < days < 93:
        return f"Q{(moment.start.month + 2) // 3} {moment.start.year}"
    return f"{day_of(moment.start, turn)} to {day_of(_last_day(last), turn)}"


def _last_day(end: datetime) -> datetime:
    from datetime import timedelta

    return end - timedelta(seconds=1)


def money_of(amount: Decimal, currency: str | None, turn: Turn) -> str:
    """An amount in the speaker's manner, whole where it is whole."""
    from babel.numbers import format_currency

    whole = amount == amount.to_integral_value()
    return format_currency(
        amount,
        currency or turn.firm.currency,
        format="¤#,##0" if whole else "¤#,##0.00",
        locale="en",
        currency_digits=False,
    )


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: "1 call", "2 calls"."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def said_by(employee: Employee | None, turn: Turn) -> str:
    """Who it was told to."""
    if employee is None:
        return "the system"
    return "you" if employee.id == turn.employee.id else plain(employee.name)


def listed(parts: list[str]) -> str:
    """Parts joined as in a sentence: "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return ", ".join(parts[:-1]) + " and " + parts[-1]
