"""Render a report to bytes, shuffle a result, compare with the golden files."""

import io
import os
import random
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from reports.base import AuditResult
from reports.registry import by_name
from ropa.graph import Graph
from ropa.model import Language
from tests.reports.company import HeldAudit

GOLDEN = Path(__file__).parent.parent / "golden"
UPDATE = "UPDATE_GOLDEN"
"""Set this in the environment to rewrite the golden files; review them as a diff."""

_Value = TypeVar("_Value")


def rendered(name: str, result: AuditResult, language: Language = "en") -> bytes:
    """Write a report into memory."""
    out = io.BytesIO()
    by_name(name).write(result, out, language)
    return out.getvalue()


def shuffled(result: HeldAudit, seed: int) -> HeldAudit:
    """Give the same result with all in another order but what comes in order, as a stream."""
    chance = random.Random(seed)  # noqa: S311 - no secret

    def mixed(values: tuple[_Value, ...]) -> tuple[_Value, ...]:
        return tuple(chance.sample(values, len(values)))

    return replace(
        result,
        sources=mixed(result.sources),
        categories=mixed(result.categories),
        flows=mixed(result.flows),
        retention=mixed(result.retention),
        rules=mixed(result.rules),
        graph=Graph(mixed(result.graph.nodes), mixed(result.graph.edges)),
    )


def same_as_golden(name: str, content: bytes) -> None:
    """Compare with a golden file, or rewrite it when asked to."""
    path = GOLDEN / name
    if os.environ.get(UPDATE):
        path.write_bytes(content)

    assert content.decode() == path.read_bytes().decode(), f"set {UPDATE}=1 to accept the change"
