"""A long paste is a document, not a wish: it is kept as a note of whom it is about."""

import secrets
from collections import Counter

from bot.dialogue import Draft, Pending
from crm_store import search
from crm_store.customers import Customer
from skills.kit import Choice, Turn
from skills.values import row
from skills.wording import count, plain

LONG = 1500
"""From so many characters on; nobody types a wish that long."""
SHOWN = 4


def question_about(turn: Turn, text: str) -> Draft:
    """The open question "who is it about?", with the customers that the text names most."""
    choices = tuple(
        Choice(
            f"{plain(customer.name)} - named {count(times, 'time')}",
            values={"customer": row(Customer, customer.id)},
        )
        for customer, times in _named(turn, text)
    )
    return Draft(
        key=secrets.token_urlsafe(6),
        pending=(Pending("add_note", 1, slots={"note": text}),),
        question=(
            f"That is long ({len(text):,} characters), so I keep it as a note. "
            "Who is it about? Nothing is saved yet."
        ),
        slot="customer",
        choices=(*choices, Choice("Cancel", drops=True)),
        message_id=turn.message_id,
    )


def _named(turn: Turn, text: str) -> list[tuple[Customer, int]]:
    spans = [
        text[span.start : span.end]
        for span in search.names_in(turn.session, text)
        if span.kind == "customer"
    ]
    found: Counter[Customer] = Counter()
    for mention, times in Counter(spans).most_common(2 * SHOWN):
        best = search.find(turn.session, mention, employee=turn.employee, now=turn.now)
        if best.sure is not None:
            found[best.sure.customer] += times
    return found.most_common(SHOWN)
