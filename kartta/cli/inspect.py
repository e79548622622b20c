"""`kartta inspect`: every hit in a file, with what speaks for it."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kartta.cli.say import give, say
from kartta.cli.workspace import Workspace, options
from reports.text import json_text

if TYPE_CHECKING:
    from detectors.analyse import Analyser
    from detectors.documents.classify import Verdict
    from detectors.documents.parts import Documents
    from scanner.connectors.base import Connector
    from scanner.model import Asset, Detection, NamedPerson, Segment


@click.command
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@options
@click.option("--jsonl", is_flag=True, help="One JSON object a line for each detection.")
def inspect(
    paths: tuple[Path, ...], config_file: Path | None, catalog: str | None, *, jsonl: bool
) -> None:
    """Show every detection in files or folders, and why it is one.

    Values are masked. `start` and `end` are character offsets in the text of the part that the
    locator names; in a plain text file, in the decoded file. Nothing is stored.

    One more line for each part (a file, an attachment, a mail's body) says what kind of document it
    is: entity DOCUMENT_TYPE, with the type as its category.

    The people whom an earlier scan's sources name are looked for: `known` says that a label, a
    column, a header or a file name names the person there or in this file, `same_asset` that it is
    a part of the name of somebody whom this file names.

    \b
    Examples:
      kartta inspect cv.pdf
      kartta inspect --jsonl applications/ > hits.jsonl
    """
    from scanner.scratch import scratch

    space = Workspace.open(config_file, catalog)
    with scratch(space.config.scratch):
        _inspect(space, paths, jsonl=jsonl)


def _inspect(space: Workspace, paths: tuple[Path, ...], *, jsonl: bool) -> None:
    from detectors.analyse import Analyser
    from scanner import plugins
    from scanner.connectors.targets import config_for
    from scanner.opening import Session, opening

    plugins.check()
    key, people = earlier_scan(space)
    analyser = Analyser(space.config.settings(), key)
    analyser.know(people)
    for path in paths:
        with Session(opening(config_for(str(path)), space.config.limits)) as session:
            for asset, _ in session.listed(None):
                _show(session.connector(), analyser, asset, path, jsonl=jsonl)


def _show(
    connector: "Connector", analyser: "Analyser", asset: "Asset", path: Path, *, jsonl: bool
) -> None:
    from detectors.documents.parts import Documents

    name = str(path) if path.is_file() else str(path / asset.path)
    documents = Documents(asset.path)
    tell = give if jsonl else say
    for segment, detection in _detections(connector, analyser, asset, name, documents):
        place = str(analyser.place(segment.locator))
        tell(_line(name, place, segment.offset, detection, jsonl=jsonl))
    for locator, verdict in documents.verdicts() if analyser.sees_documents else ():
        place = str(analyser.place(locator))
        tell(_document(name, place, verdict, jsonl=jsonl))


def earlier_scan(space: Workspace) -> "tuple[bytes, list[NamedPerson]]":
    """Give key and people of the catalog; any key and nobody where there is none to be read."""
    from kartta.key import hash_key
    from scanner.catalog.key import check_of, current
    from scanner.catalog.people import named_people
    from scanner.connectors.registry import ranks
    from scanner.errors import AuditError
    from scanner.model import MOST_NAMED

    if not space.catalog_is_new():
        try:
            with space.catalog() as catalog:
                people = named_people(catalog, MOST_NAMED, ranks())
                before = current(catalog)
            key = hash_key(space.config, space.folder)
        except AuditError as error:
            say(f"people of earlier scans are not looked for: {error.message}", err=True)
        else:
            if before in {"", check_of(key)}:
                return key, people
            say("people of earlier scans are not looked for: the key is another one", err=True)
    return secrets.token_bytes(32), []


def _detections(
    connector: "Connector",
    analyser: "Analyser",
    asset: "Asset",
    name: str,
    documents: "Documents",
) -> "Iterator[tuple[Segment, Detection]]":
    """Give the asset's detections; say on standard error what was not examined."""
    from scanner.model import Segment, Skip
    from scanner.work import guarded

    def segments() -> Iterator[Segment]:
        for content in guarded(connector, asset):
            if isinstance(content, Segment):
                documents.add(content)
                yield content
            elif isinstance(content, Skip):
                place = _within(name, str(analyser.place(content.locator)))
                say(f"not examined: {place}: {content.detail}", err=True)

    yield from analyser.detect(segments(), asset.path)


def _line(name: str, locator: str, offset: int, detection: "Detection", *, jsonl: bool) -> str:
    start, end = offset + detection.start, offset + detection.end
    evidence = list(detection.evidence)
    if jsonl:
        return json_text(
            {
                "asset": name,
                "locator": locator,
                "entity": detection.entity,
                "category": detection.category,
                "start": start,
                "end": end,
                "confidence": round(detection.confidence, 3),
                "recognizer": detection.recognizer,
                "evidence": evidence,
            },
        )
    place = f"{_within(name, locator)}:{start}-{end}"
    why = f"{detection.recognizer}: {', '.join(evidence)}"
    return f"{place}  {detection.entity}  {detection.confidence:.2f}  {detection.mask}  ({why})"


def _document(name: str, locator: str, verdict: "Verdict", *, jsonl: bool) -> str:
    from detectors.documents.classify import RECOGNIZER
    from detectors.gather import DOCUMENT_TYPE

    if jsonl:
        return json_text(
            {
                "asset": name,
                "locator": locator,
                "entity": DOCUMENT_TYPE,
                "category": verdict.type,
                "start": None,
                "end": None,
                "confidence": verdict.confidence,
                "recognizer": RECOGNIZER,
                "evidence": list(verdict.codes),
            },
        )
    place = _within(name, locator)
    why = f"{RECOGNIZER}: {', '.join(verdict.codes)}" if verdict.codes else RECOGNIZER
    return f"{place}  {DOCUMENT_TYPE}  {verdict.confidence:.2f}  {verdict.type}  ({why})"


def _within(name: str, locator: str) -> str:
    return f"{name}/{locator}" if locator else name
