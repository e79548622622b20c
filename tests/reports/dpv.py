"""The register as a graph, and the names of its vocabularies."""

import io
from pathlib import Path

import pyshacl
from rdflib import Graph, Namespace

from reports.dpv.graph import write
from ropa.model import Activity, Register

ROOT = Path(__file__).parent.parent.parent
DEMO = ROOT / "demo/declared/register.yaml"
SHAPES = Graph().parse(ROOT / "reports/dpv/shapes.ttl")
DPV = Namespace("https://w3id.org/dpv#")
GDPR = Namespace("https://w3id.org/dpv/legal/eu/gdpr#")
KARTTA = Namespace("urn:kartta:terms:")
LOC = Namespace("https://w3id.org/dpv/loc#")
PD = Namespace("https://w3id.org/dpv/pd#")
DEMO_REGISTER = Namespace("urn:kartta:register:tahtivahti.example:")


def written(register: Register) -> bytes:
    out = io.BytesIO()
    write(register, out)
    return out.getvalue()


def graph(register: Register) -> Graph:
    return Graph().parse(data=written(register), format="json-ld")


def complaints(data: Graph) -> str:
    """Say what the shapes find wrong; nothing where they find nothing."""
    conforms, _, text = pyshacl.validate(data, shacl_graph=SHAPES, advanced=False)
    return "" if conforms else text


def with_activity(**fields: object) -> Register:
    """Make a register of one activity that keeps the duties."""
    activity = Activity.model_validate(
        {
            "id": "sales",
            "name": "Sales",
            "purposes": [{"id": "selling", "name": "Selling"}],
            **fields,
        }
    )
    return Register.empty("Rantakivi Oy").model_copy(update={"activities": (activity,)})
