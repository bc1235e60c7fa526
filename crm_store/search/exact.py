"""Mentions that are no name but an e-mail address or a phone number: found exactly."""

import re

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crm_store.addresses import NoPhoneNumber, Phone, by_email, phone_number
from crm_store.customers import Customer, living

LIKELY_COUNTRIES = ("US", "GB", "DE", "FR", "ES", "IT", "NL", "AT", "CH", "IN", "AU", "PT")
"""Where a number without its country is looked for."""

_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_PHONE = re.compile(r"\+?[\d\s()/.\-]{6,}")


def by_address(session: Session, mention: str) -> list[Customer]:
    """Who is reached at the address that was typed in the place of a name."""
    mention = mention.replace("\x00", "")
    if found := _EMAIL.search(mention):
        return by_email(session, found[0].strip(".,;"))
    if _PHONE.fullmatch(mention.strip()) and sum(map(str.isdigit, mention)) >= 6:
        return _by_number(session, mention.strip())
    return []


def _by_number(session: Session, typed: str) -> list[Customer]:
    numbers: set[str] = set()
    for country in LIKELY_COUNTRIES:
        try:
            numbers.add(phone_number(typed, country)[0])
        except NoPhoneNumber:
            continue
    holders = select(Phone.customer_id).where(
        or_(Phone.number.in_(numbers), Phone.number.is_(None) & (Phone.typed == typed))
    )
    return list(session.scalars(living().where(Customer.id.in_(holders)).order_by(Customer.id)))
