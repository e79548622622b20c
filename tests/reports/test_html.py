"""The page of findings."""

import base64
import hashlib
import re
import time
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html

from reports.page import SUBJECTS
from ropa.graph import Graph
from ropa.model import Language, Register
from tests.reports.company import HeldAudit, audit
from tests.reports.rendering import rendered, same_as_golden, shuffled

LANGUAGES: tuple[Language, ...] = ("en", "fi")


def _tree(result: HeldAudit, language: Language = "en") -> html.HtmlElement:
    return html.document_fromstring(rendered("html", result, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_as_reviewed(result: HeldAudit, language: Language) -> None:
    same_as_golden(f"findings.{language}.html", rendered("html", result, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_register_nothing_is_judged_and_nothing_is_zero(
    result: HeldAudit, language: Language
) -> None:
    """The page had five zeros and 'no rule was broken' of what was compared with nothing."""
    page = _tree(replace(result, is_declared=False, violations=()), language)
    (card,) = page.find_class("violations")
    (section,) = page.xpath("//section[@aria-labelledby='violations']")
    said = {"en": "Not judged: no register", "fi": "Ei arvioitu: selostetta"}[language]

    assert said in card.text_content()
    assert said in section.text_content()
    assert card.find_class("tile") == []
    some = _tree(replace(result, is_declared=False), language).find_class("violations")[0]
    assert said in some.text_content()
    assert some.find_class("tile")
    assert some.find_class("zero") == []


@pytest.mark.parametrize("seed", range(3))
def test_order_of_the_result_makes_no_difference(result: HeldAudit, seed: int) -> None:
    assert rendered("html", shuffled(result, seed)) == rendered("html", result)


def test_page_asks_for_nothing_from_elsewhere(result: HeldAudit) -> None:
    text = rendered("html", result).decode()
    tree = html.document_fromstring(text)
    addresses = [
        str(node.get(name))
        for node in tree.iter()
        for name in ("src", "href", "srcset", "action", "data")
        if node.get(name) is not None
    ]

    assert all(address.startswith("#") or address == "data:," for address in addresses)
    assert "url(" not in text
    assert "@import" not in text


def test_policy_allows_the_one_script_and_no_other(result: HeldAudit) -> None:
    tree = _tree(result)
    scripts = [script.text or "" for script in tree.iter("script")]
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    (policy,) = (
        str(meta.get("content"))
        for meta in tree.iter("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    )

    assert len(scripts) == 1
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{digest}';" in policy


def test_hostile_names_stay_text(result: HeldAudit) -> None:
    text = rendered("html", result).decode()

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "\u202e" not in text
    assert r"raportti_\udce4.doc" in text


def test_anchors_are_unique_and_every_link_arrives(result: HeldAudit) -> None:
    tree = _tree(result)
    anchors = [str(node.get("id")) for node in tree.iter() if node.get("id")]
    links = [str(node.get("href"))[1:] for node in tree.iter("a")]

    assert len(anchors) == len(set(anchors))
    assert set(links) <= set(anchors)


def test_anchor_of_a_breach_stays_when_others_go(result: HeldAudit) -> None:
    one = replace(result, violations=result.violations[-3:])
    anchors = {node.get("id") for node in _tree(result).iter("li") if node.get("id")}

    assert {node.get("id") for node in _tree(one).iter("li") if node.get("id")} <= anchors


def test_headings_descend_one_level_at_a_time(result: HeldAudit) -> None:
    levels = [int(node.tag[1]) for node in _tree(result).iter("h1", "h2", "h3", "h4", "h5", "h6")]

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_scoped_headings(result: HeldAudit) -> None:
    for table in _tree(result).iter("table"):
        assert table.find("caption") is not None
        assert all(cell.get("scope") for cell in table.iter("th"))


def test_many_subjects_are_cut_with_their_number() -> None:
    text = rendered("html", audit(copies=1_234)).decode()

    assert text.count("past its time.") == SUBJECTS
    assert "and 1,214 more" in text


def test_open_answers_are_as_prominent_as_violations(result: HeldAudit) -> None:
    tree = _tree(result)
    tiles = {
        "".join(tile.find("dt").itertext()): "".join(tile.find("dd").itertext())
        for tile in tree.find_class("tile")
    }

    assert tiles == {
        "Critical": "2",
        "High": "27",
        "Medium": "1",
        "Low": "1",
        "Note": "1",
        "Cannot be judged": "2",
        "Waived": "1",
        "Examined": "7,421",
        "Partly examined": "66",
        "Not examined": "62",
    }


def test_interrupted_run_says_so(result: HeldAudit) -> None:
    broken = replace(result, run=replace(result.run, finished_at=None))

    assert "the run was interrupted" in rendered("html", broken).decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_empty_audit_says_that_it_is_empty(result: HeldAudit, language: Language) -> None:
    nothing = replace(
        result,
        register=Register.empty("Nobody Oy"),
        graph=Graph(),
        sources=(),
        categories=(),
        flows=(),
        sightings=(),
        skips=(),
        retention=(),
        violations=(),
        rules=(),
    )

    assert len(_tree(nothing, language).find_class("none")) == 8


def test_page_stays_small_and_fast_however_large_the_audit() -> None:
    large = audit(copies=20_000)
    large = replace(large, sightings=large.sightings * 12_500, skips=large.skips * 400)
    begin = time.perf_counter()
    page = rendered("html", large)

    assert len(page) < 200_000
    assert time.perf_counter() - begin < 10


def test_page_holds_no_empty_reference(result: HeldAudit) -> None:
    text = re.sub(
        r"<(style|script|svg).*?</\1>", "", rendered("html", result).decode(), flags=re.DOTALL
    )

    assert "{{" not in text
    assert "None" not in text
