"""`kartta notice check` and `kartta init --from-notice` as their users meet them."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from kartta.cli.main import cli
from kartta.config import load
from ropa.declared import load_register

GOOD = Path(__file__).parent.parent / "ropa" / "notice" / "complete" / "fi.txt"
POOR = "Privacy notice for job applicants\n\nWe keep your application for six months.\n"


def _kartta(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


@pytest.fixture
def poor(tmp_path: Path) -> str:
    path = tmp_path / "poor.txt"
    path.write_text(POOR, "utf-8")
    return str(path)


def test_a_complete_notice_has_no_finding() -> None:
    done = _kartta("notice", "check", str(GOOD), "--today", "2026-11-22", "--fail-on", "info")

    assert done.exit_code == 0, done.output
    assert "Findings: 0." in done.output


def test_findings_exit_with_1_only_if_asked(poor: str) -> None:
    assert _kartta("notice", "check", poor).exit_code == 0
    assert _kartta("notice", "check", poor, "--fail-on", "high").exit_code == 1
    assert _kartta("notice", "check", poor, "--fail-on", "critical").exit_code == 0


def test_json_has_law_remedy_and_evidence() -> None:
    done = _kartta("notice", "check", str(GOOD), "--format", "json", "--today", "2030-01-01")
    data = json.loads(done.output)
    stale = next(each for each in data["findings"] if each["rule"] == "TRN-04")

    assert (data["file"], data["language"], data["country"]) == ("fi.txt", "fi", "FI")
    assert data["rule_packs"]
    assert stale["references"][0].startswith("GDPR Art.")
    assert stale["remedy"]
    assert stale["evidence"][0]["quote"] in GOOD.read_text("utf-8").splitlines()[2]
    assert stale["evidence"][0]["line"] == 3


def test_the_table_speaks_finnish(poor: str) -> None:
    done = _kartta("notice", "check", poor, "--language", "fi")

    assert "Valitusoikeus" in done.output
    assert "Havaintoja:" in done.output


def test_the_words_are_of_what_is_not_there(poor: str) -> None:
    """A notice is incomplete; whether something is unlawful is not for the program to say."""
    data = json.loads(_kartta("notice", "check", poor, "--format", "json").output)
    messages = [each["message"] for each in data["findings"] if each["answer"] == "violated"]

    assert any("does not contain" in message for message in messages)
    assert not any("unlawful" in message for message in messages)


def test_a_waiver_of_kartta_yaml_is_kept_to(poor: str, tmp_path: Path) -> None:
    config = tmp_path / "kartta.yaml"
    waivers = [
        {"rule": rule, "subject": "notice", "owner": "the DPO", "until": "2099-01-01"}
        | {"reason": "a new text is being written"}
        for rule in ("TRN-01", "TRN-10", "TRN-19", "RET-13")
    ]
    config.write_text(yaml.safe_dump({"waivers": waivers}), "utf-8")

    done = _kartta("notice", "check", poor, "-c", str(config), "--fail-on", "high")

    assert done.exit_code == 0, done.output


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    done = _kartta("notice", "check", str(tmp_path / "nothing.txt"))

    assert done.exit_code == 2
    assert "nothing.txt" in done.output


def test_init_drafts_a_register_from_a_notice(tmp_path: Path) -> None:
    folder = tmp_path / "audit"

    done = _kartta("init", "--from-notice", str(GOOD), str(folder))
    register = load_register(folder / "register.yaml")
    config = load(folder / "kartta.yaml")
    assert done.exit_code == 0, done.output
    assert register.controller.name == "Lumikki Leipomot Oy"
    assert config.organisation.name == "Lumikki Leipomot Oy"
    assert config.organisation.domains == ("lumikkileipomot.example",)
    assert "confirm" in done.output


def test_init_keeps_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "register.yaml").write_text("version: 1\n", "utf-8")

    done = _kartta("init", "--from-notice", str(GOOD), str(tmp_path))

    assert "kept" in done.output
    assert (tmp_path / "register.yaml").read_text("utf-8") == "version: 1\n"
