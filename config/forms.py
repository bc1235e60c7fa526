"""The forms that values take: each reads the text of one setting or raises ValueError."""

import re
from dataclasses import dataclass
from datetime import time
from functools import cache
from importlib import resources
from typing import Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import SecretStr

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WORKDAY = re.compile(
    r"(?:(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))?\s+)?(?P<opens>[\d:]+)\s*-\s*(?P<closes>[\d:]+)",
    re.IGNORECASE,
)
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True)
class Workday:
    """The firm's hours, and its days counted from Monday = 0."""

    days: frozenset[int] = frozenset(range(5))
    opens: time = time(9)
    closes: time = time(17)

    @classmethod
    def parse(cls, text: str) -> Self:
        """From "09:00-17:00", Monday to Friday, or "Sun-Thu 08:00-16:30"."""
        match = _WORKDAY.fullmatch(text.strip())
        if match is None:
            raise ValueError("no hours")
        opens, closes = clock_time(match["opens"]), clock_time(match["closes"])
        if opens >= closes:
            raise ValueError("it ends before it begins")
        if match["first"] is None:
            return cls(opens=opens, closes=closes)
        first = _DAYS.index(match["first"].lower())
        last = _DAYS.index((match["last"] or match["first"]).lower())
        days = frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))
        return cls(days, opens, closes)

    def __str__(self) -> str:
        first = next((day for day in self.days if (day - 1) % 7 not in self.days), 0)
        last = (first + len(self.days) - 1) % 7
        names = dict.fromkeys((_DAYS[first].title(), _DAYS[last].title()))
        return f"{'-'.join(names)} {self.opens:%H:%M}-{self.closes:%H:%M}"


def clock_time(text: str) -> time:
    """ "9:30" or "09:30"."""
    hour, _, minute = text.strip().partition(":")
    if not (hour.isdecimal() and minute.isdecimal() and len(minute) == 2):
        raise ValueError("no time of day")
    return time(int(hour), int(minute))


def one_word(text: str) -> SecretStr:
    """A token: blanks around it come with copying, blanks inside are a mistake."""
    word = text.strip()
    if not word or not word.isascii() or any(letter.isspace() for letter in word):
        raise ValueError("not one word")
    return SecretStr(word)


def webhook_secret(text: str) -> SecretStr:
    """What Telegram takes as the secret of a webhook."""
    if not _WEBHOOK_SECRET.fullmatch(text):
        raise ValueError("not a secret that Telegram takes")
    return SecretStr(text)


def store_address(text: str) -> SecretStr:
    """The address of a database of one of the two kinds; `postgres://` is understood too."""
    address = text.strip()
    scheme, separator, rest = address.partition("://")
    kind = scheme.split("+")[0].lower()
    if not separator or kind not in ("sqlite", "postgresql", "postgres"):
        raise ValueError("neither SQLite nor PostgreSQL")
    if kind == "sqlite":
        if not rest.startswith("/") or rest == "/":
            raise ValueError("no file")
        return SecretStr(f"sqlite://{rest}")
    if not rest:
        raise ValueError("no server")
    return SecretStr(f"postgresql://{rest}")


def web_address(text: str) -> str:
    """An http or https address with a host."""
    address = text.strip()
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("no web address")
    if re.search(r"\s", address) or (parts.port is not None and not parts.port):
        raise ValueError("no web address")
    return address


def host_name(text: str) -> str:
    """A host without a scheme, port or path."""
    if not re.fullmatch(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+", text.strip()):
        raise ValueError("no host")
    return text.strip()


def port_number(text: str) -> int:
    """A port that a server can listen on."""
    port = int(text)
    if not 1 <= port <= 65535:
        raise ValueError("no port")
    return port


def zone_name(text: str) -> str:
    """The IANA name of a time zone."""
    try:
        ZoneInfo(text.strip())
    except (OSError, LookupError) as error:
        raise ValueError("no time zone") from error
    return text.strip()


def country_code(text: str) -> str:
    """The ISO 3166 code of a country."""
    code = text.strip().upper()
    if code not in _countries():
        raise ValueError("no country")
    return code


@cache
def _countries() -> frozenset[str]:
    table = resources.files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text("utf-8")
    return frozenset(line[:2] for line in table.splitlines() if not line.startswith("#"))


def currency_code(text: str) -> str:
    """The ISO 4217 code of a currency that is in use."""
    from babel.numbers import is_currency

    code = text.strip().upper()
    if not is_currency(code, "en"):
        raise ValueError("no currency")
    return code


def level_name(text: str) -> str:
    """The name of a level, in capitals."""
    level = text.strip().upper()
    if level not in _LEVELS:
        raise ValueError("no level")
    return level
