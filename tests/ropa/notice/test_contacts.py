"""Whom a notice names, and who the controller is."""

import pytest

from ropa.notice.sections import notice_of
from ropa.notice.topics.contacts import Contact, read_contacts
from ropa.notice.topics.controller import ControllerOf, read_controller


def contacts(text: str) -> list[Contact]:
    return list(read_contacts(notice_of("notice.txt", text), {})["contacts"])


def controller(text: str) -> ControllerOf:
    found: ControllerOf = read_controller(notice_of("notice.txt", text), {})["controller"]
    return found


@pytest.mark.parametrize(
    ("line", "role", "email", "phone", "name"),
    [
        (
            "Tietosuojavastaava: Aino Keksitty, tsv@malli.example, puh. 09 555 0100",
            *("data_protection_officer", "tsv@malli.example", "09 555 0100", "Aino Keksitty"),
        ),
        (
            "Vårt dataskyddsombud når du på dso@mall.example.",
            *("data_protection_officer", "dso@mall.example", None, None),
        ),
        (
            "Personvernombodet vårt er Liv Oppdikta. Du når henne på po@mal.example.",
            *("data_protection_officer", "po@mal.example", None, "Liv Oppdikta"),
        ),
        (
            "Databeskyttelsesrådgiver: Opdigtet & Co P/S, dpo@skabelon.example",
            *("data_protection_officer", "dpo@skabelon.example", None, "Opdigtet & Co P/S"),
        ),
        (
            "Please call our customer service on +44 20 7946 0000.",
            *("customer_service", None, "+44 20 7946 0000", None),
        ),
        ("Yhteyshenkilö: Matti Keksitty", "contact_person", None, None, "Matti Keksitty"),
        ("E-post: post@mal.example", "general", "post@mal.example", None, None),
    ],
)
def test_a_contact_has_the_role_that_its_words_say(
    line: str, role: str, email: str | None, phone: str | None, name: str | None
) -> None:
    contact = contacts(f"Contact\n\n{line}\n")[0]

    assert (role, email, phone, name) == (contact.role, contact.email, contact.phone, contact.name)
    assert contact.evidence[0].line == 3


def test_numbers_that_are_no_telephone_numbers_are_not_taken() -> None:
    text = (
        "Tietosuojaseloste\n\nYhteystiedot\n\nY-tunnus 1234567-1, tietosuoja-asetus (2016/679),"
        " laki 759/2004, PL 123, 00100 Helsinki, 14.2.2024, OVT-tunnus 003712345671\n"
    )

    assert [contact.role for contact in contacts(text)] == ["supervisory_authority"]


def test_an_authority_that_is_not_named_has_no_value() -> None:
    (silent,) = contacts("Privacy notice\n\nYou may complain.\n")
    (named,) = contacts("Integritetspolicy\n\nDu kan klaga hos Datainspektionen.\n")

    assert (silent.role, silent.value, silent.evidence) == ("supervisory_authority", None, ())
    assert (named.value, named.name_outdated) == ("Datainspektionen", True)


def test_the_claim_about_mail_has_its_domain() -> None:
    text = "Privacy\n\nOur e-mails always come from an address that ends with @larkmoor.example.\n"

    assert ("email_domain_claim", "@larkmoor.example") in [
        (contact.role, contact.domain) for contact in contacts(text)
    ]


@pytest.mark.parametrize(
    ("text", "entity", "number", "address"),
    [
        (
            (
                "Tietosuojaseloste\n\n1. Rekisterinpitäjä\nMallilan Saha Oy (Y-tunnus 1234567-1)\n"
                "Sahantie 4, 12345 Mallila\n"
            ),
            *("Mallilan Saha Oy", "1234567-1", "Sahantie 4, 12345 Mallila"),
        ),
        (
            (
                "Integritetspolicy\n\nPåhittet Energi AB, org.nr 556000-0001, Vindgatan 7,"
                " 999 31 Norrlunda, är personuppgiftsansvarig.\n"
            ),
            *("Påhittet Energi AB", "556000-0001", "Vindgatan 7, 999 31 Norrlunda"),
        ),
        (
            (
                "Personvernerklæring\n\nOppdikta kommune er behandlingsansvarleg.\n"
                "Organisasjonsnummer: 999 999 999\nAdresse: Kommunehuset, 6995 Oppdal\n"
            ),
            *("Oppdikta kommune", "999999999", "Kommunehuset, 6995 Oppdal"),
        ),
        (
            (
                "Privatlivspolitik\n\nOpdigtet Bryggeri A/S er dataansvarlig.\nHumlevej 41\n"
                "9998 Møllekær\nCVR-nr.: 12345678\n"
            ),
            *("Opdigtet Bryggeri A/S", "12345678", "Humlevej 41, 9998 Møllekær"),
        ),
        (
            "Privacy notice\n\nLarkmoor Council is the data controller.\n",
            *("Larkmoor Council", None, None),
        ),
    ],
)
def test_the_controller_is_who_the_notice_calls_so(
    text: str, entity: str, number: str | None, address: str | None
) -> None:
    found = controller(text)

    values = [found.legal_entity, found.business_id, found.postal_address]
    assert [entity, number, address] == [value.value if value else None for value in values]


def test_a_trade_name_is_no_legal_entity() -> None:
    found = controller(
        "Tietosuojalausunto\n\nTässä kerrotaan, mitä tietoja Pihlajan Leipomo käsittelee.\n"
        "Olemme osa Pihlaja-konsernia, jonka emoyhtiö on norjalainen Rogn Holding AS.\n"
    )

    assert found.name_as_written is not None
    assert found.name_as_written.value == "Pihlajan Leipomo"
    assert found.legal_entity is None
    assert found.group is not None
    assert (found.group.parent, found.group.parent_country) == ("Rogn Holding AS", "NO")


def test_a_joint_controller_is_not_the_controller() -> None:
    found = controller(
        "Tietosuojalausunto\n\n"
        "Tilastoissa olemme rekisterinpitäjä yhdessä Somepalvelu Inc:n kanssa.\n"
    )

    assert found.controller_statement is None
    assert found.legal_entity is None


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        (
            "Moi\n\nLumo Digital Oy, Rantakuja 3 B, 33999 Ruunala. Johtajamme Oona Kuusi vastaa.\n",
            "Lumo Digital Oy",
            "Rantakuja 3 B, 33999 Ruunala",
        ),
        (
            (
                "Notice\n\nAbout us\n\nLumo Hospitals DAC is the data controller. Registered"
                " office: Unit 6, Hazel Yard, Ballylumo. Company registration number 999714.\n"
            ),
            "Lumo Hospitals DAC",
            "Unit 6, Hazel Yard, Ballylumo",
        ),
    ],
)
def test_a_controller_is_told_by_its_address(text: str, name: str, address: str) -> None:
    found: ControllerOf = read_controller(notice_of("notice.txt", text), {})["controller"]

    assert found.legal_entity is not None
    assert found.legal_entity.value == name
    assert found.postal_address is not None
    assert found.postal_address.value == address


def test_the_number_of_a_register_is_no_telephone() -> None:
    text = "Notice\n\nAbout us\n\nLumo DAC. Company registration number 999714.\n"

    found = read_contacts(notice_of("notice.txt", text), {})["contacts"]

    assert not any(each.phone for each in found)
