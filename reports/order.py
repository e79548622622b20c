"""The one order in which reports show things, whatever order they came in."""

import re
from collections.abc import Iterable

from rules.model import Answer, Violation
from scanner.summary import AssetSighting, CategorySummary, FlowSummary, SkippedAsset, SourceSummary


def violated(violations: Iterable[Violation]) -> list[Violation]:
    """Give the open violations, the worst first."""
    return [
        entry
        for entry in sorted_violations(violations)
        if entry.answer is Answer.VIOLATED and entry.waiver is None
    ]


def unknown(violations: Iterable[Violation]) -> list[Violation]:
    """Give what could not be judged and nobody waived."""
    return [
        entry
        for entry in sorted_violations(violations)
        if entry.answer is Answer.UNKNOWN and entry.waiver is None
    ]


def waived(violations: Iterable[Violation]) -> list[Violation]:
    """Give what somebody answers for until a day."""
    return [entry for entry in sorted_violations(violations) if entry.waiver is not None]


def sorted_violations(violations: Iterable[Violation]) -> list[Violation]:
    """Sort by severity, rule, subject; and by everything else, so that no order is left open."""
    return sorted(
        violations,
        key=lambda entry: (
            -entry.severity.rank,
            entry.rule,
            entry.subject_kind,
            natural(entry.subject_name),
            entry.subject_id,
            entry.answer,
            repr(entry.evidence),
        ),
    )


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """Give a sort key by which `mail 9` comes before `mail 10`.

    >>> sorted(["b10", "b9", "a"], key=natural)
    ['a', 'b9', 'b10']
    """
    pieces = re.split(r"([0-9]+)", text)
    return tuple(
        (len(piece.lstrip("0")), piece) if index % 2 else (0, piece)
        for index, piece in enumerate(pieces)
    )


def sorted_sources(sources: Iterable[SourceSummary]) -> list[SourceSummary]:
    """Sort by id."""
    return sorted(sources, key=lambda entry: entry.source.id)


def sorted_categories(categories: Iterable[CategorySummary]) -> list[CategorySummary]:
    """Sort by category, source, entity."""
    return sorted(categories, key=lambda entry: (entry.category, entry.source, entry.entity))


def sorted_flows(flows: Iterable[FlowSummary]) -> list[FlowSummary]:
    """Sort by domain, source, channel."""
    return sorted(flows, key=lambda entry: (entry.domain, entry.source, entry.channel))


def sorted_skips(skips: Iterable[SkippedAsset]) -> list[SkippedAsset]:
    """Sort by source, asset, place."""
    return sorted(
        skips,
        key=lambda entry: (
            entry.source,
            natural(entry.asset),
            entry.skip.locator.texts,
            entry.skip.reason,
            entry.skip.detail,
        ),
    )


def sorted_sightings(sightings: Iterable[AssetSighting]) -> list[AssetSighting]:
    """Sort by source, asset, place, entity."""
    return sorted(
        sightings,
        key=lambda entry: (
            entry.source,
            entry.asset,
            entry.sighting.locator.texts,
            entry.sighting.label,
            entry.sighting.entity,
            entry.sighting.recognizer,
            repr(entry.sighting),
        ),
    )
