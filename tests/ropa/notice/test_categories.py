"""Which data a notice declares: lists, tables, running text, and what it denies."""

import pytest

from ropa.notice.sections import notice_of
from ropa.notice.topics.categories import DataCategory, read_categories


def categories(text: str) -> list[DataCategory]:
    return list(read_categories(notice_of("notice.txt", text), {})["data_categories"])


def kinds(text: str) -> list[list[str | None]]:
    return [[item.kind for item in category.items] for category in categories(text)]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (
            (
                "Tietosuojaseloste\n\nMitä tietoja käsittelemme?\n\n"
                " • Yhteystiedot: nimi, sähköpostiosoite ja puhelinnumero\n"
            ),
            "Contact details",
            ["name", "email", "phone"],
        ),
        (
            (
                "Integritetspolicy\n\nVilka personuppgifter behandlar vi?\n\n"
                "• Ansökan: personligt brev, CV, betyg och foto om du bifogar ett\n"
            ),
            "Application data",
            ["application", "cv", "certificates", "photo"],
        ),
        (
            (
                "Personvernerklæring\n\nHvilke opplysninger behandler vi?\n\n"
                "* Kontaktinformasjon (slik som navn, adresse og e-post)\n"
            ),
            "Contact details",
            ["name", "postal_address", "email"],
        ),
        (
            (
                "Privatlivspolitik\n\nHvilke oplysninger indsamler vi?\n\n"
                "- Tests: resultater af personlighedstest og færdighedstest\n"
            ),
            "Test data",
            ["personality_test", "ability_test"],
        ),
        (
            (
                "Privacy notice\n\nThe personal data we collect\n\n"
                "(a) Technical data: IP address, browser type and pages visited\n"
            ),
            "Technical data",
            ["ip_address", "browser_type", "pages_opened"],
        ),
    ],
)
def test_bullets_are_categories_with_items(text: str, name: str, expected: list[str]) -> None:
    (category,) = categories(text)

    assert name == category.name
    assert expected == [item.kind for item in category.items]
    assert category.evidence[0].line == 5


def test_items_keep_the_words_of_the_notice() -> None:
    (category,) = categories(
        "Tietosuojaseloste\n\nMitä tietoja käsittelemme?\n\n"
        "• Arviot: haastattelijoiden laatimat arviot/raportit, osaamisen arviointi"
        " (tehtävästä riippuen)\n"
    )

    assert [item.fi for item in category.items] == [
        "haastattelijoiden laatimat arviot/raportit",
        "osaamisen arviointi",
    ]
    assert category.condition == "tehtävästä riippuen"


def test_bullets_without_labels_are_one_category() -> None:
    text = (
        "Personvernerklæring\n\nKategorier av personopplysninger\n\n"
        "* Ansattnummer\n* Fødselsdato\n* Helseforhold\n"
    )
    (category,) = categories(text)

    assert [item.kind for item in category.items] == ["employee_number", "birth_date", "health"]
    assert category.special_category == ("health",)


def test_the_column_about_data_is_read() -> None:
    text = (
        "Tietosuojaseloste\n\nTiedot ja perusteet\n\n"
        "Miksi?\tMitä tietoja?\tMillä perusteella?\n"
        "Hakemuksen käsittely\tnimi, CV, ikäryhmä\tSopimus\n"
    )
    (category,) = categories(text)

    assert category.name_fi == "Hakemuksen käsittely"
    assert [item.fi for item in category.items] == ["nimi", "CV", "ikäryhmä"]


def test_what_is_denied_is_not_declared() -> None:
    text = (
        "Privacy notice\n\nWhat data do we collect?\n\n"
        "We collect your name and e-mail. We never ask for your bank account.\n"
        "We do not process sensitive data. Please do not send us your photo.\n"
    )
    first, second = categories(text)

    assert [item.kind for item in first.items] == ["name", "email"]
    assert second.declared_default == "not_collected"
    assert second.items == ()


def test_an_exception_to_a_denial_is_declared() -> None:
    (category,) = categories(
        "Tietosuojaseloste\n\nMitä tietoja käsittelemme?\n\n"
        "• Arkaluonteiset tiedot: Emme kerää arkaluonteisia tietoja. Jos sinulla on"
        " erityistarpeita, käsittelemme niihin liittyviä tietoja.\n"
    )

    assert category.declared_default == "not_collected"
    assert [item.kind for item in category.items] == ["special_needs"]


def test_retention_and_rights_declare_no_data() -> None:
    text = (
        "Privacy notice\n\nRetention\n\nYour CV, name and e-mail are deleted after one year.\n\n"
        "Your rights\n\nYou may ask for a copy of your photo, CV and name.\n"
    )

    assert kinds(text) == []


def test_data_outside_the_list_is_marked() -> None:
    text = (
        "Privacy notice\n\nWhat data do we collect?\n\n• Contact: name and e-mail address\n\n"
        "Legal basis\n\nFor guards we require a security licence and a criminal record check.\n"
    )
    _, second = categories(text)

    assert second.not_in_main_list
    assert {"official_licence", "criminal_record"} <= {item.kind for item in second.items}


def test_the_same_list_in_two_sections_is_one_category() -> None:
    part = "Social media\n\nWe may see your profile data, such as your name and e-mail address.\n\n"
    (category,) = categories(f"Privacy notice\n\n{part}{part}")

    assert [evidence.line for evidence in category.evidence] == [5, 9]


def test_the_checklist_tells_what_is_missing() -> None:
    text = (
        "Privacy notice\n\nWhat data do we collect?\n\n• Other: name, photo and driving licence\n"
    )
    missing = read_categories(notice_of("notice.txt", text), {})["not_declared"]

    assert "photo" not in missing
    assert "driving_licence" not in missing
    assert "drug_test" in missing


def test_a_letter_without_headings_is_read() -> None:
    text = (
        "Kära sökande\n\nNär du söker jobb hos oss sparar vi ditt namn, din e-post, ditt CV och"
        " dina betyg.\nVi hör av oss inom tre veckor.\n"
    )

    assert kinds(text) == [["name", "email", "cv", "certificates"]]


def test_a_silent_notice_declares_nothing() -> None:
    assert kinds("Privacy notice\n\nWe respect your privacy.\n") == []
