"""Notes about customers and their ideas, as tables."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store.contact import Channel
from crm_store.exchange import dates
from crm_store.exchange.cells import Cells
from crm_store.exchange.layout import Column, Layout, further
from crm_store.exchange.reading import Desk, Names, Noun, Outcome, Repeats
from crm_store.exchange.statements import CHANNEL, EMPLOYEE, WHO, StatementReader, email_of
from crm_store.firm import Firm
from crm_store.ideas import Idea
from crm_store.notes import Note


class NoteReader(StatementReader):
    """Reads notes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        key = ("customer_id", "text", "written_at", "employee_id")
        self._repeats = Repeats(desk.session, Note, key)

    def read(self, cells: Cells) -> Outcome:
        customer, words = self.customer(cells), cells.required("note", Note.text)
        written, author = cells.moment("written_on"), self.author(cells)
        if cells.faults:
            return Outcome()
        at = written[0] if written else dates.LONG_AGO
        made = Note(customer_id=customer, text=words, written_at=at, employee_id=author)
        return self._repeats.judge(made)


def note_rows(session: Session, firm: Firm, names: Names) -> Iterable[Mapping[str, str]]:
    """The table of notes; private ones are their author's, and in no table."""
    wanted = select(Note).where(Note.private.is_(False)).order_by(Note.id)
    for one in session.scalars(wanted):
        if names.of(one.customer_id):
            yield {
                "customer": names.of(one.customer_id),
                "note": one.text,
                "written_on": dates.write_day(one.written_at, firm.zone),
                "employee": email_of(one.employee),
            }


NOTES = Noun(
    layout=Layout(
        "notes",
        (
            WHO,
            Column("note", "what is worth keeping"),
            Column("written_on", "the day it was written"),
            Column("employee", "the colleague who wrote it, by e-mail or name"),
        ),
    ),
    customers_in=("customer",),
    reader=NoteReader,
    rows=note_rows,
)


class IdeaReader(StatementReader):
    """Reads ideas."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        key = ("customer_id", "statement", "stated_at", "channel", "employee_id")
        self._repeats = Repeats(desk.session, Idea, key)

    def read(self, cells: Cells) -> Outcome:
        customer, words = self.customer(cells), cells.required("idea", Idea.statement)
        stated, theme = cells.moment("stated_on"), cells.text("theme", Idea.theme)
        made = Idea(
            customer_id=customer,
            statement=words,
            theme=theme or (self.desk.readings.theme(words) if words else None),
            stated_at=stated[0] if stated else dates.LONG_AGO,
            channel=cells.choice("channel", Channel, "channel"),
            employee_id=self.author(cells),
        )
        return Outcome() if cells.faults else self._repeats.judge(made)


def idea_rows(session: Session, firm: Firm, names: Names) -> Iterable[Mapping[str, str]]:
    """The table of ideas."""
    for one in session.scalars(select(Idea).order_by(Idea.id)):
        if names.of(one.customer_id):
            yield {
                "customer": names.of(one.customer_id),
                "idea": one.statement,
                "stated_on": dates.write_day(one.stated_at, firm.zone),
                "channel": one.channel or "",
                "employee": email_of(one.employee),
                "theme": one.theme or "",
            }


IDEAS = Noun(
    layout=Layout(
        "ideas",
        (
            WHO,
            Column("idea", "what they would like the firm to do or offer"),
            Column("stated_on", "the day they said so"),
            CHANNEL,
            EMPLOYEE,
            further("theme", "a word or two that ideas of the same sort share"),
        ),
    ),
    customers_in=("customer",),
    spelled=("theme",),
    reader=IdeaReader,
    rows=idea_rows,
)
