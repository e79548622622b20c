"""PDF: the text of each page, form fields, notes, links, properties and attached files.

pdfium takes no concurrent calls: one document at a time in a process, as the workers have it.
"""

import ctypes
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from scanner.errors import Encrypted, Unreadable
from scanner.extract.base import Budget, Part, part_of, segments
from scanner.extract.dispatch import member
from scanner.locator import LINKS, PROPERTIES, Locator
from scanner.model import Content, Skip, SkipReason

LABELS = {
    "Title": "title",
    "Author": "author",
    "Subject": "subject",
    "Keywords": "keywords",
    "Creator": "",
    "Producer": "",
}
NUMBER_BROKEN = re.compile(r"(?<=\d)[\x02\ufffe](?=\d)")
WORD_BROKEN = re.compile(r"[\x02\ufffe](?:\r?\n)?")
MAX_TEXT = 262_144
"""UTF-16 units of one annotation or field."""


def extract(part: Part, budget: Budget) -> Iterator[Content]:
    """Yield page by page, then properties and attached files."""
    document = _opened(part.read(budget))
    try:
        _init_forms(document)
        yield from _pages(document, part.locator)
        for name, label in LABELS.items():
            if label:
                text = document.get_metadata_value(name)
                yield from segments(text, part.locator.called(PROPERTIES), label)
        yield from _attachments(document, part, budget)
    finally:
        document.close()


def _opened(content: bytes) -> Any:  # noqa: ANN401 - pypdfium2 is untyped
    try:
        return pypdfium2.PdfDocument(content[max(content.find(b"%PDF-", 0, 1024), 0) :])
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise Encrypted("a PDF protected with a password") from error
        if "ecurity" in str(error):
            raise Encrypted("a PDF protected in a way that cannot be opened") from error
        raise Unreadable("the PDF is broken: no page can be found in it") from error


def _init_forms(document: Any) -> None:  # noqa: ANN401
    try:
        document.init_forms()
    except pypdfium2.PdfiumError:
        return  # without it only the values of fields are missing


def _pages(document: Any, locator: Locator) -> Iterator[Content]:  # noqa: ANN401
    silent: list[int] = []
    broken: list[int] = []
    total = len(document)
    for number in range(1, total + 1):
        try:
            page = document.get_page(number - 1)
        except pypdfium2.PdfiumError:
            broken.append(number)
            continue
        try:
            place = locator.page(number)
            text = _text(page)
            if not text.strip() and _has_image(page):
                silent.append(number)
            yield from segments(text, place)
            yield from _annotations(document, page, place)
        finally:
            page.close()
    if silent:
        detail = f"{len(silent)} of {total} pages are images without a text layer"
        yield Skip(SkipReason.NO_TEXT, f"{detail}; OCR is not enabled", locator)
    if broken:
        detail = f"{len(broken)} of {total} pages are broken"
        yield Skip(SkipReason.UNREADABLE, detail, locator)


def _text(page: Any) -> str:  # noqa: ANN401
    try:
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return ""
    try:
        text: str = text_page.get_text_range(errors="replace")
    finally:
        text_page.close()
    text = NUMBER_BROKEN.sub("-", text)
    return WORD_BROKEN.sub("", text).replace("\r\n", "\n")


def _has_image(page: Any) -> bool:  # noqa: ANN401
    kinds = [pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING]
    return next(iter(page.get_objects(filter=kinds, max_depth=3)), None) is not None


def _annotations(document: Any, page: Any, place: Locator) -> Iterator[Content]:  # noqa: ANN401
    """Yield the values of form fields, the texts of notes and the targets of links."""
    links: dict[str, None] = {}
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            if kind == pdfium.FPDF_ANNOT_WIDGET and document.formenv:
                name = _field(pdfium.FPDFAnnot_GetFormFieldName, document, annotation)
                value = _field(pdfium.FPDFAnnot_GetFormFieldValue, document, annotation)
                yield from segments(value, place.called("form"), name)
            elif kind == pdfium.FPDF_ANNOT_LINK:
                links[_link(document, annotation)] = None
            elif kind != pdfium.FPDF_ANNOT_POPUP:
                for key, label in ((b"Contents", ""), (b"T", "author")):
                    text = _wide(pdfium.FPDFAnnot_GetStringValue, annotation, key)
                    yield from segments(text, place.called("note"), label)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    yield from segments("\n".join(filter(None, links)), place.called(LINKS), "link")


def _field(function: Any, document: Any, annotation: Any) -> str:  # noqa: ANN401
    return _wide(function, document.formenv, annotation)


def _wide(function: Any, *arguments: Any) -> str:  # noqa: ANN401
    """Call pdfium twice: for the length in bytes, then for the UTF-16 text."""
    length = min(function(*arguments, None, 0), MAX_TEXT * 2)
    if length <= 2:  # noqa: PLR2004 - the closing zero
        return ""
    buffer = ctypes.create_string_buffer(length)
    function(*arguments, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")


def _link(document: Any, annotation: Any) -> str:  # noqa: ANN401
    link = pdfium.FPDFAnnot_GetLink(annotation)
    action = pdfium.FPDFLink_GetAction(link) if link else None
    if not action:
        return ""
    length = min(pdfium.FPDFAction_GetURIPath(document, action, None, 0), MAX_TEXT)
    if length <= 1:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, length)
    return buffer.raw[: length - 1].decode("utf-8", "replace")


def _attachments(document: Any, part: Part, budget: Budget) -> Iterator[Content]:  # noqa: ANN401
    for index in range(document.count_attachments()):
        try:
            attachment = document.get_attachment(index)
            name = attachment.get_name() or str(index + 1)
            content = bytes(attachment.get_data())
        except pypdfium2.PdfiumError:
            place = part.locator.part(index + 1)
            yield Skip(SkipReason.UNREADABLE, "an attached file is broken", place)
            continue
        budget.spend(len(content))
        yield from member(part_of(name, content, part.locator.part(name)), budget)
