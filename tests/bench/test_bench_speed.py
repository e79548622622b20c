"""The measurements of speed and of confidence, on a handful of words."""

from pathlib import Path

import pytest

from bench.calibration import Judged, calibration_error, judged, sure_table
from bench.throughput import doors, measure, ours, presidios, ratios, speed_table
from bench.throughput_texts import text_sets
from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from tests.corpus.load import Span

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")

TEXT = "Matti Meikäläinen, puh. 040 123 4567, matti@example.org, 00100 Helsinki\n"


def test_all_tools_read_the_same_texts(tmp_path: Path) -> None:
    tools = [*ours(), *presidios(None), *doors(tmp_path)]

    passes = measure(tools, {"some": [TEXT, TEXT * 2]}, rounds=1)

    sizes = {spent.bytes for by_set in passes.values() for spent in by_set.values()}
    assert {3 * len(TEXT.encode())} == sizes
    assert all(spent.results > 0 for by_set in passes.values() for spent in by_set.values())
    assert "Kartta, patterns / Presidio" in ratios(passes)
    assert speed_table(passes).count("\n|") == len(tools) + 1


def test_a_users_recognizer_finds_the_same_both_ways(tmp_path: Path) -> None:
    through, directly = (tool.start() for tool in doors(tmp_path))

    assert 2 == through([TEXT * 2]) == directly([TEXT * 2])


def test_only_texts_that_are_there_are_read(tmp_path: Path) -> None:
    assert ["HR"] == list(text_sets(tmp_path))


def test_a_finding_is_right_if_it_overlaps_a_label_of_its_entity() -> None:
    analyser = Analyser(DetectorSettings(disable=("names.model",)), bytes(32))
    wanted = frozenset({"EMAIL_ADDRESS", "PHONE_NUMBER"})
    start = TEXT.index("matti@")
    labels = (Span(start, start + 5, "EMAIL_ADDRESS"), Span(0, len(TEXT), "PERSON"))

    found = {each.entity: each for each in judged(TEXT, labels, wanted, analyser)}

    assert (True, False) == (found["EMAIL_ADDRESS"].is_right, found["EMAIL_ADDRESS"].is_exact)
    assert not found["PHONE_NUMBER"].is_right


def test_what_is_sure_and_right_has_no_error() -> None:
    findings = [Judged("URL", 1.0, is_right=True, is_exact=True)] * 3

    assert 0 == calibration_error(findings)
    assert "| some | URL | 3 | 1.000 | 1.000 | 1.000 |" in sure_table({"some": findings})
