"""Files of notices as lines: text, Markdown, HTML, PDF, DOCX, by the scanner's extractors."""

from pathlib import Path

from ropa.notice.sections import notice_of
from ropa.notice.text import NoticeText
from scanner.errors import RegisterError
from scanner.extract.base import Budget, Limits, Part
from scanner.extract.dispatch import extract
from scanner.model import Segment


def open_notice(path: Path) -> NoticeText:
    """Read a notice's text, its lines and sections.

    Raises:
        RegisterError: there is no such file, or no text in it.
    """
    try:
        with path.open("rb") as stream:
            contents = list(extract(Part(path.name, stream), Budget(Limits())))
    except OSError as error:
        raise RegisterError(f"{path}: {error.strerror}", hint="check the path") from error
    text = "\n".join(each.text for each in contents if isinstance(each, Segment))
    if not text.strip():
        raise RegisterError(f"{path}: there is no text in it", hint="a scanned page needs OCR")
    return notice_of(path.name, text)
