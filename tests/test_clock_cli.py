"""`kartta clock`: every copy of everybody, by person, and nobody named."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kartta.cli.main import cli

REGISTER = """
version: 1
controller: {name: Us Oy, country: FI, domains: [us.example], timezone: Europe/Helsinki}
activities:
- id: hiring
  name: {en: Recruitment, fi: Rekrytointi}
  purposes: [{id: choose, name: Choose, basis: A6-1-f}]
  data_subjects: [Applicants]
  categories: [identity.name, contact.email]
  retention: [{id: after, duration: P1Y, trigger: selection_told, basis: A6-1-f}]
  systems: [mailbox, share]
systems:
- {id: mailbox, name: Mailbox, kind: mailbox, sources: [mail]}
- {id: share, name: Share, kind: file_share, sources: [share]}
"""
LETTER = """From: HR <rekry@us.example>
To: Aino Lumpokka <aino.lumpokka@posti.example>
Subject: Vartija, Turku (2024-017)
Date: Fri, 15 Mar 2024 10:00:00 +0200
Message-ID: <b@us.example>

Hei Aino,

tehtävään on valittu toinen hakija. Kiitos kiinnostuksestasi.
"""
APPLICATION = """From: Aino Lumpokka <aino.lumpokka@posti.example>
To: HR <rekry@us.example>
Subject: Hakemus: vartija (2024-017)
Date: Thu, 1 Feb 2024 10:00:00 +0200
Message-ID: <a@posti.example>

Haen vartijan paikkaa. Puhelinnumeroni on 040 123 4567.
"""


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("company")
    for name in ("cur", "new", "tmp"):
        (root / "mail" / name).mkdir(parents=True)
    (root / "mail" / "cur" / "1.a:2,S").write_text(APPLICATION)
    (root / "mail" / "cur" / "2.b:2,S").write_text(LETTER)
    folder = root / "share" / "Rekry" / "2024-017 Vartija Turku"
    folder.mkdir(parents=True)
    (folder / "Lumpokka CV.txt").write_text(
        "Ansioluettelo\n\nAino Lumpokka\naino.lumpokka@posti.example\n\nTyökokemus\n2019 vartija\n"
    )
    (root / "register.yaml").write_text(REGISTER)
    (root / "kartta.yaml").write_text(
        "organisation: {domains: [us.example]}\nregister: register.yaml\nsources:\n"
        "  - {id: mail, kind: maildir, path: mail}\n  - {id: share, kind: folder, path: share}\n"
    )
    done = run(root, "scan", "--today", "2025-04-01")
    assert done.exit_code in {0, 1}, done.output
    return root


def run(root: Path, command: str, *options: str) -> Result:
    return CliRunner().invoke(cli, [command, "-c", str(root / "kartta.yaml"), *options])


def test_each_copy_is_a_line_with_its_state_and_its_reason(company: Path) -> None:
    done = run(company, "clock", "--today", "2025-04-01", "--format", "jsonl")

    lines = [json.loads(line) for line in done.output.splitlines()]
    assert {"mail", "share"} == {each["source"] for each in lines}
    assert 1 == len({each["person"] for each in lines})
    assert 1 == len({each["candidacy"] for each in lines})
    for each in lines:
        assert ("past", "2025-03-15", 17) == (each["state"], each["due"], each["days"])
        assert ("2024-03-15", "told", "strong") == (
            each["anchor"], each["anchor_kind"], each["grade"],
        )  # fmt: skip


def test_persons_keep_their_ids_and_are_grouped(company: Path) -> None:
    first, second = (
        json.loads(run(company, "clock", "--today", day, "--format", "json").stdout)
        for day in ("2025-01-01", "2025-04-01")
    )

    (before,), (after,) = first["people"], second["people"]
    assert before["person"] == after["person"]
    assert ["mail", "share"] == after["sources"]
    assert {"within": len(before["copies"])} == first["counts"]
    assert {"past": len(after["copies"])} == second["counts"]


@pytest.mark.parametrize("language", ["en", "fi"])
@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_nobody_is_named(company: Path, form: str, language: str) -> None:
    done = run(company, "clock", "--today", "2025-04-01", "--format", form, "--lang", language)

    assert 0 == done.exit_code
    assert "posti.example" not in done.output
    assert "123 4567" not in done.output
    assert "Aino" not in done.output


def test_a_state_can_be_asked_for(company: Path) -> None:
    done = run(company, "clock", "--today", "2025-04-01", "--state", "within", "--format", "csv")
    past = run(company, "clock", "--today", "2025-04-01", "--state", "past", "--format", "csv")

    assert "" == done.output
    rows = list(csv.DictReader(io.StringIO(past.output)))
    assert {"past"} == {each["state"] for each in rows}


def test_the_table_is_read_by_people(company: Path) -> None:
    done = run(company, "clock", "--today", "2025-04-01", "--lang", "fi")

    assert "Hakija 1," in done.output
    assert "2 tallennuspaikassa, ensimmäinen määräpäivä 15.3.2025" in done.output
    assert 3 == done.output.count("valinnasta ilmoitettiin")
    assert "1 hakija: yli 3" in done.output
