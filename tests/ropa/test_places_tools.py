"""Countries by name, and what a transfer may rest on, by the law of the day."""

from datetime import date

import pytest

from ropa.countries import countries_in
from ropa.places import places


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("siirretään Yhdysvaltoihin, Intiaan ja Isoon-Britanniaan", ["US", "IN", "GB"]),
        ("palvelimet ovat Irlannissa, Alankomaissa ja Virossa", ["IE", "NL", "EE"]),
        ("USA:ssa ja Filippiineillä", ["US", "PH"]),
        ("lagras i USA, Storbritannien och på Filippinerna", ["US", "GB", "PH"]),
        ("overføres til USA, India og Sveits", ["US", "IN", "CH"]),
        ("overføres til Storbritannia og Ukraina frå Noreg", ["GB", "UA", "NO"]),
        ("behandles i Indien, Det Forenede Kongerige og Schweiz", ["IN", "GB", "CH"]),
        ("in the United States, the UK, India and Switzerland", ["US", "GB", "IN", "CH"]),
        ("the U.S. and Hong Kong", ["US", "HK"]),
    ],
)
def test_countries_are_found_in_five_languages_and_inflected(text: str, codes: list[str]) -> None:
    assert codes == [found.code for found in countries_in(text) if not found.adjective]


@pytest.mark.parametrize(
    "text",
    [
        "the EU-U.S. Data Privacy Framework",
        "EU\u2013US Privacy Shield",
        "please contact us",
        "New Jersey",
        "vastaamme suomeksi",
        "suomenkielinen lomake",
        "the UK GDPR",
    ],
)
def test_other_words_name_no_country(text: str) -> None:
    assert [] == [found.code for found in countries_in(text)]


def test_an_adjective_says_whose_not_where() -> None:
    text = "norjalainen emoyhtiö, det svenska bolaget, a Finnish company"

    found = list(countries_in(text))

    assert ["NO", "SE", "FI"] == [each.code for each in found]
    assert all(each.adjective for each in found)


@pytest.mark.parametrize(
    ("country", "on", "inside"),
    [
        ("GB", date(2020, 12, 31), True),
        ("GB", date(2021, 1, 1), False),
        ("HR", date(2012, 1, 1), False),
        ("HR", date(2014, 1, 1), True),
        ("NO", date(2026, 1, 1), True),
        ("US", date(2026, 1, 1), False),
    ],
)
def test_membership_has_its_days(country: str, on: date, inside: bool) -> None:
    assert inside == places().is_eea(country, on)


@pytest.mark.parametrize(
    ("tool", "version", "country", "on", "answer"),
    [
        ("scc", "2021/914", "US", date(2021, 6, 26), "invalid"),
        ("scc", "2021/914", "US", date(2021, 6, 27), "conditional"),
        ("scc", "(EU) 2021/914", "IN", date(2026, 1, 1), "conditional"),
        ("scc", "2010/87/EU", "US", date(2022, 12, 27), "conditional"),
        ("scc", "2010/87", "US", date(2022, 12, 28), "invalid"),
        ("scc", "2004/915/EC", "US", date(2023, 1, 1), "invalid"),
        ("scc", "", "US", date(2022, 1, 1), "unknown"),
        ("scc", "", "US", date(2026, 1, 1), "conditional"),
        ("dpf", "", "US", date(2023, 7, 9), "invalid"),
        ("dpf", "", "US", date(2023, 7, 10), "conditional"),
        ("dpf", "", "IN", date(2024, 1, 1), "invalid"),
        ("privacy_shield", "", "US", date(2020, 7, 16), "conditional"),
        ("privacy_shield", "", "US", date(2020, 7, 17), "invalid"),
        ("safe_harbor", "", "US", date(2015, 10, 7), "invalid"),
        ("adequacy", "", "GB", date(2022, 1, 1), "valid"),
        ("adequacy", "", "JP", date(2022, 1, 1), "conditional"),
        ("adequacy", "", "US", date(2021, 1, 1), "invalid"),
        ("adequacy", "", "BR", date(2025, 1, 1), "invalid"),
        ("bcr", "", "IN", date(2024, 1, 1), "conditional"),
        ("derogation", "", "IN", date(2024, 1, 1), "conditional"),
        ("scc", "", "NO", date(2024, 1, 1), "not_needed"),
        ("handshake", "", "IN", date(2024, 1, 1), "unknown"),
    ],
)
def test_a_tool_is_judged_by_the_law_of_the_day(
    tool: str, version: str, country: str, on: date, answer: str
) -> None:
    assert answer == places().tool_valid(tool, version, country, on).answer


def test_old_clauses_could_not_be_concluded_after_their_repeal() -> None:
    on = date(2022, 1, 1)

    in_time = places().tool_valid("scc", "2010/87", "US", on, signed=date(2021, 9, 26))
    too_late = places().tool_valid("scc", "2010/87", "US", on, signed=date(2021, 9, 27))

    assert ("conditional", "invalid") == (in_time.answer, too_late.answer)


def test_the_day_of_signing_tells_which_clauses_they_are() -> None:
    on = date(2022, 6, 1)

    judged = places().tool_valid("scc", "", "US", on, signed=date(2021, 10, 1))

    assert ("(EU) 2021/914",) == judged.acts
    assert "conditional" == judged.answer
