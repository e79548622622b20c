"""Files of notices as lines: text, Markdown, HTML, PDF, DOCX, by the scanner's extractors.

What makes up a notice's parts is kept: headings and items of a web page get the marks that they
have in Markdown, and the lines of a PDF's page are put together into paragraphs.
"""

import io
import multiprocessing
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from ropa.model import Register
from ropa.notice.check import notice_subject
from ropa.notice.draft import draft_register
from ropa.notice.read import as_data, declared
from ropa.notice.sections import notice_of
from ropa.notice.text import NoticeText
from ropa.subjects import Subject
from scanner.deadline import OutOfTime, within
from scanner.errors import AssetError, RegisterError
from scanner.extract.base import Budget, Limits, Part
from scanner.extract.dispatch import extract
from scanner.isolation import deny_network
from scanner.locator import ATTRIBUTES, LINKS, Step
from scanner.model import Segment, Skip, SkipReason
from scanner.worker import confine

MOST_CHARACTERS = 200_000
"""Of a notice's text: a hundred pages."""
LIMITS = Limits(max_bytes=32 * 1024**2, max_unpacked=256 * 1024**2)
"""What reading a notice may cost."""

_BESIDE_THE_TEXT = frozenset({SkipReason.NO_TEXT, SkipReason.UNSUPPORTED})
"""Pictures and what is embedded: the notice's own text is whole without them."""

T = TypeVar("T")

_PAGE = re.compile(rb"<(?:!doctype\s+html|html|body|h[1-6]|p|div)\b", re.IGNORECASE)
_HEADING = re.compile(rb"(<h([1-6])\b[^<>]*>)", re.IGNORECASE)
_ITEM = re.compile(rb"(<li\b[^<>]*>)", re.IGNORECASE)
_UNSHOWN = (Step("section", ATTRIBUTES), Step("section", LINKS))
_FULL = 0.75
"""Of the width of the text: a line as long goes on in the next, if it ends no sentence."""
_ENDS = re.compile(r"[.:;!?]\s*$")
_STARTS = re.compile(r"\s*(?:[•●▪◦‣·*\u2013\u2014-]\s|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z])[.)]\s|§)")


def contained(path: Path, work: Callable[[NoticeText], T], limits: Limits = LIMITS) -> T:
    """Read a notice and work on it in a process of its own, no longer than an asset may take.

    A notice is a file from outside; what a library does with it may not even be interruptible.

    Raises:
        RegisterError: as `open_notice`; or it takes too much time or memory.
    """
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(1, context, _confined, (limits,)) as process:
        try:
            return process.submit(_within, limits, path, work).result()
        except BrokenProcessPool as error:
            raise RegisterError(
                f"{path}: a library was stuck in it for too long, or broke down",
                hint="save it as plain text, and give that",
            ) from error


def _confined(limits: Limits) -> None:
    deny_network()
    confine(limits)


def _within(limits: Limits, path: Path, work: Callable[[NoticeText], T]) -> T:
    try:
        return within(limits, lambda _: work(open_notice(path, limits)))
    except OutOfTime as error:
        raise RegisterError(
            f"{path}: reading it took longer than {limits.seconds:g} seconds",
            hint="save it as plain text, and give that",
        ) from error
    except MemoryError as error:
        raise RegisterError(
            f"{path}: reading it took too much memory", hint="save it as plain text, and give that"
        ) from error


def declared_in(notice: NoticeText) -> dict[str, Any]:
    """Give what a notice declares, as plain values."""
    return as_data(declared(notice))


def subject_of(notice: NoticeText, on: date) -> tuple[str, Subject]:
    """Give a notice's language, and what the rules judge of it on a day."""
    return notice.language, notice_subject(notice, declared_in(notice), on)


def register_of(notice: NoticeText, on: date) -> Register:
    """Draft the register that a notice leads to."""
    return draft_register(notice, declared_in(notice), on)


def open_notice(path: Path, limits: Limits = LIMITS) -> NoticeText:
    """Read a notice's text, its lines and sections.

    Raises:
        RegisterError: there is no such file, no text in it, or more than a notice has.
    """
    content = _content(path, limits)
    try:
        text = "\n".join(_shown(path, content, limits))
    except AssetError as error:
        raise RegisterError(f"{path}: {error.message}", hint="open and save it anew") from error
    if not text.strip():
        raise RegisterError(f"{path}: there is no text in it", hint="a scanned page needs OCR")
    if content.startswith(b"%PDF"):
        text = unwrapped(text)
    return replace(notice_of(path.name, text), sha256=sha256(content).hexdigest())


def _content(path: Path, limits: Limits) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(limits.max_bytes + 1)
    except OSError as error:
        raise RegisterError(f"{path}: {error.strerror}", hint="check the path") from error
    if len(content) > limits.max_bytes:
        raise RegisterError(
            f"{path}: larger than {limits.max_bytes // 1024**2} MiB",
            hint="save it as plain text, and give that",
        )
    return content


def _shown(path: Path, content: bytes, limits: Limits) -> Iterator[str]:
    """Give the texts that a reader of the file sees, as far as a notice goes."""
    characters = 0
    part = Part(path.name, io.BytesIO(_marked(content)))
    for each in extract(part, Budget(limits)):
        if isinstance(each, Skip) and each.reason not in _BESIDE_THE_TEXT:
            raise RegisterError(
                f"{path}: not all of its text can be read ({each.detail})",
                hint="what is silent in a part may be said in the rest: open and save it anew",
            )
        if not isinstance(each, Segment) or not _is_shown(each):
            continue
        characters += len(each.text)
        if characters > MOST_CHARACTERS:
            raise RegisterError(
                f"{path}: its text is longer than {MOST_CHARACTERS} characters",
                hint="no notice is: check the file, or give only its part that is the notice",
            )
        yield each.text


def _is_shown(segment: Segment) -> bool:
    """Leave out what a page does not show: properties, targets of links."""
    return not segment.label and segment.locator.last not in _UNSHOWN


def _marked(content: bytes) -> bytes:
    """Put marks before headings and items of a web page; other files stay as they are."""
    if _PAGE.search(content[:4096]) is None:
        return content
    content = _HEADING.sub(lambda found: found[1] + b"#" * int(found[2]) + b" ", content)
    return _ITEM.sub(rb"\1- ", content)


def unwrapped(text: str) -> str:
    r"""Put the lines of a page together into paragraphs.

    >>> unwrapped("We keep the data of all applicants\nfor two years.\nRights")
    'We keep the data of all applicants for two years.\nRights'
    """
    lines = text.split("\n")
    lengths = sorted(len(line) for line in lines if line.strip())
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    paragraphs: list[list[str]] = []
    goes_on = False
    for line in lines:
        if goes_on and line.strip() and not _STARTS.match(line):
            paragraphs[-1][-1] = paragraphs[-1][-1].rstrip()
            paragraphs[-1].append(line.strip())
        else:
            paragraphs.append([line])
        goes_on = len(line) >= _FULL * width and not _ENDS.search(line)
    return "\n".join(" ".join(paragraph) for paragraph in paragraphs)
