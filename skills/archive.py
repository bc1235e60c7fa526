"""Putting a customer away: archived ones are not found any more and can be brought back."""

from typing import Annotated

from crm_store import concerns, interactions, reminders
from crm_store.customers import Customer
from crm_store.employees import Role
from skills.kit import Ask, Choice, Question, Reply, Turn, bold, skill
from skills.values import encode
from skills.wording import count


@skill()
def delete_customer(
    turn: Turn, customer: Annotated[Customer, Ask("Who should be deleted?")]
) -> Reply | Question:
    """Delete a customer: for administrators"""
    offer = Choice("Archive", "archive_customer", {"customer": encode(customer)}, yes=True)
    if turn.employee.role is not Role.ADMIN:
        return Question(
            f"Deleting {bold(customer.name)} needs an administrator. Archive instead? "
            "An archived customer can be brought back.",
            choices=(offer, Choice("Cancel", drops=True)),
        )
    touches = interactions.how_many(turn.session, customer)
    open_ones = len(concerns.open_for(turn.session, customer))
    planned = len(reminders.about(turn.session, customer))
    return Question(
        f"{bold(customer.name)}: {count(touches, 'interaction')}, "
        f"{count(open_ones, 'open concern')}, {count(planned, 'open reminder')}. "
        "I archive the customer with all of it; nobody finds it any more. Go ahead?",
        choices=(offer, Choice("Cancel", drops=True)),
    )


@skill()
def archive_customer(turn: Turn, customer: Customer) -> Reply:
    """Archive a customer"""
    customer.archived_at = turn.now
    cancelled = reminders.about(turn.session, customer)
    for reminder in cancelled:
        reminder.cancelled_at = turn.now
    turn.session.flush()
    facts = [f"{count(len(cancelled), 'reminder')} cancelled with it."] if cancelled else []
    return Reply(
        f"Archived {bold(customer.name)}. Undo brings everything back.",
        facts=facts,
        made=[customer],
    )
