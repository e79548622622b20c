"""Documents, tables and trees: what is read, and under which name."""

import io
import time
import zipfile

import docx
import openpyxl
import pytest

from scanner.extract.csv import delimiter_of
from scanner.model import Segment, SkipReason
from tests.scanner.extract.made import (
    EMAIL,
    NAME,
    PHONE,
    labelled,
    pdf,
    read,
    skips,
    text,
    zipped,
)


def segments(name: str, content: bytes) -> list[Segment]:
    return [each for each in read(name, content) if isinstance(each, Segment)]


def test_a_pdf_gives_pages_properties_and_links(files: dict[str, bytes]) -> None:
    contents = read("a.pdf", files["a.pdf"])
    places = {each.locator.texts: each.text for each in contents if isinstance(each, Segment)}

    assert "toinen sivu" == places[("page:2",)].strip()
    assert NAME == labelled(contents)["author"]
    assert f"mailto:{EMAIL}" == labelled(contents)["link"]


def test_a_pdf_is_found_behind_rubbish(files: dict[str, bytes]) -> None:
    assert NAME in text(read("a.pdf", b"\0\1\2\3rubbish" * 5 + files["a.pdf"]))


def test_a_scanned_pdf_is_told_from_an_empty_one() -> None:
    [skip] = skips(read("a.pdf", _picture()))

    assert skip.reason is SkipReason.NO_TEXT
    assert "OCR is not enabled" in skip.detail
    assert skips(read("a.pdf", pdf(NAME))) == []


def _picture() -> bytes:
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.rect(10, 10, 100, 100, fill=1)
    canvas.showPage()
    canvas.save()
    return (
        target.getvalue()
        .replace(b"(anonymous)", b"()")
        .replace(b"(untitled)", b"()")
        .replace(b"(unspecified)", b"()")
    )


def test_an_encrypted_pdf_is_said_to_be_encrypted() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    target = io.BytesIO()
    canvas = Canvas(target, encrypt=StandardEncryption("salainen", canPrint=0))
    canvas.drawString(10, 10, NAME)
    canvas.save()

    assert [SkipReason.ENCRYPTED] == [each.reason for each in skips(read("a", target.getvalue()))]


def test_a_word_file_gives_body_header_footer_table_and_author(files: dict[str, bytes]) -> None:
    contents = read("a.docx", files["a.docx"])

    assert {"puhelin", PHONE} <= set(text(contents).replace("\t", "\n").split("\n"))
    assert "Ylätunniste" in text(contents)
    assert "Alatunniste" in text(contents)
    assert NAME == labelled(contents)["author"]


def test_deleted_and_hidden_text_counts() -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("Piilossa")
    run.font.hidden = True
    target = io.BytesIO()
    document.save(target)
    content = _replaced(
        target.getvalue(),
        b"</w:p>",
        b"<w:del><w:r><w:delText>Poissa</w:delText></w:r></w:del></w:p>",
    )

    assert "PiilossaPoissa" in text(read("a.docx", content))


def _replaced(content: bytes, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["word/document.xml"] = members["word/document.xml"].replace(old, new)
    return zipped(members)


def test_a_file_embedded_in_a_document_is_read(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["a.docx"])) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["word/embeddings/book.xlsx"] = files["a.xlsx"]
    found = [each.locator.texts for each in segments("a.docx", zipped(members))]

    assert ("part:book.xlsx", "sheet:Hakijat", "column:puhelin", "rows:1-2") in found


def test_slides_are_numbered_and_have_their_notes(files: dict[str, bytes]) -> None:
    places = {each.locator.texts: each.text for each in segments("a.pptx", files["a.pptx"])}

    assert "Toinen" in places[("slide:2",)]
    assert "Muistiinpano Toinen" in places[("slide:2", "notes")]


def test_a_sheet_gives_columns_named_by_its_heading(files: dict[str, bytes]) -> None:
    [phones] = [each for each in segments("a.xlsx", files["a.xlsx"]) if each.label == "puhelin"]

    assert f"{PHONE}\n0400000001" == phones.text
    assert ((0, "row:1"), (len(PHONE) + 1, "row:2")) == phones.records
    assert "Muista soittaa Veikolle" in text(read("a.xlsx", files["a.xlsx"]))


def test_a_sheet_of_two_distant_cells_is_refused_and_not_unfolded() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "a", "b"
    target = io.BytesIO()
    book.save(target)

    assert SkipReason.LIMIT in [each.reason for each in skips(read("a", target.getvalue()))]


def test_a_row_of_data_is_no_heading() -> None:
    rows = "Aino;Esimerkkilä;Turku\nVeikko;Testinen;Oulu\nSisu;Mallinen;Pori\n"
    found = segments("a.csv", rows.encode())

    assert {"column 1", "column 2", "column 3"} == {each.label for each in found}
    assert "Aino\nVeikko\nSisu" == found[0].text


@pytest.mark.parametrize(
    ("sample", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2,5\n2,5;3,5\n", ";"),
        ("a\tb\n1\t2\n", "\t"),
        ('a,b\n"x, y",2\n', ","),
        ("Hei,\nmitä kuuluu?\n\nT. Aino\n", ""),
        ("", ""),
        ("Hei, mitä kuuluu?\nHyvää.\n", ""),
        ('a;b\n"x\ny\nz\nå";2\n"1\n2";3\n', ";"),
    ],
)
def test_the_delimiter_is_counted(sample: str, delimiter: str) -> None:
    assert delimiter == delimiter_of(sample)


def test_a_letter_called_csv_is_read_as_text() -> None:
    assert "Hei!\nEi taulukko." == text(read("a.csv", b"Hei!\nEi taulukko."))


def test_json_groups_values_by_path_and_keeps_records(files: dict[str, bytes]) -> None:
    [emails] = [each for each in segments("a.json", files["a.json"]) if each.label == "email"]

    assert "path:candidates[].email" == str(emails.locator)
    assert f"{EMAIL}\nveikko@example.org" == emails.text
    assert ((0, "item:1"), (len(EMAIL) + 1, "item:2")) == emails.records


def test_a_json_key_that_is_data_is_text_and_no_label() -> None:
    found = segments("a.json", b'{"aino@example.org": {"status": "x"}, "0401234567": "y"}')

    assert "aino@example.org" in "".join(each.text for each in found)
    assert "example" not in repr([(each.locator.texts, each.label) for each in found])
    assert "0401" not in repr([(each.locator.texts, each.label) for each in found])


def test_broken_and_bottomless_json_is_read_as_text() -> None:
    for content in (b'{"nimi": "Aino', b"[" * 100_000 + b'"Aino'):
        contents = read("a.json", content)

        assert "Aino" in text(contents)
        assert [SkipReason.UNREADABLE] == [each.reason for each in skips(contents)]


def test_xml_labels_leaves_and_keeps_mixed_content_whole() -> None:
    source = (
        "<cvs><cv id='7'><nimi>Aino</nimi><p>Olen <b>Aino</b> Esimerkkilä.</p></cv>"
        "<cv><nimi>Veikko</nimi></cv></cvs>"
    )
    found = segments("a.xml", source.encode())
    [names] = [each for each in found if each.label == "nimi"]

    assert "Aino\nVeikko" == names.text
    assert ((0, "item:1"), (5, "item:2")) == names.records
    assert "Olen Aino Esimerkkilä." in [each.text for each in found]


def test_text_between_the_roots_children_is_read() -> None:
    """The children were given out as they ended, and with them went what stood between them.

    Older tests had only white space there; real labelled CVs have all their prose there.
    """
    source = "<cv><label>Aino</label> asuu Turussa, <label>kokki</label> ammatiltaan.</cv>"

    assert "Aino asuu Turussa, kokki ammatiltaan." in text(read("a.xml", source.encode()))


def test_long_xml_loses_nothing_and_numbers_its_records() -> None:
    source = "<r><l>" + "".join(f"<c><n>N{n}</n></c>" for n in range(9000)) + "</l></r>"
    found = text(read("a.xml", source.encode())).split()

    assert [f"N{n}" for n in range(9000)] == found


def test_broken_xml_is_read_as_far_as_possible_and_entities_are_not_expanded() -> None:
    broken = read("a.xml", b"<cvs><cv>Aino</cv><cv>Veikko")
    bomb = b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 1000 + b'">]><a>' + b"&b;" * 1000 + b"Aino</a>"

    assert "Aino" in text(broken)
    assert [SkipReason.UNREADABLE] == [each.reason for each in skips(broken)]
    assert len(text(read("a.xml", bomb))) < 10_000


def test_an_outside_entity_reads_no_file(tmp_path: pytest.TempPathFactory) -> None:
    secret = f"{tmp_path}/secret.txt"
    with open(secret, "w") as file:  # noqa: PTH123
        file.write("salaisuus")
    source = f'<!DOCTYPE a [<!ENTITY b SYSTEM "file://{secret}">]><a>&b;Aino</a>'

    assert "salaisuus" not in text(read("a.xml", source.encode()))


def test_html_reads_as_a_reader_does() -> None:
    page = (
        "<html><head><title>Otsikko</title><style>p{}</style></head><body><script>var a</script>"
        "<p>Mä<b>kin</b>en\n asuu</p><table><tr><td>puh</td><td>040</td></tr></table>"
        "<img alt='Ainon kuva'><a href='tel:+35840'>soita</a>"
    )
    contents = read("a.html", page.encode())

    assert "Otsikko\nMäkinen asuu\npuh\t040" in text(contents).replace("\n\t", "\t").replace(
        "\npuh", "\npuh"
    )
    assert "var a" not in text(contents)
    assert "Ainon kuva" in text(contents)
    assert "tel:+35840" == labelled(contents)["link"]


def test_html_tells_its_own_charset() -> None:
    page = '<meta charset="iso-8859-2"><p>Łukasz żółw'.encode("iso-8859-2")

    assert "Łukasz żółw" in text(read("a.html", page))


def test_a_database_gives_tables_and_the_files_in_them(files: dict[str, bytes]) -> None:
    found = segments("a.sqlite", files["a.sqlite"])

    assert ("table:hakijat", "column:nimi", "rows:1-2") in [each.locator.texts for each in found]
    assert ("table:hakijat", "row:1", "part:cv", "page:1") in [each.locator.texts for each in found]


def test_an_open_document_keeps_text_after_spans_and_tabs(files: dict[str, bytes]) -> None:
    assert f"Olen Aino Esimerkkilä\t{PHONE}" == text(read("a.odt", files["a.odt"]))


def test_a_document_of_pictures_says_so() -> None:
    members = {"[Content_Types].xml": b"", "word/document.xml": b"<a/>", "word/media/1.png": b"x"}
    [skip] = skips(read("a.docx", zipped(members)))

    assert skip.reason is SkipReason.NO_TEXT
    assert "OCR is not enabled" in skip.detail


@pytest.mark.parametrize(
    "page",
    [
        "<!---->" * 2000,
        "<div>" * 100_000 + "Aino",
        "<td>" * 100_000 + "Aino",
        "<b>" * 100_000 + "Aino" + "</b>" * 100_000,
        "<p " + "a " * 100_000 + ">Aino",
        " \t" * 200_000 + "Aino",
    ],
)
def test_hostile_html_takes_no_time(page: str) -> None:
    start = time.process_time()
    read("a.html", b"<html>" + page.encode())

    assert time.process_time() - start < 3
