"""A column's heading and all its values decide together what it holds."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from detectors.columns import Columns, Share, column_of
from detectors.labels import Meaning, meaning_of
from scanner.extract.rows import columns
from scanner.locator import WHOLE, Locator
from scanner.model import Detection, Examination, Segment, Sighting

KEY = b"k" * 16
HETU = "010190-900P"
PROSE = "Soitettiin hakijalle ja sovittiin haastattelusta ensi viikon tiistaina iltapäivällä."


ANALYSER = Analyser(DetectorSettings(), KEY)


def _examined(header: str, values: Sequence[str]) -> Examination:
    return ANALYSER.examine(columns(WHOLE, [header], [[value] for value in values]))


def _finding(header: str, values: Sequence[str], entity: str) -> Sighting | None:
    return next(
        (each for each in _examined(header, values).sightings if each.entity == entity), None
    )


def _detection(start: int, end: int, entity: str = "PHONE_NUMBER") -> Detection:
    return Detection(entity, "contact.phone", start, end, 0.6, "x", (), "", "")


def _columns(header: str, values: Sequence[str], hits: Sequence[int]) -> Columns:
    """Make the columns of one table of which the values at some places were detected whole."""
    counted = Columns()
    for segment in columns(WHOLE, [header], [[value] for value in values]):
        ends = [offset + len(values[index]) for index, (offset, _) in enumerate(segment.records)]
        found = [_detection(segment.records[hit][0], ends[hit]) for hit in hits]
        counted.add(segment, found)
    return counted


def test_valid_codes_under_their_heading_are_conclusive() -> None:
    found = _finding("henkilotunnus", [HETU] * 90 + ["-"] * 10, "FI_PERSONAL_IDENTITY_CODE")

    assert found is not None
    assert found.confidence >= 0.95
    assert "column" in found.evidence
    assert (found.share, found.sample) == (0.9, 100)
    assert found.share_at_least == pytest.approx(0.8256, abs=0.0001)


def test_stray_hits_in_a_column_of_other_numbers_are_lowered() -> None:
    values = [str(100_000 + number) for number in range(100)]
    counted = _columns("asiakasnro", values, [7])

    assert counted.confidence(Locator.parse("column:asiakasnro"), "PHONE_NUMBER", 0.6) == 0.3


def test_what_a_column_speaks_against_leads_to_no_person() -> None:
    analyser = Analyser(DetectorSettings(min_confidence=0.5), KEY)
    values = [f"tuote {number}" for number in range(99)] + ["Maija Virtanen"]
    segments = columns(WHOLE, ["tuotteen nimi"], [[value] for value in values])

    found = analyser.examine(segments)
    assert [each.entity for each in found.sightings if each.confidence < 0.5] == []
    assert [each for each in found.identifiers if each.entity == "PHONE_NUMBER"] == []


@pytest.mark.parametrize("values", [["aino virtanen", "matti mäkinen"], ["VIRTANEN AINO", "Matti"]])
def test_names_under_a_heading_of_persons_count_in_any_case(values: list[str]) -> None:
    found = _finding("esimies", values * 10, "PERSON")

    assert found is not None
    assert found.confidence >= 0.9
    assert found.share == 1.0


def test_names_of_things_are_no_persons() -> None:
    values = ["vasara", "jakoavain", "ruuvimeisseli", "porakone", "hiomapaperi"] * 10

    assert _finding("nimi", values, "PERSON") is None


def test_dates_are_birth_dates_only_under_such_a_heading() -> None:
    values = [f"{day}.2.1985" for day in range(1, 28)]

    found = _finding("syntymaaika", values, "BIRTH_DATE")
    assert found is not None
    assert found.confidence > 0.9
    assert _finding("luotu", values, "BIRTH_DATE") is None


def test_values_without_a_heading_can_be_enough() -> None:
    values = [f"hakija{number}@example.org" for number in range(50)]

    found = _finding("x", values, "EMAIL_ADDRESS")
    assert found is not None
    assert found.confidence >= 0.97


def test_a_column_of_prose_is_left_to_what_was_seen_in_it() -> None:
    counted = _columns("huomautus", [PROSE] * 50, [3])

    assert counted.confidence(Locator.parse("column:huomautus"), "PHONE_NUMBER", 0.6) == 0.6


def test_batches_of_one_column_are_judged_together() -> None:
    values = [f"a{number}@example.org" for number in range(1_500)]

    found = [each for each in _examined("mail", values).sightings if each.entity == "EMAIL_ADDRESS"]
    assert [each.sample for each in found] == [1_500, 1_500]
    assert [each.count for each in found] == [1_000, 500]


def test_text_that_is_no_column_has_no_share() -> None:
    segment = Segment(Locator.parse("page:1"), "maija@example.org")
    found = ANALYSER.examine([segment]).sightings[0]

    assert column_of(segment) is None
    assert (found.share, found.share_at_least, found.sample) == (None, None, None)


@pytest.mark.parametrize(
    ("label", "entity"),
    [
        ("Sukunimi", "PERSON"),
        ("hakijan_nimi", "PERSON"),
        ("LastName", "PERSON"),
        ("efternamn", "PERSON"),
        ("fornavn", "PERSON"),
        ("synt_aika", "BIRTH_DATE"),
        ("fodselsdato", "BIRTH_DATE"),
        ("Fødselsdato", "BIRTH_DATE"),
        ("date_of_birth", "BIRTH_DATE"),
        ("puh_nro", "PHONE_NUMBER"),
        ("mobiltelefon", "PHONE_NUMBER"),
        ("sahkopostiosoite", "EMAIL_ADDRESS"),
        ("e-post", "EMAIL_ADDRESS"),
        ("personnummer", "SE_PERSONNUMMER"),
        ("CPR-nr.", "DK_CPR"),
        ("hetu", "FI_PERSONAL_IDENTITY_CODE"),
    ],
)
def test_headings_are_read_in_every_language(label: str, entity: str) -> None:
    assert meaning_of(label).speaks_for(entity)


@pytest.mark.parametrize("label", ["product_name", "tiedoston nimi", "företagsnamn", "filnavn"])
def test_headings_of_things_speak_for_no_person(label: str) -> None:
    assert not meaning_of(label).speaks_for("PERSON")


@pytest.mark.parametrize("label", ["*", "  *", "?*", "\u0301*"])
def test_a_heading_of_no_words_means_nothing(label: str) -> None:
    """Its star was added to the last word, and there was none: that ended the scan."""
    assert Meaning(frozenset(), frozenset(), other=False) == meaning_of(label)


@pytest.mark.parametrize("label", ["Puhelin*", "puhelin *"])
def test_the_star_of_a_field_that_must_be_filled_in_hides_no_heading(label: str) -> None:
    assert meaning_of(label).speaks_for("PHONE_NUMBER")


@given(st.integers(0, 500), st.integers(1, 500))
@example(0, 11)
def test_the_bounds_hold_the_share(matching: int, others: int) -> None:
    """Of none in eleven the lower bound was 2e-17 by rounding; few draws meet such a pair."""
    share = Share(matching, matching + others)

    assert 0.0 <= share.at_least <= share.share <= share.at_most <= 1.0


@given(st.integers(1, 500), st.data())
def test_more_matches_never_lower_the_bounds(sample: int, data: st.DataObject) -> None:
    fewer = data.draw(st.integers(0, sample))
    more = data.draw(st.integers(fewer, sample))

    assert Share(fewer, sample).at_least <= Share(more, sample).at_least
    assert Share(fewer, sample).at_most <= Share(more, sample).at_most


@given(st.integers(0, 100), st.integers(1, 100), st.integers(2, 9))
def test_more_values_of_the_same_share_make_the_bounds_tighter(
    matching: int, others: int, times: int
) -> None:
    few = Share(matching, matching + others)
    many = Share(matching * times, (matching + others) * times)

    assert few.at_least <= many.at_least + 1e-12
    assert many.at_most <= few.at_most + 1e-12


@given(
    st.lists(
        st.tuples(st.sampled_from(["040 123 4567", "Aino Virtanen", "abc", "17"]), st.booleans()),
        min_size=1,
        max_size=30,
    ),
    st.randoms(use_true_random=False),
    st.sampled_from(["puhelin", "nimi", "x", "asiakasnro"]),
)
def test_the_order_of_the_rows_makes_no_difference(
    rows: list[tuple[str, bool]], chance: Random, header: str
) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    place = Locator().column(header)

    before, after = (
        _columns(
            header,
            [value for value, _ in each],
            [index for index, (_, is_hit) in enumerate(each) if is_hit],
        )
        for each in (rows, shuffled)
    )
    for entity in ("PHONE_NUMBER", "PERSON"):
        assert before.share(place, entity) == after.share(place, entity)
        assert before.confidence(place, entity, 0.6) == after.confidence(place, entity, 0.6)
    assert list(before.unseen()) == list(after.unseen())


@given(st.integers(1, 60), st.data(), st.sampled_from(["puhelin", "x", "asiakasnro"]))
def test_confidence_grows_with_the_share(sample: int, data: st.DataObject, header: str) -> None:
    fewer = data.draw(st.integers(0, sample))
    more = data.draw(st.integers(fewer, sample))
    values = [f"v{number}" for number in range(sample)]
    place = Locator().column(header)

    low, high = (
        _columns(header, values, range(hits)).confidence(place, "PHONE_NUMBER", 0.6)
        for hits in (fewer, more)
    )
    assert low <= high
