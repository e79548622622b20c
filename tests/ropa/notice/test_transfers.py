"""Transfers to third countries, in five languages. Companies but known services are invented."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from ropa.notice.sections import notice_of
from ropa.notice.text import NoticeText
from ropa.notice.topics.document import read_document
from ropa.notice.topics.organisations import Organisation, read_organisations
from ropa.notice.topics.transfers import Transfers, read_transfers

SHARED = Path(__file__).parents[4] / "shared"
SEED = SHARED / "seed"
POLICIES = SHARED / "data" / "notices_gdpr200"
HEADINGS = {
    "fi": "Tietojen siirto EU:n ulkopuolelle",
    "sv": "Överföring till tredje land",
    "nb": "Overføring til tredjeland",
    "nn": "Overføring til tredjeland",
    "da": "Overførsel til tredjelande",
    "en": "International transfers",
}


def _all(
    text: str, controller: str = "Lumo Oy"
) -> tuple[NoticeText, Transfers | None, dict[str, Organisation]]:
    notice = notice_of("notice.txt", text)
    found: dict[str, Any] = dict(read_document(notice, {}))
    found["controller"] = {"legal_entity": controller}
    found |= read_organisations(notice, found)
    found |= read_transfers(notice, found)
    return notice, found["transfers"], {each.id: each for each in found["organisations"]}


def _read(text: str, language: str = "en") -> Transfers:
    notice, transfers, _ = _all(f"Title\n\n{HEADINGS[language]}\n\n{text}\n")
    assert transfers is not None
    for quoted in (
        transfers.default_claim,
        transfers.exception_claim,
        transfers.contradicting_claim,
        *transfers.mechanisms_listed,
        *transfers.flows,
    ):
        for evidence in quoted.evidence if quoted else ():
            assert evidence.quote in notice.lines[evidence.line - 1].raw
    return transfers


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "Tietoja ei siirretä EU:n tai Euroopan talousalueen ulkopuolelle."),
        ("sv", "Vi överför inte dina uppgifter till länder utanför EU/EES."),
        ("nb", "Vi overfører ikke personopplysninger til land utenfor EØS."),
        ("nn", "Ingen personopplysningar vert overført til tredjeland."),
        ("da", "Vi overfører ikke dine oplysninger til lande uden for EU/EØS."),
        ("en", "Your data are not transferred outside the EEA."),
        ("fi", "Ei siirretä."),
        ("sv", "Uppgifterna överförs inte."),
    ],
)
def test_a_denial_is_a_claim_that_nothing_is_transferred(language: str, text: str) -> None:
    transfers = _read(text, language)

    assert transfers.default_claim is not None
    assert "no transfers outside the EU/EEA" == transfers.default_claim.value
    assert transfers.exception_claim is None
    assert transfers.contradicting_claim is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fi",
            (
                "Pääsääntöisesti tietojasi käsitellään Euroopan talousalueella. Jotkut toimittajat"
                " sijaitsevat kuitenkin ETA-alueen ulkopuolella."
            ),
        ),
        (
            "sv",
            (
                "Som regel behandlas uppgifterna inom EU/EES. Vissa leverantörer kan dock behandla"
                " uppgifter utanför EU/EES."
            ),
        ),
        (
            "nb",
            (
                "Som hovedregel behandles opplysningene innenfor EU/EØS. Noen leverandører kan"
                " imidlertid behandle dem utenfor EØS."
            ),
        ),
        (
            "nn",
            (
                "Som hovudregel blir opplysningane lagra innanfor EØS. Nokre firma kan likevel"
                " lagre dei utanfor EØS."
            ),
        ),
        (
            "da",
            (
                "Som udgangspunkt opbevares data inden for EU/EØS. Nogle leverandører er dog"
                " placeret uden for EU/EØS."
            ),
        ),
        (
            "en",
            (
                "As a rule, data are stored within the EEA. However, some suppliers process data"
                " outside the EEA."
            ),
        ),
    ],
)
def test_a_stated_exception_is_no_contradiction(language: str, text: str) -> None:
    transfers = _read(text, language)

    assert transfers.default_claim is not None
    assert transfers.default_claim.value.endswith("by default")
    assert transfers.exception_claim is not None
    assert transfers.contradiction is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fi",
            (
                "Tietoja ei siirretä ETA-alueen ulkopuolelle. Hakemukset tallennetaan palvelimille"
                " Yhdysvalloissa."
            ),
        ),
        (
            "sv",
            "Uppgifterna behandlas inom EU. Ansökningar lagras uteslutande på servrar utanför EU.",
        ),
        (
            "nb",
            "Vi overfører ikke opplysninger ut av Norge eller utenfor EØS. E-post lagres i USA.",
        ),
        ("da", "Vi overfører ikke oplysninger til lande uden for EU. E-post opbevares i Indien."),
        ("en", "We do not transfer data outside the EEA. Applications are stored in India."),
    ],
)
def test_two_claims_that_cannot_both_be_true_are_a_contradiction(language: str, text: str) -> None:
    transfers = _read(text, language)

    assert transfers.contradiction is not None
    assert transfers.contradiction.claim.quote != transfers.contradiction.against.quote
    assert transfers.contradicting_claim is not None


@pytest.mark.parametrize(
    ("language", "text", "mechanisms"),
    [
        (
            "fi",
            (
                "Siirto ETA-alueen ulkopuolelle perustuu komission riittävyyspäätökseen,"
                " vakiosopimuslausekkeisiin tai yritystä koskeviin sitoviin sääntöihin."
            ),
            {
                "adequacy_decision",
                "standard_contractual_clauses",
                "binding_corporate_rules",
            },
        ),
        (
            "sv",
            (
                "Överföring sker med stöd av beslut om adekvat skyddsnivå, standardavtalsklausuler"
                " eller bindande företagsbestämmelser."
            ),
            {
                "adequacy_decision",
                "standard_contractual_clauses",
                "binding_corporate_rules",
            },
        ),
        (
            "nb",
            "Overføringen skjer på grunnlag av EUs standardkontrakter eller en adekvansbeslutning.",
            {"adequacy_decision", "standard_contractual_clauses"},
        ),
        (
            "nn",
            "Overføring til tredjeland skjer etter EU sine standardkontraktar.",
            {"standard_contractual_clauses"},
        ),
        (
            "da",
            (
                "Overførsel sker på grundlag af Kommissionens standardkontraktbestemmelser eller"
                " EU-U.S. Data Privacy Framework."
            ),
            {"standard_contractual_clauses", "data_privacy_framework"},
        ),
        (
            "en",
            (
                "We rely on an adequacy decision, standard contractual clauses, binding corporate"
                " rules or the EU-US Data Privacy Framework."
            ),
            {
                "adequacy_decision",
                "standard_contractual_clauses",
                "binding_corporate_rules",
                "data_privacy_framework",
            },
        ),
    ],
)
def test_mechanisms_are_listed_in_five_languages(
    language: str, text: str, mechanisms: set[str]
) -> None:
    assert mechanisms == {each.id for each in _read(text, language).mechanisms_listed}


@pytest.mark.parametrize(
    "text",
    [
        "Where a country does not have an adequacy decision, data are not sent outside the EEA.",
        "Data are stored within the EEA, and we ensure an adequate level of protection.",
        "Data are stored within the EEA. Privacy Shield is no longer valid.",
        "Siirrämme tietoja ETA-alueen ulkopuolelle maihin, joista ei ole riittävyyspäätöstä.",
    ],
)
def test_what_is_missing_or_ended_is_no_mechanism(text: str) -> None:
    assert () == _read(text).mechanisms_listed


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("We use the standard contractual clauses (EU) 2021/914.", "2021/914"),
        ("We use standard contractual clauses under Decision 2010/87/EU.", "2010/87"),
        ("We use standard contractual clauses.", None),
    ],
)
def test_a_version_is_given_only_if_it_is_said(text: str, version: str | None) -> None:
    (clauses,) = _read(text).mechanisms_listed

    assert version == clauses.version


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "Yksittäistapauksissa siirrämme tietoja ETA-alueen ulkopuolelle suostumuksellasi."),
        ("sv", "I särskilda fall kan uppgifter överföras utanför EU med ditt samtycke."),
        ("nb", "I særlige tilfeller kan opplysninger overføres utenfor EØS med ditt samtykke."),
        ("da", "I særlige tilfælde kan oplysninger overføres uden for EU med dit samtykke."),
        ("en", "In specific cases we transfer data outside the EEA with your consent."),
    ],
)
def test_consent_to_a_transfer_is_a_derogation(language: str, text: str) -> None:
    (derogation,) = _read(text, language).derogations_listed

    assert ("art49_consent", True) == (derogation.id, derogation.case_by_case)


def test_measures_and_a_copy_are_what_the_notice_offers() -> None:
    transfers = _read(
        "Data are sent outside the EEA. We apply supplementary measures such as encryption. You can"
        " get a copy of the clauses at https://lumo.example/scc."
    )

    assert transfers.supplementary_measures is not None
    assert transfers.supplementary_measures.described
    assert transfers.copy_of_safeguards is not None
    assert ("link", "https://lumo.example/scc") == (
        transfers.copy_of_safeguards.how,
        transfers.copy_of_safeguards.url,
    )


def test_a_flow_goes_to_whom_the_sentence_or_the_one_before_it_names() -> None:
    _, transfers, organisations = _all(
        "Notice\n\nTransfers\n\nWe use Greenhouse Software, Inc. for recruitment. The processing is"
        " based on standard contractual clauses.\n\nJobs are shown on Facebook and Pinterest. All"
        " these providers process data in the United States."
    )

    assert transfers is not None
    flows = {
        tuple(organisations[key].name for key in flow.to): (flow.country, flow.mechanism)
        for flow in transfers.flows
    }
    assert {
        ("Greenhouse Software, Inc.",): (None, "standard_contractual_clauses"),
        ("Facebook", "Pinterest"): ("US", None),
    } == flows
    assert "US" == next(
        each.transfers_to for each in organisations.values() if each.name == "Facebook"
    )


def test_an_address_is_no_transfer() -> None:
    _, transfers, _ = _all(
        "Notice\n\nRecipients\n\nData are processed by Sunny Meadow Inc., 12 Main Street, Boston,"
        " MA 02110, USA."
    )

    assert transfers is not None
    (flow,) = transfers.flows
    assert flow.inferred
    assert () == transfers.third_countries


def test_a_company_within_the_eea_needs_no_mechanism() -> None:
    _, transfers, _ = _all("Notice\n\nRecipients\n\nThe Norwegian Fjellsøk AS hosts our data.")

    assert transfers is not None
    (flow,) = transfers.flows
    assert ("NO", False, "not_needed_eea", True) == (
        flow.country,
        flow.third_country,
        flow.mechanism,
        flow.inferred,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Your data\n\nWe process your name and your CV.",
        "Your rights\n\nYou have the right to know about transfers to third countries.",
        "Applicants\n\nApplicants from the United States are welcome.",
    ],
)
def test_a_silent_notice_gives_nothing(text: str) -> None:
    _, transfers, _ = _all(f"Notice\n\n{text}")

    assert transfers is None


@pytest.mark.shared
@pytest.mark.skipif(not SEED.is_dir(), reason="../shared/seed is not here")
def test_the_seed_notice_gives_the_transfers_of_its_gold() -> None:
    gold = yaml.safe_load((SEED / "notice.fi.gold.yaml").read_text("utf-8"))["transfers"]
    _, transfers, organisations = _all(
        (SEED / "notice.fi.txt").read_text("utf-8"), controller="Sector Alarm"
    )

    assert transfers is not None
    for name in ("default_claim", "contradicting_claim", "exception_claim"):
        assert gold[name]["evidence"][0]["line"] in {
            evidence.line for evidence in getattr(transfers, name).evidence
        }
    assert [entry["id"] for entry in gold["mechanisms_listed"]] == [
        each.id for each in transfers.mechanisms_listed
    ]
    assert {entry["id"] for entry in gold["derogations_listed"]} == {
        each.id for each in transfers.derogations_listed
    }
    assert transfers.supplementary_measures is not None
    assert not transfers.supplementary_measures.described
    assert transfers.copy_of_safeguards is not None
    assert ("link", None) == (transfers.copy_of_safeguards.how, transfers.copy_of_safeguards.url)
    assert {
        (("Greenhouse Software, Inc.",), "US", "standard_contractual_clauses"),
        (("Google Inc", "Facebook Inc"), None, None),
        (("Sector Alarm Holding AS",), "NO", "not_needed_eea"),
        (("Facebook", "Instagram", "Snapchat", "LinkedIn", "TikTok", "Pinterest"), None, None),
        (("Facebook", "Instagram", "Snapchat", "LinkedIn", "TikTok", "Pinterest"), "US", None),
    } == {
        (tuple(organisations[key].name for key in flow.to), flow.country, flow.mechanism)
        for flow in transfers.flows
    }


@pytest.mark.shared
@pytest.mark.skipif(not POLICIES.is_dir(), reason="../shared/data/notices_gdpr200 is not here")
def test_passages_on_transfers_are_found_in_real_policies() -> None:
    """Eleven labelled passages name no place, or are labelled for a heading or a definition."""
    found = labelled = 0
    for file in sorted(POLICIES.glob("*.json")):
        try:
            passages = json.loads(file.read_text("utf-8"))
        except json.JSONDecodeError:
            continue
        lines, numbers = _lines(passages)
        _, transfers, _ = _all("\n".join(lines), controller="")
        said = set() if transfers is None else _lines_of(transfers.model_dump())
        labelled += len(numbers)
        found += len(numbers & said)

    assert found >= 0.75 * labelled


def _lines(passages: list[dict[str, Any]]) -> tuple[list[str], set[int]]:
    lines: list[str] = []
    labelled = set()
    for passage in passages:
        text = " ".join(passage["passage"].split())
        lines += ["", f"# {text}", ""] if passage["type"] == "headline" else [text]
        if any(note["requirement"] == "Third-country Transfers" for note in passage["annotations"]):
            labelled.add(len(lines) - (passage["type"] == "headline"))
    return lines, labelled


def _lines_of(value: object) -> set[int]:
    if isinstance(value, dict):
        own = {value["line"]} if "line" in value else set()
        return own.union(*(_lines_of(each) for each in value.values()))
    if isinstance(value, list | tuple):
        return set().union(*(_lines_of(each) for each in value))
    return set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "Muutoin tiedot eivät poistu EU:sta."),
        ("sv", "Uppgifterna lämnar aldrig EU."),
        ("nb", "Opplysningene forlater ikke EØS."),
        ("nn", "Elles held alt seg innanfor EØS."),
        ("da", "Ellers sender vi ikke noget ud af EU."),
        ("en", "We do not otherwise send your details outside the EEA."),
        ("en", "Nothing else leaves the EU."),
    ],
)
def test_that_nothing_leaves_is_a_claim(language: str, text: str) -> None:
    assert _read(text, language).default_claim is not None


def test_a_question_claims_nothing() -> None:
    """A question that stood for a heading was read as an exception of the claim below it."""
    text = "Hej\n\nMottagare\n\nVi delar med Lumo AB.\n\nLämnar uppgifterna EU?\nNej.\n"

    _, transfers, _ = _all(text, "Rimmi AB")

    assert transfers is not None
    assert transfers.default_claim is not None
    assert transfers.exception_claim is None


def test_what_follows_a_question_on_transfers_is_of_transfers() -> None:
    text = (
        "Hei\n\nMottakere\n\nVi deler med Lumo Tal AS.\n\nSender vi noe ut av EØS?\n"
        "Lumo Tal AS har likevel brukerstøtte i Serbia, etter EUs standardkontrakter.\n"
    )

    _, transfers, _ = _all(text, "Rimmi AS")

    assert transfers is not None
    assert [(flow.country, flow.mechanism) for flow in transfers.flows] == [
        ("RS", "standard_contractual_clauses")
    ]


def test_the_decision_on_the_framework_is_the_framework() -> None:
    text = "Overførslen sker efter tilstrækkelighedsafgørelsen om EU-US Data Privacy Framework."

    assert [each.id for each in _read(text, "da").mechanisms_listed] == ["data_privacy_framework"]


def test_a_framework_that_has_ended_is_not_relied_on() -> None:
    text = "Vår leverantörs Privacy Shield-certifikat upphörde 2020. Överföring sker med samtycke."

    assert _read(text, "sv").mechanisms_listed == ()


def test_countries_without_a_recipient_are_flows() -> None:
    text = "Transfers to the United Kingdom and Switzerland rely on adequacy decisions."

    flows = _read(text).flows

    assert [(flow.to, flow.country, flow.mechanism) for flow in flows] == [
        ((), "GB", "adequacy_decision"),
        ((), "CH", "adequacy_decision"),
    ]


def test_safeguards_told_after_the_country_go_with_it() -> None:
    text = (
        "Lumo Ltd and our parent company are in India. For transfers to our parent we have signed"
        " standard contractual clauses."
    )

    _, transfers, organisations = _all(
        "Title\n\nRecipients\n\n- Lumo Ltd runs our payroll.\n- Our parent, Rimmi Inc., decides."
        "\n\n"
        f"{HEADINGS['en']}\n\n{text}\n",
        "Rimmi Oy",
    )

    assert transfers is not None
    told = {flow.mechanism: flow for flow in transfers.flows}["standard_contractual_clauses"]
    assert [organisations[key].name for key in told.to] == ["Rimmi Inc."]
    assert told.country == "IN"


def test_under_british_law_the_united_kingdom_is_no_third_country() -> None:
    text = "Title\n\nUnder the UK GDPR.\n\nInternational transfers\n\nLumo Ltd is in the UK.\n"

    _, transfers, _ = _all(text, "Rimmi Ltd")

    assert transfers is None or (not transfers.third_countries and not transfers.exception_claim)
