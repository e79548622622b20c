"""The invented company is the same at each build, and nobody in it is real."""

import filecmp
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from demo.mailbox import mails, message
from demo.people import CANDIDACIES, PEOPLE
from demo.tahtivahti import build
from ropa.model import Register
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("demo") / "company"
    build(out)
    return out


def test_two_builds_are_equal_byte_for_byte(company: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "demo/build.py"), str(tmp_path / "again")]
    subprocess.run(command, check=True, capture_output=True)

    names = sorted(str(path.relative_to(company)) for path in company.rglob("*") if path.is_file())
    _, different, missing = filecmp.cmpfiles(company, tmp_path / "again", names, shallow=False)
    assert (different, missing) == ([], [])
    assert len(names) > 90


def test_building_again_replaces_what_was_built(tmp_path: Path) -> None:
    build(tmp_path / "company")
    stray = tmp_path / "company" / "share" / "stray.txt"
    stray.write_text("left over", encoding="utf-8")

    build(tmp_path / "company")

    assert not stray.exists()


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")

    with pytest.raises(FileExistsError, match="not empty"):
        build(tmp_path)


def test_the_register_is_valid(company: Path) -> None:
    document = yaml.safe_load((company / "register.yaml").read_text(encoding="utf-8"))
    register = Register.model_validate(document)

    known = {recipient.id for recipient in register.recipients}
    assert {transfer.recipient for transfer in register.transfers} <= known


def test_identity_codes_are_temporary_numbers_that_nobody_has() -> None:
    codes = [person.identity_code for person in PEOPLE.values()]

    assert [code for code in codes if not re.fullmatch(r"\d{6}[-A]9\d\d[\dA-Y]", code)] == []
    assert len(set(codes)) == len(codes)


def test_addresses_are_of_domains_that_cannot_exist() -> None:
    text = "\n".join(message(mail, 1).as_string() for mail in mails())

    domains = set(re.findall(r"[\w.-]+@([\w.-]+\w)", text))
    assert {domain for domain in domains if not domain.endswith(".example")} == set()


def test_only_one_document_is_readable_by_everybody(company: Path) -> None:
    stores = ("mailbox", "share", "recruiting")
    open_files = [
        path.name
        for store in stores
        for path in (company / store).rglob("*")
        if path.is_file() and path.stat().st_size and path.stat().st_mode & 0o004
    ]

    assert open_files == ["CV_nguyen.docx"]


def test_one_person_is_in_all_four_stores(company: Path) -> None:
    lahti = next(entry for entry in CANDIDACIES if entry.person.key == "lahti")
    with closing(sqlite3.connect(company / "hr.sqlite")) as connection:
        rows = connection.execute(
            "select paatos_ilmoitettu from hakijat where sahkoposti = ?", (lahti.person.email,)
        ).fetchall()

    assert lahti.stores == {"mail", "share", "db", "ats"}
    assert rows == [("2024-03-18",)]
    assert lahti.person.email in (company / "recruiting/candidates.json").read_text("utf-8")


def test_a_person_deleted_in_the_recruiting_system_lives_on_elsewhere(company: Path) -> None:
    candidates = (company / "recruiting/candidates.json").read_text(encoding="utf-8")
    mails_of_her = [
        path
        for path in (company / "mailbox").rglob("*tahtivahti*")
        if b"meri.laine@posti.example" in path.read_bytes()
    ]

    assert "meri.laine" not in candidates
    assert len(mails_of_her) == 2


def test_times_of_files_are_set(company: Path) -> None:
    times = {path.stat().st_mtime for path in (company / "share").rglob("*.docx")}

    assert max(times) < datetime(2026, 6, 1, tzinfo=UTC).timestamp()
