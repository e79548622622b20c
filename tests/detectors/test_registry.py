"""Cards that other packages add: found like ours, and named when they are broken."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

INSPECT = "from kartta import main; main()"
CARD = """
import re

from detectors.base import Evidence, PatternRecognizer
from detectors.card import Card


def _confirm(match):
    return Evidence(0.2, ("pattern",), match.group(), claimed=0.9)


CARD = Card(
    recognizers=(
        PatternRecognizer(name="added.badge", entity="{entity}", patterns=(r"Q\\d{{6}}",),
                          confirm=_confirm),
    ),
    category="{category}",
    mask=lambda text: text[:1],
    headings=("badge",),
    is_strict=True,
    owner="person",
    owner_words="badge n",
)
"""


def _run(folder: Path, card: str, code: str) -> subprocess.CompletedProcess[str]:
    """Run Python where a package with the card is installed."""
    metadata = folder / "added_badge-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: added-badge\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(
        "[kartta.recognizers]\nadded.badge = added_badge:CARD\n"
    )
    (folder / "added_badge.py").write_text(card)
    (folder / "file.txt").write_text("Badge no. Q123456, order Q123457")
    code = f"import sys; sys.path[:] = {[str(folder), *sys.path]}; {code}"
    command = [sys.executable, "-c", code, "inspect", "--jsonl", str(folder / "file.txt")]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def test_an_added_card_has_its_say_wherever_ours_have(tmp_path: Path) -> None:
    """Category, owner words and mask come from the card, and no list of ours names it."""
    done = _run(tmp_path, CARD.format(entity="BADGE", category="identity.document"), INSPECT)

    (line,) = [
        each for each in map(json.loads, done.stdout.splitlines()) if each["start"] is not None
    ]
    assert (line["entity"], line["category"], line["start"]) == ("BADGE", "identity.document", 10)
    assert (line["confidence"], line["recognizer"]) == (0.9, "added.badge")


def test_the_headings_of_an_added_card_count(tmp_path: Path) -> None:
    code = "from detectors.labels import meaning_of; print(*meaning_of('badge_no').surely)"

    done = _run(tmp_path, CARD.format(entity="BADGE", category="identity.document"), code)
    assert done.stdout == "BADGE\n"


@pytest.mark.parametrize(
    ("card", "says"),
    [
        ("raise ValueError('a@b.example')\n", "cannot be loaded: ValueError"),
        ("CARD = 'badge'\n", "is no Card"),
        (CARD.format(entity="DK_CPR", category="other"), "DK_CPR has a recognizer already"),
        (CARD.format(entity="BADGE", category="no.such"), "of the category no.such"),
    ],
)
def test_a_broken_card_is_an_error_that_says_whose_it_is(
    tmp_path: Path, card: str, says: str
) -> None:
    done = _run(tmp_path, card, INSPECT)

    assert done.returncode == 2
    assert says in done.stderr
    assert "added" in done.stderr
    assert "a@b.example" not in done.stderr
