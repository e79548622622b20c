"""PowerPoint presentations: slides in the order they are shown, notes, comments, diagrams."""

import re
import zipfile
from collections.abc import Iterator
from posixpath import basename, dirname

from scanner.errors import Unreadable
from scanner.extract import ooxml, zipped
from scanner.extract.base import Budget, Part
from scanner.locator import Locator
from scanner.model import Content, Segment

TEXT = {"t": "", "text": "\n", "v": "\n"}
"""`text` is a comment's, `v` a chart's value."""
BREAKS = {"p": "\n", "br": "\n", "tab": "\t", "tc": "\t", "tr": "\n"}
FOLDERS = ("slides", "notesSlides", "comments", "diagrams", "charts")
SLIDE = re.compile(r"ppt/slides/[^/]+\.xml")
NAMES = {
    f"{{{space}}}id"
    for space in (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
}


def extract(part: Part, budget: Budget) -> Iterator[Content]:
    """Yield slide by slide, each followed by its notes and comments; then the rest."""
    with zipped.opened(part) as archive:
        infos = {info.filename: info for info in archive.infolist()}
        has_text = False
        places = _places(archive, infos, part.locator, budget)
        rest = {
            name: part.locator.called(basename(name).removesuffix(".xml"))
            for name in infos
            if name.endswith(".xml") and dirname(name).removeprefix("ppt/") in FOLDERS
        }
        for name, place in {**places, **rest, **places}.items():
            for content in ooxml.parts(archive, infos[name], place, budget, (TEXT, BREAKS)):
                has_text = has_text or isinstance(content, Segment)
                yield content
        yield from ooxml.pictures(list(infos), part.locator, has_text=has_text)
        everything = list(infos.values())
        yield from ooxml.properties(archive, everything, part.locator, budget)
        yield from ooxml.links(archive, everything, part.locator, budget)
        yield from ooxml.embedded(archive, everything, part.locator, budget)


def _places(
    archive: zipfile.ZipFile, infos: dict[str, zipfile.ZipInfo], whole: Locator, budget: Budget
) -> dict[str, Locator]:
    """Number the slides as they are shown; what belongs to a slide is placed there."""
    found: dict[str, Locator] = {}
    for number, slide in enumerate(_order(archive, infos, budget), 1):
        place = found[slide] = whole.then("slide", number)
        rels = infos.get(f"ppt/slides/_rels/{basename(slide)}.rels")
        if rels is None:
            continue
        try:
            for _name, target in ooxml.targets(archive, rels, budget):
                kind = dirname(target).removeprefix("ppt/")
                if target in infos and kind in FOLDERS and kind != "slides":
                    found.setdefault(target, place.called(kind.removesuffix("Slides")))
        except Unreadable:
            continue  # its notes are still read, under their own name
    return found


def _order(
    archive: zipfile.ZipFile, infos: dict[str, zipfile.ZipInfo], budget: Budget
) -> list[str]:
    """List the slides in the order of the presentation; those it does not name come last."""
    slides = sorted(filter(SLIDE.fullmatch, infos), key=lambda name: (len(name), name))
    shown: list[str] = []
    try:
        targets = dict(ooxml.targets(archive, infos["ppt/_rels/presentation.xml.rels"], budget))
        with zipped.content(archive, infos["ppt/presentation.xml"], budget) as stream:
            for event, tag, element in ooxml.elements(stream):
                if event == "start" and tag == "sldId":
                    ids = [value for name, value in element.attrib.items() if name in NAMES]
                    shown.extend(targets.get(str(each), "") for each in ids)
    except (KeyError, Unreadable):
        shown = []
    known = [name for name in shown if name in infos]
    return known + [name for name in slides if name not in known]
