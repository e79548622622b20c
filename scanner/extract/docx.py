"""Word documents: all their text, also the deleted, hidden, commented and noted."""

from collections.abc import Iterator
from posixpath import basename

from scanner.extract import ooxml, zipped
from scanner.extract.base import Budget, Part
from scanner.model import Content, Segment

TEXT = {"t": "", "delText": "", "v": "\n"}
"""`v` are the values in embedded charts."""
BREAKS = {"p": "\n", "br": "\n", "cr": "\n", "tab": "\t", "tc": "\t", "tr": "\n"}
SILENT = frozenset(
    {
        "styles.xml",
        "stylesWithEffects.xml",
        "settings.xml",
        "webSettings.xml",
        "fontTable.xml",
        "numbering.xml",
    }
)
BODY = "document.xml"


def extract(part: Part, budget: Budget) -> Iterator[Content]:
    """Yield the body, then headers, footers, comments, notes, properties, links and members."""
    with zipped.opened(part) as archive:
        infos = archive.infolist()
        has_text = False
        texts = [
            info
            for info in infos
            if info.filename.startswith("word/")
            and info.filename.endswith(".xml")
            and "/theme/" not in info.filename
            and basename(info.filename) not in SILENT
        ]
        for info in sorted(texts, key=lambda info: not info.filename.endswith(BODY)):
            name = basename(info.filename).removesuffix(".xml")
            is_body = info.filename.endswith(BODY)
            place = part.locator if is_body else part.locator.called(name)
            for content in ooxml.parts(archive, info, place, budget, (TEXT, BREAKS)):
                has_text = has_text or isinstance(content, Segment)
                yield content
        names = [info.filename for info in infos]
        yield from ooxml.pictures(names, part.locator, has_text=has_text)
        yield from ooxml.properties(archive, infos, part.locator, budget)
        yield from ooxml.links(archive, infos, part.locator, budget)
        yield from ooxml.embedded(archive, infos, part.locator, budget)
