"""A secret is looked up where a source is opened; only what names it travels."""

import pickle
import sqlite3
from pathlib import Path

import pytest

from detectors.base import DetectorSettings
from detectors.examiner import Detectors
from kartta.config import load
from scanner.connectors.base import SourceConfig
from scanner.connectors.registry import open_source
from scanner.engine import Plan
from scanner.errors import ConfigError
from scanner.extract.base import Limits
from scanner.work import Job, scan_batch

SECRET = "invented-secret-of-the-database"  # noqa: S105 - nobody's
KEY = b"k" * 32
EXAMINER = Detectors(DetectorSettings(), "1", KEY)


def configured(folder: Path, url: str) -> SourceConfig:
    path = folder / "kartta.yaml"
    path.write_text(f"sources:\n  - {{id: hr, kind: database, url: '{url}'}}\n")
    (source,) = load(path).sources
    return source


def digest(source: SourceConfig) -> str:
    return Plan((source,), EXAMINER, Limits(), KEY, "1").digest


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://reader:${env:KARTTA_TEST}@db.example/hr",
        "postgresql://reader:${file:/FOLDER/secret}@db.example/hr",
        "${env:KARTTA_TEST_URL}",
    ],
)
def test_a_job_names_its_secret_and_does_not_hold_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("KARTTA_TEST", SECRET)
    monkeypatch.setenv("KARTTA_TEST_URL", f"postgresql://reader:{SECRET}@db.example/hr")
    (tmp_path / "secret").write_text(f"{SECRET}\n")

    source = configured(tmp_path, url.replace("/FOLDER", str(tmp_path)))
    job = pickle.dumps(Job(source, (), EXAMINER, Limits()))

    assert SECRET.encode() not in job
    assert b"${" in job
    assert "postgresql://db.example/hr" == source.source().location
    assert SECRET in source.resolved().model_dump()["url"].get_secret_value()


def test_another_secret_is_another_scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may lead to another database: what was scanned of one must not count for the other."""
    monkeypatch.setenv("KARTTA_TEST", "hr")
    source = configured(tmp_path, "postgresql://db.example/${env:KARTTA_TEST}")
    before = digest(source)

    assert before == digest(source)
    monkeypatch.setenv("KARTTA_TEST", "sales")
    assert before != digest(source)


def test_a_source_is_opened_with_what_its_reference_names_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(tmp_path / "hr.sqlite") as connection:
        connection.execute("create table staff (email text)")
        connection.execute("insert into staff values ('anna.laine@example.fi')")
    connection.close()
    monkeypatch.setenv("KARTTA_TEST", str(tmp_path / "hr.sqlite"))
    source = configured(tmp_path, "sqlite:///${env:KARTTA_TEST}")
    with open_source(source, Limits()) as connector:
        assets = tuple(connector.discover(None))

    (result,) = scan_batch(Job(source, assets, EXAMINER, Limits()))
    assert result.examination.sightings

    monkeypatch.delenv("KARTTA_TEST")
    with pytest.raises(ConfigError, match="source 'hr': url: the environment has no variable"):
        open_source(source, Limits())


def test_a_relative_file_is_still_taken_from_the_folder_of_the_audit_file(tmp_path: Path) -> None:
    source = configured(tmp_path, "sqlite:///hr.sqlite")

    assert f"sqlite:///{tmp_path}/hr.sqlite" == source.source().location
