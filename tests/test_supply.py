"""What we depend on: named in full, under licences that we may ship with, and asked for flaws."""

import json
import os
import subprocess
from datetime import date
from importlib.metadata import distribution
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.servers import require
from tools.audit import Accepted, judged
from tools.locked import canonical, installed, licences, read

RUN = ROOT / "requirements" / "run.txt"
AUDIT = ROOT / ".tools" / "audit" / "bin" / "python"
_FORBIDDEN = ("GPL", "GNU General Public", "GNU Affero", "SSPL", "Commons Clause")
_PERMITTED = ("LGPL", "Lesser General Public")
TODAY = date(2026, 12, 1)


def forbids(licence: str) -> bool:
    """Say whether a licence would bind what ships beside it."""
    for name in _PERMITTED:
        licence = licence.replace(name, "")
    return any(name in licence for name in _FORBIDDEN)


def test_everything_that_is_shipped_has_a_licence_that_lets_us() -> None:
    there = installed()
    told = {
        each.name: licences(there[canonical(each.name)])
        for each in read(RUN)
        if canonical(each.name) in there
    }

    assert len(told) > 40
    assert {} == {name: names for name, names in told.items() if not names}
    assert {} == {name: names for name, names in told.items() if any(map(forbids, names))}


@pytest.mark.parametrize(
    ("licence", "forbidden"),
    [
        ("LGPL-3.0-only", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("AGPL-3.0-or-later", True),
        ("MIT OR GPL-2.0-only", True),
        ("GNU Affero General Public License v3", True),
        ("MPL-2.0 AND MIT", False),
    ],
)
def test_a_licence_that_binds_is_told(licence: str, *, forbidden: bool) -> None:
    assert forbidden == forbids(licence)


def test_the_document_of_what_is_shipped_names_every_locked_distribution(tmp_path: Path) -> None:
    if not AUDIT.exists():
        require("the tools that look at dependencies are not installed ('make sbom')")
    packages = Path(str(distribution("pydantic").locate_file("")))
    for name in ("one.json", "two.json"):
        done = subprocess.run(
            [AUDIT, "-W", "error", "-m", "tools.sbom", tmp_path / name, packages],
            cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert not done.returncode, done.stderr

    bom = json.loads((tmp_path / "one.json").read_text("utf-8"))
    assert ("CycloneDX", "1.6", "kartta") == (
        bom["bomFormat"], bom["specVersion"], bom["metadata"]["component"]["name"],
    )  # fmt: skip
    assert {(each.name, each.version): set(each.hashes) for each in read(RUN)} == {
        (each["name"], each["version"]): {one["content"] for one in each["hashes"]}
        for each in bom["components"]
    }
    there = installed()
    here = [each for each in bom["components"] if canonical(each["name"]) in there]
    assert [] == [
        each["name"]
        for each in here
        if each["version"] == there[canonical(each["name"])].version and not each.get("licenses")
    ]
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


_FLAWED = {
    "name": "example",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["1.1"]}],
}
_SOUND = {"name": "sound", "version": "1.0", "vulns": []}
_UNASKED = {"name": "unasked", "skip_reason": "not found"}


def test_a_known_flaw_fails_the_check_until_it_is_accepted_and_after() -> None:
    accepted = Accepted("CVE-1", "the flawed call is not used", TODAY)

    told = judged([_FLAWED, _SOUND, _UNASKED], (), TODAY)
    assert told.fails
    assert "example 1.0 has PYSEC-1, mended in 1.1" in told.lines[0]
    assert "2 dependencies asked for, 1 with known flaws; 1 without an answer" in told.lines[1]
    assert not judged([_FLAWED], [accepted], TODAY).fails
    assert judged([_FLAWED], [accepted], date(2026, 12, 2)).fails


def test_advisories_that_cannot_be_had_are_told_and_fail_nothing() -> None:
    for found in ([], [_UNASKED]):
        told = judged(found, (), TODAY)

        assert not told.fails
        assert ("audit: the advisories cannot be had here, so nothing was judged",) == told.lines
