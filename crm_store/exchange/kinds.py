"""The kinds of tables that are imported and exported."""

from crm_store.exchange.customers import LAYOUT, customer_rows
from crm_store.exchange.deals import DEALS
from crm_store.exchange.employees import EMPLOYEES
from crm_store.exchange.interactions import INTERACTIONS
from crm_store.exchange.layout import ORDER
from crm_store.exchange.products import PRODUCTS
from crm_store.exchange.reading import Noun
from crm_store.exchange.registering import CustomerReader
from crm_store.exchange.remarks import IDEAS, NOTES
from crm_store.exchange.reminders import REMINDERS
from crm_store.exchange.stages import LOST_REASONS, STAGES
from crm_store.exchange.statements import CONCERNS, PREFERENCES

CUSTOMERS = Noun(
    layout=LAYOUT,
    reader=CustomerReader,
    rows=customer_rows,
    customers_in=("name", "company", "email"),
    spelled=("occupation", "segment", "region", "source"),
)

NOUNS = {
    noun.layout.kind: noun
    for noun in (
        STAGES,
        LOST_REASONS,
        EMPLOYEES,
        PRODUCTS,
        CUSTOMERS,
        DEALS,
        INTERACTIONS,
        PREFERENCES,
        CONCERNS,
        REMINDERS,
        NOTES,
        IDEAS,
    )
}


class NoSuchKind(ValueError):
    """There is no table of that kind; the message lists those that there are."""


def kind_called(said: str) -> Noun:
    """The kind of that name, in the singular too; raises NoSuchKind."""
    plain = said.strip().lower()
    if found := NOUNS.get(plain) or NOUNS.get(plain + "s"):
        return found
    raise NoSuchKind(f"{said!r} is not a kind of table; there are {', '.join(ORDER)}")
