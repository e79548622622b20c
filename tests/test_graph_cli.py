"""`kartta graph`: every form of the picture, and questions that are answered with evidence."""

import json
from pathlib import Path

import pytest

from tests.test_cli import kartta

CONFIG = """
register: register.yaml
sources:
  - {id: share, kind: folder, path: share}
"""
REGISTER = """
version: 1
controller: {name: Havukuja Oy, country: FI, domains: [havukuja.example]}
activities:
  - id: hiring
    name: {en: Hiring, fi: Rekrytointi}
    categories: [identity.name]
    recipients: [ats]
    transfers: [ats-us]
    systems: [share]
recipients:
  - {id: ats, name: "Tuohi Systems, Inc.", role: processor, country: US}
transfers:
  - {id: ats-us, recipient: ats, country: US, tool: scc, version: 2010/87/EU}
systems:
  - {id: share, name: Share, kind: file_share, sources: [share], country: FI}
"""


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Scan a small company once."""
    folder = tmp_path_factory.mktemp("company")
    (folder / "share").mkdir()
    (folder / "share" / "cv.txt").write_text("Onni Lahti, onni.lahti@posti.example, 040 917 0555")
    (folder / "kartta.yaml").write_text(CONFIG)
    (folder / "register.yaml").write_text(REGISTER)
    done = kartta(folder, "scan", "--workers", "1")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("suffix", [".svg", ".graphml", ".json", ".mmd", ".dot"])
def test_every_form_is_written(company: Path, suffix: str) -> None:
    done = kartta(company, "graph", "-o", f"out{suffix}")

    assert done.returncode == 0, done.stderr
    assert "Tuohi Systems" in (company / f"out{suffix}").read_text("utf-8")


def test_a_question_is_answered_in_a_table(company: Path) -> None:
    done = kartta(company, "graph", "ask", "reaches", "--country", "us", "--today", "2026-11-22")

    assert done.returncode == 0, done.stderr
    assert "2010/87/EU ended" in " ".join(done.stdout.replace("│", " ").split())


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("reaches", "--country", "US"), "Tuohi Systems, Inc."),
        (("undeclared",), "E-mail address"),
        (("unobserved",), "Tuohi Systems, Inc."),
        (("shares", "--of", "ats"), "Share"),
    ],
)
def test_every_question_is_answered_in_json(
    company: Path, arguments: tuple[str, ...], expected: str
) -> None:
    done = kartta(company, "graph", "ask", *arguments, "--format", "json", "--today", "2026-11-22")

    told = json.loads(done.stdout)
    assert told["question"] == arguments[0]
    assert expected in json.dumps(told["answers"], ensure_ascii=False)
    assert all(answer["evidence"] for answer in told["answers"])


@pytest.mark.parametrize("arguments", [(), ("ask",), ("ask", "why"), ("ask", "shares")])
def test_an_incomplete_question_exits_with_2(company: Path, arguments: tuple[str, ...]) -> None:
    assert kartta(company, "graph", *arguments).returncode == 2
