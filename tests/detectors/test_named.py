"""Labels, headers and file names name people; departments, mailboxes and projects are none."""

import pytest

from detectors.names.named import MOST_HALVES, Naming, named_by_file
from scanner.locator import Locator
from scanner.model import Segment


def names(label: str, text: str, place: str = "") -> list[tuple[str, ...]]:
    found = Naming().names_in(Segment(Locator.parse(place or label), text, label))
    return [each.words for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Kroszak, Ywenna" <ywenna.kroszak@example.fi>', [("Ywenna", "Kroszak")]),
        ("Ywenna Kroszak <y.kroszak@example.fi>", [("Ywenna", "Kroszak")]),
        ("Tuulia Kroszak <hr@example.fi>", [("Tuulia", "Kroszak")]),
        ("Ywenna Kroszak <hr@example.fi>", []),
        ("Recruitment Team <recruitment@example.fi>", []),
        ("Acme Support <support@acme.example>", []),
        ("noreply@example.fi", []),
    ],
)
def test_a_header_names_whom_lists_or_the_address_know(
    text: str, expected: list[tuple[str, ...]]
) -> None:
    assert expected == names("header:from", text)


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        ("full name", "Ywenna Kroszak", [("Ywenna", "Kroszak")]),
        ("hakija", "kroszak ywenna", [("kroszak", "ywenna")]),
        ("recruiter", "Kroszak, Ywenna M.", [("Ywenna", "Kroszak")]),
        ("name", "Tuulia Virtanen", [("Tuulia", "Virtanen")]),
        ("name", "Human Resources", []),
        ("name", "Ywenna Kroszak", []),
        ("product name", "Aino Laine", []),
        ("candidate", "Not available", []),
        ("candidate", "Ei tiedossa", []),
        ("full name", "Kroszak Palvelut Oy", []),
        ("full name", "see 12 below", []),
        ("notes", "Tuulia Virtanen", []),
    ],
)
def test_a_field_names_people_if_its_label_does(
    label: str, text: str, expected: list[tuple[str, ...]]
) -> None:
    assert expected == names(label, text)


def column(label: str, *values: str) -> Segment:
    starts = [sum(len(each) + 1 for each in values[:at]) for at in range(len(values))]
    records = tuple((start, f"row:{at}") for at, start in enumerate(starts, 1))
    return Segment(
        Locator.parse(f"table:t/column:{label}/rows:1-9"), "\n".join(values), label, records
    )


def test_given_name_and_surname_of_one_row_are_joined() -> None:
    naming = Naming()
    list(naming.names_in(column("sukunimi", "Kroszak", "Laine")))

    whole = [
        each for each in naming.names_in(column("firstname", "Ywenna", "Meri")) if each.is_whole
    ]
    assert [(("Ywenna", "Kroszak"), "row:1"), (("Meri", "Laine"), "row:2")] == [
        (each.words, each.record) for each in whole
    ]


def test_halves_that_find_no_other_are_forgotten_when_there_are_many() -> None:
    naming = Naming()
    list(naming.names_in(column("sukunimi", *["Kroszak"] * (2 * MOST_HALVES))))

    assert len(naming._halves) == MOST_HALVES


def test_columns_of_different_lists_are_not_joined() -> None:
    naming = Naming()
    records = ((0, "item:1"),)
    list(
        naming.names_in(
            Segment(Locator.parse("path:staff.sukunimi"), "Kroszak", "sukunimi", records)
        )
    )

    other = Segment(Locator.parse("path:bosses.etunimi"), "Ywenna", "etunimi", records)
    assert [("Ywenna",)] == [each.words for each in naming.names_in(other)]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("in/CV_Meri_Laine.pdf", ("Meri", "Laine")),
        ("cv-ywenna-kroszak.docx", ("Ywenna", "Kroszak")),
        ("YwennaKroszakCV.pdf", ("Ywenna", "Kroszak")),
        ("Tuulia Kroszak 2024.txt", ("Tuulia", "Kroszak")),
        ("ywenna-kroszak.txt", ()),
        ("annual-report-2025.docx", ()),
        ("project_kartta.docx", ()),
        ("application_guide.pdf", ()),
        ("Reference_Check_Form.docx", ()),
        ("main.candidates", ()),
        ("resume-sample-basic.pdf", ()),
        ("CV_Helsinki_Vantaa.pdf", ()),
        ("CV_Kroszak_Y.pdf", ()),
        ("", ()),
    ],
)
def test_a_file_name_names_somebody_only_where_it_is_clear(
    path: str, expected: tuple[str, ...]
) -> None:
    assert expected == named_by_file(path)
