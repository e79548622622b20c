"""The example package, installed as a user would: each thing that it adds takes part in a scan."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "plugin"

TRANSCRIPT = """\
WEBVTT

00:01.000 --> 00:04.000
<v Onni Lahti>My mail is onni.lahti@posti.example
"""
EXPORT = """\
dn: uid=olahti,ou=people,dc=example
cn: Onni Lahti
mail: onni.lahti@posti.example
description: rijksregisternummer 90.01.02-998.63
"""
AUDIT = """\
sources:
  - {id: directory, kind: ldif, path: people.ldif}
  - {id: interviews, kind: folder, path: interviews}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the example into a fresh folder, offline."""
    folder = tmp_path_factory.mktemp("plugin")
    source = shutil.copytree(EXAMPLE, folder / "source")
    target = folder / "site"
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"),
            *("--no-build-isolation", "--disable-pip-version-check", "--target", target, source),
        ],
        check=True,
        capture_output=True,
    )
    return target


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory, site: Path) -> Path:
    """Make a directory's export and an interview's transcript, and scan them."""
    folder = tmp_path_factory.mktemp("company")
    (folder / "interviews").mkdir()
    (folder / "interviews" / "second.vtt").write_text(TRANSCRIPT)
    (folder / "people.ldif").write_text(EXPORT)
    (folder / "kartta.yaml").write_text(AUDIT)
    done = kartta(folder, site, "scan", "--format", "json")
    assert done.returncode == 0, done.stderr
    (folder / "scan.json").write_text(done.stdout)
    return folder


def kartta(folder: Path, site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kartta", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": f"{site}{os.pathsep}{ROOT}", "COLUMNS": "160"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_its_own_tests_hold(site: Path, tmp_path: Path) -> None:
    tests = shutil.copytree(EXAMPLE / "tests", tmp_path / "tests")

    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:randomly",
            tests,
        ],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": f"{site}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def sightings(company: Path, source: str, entity: str) -> list[dict[str, object]]:
    scan = json.loads((company / "scan.json").read_text())
    return [
        entry["sighting"]
        for entry in scan["sightings"]
        if entry["source"] == source and entry["sighting"]["entity"] == entity
    ]


def test_its_connector_is_read(company: Path) -> None:
    (address,) = sightings(company, "directory", "EMAIL_ADDRESS")

    assert address["label"] == "mail"
    assert "attribute:mail" in str(address["locator"])


def test_its_format_is_read(company: Path) -> None:
    """As plain text the transcript would be one text without times, and nobody a speaker."""
    places = {
        (entry["label"], str(entry["locator"]))
        for entry in sightings(company, "interviews", "PERSON")
    }

    assert any("cue:00:01.000" in locator for label, locator in places if label == "speaker")


def test_its_recognizer_sees_and_hides(company: Path) -> None:
    (number,) = sightings(company, "directory", "BE_RIJKSREGISTERNUMMER")

    assert number["category"] == "identity.national_id"
    assert number["recognizer"] == "be.rijksregisternummer"
    assert "90.01.02" not in (company / "scan.json").read_text()


def test_its_rule_judges(company: Path) -> None:
    scan = json.loads((company / "scan.json").read_text())

    broken = [entry for entry in scan["violations"] if entry["rule"] == "DIR-01"]
    assert [entry["answer"] for entry in broken] == ["violated"]
    assert "directory 2026.11" in scan["run"]["rule_packs"]


def test_its_report_is_written(company: Path, site: Path) -> None:
    done = kartta(company, site, "report", "-o", "findings.md")

    assert done.returncode == 0, done.stderr
    assert "- [ ] **DIR-01** The entry uid=olahti" in (company / "findings.md").read_text()


def test_the_doctor_says_whose_code_runs(company: Path, site: Path) -> None:
    done = kartta(company, site, "doctor")

    lines = [line for line in done.stdout.splitlines() if "kartta-example 1.0" in line]
    assert done.returncode == 0, done.stdout
    assert len(lines) == 5
    assert all("trusted code" in line for line in lines)


def test_a_broken_plug_in_stops_a_scan_before_it_begins(site: Path, tmp_path: Path) -> None:
    """In the workers it would have cost each asset, with an error that named no package."""
    broken = shutil.copytree(site, tmp_path / "site")
    (broken / "kartta_example" / "webvtt.py").write_text("import a_library_that_is_not_there\n")
    (tmp_path / "note.txt").write_text("onni.lahti@posti.example")

    done = kartta(tmp_path, broken, "scan", "note.txt")
    doctor = kartta(tmp_path, broken, "doctor")
    assert done.returncode == 2
    assert "the format 'webvtt' of kartta-example 1.0 cannot be loaded" in done.stderr
    assert doctor.returncode == 2
    assert "FAIL  plug-in kartta-example 1.0: the format 'webvtt'" in doctor.stdout
