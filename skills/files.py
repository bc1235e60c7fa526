"""Files that are no tables: kept with the customer they are about."""

from typing import Annotated

from crm_store import attachments
from crm_store.contact import Channel
from crm_store.customers import Customer
from crm_store.interactions import Interaction
from skills.kit import Ask, Refused, Reply, Turn, skill
from skills.wording import plain, who


@skill()
def keep_file(
    turn: Turn,
    digest: str,
    name: str,
    customer: Annotated[Customer, Ask("Who is it about?")],
    media_type: str = "",
    note: str | None = None,
) -> Reply:
    """Keep a file with a customer"""
    content = attachments.content_with(turn.session, digest)
    if content is None:
        raise Refused("That file is not there any more. Please send it again.")
    interaction = Interaction(
        customer=customer,
        channel=Channel.OTHER,
        happened_at=turn.now,
        employee=turn.employee,
        department=turn.employee.department or turn.employee.role.value,
        topic=f"file {name}"[:300],
        note=note,
        created_at=turn.now,
    )
    turn.session.add(interaction)
    turn.session.flush()
    attachments.keep(
        turn.session,
        content,
        name=name,
        media_type=media_type or "application/octet-stream",
        at=turn.now,
        interaction=interaction,
    )
    return Reply(f"Kept {plain(name)} with {who(customer)}.", about=[customer], made=[interaction])
