"""Tables as text: a column at a time, so that its heading speaks for every value in it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from scanner.locator import Locator, Step
from scanner.model import Segment

BATCH_ROWS = 1_000
BATCH_CHARACTERS = 262_144


def columns(
    locator: Locator, header: Sequence[str], rows: Iterable[Sequence[str]], first: int = 1
) -> Iterator[Segment]:
    """Turn rows into one segment for each column and batch of rows.

    Empty cells are left out. Each segment's `records` name the rows (`row:17`), counted from
    `first`, so that values of one row can be joined again. A row longer than the header gives
    columns named by their position (`column 9`).
    """
    number = first
    stream = iter(rows)
    while batch := _batch(stream):
        width = max(len(header), *map(len, batch))
        names = [str(Step("row", str(each))) for each in range(number, number + len(batch))]
        for index in range(width):
            label = header[index] if index < len(header) else f"column {index + 1}"
            place = locator.column(label).rows(number, number + len(batch) - 1)
            yield from _column(place, label, index, batch, names)
        number += len(batch)


def _batch(stream: Iterator[Sequence[str]]) -> list[Sequence[str]]:
    """Take rows until there are many or they are long."""
    batch: list[Sequence[str]] = []
    characters = 0
    for row in islice(stream, BATCH_ROWS):
        batch.append(row)
        characters += sum(map(len, row))
        if characters > BATCH_CHARACTERS:
            break
    return batch


def _column(
    place: Locator, label: str, index: int, batch: list[Sequence[str]], names: list[str]
) -> Iterator[Segment]:
    cells: list[str] = []
    records: list[tuple[int, str]] = []
    offset = 0
    for name, row in zip(names, batch, strict=True):
        cell = row[index] if index < len(row) else ""
        if not cell or cell.isspace():
            continue
        records.append((offset, name))
        cells.append(cell)
        offset += len(cell) + 1
    if cells:
        yield Segment(place, "\n".join(cells), label, tuple(records))
