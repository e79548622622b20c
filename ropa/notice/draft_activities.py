"""The activities of a first register from a privacy notice (GDPR Art. 30(1)(b)-(g)).

What they are made of: purposes, categories, limits of storage, sources. Here too are the ids and
the provenance that every entry of a draft has.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, get_args

from detectors.taxonomy import taxonomy
from ropa.model import (
    Activity,
    Article6,
    Article9,
    Category,
    Provenance,
    Purpose,
    Recipient,
    Retention,
    Role,
    Status,
    System,
    Text,
    Transfer,
    Trigger,
)
from ropa.notice.base import Evidence
from ropa.notice.checks.base import Checked
from ropa.notice.checks.storage import trigger_of
from ropa.notice.view import Category as DeclaredCategory
from ropa.notice.view import Organisation, RecipientGroup
from ropa.notice.view import Purpose as DeclaredPurpose
from ropa.notice.view import Retention as DeclaredRetention

MAIN, MARKETING = "recruitment", "marketing"
_NO_ID = re.compile(r"[^a-z0-9]+")
_LONGEST_ID = 48
_NAMES = {
    MAIN: Text(en="Recruitment", fi="Rekrytointi"),
    MARKETING: Text(en="Marketing and social media", fi="Markkinointi ja sosiaalinen media"),
    "": Text(en="Processing that the notice describes", fi="Selosteen kuvaama käsittely"),
}


@dataclass
class Ids:
    """Ids that are given once."""

    taken: set[str] = field(default_factory=set)

    def of(self, name: str, otherwise: str) -> str:
        """Make an id of a name."""
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        start = _NO_ID.sub("-", plain).strip("-")[:_LONGEST_ID].strip("-") or otherwise
        key, number = start, 2
        while key in self.taken:
            key, number = f"{start}-{number}", number + 1
        self.taken.add(key)
        return key


class ActivityDraft:
    """Drafts activities from a notice, once its recipients have their ids."""

    def __init__(self, notice: Checked) -> None:
        self.notice = notice
        self.view = notice.view
        self.recipient_of: dict[str, str] = {}

    def activities(
        self,
        recipients: tuple[Recipient, ...],
        transfers: tuple[Transfer, ...],
        systems: tuple[System, ...],
    ) -> Iterator[Activity]:
        """Give the main activity, and marketing apart where the notice has purposes of it."""
        for_marketing = [entry for entry in self.view.purposes if self._is_marketing(entry)]
        others = [entry for entry in self.view.purposes if entry not in for_marketing]
        promoting = {
            self.recipient_of[entry.id]
            for entry in self.view.organisations
            if for_marketing and self._promotes(entry)
        } | {
            self.recipient_of[group.id]
            for group in self.view.recipients.groups
            if for_marketing and group.id in self.recipient_of and self._is_promotion(group)
        }
        yield self._activity(
            MAIN,
            others,
            [entry for entry in recipients if entry.id not in promoting],
            transfers,
            systems,
        )
        if for_marketing:
            yield self._activity(
                MARKETING,
                for_marketing,
                [entry for entry in recipients if entry.id in promoting],
                transfers,
                (),
            )

    def _activity(
        self,
        key: str,
        purposes: list[DeclaredPurpose],
        recipients: list[Recipient],
        transfers: tuple[Transfer, ...],
        systems: tuple[System, ...],
    ) -> Activity:
        is_main = key == MAIN
        names = {entry.id for entry in recipients}
        categories = tuple(self._categories()) if is_main else ()
        special = any(
            known.special
            for entry in categories
            if (known := taxonomy().categories.get(entry.key)) is not None
        )
        conditions = [_article9(entry.art9_condition) for entry in purposes]
        article9 = next((one for one in conditions if one), None)
        ids = Ids()
        return Activity(
            id=key,
            name=_NAMES[key] if not is_main or self.notice.is_for_applicants else _NAMES[""],
            purposes=tuple(self._purpose(ids, entry) for entry in purposes),
            data_subjects=tuple(
                Text(en=entry.name, fi=entry.name) for entry in self.view.data_subjects if is_main
            ),
            categories=categories,
            article9=article9,
            recipients=tuple(entry.id for entry in recipients),
            transfers=tuple(entry.id for entry in transfers if entry.recipient in names),
            retention=tuple(self._retention()) if is_main else (),
            measures=self.words(self._measures()) if is_main else Text(),
            systems=tuple(entry.id for entry in systems),
            joint_controllers=tuple(
                entry.id for entry in recipients if entry.role is Role.JOINT_CONTROLLER
            ),
            status=Status.DRAFT,
            sources=tuple(self.words(quote) for quote in self._sources()) if is_main else (),
            automated_decisions=self.words(self._decisions()) if is_main else Text(),
            confirm=(
                "name",
                "purposes",
                "recipients",
                *(("data_subjects",) if any(e.inferred for e in self.view.data_subjects) else ()),
                *(() if categories else ("categories",)),
                *(("article9",) if special and not article9 else ()),
                "measures",
                "systems",
                *(() if is_main else ("retention",)),
            ),
        )

    def _purpose(self, ids: Ids, entry: DeclaredPurpose) -> Purpose:
        known = entry.lawful_basis if entry.lawful_basis in get_args(Article6) else None
        basis: Any = known
        needs_statute = basis in ("A6-1-c", "A6-1-e") and not entry.statute_named
        return Purpose(
            id=ids.of(entry.name, "purpose"),
            name=Text(en=entry.name, fi=entry.name),
            basis=basis,
            statute=entry.statute_named,
            legitimate_interest=self.words(entry.legitimate_interest),
            provenance=self.provenance(entry.evidence),
            confirm=(
                *(() if basis and not entry.inferred else ("basis",)),
                *(("statute",) if needs_statute else ()),
                *(
                    ("legitimate_interest",)
                    if basis == "A6-1-f" and not entry.legitimate_interest
                    else ()
                ),
            ),
        )

    def _categories(self) -> Iterator[Category]:
        found: dict[str, list[DeclaredCategory]] = {}
        for entry in self.view.data_categories:
            for key in keys_of(entry):
                found.setdefault(key, []).append(entry)
        for key, entries in found.items():
            denied = all(entry.processed.lower().startswith("false") for entry in entries)
            yield Category(
                key=key,
                condition=self.words(
                    "; ".join(dict.fromkeys(e.condition for e in entries if e.condition))
                ),
                provenance=self.provenance(*(entry.evidence[:1] for entry in entries)),
                confirm=("key",) if denied else (),
            )

    def _retention(self) -> Iterator[Retention]:
        ids = Ids()
        for entry in self.view.retention:
            trigger = trigger_of(self.notice, entry)
            if entry.period or trigger is Trigger.CONSENT:
                yield self._limit(ids, entry, trigger)

    def _limit(self, ids: Ids, entry: DeclaredRetention, trigger: Trigger | None) -> Retention:
        by_id = {category.id: category for category in self.view.data_categories}
        keys = [
            key for name in entry.data_categories if name in by_id for key in keys_of(by_id[name])
        ]
        basis = self._basis_of(entry, trigger)
        return Retention(
            id=ids.of(entry.id, "limit"),
            categories=tuple(dict.fromkeys(keys)),
            duration=entry.period or None,
            trigger=trigger,
            basis=basis,
            provenance=self.provenance(entry.evidence),
            confirm=(
                *(() if entry.period else ("duration",)),
                *(("trigger",) if trigger is None or entry.trigger != trigger.value else ()),
                *(() if keys else ("categories",)),
                "basis",
            ),
        )

    def _basis_of(self, entry: DeclaredRetention, trigger: Trigger | None) -> Article6 | None:
        """Conclude the basis for which a limit holds, as its words tell."""
        quotes = " ".join(one.quote for one in entry.evidence)
        if trigger is Trigger.CONSENT:
            return "A6-1-a"
        if self.notice.matches(quotes, "says", "legitimate_interest"):
            return "A6-1-f"
        return None

    def _measures(self) -> str:
        return "\n".join(one.quote for entry in self.view.security for one in entry.evidence[:1])

    def _sources(self) -> Iterator[str]:
        for entry in self.view.sources:
            yield from dict.fromkeys(one.quote for one in entry.evidence)

    def _decisions(self) -> str:
        said = self.view.automated_decision_making.decisions
        return " ".join(one.quote for one in said.evidence) if said.value is True else ""

    def _is_marketing(self, entry: DeclaredPurpose) -> bool:
        return self.notice.matches(entry.name, "says", "marketing") or (
            "Marketing" in entry.dpv_purpose or "Advertising" in entry.dpv_purpose
        )

    def _promotes(self, entry: Organisation) -> bool:
        """Say whether an organisation is named for marketing or as a social platform."""
        about = f"{entry.function} {entry.kind}"
        return entry.kind == "platform" or self.notice.matches(about, "says", "marketing")

    def _is_promotion(self, entry: RecipientGroup) -> bool:
        return self.notice.matches(entry.name, "says", "promotion")

    def provenance(self, *parts: Iterable[Evidence]) -> tuple[Provenance, ...]:
        """Say where in the notice each quote is, each once."""
        quotes = dict.fromkeys(one for part in parts for one in part)
        name = self.notice.text.name
        return tuple(
            Provenance(source=name, place=f"line {one.line}", quote=one.quote) for one in quotes
        )

    def words(self, text: str) -> Text:
        """Keep a text in the notice's own language where the register has it."""
        return Text(fi=text) if self.notice.text.language == "fi" else Text(en=text)


def keys_of(entry: DeclaredCategory) -> Iterator[str]:
    """Give the keys of the taxonomy of a category's items: the reader's own, else by DPV's term."""
    known = taxonomy().categories
    for item in entry.items:
        if item.key in known:
            yield item.key
        elif item.dpv in _by_dpv():
            yield _by_dpv()[item.dpv]


def _by_dpv() -> dict[str, str]:
    """Map DPV's terms to keys, the narrowest first."""
    entries = taxonomy().categories.items()
    return {entry.dpv: key for key, entry in entries if entry.dpv and "." in key}


def _article9(text: str) -> Article9 | None:
    known: tuple[Article9, ...] = get_args(Article9)
    return next((one for one in known if one in text), None)
