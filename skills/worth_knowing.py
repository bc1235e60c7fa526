"""What is worth knowing before the next contact: open concerns, and channels to avoid."""

from crm_store import concerns, preferences
from crm_store.contact import Channel
from crm_store.customers import Customer
from crm_store.preferences import Polarity
from skills.kit import Turn
from skills.wording import channel_name, day_of, plain, said_by

AT_MOST = 2


def open_concerns(turn: Turn, customer: Customer, but: object = None) -> list[str]:
    """A fact for each of the latest open concerns, except the one just told."""
    standing = [c for c in concerns.open_for(turn.session, customer) if c is not but]
    return [
        f"Still open with {plain(customer.name)}: {plain(c.statement)} "
        f"({day_of(c.raised_at, turn)})."
        for c in standing[:AT_MOST]
    ]


def channel_warning(turn: Turn, customer: Customer, channel: Channel | None) -> list[str]:
    """A fact that says so when a planned contact is on a channel the customer dislikes."""
    if channel is None:
        return []
    known = preferences.about_channel(turn.session, customer, channel)
    liked = preferences.liked_channel(turn.session, customer)
    if known is not None and known.polarity is Polarity.DISLIKE:
        source = f"said {day_of(known.stated_at, turn)} to {said_by(known.employee, turn)}"
        return [f"Careful: {plain(customer.name)} does not like {_plural(channel)} ({source})."]
    if liked is not None and liked.preferred_channel not in (None, channel):
        preferred = channel_name(liked.preferred_channel or channel)
        return [
            f"Mind: {plain(customer.name)} prefers {preferred} "
            f"(said {day_of(liked.stated_at, turn)})."
        ]
    return []


def _plural(channel: Channel) -> str:
    name = channel_name(channel)
    return name if name in ("e-mail", "chat", "SMS", "fax", "social") else f"{name}s"
