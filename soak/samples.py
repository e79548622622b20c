"""One small good file of every format that is read, about invented people, to be mutated."""

import bz2
import gzip
import lzma
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.scanner.extract import made

SECONDS = 120
"""In which LibreOffice has to convert a file."""
_CONVERTED = ("xls", "ods", "fods")
"""What LibreOffice makes of a workbook, where it is installed."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A good file."""

    form: str
    """The suffix that its name has, without the dot."""
    content: bytes = field(repr=False)


def samples(folder: Path) -> tuple[Sample, ...]:
    """Make all of them, in a folder for what has to be a file on the way."""
    folder.mkdir(parents=True, exist_ok=True)
    members = {"cv.docx": made.word(), "in/b.txt": made.TEXT.encode(), "p.pdf": made.pdf(made.TEXT)}
    good = {
        "txt": made.TEXT.encode(),
        "log": made.TEXT.encode("utf-16"),
        "md": made.TEXT.encode("latin-1"),
        "html": f"<title>CV</title><p>{made.TEXT}</p><a href='mailto:{made.EMAIL}'>m</a>".encode(),
        "eml": made.MAIL.encode(),
        "mht": made.MAIL.replace("mixed", "related").encode(),
        "mbox": f"From x\n{made.MAIL}\n\nFrom y\n{made.MAIL}".encode(),
        "pdf": made.pdf(made.TEXT, "toinen sivu"),
        "docx": made.word(),
        "xlsx": made.workbook(),
        "pptx": made.slides(),
        "odt": made.odt(),
        "csv": made.table(),
        "tsv": made.table().replace(b";", b"\t"),
        "json": made.tree(),
        "jsonl": made.tree() + b"\n" + made.tree() + b"\n",
        "xml": f"<?xml version='1.0'?><cvs><cv><name>{made.NAME}</name></cv></cvs>".encode(),
        "svg": f"<svg><text>{made.TEXT}</text></svg>".encode(),
        "sqlite": made.database(folder),
        "zip": made.zipped(members),
        "tar": made.tarred(members),
        "tgz": gzip.compress(made.tarred(members)),
        "gz": gzip.compress(made.TEXT.encode()),
        "bz2": bz2.compress(made.TEXT.encode()),
        "xz": lzma.compress(made.TEXT.encode()),
    }
    return (*(Sample(*each) for each in good.items()), *_converted(folder, good["xlsx"]))


def _converted(folder: Path, workbook: bytes) -> Iterator[Sample]:
    program = shutil.which("soffice")
    if program is None:
        return
    source = folder / "made.xlsx"
    source.write_bytes(workbook)
    for form in _CONVERTED:
        subprocess.run(
            [program, f"-env:UserInstallation=file://{folder}/office", "--headless",
             "--convert-to", form, "--outdir", str(folder), str(source)],
            check=True, capture_output=True, timeout=SECONDS,
        )  # fmt: skip
        yield Sample(form, source.with_suffix(f".{form}").read_bytes())
