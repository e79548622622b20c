"""OpenDocument texts, presentations and drawings (spreadsheets go through calamine)."""

import zipfile
from collections.abc import Iterator

from lxml import etree

from scanner.errors import Encrypted, Unreadable
from scanner.extract import zipped
from scanner.extract.base import Budget, Part, segments
from scanner.locator import PROPERTIES
from scanner.model import Content

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OLD_TEXT = "{http://openoffice.org/2000/text}"
SPACES = {"tab": "\t", "tab-stop": "\t", "s": " ", "line-break": "\n"}
LABELS = {
    "creator": "author",
    "initial-creator": "author",
    "printed-by": "author",
    "title": "title",
    "subject": "subject",
    "description": "description",
    "keyword": "keywords",
    "user-defined": "property",
}


def extract(part: Part, budget: Budget) -> Iterator[Content]:
    """Yield the body, then headers and footers (kept in the styles) and the properties."""
    with zipped.opened(part) as archive:
        infos = {info.filename: info for info in archive.infolist()}
        manifest = infos.get("META-INF/manifest.xml")
        if manifest and b"encryption-data" in _bytes(archive, manifest, budget):
            raise Encrypted("an OpenDocument file protected with a password")
        for name, place in (
            ("content.xml", part.locator),
            ("styles.xml", part.locator.called("styles")),
        ):
            if name in infos:
                root = _parsed(_bytes(archive, infos[name], budget))
                yield from segments("\n".join(_paragraphs(root)), place)
        if "meta.xml" in infos:
            for element in _parsed(_bytes(archive, infos["meta.xml"], budget)).iter("{*}*"):
                label = LABELS.get(etree.QName(element).localname)
                if label and element.text:
                    yield from segments(element.text, part.locator.called(PROPERTIES), label)


def _bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bytes:
    with zipped.content(archive, info, budget) as stream:
        return Part(info.filename, stream).read(budget)


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("the XML inside is broken") from error


def _paragraphs(root: etree._Element) -> Iterator[str]:
    """Yield paragraphs and headings, tabs and spaces as the characters that they stand for."""
    for space in (TEXT, OLD_TEXT):
        for name, character in SPACES.items():
            for element in root.iter(space + name):
                element.text = character
    names = [space + name for space in (TEXT, OLD_TEXT) for name in ("p", "h")]
    for element in root.iter(*names):
        yield etree.tostring(element, method="text", encoding="unicode", with_tail=False)
