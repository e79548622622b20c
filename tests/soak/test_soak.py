"""The soak itself: it can be repeated, covers every format, and tells when a result differs."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.extract.registry import BUILTIN
from soak.mutations import MUTATIONS, mutated
from soak.samples import samples
from soak.scans import differences

ROOT = Path(__file__).parent.parent.parent


def test_every_format_has_a_sample(tmp_path: Path) -> None:
    forms = {f".{each.form}" for each in samples(tmp_path)}

    for form in BUILTIN:
        assert forms & set(form.suffixes), form.name


def test_the_same_seed_damages_in_the_same_way() -> None:
    content, others = bytes(range(256)) * 9, [b"other"]

    first, second = (
        [mutated(random.Random(number), content, others) for number in range(50)]  # noqa: S311
        for _ in range(2)
    )
    assert first == second
    assert {way for _, ways in first for way in ways.split("+")} >= set(MUTATIONS) - {"inside"}


@pytest.mark.parametrize("found", [["b"], ["a", "b"], ["a", "a", "b"], []])
def test_a_result_that_differs_is_told(found: list[str]) -> None:
    assert [] == list(differences({"sightings": found}, {"sightings": found}))
    [told] = differences({"sightings": ["a"]}, {"sightings": found})

    assert "sightings" in told


@pytest.mark.soak
@pytest.mark.integration
@pytest.mark.parametrize(
    "words",
    [
        ("kills", "--assets", "60", "--strikes", "2", "--each", "2"),
        ("faults", "--assets", "60", "--strikes", "2", "--each", "2"),
        ("documents", "--minutes", "0.5"),
    ],
    ids=lambda words: words[0],
)
def test_a_small_soak_finds_nothing_wrong(words: tuple[str, ...], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "soak", *words, "--seed", "1", "--folder", str(tmp_path / "soak")],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
