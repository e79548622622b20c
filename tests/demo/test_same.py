"""What a scan of the invented company gives is what it gave when somebody last read it.

A change of the house changes no line of `tests/golden/demo.jsonl`. A change of detection, of the
clock or of a rule does: then its lines are read, one by one, and accepted.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from demo.tahtivahti import build
from tests.conftest import ROOT

GOLDEN = ROOT / "tests/golden/demo.jsonl"
TODAY = "2026-11-22"


@pytest.mark.slow
def test_the_demo_company_gives_what_it_gave() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch).chmod(0o755)  # who can read a file depends on the folders above it
        folder = Path(scratch) / "company"
        build(folder)
        command = [sys.executable, "-m", "kartta", "scan", "--workers", "2", "--format", "json"]
        command += ["-c", str(folder / "kartta.yaml"), "--today", TODAY]
        told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout

    found = [json.dumps(line, ensure_ascii=False) for line in lines(json.loads(told))]
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text("".join(f"{line}\n" for line in found), "utf-8")

    assert GOLDEN.read_text("utf-8").splitlines() == found, "set UPDATE_GOLDEN=1 to accept it"


def lines(report: dict[str, Any]) -> Iterator[list[Any]]:
    """Give what is found, without places of this machine and without words for people."""
    for each in report["violations"]:
        told = each["answer"], each["severity"], each["subject_id"], sorted(each["missing"])
        yield ["violation", each["rule"], *told, each["message"]["en"]]
    for each in report["sources"]:
        counts = ("assets", "examined", "partial", "skipped", "characters")
        yield ["source", each["source"]["id"], *(each[name] for name in counts), each["error"]]
    for each in report["flows"]:
        yield ["flow", each["source"], each["domain"], each["messages"], each["categories"]]
    for each in report["retention"]:
        yield ["retention", *each.values()]
    for each in report["skips"]:
        skip = each["skip"]
        yield ["skip", each["source"], each["asset"], skip["reason"], "/".join(skip["locator"])]
    for each in report["sightings"]:
        seen = each["sighting"]
        place = each["source"], each["asset"], "/".join(seen["locator"]), seen["label"]
        yield [
            *("sighting", *place, seen["entity"], seen["category"], seen["count"]),
            *(seen["distinct"], seen["confidence"], seen["recognizer"], seen["share"]),
        ]
