"""Code in pages that a person writes: kept equal to the files that it is from.

A page says `<!-- from examples/plugin/kartta_example/webvtt.py: FORMAT, extract -->`; the block
below it is those definitions, or without names the whole file.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tools.reference.source import ROOT

FOLDER = Path("docs/how-to")

_PLACE = re.compile(
    r"^<!-- from (?P<path>\S+?)(?:: (?P<names>[\w, ]+))? -->\n(?:```\w*\n.*?^```\n)?",
    re.MULTILINE | re.DOTALL,
)


def filled(text: str) -> str:
    """Give a page with every block as its file has it now."""
    return _PLACE.sub(_block, text)


def write(folder: Path = FOLDER) -> None:
    """Bring every page up to date."""
    for path in sorted(folder.glob("*.md")):
        path.write_text(filled(path.read_text("utf-8")), encoding="utf-8")


def _block(place: re.Match[str]) -> str:
    path = ROOT / place["path"]
    text = path.read_text("utf-8")
    marker = f"<!-- from {place['path']} -->"
    if place["names"]:
        names = [name.strip() for name in place["names"].split(",")]
        text = "\n\n\n".join(_definition(text, name, path) for name in names) + "\n"
        marker = f"<!-- from {place['path']}: {', '.join(names)} -->"
    return f"{marker}\n```{path.suffix.removeprefix('.')}\n{text}```\n".replace(
        "```py\n", "```python\n"
    )


def _definition(text: str, name: str, path: Path) -> str:
    lines = text.splitlines()
    for node in ast.parse(text).body:
        if name in _names(node):
            first = min(
                [node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))]
            )
            return "\n".join(lines[first - 1 : node.end_lineno])
    raise KeyError(f"{path} defines no {name}")


def _names(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
            yield name
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            yield name
