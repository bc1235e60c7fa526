"""Follow-ups for the owners of everybody with the same trouble."""

from datetime import datetime, timedelta

from crm_store import concerns, preferences
from crm_store.concerns import Concern, ConcernStatus
from crm_store.customers import Customer
from crm_store.reminders import Reminder
from nlu.dates import Moment
from skills.kit import Reply, Turn, skill
from skills.schedule import due
from skills.wording import channel_name, count, day_of, plain


@skill()
def plan_follow_ups(turn: Turn, concern: Concern) -> Reply:
    """Plan follow-ups with everybody who said the same"""
    same = [concern, *concerns.others_said(turn.session, concern)]
    meant: dict[Customer, Concern] = {}
    for one in same:
        if one is concern or one.status is ConcernStatus.OPEN:
            meant.setdefault(one.customer, one)
    day = turn.today + timedelta(days=1)
    due_at, _ = due(
        turn, Moment(day.replace(hour=0, minute=0, second=0, microsecond=0), day, "day")
    )
    made = [_planned(turn, customer, one, due_at) for customer, one in meant.items()]
    turn.session.add_all(made)
    turn.session.flush()
    facts = []
    for reminder in made:
        assert reminder.customer is not None
        by = f" ({channel_name(reminder.channel)})" if reminder.channel else ""
        facts.append(f"{plain(reminder.employee.name)}: {plain(reminder.customer.name)}{by}")
        if reminder.employee.id != turn.employee.id:
            turn.tell(
                reminder.employee,
                Reply(f"{plain(turn.employee.name)} asks you: {plain(reminder.task)}"),
            )
    head = f"{count(len(made), 'Follow-up')} for {day_of(due_at, turn)}. I send nothing myself."
    return Reply(head, facts=facts, about=list(meant), made=made)


def _planned(turn: Turn, customer: Customer, concern: Concern, due_at: datetime) -> Reminder:
    liked = preferences.liked_channel(turn.session, customer)
    return Reminder(
        task=f"tell {customer.name} that it is settled: {concern.statement}",
        customer=customer,
        employee=customer.owner or turn.employee,
        created_by=turn.employee,
        due_at=due_at,
        zone=turn.employee.zone_at(turn.now),
        day_only=True,
        channel=liked.preferred_channel if liked else None,
        created_at=turn.now,
    )
