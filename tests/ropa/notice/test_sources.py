"""Where data comes from, whose it is, what is promised, decided and changed."""

import pytest

from ropa.notice.read import declared
from ropa.notice.sections import notice_of
from ropa.notice.topics.automated import AutomatedDecisions, read_automated
from ropa.notice.topics.changes import read_changes
from ropa.notice.topics.security import read_security
from ropa.notice.topics.sources import read_sources
from ropa.notice.topics.subjects import read_subjects


def sources(text: str) -> list[str]:
    return [each.name for each in read_sources(notice_of("notice.txt", text), {})["sources"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Seloste\n\nTietolähteet\n\nTiedot saadaan hakijalta itseltään ja suosittelijoilta.\n",
            ["the data subject", "referees"],
        ),
        (
            (
                "Policy\n\nVarifrån kommer uppgifterna?\n\n"
                "Vi får uppgifter från dig och från Skatteverket.\n"
            ),
            ["the data subject", "Skatteverket"],
        ),
        (
            (
                "Erklæring\n\nHvor henter vi opplysninger fra?\n\n"
                "- Fra deg selv\n- Oppdiktet Sjekk AS\n"
            ),
            ["the data subject", "Oppdiktet Sjekk AS"],
        ),
        (
            (
                "Politik\n\nHvor stammer oplysningerne fra?\n\n"
                "Vi indhenter dem fra tidligere arbejdsgivere.\n"
            ),
            ["former employers"],
        ),
        (
            (
                "Notice\n\nWhere do we get your data?\n\n"
                "From recruitment agencies, not from LinkedIn ads.\n"
            ),
            ["recruitment agencies"],
        ),
        ("Notice\n\nWe respect you.\n", []),
    ],
)
def test_sources_are_named_by_their_kind_or_their_name(text: str, expected: list[str]) -> None:
    assert expected == sources(text)


def decisions(text: str) -> AutomatedDecisions:
    found: AutomatedDecisions = read_automated(notice_of("notice.txt", text), {})[
        "automated_decision_making"
    ]
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Emme käytä automaattista päätöksentekoa.", False),
        ("Järjestelmä karsii automaattisesti hakemukset, joista puuttuu tutkinto.", True),
        ("Vi fattar inga automatiserade beslut.", False),
        ("Vi brukar ikkje system som tek avgjerder automatisk.", False),
        ("Der træffes ikke afgørelser alene på grundlag af automatisk behandling.", False),
        ("An algorithm ranks applications, but a recruiter always makes the decision.", False),
        ("Applications without a degree are automatically rejected by the system.", True),
        ("You have the right not to be subject to automated decisions.", None),
        ("Emme käytä tekoälyä hakijoiden arviointiin.", False),
        ("We read every word.", None),
    ],
)
def test_decisions_by_machines_are_affirmed_denied_or_not_told(
    text: str, value: bool | None
) -> None:
    found = decisions(f"Notice\n\n{text}\n").decisions

    assert value == (found.value if found else None)


def test_profiling_for_marketing_has_its_effect() -> None:
    found = decisions(
        "Privacy notice\n\nWe use segmentation in our marketing. It has no legal effects on you.\n"
    ).profiling_for_marketing

    assert found is not None
    assert found.value is True
    assert found.effect == "It has no legal effects on you."


def test_promises_are_no_advice() -> None:
    found = read_security(
        notice_of(
            "notice.txt",
            "Privacy notice\n\nSecurity\n\nWe use technical and organisational measures.\n"
            "Always use a strong password. We never ask for your bank details by e-mail.\n",
        ),
        {},
    )

    assert [each.promise for each in found["security"]] == [
        "technical and organisational measures",
        "bank details are never asked for by e-mail",
    ]
    assert [each.value for each in found["advice_to_subject"]] == ["strong password"]


def test_links_without_targets_are_told() -> None:
    found = read_changes(
        notice_of(
            "notice.txt",
            "Tietosuojaseloste\n\nMuutokset\n\nMuutokset julkaistaan osoitteessa malli.example.\n"
            "Uusimman version löydät täältä. Lue lisää täältä: https://malli.example/tietosuoja\n"
            "Katso myös osio 7. Perusteena on asetuksen kohta 6.\n",
        ),
        {},
    )

    assert found["change_policy"].where == "malli.example"
    assert [(each.line, each.quote) for each in found["unresolved_links"]] == [
        (6, "Uusimman version löydät täältä")
    ]
    assert [each.quote for each in found["dangling_references"]] == ["Katso myös osio 7"]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Ilman nimeä emme voi käsitellä hakemustasi.", True),
        ("Det är frivilligt att lämna uppgifter.", True),
        ("Afgives oplysningerne ikke, kan ansøgningen ikke behandles.", True),
        ("Some data are a statutory or contractual requirement.", True),
        ("Consent is voluntary and you give it in the form.", False),
        ("We respect you.", False),
    ],
)
def test_the_duty_to_give_data_is_told_or_not(text: str, stated: bool) -> None:
    found = read_changes(notice_of("notice.txt", f"Notice\n\n{text}\n"), {})

    assert stated == (found["statutory_or_contractual_requirement"] is not None)


def test_referees_are_concluded_from_references() -> None:
    text = (
        "Privacy notice for applicants\n\nWhat data do we collect?\n\n"
        "We process the data of applicants.\n• Application: CV and references\n"
    )
    found = {each.name: each for each in declared(notice_of("notice.txt", text)).data_subjects}

    assert found["job applicants"].dpv == "dpv:JobApplicant"
    assert not found["job applicants"].inferred
    assert found["referees"].inferred


def test_groups_of_people_are_those_that_the_section_names() -> None:
    text = "Seloste\n\nRekisteröidyt\n\nRekisterissä on jäsenten ja vapaaehtoisten tietoja.\n"
    found = read_subjects(notice_of("notice.txt", text), {})["data_subjects"]

    assert [each.name for each in found] == ["members", "volunteers"]


def test_a_list_after_from_names_sources_to_its_end() -> None:
    text = (
        "Notice\n\nWhat we hold\n\nWe also receive information from Lumo, Kuusi, recruitment"
        " agencies, your named referees and the police.\n"
    )

    assert {"recruitment agencies", "referees"} <= set(sources(text))


def test_profiling_that_only_supports_is_no_decision() -> None:
    text = (
        "Notis\n\nAutomatiserat beslutsfattande och profilering\n\nLumo rangordnar svaren med"
        " hjälp av profilering. Beslut fattas aldrig enbart automatiserat.\n"
    )

    found: AutomatedDecisions = read_automated(notice_of("notice.txt", text), {})[
        "automated_decision_making"
    ]

    assert found.decisions is not None
    assert found.decisions.value is False


def test_to_appoint_an_officer_is_no_duty_to_give_data() -> None:
    text = (
        "Notice\n\nController\n\nData protection officer | We are not required to appoint one\n\n"
        "Other\n\nYou must give us your bank details; without them we cannot employ you.\n"
    )

    duty = read_changes(notice_of("notice.txt", text), {})["statutory_or_contractual_requirement"]

    assert duty is not None
    assert duty.evidence[0].quote.startswith("You must give us")
