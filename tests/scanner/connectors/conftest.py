"""Sources to hold the laws against, with invented people only."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scanner.extract.base import Limits


@pytest.fixture
def limits() -> Limits:
    return Limits()


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """Give an SQLite database of invented applicants."""
    path = tmp_path / "people.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(PEOPLE)
    return path


PEOPLE = """
CREATE TABLE applicant (
    id INTEGER PRIMARY KEY, name TEXT, email TEXT, born DATE, photo BLOB, profile TEXT
);
INSERT INTO applicant VALUES
    (9001, 'Aino Esimerkki', 'aino.esimerkki@example.com', '1990-02-28', x'ffd8ff', NULL),
    (9002, 'Bertil Provsson', 'bertil@example.org', '0000-00-00', NULL, '{"city": "Turku"}'),
    (9003, 'Cecilie Prøve', NULL, 'unknown', x'00', '');
CREATE TABLE application (
    id INTEGER PRIMARY KEY, applicant_id INTEGER, applied_at TEXT, rejected_at INTEGER, note TEXT
);
INSERT INTO application VALUES
    (1, 9001, '2026-01-10 09:30:00', 1772323200, 'Called and left a message'),
    (2, 9002, '2026-01-11T10:00:00+02:00', NULL, 'Strong candidate in every respect'),
    (3, 9003, 'last week', NULL, NULL);
CREATE TABLE "odd.name" ("a column" TEXT, x);
INSERT INTO "odd.name" VALUES ('nothing personal here', 17);
CREATE TABLE empty (remark TEXT);
CREATE VIEW contact AS SELECT name, email FROM applicant;
"""
