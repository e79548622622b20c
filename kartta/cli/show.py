"""`kartta show`: one finding, and what stands at its places, read again from the source."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kartta.cli.finding import the_one
from kartta.cli.main import EXIT_INCOMPLETE
from kartta.cli.say import say
from kartta.cli.workspace import Workspace, options, today_option

if TYPE_CHECKING:
    from rich.text import Text

    from detectors.analyse import Analyser
    from detectors.excerpts import Excerpt, Line, Piece
    from kartta.audit import Audit
    from rules.model import Violation
    from scanner.connectors.base import Connector, SourceConfig
    from scanner.locator import Locator
    from scanner.model import Asset, Segment
    from scanner.opening import Session

MOST_PLACES = 6
WIDEST = 60
"""Characters of a line before and after a hit."""
_BEGIN, _END = "»", "«"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One asset of a finding, and the places in it."""

    source: str
    asset: str
    places: "tuple[Locator, ...]"


@click.command
@click.argument("finding", metavar="ID")
@click.option("--reveal", is_flag=True, help="Show the text itself; only on a terminal.")
@click.option(
    "--context",
    "around",
    type=click.IntRange(0, 50),
    default=2,
    show_default=True,
    help="Lines, or rows of a column, before and after.",
)
@options
@today_option
def show(
    finding: str,
    around: int,
    config_file: Path | None,
    catalog: str | None,
    today: datetime,
    *,
    reveal: bool,
) -> None:
    """Show a finding of the last scan and what stands at its places.

    The source is opened again, for reading only and within the limits of a scan; nothing is stored
    or logged. What was recognized is masked and what the finding points to stands between » and «;
    what no recognizer sees is shown as it is. With --reveal nothing is masked: it needs a terminal,
    so that no value ends in a file or in a pipeline's log. ID may be cut short.

    \b
    Examples:
      kartta show RET-01-7f3a2c9b41d0
      kartta show RET-01-7f3a --context 5
      kartta show RET-01-7f3a --reveal

    \b
    Exit status: 0 shown, 2 usage or configuration, 3 a place could not be read again.
    """
    from scanner.errors import ConfigError
    from scanner.scratch import scratch

    if reveal and not sys.stdout.isatty():
        raise ConfigError(
            "--reveal writes to a terminal only, so that no value ends in a file",
            hint="run it in a terminal, or leave out --reveal",
        )
    space = Workspace.open(config_file, catalog)
    with scratch(space.config.scratch), space.audit(today.date()) as audit:
        violation = the_one(audit, finding)
        _head(violation)
        reader = _Reader(space, audit, around, reveal=reveal)
        missed = [wanted for wanted in _wanted(audit, violation) if not reader.show(wanted)]
    if missed:
        raise SystemExit(EXIT_INCOMPLETE)


def _head(violation: "Violation") -> None:
    say(f"{violation.id}  {violation.severity}  {violation.title.en}")
    say(violation.message.en)
    if violation.first_seen:
        due = f", due {violation.due}" if violation.due else ""
        owner = f", owner: {violation.owner}" if violation.owner else ""
        say(f"{violation.status}, first seen {violation.first_seen}{due}{owner}")
    if violation.waiver:
        say(f"{violation.waiver.kind}, {violation.waiver.owner}: {violation.waiver.reason}")


def _wanted(audit: "Audit", violation: "Violation") -> "Iterator[_Wanted]":
    """Give what can be read again, asset by asset; say where the rest stands."""
    scanned = {str(each.source.id): each.source.location for each in audit.sources}
    places: dict[tuple[str, str], list[Locator]] = {}
    for item in violation.evidence:
        if item.source not in scanned:
            file, line = audit.declarations.at(item.asset)
            say("")
            say(f"declared: {item.asset}" + (f" ({file}:{line})" if file else ""))
        elif item.asset != scanned[item.source]:  # else the source itself is the evidence
            places.setdefault((item.source, item.asset), []).append(item.locator)
    count = 0
    for (source, asset), all_of_it in places.items():
        few = tuple(dict.fromkeys(all_of_it))[: MOST_PLACES - count]
        if few:
            yield _Wanted(source, asset, few)
        count += len(few)


class _Reader:
    """Opens sources again, and prints what stands where."""

    def __init__(self, space: Workspace, audit: "Audit", around: int, *, reveal: bool) -> None:
        self._space = space
        self._audit = audit
        self._around = around
        self._reveal = reveal
        self._analyser: Analyser | None = None

    def show(self, wanted: _Wanted) -> bool:
        """Print an asset's excerpts; say whether it could be read."""
        from scanner.errors import AuditError
        from scanner.opening import Session, opening

        try:
            config = self._config(wanted.source)
            limits = self._space.config.limits
            with Session(opening(config, limits), limits=limits) as session:
                asset = _found(session, wanted.asset)
                if asset is None:
                    say(
                        f"{wanted.source}: {wanted.asset} is no longer there: it was deleted or "
                        f"moved after run {self._audit.run.id}; scan again",
                        err=True,
                    )
                    return False
                self._print(session, asset, wanted)
        except AuditError as error:
            say(f"{wanted.source}: {wanted.asset} cannot be read: {error.message}", err=True)
            return False
        return True

    def _config(self, source: str) -> "SourceConfig":
        """Give the source as it is configured, or as the scan found it without configuration."""
        from scanner.connectors.targets import config_for

        for config in self._space.config.sources:
            if config.id == source:
                return config
        found = next(each.source for each in self._audit.sources if each.source.id == source)
        return config_for(found.location).model_copy(update={"id": source})

    def _print(self, session: "Session", asset: "Asset", wanted: _Wanted) -> None:
        from detectors.excerpts import excerpts
        from scanner.deadline import OutOfTime, within
        from scanner.errors import SourceError

        has_changed = asset.fingerprint != self._audit.fingerprint_of(wanted.source, wanted.asset)
        if has_changed:
            say(f"{wanted.asset} has changed since it was scanned; scan again", err=True)

        def read(connector: "Connector") -> "tuple[tuple[Excerpt | None, bool], ...]":
            segments = _segments(connector, asset)
            analyser = self._analysis()
            return within(
                self._space.config.limits,
                lambda _: excerpts(analyser, segments, asset.path, wanted.places, self._around),
            )

        try:
            found = session.retried(read)
        except (OutOfTime, MemoryError) as error:
            raise SourceError("it takes more time or memory than an asset is given") from error
        for place, (excerpt, is_exact) in zip(wanted.places, found, strict=True):
            self._print_one(wanted, place, excerpt, is_exact=is_exact)

    def _print_one(
        self, wanted: _Wanted, place: "Locator", excerpt: "Excerpt | None", *, is_exact: bool
    ) -> None:
        from rich.console import Console
        from rich.text import Text

        from reports.place import place_in_words
        from reports.text import visible
        from reports.wording import wording

        words = wording("en")
        where = place_in_words(excerpt.place if excerpt else place, wanted.asset, words)
        name = f"{wanted.source}: {wanted.asset}" + (f", {where}" if where else "")
        say("")
        say(name)
        if excerpt is None:
            say("  nothing is recognized here any more", err=True)
            return
        if not is_exact:
            say("  not at its old place: this is the nearest in the same part", err=True)
        if excerpt.label:
            # A label may hold a value too: it is shown as it is stored.
            label = self._analysis().headings.shown(excerpt.label)
            say(f"  {label or '…'}: {', '.join(excerpt.entities)}")
        else:
            say(f"  {', '.join(excerpt.entities)}")
        width = max(len(line.name) for line in excerpt.lines)
        console = Console(highlight=False, soft_wrap=True)
        for line in excerpt.lines:
            mark = ">" if line.is_hit else " "
            gutter = f"  {mark} {visible(line.name):>{width}} | "
            console.print(Text.assemble(gutter, self._text(line)))

    def _text(self, line: "Line") -> "Text":
        """Write a line, cut around what is looked for."""
        from rich.text import Text

        first = next((n for n, piece in enumerate(line.pieces) if piece.is_hit), None)
        text = Text()
        if first is None:
            text.append(_cut(self._joined(line.pieces), 2 * WIDEST))
            return text
        last = max(n for n, piece in enumerate(line.pieces) if piece.is_hit)
        before = self._joined(line.pieces[:first])
        text.append(before if len(before) <= WIDEST else f"…{before[-WIDEST:]}")
        for piece in line.pieces[first : last + 1]:
            if piece.is_hit:
                text.append(f"{_BEGIN}{self._shown(piece)}{_END}", "bold reverse")
            else:
                text.append(_cut(self._shown(piece), WIDEST))
        text.append(_cut(self._joined(line.pieces[last + 1 :]), WIDEST))
        return text

    def _joined(self, pieces: "Sequence[Piece]") -> str:
        return "".join(map(self._shown, pieces))

    def _shown(self, piece: "Piece") -> str:
        from reports.text import visible

        return visible(piece.text if self._reveal or piece.mask is None else piece.mask)

    def _analysis(self) -> "Analyser":
        """Give the recognizers of the last scan, and whom they looked for."""
        from detectors.analyse import Analyser
        from kartta.cli.inspect import earlier_scan

        if self._analyser is None:
            key, people = earlier_scan(self._space)
            domains = self._audit.register.controller.domains
            self._analyser = Analyser(self._space.config.settings(domains), key)
            self._analyser.know(people)
        return self._analyser


def _found(session: "Session", path: str) -> "Asset | None":
    with closing(session.listed(None)) as listed:
        return next((asset for asset, _ in listed if asset.path == path), None)


def _segments(connector: "Connector", asset: "Asset") -> "Iterator[Segment]":
    """Read an asset; say what cannot be."""
    from scanner.model import Segment, Skip
    from scanner.work import guarded

    for content in guarded(connector, asset):
        if isinstance(content, Segment):
            yield content
        elif isinstance(content, Skip):
            say(f"  not examined: {content.detail}", err=True)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
