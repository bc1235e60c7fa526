"""crm-bot import and export, as they are typed."""

from pathlib import Path

import pytest
import typer
from sqlalchemy import func, select
from typer.testing import CliRunner, Result

from bot.commands import exchange
from crm_store.customers import Customer
from crm_store.database import open_store, sessions
from crm_store.deeds import Deed


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path / 'crm.sqlite3'}"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("COMPANY_COUNTRY", "DE")
    return url


def run(*words: str, typed: bytes | None = None) -> Result:
    app = typer.Typer()
    app.command("import")(exchange.import_)
    app.command()(exchange.export)
    return CliRunner().invoke(app, [*words], input=typed)


def customers(url: str) -> int:
    engine = open_store(url)
    with sessions(engine)() as session:
        count = session.scalar(select(func.count(Customer.id))) or 0
    engine.dispose()
    return count


def file(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def test_a_good_file_is_imported_and_undone(store: str) -> None:
    leads = file("leads.csv", "name,phone,pet\nIda Ruiz,030 5550123,cat\nBo Jansen,,\n")
    result = run("import", "customers", leads)
    assert result.exit_code == 0, result.output
    assert "2 rows of customers in leads.csv: 2 new, 0 here already, 0 wrong." in result.output
    assert "no such column: pet" in result.output
    assert customers(store) == 2
    result = run("import", "--undo")
    assert "Undone: import customers leads.csv" in result.output
    assert customers(store) == 0
    result = run("import", "--undo")
    assert (result.exit_code, "no import" in result.output) == (1, True)


def test_a_bad_row_keeps_the_file_out_and_is_explained(store: str) -> None:
    leads = file("leads.csv", "name,birthday\nIda Ruiz,31/11\n,\nBo,1980-01-01\n,1990-01-01\n")
    result = run("import", "customers", leads)
    assert result.exit_code == 1
    assert "row 2: birthday '31/11': November has 30 days" in result.output
    assert "row 5: name: no name" in result.output
    assert "Nothing was imported" in result.output
    assert customers(store) == 0


def test_a_dry_run_imports_nothing(store: str) -> None:
    result = run("import", "customers", file("leads.csv", "name\nIda Ruiz\n"), "--dry-run")
    assert result.exit_code == 0
    assert "1 new" in result.output
    assert "nothing was imported" in result.output
    assert customers(store) == 0


def test_mapping_and_order_of_day_and_month(store: str) -> None:
    leads = file("leads.csv", "Client;Known since\nIda Ruiz;12/31/2025\n")
    words = [
        "import",
        "customers",
        leads,
        "--map",
        "Client=name",
        "--map",
        "known since=created_on",
    ]
    assert "--month-first" in run(*words).output
    assert customers(store) == 0
    assert run(*words, "--month-first").exit_code == 0
    assert customers(store) == 1


def test_the_kind_is_told_by_the_header(store: str) -> None:
    result = run("import", file("x.csv", "name,phone,company\nIda,,Ruiz Ltd\n"))
    assert "1 rows of customers in x.csv: 1 new" in result.output
    result = run("import", file("y.csv", "a,b\n1,2\n"))
    assert result.exit_code == 1
    assert "What does y.csv hold?" in result.output


def test_standard_input_is_read(store: str) -> None:
    assert run("import", "customers", "-", typed=b"name\nIda\n").exit_code == 0
    assert customers(store) == 1


def test_an_import_belongs_to_whoever_is_named(store: str) -> None:
    run("import", "employees", file("staff.csv", "email\nada@example.com\n"))
    leads = file("leads.csv", "name\nIda\n")
    assert run("import", "customers", leads, "--as", "eve@example.com").exit_code == 1
    assert run("import", "customers", leads, "--as", "ADA@example.com").exit_code == 0
    engine = open_store(store)
    with sessions(engine)() as session:
        names = session.scalars(select(Deed.employee_name).order_by(Deed.id)).all()
    engine.dispose()
    assert names == [None, "Ada"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["import"], "Which file?"),
        (["import", "customers"], "Which file of customers?"),
        (["import", "customers", "nowhere.csv"], "nowhere.csv: No such file"),
        (["import", "people", "leads.csv"], "'people' is not a kind of table"),
        (["import", "customers", "leads.csv", "--map", "nom=name"], "no column 'nom'"),
        (["import", "customers", "leads.csv", "--map", "name"], "THEIRS=OURS"),
        (["import", "customers", "empty.csv"], "the file is empty"),
        (["import", "customers", "."], "Is a directory"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    store: str, words: list[str], sentence: str
) -> None:
    file("leads.csv", "name\nIda\n")
    file("empty.csv", "")
    result = run(*words)
    assert result.exit_code == 1
    assert sentence in result.output
    assert "Traceback" not in result.output
    assert customers(store) == 0


def test_fields_lists_the_columns(store: str) -> None:
    result = run("import", "deals", "--fields")
    assert "reference" in result.output
    assert "lost_reason" in result.output
    assert "birthday" not in result.output
    assert "birthday" in run("import", "--fields").output


def test_export_is_taken_back(store: str, tmp_path: Path) -> None:
    run("import", "customers", file("leads.csv", "name,company\nIda Ruiz,Ruiz Ltd\n"))
    result = run("export", "--out", "all")
    assert result.exit_code == 0, result.output
    first = {path.name: path.read_bytes() for path in Path("all").iterdir()}
    assert b"Ruiz Ltd,company" in first["customers.csv"]
    run("import", "--undo")
    assert run("import", "customers", "all/customers.csv").exit_code == 0
    run("export", "--out", "again")
    assert {path.name: path.read_bytes() for path in Path("again").iterdir()} == first
