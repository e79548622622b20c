"""Files of a company's share: with their dates, and some that are a later migration's."""

import os
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path

from bench.companies.world import Candidacy, Post

_MIGRATED = date(2026, 4, 11)


def put(folder: Path, path: str, content: bytes, day: date, *, moved: bool = False) -> None:
    """Write a file with the date of its day, or of the migration."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    at = datetime.combine(_MIGRATED if moved else day, time(12), UTC).timestamp()
    os.utime(file, (at, at))


def by_post(everybody: Iterable[Candidacy]) -> list[tuple[Post | None, list[Candidacy]]]:
    """Group candidacies by their position."""
    found: dict[str, list[Candidacy]] = {}
    for each in everybody:
        found.setdefault(each.post.key if each.post else "", []).append(each)
    return [(own[0].post, own) for own in found.values()]


def named(text: str, language: str) -> tuple[tuple[str, str, str], ...]:
    """Read names: `Given Family` or `Given Family:fi`, parted by bars and line ends."""
    found = []
    for each in text.replace("\n", "|").split("|"):
        if each:
            name, _, own = each.partition(":")
            given, family = name.split(" ", 1)
            found.append((given, family, own or language))
    return tuple(found)
