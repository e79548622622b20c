"""Where things stand, and the text form that is published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.locator import WHOLE, Locator, Step

STEPS = st.lists(st.text(min_size=1))
CV = Locator().part("cv.pdf").page(2)


@given(STEPS)
def test_the_published_list_is_read_back_as_it_was(texts: list[str]) -> None:
    place = Locator.of(texts)

    assert tuple(texts) == place.texts
    assert place == Locator.of(place.texts)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (WHOLE, ""),
        (CV, "part:cv.pdf/page:2"),
        (Locator().part("2024/cv.pdf").page(2).line(7), "part:2024/cv.pdf/page:2/line:7"),
        (Locator().sheet("Hakijat").column("hetu").rows(1, 40), None),
        (Locator().called("footnotes"), "footnotes"),
        (Locator().called("candidate:17").then("field", "notes"), "candidate:17/field:notes"),
        (Locator().then("message", 3).header("subject"), "message:3/header:subject"),
    ],
)
def test_the_published_text_is_read_back_as_it_was(place: Locator, text: str | None) -> None:
    assert str(place) == (text if text is not None else "sheet:Hakijat/column:hetu/rows:1-40")
    assert place == Locator.parse(str(place))


def test_a_kind_that_is_none_of_ours_stays_its_sources_own_name() -> None:
    assert Step.parse("candidate:17") == Step("entry", "candidate:17")
    assert Step.parse("footnotes") == Step("section", "footnotes")
    assert Step.parse("part:a:b") == Step("part", "a:b")


def test_places_are_taken_apart() -> None:
    place = Locator().part("a.zip").part("b.xlsx").sheet("x").column("hetu").rows(1, 9)

    assert list(place.names("part")) == ["a.zip", "b.xlsx"]
    assert place.through("column") == place.outer
    assert place.through("page") is None
    assert str(place.without("column", "rows")) == "part:a.zip/part:b.xlsx/sheet:x"
    assert str(place.below(Locator().part("a.zip"))) == "part:b.xlsx/sheet:x/column:hetu/rows:1-9"
    assert [len(each.steps) for each in place.outwards()] == [5, 4, 3, 2, 1, 0]
    assert Locator().part("a.zip").inside(CV) == Locator.parse("part:a.zip/part:cv.pdf/page:2")
    assert not WHOLE
    assert WHOLE.last is None
