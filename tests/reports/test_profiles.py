"""The forms of authorities: their columns in their order, and nothing that the register lacks."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from detectors.taxonomy import taxonomy
from kartta.cli.main import cli
from reports.profiles.fields import FIELDS
from reports.profiles.profile import DEFAULT, Profile, names, profile
from reports.profiles.write import csv_tables, write_xlsx
from reports.text import is_formula_like
from ropa.declared import load_register
from ropa.model import Activity, Processing, Recipient, Register, Text, Tool, Transfer
from scanner.errors import ReportError
from tests.reports.declared import full, registers
from tests.reports.rendering import same_as_golden

ROOT = Path(__file__).parent.parent.parent
DEMO = ROOT / "demo/declared/register.yaml"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
ICO = (
    "Business function",
    "Purpose of processing",
    "Name and contact details of joint controller (if applicable)",
    "Categories of individuals",
    "Categories of personal data",
    "Categories of recipients",
    "Link to contract with processor",
    (
        "Names of third countries or international organisations that personal data are"
        " transferred to (if applicable)"
    ),
    (
        "Safeguards for exceptional transfers of personal data to third countries or international"
        " organisations (if applicable)"
    ),
    "Retention schedule (if possible)",
    "General description of technical and organisational security measures (if possible)",
    "Article 6 lawful basis for processing personal data",
    "Article 9 condition for processing special category data",
    "Legitimate interests for the processing (if applicable)",
    "Link to record of legitimate interests assessment (if applicable)",
    "Rights available to individuals",
    "Existence of automated decision-making, including profiling (if applicable)",
    "The source of the personal data (if applicable)",
    "Link to record of consent",
    "Location of personal data",
    "Data Protection Impact Assessment required?",
    "Data Protection Impact Assessment progress",
    "Link to Data Protection Impact Assessment",
    "Has a personal data breach occurred?",
    "Link to record of personal data breach",
    "Data Protection Act 2018 Schedule 1 Condition for processing",
    "GDPR Article 6 lawful basis for processing",
    "Link to retention and erasure policy document",
    "Is personal data retained and erased in accordance with the policy document?",
    "Reasons for not adhering to policy document (if applicable)",
)
NOT_HELD = (
    "Data Protection Impact Assessment required?",
    "Has a personal data breach occurred?",
    "Data Protection Act 2018 Schedule 1 Condition for processing",
    "Link to retention and erasure policy document",
    "Is personal data retained and erased in accordance with the policy document?",
    "Reasons for not adhering to policy document (if applicable)",
)


def workbook(name: str, register: Register) -> bytes:
    out = io.BytesIO()
    write_xlsx(profile(name), register, out, "en", NOW)
    return out.getvalue()


def table(name: str, register: Register, key: str = "activities") -> list[dict[str, str]]:
    """Give the rows of one table of a form, as CSV has them."""
    [text] = [text for each, text in csv_tables(profile(name), register, "en") if each.key == key]
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))


def fiche(register: Register, number: int) -> dict[str, str]:
    """Give one sheet of the form that has one for each activity; the first is of the parties."""
    book = load_workbook(io.BytesIO(workbook("cnil", register)))
    sheet = book[book.sheetnames[number]]
    return {str(row[0]): str(row[2] or "") for row in sheet.iter_rows(min_row=5, values_only=True)}


def with_activity(**fields: object) -> Register:
    activity = Activity.model_validate({"id": "sales", "name": "Sales", **fields})
    return Register.empty("Rantakivi Oy").model_copy(update={"activities": (activity,)})


def test_the_profiles_are_these() -> None:
    assert names() == ("cnil", "datatilsynet", "datatilsynet-dk", "default", "ico")


def test_the_help_names_every_profile() -> None:
    told = CliRunner().invoke(cli, ["ropa", "export", "--help"]).output

    assert all(name in told for name in names())


def test_an_unknown_profile_lists_the_known_ones() -> None:
    with pytest.raises(ReportError) as caught:
        profile("aepd")

    assert "cnil" in caught.value.hint


def test_columns_of_the_information_commissioner_are_verbatim() -> None:
    columns = next(each for each in profile("ico").tables if each.of == "activities").columns

    assert tuple(column.heading.en for column in columns) == ICO


def test_headings_in_the_information_commissioners_workbook_are_verbatim() -> None:
    book = load_workbook(io.BytesIO(workbook("ico", full())))

    assert [cell.value for cell in book["Controller"][4]] == list(ICO)


def test_the_information_commissioners_table_is_as_reviewed() -> None:
    text = next(text for _, text in csv_tables(profile("ico"), load_register(DEMO), "en"))

    same_as_golden("record.ico.en.csv", text)


@pytest.mark.parametrize("row", table("ico", full()))
def test_what_the_register_does_not_hold_stays_empty(row: dict[str, str]) -> None:
    assert {row[heading] for heading in NOT_HELD} == {""}


@pytest.mark.parametrize("name", names())
def test_an_empty_activity_fills_nothing_but_its_name(name: str) -> None:
    """Our own workbook says that something was not recorded; an authority's form never does."""
    [row] = table(name, with_activity())

    assert set(row.values()) - {"Sales"} == {""}


@pytest.mark.parametrize("name", names())
def test_a_full_register_fills_every_column_that_has_a_field(name: str) -> None:
    form, register = profile(name), full()
    derogation = register.transfers[0].model_copy(update={"tool": Tool.DEROGATION})
    activity = register.activities[0].model_copy(
        update={"categories": (*register.activities[0].categories, *_all_categories())}
    )
    register = register.model_copy(update={"transfers": (derogation,), "activities": (activity,)})
    for form_table in form.tables:
        rows = table(name, register, form_table.key)
        filled = {heading for row in rows for heading, text in row.items() if text}
        wanted = {
            column.heading.en
            for column in form_table.columns
            if column.field and column.heading.en != "Internet"
        }
        assert wanted == filled


def _all_categories() -> tuple[object, ...]:
    keys = ("recruitment.cv", "financial", "technical.ip_address", "location", "criminal")
    return Activity.model_validate({"id": "x", "name": "x", "categories": keys}).categories


@pytest.mark.parametrize("name", names())
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(register=registers())
def test_any_register_can_be_written_and_no_cell_is_a_formula(
    name: str, register: Register
) -> None:
    for _, text in csv_tables(profile(name), register, "fi"):
        rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")))
        assert len({len(row) for row in rows}) == 1
        assert not any(is_formula_like(cell) for row in rows for cell in row)
    book = load_workbook(io.BytesIO(workbook(name, register)))
    assert not any(
        cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row
    )


@pytest.mark.parametrize("name", names())
def test_the_same_register_gives_the_same_bytes(name: str) -> None:
    assert workbook(name, full()) == workbook(name, full())


@pytest.mark.parametrize("name", names())
def test_every_category_of_the_taxonomy_is_in_one_column(name: str) -> None:
    """The French form splits them; a category in no column would be left out of the record."""
    for form_table in profile(name).tables:
        columns = [column for column in form_table.columns if column.field == "categories"]
        if form_table.of != "activities":
            continue
        for key in taxonomy().categories:
            [row] = table(name, with_activity(categories=[key]))
            filled = [each.heading.en for each in columns if row[each.heading.en]]
            assert len(filled) == 1, key


def test_the_nearest_branch_decides_the_column() -> None:
    found = fiche(with_activity(categories=["technical.ip_address", "technical.usage"]), 1)

    assert found["Données de connexion"] == "IP address"
    assert found["Internet"] == "Use of online services"


@pytest.mark.parametrize(
    ("categories", "answer"),
    [([], ""), (["contact"], "non"), (["contact", "special.health"], "oui\nHealth")],
)
def test_sensitive_data_are_told_only_where_categories_are(
    categories: list[str], answer: str
) -> None:
    assert fiche(with_activity(categories=categories), 1)["Données sensibles"] == answer


def test_the_french_form_has_one_sheet_for_each_activity() -> None:
    book = load_workbook(io.BytesIO(workbook("cnil", load_register(DEMO))))

    assert book.sheetnames == ["Organisme", "1 Customer service", "2 Recruitment"]


def test_activities_of_one_name_have_sheets_of_their_own() -> None:
    long = "A name / with [what] no sheet: may have? and more than thirty-one characters"
    activities = tuple(Activity(id=f"a{each}", name=Text(en=long)) for each in range(3))
    register = Register.empty("Rantakivi Oy").model_copy(update={"activities": activities})
    book = load_workbook(io.BytesIO(workbook("cnil", register)))

    assert len(set(book.sheetnames)) == 4


def test_processors_stand_apart_from_other_recipients() -> None:
    found = fiche(load_register(DEMO), 2)

    assert found["Sous-traitants"].split("\n") == [
        "Lehtimaja Recruiting, Inc.",
        "Pilvipaja Analytics Ltd",
    ]
    assert "Kuvaketju, Inc." in found["Organismes externes"]
    assert found["Destinataires internes"] == ""


@pytest.mark.parametrize(("tool", "told"), [(Tool.SCC, ""), (Tool.DEROGATION, "Archive 3")])
def test_exceptional_transfers_are_those_of_article_49_alone(tool: Tool, told: str) -> None:
    transfer = Transfer(id="us", recipient="v", country="US", tool=tool, documents="Archive 3")
    register = with_activity(transfers=["us"]).model_copy(
        update={"recipients": (Recipient(id="v", name="Vendor"),), "transfers": (transfer,)}
    )
    [row] = table("ico", register)

    assert row[ICO[8]] == told


def test_a_transfer_within_the_eea_names_no_third_country() -> None:
    transfer = Transfer(id="no", recipient="v", country="NO")
    register = with_activity(transfers=["no"]).model_copy(
        update={"recipients": (Recipient(id="v", name="Vendor"),), "transfers": (transfer,)}
    )
    [row] = table("ico", register)

    assert row[ICO[7]] == ""


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("datatilsynet", "Generell beskrivelse av tekniske og organisatoriske sikkerhetstiltak"),
        (
            "datatilsynet-dk",
            "Generel beskrivelse af tekniske og organisatoriske sikkerhedsforanstaltninger",
        ),
    ],
)
def test_the_nordic_forms_have_what_is_done_for_others(name: str, heading: str) -> None:
    [row] = table(name, full(), "processing")

    assert row[heading] == "Encryption"


@pytest.mark.parametrize("name", names())
def test_fields_of_a_profile_are_known(name: str) -> None:
    for form_table in profile(name).tables:
        fields = {column.field for column in form_table.columns if column.field}
        assert fields <= set(FIELDS[form_table.of])


def test_an_unknown_field_is_told_with_what_is_near() -> None:
    columns = [{"heading": "Purpose", "field": "purpose"}]
    tables = [{"key": "a", "of": "activities", "name": "A", "columns": columns}]

    with pytest.raises(ValueError, match="purposes"):
        Profile.model_validate({"name": "Ours", "tables": tables})


# --- the command


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a working folder with the register of the demo, where nothing was scanned."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "register.yaml").write_bytes(DEMO.read_bytes())
    (tmp_path / "kartta.yaml").write_text("register: register.yaml\n", "utf-8")
    return tmp_path


def export(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["ropa", "export", *arguments])


@pytest.mark.parametrize("name", [name for name in names() if name != DEFAULT])
def test_a_form_needs_no_scan(folder: Path, name: str) -> None:
    assert export("out.xlsx", "--profile", name).exit_code == 0
    assert load_workbook(folder / "out.xlsx").sheetnames


def test_csv_has_a_file_for_each_table(folder: Path) -> None:
    assert export("out.csv", "--profile", "ico").exit_code == 0

    assert {path.name for path in folder.glob("*.csv")} == {"out.csv", "out-parties.csv"}


def test_the_format_may_differ_from_the_suffix(folder: Path) -> None:
    assert export("out.txt", "--profile", "ico", "--format", "csv").exit_code == 0

    assert (folder / "out.txt").read_bytes().startswith(b"\xef\xbb\xbfBusiness function")


def test_linked_data_needs_no_scan(folder: Path) -> None:
    assert export("out.jsonld").exit_code == 0

    assert b'"dpv:ROPA"' in (folder / "out.jsonld").read_bytes()


def test_what_a_form_leaves_out_is_said(folder: Path) -> None:
    path = folder / "register.yaml"
    entry = Processing(id="payroll", name=Text(en="Payroll")).model_dump_json()
    path.write_text(f"{path.read_text('utf-8')}\nprocessing: [{entry}]\n", "utf-8")

    assert "Art. 30(2)" in export("out.xlsx", "--profile", "ico").output
    assert "Art. 30(2)" not in export("out.xlsx", "--profile", "datatilsynet").output


@pytest.mark.parametrize(
    "arguments",
    [("out.pdf",), ("out.xlsx", "--profile", "aepd"), ("out.jsonld", "--profile", "ico")],
)
def test_what_cannot_be_written_is_refused(folder: Path, arguments: tuple[str, ...]) -> None:
    assert export(*arguments).exit_code == 2
    assert {path.name for path in folder.iterdir()} == {"register.yaml", "kartta.yaml"}
