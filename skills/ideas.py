"""Ideas: what customers wish we had."""

from typing import Annotated

from crm_store.customers import Customer
from crm_store.ideas import Idea
from crm_store.interactions import Interaction
from skills.kit import Ask, Reply, Turn, skill
from skills.themes import theme_of
from skills.wording import plain, who


@skill(("Bianca Rossi would like an app", "Noted the idea of Bianca Rossi"))
def add_idea(
    turn: Turn,
    customer: Annotated[Customer, Ask("Whose idea is it?", recent=True)],
    idea: Annotated[str, Ask("What is the idea?")],
) -> Reply:
    """Note what a customer wishes for"""
    interaction = turn.made(Interaction)
    kept = Idea(
        customer=customer,
        statement=idea[:500],
        theme=theme_of(idea),
        stated_at=interaction.happened_at if interaction else turn.now,
        channel=interaction.channel if interaction else None,
        employee=turn.employee,
        interaction_id=interaction.id if interaction else None,
    )
    turn.session.add(kept)
    turn.session.flush()
    return Reply(f"Noted the idea of {who(customer)}: {plain(idea)}", about=[customer], made=[kept])
