"""The index follows every change of a name in the same transaction, undo included."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, delete, select, text, update
from sqlalchemy.orm import Session

from crm_store import ledger
from crm_store.customers import Customer, CustomerKind, CustomerName
from crm_store.employees import Employee
from crm_store.search import check, find, names_in, rebuild, refresh
from crm_store.search.rows import KEYS, NAMES, SPELLINGS, WORDS
from crm_store.search.sources import CUSTOMERS
from tests.store.conftest import NOW, hired, met


def found(session: Session, mention: str) -> list[str]:
    return [match.customer.name for match in find(session, mention).matches]


def test_a_new_customer_is_found_at_once(session: Session) -> None:
    assert find(session, "Nora Fielding").nothing
    session.add(Customer(name="Nora Fielding", created_at=NOW))
    assert found(session, "fielding") == ["Nora Fielding"]
    assert check(session) == []


def test_a_new_name_replaces_the_old(session: Session) -> None:
    nora = met(session, "Nora Fielding")
    nora.name = "Nora Abernathy"
    assert found(session, "abernathy") == ["Nora Abernathy"]
    assert find(session, "fielding").matches == ()
    assert check(session) == []


def test_a_person_who_turns_out_to_be_a_company_is_filed_anew(session: Session) -> None:
    nora = met(session, "Nora Fielding")
    nora.kind = CustomerKind.COMPANY
    session.flush()
    assert check(session) == []


def test_a_new_owner_finds_the_customer_among_their_own(session: Session) -> None:
    old, new = hired(session, "Rae Kent"), hired(session, "Sol Kent")
    customer = met(session, "Nora Fielding", owner=old)
    customer.owner_id = new.id
    session.flush()
    assert check(session) == []


def test_other_names_come_and_go(session: Session) -> None:
    nora = met(session, "Nora Fielding")
    other = CustomerName(customer=nora, name="Nell Pemberton")
    session.add(other)
    assert found(session, "pemberton") == ["Nora Fielding"]
    nora.archived_at = NOW
    assert find(session, "pemberton").nothing
    nora.archived_at = None
    assert found(session, "pemberton") == ["Nora Fielding"]
    nora.names.remove(other)
    assert find(session, "pemberton").nothing
    assert check(session) == []


def test_a_removed_customer_leaves_nothing_behind(session: Session) -> None:
    session.delete(met(session, "Xanthippe Oyelaran"))
    session.flush()
    for table in (NAMES, KEYS, WORDS, SPELLINGS):
        assert session.execute(select(table)).all() == []


def test_a_word_stays_while_somebody_bears_it(session: Session) -> None:
    one, other = met(session, "Nora Fielding"), met(session, "Nora Castell")
    session.delete(one)
    session.flush()
    words = set(session.scalars(select(WORDS.c.word)))
    assert words == {"nora", "castell"}
    assert found(session, "nroa") == [other.name]


def test_erasing_takes_the_words_out_of_the_index(session: Session) -> None:
    met(session, "Xanthippe Oyelaran").erased_at = NOW
    session.flush()
    assert session.scalar(select(WORDS.c.word)) is None
    assert session.scalar(select(SPELLINGS.c.word)) is None
    assert session.scalar(select(NAMES.c.words)) is None


def test_undo_and_redo_take_the_index_along(session: Session, pat: Employee) -> None:
    nora = met(session, "Nora Fielding")
    ledger.record(session, employee=pat, at=NOW)
    nora.name = "Nora Abernathy"
    met(session, "Lowell Brigham")
    deed = ledger.close(session)
    assert deed is not None
    undone = ledger.undo(session, deed, employee=pat, at=NOW)
    assert found(session, "fielding") == ["Nora Fielding"]
    assert find(session, "abernathy").matches == ()
    assert find(session, "lowell brigham").nothing
    assert check(session) == []
    ledger.redo(session, undone, employee=pat, at=NOW)
    assert found(session, "abernathy") == ["Nora Abernathy"]
    assert found(session, "brigham") == ["Lowell Brigham"]
    assert check(session) == []


def test_what_is_rolled_back_is_not_in_the_index(session: Session) -> None:
    met(session, "Nora Fielding")
    attempt = session.begin_nested()
    met(session, "Lowell Brigham")
    attempt.rollback()
    assert find(session, "brigham").nothing
    assert found(session, "fielding") == ["Nora Fielding"]
    assert check(session) == []


def test_who_writes_by_statement_refreshes(session: Session) -> None:
    nora = met(session, "Nora Fielding")
    connection = session.connection()
    table = Customer.__table__
    connection.execute(update(Customer).where(table.c.id == nora.id).values(name="Nora Abernathy"))
    assert check(session) == [
        f"the index holds an older name of row {nora.id} of customers",
        "the index of words does not fit the names in it",
        "2 words are missing or left over in the list of words",
        "the index of spellings does not fit the list of words",
    ]
    refresh(connection, {CUSTOMERS: [nora.id]})
    assert check(session) == []
    session.expire_all()
    assert found(session, "abernathy") == ["Nora Abernathy"]


@pytest.mark.parametrize("table", [NAMES, KEYS, WORDS, SPELLINGS], ids=lambda table: table.name)
def test_a_damaged_index_is_noticed_and_made_anew(session: Session, table: Table) -> None:
    met(session, "Nora Fielding")
    hired(session, "Rae Kent")
    assert check(session) == []
    session.execute(delete(table))
    assert check(session) != []
    assert rebuild(session) == 2
    assert check(session) == []
    assert found(session, "norra feilding") == ["Nora Fielding"]
    assert [span.kind for span in names_in(session, "ask Rae")] == ["employee"]


def test_a_left_over_name_is_noticed(session: Session) -> None:
    nora = met(session, "Nora Fielding")
    session.connection().execute(
        text("UPDATE customers SET archived_at = :now WHERE id = :id"), {"now": NOW, "id": nora.id}
    )
    assert f"the name in row {nora.id} of customers should not be in the index" in check(session)


@pytest.mark.parametrize("table", [NAMES, KEYS, WORDS, SPELLINGS], ids=lambda table: table.name)
def test_made_anew_it_is_what_it_was(session: Session, table: Table) -> None:
    met(session, "Nora Fielding", owner=hired(session, "Rae Kent"))
    met(session, "Fielding & van der Laan S.A.", kind=CustomerKind.COMPANY)
    before = set(session.execute(select(table)))
    rebuild(session)
    assert set(session.execute(select(table))) == before
    assert before


names = st.text(st.sampled_from("abcdé ÜßÆø'-.&,IVan1ж山 "), max_size=14)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(names, names, st.sampled_from(CustomerKind), st.booleans()), max_size=6))
def test_whatever_names_change_to_the_index_stays_in_step(
    session: Session, changes: list[tuple[str, str, CustomerKind, bool]]
) -> None:
    with session.begin_nested() as attempt:
        for first, then, kind, archived in changes:
            customer = met(session, first, kind=kind)
            assert check(session) == []
            customer.name = then
            customer.archived_at = NOW if archived else None
            session.flush()
            assert check(session) == []
            find(session, first)
            names_in(session, f"{first} {then}")
        attempt.rollback()
