"""What a workbook may not bring back in: mistakes, conflicts, and what is no workbook of ours."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reports.xlsx import opened
from ropa.model import Recipient, Register, Retention
from scanner.errors import ReportError
from tests.reports.declared import full
from tests.reports.editing import Editor

CHANGED = "changed here since the export"


# --- what is refused


def _twice(editor: Editor) -> None:
    editor.write("Systems", "share", "Id", "ats")


def _no_sheet(editor: Editor) -> None:
    del editor.book["Systems"]


def _no_heading(editor: Editor) -> None:
    editor.sheet("Systems").cell(4, 1).value = "Programme"


def _own_column(editor: Editor) -> None:
    sheet = editor.sheet("Systems")
    sheet.cell(4, 9).value = "Remarks"
    sheet.cell(5, 9).value = "mine"


def _double_heading(editor: Editor) -> None:
    sheet = editor.sheet("Systems")
    sheet.cell(4, 9).value = sheet.cell(4, 1).value


def _orphans(editor: Editor) -> None:
    for key in ("Record", "Details", "Assessments"):
        editor.delete(key, "recruitment")


def _recipient_gone(editor: Editor) -> None:
    editor.delete("Recipients", "hosting")


def _two_of_a_name(editor: Editor) -> None:
    editor.write("Recipients", "parent", "Recipient", "Cloudmeadow Ltd")
    editor.write("Systems", "share", "Operated by", "Cloudmeadow Ltd")


def _party_gone(editor: Editor) -> None:
    editor.delete("Controller", "dpo")


def _party_more(editor: Editor) -> None:
    editor.add("Controller", Name="Another")


def _agreement_without_day(editor: Editor) -> None:
    editor.write("Recipients", "hosting", "Agreement", "DPA-2")


def _nameless(editor: Editor) -> None:
    editor.add("Systems", Country="FI")


def _strange_id(editor: Editor) -> None:
    editor.add("Systems", System="New", Kind="Database", Id="New One")


def _unknown_detail(editor: Editor) -> None:
    editor.add("Details", Processing_activity="Nothing", Owner="HR")


def _purpose_typed_on_the_record(editor: Editor) -> None:
    editor.add("Record", Processing_activity="New", Purposes_of_the_processing="To do")


def _name_of_party_missing(editor: Editor) -> None:
    editor.write("Controller", "dpo", "Name", None)


def _moved_onto_its_like(editor: Editor) -> None:
    editor.add("Purposes", Processing_activity="Visitors", Purpose="Duties", Id="duties")
    editor.write("Purposes", "recruitment/duties", "Processing activity", "Visitors")


def _cell(key: str, entry: str, heading: str, typed: object) -> Callable[[Editor], None]:
    def write(editor: Editor) -> None:
        editor.write(key, entry, heading, typed)

    return write


REFUSED: tuple[tuple[Callable[[Editor], None], str, str], ...] = (
    (_cell("Recipients", "vendor", "Role", "Procesor"), "Recipients!B7", "mean 'Processor'"),
    (_cell("Purposes", "recruitment/duties", "Legal basis", "because"), "C5", "not in the list"),
    (_cell("Details", "recruitment", "Created", "31.2.2026"), "Further information!E5", "no date"),
    (_cell("Details", "recruitment", "Created", "next week"), "E5", "no date"),
    (_cell("Retention", "recruitment/refused", "Time limit", "soon"), "Retention!C5", "no period"),
    (_cell("Retention", "recruitment/refused", "Time limit", "P1D2Y"), "C5", "no period"),
    (_cell("Retention", "recruitment/refused", "Time limit", "1 day 2 weeks"), "C5", "no period"),
    (_cell("Systems", "ats", "Country", "Finland"), "Systems!D5", "two letters"),
    (_cell("Systems", "ats", "Operated by", "Nobody Ltd"), "Systems!C5", "no entry 'Nobody Ltd'"),
    (_cell("Systems", "ats", "System", None), "Systems!A5", "must not be empty"),
    (_cell("Systems", "ats", "System", "=A6"), "Systems!A5", "formula"),
    (_cell("Systems", "ats", "Processing activities", "x"), "F5", "'Record of processing'"),
    (_cell("Record", "recruitment", "Legal basis", "x"), "J5", "'Purposes and bases'"),
    (_cell("Recipients", "vendor", "Messages seen", 9), "Recipients!O7", "counted by the scan"),
    (_cell("Record", "recruitment", "Categories of personal data", "Shoes"), "E5", "no category"),
    (_cell("Recipients", "vendor", "Domains", "not a domain"), "F7", "no domain"),
    (_cell("Recipients", "vendor", "Catalogue entry", "No Such!"), "Recipients!N7", "no id"),
    (_cell("Controller", "controller", "Time zone", "Mars"), "Controller!I5", "no IANA time zone"),
    (_cell("Controller", "controller", "Country", None), "Controller!G5", "must not be empty"),
    (_cell("Controller", "dpo", "Business ID", "1"), "Controller!F7", "only the controller"),
    (_cell("Recipients", "vendor", "Signed", None), "H7", "day on which it was signed"),
    (_twice, "Systems!G6", "stands here twice"),
    (_no_sheet, "Systems", "sheet is gone"),
    (_no_heading, "Systems!A4", "nobody reads a column 'Programme'"),
    (_own_column, "Systems!I4", "nobody reads a column 'Remarks'"),
    (_double_heading, "Systems!I4", "twice"),
    (_orphans, "Purposes and bases!A5", "no activity 'recruitment' any more"),
    (_recipient_gone, "Recipients!K6", "no entry 'hosting' any more"),
    (_two_of_a_name, "Systems!C6", "several entries"),
    (_party_gone, "Controller", "empty its cells instead"),
    (_party_more, "Controller!J8", "cannot be added"),
    (_agreement_without_day, "Recipients!G5", "day on which it was signed"),
    (_nameless, "Systems!A7", "must not be empty"),
    (_strange_id, "Systems!G7", "is no id"),
    (_unknown_detail, "Further information!L7", "'Nothing' is not on the sheet"),
    (_purpose_typed_on_the_record, "Record of processing!C7", "'Purposes and bases'"),
    (_moved_onto_its_like, "Purposes and bases!A5", "there is a 'duties' already"),
    (_name_of_party_missing, "Controller!B7", "name is missing"),
)  # fmt: skip


@pytest.mark.parametrize(("edit", "place", "reason"), REFUSED)
def test_mistake_is_refused_with_its_cell_and_reason(
    edit: Callable[[Editor], None],
    place: str,
    reason: str,
    editor: Editor,
    register: Register,
) -> None:
    edit(editor)
    merged = editor.merged(register)

    assert any(each.place.endswith(place) and reason in each.reason for each in merged.refusals), (
        merged.refusals
    )
    assert merged.changes == ()
    assert merged.register == register


def test_text_that_was_cut_may_stay_but_not_change(tmp_path: Path) -> None:
    register = full()
    long = register.activities[1].model_copy(update={"owner": "x" * 40_000})
    register = register.model_copy(update={"activities": (register.activities[0], long)})
    editor = Editor(tmp_path / "long.xlsx", register)

    assert editor.merged(register).register == register

    held_ = editor.sheet("Details").cell(editor.row("Details", "visitors"), 3).value
    editor.write("Details", "visitors", "Owner", f"y{str(held_)[1:]}")
    (refusal,) = editor.merged(register).refusals

    assert "was cut" in refusal.reason


# --- the register has changed since the export


def with_limit(register: Register, **update: object) -> Register:
    """Give the register with another time limit."""
    (limit,) = register.activities[0].retention
    changed = limit.model_copy(update=update)
    activity = register.activities[0].model_copy(update={"retention": (changed,)})
    return register.model_copy(update={"activities": (activity, *register.activities[1:])})


def test_both_changes_arrive_where_they_are_in_different_fields(
    editor: Editor, register: Register
) -> None:
    meanwhile = with_limit(register, basis="A6-1-c")
    editor.write("Retention", "recruitment/refused", "Time limit", "P2Y")
    (limit,) = editor.merged(meanwhile).register.activities[0].retention

    assert (limit.duration, limit.basis) == ("P2Y", "A6-1-c")


def test_same_change_on_both_sides_is_none(editor: Editor, register: Register) -> None:
    meanwhile = with_limit(register, duration="P2Y")
    editor.write("Retention", "recruitment/refused", "Time limit", "2 years")

    assert editor.merged(meanwhile).changes == ()


def test_other_change_of_the_same_field_is_refused(editor: Editor, register: Register) -> None:
    meanwhile = with_limit(register, duration="P3Y")
    place = editor.write("Retention", "recruitment/refused", "Time limit", "P2Y")
    (refusal,) = editor.merged(meanwhile).refusals

    assert refusal.place == place
    assert CHANGED in refusal.reason


def test_deleting_what_has_changed_is_refused(editor: Editor, register: Register) -> None:
    meanwhile = with_limit(register, duration="P3Y")
    editor.delete("Retention", "recruitment/refused")
    (refusal,) = editor.merged(meanwhile).refusals

    assert CHANGED in refusal.reason


def test_entry_that_came_meanwhile_stays(editor: Editor, register: Register) -> None:
    new = Recipient(id="new", name="Uusi Oy")
    meanwhile = register.model_copy(update={"recipients": (*register.recipients, new)})

    assert editor.merged(meanwhile).register == meanwhile


def test_entry_that_came_meanwhile_under_a_new_rows_id_is_refused(
    editor: Editor, register: Register
) -> None:
    new = Recipient(id="new", name="Uusi Oy")
    meanwhile = register.model_copy(update={"recipients": (*register.recipients, new)})
    editor.add("Recipients", Recipient="Toinen Oy", Id="new")
    (refusal,) = editor.merged(meanwhile).refusals

    assert "has got a 'new' since the export" in refusal.reason


def test_entry_that_went_meanwhile_stays_gone_unless_it_was_edited(
    editor: Editor, register: Register
) -> None:
    (limit,) = register.activities[0].retention
    activity = register.activities[0].model_copy(update={"retention": ()})
    meanwhile = register.model_copy(update={"activities": (activity, *register.activities[1:])})

    assert editor.merged(meanwhile).register == meanwhile

    editor.write("Retention", "recruitment/refused", "Time limit", "P2Y")
    (refusal,) = editor.merged(meanwhile).refusals

    assert "no longer has this entry" in refusal.reason
    assert isinstance(limit, Retention)


# --- what is no workbook of ours


def test_foreign_workbook_is_refused(tmp_path: Path) -> None:
    editor = Editor(tmp_path / "other.xlsx", full())
    del editor.book.defined_names["Exported"]

    with pytest.raises(ReportError, match="does not carry the marks"):
        editor.merged(full())


@pytest.mark.parametrize("content", [b"", b"PK not really", b"<html>"])
def test_what_is_no_workbook_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(content)

    with pytest.raises(ReportError):
        opened(path)


def test_package_without_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("hello.txt", "hello")

    with pytest.raises(ReportError, match="no readable workbook"):
        opened(path)


def test_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.xlsx.LARGEST", 1_000)

    with pytest.raises(ReportError, match="unfolds to"):
        opened(Editor(tmp_path / "register.xlsx", full()).path)
