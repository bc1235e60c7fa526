"""A customer is found by whatever people call them, and never guessed at."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from crm_store.addresses import add_email, add_phone
from crm_store.contact import Channel
from crm_store.customers import Customer, CustomerKind, CustomerName, employ
from crm_store.employees import Employee
from crm_store.interactions import Interaction
from crm_store.search import Found, find
from tests.store.conftest import NOW, hired, met

PEOPLE = (
    "Helen Marsh", "Greta Lindqvist", "Søren Møller", "Jörg Weiß", "Siobhan O'Leary",
    "Robert Castell", "Roberta Castell", "Ida van der Laan", "Vance, Oscar", "Ewa Wójcik",
    "Kathryn Bell", "T. Abara", "Ольга Дроздова", "陈伟", "Νίκος Αλεξίου",
)  # fmt: skip
COMPANIES = (
    "Castell & Daughters Ltd", "Tidewater Boats GmbH & Co. KG", "Bluefin Foods", "Red Kite S.A.",
    "Lindqvistson AB", "Atelier Møller", "AT&S Cables", "The Company", "Bank of Arden",
)  # fmt: skip


@pytest.fixture
def firm(session: Session) -> dict[str, Customer]:
    people = {name: met(session, name) for name in PEOPLE}
    firms = {name: met(session, name, kind=CustomerKind.COMPANY) for name in COMPANIES}
    employ(session, people["Roberta Castell"], firms["Castell & Daughters Ltd"])
    employ(session, people["Helen Marsh"], firms["Bluefin Foods"])
    return people | firms


def names(found: Found) -> list[str]:
    return [match.customer.name for match in found.matches]


@pytest.mark.parametrize(
    ("mention", "meant"),
    [
        ("Helen Marsh", "Helen Marsh"),
        ("helen marsh", "Helen Marsh"),
        ("  HELEN   MARSH ", "Helen Marsh"),
        ("Marsh Helen", "Helen Marsh"),
        ("Marsh, Helen", "Helen Marsh"),
        ("Ms. Marsh", "Helen Marsh"),
        ("Frau Dr. Marsh", "Helen Marsh"),
        ("marsh's", "Helen Marsh"),
        ("lindqvist", "Greta Lindqvist"),
        ("soren moller", "Søren Møller"),
        ("Sören Möller", "Søren Møller"),
        ("Soeren Moeller", "Søren Møller"),
        ("joerg weiss", "Jörg Weiß"),
        ("o'leary", "Siobhan O'Leary"),
        ("OLeary", "Siobhan O'Leary"),
        ("vanderlaan", "Ida van der Laan"),
        ("van der laan", "Ida van der Laan"),
        ("ida laan", "Ida van der Laan"),
        ("oscar vance", "Vance, Oscar"),
        ("wojcik", "Ewa Wójcik"),
        ("kathy bell", "Kathryn Bell"),
        ("G. Lindqvist", "Greta Lindqvist"),
        ("tunde abara", "T. Abara"),
        ("olga drozdova", "Ольга Дроздова"),
        ("дроздова", "Ольга Дроздова"),
        ("陈伟", "陈伟"),
        ("chen wei", "陈伟"),
        ("nikos alexiou", "Νίκος Αλεξίου"),
        ("ΑΛΕΞΙΟΥ", "Νίκος Αλεξίου"),
        ("tidewater boats", "Tidewater Boats GmbH & Co. KG"),
        ("Tidewater", "Tidewater Boats GmbH & Co. KG"),
        ("tidewater boats ltd", "Tidewater Boats GmbH & Co. KG"),
        ("tide water boats", "Tidewater Boats GmbH & Co. KG"),
        ("blue fin foods", "Bluefin Foods"),
        ("redkite", "Red Kite S.A."),
        ("Red Kite SA", "Red Kite S.A."),
        ("AT&S", "AT&S Cables"),
        ("castell and daughters", "Castell & Daughters Ltd"),
        ("the company", "The Company"),
        ("bank of arden", "Bank of Arden"),
        ("helen from bluefin", "Helen Marsh"),
        ("Castell from Castell & Daughters", "Roberta Castell"),
        ("marsh (bluefin foods)", "Helen Marsh"),
    ],
)
def test_one_name_leads_to_one_customer(
    session: Session, firm: dict[str, Customer], mention: str, meant: str
) -> None:
    found = find(session, mention)
    assert found.sure is not None, found.matches
    assert found.sure.customer is firm[meant]
    assert not found.nothing


@pytest.mark.parametrize(
    ("mention", "meant"),
    [
        ("lindqivst", "Greta Lindqvist"),
        ("lindqvst", "Greta Lindqvist"),
        ("grate linqdvist", "Greta Lindqvist"),
        ("marhs", "Helen Marsh"),
        ("tidewatr bots", "Tidewater Boats GmbH & Co. KG"),
        ("tide", "Tidewater Boats GmbH & Co. KG"),
        ("Kathrin Bel", "Kathryn Bell"),
        ("Siobahn O'Leray", "Siobhan O'Leary"),
        ("Helen Jane Marsh", "Helen Marsh"),
        ("helen bluefin", "Helen Marsh"),
    ],
)
def test_slips_still_bring_the_right_one_first(
    session: Session, firm: dict[str, Customer], mention: str, meant: str
) -> None:
    found = find(session, mention)
    assert found.matches[0].customer is firm[meant]
    assert not found.nothing


def test_namesakes_are_asked_about(session: Session, firm: dict[str, Customer]) -> None:
    found = find(session, "castell")
    assert found.sure is None
    assert names(found)[:2] == ["Robert Castell", "Roberta Castell"]


def test_a_company_stands_behind_the_person_it_is_named_with(
    session: Session, firm: dict[str, Customer]
) -> None:
    found = find(session, "castell")
    assert names(found)[2] == "Castell & Daughters Ltd"
    assert found.matches[2].score < found.matches[1].score


def test_smiths(session: Session) -> None:
    for name in ("Jon Smyth", "Jane Smith", "John Smith", "Bob Smithers"):
        met(session, name)
    found = find(session, "smith")
    assert found.sure is None
    assert names(found)[:3] == ["Jane Smith", "John Smith", "Jon Smyth"]
    assert found.matches[2].score < found.matches[1].score - 0.1
    assert "Bob Smithers" not in names(found)[:3]


def test_a_full_name_that_one_alone_bears_is_not_asked_about(session: Session) -> None:
    jon, john = met(session, "Jon Prescott"), met(session, "John Prescott")
    for customer in (jon, john):
        sure = find(session, customer.name.lower(), writing=True).sure
        assert sure is not None
        assert sure.customer is customer
    met(session, "John Prescott")
    assert find(session, "john prescott").sure is None


def test_a_title_makes_no_full_name(session: Session) -> None:
    met(session, "Vance", kind=CustomerKind.COMPANY)
    met(session, "Oscar Vance")
    assert find(session, "Mr. Vance").sure is None


def test_short_given_names_are_no_particles(session: Session) -> None:
    for name in ("Al Porter", "Di Porter", "Van Porter", "Bo Porter"):
        met(session, name)
    sure = find(session, "al porter").sure
    assert sure is not None
    assert sure.customer.name == "Al Porter"
    assert find(session, "A. Porter").matches[0].customer.name == "Al Porter"


def test_only_persons_go_by_an_initial(session: Session) -> None:
    met(session, "Prado & Quill", kind=CustomerKind.COMPANY)
    met(session, "Quentin Prado")
    met(session, "Anna Quirina Prado")
    assert names(find(session, "Q. Prado"))[:2] == ["Quentin Prado", "Anna Quirina Prado"]


def test_a_legal_form_alone_makes_no_fit(session: Session) -> None:
    met(session, "Dunmore & Co. Ltd", kind=CustomerKind.COMPANY)
    met(session, "Dunmore Catering Ltd", kind=CustomerKind.COMPANY)
    assert names(find(session, "dunmore catering ltd")) == ["Dunmore Catering Ltd"]


def test_a_word_that_only_begins_a_name_is_no_full_fit(
    session: Session, firm: dict[str, Customer]
) -> None:
    assert names(find(session, "lindqvist"))[:2] == ["Greta Lindqvist", "Lindqvistson AB"]
    assert find(session, "lindqv").sure is None
    assert names(find(session, "lindqv"))[0] == "Greta Lindqvist"


def test_a_lone_word_with_a_slip_is_asked_about(
    session: Session, firm: dict[str, Customer]
) -> None:
    assert find(session, "kathy bell", writing=True).sure is not None
    assert find(session, "gretta lindqvist").sure is not None
    assert find(session, "lindqivst").sure is None
    assert find(session, "kathy").sure is not None
    assert find(session, "kathy", writing=True).sure is None


@pytest.mark.parametrize(
    "mention",
    [
        "", "  ", "🙂", "?!", "Mr.", "Zbigniew Brzezicki", "'; DROP TABLE customers; --", "0" * 400,
        "\x00\x07", "Иван", "%", "_", "a", "marsh " * 300 + "x", "[]", "NULL", "{}",
    ],
)  # fmt: skip
def test_nobody_is_made_up(session: Session, firm: dict[str, Customer], mention: str) -> None:
    found = find(session, mention)
    assert found.sure is None
    if len(mention) < 50:
        assert found.nothing


def test_when_nobody_fits_the_nearest_are_offered(
    session: Session, firm: dict[str, Customer]
) -> None:
    found = find(session, "Dolores Marsh")
    assert found.nothing
    assert found.sure is None
    assert "Helen Marsh" in names(found)


def test_as_many_as_asked_for(session: Session) -> None:
    for first in ("Ada", "Bea", "Cleo", "Dora", "Edda", "Fay", "Gwen"):
        met(session, f"{first} Thornbury")
    assert len(find(session, "thornbury").matches) == 5
    assert len(find(session, "thornbury", limit=7).matches) == 7


def test_the_company_said_beside_the_name_decides(
    session: Session, firm: dict[str, Customer]
) -> None:
    other = met(session, "Helen Marsh")
    assert find(session, "helen marsh").sure is None
    beside = find(session, "helen", company="Bluefin")
    assert beside.sure is not None
    assert beside.sure.customer is firm["Helen Marsh"]
    assert beside.sure.why == "works at Bluefin Foods"
    assert other in [match.customer for match in beside.matches]


def test_a_company_nobody_is_known_to_work_at_makes_nobody_sure(
    session: Session, firm: dict[str, Customer]
) -> None:
    assert find(session, "helen marsh", company="Red Kite").sure is None


def test_other_names_lead_there_too(session: Session, firm: dict[str, Customer]) -> None:
    session.add(CustomerName(customer=firm["Helen Marsh"], name="Nell Pemberton"))
    found = find(session, "pemberton")
    assert found.sure is not None
    assert found.sure.customer is firm["Helen Marsh"]
    assert found.sure.name == "Nell Pemberton"
    assert found.sure.why == "also called Nell Pemberton"


@pytest.mark.parametrize("typed", ["Helen@Bluefin.example.com", "<helen@bluefin.example.com>"])
def test_an_address_finds_exactly(session: Session, typed: str) -> None:
    helen = met(session, "Helen Marsh")
    add_email(session, helen, "helen@bluefin.example.com")
    found = find(session, typed)
    assert found.sure is not None
    assert found.sure.customer is helen
    assert find(session, "hellen@bluefin.example.com").nothing


@pytest.mark.parametrize("typed", ["+49 171 5550199", "0171 5550199", "0049-171-5550199"])
def test_a_number_finds_exactly(session: Session, typed: str) -> None:
    helen = met(session, "Helen Marsh")
    add_phone(session, helen, "0171 5550199", "DE")
    found = find(session, typed)
    assert found.sure is not None
    assert found.sure.customer is helen
    assert find(session, "+49 171 5550198").nothing


def test_who_shares_an_address_is_asked_about(session: Session) -> None:
    for name in ("Helen Marsh", "Paul Marsh"):
        add_email(session, met(session, name), "marsh@example.com")
    found = find(session, "marsh@example.com")
    assert found.sure is None
    assert len(found.matches) == 2


Gone = Callable[[Customer, Customer], None]


def _archived(customer: Customer, _: Customer) -> None:
    customer.archived_at = NOW


def _erased(customer: Customer, _: Customer) -> None:
    customer.erased_at = NOW


def _merged(customer: Customer, into: Customer) -> None:
    customer.merged_into_id = into.id


@pytest.mark.parametrize("gone", [_archived, _erased, _merged])
def test_who_is_gone_is_not_found(session: Session, firm: dict[str, Customer], gone: Gone) -> None:
    session.add(CustomerName(customer=firm["Helen Marsh"], name="Nell Pemberton"))
    session.flush()
    gone(firm["Helen Marsh"], firm["Ewa Wójcik"])
    assert find(session, "helen marsh").nothing
    assert find(session, "pemberton").nothing


@pytest.fixture
def twins(session: Session, pat: Employee, omar: Employee) -> list[Customer]:
    return [met(session, "Vera Quill", owner=owner) for owner in (omar, pat, None)]


def spoke(session: Session, employee: Employee, customer: Customer, days_ago: int) -> None:
    session.add(
        Interaction(
            customer=customer,
            employee=employee,
            channel=Channel.CALL,
            happened_at=NOW - timedelta(days=days_ago),
            created_at=NOW,
        )
    )


def test_ones_own_come_first_but_are_asked_about(
    session: Session, pat: Employee, twins: list[Customer]
) -> None:
    found = find(session, "quill", employee=pat, now=NOW)
    assert found.matches[0].customer is twins[1]
    assert found.sure is None


def test_ones_own_and_lately_spoken_to_is_sure_to_look_up_only(
    session: Session, pat: Employee, twins: list[Customer]
) -> None:
    spoke(session, pat, twins[1], days_ago=3)
    sure = find(session, "quill", employee=pat, now=NOW).sure
    assert sure is not None
    assert sure.customer is twins[1]
    assert find(session, "quill", employee=pat, now=NOW, writing=True).sure is None


def test_own_and_lately_spoken_to_but_another_too_is_asked_about(
    session: Session, pat: Employee, twins: list[Customer]
) -> None:
    spoke(session, pat, twins[1], days_ago=3)
    spoke(session, pat, twins[2], days_ago=5)
    assert find(session, "quill", employee=pat, now=NOW).sure is None


def test_contact_long_ago_counts_no_more(
    session: Session, pat: Employee, twins: list[Customer]
) -> None:
    spoke(session, pat, twins[1], days_ago=200)
    assert find(session, "quill", employee=pat, now=NOW).sure is None


def test_whom_the_talk_is_about_is_meant_also_for_writing(
    session: Session, pat: Employee, twins: list[Customer]
) -> None:
    recent = [twins[2].id]
    found = find(session, "quill", employee=pat, now=NOW, writing=True, recent=recent)
    assert found.sure is not None
    assert found.sure.customer is twins[2]
    both = [twins[0].id, twins[2].id]
    assert find(session, "quill", employee=pat, now=NOW, recent=both).sure is None


def test_focus_never_overrules_a_better_name(
    session: Session, firm: dict[str, Customer], pat: Employee
) -> None:
    recent = [firm["Greta Lindqvist"].id]
    found = find(session, "helen marsh", employee=pat, now=NOW, recent=recent)
    assert found.sure is not None
    assert found.sure.customer is firm["Helen Marsh"]


def test_ones_own_is_found_among_very_many(session: Session) -> None:
    mine, other = hired(session, "Rae Kent"), hired(session, "Sol Kent")
    for _ in range(150):
        met(session, "Ana Prado", owner=other)
    own = met(session, "Ana Prado", owner=mine)
    lately = met(session, "Zoe Prado", owner=other)
    spoke(session, mine, lately, days_ago=2)
    assert find(session, "ana prado", employee=mine, now=NOW).matches[0].customer is own
    mentioned = [m.customer for m in find(session, "prado", employee=mine, now=NOW).matches[:2]]
    assert mentioned == [own, lately]
