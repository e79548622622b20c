"""Our shapes pass every register that keeps its duties, and nothing else."""

import pytest
from hypothesis import HealthCheck, given, settings
from rdflib import RDF, Literal, URIRef

from ropa.declared import load_register
from ropa.model import Contact, Processing, Purpose, Register, Text
from tests.reports.declared import full, registers
from tests.reports.dpv import (
    DEMO,
    DEMO_REGISTER,
    DPV,
    GDPR,
    KARTTA,
    LOC,
    complaints,
    graph,
    with_activity,
)

pytestmark = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"  # of rdflib, by rdflib itself
)


def dutiful(register: Register) -> Register:
    """Fill what Art. 30 asks and a random register may lack: names, purposes, controllers."""

    def named(text: Text) -> Text:
        return text if text.en or text.fi else Text(en="Something")

    purpose = Purpose(id="some", name=Text(en="Something"))
    who = register.controller
    parties: dict[str, Contact | None] = {
        key: party.model_copy(update={"name": party.name or "Somebody"}) if party else None
        for key, party in (("representative", who.representative), ("dpo", who.dpo))
    }
    return register.model_copy(
        update={
            "controller": who.model_copy(update={"name": who.name or "Somebody", **parties}),
            "activities": tuple(
                each.model_copy(
                    update={
                        "name": named(each.name),
                        "purposes": tuple(
                            aim.model_copy(update={"name": named(aim.name)})
                            for aim in each.purposes or (purpose,)
                        ),
                    }
                )
                for each in register.activities
            ),
            "processing": tuple(
                each.model_copy(
                    update={
                        "controllers": tuple(
                            party.model_copy(update={"name": party.name or "Somebody"})
                            for party in each.controllers or (Contact(name="Somebody"),)
                        )
                    }
                )
                for each in register.processing
            ),
            "recipients": tuple(
                each.model_copy(update={"name": each.name or "Somebody"})
                for each in register.recipients
            ),
            "systems": tuple(
                each.model_copy(update={"name": each.name or "Something"})
                for each in register.systems
            ),
        }
    )


def test_the_demo_register_is_valid() -> None:
    assert complaints(graph(load_register(DEMO))) == ""


def test_a_full_register_is_valid() -> None:
    assert complaints(graph(dutiful(full()))) == ""


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(register=registers())
def test_random_registers_are_valid(register: Register) -> None:
    assert complaints(graph(dutiful(register))) == ""


def broken(register: Register) -> str:
    found = complaints(graph(register))
    assert found
    return found


def test_an_activity_without_a_purpose_fails() -> None:
    assert "30(1)(b)" in broken(with_activity(purposes=[]))


def test_a_party_without_a_name_fails() -> None:
    register = with_activity()
    nobody = register.controller.model_copy(update={"name": ""})

    assert "one name" in broken(register.model_copy(update={"controller": nobody}))


def test_processing_for_nobody_fails() -> None:
    register = with_activity().model_copy(
        update={"processing": (Processing(id="payroll", name=Text(en="Payroll")),)}
    )

    assert "30(2)(a)" in broken(register)


@pytest.mark.parametrize(
    ("subject", "predicate", "obj"),
    [
        ("activity/recruitment/purpose/selection", DPV.hasLegalBasis, GDPR["A6-1-a"]),
        ("activity/recruitment/purpose/job-advertising", DPV.hasLegalBasis, GDPR["A9-2-a"]),
        ("activity/recruitment", DPV.hasRecipient, URIRef("urn:nobody")),
        ("activity/recruitment", DPV.hasDataController, URIRef("urn:another")),
        ("activity/recruitment", DPV.hasLegalBasis, Literal("consent")),
        ("activity/recruitment", DPV.hasPersonalData, Literal("names")),
        ("transfer/lehtimaja-us", DPV.hasCountry, LOC.IN),
        ("transfer/pilvipaja-in", DPV.hasLegalBasis, GDPR["A6-1-a"]),
        ("transfer/pilvipaja-in", DPV.hasDataImporter, DEMO_REGISTER["recipient/lehtimaja"]),
        ("activity/recruitment/retention/after-decision", KARTTA.runsFrom, Literal("soon")),
        ("recipient/lehtimaja", DPV.hasCountry, LOC.Nowhere),
        ("record", DPV.hasDataController, DEMO_REGISTER["dpo"]),
    ],
)
def test_a_wrong_statement_fails(subject: str, predicate: URIRef, obj: URIRef | Literal) -> None:
    found = graph(load_register(DEMO))
    found.add((DEMO_REGISTER[subject], predicate, obj))

    assert complaints(found)


@pytest.mark.parametrize(
    ("subject", "predicate"),
    [
        ("transfer/lehtimaja-us", DPV.hasCountry),
        ("transfer/lehtimaja-us", DPV.hasDataImporter),
        ("recipient/lehtimaja", DPV.hasName),
        ("recipient/lehtimaja", RDF.type),
        ("controller", RDF.type),
        ("activity/recruitment/purpose/selection", RDF.type),
        ("activity/recruitment/data/contact", RDF.type),
    ],
)
def test_a_missing_statement_fails(subject: str, predicate: URIRef) -> None:
    found = graph(load_register(DEMO))
    found.remove((DEMO_REGISTER[subject], predicate, None))

    assert complaints(found)
