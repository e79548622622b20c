"""What Word, PowerPoint and Excel files share: safe XML, text, properties, links, members."""

import zipfile
from collections.abc import Iterator, Sequence
from posixpath import basename, dirname, join, normpath
from typing import BinaryIO

from lxml import etree
from lxml.etree import _Element as Element

from scanner.errors import AssetError, LimitReached, Unreadable
from scanner.extract import zipped
from scanner.extract.base import Budget, Part, part_of, segments
from scanner.extract.dispatch import member, skip_of
from scanner.locator import LINKS, PROPERTIES, Locator
from scanner.model import Content, Segment, Skip, SkipReason

Elements = Iterator[tuple[str, str, Element]]
LABELS = {
    "creator": "author",
    "lastModifiedBy": "last modified by",
    "title": "title",
    "subject": "subject",
    "description": "description",
    "keywords": "keywords",
    "category": "category",
    "Company": "company",
    "Manager": "manager",
    "lpwstr": "property",
}
CHUNKS = (".htm", ".html", ".mht", ".rtf", ".txt", ".docx")
"""Whole documents that Word shows as part of its own (`altChunk`)."""
SCHEMES = ("mailto:", "tel:", "http:", "https:", "sip:", "callto:")


def elements(stream: BinaryIO) -> Elements:
    """Stream (event, local tag, element); each element is emptied once it was seen to end.

    Entities, external documents and the network stay unused.

    Raises:
        Unreadable: the XML is broken.
    """
    events = etree.iterparse(
        stream,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for event, element in events:
            tag = element.tag if isinstance(element.tag, str) else ""
            yield event, tag.rpartition("}")[2], element
            if event == "end":
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise Unreadable("the XML inside is broken") from error


def text_of(stream: BinaryIO, pieces: dict[str, str], breaks: dict[str, str]) -> Iterator[str]:
    """Yield the text of elements in `pieces` and what `breaks` puts at an element's end.

    Word and PowerPoint repeat text boxes in a `Fallback` for old programs: read once.
    """
    outside = 0
    for event, tag, element in elements(stream):
        if tag == "Fallback":
            outside += 1 if event == "start" else -1
        elif event == "end" and not outside:
            if tag in pieces and element.text:
                yield element.text + pieces[tag]
            if tag in breaks:
                yield breaks[tag]


def parts(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    place: Locator,
    budget: Budget,
    tags: tuple[dict[str, str], dict[str, str]],
) -> Iterator[Content]:
    """Yield the text of one XML file inside; what was read before a failure is kept."""
    pieces: list[str] = []
    failure: AssetError | None = None
    try:
        with zipped.content(archive, info, budget) as stream:
            pieces.extend(text_of(stream, *tags))
    except LimitReached:
        raise
    except AssetError as error:
        failure = error
    yield from segments("".join(pieces), place)
    if failure is not None:
        yield skip_of(failure, part_of(info.filename, b"", place))


def pictures(names: Sequence[str], place: Locator, *, has_text: bool) -> Iterator[Skip]:
    """Say so where a document is nothing but pictures: scanned pages, most often."""
    number = sum("/media/" in name for name in names)
    if number and not has_text:
        detail = f"{number} images without any text beside them; OCR is not enabled"
        yield Skip(SkipReason.NO_TEXT, detail, place)


def properties(
    archive: zipfile.ZipFile, infos: Sequence[zipfile.ZipInfo], place: Locator, budget: Budget
) -> Iterator[Segment]:
    """Yield author, title and the like, each labelled."""
    for info in infos:
        if not info.filename.startswith("docProps/") or not info.filename.endswith(".xml"):
            continue
        try:
            with zipped.content(archive, info, budget) as stream:
                found = [
                    (LABELS[tag], element.text or "")
                    for event, tag, element in elements(stream)
                    if event == "end" and tag in LABELS
                ]
        except Unreadable:
            continue  # properties are not worth a skip
        for label, text in found:
            yield from segments(text, place.called(PROPERTIES), label)


def targets(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget
) -> Iterator[tuple[str, str]]:
    """Yield (id, target) of a `.rels` file; targets inside as full names."""
    folder = dirname(dirname(info.filename))
    with zipped.content(archive, info, budget) as stream:
        for event, tag, element in elements(stream):
            if event == "start" and tag == "Relationship":
                target = element.get("Target", "")
                if element.get("TargetMode") != "External":
                    target = normpath(join("/", folder, target)).lstrip("/")
                yield element.get("Id", ""), target


def links(
    archive: zipfile.ZipFile, infos: Sequence[zipfile.ZipInfo], place: Locator, budget: Budget
) -> Iterator[Segment]:
    """Yield the addresses that hyperlinks point to."""
    found: dict[str, None] = {}
    for info in infos:
        if not info.filename.endswith(".rels"):
            continue
        try:
            for _name, target in targets(archive, info, budget):
                if target.lower().startswith(SCHEMES):
                    found[target] = None
        except Unreadable:
            continue  # the text is read without its links
    yield from segments("\n".join(found), place.called(LINKS), "link")


def embedded(
    archive: zipfile.ZipFile, infos: Sequence[zipfile.ZipInfo], place: Locator, budget: Budget
) -> Iterator[Content]:
    """Yield what embedded files hold."""
    for info in infos:
        is_chunk = info.filename.startswith("word/") and info.filename.endswith(CHUNKS)
        if info.is_dir() or ("/embeddings/" not in info.filename and not is_chunk):
            continue
        name = basename(info.filename)
        spot = place.part(name)
        try:
            with zipped.content(archive, info, budget) as stream:
                inner = part_of(name, Part(name, stream).read(budget), spot)
        except AssetError as error:
            if budget.is_exhausted:
                raise
            yield skip_of(error, part_of(name, b"", spot))
            continue
        yield from member(inner, budget)
