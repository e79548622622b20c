"""Mailboxes: message after message, only one in memory."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from scanner.errors import AssetError
from scanner.extract.base import Budget, Part
from scanner.extract.dispatch import member, skip_of
from scanner.extract.registry import BY_NAME
from scanner.model import Content, Skip, SkipReason

ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
LINE = 65_536
HEADER = re.compile(rb"[!-9;-~]{1,80}:")


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


def _messages(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """Cut at `From ` lines that follow an empty line and precede a header; None if too large."""
    lines: list[bytes] = []
    size = 0
    is_begun = False
    after_empty = True
    line = stream.readline(LINE)
    while line:
        following = stream.readline(LINE)
        if after_empty and line.startswith(b"From ") and HEADER.match(following):
            if is_begun:
                yield _joined(lines, size, limit)
            lines, size, is_begun = [], 0, True
        elif is_begun:
            size += len(line)
            if size <= limit:
                lines.append(line)
        after_empty = not line.strip(b"\r\n")
        line = following
    if is_begun:
        yield _joined(lines, size, limit)


def _joined(lines: list[bytes], size: int, limit: int) -> bytes | None:
    return None if size > limit else ESCAPED.sub(rb"\1", b"".join(lines))
