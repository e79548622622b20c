"""Rule, Condition, Verdict, Violation, Waiver: what the law asks, as values."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from ropa.model import Text, Words
from ropa.subjects import EvidenceItem, Kind


class Severity(StrEnum):
    """How bad a violation is; ordered by `rank`."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for info to 4 for critical."""
        return list(Severity).index(self)


class Certainty(StrEnum):
    """What decides: the text of law, a case, the controller's own promise, a threshold, a human.

    `ARGUABLE` depends on facts that are not in what was judged, or on how the law is read.
    """

    STATUTE = "statute"
    CASE = "case"
    DECLARED = "declared"
    POLICY = "policy"
    HEURISTIC = "heuristic"
    ARGUABLE = "arguable"


class Operator(StrEnum):
    """The nine operators. Negation is `not:`; nothing else without a decision record."""

    EXISTS = "exists"
    EQUALS = "equals"
    IN = "in"
    CONTAINS = "contains"
    INTERSECTS = "intersects"
    MATCHES = "matches"
    BEFORE = "before"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Test(_Strict):
    """One fact against one value."""

    __test__ = False  # a noun of the rule language, not a test case

    field: str
    op: Operator
    value: Any = None
    """A literal, or `{fact: other_field}` for another fact of the same subject."""


class AllOf(_Strict):
    """Every condition holds."""

    all: Annotated[tuple["Condition", ...], Field(min_length=1)]


class AnyOf(_Strict):
    """At least one condition holds."""

    any: Annotated[tuple["Condition", ...], Field(min_length=1)]


class Not(_Strict):
    """The condition does not hold."""

    not_: Annotated["Condition", Field(alias="not")]


class Linked(_Strict):
    """At least one linked subject meets the condition."""

    linked: str
    where: "Condition"


def _form(value: Any) -> str:  # noqa: ANN401 - raw YAML or a built model
    keys = value if isinstance(value, dict) else type(value).model_fields
    for key in ("all", "any", "not", "not_", "linked"):
        if key in keys:
            return key.rstrip("_")
    return "test"


Condition = Annotated[
    Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[Linked, Tag("linked")]
    | Annotated[Test, Tag("test")],
    Discriminator(_form),
]
"""One form of condition, chosen by its key so that a slip gives one error and not five."""


class Rule(_Strict):
    """One requirement of law, as a file of a rule pack."""

    id: Annotated[str, Field(pattern=r"^[A-Z]{2,4}-\d{2,3}$")]
    title: Words
    group: str = ""
    """Filled from the id's letters."""
    severity: Severity
    certainty: Certainty
    status: Literal["draft", "stable", "deprecated"] = "stable"
    successor: str = ""
    jurisdiction: str = "EU"
    references: Annotated[tuple[str, ...], Field(min_length=1)]
    applies_to: Kind
    when: Condition | None = None
    """Selects subjects; absent for all of the kind."""
    require: Condition
    """Must hold for each selected subject, or it is a violation."""
    message: Words
    """With `{fact}` placeholders."""
    remedy: Words
    rationale: Words = Text()
    """What the law asks and why, for `kartta rules show`."""

    @model_validator(mode="after")
    def _deprecated_names_its_successor(self) -> "Rule":
        if self.status == "deprecated" and not self.successor:
            message = "a deprecated rule names its successor"
            raise ValueError(message)
        return self


class Answer(StrEnum):
    """The four answers of a rule about a subject."""

    NOT_APPLICABLE = "not_applicable"
    SATISFIED = "satisfied"
    VIOLATED = "violated"
    UNKNOWN = "unknown"
    """A fact that it needs was never recorded: a gap, never a pass."""


class WaiverKind(StrEnum):
    """Why a finding is waived."""

    WAIVER = "waiver"
    """It is being dealt with, and must not be told again until then."""
    ACCEPTED_RISK = "accepted-risk"
    FALSE_ALARM = "false-alarm"
    """The rule errs. Judged again when the rule changes."""


Scope = Literal["finding", "place", "value"]
"""What a waiver holds on: one finding, its rule in one asset, its rule where only these values are
what it rests on."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that somebody answers for. Shown in every report; ends by itself."""

    rule: str
    subject: str
    """Id of the subject, or `*`; empty where `finding` says for which it was given."""
    owner: str
    reason: str
    until: date | None
    """The last day on which it holds; only a false alarm may have none."""
    kind: WaiverKind = WaiverKind.WAIVER
    finding: str = ""
    """Id of the finding for which it was given."""
    scope: Scope = "finding"

    def is_over(self, today: date) -> bool:
        """Say whether it has ended."""
        return self.until is not None and self.until < today


class Status(StrEnum):
    """How a finding stands to the judged run before."""

    NEW = "new"
    STILL = "still_there"
    BACK = "back"
    """It was gone in between."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One subject that breaks one rule (`VIOLATED`) or cannot be judged by it (`UNKNOWN`)."""

    rule: str
    title: Text
    answer: Answer
    severity: Severity
    certainty: Certainty
    references: tuple[str, ...]
    subject_kind: Kind
    subject_id: str
    subject_name: str
    message: Text
    remedy: Text
    evidence: tuple[EvidenceItem, ...]
    missing: tuple[str, ...] = ()
    """For `UNKNOWN`: the facts that nobody recorded."""
    waiver: Waiver | None = None
    id: str = ""
    """Short and the same in every run: see `rules.identity`; empty where nobody gave one."""
    status: Status | None = None
    first_run: int | None = None
    """The run that saw it first, of those that are remembered."""
    first_seen: date | None = None
    """The day for which that run was judged."""
    owner: str = ""
    """Who deals with it: see `rules.duties`."""
    due: date | None = None
    """By when; none where it is waived, or its severity sets no day."""

    @property
    def fingerprint(self) -> str:
        """Stable between runs: the rule and its subject."""
        return f"{self.rule}/{self.subject_kind}/{self.subject_id}"
