"""Files of every kind, one good one of each."""

import gzip
from collections.abc import Callable

import pytest

from tests.scanner.extract.made import (
    EMAIL,
    MAIL,
    NAME,
    TEXT,
    database,
    odt,
    pdf,
    slides,
    table,
    tarred,
    tree,
    word,
    workbook,
    zipped,
)


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give one good file of each format, by name."""
    makers: dict[str, Callable[[], bytes]] = {
        "a.txt": TEXT.encode,
        "a.html": f"<title>CV</title><p>{TEXT}</p><a href='mailto:{EMAIL}'>m</a>".encode,
        "a.eml": MAIL.encode,
        "a.mbox": f"From x\n{MAIL}\n\nFrom y\n{MAIL}".encode,
        "a.pdf": lambda: pdf(TEXT, "toinen sivu"),
        "a.docx": word,
        "a.xlsx": workbook,
        "a.pptx": slides,
        "a.odt": odt,
        "a.csv": table,
        "a.json": tree,
        "a.jsonl": lambda: tree() + b"\n" + tree() + b"\n",
        "a.xml": f"<?xml version='1.0'?><cvs><cv><name>{NAME}</name></cv></cvs>".encode,
        "a.sqlite": lambda: database(tmp_path_factory.mktemp("sqlite")),
        "a.zip": lambda: zipped({"cv.docx": word(), "in/b.txt": TEXT.encode()}),
        "a.tar": lambda: tarred({"cv.docx": word(), "in/b.txt": TEXT.encode()}),
        "a.tgz": lambda: gzip.compress(tarred({"in/b.txt": TEXT.encode()})),
    }
    return {name: make() for name, make in makers.items()}
