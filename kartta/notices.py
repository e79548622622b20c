"""Files of notices as lines: text, Markdown, HTML, PDF, DOCX, by the scanner's extractors.

What makes up a notice's parts is kept: headings and items of a web page get the marks that they
have in Markdown, and the lines of a PDF's page are put together into paragraphs.
"""

import io
import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from ropa.notice.sections import notice_of
from ropa.notice.text import NoticeText
from scanner import memory
from scanner.deadline import OutOfTime, within
from scanner.errors import AssetError, RegisterError, TooLarge
from scanner.extract.base import Budget, Limits, Part
from scanner.extract.dispatch import extract
from scanner.locator import ATTRIBUTES, LINKS, Step
from scanner.model import Content, Segment

_PAGE = re.compile(rb"<(?:!doctype\s+html|html|body|h[1-6]|p|div)\b", re.IGNORECASE)
_HEADING = re.compile(rb"(<h([1-6])\b[^>]*>)", re.IGNORECASE)
_ITEM = re.compile(rb"(<li\b[^>]*>)", re.IGNORECASE)
_UNSHOWN = (Step("section", ATTRIBUTES), Step("section", LINKS))
_FULL = 0.75
"""Of the width of the text: a line as long goes on in the next, if it ends no sentence."""
_ENDS = re.compile(r"[.:;!?]\s*$")
_STARTS = re.compile(r"\s*(?:[•●▪◦‣·*\u2013\u2014-]\s|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z])[.)]\s|§)")


def open_notice(path: Path) -> NoticeText:
    """Read a notice's text, its lines and sections.

    Raises:
        RegisterError: there is no such file, or no text in it.
    """
    try:
        with path.open("rb") as stream:
            content = Part(path.name, stream).read(Budget(Limits()))
    except OSError as error:
        raise RegisterError(f"{path}: {error.strerror}", hint="check the path") from error
    except TooLarge as error:
        raise RegisterError(f"{path}: {error.message}", hint="is it a notice?") from error
    try:
        contents = _contents(path.name, content)
    except OutOfTime as late:
        raise RegisterError(
            f"{path}: reading it takes longer than a file is given", hint="save its text anew"
        ) from late
    except MemoryError as error:
        raise RegisterError(
            f"{path}: reading it takes more memory than a file is given", hint="save its text anew"
        ) from error
    except AssetError as error:
        raise RegisterError(f"{path}: {error.message}", hint="open and save it anew") from error
    text = "\n".join(
        each.text for each in contents if isinstance(each, Segment) and _is_shown(each)
    )
    if not text.strip():
        raise RegisterError(f"{path}: there is no text in it", hint="a scanned page needs OCR")
    if content.startswith(b"%PDF"):
        text = unwrapped(text)
    return replace(notice_of(path.name, text), sha256=sha256(content).hexdigest())


def _contents(name: str, content: bytes) -> list[Content]:
    """Read a file as an asset is read, within the limits of one."""
    limits = Limits()
    with memory.at_most(memory.address_space() + limits.memory):
        part = Part(name, io.BytesIO(_marked(content)))
        return within(limits, lambda _: list(extract(part, Budget(limits))))


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
    paragraphs: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on and line.strip() and not _STARTS.match(line):
            paragraphs[-1] = f"{paragraphs[-1].rstrip()} {line.strip()}"
        else:
            paragraphs.append(line)
        goes_on = len(line) >= _FULL * width and not _ENDS.search(line)
    return "\n".join(paragraphs)
