"""Cases with which a rule pack tests itself; customers' packs too (`kartta rules test PATH`).

`cases/RET-01.yaml` holds the cases of RET-01. The beginning of a case's name says what is expected
of its subjects: `pass_`, `fail_`, `not_applicable_` or `unknown_`. A case gives one subject by its
`facts` and `links`, or several `subjects` and the ids of those `violated` and `unknown`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from ropa.subjects import Kind, Subject, Value
from rules.evaluate import judge
from rules.load import RuleSet, load_folders, load_packs
from rules.message import fill
from rules.model import Answer, Rule
from rules.vocabulary import problems, vocabulary
from scanner.errors import RuleError
from scanner.yamlfile import did_you_mean, line_of, read, validate

EXPECTED = {
    "pass_": Answer.SATISFIED,
    "fail_": Answer.VIOLATED,
    "not_applicable_": Answer.NOT_APPLICABLE,
    "unknown_": Answer.UNKNOWN,
}
DEMANDED = ("pass_", "fail_")
"""Each rule has at least one case of each."""


class PlantedSubject(BaseModel):
    """A subject of a case; its kind is the rule's, or for a link the link's."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Kind | None = None
    id: str = ""
    name: str = ""
    facts: Mapping[str, Any] = {}
    links: Mapping[str, tuple["PlantedSubject", ...]] = {}


class Case(PlantedSubject):
    """One case, as written."""

    subjects: tuple[PlantedSubject, ...] = ()
    violated: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """For `unknown_`: the facts that the rule must name as not recorded."""
    says: tuple[str, ...] = ()
    """For `fail_`: what the English or the Finnish message must say."""


@dataclass(frozen=True, slots=True)
class CaseFailure:
    """A case that does not come out as it says, or that is missing."""

    path: Path
    line: int
    case: str
    message: str

    def __str__(self) -> str:
        """Write it as one line that an editor can follow."""
        return f"{self.path}:{self.line}: {self.case}: {self.message}"


def run_cases(pack: Path) -> list[CaseFailure]:
    """Test a pack by its own cases; empty when all is well.

    The pack is loaded together with the built-in ones, as it would be in an audit.

    Raises:
        RuleError: the pack or a file of cases cannot be read.
    """
    own = {rule.id for rule in load_folders([pack]).rules}
    whole = load_packs([pack], installed=False)
    rules = RuleSet(whole.packs, tuple(rule for rule in whole.rules if rule.id in own))
    return run_folder(rules, pack / "cases")


def run_folder(rules: RuleSet, folder: Path) -> list[CaseFailure]:
    """Test rules by the cases of one folder.

    Raises:
        RuleError: a file of cases cannot be read, or is about no rule.
    """
    known = {rule.id: rule for rule in rules.rules}
    for path in sorted(folder.glob("*.yaml")):
        if path.stem not in known:
            hint = did_you_mean(path.stem, tuple(known))
            raise RuleError(f"{path}:1: there is no rule '{path.stem}'", hint=hint)
    failures: list[CaseFailure] = []
    for rule in rules.rules:
        failures.extend(_run_file(rule, folder / f"{rule.id}.yaml"))
    return failures


def _run_file(rule: Rule, path: Path) -> Iterator[CaseFailure]:
    if not path.is_file():
        yield CaseFailure(path, 1, rule.id, "the rule has no cases")
        return
    document, lines = read(path, RuleError)
    cases = document if isinstance(document, dict) else {}
    for prefix in DEMANDED:
        if not any(str(name).startswith(prefix) for name in cases):
            yield CaseFailure(path, 1, rule.id, f"the rule has no case '{prefix}…'")
    for name, raw in cases.items():
        line = line_of((name,), lines)
        case = validate(raw, lines, path, Case, RuleError, at=(name,))
        yield from (
            CaseFailure(path, line, name, message) for message in _run_case(rule, name, case)
        )


def _run_case(rule: Rule, name: str, case: Case) -> Iterator[str]:
    expected = next((answer for start, answer in EXPECTED.items() if name.startswith(start)), None)
    if expected is None:
        yield f"its name begins with none of {', '.join(EXPECTED)}"
        return
    for planted in case.subjects or (case,):
        subject = plant(planted, rule.applies_to)
        yield from problems(subject)
        wanted = _wanted(subject.id, expected, case) if case.subjects else expected
        answer, missing = judge(rule, subject)
        if answer is not wanted:
            yield f"{subject.id} is {answer}, not {wanted}"
        if answer is Answer.UNKNOWN and case.missing and missing != tuple(sorted(case.missing)):
            yield f"{subject.id} lacks {', '.join(missing)}, not {', '.join(case.missing)}"
        if answer is Answer.VIOLATED:
            yield from _unsaid(rule, subject, case.says)


def plant(planted: PlantedSubject, kind: Kind) -> Subject:
    """Make the subject that a case writes."""
    links = {
        name: tuple(plant(other, other.kind or _kind_of_link(kind, name)) for other in others)
        for name, others in planted.links.items()
    }
    facts = {name: _value(value) for name, value in planted.facts.items()}
    key = planted.id or "subject"
    return Subject(planted.kind or kind, key, planted.name or key, facts, (), links)


def _kind_of_link(kind: Kind, link: str) -> Kind:
    return vocabulary()[kind].links.get(link, kind)


def _value(value: Any) -> Value:  # noqa: ANN401 - raw YAML, checked by `problems`
    known: Value = tuple(value) if isinstance(value, list) else value
    return known


def _wanted(key: str, expected: Answer, case: Case) -> Answer:
    """Give the answer for one of several subjects; those not listed are as the case's name."""
    if key in case.violated:
        return Answer.VIOLATED
    if key in case.unknown:
        return Answer.UNKNOWN
    listed = expected in (Answer.VIOLATED, Answer.UNKNOWN)
    return Answer.SATISFIED if listed else expected


def _unsaid(rule: Rule, subject: Subject, says: tuple[str, ...]) -> Iterator[str]:
    message = fill(rule.message, subject)
    for words in says:
        if words not in message.en and words not in message.fi:
            yield f"the message does not say '{words}': {message.en} / {message.fi}"
