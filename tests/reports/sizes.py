"""Graphs of an invented company as small or as large as one likes, from a register and a scan."""

import random
from datetime import UTC, date, datetime

from detectors.taxonomy import taxonomy
from ropa.graph import Graph
from ropa.graph_build import build
from ropa.model import Activity, Recipient, Register, System, Transfer
from ropa.observed import Observed
from scanner.model import Source, SourceId
from scanner.summary import CategorySummary, FlowSummary, SourceSummary

TODAY = date(2026, 11, 22)
_ROLES = ["processor"] * 6 + ["controller"] * 3 + ["group_company", "authority", "joint_controller"]
_COUNTRIES = ("FI", "SE", "NO", "US", "IN", "IE", "GB", "DE")
_TOOLS: tuple[dict[str, str], ...] = (
    {},
    {"tool": "scc", "version": "2021/914", "module": "2"},
    {"tool": "scc", "version": "2010/87/EU"},
    {"tool": "dpf"},
)


def company(scale: float, seed: int = 1) -> Graph:
    """Make a company with some fifty nodes for each unit of scale; the same seed, the same one."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    recipients = [_recipient(number, chance) for number in range(max(1, int(scale * 14)))]
    inner = [
        Recipient.model_validate(
            {"id": f"s{n}", "name": f"Sub {n} Hosting", "role": "processor", "country": "NL"}
        )
        for n in range(int(scale * 5))
    ]
    recipients[0] = recipients[0].model_copy(
        update={"sub_processors": tuple(entry.id for entry in inner)}
    )
    transfers = [
        Transfer.model_validate(
            {"id": f"t{entry.id}", "recipient": entry.id, "country": entry.country}
            | chance.choice(_TOOLS)
        )
        for entry in recipients
        if entry.country in {"US", "IN", "GB"}
    ]
    systems = [_system(number) for number in range(max(1, int(scale * 6)))]
    register = Register.model_validate(
        {
            "controller": {"name": "Tähtivahti Oy", "country": "FI", "domains": ["us.example"]},
            "recipients": [*recipients, *inner],
            "transfers": transfers,
            "systems": systems,
            "activities": [
                _activity(number, recipients, systems, chance)
                for number in range(max(1, int(scale * 4)))
            ],
        }
    )
    return build(register, _seen(scale, len(systems), len(recipients), chance), "en", TODAY)


def _recipient(number: int, chance: random.Random) -> Recipient:
    return Recipient.model_validate(
        {
            "id": f"r{number}",
            "name": f"Recipient number {number} Analytics Oy",
            "role": chance.choice(_ROLES),
            "country": chance.choice(_COUNTRIES),
            "domains": [f"r{number}.example"],
        }
    )


def _system(number: int) -> System:
    return System.model_validate(
        {
            "id": f"y{number}",
            "name": f"Asiakaspalvelujärjestelmä {number}",
            "kind": "other",
            "sources": [f"src{number}"],
            "country": ("FI", "US", "IE")[number % 3],
            "operator": f"r{number}" if number % 2 else None,
        }
    )


def _activity(
    number: int, recipients: list[Recipient], systems: list[System], chance: random.Random
) -> Activity:
    several = chance.sample(recipients, min(len(recipients), chance.randint(1, 6)))
    return Activity.model_validate(
        {
            "id": f"a{number}",
            "name": f"Activity {number}",
            "data_subjects": [chance.choice(["Applicants", "Employees", "Customers", "Visitors"])],
            "categories": chance.sample(_keys(), 6),
            "recipients": [entry.id for entry in several],
            "systems": [entry.id for entry in chance.sample(systems, min(len(systems), 2))],
        }
    )


def _seen(scale: float, systems: int, recipients: int, chance: random.Random) -> Observed:
    sources = tuple(
        SourceSummary(
            Source(
                SourceId(f"src{number}"), "folder", f"Share of department {number}",
                f"postgresql://db{number}.eu-north-1.rds.amazonaws.com/hr" if number % 3 else "/x",
            ),
            3, 3, 0, 0, 5, 9,
        )
        for number in range(systems + int(scale * 2))
    )  # fmt: skip
    categories = tuple(
        CategorySummary(str(entry.source.id), key, "X", 1, 3, 1, 0.9, "a", "•")
        for entry in sources
        for key in chance.sample(_keys(), 3)
    )
    domains = [f"r{n}.example" for n in range(0, recipients, 2)]
    domains += [f"unknown{n}.example" for n in range(int(scale * 9))]
    last = datetime(2026, 5, 1, tzinfo=UTC)
    flows = tuple(
        FlowSummary(
            str(chance.choice(sources).source.id), domain, "mail", chance.randint(1, 30),
            tuple(chance.sample(_keys(), 2)), None, last, "x",
        )
        for domain in domains
    )  # fmt: skip
    return Observed(sources, categories, flows)


def _keys() -> list[str]:
    return sorted(key for key, category in taxonomy().categories.items() if category.personal)
