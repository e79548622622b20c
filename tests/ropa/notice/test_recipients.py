"""Who receives the data, in five languages. All companies are invented."""

from pathlib import Path

import pytest
import yaml

from ropa.notice.sections import notice_of
from ropa.notice.topics.organisations import read_organisations
from ropa.notice.topics.recipients import Group, Recipients, read_recipients

SEED = Path(__file__).parents[4] / "shared" / "seed"
HEADINGS = {
    "fi": "Kenelle luovutamme tietoja?",
    "sv": "Vilka vi delar uppgifter med",
    "nb": "Hvem deler vi opplysninger med?",
    "nn": "Kven deler vi opplysningar med?",
    "da": "Modtagere af personoplysninger",
    "en": "Who we share your data with",
}


def _read(text: str, language: str = "en") -> Recipients | None:
    notice = notice_of("notice.txt", f"Title\n\n{HEADINGS[language]}\n\n{text}\n")
    recipients = read_recipients(notice, {})["recipients"]
    for each in (*recipients.groups, *recipients.general_conditions) if recipients else ():
        for evidence in each.evidence:
            assert evidence.quote in notice.lines[evidence.line - 1].raw
    return recipients


def _groups(text: str, language: str = "en") -> dict[str, Group]:
    recipients = _read(text, language)
    return {} if recipients is None else {each.kind: each for each in recipients.groups}


def _conditions(text: str, language: str) -> set[str]:
    recipients = _read(text, language)
    return set() if recipients is None else {each.kind for each in recipients.general_conditions}


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        (
            "fi",
            (
                "Luovutamme tietoja konserniyhtiöille, IT-palveluntarjoajille, viranomaisille ja"
                " rekrytointikumppaneille."
            ),
            {"group_companies", "it_suppliers", "authorities", "recruitment_agencies"},
        ),
        (
            "sv",
            (
                "Vi delar uppgifter med koncernbolag, IT-leverantörer, rekryteringsföretag och"
                " myndigheter."
            ),
            {"group_companies", "it_suppliers", "recruitment_agencies", "authorities"},
        ),
        (
            "nb",
            (
                "Vi deler opplysninger med konsernselskaper, IT-leverandører, testleverandører og"
                " offentlige myndigheter."
            ),
            {"group_companies", "it_suppliers", "assessment_providers", "authorities"},
        ),
        (
            "nn",
            (
                "Vi deler opplysningar med leverandørar, tillitsvalde og referansepersonar du har"
                " oppgitt."
            ),
            {"suppliers", "trade_unions"},
        ),
        (
            "da",
            (
                "Vi videregiver data til koncernselskaber, rekrutteringsbureauer, testudbydere"
                " og offentlige myndigheder."
            ),
            {"group_companies", "recruitment_agencies", "assessment_providers", "authorities"},
        ),
        (
            "en",
            (
                "We share data with our affiliates, hosting providers, background check companies,"
                " marketing agencies and the police."
            ),
            {"group_companies", "it_suppliers", "background_check", "marketing", "authorities"},
        ),
    ],
)
def test_groups_are_named_in_five_languages(language: str, text: str, kinds: set[str]) -> None:
    found = _groups(text, language)

    assert kinds <= set(found)
    assert all(found[kind].direction == "outbound" for kind in kinds)
    told_by_name = {"group_companies": "group_company", "authorities": "authority"}
    assert all(found[kind].role == told_by_name.get(kind) for kind in kinds)


@pytest.mark.parametrize(
    ("language", "text", "kind", "role", "agreement"),
    [
        (
            "fi",
            (
                "Konsernin IT-osasto toimii tietojenkäsittelijänä, ja meillä on"
                " tietojenkäsittelysopimus."
            ),
            "group_it",
            "processor",
            "DPA",
        ),
        (
            "fi",
            "Jos toimittaja käsittelee tietoja puolestamme, hän on tietojenkäsittelijä.",
            "suppliers",
            "processor_if_on_behalf",
            None,
        ),
        (
            "fi",
            "Kumppanit saavat tietoja. Nämä osapuolet eivät ole tietojenkäsittelijöitämme.",
            "partners",
            "controller",
            None,
        ),
        (
            "sv",
            "IT-leverantörer är våra personuppgiftsbiträden enligt personuppgiftsbiträdesavtal.",
            "it_suppliers",
            "processor",
            "DPA",
        ),
        (
            "nb",
            "Bakgrunnssjekk utføres av et byrå som er selvstendig behandlingsansvarlig.",
            "background_check",
            "controller",
            None,
        ),
        (
            "da",
            "Vores it-leverandører er databehandlere, og vi har indgået databehandleraftaler.",
            "it_suppliers",
            "processor",
            "DPA",
        ),
        (
            "en",
            "Our partners are independent controllers of the data.",
            "partners",
            "controller",
            None,
        ),
    ],
)
def test_a_role_is_what_the_notice_says(
    language: str, text: str, kind: str, role: str, agreement: str | None
) -> None:
    found = _groups(text, language)[kind]

    assert (role, agreement) == (found.role, found.agreement)


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        ("fi", "Emme myy tietojasi. Luovutamme tietoja vain silloin, kun se on tarpeen.", 2),
        ("sv", "Vi säljer aldrig uppgifter. Vi delar dem endast när det är nödvändigt.", 2),
        ("nb", "Vi selger ikke opplysninger. Vi deler dem kun når det er nødvendig.", 2),
        ("nn", "Vi sel ikkje opplysningar. Vi deler dei berre når det er naudsynt.", 2),
        ("da", "Vi sælger ikke oplysninger. Vi videregiver dem kun, når det er nødvendigt.", 2),
        ("en", "We never sell your data. We share it only where necessary.", 2),
    ],
)
def test_conditions_hold_for_every_disclosure(language: str, text: str, kinds: int) -> None:
    assert {"no_sale", "only_when_necessary"} == _conditions(text, language)
    assert kinds == len(_conditions(text, language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "Jakaessamme tietoja varmistamme aina, että meillä on salassapitositoumukset."),
        ("sv", "Vi ingår alltid personuppgiftsbiträdesavtal när uppgifter delas."),
        ("nb", "Vi har inngått databehandleravtaler med alle som får tilgang."),
        ("nn", "Vi har databehandlaravtale med alle som får tilgang."),
        ("da", "Vi har indgået databehandleraftaler med alle vores databehandlere."),
        ("en", "We ensure that a data processing agreement is in place with all recipients."),
    ],
)
def test_agreements_that_are_always_made_are_a_condition(language: str, text: str) -> None:
    assert "agreements" in _conditions(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "Tietoja ei luovuteta kolmansille osapuolille eikä viranomaisille."),
        ("sv", "Vi delar inte uppgifter med tredje part eller myndigheter."),
        ("nb", "Vi deler ikke opplysninger med tredjeparter eller myndigheter."),
        ("nn", "Vi deler ikkje opplysningar med tredjepartar eller styresmakter."),
        ("da", "Vi videregiver ikke oplysninger til tredjeparter eller myndigheder."),
        ("en", "We do not share your data with third parties or authorities."),
    ],
)
def test_a_denial_names_no_recipient(language: str, text: str) -> None:
    assert {} == _groups(text, language)
    assert {"no_disclosure"} == _conditions(text, language)


def test_items_of_a_list_are_recipients_even_without_a_known_word() -> None:
    found = _read(
        "We share your data with:\n\n* hosting providers\n* your next of kin\n* to help you"
    )

    assert found is not None
    assert ["it_suppliers", "other"] == [each.kind for each in found.groups]
    assert "your next of kin" == found.groups[1].name


def test_partners_who_send_data_are_inbound() -> None:
    found = _groups("Our partners share information about candidates with us.")

    assert "inbound" == found["partners"].direction


def test_a_legal_duty_without_a_receiver_concludes_authorities() -> None:
    found = _groups("We disclose data where we are required by law.")["authorities"]

    assert found.inferred
    assert found.as_written is None


def test_authorities_in_other_parts_are_no_recipients() -> None:
    notice = notice_of(
        "notice.txt", "Your rights\n\nYou may complain to the authority.\n\nRetention\n\nOne year."
    )

    assert read_recipients(notice, {})["recipients"] is None


def test_a_silent_notice_gives_nothing() -> None:
    notice = notice_of("notice.txt", "Your data\n\nWe process your name and your CV.")

    assert read_recipients(notice, {})["recipients"] is None


@pytest.mark.shared
@pytest.mark.skipif(not SEED.is_dir(), reason="../shared/seed is not here")
def test_the_seed_notice_gives_the_recipients_of_its_gold() -> None:
    gold = yaml.safe_load((SEED / "notice.fi.gold.yaml").read_text("utf-8"))["recipients"]
    notice = notice_of("notice.fi.txt", (SEED / "notice.fi.txt").read_text("utf-8"))
    kinds = {
        "RG1": "group_it", "RG2": "group_companies", "RG3": "it_suppliers", "RG4": "suppliers",
        "RG5": "partners", "RG6": "marketing", "RG7": "social_media", "RG8": "authorities",
    }  # fmt: skip

    recipients = read_recipients(notice, {})["recipients"]

    assert recipients is not None
    found = {each.kind: each for each in recipients.groups}
    for entry in gold["groups"]:
        group = found[kinds[entry["id"]]]
        assert entry["role"] == group.role
        assert entry.get("agreement") == group.agreement
        assert bool(entry.get("inferred")) == group.inferred
        lines = {evidence.line for evidence in group.evidence}
        assert {evidence["line"] for evidence in entry["evidence"]} <= lines
    assert set(found) - set(kinds.values()) <= {"processors"}
    assert {"no_sale", "only_when_necessary", "agreements"} == {
        each.kind for each in recipients.general_conditions
    }


def _with_organisations(text: str) -> list[Group]:
    notice = notice_of("notice.txt", text)
    found = read_organisations(notice, {"controller": {"legal_entity": "Rimmi Oy"}})
    recipients: Recipients | None = read_recipients(notice, found)["recipients"]
    return list(recipients.groups) if recipients else []


def test_each_named_recipient_is_an_entry_with_its_role() -> None:
    text = (
        "Notice\n\nRecipients\n\nRecipient | Role | Location\n"
        "Lumo Payroll LLP | processor | United Kingdom\n"
        "Kuusi Pensions Ltd | controller in its own right | Ireland\n"
        "HM Revenue & Customs | public authority | United Kingdom\n"
    )

    groups = _with_organisations(text)

    assert [each.role for each in groups] == ["processor", "controller", "authority"]


def test_names_below_a_line_on_processors_belong_to_it() -> None:
    text = (
        "Erklæring\n\nMottakere\n\nVi bruker følgende databehandlere:\n"
        "\u2013 Lumo Tal AS, rekrutteringssystem\n\u2013 Kuusi Drift AS, lagring\n"
    )

    groups = _with_organisations(text)

    assert [(each.kind, each.role, len(each.evidence)) for each in groups] == [
        ("processors", "processor", 3)
    ]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Retten\n\nHvem andre ser det?\nSystemet leveres av Lumo Tal AS.\n", None),
        ("Dina val\n\nVilka mer ser dina uppgifter?\nPolisen, om lagen kräver det.\n", "authority"),
        ("Titel\n\nModtagere\n\n- SKAT, ATP og kommunen\n", "authority"),
        ("Otsikko\n\nTietojen luovuttaminen\n\nKelalle ilmoitetaan palkat.\n", "authority"),
        ("Titel\n\nMottagare\n\n\u2013 bolag inom Rimmikoncernen\n", "group_company"),
    ],
)
def test_recipients_are_told_by_question_and_by_name(text: str, role: str | None) -> None:
    assert [each.role for each in _with_organisations(text)] == [role]
