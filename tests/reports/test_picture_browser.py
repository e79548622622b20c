"""The picture of small and large companies, measured in a real browser."""

from itertools import combinations
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from reports.svg import draw
from tests.reports.sizes import company
from tests.reports.test_browser import browser as browser  # noqa: PLC0414 - the fixture

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"]),
    pytest.mark.enable_socket,
]

Rectangle = tuple[float, float, float, float]
MEASURE = """
const box = (node) => { const r = node.getBoundingClientRect();
  return [r.left, r.top, r.right, r.bottom]; };
const nodes = [...document.querySelectorAll("svg g")]
  .filter((g) => g.querySelector(":scope > rect"));
return [nodes.map((g) => box(g.querySelector("rect"))),
        nodes.map((g) => [...g.querySelectorAll("text")].map(box)),
        [...document.querySelectorAll(".kg-head, .kg-key")].map(box),
        [...document.querySelectorAll(".kg-mark circle")].map(box),
        document.documentElement.getBoundingClientRect().width];
"""


def _overlap(one: Rectangle, other: Rectangle) -> bool:
    return (
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    )  # fmt: skip


@pytest.mark.parametrize("scale", [0.1, 0.5, 4])
def test_no_label_overlaps_another_or_leaves_its_box(
    browser: Chrome, tmp_path: Path, scale: float
) -> None:
    page = tmp_path / "picture.svg"
    page.write_text(draw(company(scale), "fi"), "utf-8")
    browser.get(page.as_uri())
    frames, labels, heads, marks, width = browser.execute_script(MEASURE)

    inside = [text for texts in labels for text in texts]
    assert frames
    assert not any(_overlap(one, other) for one, other in combinations(frames, 2))
    assert not any(_overlap(one, other) for one, other in combinations([*inside, *heads], 2))
    assert not any(_overlap(mark, text) for mark in marks for text in (*inside, *heads))
    for frame, texts in zip(frames, labels, strict=True):
        for left, top, right, bottom in texts:
            assert frame[0] <= left + 1
            assert right <= frame[2] + 1
            assert frame[1] <= top + 2
            assert bottom <= frame[3] + 2
    assert all(text[2] <= width + 1 for text in heads)
