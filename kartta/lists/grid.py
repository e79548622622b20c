"""A file of rows, opened: CSV with any common delimiter and encoding, or the sheets of a workbook.

Rows are numbered as a spreadsheet shows them: the first is 1, heading and empty rows count.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scanner.errors import AssetError, ConfigError
from scanner.extract import csv, xlsx
from scanner.extract.base import Budget, Limits, Part

LIMITS = Limits(max_bytes=64 * 1024**2, max_unpacked=512 * 1024**2)
MOST_ROWS = 200_000

_TEXT = frozenset({".csv", ".tsv", ".txt"})
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet, or of a file without sheets."""

    name: str
    """Empty for a file without sheets."""
    rows: Sequence[Sequence[str] | None] = field(repr=False)
    """None for one that cannot be read."""


def sheets_of(path: Path) -> tuple[Sheet, ...]:
    """Read a file.

    Raises:
        ConfigError: it is not there, cannot be read, or is no such file.
    """
    suffix = path.suffix.lower()
    if suffix not in _TEXT | _WORKBOOKS:
        raise ConfigError(f"{path}: is no list", hint="save it as CSV or XLSX")
    part = Part(path.name, io.BytesIO(_content(path)))
    try:
        if suffix in _TEXT:
            return (Sheet("", _counted(path, csv.grid(part))),)
        return tuple(
            Sheet(name, _counted(path, rows)) for name, rows in xlsx.grids(part, Budget(LIMITS))
        )
    except AssetError as error:
        raise ConfigError(f"{path}: {error.message}", hint="open it and save it anew") from error


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LIMITS.max_bytes + 1)
    except OSError as error:
        raise ConfigError(
            f"{path}: {error.strerror}", hint="check the path under 'lists:' in kartta.yaml"
        ) from error
    if len(content) > LIMITS.max_bytes:
        raise ConfigError(
            f"{path}: larger than {LIMITS.max_bytes // 1024**2} MiB", hint="divide it into several"
        )
    return content


def _counted(
    path: Path, rows: Iterator[list[str]] | Iterator[list[str] | None]
) -> list[list[str] | None]:
    found: list[list[str] | None] = []
    for row in rows:
        if len(found) >= MOST_ROWS:
            raise ConfigError(
                f"{path}: more than {MOST_ROWS} rows", hint="divide it into several files"
            )
        found.append(row)
    return found
