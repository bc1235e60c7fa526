"""A shared contact as a new customer."""

import re

from telegram import Contact, Message

from bot.message import FilledAct

_FOLDED = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(r"^(?:\w+\.)?(?P<name>[A-Z]+)(?:;[^:\n]*)?:(?P<value>.*)$", re.MULTILINE | re.I)


def added(message: Message) -> FilledAct:
    """The act that adds whom the card is about, with what else it says of them."""
    contact = message.contact
    assert contact is not None
    card = _card(contact.vcard or "")
    given = {
        "customer": f"{contact.first_name} {contact.last_name or ''}".strip() or card.get("FN"),
        "phone": _international(contact),
        "email": card.get("EMAIL"),
        "company": (card.get("ORG") or "").split(";")[0].strip(),
        "occupation": card.get("TITLE"),
    }
    return FilledAct("add_customer", values={slot: value for slot, value in given.items() if value})


def _international(contact: Contact) -> str:
    """Telegram leaves the plus away from the numbers of its own users."""
    number = contact.phone_number.strip()
    own = contact.user_id is not None and number.isdecimal() and not number.startswith("0")
    return f"+{number}" if own else number


def _card(text: str) -> dict[str, str]:
    """The first line of each name in a vCard."""
    found: dict[str, str] = {}
    for line in _LINE.finditer(_FOLDED.sub("", text)):
        value = re.sub(r"\\([,;\\])", r"\1", line["value"].strip())
        found.setdefault(line["name"].upper(), value)
    return found
