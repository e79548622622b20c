"""What `kartta init` proposes: lists beside it, and what the tables of a database mean."""

import sqlite3
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from kartta import config
from kartta.cli.main import cli
from scanner.connectors.databases.database import Config, open_source
from scanner.extract.base import Limits
from scanner.model import Milestone, MilestoneKind
from scanner.relations import Vacancy
from tests.lists.office import workbook

TABLES = """
create table tilakoodit (id integer primary key, nimi text);
insert into tilakoodit values (1, 'Palkattu'), (2, 'Hylätty'), (3, 'Jatkoon'), (4, 'Nekka');
create table tehtavat (id integer primary key, koodi text, nimike text, avattu_pvm text,
                       suljettu_pvm text, lopputulos text);
insert into tehtavat values (1, '2025-002', 'Vartija', '2024-12-01', '2025-01-15', 'Täytetty'),
                            (2, '2025-003', 'Kokki', '2024-12-01', '2025-01-15', 'Sisäinen');
create table hakemukset (id integer primary key, tehtava_id integer references tehtavat (id),
                         nimi text, tila integer references tilakoodit (id), haettu_pvm text,
                         huomautus_tila text);
insert into hakemukset values (1, 1, 'Aino Lumpokka', 1, '2024-12-10', 'Aino Lumpokka soitti'),
                              (2, 2, 'Onni Kroszak', 4, '2024-12-11', null);
"""


@pytest.fixture
def database(tmp_path: Path) -> str:
    path = tmp_path / "hr.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(TABLES)
    connection.close()
    return f"sqlite:///{path}"


def init(folder: Path, *arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(cli, ["init", *arguments, str(folder)], catch_exceptions=False)
    assert code == result.exit_code, result.output
    return result.stderr if code else (folder / "kartta.yaml").read_text(encoding="utf-8")


def test_a_databases_columns_and_statuses_are_proposed(database: str, tmp_path: Path) -> None:
    written = init(tmp_path / "audit", "--database", database)

    source = yaml.safe_load(written)["sources"][0]
    assert {
        "tehtavat.suljettu_pvm": "closed",
        "hakemukset.haettu_pvm": "applied",
    } == source["milestones"]
    assert {"Palkattu": "hired", "Hylätty": "rejected", "Täytetty": "filled"} == source["statuses"]
    assert '# "Nekka": ?' in written
    config.load(tmp_path / "audit" / "kartta.yaml")


def test_of_a_databases_values_only_statuses_are_shown(database: str, tmp_path: Path) -> None:
    written = init(tmp_path / "audit", "--database", database)

    assert "Lumpokka" not in written
    assert "Sisäinen" not in written


def test_a_password_in_the_url_is_refused(tmp_path: Path) -> None:
    told = init(tmp_path / "audit", "--database", "postgresql://me:hunter2@db.example/hr", code=2)

    assert "a password stands there" in told
    assert "hunter2" not in told


def test_a_configuration_says_what_a_word_means(database: str) -> None:
    statuses = {"NEKKA": "rejected", "sisäinen": "filled", "Palkattu": "withdrawn"}
    settings = Config.model_validate({"id": "hr", "url": database, "statuses": statuses})

    with open_source(settings, Limits()) as source:
        assets = {each.path: each for each in source.discover(None)}
        applications = list(source.read(assets["main.hakemukset"]))
        positions = list(source.read(assets["main.tehtavat"]))

    assert {
        ("row:1", MilestoneKind.WITHDRAWN),
        ("row:2", MilestoneKind.REJECTED),
    } == {
        (each.record, each.kind)
        for each in applications
        if isinstance(each, Milestone) and each.at is None
    }
    assert ["filled", "filled"] == [each.outcome for each in positions if isinstance(each, Vacancy)]


def test_another_meaning_of_a_word_reads_the_table_again(database: str) -> None:
    def signs(**more: object) -> set[str]:
        settings = Config.model_validate({"id": "hr", "url": database, **more})
        with open_source(settings, Limits()) as source:
            return {each.fingerprint for each in source.discover(None)}

    assert signs() == signs(statuses={})
    assert signs().isdisjoint(signs(statuses={"Nekka": "rejected"}))


def test_lists_beside_the_audit_file_are_proposed_and_not_taken(tmp_path: Path) -> None:
    folder = tmp_path / "audit"
    folder.mkdir()
    (folder / "suostumukset.csv").write_text("Nimi;Sähköposti;Annettu\nA B;a@b.example;1.2.2025\n")
    (folder / "budget.csv").write_text("year;sum\n2025;100\n")
    (folder / "holds.xlsx").write_bytes(b"PK no workbook")
    workbook(folder / "register.xlsx", Positions=[["code", "title", "status"], ["1", "x", "open"]])

    written = init(folder)

    assert '#   - {kind: "consents", path: "suostumukset.csv"}' in written
    assert "#     name ← Nimi, email ← Sähköposti, given ← Annettu" in written
    assert '#   - {kind: "positions", path: "register.xlsx", sheet: "Positions"}' in written
    assert "budget" not in written
    assert "holds.xlsx" not in written
    assert () == config.load(folder / "kartta.yaml").lists
