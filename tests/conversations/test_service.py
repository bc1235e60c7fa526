"""Service looks a complaint up, names its cause, settles it, and cares for the others."""

from sqlalchemy import select

from crm_store.concerns import Cause, Concern, ConcernStatus
from crm_store.reminders import Reminder
from tests.conversations.chat import Chat, holds, lacks

OMAR = "omar@example.com"


def test_look_up_cause_and_resolution(chat: Chat) -> None:
    chat.me = OMAR
    holds(chat.says("what did Smith complain about?"), "Which Smith", "[John Smith", "[Jane Smith")
    said = chat.says("john")
    holds(said, "John Smith", "form", "3 Nov", "told to Pat Jones", "still open")
    holds(said, "2 other customers", "[Cause: us]", "[Resolve]")
    holds(chat.presses("Cause: us"), "our side")
    said = chat.says("john smith's website form issue is fixed, it was broken on safari")
    holds(said, "Resolved today", "John Smith", "I send nothing to customers")
    with chat.store() as session:
        concern = session.scalars(
            select(Concern).where(Concern.statement.contains("form")).order_by(Concern.id)
        ).first()
        assert concern is not None
        johns = session.scalars(
            select(Concern).where(
                Concern.customer.has(name="John Smith"), Concern.cause == Cause.US
            )
        ).one()
        assert johns.status is ConcernStatus.RESOLVED
    holds(chat.says("2 follow ups"), "Follow-up")
    with chat.store() as session:
        planned = session.scalars(select(Reminder).where(Reminder.created_by.has(email=OMAR))).all()
        assert {one.customer.name for one in planned if one.customer} >= {
            "Maria Schmidt",
            "Ana Müller",
        }
    said = chat.says("and what does she like?")
    holds(said, "Maria Schmidt", "Ana Müller", "Whom do you mean")


def test_nothing_recorded_is_said_plainly(chat: Chat) -> None:
    holds(chat.says("what does Tom Reed like?"), "Nothing recorded")
    holds(chat.says("what did Tom Reed complain about?"), "Nothing recorded")


def test_only_what_was_asked_about_is_told(chat: Chat) -> None:
    said = chat.says("what did Maria Schmidt complain about in October?")
    holds(said, "late delivery", "resolved")
    lacks(said, "invoice error")
