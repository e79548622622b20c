"""The register in the Data Privacy Vocabulary: valid RDF, valid by our shapes, and nothing more."""

import json
from datetime import date
from random import Random
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from rdflib import RDF, RDFS, Literal, URIRef

from detectors.taxonomy import taxonomy
from reports.dpv.graph import document
from reports.dpv.terms import terms
from ropa.declared import load_register
from ropa.model import (
    Category,
    Provenance,
    Purpose,
    Recipient,
    Register,
    Retention,
    Role,
    Text,
    Tool,
    Transfer,
)
from tests.reports.company import HeldAudit
from tests.reports.declared import full, registers
from tests.reports.dpv import (
    DEMO,
    DEMO_REGISTER,
    DPV,
    GDPR,
    KARTTA,
    LOC,
    PD,
    complaints,
    graph,
    with_activity,
    written,
)
from tests.reports.rendering import rendered

pytestmark = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"  # of rdflib, by rdflib itself
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(register=registers())
def test_any_register_is_rdf_with_each_entry_once(register: Register) -> None:
    found = graph(register)

    assert len(set(found.subjects(RDF.type, KARTTA.Activity))) == len(register.activities)
    assert len(set(found.subjects(RDF.type, KARTTA.Transfer))) == len(register.transfers)
    assert len(set(found.subjects(RDF.type, DPV.Recipient))) == len(register.recipients)
    assert len(set(found.subjects(RDF.type, DPV.Technology))) == len(register.systems)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(register=registers())
def test_order_of_the_register_makes_no_difference(register: Register) -> None:
    chance = Random(7)  # noqa: S311 - no secret
    tables = ("activities", "processing", "recipients", "transfers", "systems")
    mixed = {
        name: tuple(chance.sample(getattr(register, name), len(getattr(register, name))))
        for name in tables
    }

    assert written(register.model_copy(update=mixed)) == written(register)


def test_the_report_is_the_same_in_each_language(result: HeldAudit) -> None:
    assert rendered("jsonld", result, "fi") == rendered("jsonld", result, "en")
    assert rendered("jsonld", result) == written(result.register)


def test_names_of_nodes_follow_from_domain_and_id() -> None:
    register = load_register(DEMO)
    found = graph(register)

    assert (DEMO_REGISTER["activity/recruitment"], RDF.type, KARTTA.Activity) in found
    assert (DEMO_REGISTER["recipient/lehtimaja"], RDF.type, DPV.DataProcessor) in found


def test_a_purpose_has_its_own_basis() -> None:
    found = graph(load_register(DEMO))
    purposes = "activity/recruitment/purpose/"

    def bases(purpose: str) -> set[URIRef]:
        return set(found.objects(DEMO_REGISTER[purposes + purpose], DPV.hasLegalBasis))  # type: ignore[arg-type] # bases are IRIs

    assert bases("selection") == {GDPR["A6-1-f"]}
    assert bases("talent-pool") == {GDPR["A6-1-a"]}
    assert bases("job-advertising") == set()


def test_categories_have_the_terms_of_the_taxonomy() -> None:
    found = graph(load_register(DEMO))
    data = DEMO_REGISTER["activity/recruitment/data/special.disability"]

    assert set(found.objects(data, RDF.type)) == {
        DPV.PersonalData,
        DPV.SpecialCategoryPersonalData,
        PD.Disability,
    }


def test_a_transfer_tells_country_importer_and_tool() -> None:
    found = graph(load_register(DEMO))
    transfer = DEMO_REGISTER["transfer/lehtimaja-us"]

    assert found.value(transfer, DPV.hasThirdCountry) == LOC.US
    assert found.value(transfer, DPV.hasLegalBasis) == GDPR["A46-2-c"]
    assert found.value(transfer, DPV.hasDataImporter) == DEMO_REGISTER["recipient/lehtimaja"]


def test_a_transfer_without_a_tool_says_nothing_of_one() -> None:
    found = graph(load_register(DEMO))
    transfer = DEMO_REGISTER["transfer/pilvipaja-in"]

    assert found.value(transfer, DPV.hasLegalBasis) is None
    assert found.value(transfer, DPV.hasOrganisationalMeasure) is None


@pytest.mark.parametrize(
    ("version", "basis"), [("2021/914", GDPR["A46-2-c"]), ("of an authority", None), ("", None)]
)
def test_clauses_are_the_commissions_only_where_the_act_says_so(
    version: str, basis: URIRef | None
) -> None:
    vendor = Recipient(id="vendor", name="Vendor")
    transfer = Transfer(id="us", recipient="vendor", country="US", tool=Tool.SCC, version=version)
    register = with_activity(transfers=["us"], recipients=["vendor"]).model_copy(
        update={"recipients": (vendor,), "transfers": (transfer,)}
    )
    found = graph(register)
    [node] = found.subjects(RDF.type, KARTTA.Transfer)

    assert found.value(node, DPV.hasLegalBasis) == basis
    assert list(found.subjects(RDF.type, GDPR.StandardContractualClauses)) or basis


def test_within_the_eea_there_is_no_third_country() -> None:
    vendor = Recipient(id="vendor", name="Vendor")
    transfer = Transfer(id="no", recipient="vendor", country="NO")
    register = with_activity(transfers=["no"]).model_copy(
        update={"recipients": (vendor,), "transfers": (transfer,)}
    )
    found = graph(register)

    assert set(found.objects(None, DPV.hasThirdCountry)) == set()
    assert (None, DPV.hasCountry, LOC.NO) in found


def test_retention_tells_how_long_and_from_when() -> None:
    found = graph(load_register(DEMO))
    limit = DEMO_REGISTER["activity/recruitment/retention/after-decision"]
    duration = found.value(limit, DPV.hasDuration)

    assert str(found.value(duration, RDF.value)) == "P1Y"
    assert found.value(limit, KARTTA.runsFrom) == KARTTA["event/selection_told"]


def test_weeks_are_written_as_days_since_xml_schema_has_none() -> None:
    found = graph(with_activity(retention=[{"id": "short", "duration": "P2W"}]))

    assert "P14D" in {str(value) for value in found.objects(None, RDF.value)}


def test_silence_of_the_register_is_silence() -> None:
    found = graph(with_activity())
    activity = next(found.subjects(RDF.type, KARTTA.Activity))
    said = set(found.predicates(activity))

    assert DPV.hasTechnicalOrganisationalMeasure not in said
    assert DPV.hasStorageCondition not in said
    assert DPV.hasRecipient not in said
    assert (None, DPV.hasApplicability, None) not in found
    assert list(found.subjects(RDF.type, DPV.DataProtectionOfficer)) == []
    assert list(found.subjects(RDF.type, DPV.PrivacyNotice)) == []


def test_words_that_are_the_same_in_both_languages_have_no_language() -> None:
    found = graph(with_activity(name="Försäljning"))

    assert (None, None, Literal("Försäljning")) in found


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("Työnhakijat", DPV.JobApplicant),
        ("Arbetssökande", DPV.JobApplicant),
        ("Jobbsøkere", DPV.JobApplicant),
        ("Jobbsøkjarar", DPV.JobApplicant),
        ("Ansøgere", DPV.JobApplicant),
        ("Employees", DPV.Employee),
        ("Employees' next of kin", None),
    ],
)
def test_data_subjects_have_a_term_only_where_they_are_called_so(
    name: str, term: URIRef | None
) -> None:
    found = graph(with_activity(data_subjects=[name]))
    [node] = found.subjects(RDF.type, DPV.DataSubject)

    assert set(found.objects(node, RDF.type)) - {DPV.DataSubject} == ({term} if term else set())


def test_where_an_entry_comes_from_is_told_with_its_quote() -> None:
    origin = Provenance(source="notice.txt", place="line 8", quote="We sell.")
    purpose = Purpose(
        id="selling", name=Text(en="Selling"), provenance=(origin,), confirm=("basis",)
    )
    found = graph(with_activity(purposes=[purpose]))

    assert (None, RDF.value, Literal("We sell.")) in found
    assert (None, KARTTA.unconfirmed, Literal("basis")) in found


def test_hostile_text_stays_text() -> None:
    """A name from the disk may hold a lone surrogate, which no RDF can."""
    register = with_activity(name='"@x <script> \udce4 ]}')

    assert complaints(graph(register)) == ""
    assert json.loads(written(register))


# --- the terms


def test_every_role_and_tool_has_terms() -> None:
    assert set(terms().roles) == set(Role)
    assert set(terms().tools) == set(Tool)


def test_every_term_has_a_namespace() -> None:
    found = document(full())
    context = cast("dict[str, object]", found["@context"])
    categories = {each.dpv for each in taxonomy().categories.values() if each.dpv}
    used = categories | {each.type for each in terms().roles.values()}
    used |= {each.basis for each in terms().tools.values() if each.basis}

    assert {term.partition(":")[0] for term in used} <= set(context)


def test_all_predicates_are_iris_of_known_vocabularies() -> None:
    known = (*terms().namespaces.values(), str(RDFS))
    found = graph(full())

    assert all(str(each).startswith(known) for each in set(found.predicates()))


def test_a_category_of_a_retention_alone_is_described_and_not_declared() -> None:
    limit = Retention(id="some", categories=("contact",))
    found = graph(with_activity(retention=[limit], categories=[Category(key="identity.name")]))
    activity = next(found.subjects(RDF.type, KARTTA.Activity))

    assert len(set(found.objects(activity, DPV.hasPersonalData))) == 1
    assert len(set(found.subjects(RDF.type, DPV.PersonalData))) == 2


def test_dates_are_dates() -> None:
    found = graph(with_activity(created=date(2024, 1, 15)))

    assert date(2024, 1, 15) in {
        each.toPython() for each in found.objects() if isinstance(each, Literal)
    }
