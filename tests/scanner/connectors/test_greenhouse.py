"""Exports of Greenhouse: every row reaches somebody, and each event its best evidence."""

import hashlib
import json
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scanner import memory
from scanner.connectors.base import Connector, SourceConfig
from scanner.connectors.recruiting import greenhouse_export
from scanner.connectors.recruiting.greenhouse import Config, Greenhouse, open_source
from scanner.errors import AssetError, ConfigError, SourceError
from scanner.extract.base import Limits
from scanner.model import Asset, Content, Message, Milestone, MilestoneKind, Segment, Skip
from scanner.testing import ConnectorLaws, Factory, Lose, photograph
from tests.away import away

EXPORT: dict[str, list[dict[str, Any]]] = {
    "candidates": [
        {
            "id": 102,
            "first_name": "Aino",
            "last_name": "Esimerkki",
            "title": "Electrician",
            "email_addresses": [{"type": "personal", "value": "Aino@example.com"}],
            "phone_numbers": [{"type": "mobile", "value": "+358 40 0000000"}],
            "tags": ["night shift"],
            "updated_at": "2026-02-01T00:00:00.000Z",
            "custom_fields": {
                "talent_pool_consent_until": {
                    "name": "Talent pool consent until",
                    "type": "date",
                    "value": "2027-01-31",
                }
            },
        },
        {"id": 11, "first_name": "Bertil", "last_name": "Provsson", "unknown": {"deep": [None]}},
    ],
    "applications": [
        {
            "id": 17,
            "candidate_id": 102,
            "job_id": 5,
            "status": "rejected",
            "created_at": "2026-01-01T08:00:00Z",
            "rejected_at": "2026-01-20T08:00:00Z",
            "last_activity_at": "2026-01-21T08:00:00Z",
            "answers": [{"question": "Do you have allergies?", "answer": "Hazelnuts, sadly"}],
        },
        {"id": 18, "candidate_id": 11, "job_id": 5, "status": "hired", "prospect": False},
    ],
    "attachments": [
        {"id": 31, "application_id": 17, "filename": "cv.txt", "type": "resume"},
        {"id": 32, "application_id": 17, "filename": "letter.pdf", "type": "cover_letter"},
        {"id": 33, "application_id": 18, "candidate_id": None, "filename": "cv.txt"},
    ],
    "notes": [
        {
            "id": 41,
            "candidate_id": 102,
            "type": "EMAIL",
            "body": "<p>We chose <b>somebody else</b></p>",
            "email_from": "jobs@example.org",
            "email_to": "Aino Esimerkki <aino@example.com>",
            "created_at": "2026-01-22T09:00:00Z",
        },
        {
            "id": 42,
            "candidate_id": 102,
            "type": "EMAIL",
            "body": "Please come to an interview",
            "email_to": "aino@example.com",
            "created_at": "2026-01-10T09:00:00Z",
        },
        {"id": 43, "candidate_id": 102, "type": "NOTE", "body": "Was ill in spring"},
    ],
    "scorecards": [{"id": 51, "application_id": 17, "private_notes": "Nervous but capable"}],
    "scorecard_candidate_attributes": [{"id": 52, "scorecard_id": 51, "note": "speaks softly"}],
    "eeoc": [
        {
            "application_id": 18,
            "race": {"id": 1, "description": "Prefers not to say"},
            "disability_status": {"id": 2, "description": "Yes, I have a disability"},
        }
    ],
    "jobs": [{"id": 5, "name": "Electrician", "closed_at": "2026-02-02T00:00:00Z"}],
    "openings": [
        {"id": 6, "job_id": 5, "application_id": 18, "close_reason_id": 7,
         "closed_at": "2026-01-19T00:00:00Z"},
        {"id": 8, "job_id": 5, "close_reason_id": 9, "closed_at": "2026-01-05T00:00:00Z"},
    ],
    "close_reasons": [{"id": 7, "name": "Hire - New Headcount"}, {"id": 9, "name": "On hold"}],
    "users": [
        {"id": 61, "first_name": "Rekry", "last_name": "Exempel", "emails": ["r@example.org"]}
    ],
    "interviews": [{"id": 71, "application_id": 404, "location": "Second floor, Exempelvägen 1"}],
}  # fmt: skip


@pytest.fixture
def export(tmp_path: Path) -> Path:
    folder = tmp_path / "export"
    (folder / "files" / "33").mkdir(parents=True)
    for name, rows in EXPORT.items():
        if name == "notes":
            (folder / "notes.jsonl").write_text("\n".join(map(json.dumps, rows)))
        else:
            (folder / f"{name}.json").write_text(json.dumps(rows, indent=1))
    (folder / "files" / "31_cv.txt").write_text("Aino Esimerkki, born in Turku")
    (folder / "files" / "33" / "cv.txt").write_text("Bertil Provsson, born in Malmö")
    (folder / "files" / "99_orphan.txt").write_text("Nobody knows whose this is")
    return folder


def opened(folder: Path) -> Connector:
    return Greenhouse(Config(id="ats", path=folder), Limits())


def asset_named(source: Connector, path: str) -> Asset:
    return next(asset for asset in source.discover(None) if asset.path == path)


def contents(source: Connector, path: str) -> list[Content]:
    return list(source.read(asset_named(source, path)))


def texts(found: list[Content]) -> list[tuple[str, str]]:
    return [(each.label, each.text) for each in found if isinstance(each, Segment)]


class TestGreenhouse(ConnectorLaws):
    """The v3 resources."""

    @pytest.fixture
    def connector_factory(self, export: Path) -> Factory:
        return lambda: open_source(Config(id="ats", path=export), Limits())

    @pytest.fixture
    def snapshot(self, export: Path) -> Callable[[], object]:
        return lambda: photograph(export)

    @pytest.fixture
    def break_one(self, export: Path) -> Callable[[], str]:
        def damage() -> str:
            (export / "files" / "33" / "cv.txt").unlink()
            return "candidates/11"

        return damage

    @pytest.fixture
    def lose_connection(self, export: Path) -> Lose:
        return lambda: away(export)


@pytest.mark.shared
class TestFivetran(ConnectorLaws):
    """The CSV tables, with columns shifted as they are in the wild."""

    @pytest.fixture
    def connector_factory(self, shared: Path) -> Factory:
        return lambda: open_source(Config(id="ats", path=shared / "greenhouse_seeds"), Limits())

    def test_every_cell_of_every_table_is_given(self, shared: Path) -> None:
        source = opened(shared / "greenhouse_seeds")
        given = "\n".join(
            text for asset in source.discover(None) for _, text in texts(list(source.read(asset)))
        )

        for value in ("Spongebob", "Squarepants", "111-222-0000", "hello@gmail.com", "is nice",
                      "Nina Simone", "my_resume.doc", "Asian", "hey@fivetran.com"):  # fmt: skip
            assert value in given


def test_candidates_come_first_by_number_and_nothing_is_left_out(export: Path) -> None:
    listed = [asset.path for asset in opened(export).discover(None)]

    assert listed == [
        "candidates/11",
        "candidates/102",
        "files/files/99_orphan.txt",
        "jobs",
        "tables/close_reasons",
        "tables/interviews",
        "tables/openings",
        "users",
    ]


def test_fields_are_labelled_and_attachments_read(export: Path) -> None:
    given = texts(contents(opened(export), "candidates/102"))

    for expected in (
        ("full name", "Aino Esimerkki"),
        ("email", "Aino@example.com"),
        ("phone", "+358 40 0000000"),
        ("Do you have allergies?", "Hazelnuts, sadly"),
        ("private_notes", "Nervous but capable"),
        ("note", "speaks softly"),
        ("body", "Was ill in spring"),
    ):
        assert expected in given
    joined = "\n".join(text for _, text in given)
    assert "born in Turku" in joined
    assert "somebody else" in joined
    assert "<b>" not in joined


def test_places_name_the_row_and_the_field(export: Path) -> None:
    places = {
        each.locator.texts
        for each in contents(opened(export), "candidates/102")
        if isinstance(each, Segment)
    }

    assert ("application:17", "field:answers") in places
    assert ("attachment:31", "part:cv.txt") in {place[:2] for place in places}


def test_special_categories_are_labelled_by_what_they_are(export: Path) -> None:
    given = texts(contents(opened(export), "candidates/11"))

    assert ("disability_status", "Yes, I have a disability") in given
    assert ("race", "Prefers not to say") in given
    assert any("born in Malmö" in text for _, text in given)


def test_a_missing_attachment_is_said(export: Path) -> None:
    skips = [e for e in contents(opened(export), "candidates/102") if isinstance(e, Skip)]

    assert [("attachment:32", "part:letter.pdf")] == [skip.locator.texts for skip in skips]


def test_events_name_their_evidence(export: Path) -> None:
    found = [e for e in contents(opened(export), "candidates/102") if isinstance(e, Milestone)]

    def day(number: int, month: int = 1) -> datetime:
        return datetime(2026, month, number, tzinfo=UTC)

    assert {
        (each.kind, each.at and each.at.date(), each.evidence, each.application) for each in found
    } == {
        (MilestoneKind.APPLIED, day(1).date(), "applications.created_at", "17"),
        (MilestoneKind.REJECTED, day(20).date(), "applications.rejected_at", "17"),
        (MilestoneKind.FILLED, day(19).date(), "openings.closed_at (close reason: hire)", "17"),
        (MilestoneKind.CLOSED, day(2, 2).date(), "jobs.closed_at", "17"),
        (MilestoneKind.ACTIVITY, day(21).date(), "applications.last_activity_at", "17"),
        (MilestoneKind.CONSENT_UNTIL, datetime(2027, 1, 31, tzinfo=UTC).date(),
         "candidates.custom_fields", ""),
    }  # fmt: skip


def test_a_hire_is_dated_by_the_opening_that_it_filled(export: Path) -> None:
    found = [e for e in contents(opened(export), "candidates/11") if isinstance(e, Milestone)]

    assert (MilestoneKind.HIRED, datetime(2026, 1, 19, tzinfo=UTC)) in {
        (each.kind, each.at) for each in found
    }


def test_mails_give_their_envelope(export: Path) -> None:
    envelopes = [e for e in contents(opened(export), "candidates/102") if isinstance(e, Message)]

    assert ("jobs@example.org", ("aino@example.com",)) == (
        envelopes[0].sender,
        envelopes[0].recipients,
    )


def test_a_mail_to_somebody_else_tells_nothing(export: Path) -> None:
    notes = (export / "notes.jsonl").read_text().replace("aino@example.com", "other@example.com")
    (export / "notes.jsonl").write_text(notes)

    found = contents(opened(export), "candidates/102")

    assert not any(isinstance(e, Milestone) and e.kind is MilestoneKind.TOLD for e in found)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("candidates.json", "Aino", "Anna"),
        ("jobs.json", "2026-02-02", "2026-02-03"),
        ("close_reasons.json", "Hire -", "Other -"),
        ("files/31_cv.txt", "Turku", "Vantaa"),
    ],
)
def test_whatever_changes_a_candidate_changes_the_fingerprint(
    export: Path, file: str, old: str, new: str
) -> None:
    before = asset_named(opened(export), "candidates/102").fingerprint

    (export / file).write_text((export / file).read_text().replace(old, new))

    assert before != asset_named(opened(export), "candidates/102").fingerprint


@pytest.mark.parametrize("damaged", ['[{"id": 1}, {"id"', '[{"id": 1}', "[{'id': 1}]", "[" * 9_999])
def test_a_broken_table_is_an_asset_that_cannot_be_read(export: Path, damaged: str) -> None:
    (export / "offers.json").write_text(damaged)
    source = opened(export)
    broken = asset_named(source, "broken/offers.json")

    with pytest.raises(AssetError):
        list(source.read(broken))
    assert contents(source, "candidates/102")


def test_rows_across_the_reader_s_pieces_are_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(greenhouse_export, "_CHUNK", 7)
    rows = [{"id": n, "first_name": "ä" * n, "tags": [{"a": "]"}]} for n in range(30)]
    (tmp_path / "candidates.json").write_text(json.dumps(rows, ensure_ascii=False))

    with closing(greenhouse_export.Export()) as export:
        greenhouse_export.load(tmp_path, export)

        assert not export.broken
        assert [row for n in range(30) for _, row in export.rows(str(n))] == rows


def test_shifted_columns_and_odd_values_never_stop_it(tmp_path: Path) -> None:
    (tmp_path / "candidate.csv").write_text("id,first_name,custom_fields\n1,Aino,x,extra\n,\n\n")
    (tmp_path / "application.csv").write_text("id,candidate_id,applied_at,jobs\n2,1,soon,[]\n")
    (tmp_path / "applications.json").write_text('[17, "text", [1], {"id": {"a": 1}, "jobs": 3}]')

    for asset in opened(tmp_path).discover(None):
        list(opened(tmp_path).read(asset))
    assert ("column 4", "extra") in texts(contents(opened(tmp_path), "candidates/1"))


def test_half_a_character_in_the_export_reaches_nobody(tmp_path: Path) -> None:
    """JSON may hold one half of a surrogate pair, which no encoder after us would take."""
    (tmp_path / "candidates.json").write_text('[{"id": 1, "first_name": "Aino \\ud83d"}]')

    assert [("full name", "Aino ?")] == texts(contents(opened(tmp_path), "candidates/1"))


def test_a_missing_folder_and_a_foreign_configuration_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        list(opened(tmp_path / "nowhere").discover(None))
    with pytest.raises(ConfigError):
        open_source(SourceConfig(id="x", kind="other"), Limits())


def test_a_linked_attachment_is_not_followed(export: Path) -> None:
    (export / "files" / "31_cv.txt").unlink()
    (export / "files" / "31_cv.txt").symlink_to(shutil.which("sh") or "/bin/sh")

    skips = [e for e in contents(opened(export), "candidates/102") if isinstance(e, Skip)]

    assert any("symbolic link" in skip.detail for skip in skips)


def test_an_export_keeps_its_fingerprints(export: Path) -> None:
    """As catalogs of earlier versions hold them: nothing is read again for a new version of us."""
    shutil.rmtree(export / "files")  # their times and numbers are those of this run
    listed = [
        f"{asset.path} {asset.fingerprint} {asset.size}" for asset in opened(export).discover(None)
    ]

    assert (
        "0df0f4d829ad686af71d195e74eb562e"
        == hashlib.sha256("\n".join(listed).encode()).hexdigest()[:32]
    )


@pytest.mark.slow
def test_an_export_may_be_larger_than_memory(tmp_path: Path) -> None:
    """One of 306 MB was held in memory, by the scan and by each worker, and ended the scan."""
    rows = {
        "candidates": {"first_name": "Aino", "notes": "hakija " * 200},
        "applications": {"status": "rejected", "answers": "because " * 200},
    }
    number = 30_000
    for name, row in rows.items():
        with (tmp_path / f"{name}.jsonl").open("w") as file:
            file.writelines(
                json.dumps({"id": each, "candidate_id": each, **row}) + "\n"
                for each in range(number)
            )
    size = sum(file.stat().st_size for file in tmp_path.iterdir())
    connector = open_source(Config(id="ats", path=tmp_path), Limits())

    with memory.at_most(memory.address_space() + size // 2), connector as source:
        assert number == sum(1 for _ in source.discover(None))
