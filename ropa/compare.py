"""Declared against observed: the subjects that rules judge, with the facts of `rules/vocabulary`.

Here are the few: activities, purposes, recipients, transfers, systems, sources, categories, the
notice. The many, which stream, are in `ropa.copies`.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from detectors.taxonomy import taxonomy
from ropa import notes
from ropa.disclosures import Disclosures, Facts, declared, is_eea
from ropa.model import Activity, Language, Register, System, Text
from ropa.observed import (
    Observed,
    activities_of,
    is_personal,
    systems_of,
)
from ropa.subjects import EvidenceItem, Kind, Subject
from scanner.locator import WHOLE
from scanner.summary import CategorySummary, SourceSummary


class Comparison:
    """Builds every subject of one register and one scan."""

    def __init__(
        self, register: Register, observed: Observed, today: date, language: Language = "en"
    ) -> None:
        self._language: Language = language
        self._register = register
        self._observed = observed
        self._today = today
        self._disclosures = Disclosures(register, observed, today, language)

    def subjects(self) -> Iterator[Subject]:
        """Give every subject of the few kinds, in a stable order."""
        yield self._controller()
        yield from self._notice()
        for activity in self._register.activities:
            yield from self._purposes(activity)
            yield self._activity(activity)
        yield from self._disclosures.subjects()
        yield from (self._system(system) for system in self._register.systems)
        yield from (self._source(summary) for summary in self._observed.sources)
        yield from self._categories()

    def _controller(self) -> Subject:
        controller = self._register.controller
        dpo, agent = controller.dpo, controller.representative
        facts: Facts = {
            "address": controller.address or None,
            "email": controller.email or None,
            "phone": controller.phone or None,
            "business_id": controller.business_id or None,
            "country": controller.country,
            "domains": controller.domains,
            "dpo": dpo.name if dpo else None,
            "dpo_email": (dpo.email or None) if dpo else None,
            "representative": agent.name if agent else None,
        }
        return Subject(
            Kind.CONTROLLER, "controller", controller.name, facts, declared("controller")
        )

    def _notice(self) -> Iterator[Subject]:
        notice = self._register.notice
        if not notice.is_given:
            return
        months = None
        if notice.year is not None:
            months = max((self._today.year - notice.year - 1) * 12 + self._today.month, 0)
        facts: Facts = {
            "read": False,
            "file": notice.file or None,
            "version": notice.version or None,
            "year": notice.year,
            "age_months": months,
            "categories": notice.categories,
            "countries": notice.countries,
        }
        yield Subject(
            Kind.NOTICE, "notice", notice.file or "privacy notice", facts, declared("notice")
        )

    def _purposes(self, activity: Activity) -> Iterator[Subject]:
        for purpose in activity.purposes:
            facts: Facts = {
                "activity": self._text(activity.name),
                "basis": purpose.basis,
                "statute": purpose.statute or None,
                "legitimate_interest": self._text(purpose.legitimate_interest) or None,
            }
            yield Subject(
                Kind.PURPOSE,
                f"{activity.id}/{purpose.id}",
                self._text(purpose.name),
                facts,
                declared(f"activities.{activity.id}.purposes.{purpose.id}"),
            )

    def _activity(self, activity: Activity) -> Subject:
        special = tuple(
            category.key for category in activity.categories if _is_special(category.key)
        )
        transfers = [entry for entry in self._register.transfers if entry.id in activity.transfers]
        facts: Facts = {
            "purposes": tuple(purpose.id for purpose in activity.purposes),
            "data_subjects": tuple(self._text(words) for words in activity.data_subjects),
            "categories": tuple(category.key for category in activity.categories),
            "special_categories": special,
            "article9": activity.article9,
            "bases": tuple(sorted({str(p.basis) for p in activity.purposes if p.basis})),
            "statutes": tuple(purpose.statute for purpose in activity.purposes if purpose.statute),
            "recipients": activity.recipients,
            "transfers": activity.transfers,
            "countries": tuple(sorted({transfer.country for transfer in transfers})),
            "retention": len(activity.retention),
            "periods": tuple(policy.duration for policy in activity.retention if policy.duration),
            "has_measures": bool(self._text(activity.measures)),
            "systems": activity.systems,
            "missing_art30": self._missing(activity),
            "observed": any(
                summary.sightings and activity in activities_of(self._register, summary.source.id)
                for summary in self._observed.sources
            ),
        }
        return Subject(
            Kind.ACTIVITY,
            activity.id,
            self._text(activity.name),
            facts,
            declared(f"activities.{activity.id}"),
            {
                "purposes": tuple(self._purposes(activity)),
                "recipients": tuple(
                    self._disclosures.recipients[key] for key in activity.recipients
                ),
                "transfers": tuple(self._disclosures.transfers[key] for key in activity.transfers),
                "systems": tuple(
                    self._system(system)
                    for system in self._register.systems
                    if system.id in activity.systems
                ),
            },
        )

    def _missing(self, activity: Activity) -> tuple[str, ...]:
        """List the mandatory elements of Art. 30(1) that are empty; transfers only if any."""
        controller = self._register.controller
        present = {
            "controller": bool(controller.address and (controller.email or controller.phone)),
            "purposes": bool(activity.purposes),
            "data_subjects": bool(activity.data_subjects),
            "categories": bool(activity.categories),
            "recipients": bool(activity.recipients),
            "transfers": bool(activity.transfers) or not self._sends_abroad(activity),
            "retention": bool(activity.retention),
            "measures": bool(self._text(activity.measures)),
        }
        return tuple(name for name, is_there in present.items() if not is_there)

    def _system(self, system: System) -> Subject:
        operator = self._disclosures.recipients.get(system.operator or "")
        sources = tuple(
            summary.source.id
            for summary in self._observed.sources
            if system in systems_of(self._register, summary.source.id)
        )
        facts: Facts = {
            "kind": system.kind,
            "country": system.country,
            "eea": is_eea(system.country),
            "operator": operator.name if operator else "",
            "sources": sources,
            "activities": tuple(
                self._text(activity.name)
                for activity in self._register.activities
                if system.id in activity.systems
            ),
            "scanned": bool(sources),
        }
        return Subject(
            Kind.SYSTEM,
            system.id,
            system.name,
            facts,
            declared(f"systems.{system.id}"),
            {"operator": (operator,) if operator else ()},
        )

    def _source(self, summary: SourceSummary) -> Subject:
        categories = sorted(
            {
                entry.category
                for entry in self._observed.categories
                if entry.source == summary.source.id and is_personal(entry.category)
            }
        )
        systems = systems_of(self._register, summary.source.id)
        activities = activities_of(self._register, summary.source.id)
        facts: Facts = {
            "kind": summary.source.kind,
            "personal_data": bool(categories),
            "activities": tuple(self._text(activity.name) for activity in activities),
            "system": systems[0].name if systems else None,
            "categories": tuple(categories),
            "assets": summary.assets,
            "sightings": summary.sightings,
            "examined_share": summary.examined / summary.assets if summary.assets else 1.0,
        }
        evidence = (EvidenceItem(summary.source.id, summary.source.location, WHOLE, notes.SCANNED),)
        held = tuple(
            _example(entry)
            for entry in self._observed.categories
            if entry.source == summary.source.id and is_personal(entry.category)
        )
        return Subject(
            Kind.SOURCE,
            summary.source.id,
            summary.source.name,
            facts,
            evidence,
            {"activities": tuple(self._activity(activity) for activity in activities)},
            {"personal_data": held, "categories": held},
        )

    def _categories(self) -> Iterator[Subject]:
        """Give one subject for each category in each source."""
        groups: dict[tuple[str, str], list[CategorySummary]] = {}
        for entry in self._observed.categories:
            groups.setdefault((entry.source, entry.category), []).append(entry)
        names = {str(summary.source.id): summary.source.name for summary in self._observed.sources}
        for (source, category), entries in sorted(groups.items()):
            yield self._category(source, names.get(source, source), category, entries)

    def _category(
        self, source: str, name: str, category: str, entries: Sequence[CategorySummary]
    ) -> Subject:
        activities = activities_of(self._register, source)
        known = taxonomy().categories.get(category)
        statutes = [purpose.statute for activity in activities for purpose in activity.purposes]
        declared = activities or self._register.activities
        notice = self._register.notice
        facts: Facts = {
            "category": category,
            "source": name,
            "activity": ", ".join(self._text(activity.name) for activity in activities) or None,
            "declared_in_register": _covered(
                category, [entry.key for activity in declared for entry in activity.categories]
            ),
            "declared_in_notice": _covered(category, notice.categories)
            if notice.is_given
            else None,
            "article9": next((a.article9 for a in activities if a.article9), None),
            "statute": next((statute for statute in statutes if statute), None),
            "special": known.special if known else False,
            "criminal": known.criminal if known else False,
            "personal": is_personal(category),
            "assets": max(entry.assets for entry in entries),
            "count": sum(entry.count for entry in entries),
            "distinct": sum(entry.distinct for entry in entries),
            "confidence": max(entry.confidence for entry in entries),
        }
        return Subject(
            Kind.CATEGORY,
            f"{source}/{category}",
            taxonomy().label(category, self._language),
            facts,
            tuple(map(_example, entries)),
            {"activities": tuple(self._activity(activity) for activity in activities)},
        )

    def _sends_abroad(self, activity: Activity) -> bool:
        return any(
            self._disclosures.recipients[key].facts["third_country"] is True
            for key in activity.recipients
        )

    def _text(self, words: Text) -> str:
        return words.in_language(self._language)


def _example(entry: CategorySummary) -> EvidenceItem:
    """Point to the place of an entity that a source holds most of."""
    note = notes.found(entry.entity, entry.count, entry.assets, entry.sample)
    return EvidenceItem(entry.source, entry.example, entry.place, note)


def _covered(category: str, declared: Sequence[str]) -> bool:
    return any(taxonomy().covers(key, category) for key in declared)


def _is_special(key: str) -> bool:
    known = taxonomy().categories.get(key)
    return known is not None and known.special
