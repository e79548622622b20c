"""People whom one source names are found in all others, and the catalog never learns a name."""

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from detectors.base import DetectorSettings
from detectors.examiner import Detectors
from detectors.people import KNOWN, RECOGNIZER
from scanner.catalog import records
from scanner.catalog.store import Catalog
from scanner.connectors.base import SourceConfig
from scanner.connectors.registry import config_model
from scanner.engine import Plan, run_scan
from scanner.extract.base import Limits
from scanner.model import Sighting
from scanner.pool import InProcess, Processes, Workers

NOW = datetime(2026, 11, 22, tzinfo=UTC)
KEY = b"k" * 32
EXAMINER = Detectors(DetectorSettings(), "1", KEY)
COLD = {
    "low.txt": "varasto on remontissa ja siitä oli puhetta ywenna kroszakin kanssa eilen",
    "high.txt": "VARASTO ON TYHJÄ. YWENNA KROSZAKILLE EI SANOTTU MITÄÄN.",
    "turned.txt": "ja taas lista vailla loppua on se kroszak ywenna ja muut siinä",
    "swedish.txt": "lagret var tomt och ingen hade läst ywenna kroszaks anteckningar om det",
    "other.txt": "varasto on remontissa ja siitä oli puhetta ywenna kroszakovan kanssa eilen",
}


class Silent:
    """Is told and says nothing; counts what was read."""

    def __init__(self, *, fails: bool = False) -> None:
        self._fails = fails
        self.examined = 0

    def source_started(self, name: str) -> None:
        pass

    def assets_done(self, examined: int, unchanged: int, skipped: int) -> None:
        self.examined += examined

    def source_ended(self, name: str, error: str) -> None:
        assert self._fails or not error


def source(kind: str, **values: Any) -> SourceConfig:  # noqa: ANN401
    return config_model(kind).model_validate({"id": kind, "kind": kind, **values})


@pytest.fixture
def files(tmp_path: Path) -> SourceConfig:
    folder = tmp_path / "files"
    folder.mkdir()
    for name, text in COLD.items():
        (folder / name).write_text(text, encoding="utf-8")
    return source("folder", path=str(folder))


def database(folder: Path) -> SourceConfig:
    path = folder / "hr.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("create table staff (id integer, etunimi text, sukunimi text)")
        connection.execute(
            "insert into staff values (1, 'Ywenna', 'Kroszak'), (2, 'Olka', 'Frisk')"
        )
    connection.close()
    return source("database", url=f"sqlite:///{path}")


def export(folder: Path) -> SourceConfig:
    path = folder / "export"
    path.mkdir()
    people = [{"id": 1, "first_name": "Ywenna", "last_name": "Kroszak"}]
    (path / "candidates.json").write_text(json.dumps(people), encoding="utf-8")
    return source("greenhouse", path=str(path))


def scanned(
    catalog: Path,
    *sources: SourceConfig,
    workers: Workers | None = None,
    full: bool = False,
    observer: Silent | None = None,
    is_finished: bool = True,
) -> dict[str, list[Sighting]]:
    plan = Plan(sources, EXAMINER, Limits(), KEY, "1", full=full, whole=False)
    with Catalog.open(f"sqlite:///{catalog}") as opened:
        run = run_scan(plan, opened, workers or InProcess(), observer or Silent(), NOW)
        if is_finished:
            opened.finish_run(run, NOW)
        found: dict[str, list[Sighting]] = {}
        for each in records.asset_sightings(opened):
            if each.sighting.entity == "PERSON":
                found.setdefault(each.asset, []).append(each.sighting)
    return found


def known_in(found: dict[str, list[Sighting]]) -> set[str]:
    return {
        asset
        for asset, findings in found.items()
        if asset in COLD and any(KNOWN in sighting.evidence for sighting in findings)
    }


@pytest.mark.parametrize("naming", [database, export])
def test_a_rare_name_is_found_in_files_only_because_another_source_names_its_bearer(
    tmp_path: Path, files: SourceConfig, naming: Callable[[Path], SourceConfig]
) -> None:
    alone = scanned(tmp_path / "alone.sqlite", files)
    both = scanned(tmp_path / "both.sqlite", files, naming(tmp_path))

    assert set() == known_in(alone)
    assert set(COLD) - {"other.txt"} == known_in(both)
    low = next(each for each in both["low.txt"] if KNOWN in each.evidence)
    assert (0.9, RECOGNIZER, ("•••",)) == (low.confidence, low.recognizer, low.samples)


def test_the_same_person_has_the_same_key_everywhere(tmp_path: Path, files: SourceConfig) -> None:
    scanned(tmp_path / "catalog.sqlite", files, export(tmp_path))

    with Catalog.open(f"sqlite:///{tmp_path / 'catalog.sqlite'}") as catalog:
        keys = {
            record.path: {each.key for each in record.people if each.entity == "PERSON"}
            for record in records.asset_records(catalog)
        }
    (key,) = keys["candidates/1"]
    assert all(key in keys[name] for name in COLD if name != "other.txt")


def test_no_word_of_a_name_is_in_the_catalog(tmp_path: Path, files: SourceConfig) -> None:
    scanned(tmp_path / "catalog.sqlite", files, database(tmp_path))

    stored = b"".join(path.read_bytes() for path in tmp_path.glob("catalog.sqlite*")).lower()
    assert b"staff" in stored
    for word in (b"ywenna", b"kroszak", b"olka", b"frisk"):
        assert word not in stored


def test_workers_are_told_whom_to_look_for(tmp_path: Path, files: SourceConfig) -> None:
    with Processes(2) as workers:
        found = scanned(tmp_path / "catalog.sqlite", files, database(tmp_path), workers=workers)

    assert set(COLD) - {"other.txt"} == known_in(found)


def test_an_unchanged_file_is_not_read_again_because_more_people_are_known(
    tmp_path: Path, files: SourceConfig
) -> None:
    catalog = tmp_path / "catalog.sqlite"
    scanned(catalog, files)
    staff = database(tmp_path)
    assert set() == known_in(scanned(catalog, files, staff))
    (tmp_path / "files" / "low.txt").write_text(COLD["low.txt"] + " taas", encoding="utf-8")

    # An earlier scan's people count though their source is not scanned this time.
    assert {"low.txt"} == known_in(scanned(catalog, files))
    assert set(COLD) - {"other.txt"} == known_in(scanned(catalog, files, full=True))


@pytest.mark.parametrize("naming", [database, export])
def test_what_was_read_while_the_source_of_names_failed_is_read_again(
    tmp_path: Path, files: SourceConfig, naming: Callable[[Path], SourceConfig]
) -> None:
    """The next scan read the source and called the files unchanged: nobody was found in them."""
    catalog, elsewhere = tmp_path / "catalog.sqlite", tmp_path / "elsewhere"
    named = naming(tmp_path)
    place = next(each for each in tmp_path.iterdir() if each.name in {"hr.sqlite", "export"})
    place.rename(elsewhere)
    first, second, third, fourth = (Silent(fails=number < 2) for number in range(4))

    assert set() == known_in(scanned(catalog, files, named, observer=first))
    assert set() == known_in(scanned(catalog, files, named, observer=second))
    elsewhere.rename(place)
    assert set(COLD) - {"other.txt"} == known_in(scanned(catalog, files, named, observer=third))
    scanned(catalog, files, named, observer=fourth)
    # The second knew no more than the first, and the fourth no more than the third.
    assert [len(COLD), 0, len(COLD) + 1, 0] == [
        each.examined for each in (first, second, third, fourth)
    ]


def test_whom_a_source_names_helps_it_in_no_later_scan(tmp_path: Path, files: SourceConfig) -> None:
    """What was read again after a fault knew more than what was read in peace."""
    (tmp_path / "files" / "staff.csv").write_text("etunimi;sukunimi\nYwenna;Kroszak\n")
    catalog = tmp_path / "catalog.sqlite"
    first = scanned(catalog, files)

    assert first == scanned(catalog, files, full=True)
    assert set() == known_in(first)


def test_so_it_is_where_the_scan_was_interrupted_after_its_source_of_names_had_failed(
    tmp_path: Path, files: SourceConfig
) -> None:
    """The same run went on, and what it had listed to its end was not looked at again."""
    catalog, named = tmp_path / "catalog.sqlite", export(tmp_path)
    (tmp_path / "export").rename(tmp_path / "elsewhere")
    scanned(catalog, files, named, observer=Silent(fails=True), is_finished=False)
    (tmp_path / "elsewhere").rename(tmp_path / "export")

    assert set(COLD) - {"other.txt"} == known_in(scanned(catalog, files, named))
