"""Names that the store knows are seen in a sentence, in any case and of every kind."""

from itertools import pairwise

import pytest
from sqlalchemy.orm import Session

from crm_store.campaigns import Campaign, Segment
from crm_store.customers import CustomerKind
from crm_store.deals import Deal, Product, Stage
from crm_store.search import names_in
from tests.store.conftest import NOW, hired, met


@pytest.fixture(autouse=True)
def firm(session: Session) -> None:
    for name in ("Helen Marsh", "April Vance", "Søren Møller", "Ida van der Laan", "May Osei"):
        met(session, name)
    for name in (
        "Bluefin Foods GmbH",
        "Castell & Daughters Ltd",
        "Call First Ltd",
        "Arden Site AG",
    ):
        met(session, name, kind=CustomerKind.COMPANY)
    hired(session, "Lena Vogt")
    stage = Stage(name="proposal", position=1, chance=60)
    session.add_all(
        [
            Product(name="Boundary Survey"),
            Campaign(name="Spring Push", created_at=NOW),
            Segment(name="Quiet Landlords", words="x", rule={}, created_at=NOW),
            Deal(name="Arden site renewal", stage=stage, created_at=NOW),
        ]
    )
    session.flush()


@pytest.mark.parametrize(
    ("text", "spotted"),
    [
        ("log call with Helen Marsh about pricing", [("Helen Marsh", "customer")]),
        ("log call with helen marsh about pricing", [("helen marsh", "customer")]),
        ("log call with marsh", [("marsh", "customer")]),
        ("MARSH CALLED", [("MARSH", "customer")]),
        ("did mr. marsh pay?", [("mr. marsh", "customer")]),
        ("what does marsh's file say", [("marsh", "customer")]),
        ("met soren moller today", [("soren moller", "customer")]),
        ("met Ida van der Laan", [("Ida van der Laan", "customer")]),
        ("invoice to bluefin foods gmbh", [("bluefin foods gmbh", "customer")]),
        ("castell and daughters paid", [("castell and daughters", "customer")]),
        ("note for castell & daughters: paid", [("castell & daughters", "customer")]),
        ("the bluefin order", [("bluefin", "customer")]),
        ("foods are fine", []),
        ("ask Lena to call Helen", [("Lena", "employee"), ("Helen", "customer")]),
        ("assign it to lena vogt", [("lena vogt", "employee")]),
        ("sold a boundary survey", [("boundary survey", "product")]),
        ("how did spring push go", [("spring push", "campaign")]),
        ("list the quiet landlords", [("quiet landlords", "segment")]),
        ("arden site renewal is won", [("arden site renewal", "deal")]),
        ("call in may or april", []),
        ("he will call first thing", []),
        ("talked to April about it", [("April", "customer")]),
        ("April was slow", []),
        ("call him in April", []),
        ("move it to May 4", []),
        ("met May today", [("May", "customer")]),
        ("april vance was slow", [("april vance", "customer")]),
        ("note: May Osei and marsh", [("May Osei", "customer"), ("marsh", "customer")]),
        ("nothing here", []),
        ("", []),
        ("🙂 '; -- \x00", []),
    ],
)
def test_spotted(session: Session, text: str, spotted: list[tuple[str, str]]) -> None:
    spans = names_in(session, text)
    assert [(text[span.start : span.end], span.kind) for span in spans] == spotted


def test_spans_never_overlap_and_are_in_order(session: Session) -> None:
    text = "Helen Marsh Vance April bluefin foods castell and daughters lena vogt " * 60
    spans = names_in(session, text)
    assert len(spans) > 100
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_who_is_gone_is_not_spotted(session: Session) -> None:
    bea = met(session, "Bea Thornbury")
    assert names_in(session, "call thornbury")
    bea.archived_at = NOW
    assert names_in(session, "call thornbury") == []
