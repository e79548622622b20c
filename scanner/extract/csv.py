"""Comma, semicolon, tab or pipe separated values, streamed; other text is read as text."""

import csv
from collections import Counter
from collections.abc import Iterator

from scanner.extract import plain
from scanner.extract.base import Budget, Part
from scanner.extract.table import table
from scanner.model import Content, Skip, SkipReason

DELIMITERS = ",;\t|"
SAMPLE = 65_536
SAMPLE_LINES = 50
AGREEMENT = 0.8
MAX_FIELD = 4 * 1024**2


def extract(part: Part, budget: Budget) -> Iterator[Content]:
    """Yield a table column by column; text that is no table as it is."""
    encoding = plain.encoding_of(part.stream, part.charset)
    start = part.stream.tell()
    sample = part.stream.read(SAMPLE).decode(encoding.name, "replace")
    part.stream.seek(start)
    delimiter = delimiter_of(sample)
    if not delimiter:
        yield from plain.extract(part, budget)
        return
    broken: list[int] = []
    lines = (line.replace("\0", "") for line in plain.lines(part.stream, encoding))
    yield from table(part.locator, _rows(lines, delimiter, broken))
    if broken:
        detail = f"{len(broken)} rows hold an unclosed quote and were not read, at line {broken[0]}"
        yield Skip(SkipReason.UNREADABLE, detail, part.locator)


def grid(part: Part) -> Iterator[list[str] | None]:
    """Give the rows as they stand, empty ones too; None for one that cannot be read.

    After a quote that is opened and not closed nothing can be read: the last is then None. Text
    that no character divides is a table of one column.
    """
    encoding = plain.encoding_of(part.stream, part.charset)
    start = part.stream.tell()
    sample = part.stream.read(SAMPLE).decode(encoding.name, "replace")
    part.stream.seek(start)
    csv.field_size_limit(MAX_FIELD)
    lines = (line.replace("\0", "") for line in plain.lines(part.stream, encoding))
    reader = csv.reader(lines, delimiter=delimiter_of(sample) or _commonest(sample), strict=True)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield None


def _commonest(sample: str) -> str:
    """Give the likeliest delimiter of what people have written titles above."""
    return max(DELIMITERS, key=lambda each: _count(sample, each))


def delimiter_of(sample: str) -> str:
    r"""Find the character that divides most lines into the same number of cells.

    >>> delimiter_of("nimi;puhelin\nAino;040\n")
    ';'
    >>> delimiter_of("Hei, mitä kuuluu?\nHyvää.\n")
    ''
    """
    lines = [line for line in sample.splitlines()[:SAMPLE_LINES] if line.strip()]
    best, most = "", 0
    for delimiter in DELIMITERS:
        counts = Counter(_count(line, delimiter) for line in lines)
        number, agreeing = counts.most_common(1)[0] if counts else (0, 0)
        if number > most and agreeing >= AGREEMENT * len(lines):
            best, most = delimiter, number
    return best or (_quoted(sample) if '"' in sample else "")


def _count(line: str, delimiter: str) -> int:
    """Count delimiters outside quotes."""
    return sum(piece.count(delimiter) for piece in line.split('"')[::2])


def _quoted(sample: str) -> str:
    """Try once more where quoted cells hold line ends."""
    for delimiter in DELIMITERS:
        try:
            rows = list(csv.reader(sample.splitlines(keepends=True), delimiter=delimiter))[:-1]
        except csv.Error:
            return ""
        widths = Counter(len(row) for row in rows if row)
        width, agreeing = widths.most_common(1)[0] if widths else (1, 0)
        if width > 1 < len(rows) and agreeing >= AGREEMENT * sum(widths.values()):
            return delimiter
    return ""


def _rows(lines: Iterator[str], delimiter: str, broken: list[int]) -> Iterator[list[str]]:
    """Parse rows; one that csv refuses is noted in `broken`."""
    csv.field_size_limit(MAX_FIELD)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            broken.append(reader.line_num)
            continue
        if any(row):
            yield row
