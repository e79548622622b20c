"""The catalogue of processors: names over time, domains, and what keeps it consistent."""

from datetime import date

import pytest

from ropa.countries import country_codes
from ropa.model import Role
from ropa.processors import Processor, catalogue, catalogue_of

TODAY = date(2026, 9, 1)
PART = {"kind": "hosting", "role": "processor", "source": "invented", "as_of": date(2025, 1, 1)}


def test_the_catalogue_is_large_and_each_fact_tells_where_it_comes_from() -> None:
    entries = catalogue().entries

    assert len(entries) >= 150
    assert all(entry.source and entry.as_of for entry in entries)
    assert {"certain", "to_check"} == {entry.certainty("names") for entry in entries}


def test_countries_are_known_ones() -> None:
    used = {
        country
        for entry in catalogue().entries
        for country in (entry.seat, *entry.processing, *(name.country for name in entry.names))
        if country
    }

    assert used - country_codes() <= {"KY"}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Greenhouse Software, Inc.", "greenhouse"),
        ("Greenhouse Software Inc", "greenhouse"),
        ("Google Ireland Ltd", "google"),
        ("Meta Platforms Ireland Limited", "meta"),
        ("LinkedIn Ireland UC", "linkedin"),
        ("TikTok Technology Ltd", "tiktok"),
        ("Tiktok", "tiktok"),
        ("Linkedinissä", "linkedin"),
        ("Instagramissa", "meta"),
        ("Teamtailors", "teamtailor"),
        ("Webropol Oy:n", "webropol"),
        ("HR-ON A/S", "hr-on"),
    ],
)
def test_a_name_is_known_in_its_usual_spellings_and_cases(text: str, key: str) -> None:
    found = catalogue().by_name(text, TODAY)

    assert found is not None
    assert key == found.processor.id


@pytest.mark.parametrize("text", ["facebook", "Laura", "Rekrylumo Oy", "teams", ""])
def test_other_words_are_no_names(text: str) -> None:
    assert catalogue().by_name(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "on", "outdated", "current"),
    [
        ("Facebook Inc", date(2021, 10, 27), False, None),
        ("Facebook Inc", date(2021, 10, 28), True, "Meta Platforms, Inc."),
        ("Google Inc:iä", date(2021, 12, 31), True, "Google LLC"),
        ("Google Inc.", date(2016, 1, 1), False, None),
        ("Facebook Ireland Limited", date(2023, 1, 1), True, "Meta Platforms Ireland Limited"),
        ("Meta Platforms, Inc.", date(2024, 1, 1), False, None),
    ],
)
def test_a_legal_name_is_judged_by_the_day(
    text: str, on: date, outdated: bool, current: str | None
) -> None:
    found = catalogue().by_name(text, on)

    assert found is not None
    assert (outdated, current) == (found.outdated, found.current)


def test_a_domain_belongs_to_the_entry_of_the_nearest_domain_above_it() -> None:
    known = catalogue()

    greenhouse, amazon = known.by_domain("app.greenhouse.io"), known.by_domain("s3.amazonaws.com.")
    assert greenhouse is not None
    assert amazon is not None
    assert ("greenhouse", "amazon") == (greenhouse.id, amazon.id)
    assert known.by_domain("greenhouse.example") is None
    assert known.by_domain("io") is None


def test_names_within_addresses_are_no_mentions() -> None:
    text = "https://www.facebook.com/firma, tuki@google.com; Googlen palvelu"

    assert ["google"] == [m.named.processor.id for m in catalogue().mentions(text, TODAY)]


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        (
            [{"id": "a", "brands": ["Lumo"]}, {"id": "b", "brands": ["LUMO"]}],
            "the name lumo stands for two: a and b",
        ),
        (
            [
                {"id": "a", "brands": ["A"], "web": ["lumo.example"]},
                {"id": "b", "brands": ["B"], "mail": ["lumo.example"]},
            ],
            "the domain lumo.example stands for two",
        ),
        ([{"id": "a", "brands": ["A"]}, {"id": "a", "brands": ["B"]}], "the id a stands for two"),
        ([{"id": "a", "brands": ["A"], "parent": "b"}], "its parent b is not in the catalogue"),
        ([{"id": "a"}], "a has no name"),
        ([{"id": "a", "brands": ["A"], "certain": ["colour"]}], "no such facts: colour"),
        (
            [
                {
                    "id": "a",
                    "names": [
                        {
                            "name": "A Oy",
                            "country": "FI",
                            "from": date(2020, 1, 1),
                            "until": date(2019, 1, 1),
                        }
                    ],
                }
            ],
            "ends before it begins",
        ),
    ],
)
def test_an_inconsistent_catalogue_is_refused(
    entries: list[dict[str, object]], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        catalogue_of([{**PART, "entries": entries}])


def test_a_fact_is_to_be_checked_unless_it_is_said_to_be_certain() -> None:
    entry = Processor(
        id="a",
        kind="hosting",
        role=Role.PROCESSOR,
        brands=("A",),
        certain=("brands",),
        source="invented",
        as_of=date(2025, 1, 1),
    )

    assert ("certain", "to_check") == (entry.certainty("brands"), entry.certainty("seat"))
