"""The workbook, out and back in: what was edited arrives, what was not survives, all or nothing."""

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reports.wording import wording
from reports.workbook.form import Field, entries, forms, value
from reports.workbook.vocabulary import duration, period
from ropa.model import Agreement, Contact, Language, Provenance, Register, Text, Tool
from tests.reports.declared import full, registers
from tests.reports.editing import Editor

LANGUAGES: tuple[Language, ...] = ("en", "fi")


def held(register: Register, key: str, entry: str, heading: str) -> object:
    """Give the value behind a cell."""
    form = next(form for form in forms() if form.key == key)
    column = next(
        each
        for each in form.columns
        if isinstance(each, Field) and wording("en")(f"column.{each.key}") == heading
    )
    return value(entries(register, form.table)[entry], column.path)


# --- nothing is lost


@pytest.mark.slow
@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(register=registers(), language=st.sampled_from(LANGUAGES))
@example(register=full(), language="en")
@example(register=full(), language="fi")
def test_untouched_workbook_changes_nothing(
    register: Register, language: Language, tmp_path: Path
) -> None:
    merged = Editor(tmp_path / "any.xlsx", register, language).merged(register)

    assert merged.refusals == ()
    assert merged.changes == ()
    assert merged.register == register


@pytest.mark.parametrize("language", LANGUAGES)
def test_saving_in_another_program_changes_nothing(
    register: Register, language: Language, tmp_path: Path
) -> None:
    editor = Editor(tmp_path / "any.xlsx", register, language)
    editor.book.active = 2

    assert editor.merged(register).register == register


def test_every_field_of_the_sheets_is_filled_in_the_example(register: Register) -> None:
    """The table of edits below stands on this register; a field without a value tests nothing."""
    blank = {
        (form.key, column.key)
        for form in forms()
        for column in form.columns
        if isinstance(column, Field)
        and not any(value(entry, column.path) for entry in entries(register, form.table).values())
    }

    assert blank == {("Recipients", "catalogue")}


# --- what is edited arrives

EDITS: tuple[tuple[str, str, str, object, object], ...] = (
    ("Controller", "controller", "Name", "Kuusi Oy", "Kuusi Oy"),
    ("Controller", "controller", "Postal address", "Kuja 2\n00000 Esim", "Kuja 2\n00000 Esim"),
    ("Controller", "controller", "E-mail", "a@kuusi.example", "a@kuusi.example"),
    ("Controller", "controller", "Telephone", "=+358 9 555", "=+358 9 555"),
    ("Controller", "controller", "Business ID", "1111111-1", "1111111-1"),
    ("Controller", "controller", "Country", "no", "NO"),
    ("Controller", "controller", "Own domains", "a.example\nB.example", ("a.example", "b.example")),
    ("Controller", "controller", "Time zone", "Europe/Oslo", "Europe/Oslo"),
    ("Record", "recruitment", "Processing activity", "Hiring", Text(en="Hiring", fi="Rekrytointi")),
    ("Record", "recruitment", "Joint controller", "Cloudmeadow Ltd", ("hosting",)),
    (
        "Record", "recruitment", "Categories of data subjects", "Applicants\nFormer applicants",
        (Text(en="Applicants", fi="Hakijat"), Text(en="Former applicants", fi="Suosittelijat")),
    ),
    ("Record", "recruitment", "Categories of recipients", "parent", ("parent",)),
    (
        "Record", "visitors", "Transfers to third countries and safeguards",
        "Talentgrove Software, Inc., US: Adequacy decision (Art. 45)", ("vendor-us",),
    ),
    (
        "Record", "recruitment", "Categories of recipients",
        "Kuusenoksa Group AS (Group company)\nCloudmeadow Ltd", ("parent", "hosting"),
    ),
    ("Record", "recruitment", "Transfers to third countries and safeguards", None, ()),
    ("Record", "recruitment", "Technical and organisational security measures", "Locks\nLogs",
     Text(en="Locks\nLogs", fi="Käyttöoikeudet.\nLokit.")),
    ("Record", "recruitment", "Condition for special categories", "not recorded", None),
    ("Record", "recruitment", "Condition for special categories",
     "Nimenomainen suostumus (9 art. 2 a)", "A9-2-a"),
    ("Record", "recruitment", "Systems", "HR share\nRecruiting system", ("share", "ats")),
    ("Details", "recruitment", "Status", "Luonnos", "draft"),
    ("Details", "recruitment", "Created", datetime(2024, 2, 1), date(2024, 2, 1)),  # noqa: DTZ001
    ("Details", "recruitment", "Updated", "2.11.2026", date(2026, 11, 2)),
    ("Details", "recruitment", "Owner", "Nobody", "Nobody"),
    ("Details", "recruitment", "Business function", None, Text()),
    ("Details", "recruitment", "Location of the data", "A\nB",
     Text(en="A\nB", fi="Konesali Helsingissä")),
    ("Assessments", "recruitment", "Impact assessment done", "2026-01-02", date(2026, 1, 2)),
    ("Assessments", "recruitment", "Balancing test kept in", "Safe", "Safe"),
    ("Assessments", "recruitment", "Record of consents", 2026, "2026"),
    ("Purposes", "recruitment/duties", "Statute", "1050/2018", "1050/2018"),
    ("Purposes", "recruitment/duties", "Legal basis", "Oikeutettu etu (6 art. 1 f)", "A6-1-f"),
    ("Retention", "recruitment/refused", "Time limit", "2 vuotta", "P2Y"),
    ("Retention", "recruitment/refused", "Time limit", "p30d", "P30D"),
    ("Retention", "recruitment/refused", "Runs from", "consent", "consent"),
    ("Retention", "recruitment/refused", "Categories of personal data", "Nimi\ncontact.email",
     ("identity.name", "contact.email")),
    ("Processing", "payroll", "Controllers and their contact details",
     "Rantakivi Oy; a@rantakivi.example; Uusi tie 1; 09 555 0102",
     (Contact(name="Rantakivi Oy", email="a@rantakivi.example", address="Uusi tie 1",
              phone="09 555 0102"),)),
    ("Processing", "payroll", "Ends", "2030-01-01", date(2030, 1, 1)),
    ("Systems", "ats", "Kind", "Tietokanta", "database"),
    ("Systems", "ats", "Operated by", None, None),
    ("Systems", "ats", "Scanned sources", "ats", ("ats",)),
    ("Recipients", "vendor", "Role", "Authority", "authority"),
    ("Recipients", "vendor", "In the privacy notice", "ei", False),
    ("Recipients", "vendor", "Sub-processors", None, ()),
    ("Recipients", "vendor", "Agreement", "DPA-18", "DPA-18"),
    ("Recipients", "vendor", "Catalogue entry", "talentgrove", "talentgrove"),
    ("Transfers", "vendor-us", "Safeguard", "EU-US Data Privacy Framework", Tool.DPF),
    ("Transfers", "vendor-us", "Recipient", "Cloudmeadow Ltd", "hosting"),
    ("Transfers", "vendor-us", "Module", 3, "3"),
)  # fmt: skip


@pytest.mark.parametrize(("key", "entry", "heading", "typed", "expected"), EDITS)
def test_edited_cell_changes_its_field_and_nothing_else(
    key: str,
    entry: str,
    heading: str,
    typed: object,
    expected: object,
    editor: Editor,
    register: Register,
) -> None:
    place = editor.write(key, entry, heading, typed)
    if isinstance(typed, str) and typed.startswith("="):
        cell = editor.sheet(key)[place.partition("!")[2]]
        cell.data_type = "s"  # typed with an apostrophe before it
    merged = editor.merged(register)
    (change,) = merged.changes

    assert merged.refusals == ()
    assert held(merged.register, key, entry, heading) == expected
    assert (change.entry, change.field, change.place) == (entry, heading, place)


def test_changed_entry_says_where_it_comes_from(editor: Editor, register: Register) -> None:
    place = editor.write("Retention", "recruitment/refused", "Time limit", "P2Y")
    (limit,) = editor.merged(register).register.activities[0].retention

    assert limit.provenance == (Provenance(source="register.xlsx", place=place, quote="P2Y"),)


def test_what_no_sheet_shows_survives(tmp_path: Path, register: Register) -> None:
    line = Provenance(source="notice.txt", place="line 8", quote="one year")
    (limit,) = register.activities[0].retention
    limit = limit.model_copy(update={"provenance": (line,), "confirm": ("duration", "categories")})
    activity = register.activities[0].model_copy(update={"retention": (limit,)})
    drafted = register.model_copy(
        update={
            "activities": (activity, *register.activities[1:]),
            "notice": register.notice.model_copy(update={"file": "notice.txt", "year": 2024}),
        }
    )
    editor = Editor(tmp_path / "draft.xlsx", drafted)
    editor.write("Retention", "recruitment/refused", "Time limit", "P2Y")
    after = editor.merged(drafted).register
    (changed,) = after.activities[0].retention

    assert after.notice == drafted.notice
    assert changed.provenance[0] == line
    assert changed.confirm == ("categories",)
    assert changed.exception == limit.exception


def test_text_that_was_the_same_in_both_languages_stays_so(tmp_path: Path) -> None:
    register = full()
    same = register.activities[1].model_copy(update={"name": Text(en="Visits", fi="Visits")})
    register = register.model_copy(update={"activities": (register.activities[0], same)})
    editor = Editor(tmp_path / "same.xlsx", register, "fi")
    editor.write("Record", "visitors", "Käsittelytoimi", "Kulunvalvonta")

    name = editor.merged(register).register.activities[1].name
    assert name == Text(en="Kulunvalvonta", fi="Kulunvalvonta")


def test_new_rows_become_entries_with_ids(editor: Editor, register: Register) -> None:
    editor.add("Record", Processing_activity="Exit interviews", Systems="Exit tool")
    editor.add(
        "Purposes", Processing_activity="Exit interviews", Purpose="Learning", Legal_basis="A6-1-a"
    )
    editor.add("Retention", Processing_activity="Exit interviews", Time_limit="6 months", Id="exit")
    editor.add("Details", Processing_activity="Exit interviews", Owner="HR")
    editor.add("Systems", System="Exit tool", Kind="Database", Operated_by="Änkyrä & Co")
    editor.add("Recipients", Recipient="Änkyrä & Co", Role="Processor")
    editor.add("Transfers", Recipient="Änkyrä & Co", Country="US")
    editor.add("Processing", Processing="Surveys", Signed="2026-01-02", Agreement="A-1")
    merged = editor.merged(register)
    after = merged.register
    activity = after.activities[-1]

    assert merged.refusals == ()
    assert (activity.id, activity.systems, activity.owner) == (
        "exit-interviews", ("exit-tool",), "HR",
    )  # fmt: skip
    assert [(each.id, each.basis) for each in activity.purposes] == [("learning", "A6-1-a")]
    assert [(each.id, each.duration) for each in activity.retention] == [("exit", "P6M")]
    assert after.systems[-1].operator == after.recipients[-1].id == "ankyra-co"
    assert after.recipients[-1].in_notice
    assert (after.transfers[-1].id, after.transfers[-1].recipient) == ("ankyra-co-us", "ankyra-co")
    assert after.processing[-1].agreement == Agreement(signed=date(2026, 1, 2), reference="A-1")
    assert activity.provenance[0].source == "register.xlsx"
    assert after.activities[0] == register.activities[0]


def test_two_activities_may_each_have_a_new_purpose_of_the_same_name(
    editor: Editor, register: Register
) -> None:
    for name in ("Recruitment", "Visitors", "Visitors"):
        editor.add("Purposes", Processing_activity=name, Purpose="Safety")
    editor.add("Purposes", Processing_activity="Recruitment", Purpose="More", Id="more")
    editor.add("Purposes", Processing_activity="Visitors", Purpose="More", Id="more")
    first, second = editor.merged(register).register.activities

    assert [each.id for each in first.purposes][2:] == ["safety", "more"]
    assert [each.id for each in second.purposes] == ["safety", "safety-2", "more"]


def test_copied_row_without_its_id_becomes_another_entry(
    editor: Editor, register: Register
) -> None:
    sheet = editor.sheet("Recipients")
    source, last = editor.row("Recipients", "vendor"), sheet.max_row + 1
    for column in range(1, sheet.max_column):
        sheet.cell(last, column).value = sheet.cell(source, column).value
    sheet.cell(last, 1).value = "Other Software, Inc."
    after = editor.merged(register).register
    plain = {"id": "vendor", "name": register.recipients[0].name, "provenance": ()}

    assert after.recipients[-1].id == "other-software-inc"
    assert after.recipients[-1].model_copy(update=plain) == register.recipients[0]


def test_deleted_rows_remove_their_entries(editor: Editor, register: Register) -> None:
    editor.delete("Purposes", "recruitment/duties")
    editor.delete("Processing", "payroll")
    editor.delete("Record", "visitors")
    editor.delete("Details", "visitors")
    editor.delete("Assessments", "visitors")
    merged = editor.merged(register)

    assert merged.refusals == ()
    assert [each.id for each in merged.register.activities] == ["recruitment"]
    assert [each.id for each in merged.register.activities[0].purposes] == ["selection"]
    assert merged.register.processing == ()
    assert {(each.entry, each.field, each.new) for each in merged.changes} == {
        ("recruitment/duties", "", ""), ("payroll", "", ""), ("visitors", "", ""),
    }  # fmt: skip


def test_emptied_party_is_removed_and_a_filled_one_is_added(
    editor: Editor, register: Register
) -> None:
    editor.write("Controller", "dpo", "Name", None)
    editor.write("Controller", "dpo", "E-mail", None)
    editor.write("Controller", "representative", "Name", "Edustaja Oy")
    controller = editor.merged(register).register.controller

    assert controller.dpo is None
    assert controller.representative is not None
    assert controller.representative.name == "Edustaja Oy"
    assert controller.name == register.controller.name


def test_sorted_rows_moved_columns_and_renamed_sheets_change_nothing(
    editor: Editor, register: Register
) -> None:
    sheet = editor.sheet("Recipients")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    rows = [rows[0], *reversed(rows[1:])]
    for number, row in enumerate(rows, start=4):
        for column, held_ in enumerate(reversed(row), start=1):
            sheet.cell(number, column).value = held_
    editor.sheet("Systems").insert_rows(1, 3)
    merged = editor.merged(register)

    assert (merged.refusals, merged.changes) == ((), ())
    assert merged.register == register


def test_renamed_entry_is_still_the_same_and_may_be_named_either_way(
    editor: Editor, register: Register
) -> None:
    editor.write("Recipients", "hosting", "Recipient", "Meadow Ltd")
    editor.write("Systems", "ats", "Operated by", "Meadow Ltd")
    editor.write("Systems", "share", "Operated by", "Cloudmeadow Ltd")
    after = editor.merged(register).register

    assert [each.operator for each in after.systems] == ["hosting", "hosting"]
    assert after.recipients[0].sub_processors == ("hosting",)


def test_purpose_moves_to_another_activity(editor: Editor, register: Register) -> None:
    editor.write("Purposes", "recruitment/duties", "Processing activity", "Visitors")
    after = editor.merged(register).register

    assert [each.id for each in after.activities[0].purposes] == ["selection"]
    assert [each.id for each in after.activities[1].purposes] == ["duties"]


# --- periods

NUMBERS = st.integers(1, 9_999)


@given(
    st.one_of(
        st.builds("P{}Y{}M{}D".format, NUMBERS, NUMBERS, NUMBERS),
        st.builds("P{}Y".format, NUMBERS),
        st.builds("P{}M".format, NUMBERS),
        st.builds("P{}W".format, NUMBERS),
        st.builds("P{}D".format, NUMBERS),
    ),
    st.sampled_from(LANGUAGES),
)
def test_period_in_words_leads_back(code: str, language: Language) -> None:
    assert period(duration(wording(language), code)) == code
