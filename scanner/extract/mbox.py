"""Mailboxes in the mbox format: message after message, only one in memory.

A message begins at a line `From …` after an empty line, if the line holds a date or a header
follows it; in a body without an empty line, if both are so and it is as mail programs write it.
Programs that do not escape `From ` in bodies are common, and a body cut in two would lose its
attachments. What stands before the first such line is a message too, so that nothing is missed.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from scanner.errors import AssetError
from scanner.extract.base import Budget, Part
from scanner.extract.dispatch import member, skip_of
from scanner.extract.registry import BY_NAME
from scanner.model import Content, Skip, SkipReason

_LINE = 65_536
"""Longer lines are read in pieces; only their beginning can separate messages."""
_MARK = b"\xef\xbb\xbf"
"""Of UTF-8, as some programs put it before the first message."""
_DATED = re.compile(rb"From .*\b\d{1,2}:\d\d\b.*\b(19|20)\d\d\b")
_WRITTEN = re.compile(
    rb"From \S+ +(Mon|Tue|Wed|Thu|Fri|Sat|Sun) "
    rb"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]?\d \d\d:\d\d(:\d\d)?( \S+)* \d{4}\b"
)
_HEADER = re.compile(rb"[!-9;-~]{1,100}:|From ")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


def extract(part: Part, budget: Budget) -> Iterator[Content]:
    """Yield each message's contents under `message:N`.

    A mailbox unpacks nothing, so each message has a budget of its own: a mailbox of a hundred
    thousand mails is no bomb, and one mail that holds a bomb costs that mail only.
    """
    for number, content in enumerate(_messages(part.stream, budget.limits.max_bytes), 1):
        place = part.locator.then("message", number)
        if content is None:
            detail = f"larger than {budget.limits.max_bytes} bytes"
            yield Skip(SkipReason.TOO_LARGE, detail, place)
            continue
        message = Part(f"{number}.eml", BytesIO(content), place)
        own = Budget(budget.limits, depth=budget.depth)
        try:
            yield from member(message, own, BY_NAME["eml"])
        except AssetError as error:
            if not own.is_exhausted:
                raise
            yield skip_of(error, message)


def lines(stream: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Give what is left of a stream line by line, and whether a message after the first begins.

    Together the lines are every byte. Empty lines before the first message are part of it.
    """
    is_started = in_body = False
    is_whole = after_empty = True
    line = stream.readline(_LINE)
    while line:
        following = stream.readline(_LINE)
        begins = is_started and is_whole and line.startswith(b"From ")
        if begins and after_empty:
            begins = bool(_DATED.match(line) or _HEADER.match(following))
        elif begins:
            begins = in_body and bool(_WRITTEN.match(line) and _HEADER.match(following))
        yield line, begins
        is_started = is_started or not _is_blank(line)
        after_empty = is_whole and not line.strip(b"\r\n")
        in_body = after_empty or (in_body and not begins)
        is_whole = line.endswith(b"\n")
        line = following


def original(message: bytes) -> bytes:
    """Give a message as it was before it was put into the mailbox."""
    if not message.startswith(b"From "):
        message = message.removeprefix(_MARK).lstrip(b"\r\n")
    if message.startswith(b"From "):
        message = message.partition(b"\n")[2]
    return _ESCAPED.sub(rb"\1", message)


def _is_blank(line: bytes) -> bool:
    return not line.removeprefix(_MARK).strip(b"\r\n")


def _messages(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """Give each message; None for one that is too large."""
    message: list[bytes] = []
    size = 0
    for line, begins in lines(stream):
        if begins:
            yield _joined(message, size, limit)
            message, size = [], 0
        size += len(line)
        if size <= limit:
            message.append(line)
    if not all(map(_is_blank, message)):
        yield _joined(message, size, limit)


def _joined(message: list[bytes], size: int, limit: int) -> bytes | None:
    return None if size > limit else original(b"".join(message))
