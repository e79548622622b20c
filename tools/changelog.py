"""The changelog, made from news fragments: `python -m tools.changelog [VERSION]`.

Without a version it shows what the next release will say. With one it writes that into
`CHANGELOG.md` and removes the fragments. A fragment is `changelog.d/ISSUE[.TOPIC].KIND.md`.
"""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent
MARK = "<!-- releases -->"
KINDS: Mapping[str, str] = {
    "security": "Security",
    "rules": "Rules (the results of an audit may change)",
    "added": "Added",
    "changed": "Changed",
    "fixed": "Fixed",
    "removed": "Removed",
}

_NAME = re.compile(rf"(\d+)(?:\.([a-z0-9-]+))?\.({'|'.join(KINDS)})\.md")


@dataclass(frozen=True, slots=True)
class Fragment:
    """One piece of news."""

    path: Path
    issue: int
    kind: str
    text: str


def fragments(folder: Path) -> tuple[Fragment, ...]:
    """Read the fragments, by issue and name.

    Raises:
        ValueError: a file is not named as a fragment, or is empty.
    """
    found = []
    for path in sorted(folder.iterdir()):
        name = _NAME.fullmatch(path.name)
        text = path.read_text("utf-8").strip()
        if name is None or not text:
            raise ValueError(f"{path}: name it ISSUE[.topic].{{{','.join(KINDS)}}}.md, with a text")
        found.append(Fragment(path, int(name[1]), name[3], text))
    return tuple(sorted(found, key=lambda each: (each.issue, each.path.name)))


def section(title: str, news: Sequence[Fragment]) -> str:
    """Write the section of one release."""
    return "\n".join(_lines(title, news)) + "\n"


def release(root: Path, version: str, day: date) -> None:
    """Write the fragments into the changelog, and remove them.

    Raises:
        ValueError: there is nothing to release, or a fragment cannot be read.
    """
    news = fragments(root / "changelog.d")
    if not news:
        raise ValueError("there are no news fragments in changelog.d")
    changelog = root / "CHANGELOG.md"
    before, mark, after = changelog.read_text("utf-8").partition(MARK)
    if not mark:
        raise ValueError(f"{changelog} has no line {MARK}")
    written = section(f"{version} ({day.isoformat()})", news)
    changelog.write_text(f"{before}{mark}\n\n{written}{after}", encoding="utf-8")
    for fragment in news:
        fragment.path.unlink()


def _lines(title: str, news: Sequence[Fragment]) -> Iterator[str]:
    yield f"## {title}"
    for kind, heading in KINDS.items():
        of_kind = [fragment for fragment in news if fragment.kind == kind]
        if of_kind:
            yield f"\n### {heading}\n"
        for fragment in of_kind:
            indented = fragment.text.replace("\n", "\n  ").replace("\n  \n", "\n\n")
            yield f"- {indented} (#{fragment.issue})"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        release(ROOT, sys.argv[1], datetime.now(UTC).date())
    else:
        print(section("Unreleased", fragments(ROOT / "changelog.d")), end="")
