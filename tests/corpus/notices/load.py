"""Reads the invented notices: their files, in the form in which they come, and their gold.

A gold file says what a careful reader finds in the notice: the shape of `kartta notice read`, with
the words and the line for each fact, and null where the notice is silent.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import yaml

HERE = Path(__file__).parent
HELD_OUT = ("05",)
_GOLD = ".gold.yaml"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice and what it says."""

    name: str
    """Language and number: `fi-01`."""
    source: Path
    """`fi-01.txt`; `da-02.pdf.txt` where the text is made into a PDF."""
    gold: Mapping[str, Any]

    @property
    def language(self) -> str:
        """Give fi, sv, no, da or en."""
        return self.name.partition("-")[0]

    @property
    def is_held_out(self) -> bool:
        """Say whether it only measures, and nobody may tune on it."""
        return self.name.endswith(HELD_OUT)

    def file(self, folder: Path) -> Path:
        """Give the file as a reader gets it; a PDF or DOCX is made in the folder."""
        kind = self.source.suffixes[0]
        if kind not in {".pdf", ".docx"}:
            return self.source
        made = folder / f"{self.name}{kind}"
        lines = self.source.read_text(encoding="utf-8").splitlines()
        (_write_pdf if kind == ".pdf" else _write_docx)(made, lines)
        return made


def notices() -> Iterator[Notice]:
    """Give all notices, by name."""
    for path in sorted(HERE.glob(f"*{_GOLD}")):
        gold = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield Notice(path.name.removesuffix(_GOLD), HERE / gold["meta"]["source_file"], gold)


def evidence_in(part: object, path: str = "") -> Iterator[tuple[str, int, str]]:
    """Give the place in the gold, the line and the words of each piece of evidence below it."""
    if isinstance(part, Mapping):
        if "line" in part and "quote" in part:
            yield path, part["line"], part["quote"]
        for key, value in part.items():
            yield from evidence_in(value, f"{path}.{key}" if path else str(key))
    elif isinstance(part, list | tuple):
        for number, value in enumerate(part):
            yield from evidence_in(value, f"{path}[{number}]")


def _write_pdf(path: Path, lines: list[str]) -> None:
    """Set each line as a paragraph: long ones run over several lines of the page."""
    from reportlab.lib.styles import getSampleStyleSheet  # noqa: PLC0415 - only for one notice
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate  # noqa: PLC0415

    style = getSampleStyleSheet()["BodyText"]
    story: list[Flowable] = [Paragraph(escape(line), style) for line in lines if line]
    SimpleDocTemplate(str(path), invariant=1).build(story)


def _write_docx(path: Path, lines: list[str]) -> None:
    """Make each line a paragraph, one that begins with § a heading."""
    from docx import Document  # noqa: PLC0415 - only for one notice

    document = Document()
    for line in lines:
        document.add_paragraph(line, style="Heading 2" if line.startswith("§") else None)
    document.save(str(path))
