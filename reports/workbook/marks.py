"""What a cell can hold, and the mark by which an untouched cell is known again.

A workbook carries the marks of all its cells of the declared side: by them reading it back tells
what a person changed from what changed in the register meanwhile.
"""

from datetime import date, datetime
from hashlib import blake2b

from reports.text import visible
from reports.wording import Wording
from reports.workbook.model import Content

LONGEST = 32_767
"""UTF-16 units in one cell, a limit of the format."""
FORMAT = "1"
"""Of the sheet of marks; a workbook of another one is not read."""
RANGE = "Exported"
"""Name of the range of marks."""


def clean(text: str, words: Wording) -> str:
    """Give the text as a cell may hold it: nothing hidden, and what is too long cut with a mark."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    units = "\n".join(map(visible, lines)).encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return units.decode("utf-16-le")
    cut = words("cell.cut")
    return units[: 2 * (LONGEST - len(cut))].decode("utf-16-le", "ignore") + cut


def canonical(content: Content) -> str:
    """Give a cell's text as it is compared: what offices change by themselves does not count."""
    if isinstance(content, datetime):
        content = content.date() if content.time() == datetime.min.time() else content
    if content is None:
        return ""
    if isinstance(content, date):
        return content.isoformat()
    if isinstance(content, float) and content.is_integer():
        content = int(content)
    text = str(content).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def written(content: Content, words: Wording) -> str:
    """Give the canonical text of a cell that is written."""
    return canonical(clean(content, words) if isinstance(content, str) else content)


def mark(text: str) -> str:
    """Give the mark of a canonical text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
