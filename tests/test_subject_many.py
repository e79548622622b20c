"""One person among a million assets is found by the index, in less time than people wait."""

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from detectors.asked import AskedBy, asked
from detectors.base import DetectorSettings
from scanner.catalog.store import Catalog
from tests.conftest import ROOT

KEY = "0123456789abcdef0123456789abcdef"
ADDRESS = "aino.lahtinen@posti.example"
FEW, MILLION = 20_000, 1_000_000
COPIES = 40
SECONDS = 2.0
"""Of processor time, the start of Python among it."""

_FILLED = (
    "INSERT INTO runs VALUES (1, '2026-11-22', '2026-11-22', '1', 'd')",
    "INSERT INTO sources VALUES ('share', 'folder', 'Share', '/x', 1, '', 1, '')",
    """CREATE TEMP TABLE numbers AS
    WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < :most)
    SELECT n FROM counted""",
    """INSERT INTO assets (source_id, path, fingerprint, detectors, modified, size, readers,
                           coverage, characters, run_id)
    SELECT 'share', 'people/' || n || '.txt', '1', 'd', '2024-01-01', 9, '[]', 'examined', 9, 1
    FROM numbers""",
    """INSERT INTO sightings (asset_id, locator, label, entity, category, count, "distinct",
                              confidence, recognizer, evidence, samples)
    SELECT id, '[]', '', 'EMAIL_ADDRESS', 'contact.email', 1, 1, 0.9, 'x.y', '[]', '[]'
    FROM assets""",
    """INSERT INTO identifiers (asset_id, entity, key, record, role)
    SELECT assets.id, entity, lower(hex(randomblob(16))), '', 'subject' FROM assets
    JOIN (SELECT 'EMAIL_ADDRESS' entity UNION SELECT 'PHONE_NUMBER' UNION SELECT 'PERSON')""",
    """UPDATE identifiers SET key = :key
    WHERE entity = 'EMAIL_ADDRESS' AND asset_id % (:most / :copies) = 0""",
)


@dataclass(frozen=True)
class Many:
    """A catalog of so many assets, in a folder with its key."""

    assets: int
    folder: Path


@pytest.fixture(
    scope="module",
    params=[pytest.param(FEW, id="few"), pytest.param(MILLION, marks=pytest.mark.soak)],
)
def many(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Many:
    folder = tmp_path_factory.mktemp("many")
    (folder / ".kartta").mkdir()
    (folder / ".kartta" / "key").write_text(KEY)
    ((_, key),) = asked(DetectorSettings(), KEY.encode(), AskedBy.EMAIL, ADDRESS).keys
    values = {"most": request.param, "copies": COPIES, "key": key}
    file = folder / ".kartta" / "catalog.sqlite"
    with Catalog.open(f"sqlite:///{file}") as catalog, catalog.transaction() as connection:
        for statement in _FILLED:
            connection.execute(text(statement), values)
    return Many(request.param, folder)


def test_one_person_is_found_in_two_seconds(many: Many) -> None:
    """The best of three, since the machine may be busy with others."""
    seconds = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "kartta", "subject", "find", "--email", ADDRESS,
             "--format", "json"],
            cwd=many.folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        seconds.append(min(used, time.monotonic() - begun))
        assert done.returncode == 0, done.stderr
        answer = json.loads(done.stdout)
        assert len(answer["copies"]) == COPIES
        assert {each["strength"] for each in answer["copies"]} == {"strong"}
        assert not answer["is_linked"]

    assert min(seconds) < SECONDS
    print(f"{many.assets} assets: {min(seconds):.2f} s")  # noqa: T201 - measured, and shown by -s
