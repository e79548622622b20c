"""Lists of an invented office, as files, and the clocks that they lead to."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner, Result
from openpyxl import Workbook

from detectors.base import DetectorSettings
from detectors.keys import Keys
from kartta.cli.main import cli
from kartta.config import ListEntry
from kartta.lists.read import Read, read

Cell = str | int | float | date | datetime | None

KEYS = Keys(DetectorSettings(own_domains=("toimisto.example",)), b"k" * 32)
REGISTER = {
    "version": 1,
    "controller": {"name": "Toimisto Oy", "country": "FI", "domains": ["toimisto.example"]},
    "activities": [
        {
            "id": "recruitment",
            "name": "Rekrytointi",
            "categories": ["identity.name", "contact", "recruitment.cv"],
            "retention": [
                {"id": "year", "duration": "P1Y", "trigger": "selection_told", "basis": "A6-1-f"}
            ],
            "systems": ["files"],
        }
    ],
    "systems": [
        {"id": "files", "name": "Files", "kind": "file_share", "country": "FI", "sources": ["cvs"]}
    ],
}
LETTER = """\
{name}
{email}
Ansioluettelo
Työkokemus: vartija 2019-2024, Helsinki. Koulutus: ammattitutkinto 2018.
Kielitaito: suomi ja ruotsi. Harrastukset: jousiammunta.
"""


class Office:
    """A folder of applicants' documents, its register, and lists beside them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lists: list[dict[str, Any]] = []
        self.register = json.loads(json.dumps(REGISTER))
        (folder / "cvs").mkdir()

    def cv(self, position: str, name: str, email: str) -> str:
        """Put somebody's CV into a position's folder."""
        path = self.folder / "cvs" / position / f"CV_{name.replace(' ', '_')}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(LETTER.format(name=name, email=email), encoding="utf-8")
        return path.relative_to(self.folder / "cvs").as_posix()

    def list(
        self, kind: str, name: str, text: str, encoding: str = "utf-8", **more: object
    ) -> Path:
        """Write a list, and name it in the audit file."""
        path = self.folder / name
        path.write_bytes(text.encode(encoding))
        self.lists.append({"kind": kind, "path": name, **more})
        return path

    def run(self, *arguments: str, code: int | None = 0) -> Result:
        """Run a command on the audit file."""
        (self.folder / "register.yaml").write_text(yaml.safe_dump(self.register), encoding="utf-8")
        (self.folder / "kartta.yaml").write_text(
            yaml.safe_dump(
                {
                    "organisation": {"name": "Toimisto Oy", "domains": ["toimisto.example"]},
                    "register": "register.yaml",
                    "sources": [{"id": "cvs", "kind": "folder", "path": "cvs"}],
                    "lists": self.lists,
                }
            ),
            encoding="utf-8",
        )
        config = str(self.folder / "kartta.yaml")
        result = CliRunner().invoke(cli, [*arguments, "-c", config], catch_exceptions=False)
        assert code is None or code == result.exit_code, result.output
        return result

    def clocks(self, today: str = "2026-11-22") -> dict[str, dict[str, Any]]:
        """Scan, and give the state of each copy by its asset."""
        self.run("scan", "--today", today)
        lines = self.run("clock", "--format", "jsonl", "--today", today).stdout.splitlines()
        return {each["asset"]: each for each in map(json.loads, lines)}


def read_text(path: Path, kind: str, text: str, encoding: str = "utf-8", **more: object) -> Read:
    """Write a list, and read it."""
    path.write_bytes(text.encode(encoding))
    return read(ListEntry.model_validate({"kind": kind, "path": path, **more}), KEYS)


def workbook(path: Path, **sheets: Iterable[Sequence[Cell]]) -> Path:
    """Write a workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path
