"""Notes: what is worth keeping about a customer and fits nowhere else."""

from typing import Annotated

from crm_store.customers import Customer
from crm_store.interactions import Interaction
from crm_store.notes import Note
from skills.kit import Ask, Reply, Turn, skill
from skills.wording import plain, who

SHOWN = 300
"""Characters of a note that the receipt repeats."""


@skill(("Bianca Rossi's gate code is 4471", "Noted for Bianca Rossi"))
def add_note(
    turn: Turn,
    customer: Annotated[Customer, Ask("Whom is the note about?", recent=True)],
    note: Annotated[str, Ask("What should I note?")],
) -> Reply:
    """Keep a note about a customer."""
    interaction = turn.made(Interaction)
    kept = Note(
        customer=customer,
        text=note,
        written_at=turn.now,
        employee=turn.employee,
        interaction_id=interaction.id if interaction else None,
    )
    turn.session.add(kept)
    turn.session.flush()
    shown = plain(note)
    shown = shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}..."
    return Reply(f"Noted for {who(customer)}: {shown}", about=[customer], made=[kept])
