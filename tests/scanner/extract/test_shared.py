"""Real files from elsewhere: each is text or says why not."""

import time
from pathlib import Path

import pytest

from scanner.model import SkipReason
from tests.scanner.extract.made import read, skips, text


@pytest.mark.shared
@pytest.mark.parametrize(
    ("folder", "least"),
    [("docs_tika", 115), ("docs_pypdf", 28), ("mail_nasty_mikel", 106), ("cv_dotin", 310)],
)
def test_every_file_is_text_or_has_a_reason(shared: Path, folder: str, least: int) -> None:
    with_text = 0
    for path in sorted((shared / folder).rglob("*")):
        if not path.is_file():
            continue
        start = time.process_time()
        contents = read(path.name, path.read_bytes())

        assert text(contents) or skips(contents) or not path.stat().st_size, path
        assert all("failed on it" not in skip.detail for skip in skips(contents)), path
        assert time.process_time() - start < 20, path
        with_text += bool(text(contents))

    assert with_text >= least


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    [
        "testEXCEL_protected_passtika.xls",
        "testPPT_protected_passtika.pptx",
        "protected_normal_case.docx",
        "protected_upper_case.docx",
        "testPKCS7_enveloped_ind.p7m",
    ],
)
def test_what_needs_a_password_is_said_to_be_encrypted(shared: Path, name: str) -> None:
    [path] = (shared / "docs_tika").rglob(name)

    [skip] = skips(read(path.name, path.read_bytes()))
    assert skip.reason is SkipReason.ENCRYPTED
