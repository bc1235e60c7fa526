"""Files are read whatever program wrote them, and written so that none runs a formula."""

from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store.customers import Customer
from crm_store.exchange.heading import BadHeading, head
from crm_store.exchange.importing import attempt, kind_of
from crm_store.exchange.kinds import NOUNS, NoSuchKind, kind_called
from crm_store.exchange.layout import ORDER, joined, split
from crm_store.exchange.sheet import BadSheet, guarded, read_sheet, unguarded, write_sheet
from tests.store.tables import FIRM, imported, reasons, tried

TEXT = "name,company\nJörg Ähre,Müller & Søn\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_encoding_separator_and_line_ends_are_told(
    encoding: str, delimiter: str, ending: str
) -> None:
    text = TEXT.replace(",", delimiter).replace("\n", ending)
    sheet = read_sheet(text.encode(encoding))
    assert sheet.header == ("name", "company")
    assert sheet.rows == ((2, ("Jörg Ähre", "Müller & Søn")),)


def test_the_separator_that_excel_names_is_taken() -> None:
    sheet = read_sheet(b"sep=;\r\nname;note\r\nIda;a, b\r\n")
    assert (sheet.header, sheet.rows) == (("name", "note"), ((3, ("Ida", "a, b")),))


def test_rows_count_as_in_a_spreadsheet() -> None:
    sheet = read_sheet(b'name,note\nIda,"two\nlines"\n\n , \nBo,x\n')
    assert [number for number, _ in sheet.rows] == [2, 5]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b"PK\x03\x04\x00\x00"])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(BadSheet):
        read_sheet(content)


def test_a_header_alone_has_no_rows(session: Session) -> None:
    report = imported(session, "customers", "name,email\n")
    assert (report.rows, report.new) == (0, 0)


def test_a_row_with_more_cells_than_the_header_is_told(session: Session) -> None:
    assert reasons(session, "customers", "name,segment\nIda,mining,oops\nBo\n") == {
        (2, ""): "3 cells under a header of 2"
    }


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|x", "-1+A1", "@SUM(A1)", "'=1", "''@x", "=", "-"])
def test_a_formula_is_written_as_text_and_read_back(cell: str) -> None:
    assert guarded(cell) == "'" + cell
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize(
    "cell", ["+49 30 5550123", "-500.25", "+49305550123 x7", "'tis late", "+49 30 1; +49 30 2"]
)
def test_phones_numbers_and_apostrophes_stay(cell: str) -> None:
    assert guarded(cell) == cell == unguarded(cell)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_any_cell_comes_back_from_a_file(cell: str) -> None:
    file = StringIO(newline="")
    write_sheet(file, ["name", "note"], [["Ida", cell]])
    assert read_sheet(file.getvalue().encode()).rows == ((2, ("Ida", cell.strip())),)


@given(st.lists(st.text(min_size=1).map(str.strip).filter(lambda t: t and "\\" not in t)))
def test_several_values_in_a_cell_come_back(values: list[str]) -> None:
    assert split(joined(values)) == values


def test_columns_in_any_order_and_spelling(session: Session) -> None:
    report = imported(session, "customers", "Created On,E-MAIL,NAME,Email\n2026-01-02,,Ida,a@b.org")
    assert report.unknown_columns == ("E-MAIL",)
    (ida,) = session.scalars(select(Customer)).all()
    assert [one.address for one in ida.emails] == ["a@b.org"]


def test_unknown_columns_are_told_not_dropped_in_silence(session: Session) -> None:
    report = tried(session, "customers", "name,shoe size,Pet\nIda,39,cat\n").report
    assert report.unknown_columns == ("shoe size", "Pet")


def test_their_columns_and_values_are_mapped_to_ours(session: Session) -> None:
    imported(
        session,
        "customers",
        "Client,Sort,Mail 1,Mail 2\nIda,gold,a@b.org,c@d.org\n",
        maps=["Client=name", "sort=segment", "Mail 1=email", "mail_2=email", "segment:Gold=vip"],
        constants=["region=Kiel", "website=https://{segment}.example"],
    )
    (ida,) = session.scalars(select(Customer)).all()
    assert (ida.name, ida.segment, ida.region) == ("Ida", "vip", "Kiel")
    assert ida.website == "https://vip.example"
    assert [one.address for one in ida.emails] == ["a@b.org", "c@d.org"]


def test_a_mapped_column_goes_before_one_of_that_name(session: Session) -> None:
    report = imported(session, "customers", "name,nick\nIda Ruiz,Idi\n", maps=["nick=name"])
    assert session.scalars(select(Customer.name)).one() == "Idi"
    assert report.unknown_columns == ("name",)


def test_addresses_can_follow_a_pattern_of_the_firm(session: Session) -> None:
    trial = tried(
        session,
        "employees",
        "name\nJörg Weiß\nMei-Mei O'Hara\n",
        constants=["email={name}@firm.example"],
    )
    made = [getattr(row, "email", "") for outcome in trial.outcomes for row in outcome.rows]
    assert made == ["joerg.weiss@firm.example", "mei-mei.o.hara@firm.example"]


def test_names_that_stand_under_account_are_companies(session: Session) -> None:
    imported(session, "customers", "account\nRuiz Ltd\n", maps=["account=name"])
    assert session.scalars(select(Customer.kind)).one() == "company"


@pytest.mark.parametrize(
    ("header", "maps", "constants", "sentence"),
    [
        ("nom", [], [], "need a column 'name'"),
        ("name", ["nom=name"], [], "no column 'nom'; it has name"),
        ("name", ["name=nickname"], [], "no column 'nickname'; they have name, kind"),
        ("name", ["name"], [], "form --map THEIRS=OURS"),
        ("name,Name", [], [], "two columns of the file are 'name'"),
        ("name", ["colour:red=blue"], [], "no column 'colour'"),
        ("name", [], ["colour=red"], "no column 'colour'"),
        ("name", [], ["segment"], "form --set OURS=VALUE"),
    ],
)
def test_columns_that_do_not_fit_are_refused_with_a_way_on(
    header: str, maps: list[str], constants: list[str], sentence: str
) -> None:
    with pytest.raises(BadHeading, match=sentence):
        head(kind_called("customers").layout, header.split(","), maps, constants)


def test_an_unknown_kind_lists_the_known() -> None:
    with pytest.raises(NoSuchKind, match="customers, deals"):
        kind_called("people")
    assert kind_called("Customer") is NOUNS["customers"]


@pytest.mark.parametrize("kind", ORDER[2:])
def test_the_kind_of_an_exported_file_is_told_by_its_header(kind: str) -> None:
    header = ",".join(NOUNS[kind].layout.ordinary)
    assert kind_of(read_sheet(f"{header}\n".encode())) == kind


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Name;E-mail;Phone;Company", "customers"),
        ("email,role", "employees"),
        ("customer,concern,raised_on", "concerns"),
        ("name,stage,amount", "deals"),
        ("name", None),
        ("colour,size", None),
        ("name,email", None),
        ("name,a,b,c,d,e,phone", None),
    ],
)
def test_the_kind_is_told_only_where_it_is_clear(header: str, kind: str | None) -> None:
    assert kind_of(read_sheet(f"{header}\n".encode())) == kind


def test_a_likely_misspelling_is_pointed_out_and_not_changed(session: Session) -> None:
    rows = "\n".join(
        ["Ida,Technolgy", "Bo,mining", *(f"C{n},haulage" for n in range(6)), "D,haulge"]
    )
    report = imported(session, "customers", f"name,segment\n{rows}\n")
    found = {(slip.value, slip.likely, slip.rows) for slip in report.misspellings}
    assert found == {("Technolgy", "Technology", 1), ("haulge", "haulage", 1)}
    (ida,) = session.scalars(select(Customer).where(Customer.name == "Ida"))
    assert ida.segment == "Technolgy"


def test_progress_is_told_row_by_row(session: Session) -> None:
    seen: list[tuple[int, int]] = []
    sheet = read_sheet(b"name\nIda\nBo\n")
    attempt(session, "customers", sheet, FIRM, progress=lambda *at: seen.append(at))
    assert seen == [(1, 2), (2, 2)]
