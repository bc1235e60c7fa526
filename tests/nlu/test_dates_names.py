"""Names, numbers and plain words that look like dates are left alone."""

from __future__ import annotations

import pytest

from nlu.dates import find
from tests.nlu.dates_said import NOW, told


@pytest.mark.parametrize(
    "text",
    [
        "met May Chen at the fair",
        "April called about the second quote",
        "June Miller prefers email",
        "talk to August Weber about pricing",
        "Friday's Bakery wants a demo",
        "log call with Call Center Co",
        "met 3M about 12 units",
        "Ms. Friday rang",
        "the March brothers",
        "may I ask you something",
        "you may not call him",
        "he sat down with smith",
        "sun life insurance wants 3 seats",
        "spoke to jan",
        "email from april",
        "who is on second base",
        "a quarter of customers left",
        "give me a second",
    ],
)
def test_a_name_or_a_plain_word_is_no_date(text: str) -> None:
    assert find(text, NOW, "ahead") == []


@pytest.mark.parametrize(
    "text",
    [
        "deal worth 20k",
        "€300 invoice sent",
        "invoice 118 to Jessop, 2,900 euros",
        "call 0161 496 0000",
        "his number is +44 161 496 0000",
        "gate code is 4471",
        "open 24/7",
        "split 50/50",
        "rated us 4/5",
        "4 out of 5",
        "version 3.4 broke",
        "v2.10.3 is out",
        "our offer is 10% off",
        "top 5 reps",
        "show my last 3 calls with the depot",
        "show the second one",
        "they want 50 seats at 20 each",
        "meet at 10 Downing Street",
        "visit them at 12 mill st",
        "between 10 and 20 employees",
        "paid 12.50",
        "order #20231",
        "mortgages were at 6.45 percent",
        "at 650-650-6500",
    ],
)
def test_a_number_is_no_time(text: str) -> None:
    assert find(text, NOW, "ahead") == []


def test_spans_that_are_names_are_skipped_whatever_they_look_like() -> None:
    text = "ring may tomorrow about tuesday"
    found = find(text, NOW, "ahead", names=[(5, 8), (24, 31)])
    assert [one.text for one in found] == ["tomorrow"]


@pytest.mark.parametrize("text", ["in may", "since may", "by May", "May 3", "last may", "for may"])
def test_a_month_that_is_also_a_name_is_a_date_beside_a_word_of_time(text: str) -> None:
    assert len(find(text, NOW, "ahead")) == 1


def test_a_name_beside_a_date_does_not_hide_it() -> None:
    found = find("met May Chen in May about the quote", NOW, "back")
    assert [(one.text, told(one.value)) for one in found] == [
        ("in May", "2026-05-01 .. 2026-06-01")
    ]
