"""The organisations that a notice names, in five languages; all but known services are invented."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from ropa.notice.sections import notice_of
from ropa.notice.text import NoticeText
from ropa.notice.topics.document import read_document
from ropa.notice.topics.organisations import Organisation, read_organisations

SEED = Path(__file__).parents[4] / "shared" / "seed"


def _read(text: str, controller: str = "") -> tuple[Organisation, ...]:
    notice = notice_of("notice.txt", text)
    found: dict[str, Any] = dict(read_document(notice, {}))
    if controller:
        found["controller"] = {"legal_entity": controller}
    organisations = read_organisations(notice, found)["organisations"]
    _check_quotes(notice, organisations)
    return organisations


def _check_quotes(notice: NoticeText, organisations: tuple[Organisation, ...]) -> None:
    for each in organisations:
        assert each.evidence
        for evidence in each.evidence:
            assert evidence.quote in notice.lines[evidence.line - 1].raw


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            (
                "Käytämme rekrytointijärjestelmää Hakulumo. Arvioinnit tekee Kuusiranta Arvio Oy:n"
                " psykologi, ja kyselyihin käytämme Webropolia."
            ),
            ["Hakulumo", "Kuusiranta Arvio Oy", "Webropol"],
        ),
        (
            "Vi använder Teamtailor AB för rekrytering och Grankulla Test AB för tester.",
            ["Teamtailor AB", "Grankulla Test AB"],
        ),
        (
            "Vi bruker rekrutteringssystemet Fjellsøk, levert av Fjellsøk Drift AS, og Webcruiter.",
            ["Fjellsøk", "Fjellsøk Drift AS", "Webcruiter"],
        ),
        (
            "Vi nyttar Jobbnorge AS og Vestfjord Data ANS som databehandlarar.",
            ["Jobbnorge AS", "Vestfjord Data ANS"],
        ),
        (
            "Vi anvender HR-ON A/S og Strandhaven Test ApS i rekrutteringen.",
            ["HR-ON A/S", "Strandhaven Test ApS"],
        ),
        (
            "Kommunen använder rekryteringssystemet Varbi Recruit. Grankulla Data AB är biträde.",
            ["Varbi", "Grankulla Data AB"],
        ),
        (
            "We use Workday, Bright Harbour Screening Ltd and Sunny Meadow Inc. for recruitment.",
            ["Workday", "Bright Harbour Screening Ltd", "Sunny Meadow Inc."],
        ),
    ],
)
def test_organisations_are_known_by_the_catalogue_and_by_form(text: str, names: list[str]) -> None:
    assert names == [each.name for each in _read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Indeed, we keep your data safe. Our teams read it.",
        "The Company keeps your data. A lever moves the box. Apply with your LinkedIn profile.",
        "Laura vastaa rekrytoinnista. Lisätietoja: https://www.facebook.com/firma",
        "Vi delar inte uppgifter med andra företag.",
        "IN NO EVENT SHALL WE BE LIABLE EXCEPT AS PROVIDED BY LAW.",
        "Kirjoita osoitteeseen tyo@google.com.",
    ],
)
def test_other_words_are_no_organisations(text: str) -> None:
    assert () == _read(text)


@pytest.mark.parametrize(
    "text",
    [
        "Rekisterinpitäjä on Koivulinna Oy. Käytämme palvelua, jonka tarjoaa Psycon Oy.",
        "Björkdala AB är personuppgiftsansvarig. Test görs av Psycon Oy.",
        "Fjellvik AS er behandlingsansvarlig. Tester utføres av Psycon Oy.",
        "Dataansvarlig: Strandby A/S. Test udføres af Psycon Oy.",
        "Harbour Ltd is the controller. Tests are run by Psycon Oy.",
    ],
)
def test_the_controller_is_none_of_them(text: str) -> None:
    assert ["Psycon Oy"] == [each.name for each in _read(text)]


def test_a_holding_company_of_the_same_name_is_another() -> None:
    text = "Koivulinna Oy käsittelee tietoja. Emoyhtiömme on ruotsalainen Koivulinna Holding AB."

    (parent,) = _read(text, controller="Koivulinna Oy")

    assert ("Koivulinna Holding AB", "SE", True) == (parent.name, parent.country, parent.eea)
    assert "group parent" == parent.function


@pytest.mark.parametrize(
    ("text", "country", "address"),
    [
        (
            "We use Sunny Meadow Inc., 12 Main Street, Boston, MA 02110, USA (“Sunny”).",
            "US",
            "12 Main Street, Boston, MA 02110, USA",
        ),
        ("Palvelun tarjoaa norjalainen Fjellsøk AS.", "NO", None),
        ("Test görs av Granskog Test AS (Norge).", "NO", None),
        ("Nord Rådgiving Ltd i Storbritannia bistår oss.", "GB", None),
        ("Vi anvender Strandhaven ApS.", None, None),
    ],
)
def test_a_country_is_what_the_notice_says(
    text: str, country: str | None, address: str | None
) -> None:
    (found,) = _read(text)

    assert (country, address) == (found.country, found.address)


def test_a_silent_notice_leaves_the_country_to_be_inferred() -> None:
    (found,) = _read("Vi anvender Strandhaven ApS.")

    assert (None, "DK", None) == (found.country, found.country_inferred, found.eea)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Psycon Oy toimii henkilötietojen käsittelijänä.", "processor"),
        ("Nämä yhtiöt, kuten Psycon Oy, eivät ole tietojenkäsittelijöitämme.", "controller"),
        ("Tjänsten drivs av Teamtailor AB på uppdrag av oss.", "processor"),
        ("Semac AS er selvstendig behandlingsansvarlig for sjekken.", "controller"),
        ("Vi nyttar Jobbnorge AS som databehandlar.", "processor"),
        ("Vi er fælles dataansvarlige med Meta Platforms Ireland Ltd.", "joint_controller"),
        ("Our service provider Sunny Meadow Inc. sends mail.", "service_provider"),
        ("We met Sunny Meadow Inc. last year.", None),
    ],
)
def test_a_role_is_what_the_sentence_calls_it(text: str, role: str | None) -> None:
    (found,) = _read(text)

    assert role == found.role_stated


def test_a_name_that_has_changed_is_outdated_on_the_day_of_the_notice() -> None:
    old = "Privacy notice\nLast updated: 3 May 2020\n\nWe advertise with Facebook Inc. online."
    new = old.replace("2020", "2022")

    assert [False] == [each.name_outdated for each in _read(old)]
    assert [(True, "Meta Platforms, Inc.")] == [
        (each.name_outdated, each.name_current) for each in _read(new)
    ]


def test_platforms_stand_beside_the_company_that_runs_them() -> None:
    text = "We advertise on Facebook and Instagram, run by Meta Platforms Ireland Limited."

    found = _read(text)

    assert ["Facebook", "Instagram", "Meta Platforms Ireland Limited"] == [
        each.name for each in found
    ]
    assert ["platform", "platform", "company"] == [each.kind for each in found]


def test_a_brand_of_another_name_than_its_company_stands_beside_it() -> None:
    text = "Vi använder rekryteringssystemet Varbi. Grade AB är personuppgiftsbiträde."

    assert ["Varbi", "Grade AB"] == [each.name for each in _read(text)]


def test_a_short_name_leads_to_its_other_places() -> None:
    text = (
        "Palvelimet tarjoaa Granö Drift AB (jäljempänä ”Granö”).\n\nGranön tietosuojakäytäntö on"
        " osoitteessa https://grano.example/tietosuoja.\n\nGranöltä saa lisätietoja."
    )

    (found,) = _read(text)

    assert ("Granö", "https://grano.example/tietosuoja") == (found.alias, found.policy_url)
    assert {1, 3, 5} == {evidence.line for evidence in found.evidence}


def test_a_short_name_of_several_is_none() -> None:
    found = _read('We use Facebook or Pinterest (hereinafter "Social Network") for jobs.')

    assert [None, None] == [each.alias for each in found]


def test_a_service_that_is_mistaken_for_the_controller_is_kept() -> None:
    assert ["Webropol"] == [
        each.name for each in _read("Webropol processes the answers.", controller="Webropol")
    ]


def test_a_defined_term_is_no_short_name() -> None:
    (found,) = _read('Recruitment runs on Teamtailor AB (the "Service"). The Service is safe.')

    assert found.alias is None


@pytest.mark.shared
@pytest.mark.skipif(not SEED.is_dir(), reason="../shared/seed is not here")
def test_the_seed_notice_gives_the_organisations_of_its_gold() -> None:
    gold = yaml.safe_load((SEED / "notice.fi.gold.yaml").read_text("utf-8"))["organisations"]
    text = (SEED / "notice.fi.txt").read_text("utf-8")

    found = {each.name: each for each in _read(text, controller="Sector Alarm")}

    assert {entry["name"] for entry in gold} == set(found)
    for entry in gold:
        each = found[entry["name"]]
        country = "NO" if entry.get("country") is False else entry.get("country")
        assert country == each.country
        assert entry.get("role_stated") == each.role_stated
        assert entry.get("policy_url") == each.policy_url
        assert entry.get("address") == each.address
        assert bool(entry.get("name_outdated")) == bool(each.name_outdated)
        lines = {evidence.line for evidence in each.evidence}
        assert {evidence["line"] for evidence in entry["evidence"]} <= lines


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Recipients\n\nLumo Payroll LLP | processor | United Kingdom", "GB"),
        ("Vastaanottajat\n\n- Lumo Tal Oy (videohaastattelut, Suomi)", "FI"),
        ("Modtagere\n\n- Lumo Tal Limited (Lumo), Irland", "IE"),
        ("Vastaanottajat\n\n- Lumo Tal Oy \u2013 koodaustehtävät, puolalainen yhtiö", "PL"),
        ("Mottagare\n\n- Lumo Tal Ltd \u2013 intervjuer, Estland", "EE"),
        ("Recipients\n\n- Lumo Tal LLC, Utah, hosts our system.", "US"),
        ("Recipients\n\n- Our parent, Lumo Tal Inc. of Delaware.", "US"),
        ("Mottagare\n\nLumo Tal AB lagrar dock svar i USA.", "US"),
        ("Recipients\n\nLumo Tal Ltd and Kuusi Ltd work for us, and one is in Spain.", None),
    ],
)
def test_countries_are_read_from_tables_brackets_and_lists(text: str, country: str | None) -> None:
    first, *_ = _read(f"Title\n\n{text}\n", "Rimmi Oy")

    assert first.country == country


@pytest.mark.parametrize(
    "text",
    [
        "Yhtiön aiempi nimi oli Lumo Vanha Oy.",
        "Rimmi AB (tidigare Lumo Gamla AB) ansvarar.",
        "Tidligere het konsernet Lumo Gammel AS.",
        "Rimmi A/S (tidligere Lumo Gammel A/S) er ansvarlig.",
        "Rimmi Ltd (formerly Lumo Old Ltd) decides.",
        "Transfers rest on Binding Corporate Rules.",
    ],
)
def test_a_former_name_is_no_organisation(text: str) -> None:
    named = {each.name for each in _read(f"Title\n\n{text}\n", "Rimmi Oy")}

    assert not any("Lumo" in name or "Binding" in name for name in named)
