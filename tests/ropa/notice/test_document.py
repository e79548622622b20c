"""What a notice says of itself, and where its parts begin."""

from datetime import date
from pathlib import Path

import pytest

from kartta.notices import open_notice, unwrapped
from ropa.notice.read import as_data, declared
from ropa.notice.sections import notice_of, role_of
from ropa.notice.topics.document import Meta, SectionOf, read_document


def meta(text: str) -> Meta:
    found: Meta = read_document(notice_of("notice.txt", text), {})["meta"]
    return found


def sections(text: str) -> list[SectionOf]:
    return list(read_document(notice_of("notice.txt", text), {})["sections"])


def roles(text: str) -> list[tuple[str | None, str | None]]:
    return [(section.role, section.heading) for section in sections(text)]


@pytest.mark.parametrize(
    ("text", "number", "year", "day"),
    [
        ("Laadittu 3.5.2019, päivitetty 14.2.2024. Versio 2.3", "2.3", 2024, date(2024, 2, 14)),
        ("Uusin versio: 1.0 (2021)", "1.0", 2021, None),
        ("Senast uppdaterad: 2023-11-08", None, 2023, date(2023, 11, 8)),
        ("Sist oppdatert 3. mars 2024", None, 2024, date(2024, 3, 3)),
        ("Fråsegna vart sist endra i januar 2022", None, 2022, None),
        ("Version 1.4, den 7. marts 2022", "1.4", 2022, date(2022, 3, 7)),
        ("Effective 1 July 2024. Last reviewed: May 3, 2025", None, 2024, date(2024, 7, 1)),
        ("Issue 2.1 dated 16 June 2025", "2.1", 2025, date(2025, 6, 16)),
    ],
)
def test_version_is_its_number_and_the_latest_day(
    text: str, number: str | None, year: int, day: date | None
) -> None:
    version = meta(f"Privacy notice of Larkmoor Ltd\n\n{text}\n").version

    assert version is not None
    assert (number, year, day) == (version.value, version.year, version.exact_date)


def test_a_year_that_is_no_version_is_none() -> None:
    assert (
        meta("Tietosuojaseloste\n\nOlemme toimineet vuodesta 1998 alkaen Mallilassa.").version
        is None
    )


def test_laws_are_named_once_by_their_fullest_mention() -> None:
    found = meta(
        "Tietosuojaseloste\n\nNoudatamme yleistä tietosuoja-asetusta.\n"
        "Katso yleisen tietosuoja-asetuksen (EU) 2016/679 (GDPR) 6 artikla.\n"
        "Testit tehdään työelämän tietosuojalain (759/2004) mukaan ja tietosuojalakeja noudattaen."
    )

    assert ["Regulation (EU) 2016/679 (GDPR)"] == [law.value for law in found.laws_cited]
    assert found.laws_cited[0].evidence[0].quote == (
        "yleisen tietosuoja-asetuksen (EU) 2016/679 (GDPR)"
    )
    assert ["FI 759/2004"] == [law.value for law in found.national_laws_cited]


def test_a_heading_with_one_country_is_the_scope() -> None:
    one = meta("Privacy notice\n\nNational law: Finland\nThe register is kept.")
    two = meta("Privacy notice\n\nFinland\nThe register is kept.\n\nSweden\nThe same.")

    assert one.country_scope is not None
    assert one.country_scope.value == "FI"
    assert two.country_scope is None


def test_headings_glued_to_the_paragraph_above_are_found() -> None:
    text = (
        "Tietosuojalausunto\n\nMitä tietoja käsittelemme?\n\n"
        " • Yhteystiedot: nimi ja osoite\n"
        "Kuinka kauan säilytämme tietojasi?\n\nSäilytämme tietoja kuusi kuukautta.\n"
        "Muutokset tähän lausuntoon\nPäivitämme lausuntoa tarvittaessa.\n"
    )

    assert roles(text) == [
        ("data_categories", "Mitä tietoja käsittelemme?"),
        ("retention", "Kuinka kauan säilytämme tietojasi?"),
        ("changes", "Muutokset tähän lausuntoon"),
    ]


def test_a_heading_that_announces_nothing_is_a_part_of_its_section() -> None:
    text = (
        "Tietosuojaseloste\n\nKenelle luovutamme tietoja?\n\nLuovutamme tietoja kumppaneille.\n\n"
        "Konserniyhtiöt\nKonsernin palveluyhtiö ylläpitää järjestelmiä puolestamme.\n"
    )

    assert roles(text) == [("recipients", "Kenelle luovutamme tietoja?")]


def test_a_section_that_stands_twice_is_kept_and_says_so() -> None:
    part = "Sociala medier\n\nVi har konton där och svarar på frågor.\n\n"

    assert ["social_media", "social_media_duplicate"] == [
        section.role for section in sections(f"Integritetspolicy\n\n{part}{part}")
    ]


def test_a_table_of_contents_begins_no_section() -> None:
    text = (
        "Personvernerklæring\n\n1. Formål\n2. Lagring\n\n1. Formål\nVi behandler søknader.\n\n"
        "2. Lagring\nVi sletter etter ett år.\n"
    )

    assert [(None, "introduction"), (6, "purposes"), (9, "retention")] == [
        (section.heading_line, section.role) for section in sections(text)
    ]


@pytest.mark.parametrize(
    ("heading", "language", "role"),
    [
        ("Vad vi sparar om dig", "sv", "data_categories"),
        ("Hur länge sparar vi uppgifterna?", "sv", "retention"),
        ("Vilka delar vi uppgifterna med?", "sv", "recipients"),
        ("Må du gje oss opplysningane?", "no", "obligation"),
        ("Kva opplysningar registrerer vi?", "no", "data_categories"),
        ("7. Opbevaring af dine personoplysninger", "da", "retention"),
        ("Does it leave Europe?", "en", "transfers"),
        ("## What do you know about me?", "en", "data_categories"),
        ("11 § Rekisteröidyn oikeudet", "fi", "rights"),
        ("Tervetuloa", "fi", ""),
    ],
)
def test_headings_are_known_by_their_words(heading: str, language: str, role: str) -> None:
    assert role == role_of(heading, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Dette registrerer vi om deg når du sender en søknad: navn og adresse.", "no"),
        ("Det registrerer vi om dig, når du sender en ansøgning: navn og oplysninger.", "da"),
        ("", ""),
    ],
)
def test_short_texts_have_their_language(text: str, language: str) -> None:
    assert language == notice_of("notice.txt", text).language


def test_a_web_page_keeps_headings_and_items(tmp_path: Path) -> None:
    page = tmp_path / "notice.html"
    page.write_text(
        "<html><body><h1>Privacy notice</h1><h2>What data do we collect?</h2>"
        "<ul><li>Name and address</li></ul></body></html>",
        encoding="utf-8",
    )
    notice = open_notice(page)

    assert ["# Privacy notice", "## What data do we collect?", "- Name and address"] == [
        line.text for line in notice.lines
    ]
    assert ["data_categories"] == [section.role for section in notice.sections]


def test_lines_of_a_page_are_put_together() -> None:
    text = (
        "1. Retention\nWe keep the applications of everybody who\nasked us to, for a year.\n- Item"
    )

    assert unwrapped(text).split("\n") == [
        "1. Retention",
        "We keep the applications of everybody who asked us to, for a year.",
        "- Item",
    ]


def test_what_is_read_is_plain_data() -> None:
    data = as_data(declared(notice_of("notice.txt", "Privacy notice\n\nUpdated 1.2.2024\n")))

    assert data["meta"]["version"]["exact_date"] == "2024-02-01"
    assert data["controller"]["legal_entity"] is None
