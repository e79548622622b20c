"""Check a rule file against the vocabulary before it is used: facts, links, operators, values.

Works on the raw document, where each slip still has its line.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, assert_never

from ropa.subjects import Kind
from rules.message import placeholders
from rules.model import Operator
from rules.operators import TABLE, Operand
from rules.patterns import pattern_of
from rules.vocabulary import PLACEHOLDERS, Fact, FactType, Terms, vocabulary
from scanner.errors import RuleError
from scanner.yamlfile import Lines, Place, did_you_mean, line_of

_FORMS: Mapping[str, tuple[str, ...]] = {
    "all": ("all",),
    "any": ("any",),
    "not": ("not",),
    "linked": ("linked", "where"),
    "field": ("field", "op", "value"),
}
"""Key that tells the form of a condition → the keys that it may have."""
_INTERCHANGEABLE = ({FactType.NUMBER, FactType.DECIMAL},)


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule as it stands in its file."""

    path: Path
    document: Mapping[str, Any]
    lines: Lines

    def error(
        self, place: Place, message: str, known: Sequence[str] = (), word: str = ""
    ) -> RuleError:
        """Make the error for a place, with the word that was probably meant."""
        guess = did_you_mean(word, known) if known else ""
        first, _, rest = guess.partition("? ")
        spoken = f"; {first}?" if rest else ""
        where = f"{self.path}:{line_of(place, self.lines)}"
        return RuleError(f"{where}: {message}{spoken}", hint=rest or guess or "see docs/rules")


def check(file: RuleFile) -> None:
    """Check what a schema cannot: that the rule looks at facts that there are.

    Raises:
        RuleError: with `file:line` of the first slip.
    """
    kinds = [kind.value for kind in Kind]
    kind = file.document.get("applies_to")
    if kind not in kinds:
        return  # the model says so, with its line
    terms = vocabulary()[Kind(kind)]
    for key in ("when", "require"):
        if key in file.document:
            _check_condition(file, (key,), file.document[key], terms)
    for key in ("message", "remedy"):
        _check_text(file, (key,), file.document.get(key), terms)


def _check_condition(file: RuleFile, place: Place, raw: Any, terms: Terms) -> None:  # noqa: ANN401
    if not isinstance(raw, dict):
        raise file.error(place, "a condition is a mapping, such as {field: …, op: …}")
    form = next((key for key in _FORMS if key in raw), None)
    if form is None:
        word = next(iter(raw), "")
        raise file.error((*place, word), f"unknown condition '{word}'", tuple(_FORMS), str(word))
    for key in raw:
        if key not in _FORMS[form]:
            message = f"'{key}' does not belong beside '{form}'"
            raise file.error((*place, key), message, _FORMS[form], str(key))
    match form:
        case "all" | "any":
            parts = raw[form] if isinstance(raw[form], list) else []
            if not parts:
                raise file.error((*place, form), f"'{form}' takes a list of conditions")
            for position, part in enumerate(parts):
                _check_condition(file, (*place, form, position), part, terms)
        case "not":
            _check_condition(file, (*place, "not"), raw["not"], terms)
        case "linked":
            _check_linked(file, place, raw, terms)
        case _:
            _check_test(file, place, raw, terms)


def _check_linked(file: RuleFile, place: Place, raw: Mapping[str, Any], terms: Terms) -> None:
    link = str(raw["linked"])
    if link not in terms.links:
        message = f"{terms.kind} has no link '{link}'"
        raise file.error((*place, "linked"), message, tuple(terms.links), link)
    target = vocabulary()[terms.links[link]]
    _check_condition(file, (*place, "where"), raw.get("where"), target)


def _check_test(file: RuleFile, place: Place, raw: Mapping[str, Any], terms: Terms) -> None:
    name, op = str(raw["field"]), str(raw.get("op", ""))
    fact = terms.facts.get(name)
    if fact is None:
        message = f"{terms.kind} has no fact '{name}'"
        raise file.error((*place, "field"), message, tuple(terms.facts), name)
    operators = tuple(operator.value for operator in Operator)
    if op not in operators:
        message = f"unknown operator '{op}'" if op else "the test has no operator 'op'"
        raise file.error((*place, "op"), message, operators, op)
    usage = TABLE[Operator(op)]
    if fact.type not in usage.facts:
        fitting = tuple(known.value for known in Operator if fact.type in TABLE[known].facts)
        raise file.error((*place, "op"), f"'{op}' does not fit '{name}' ({fact.type})", fitting)
    spot = (*place, "value")
    value = raw.get("value")
    if isinstance(value, dict):
        _check_other_fact(file, spot, value, fact, usage.operand, terms)
        return
    for slip, known, word in _slips(usage.operand, fact, value):
        raise file.error(spot, f"'{op}' on '{name}': {slip}", known, word)


def _check_other_fact(
    file: RuleFile,
    place: Place,
    value: Mapping[str, Any],
    fact: Fact,
    operand: Operand,
    terms: Terms,
) -> None:
    if list(value) != ["fact"]:
        raise file.error(place, "a value is a literal or {fact: other_fact}")
    name = str(value["fact"])
    other = terms.facts.get(name)
    if other is None:
        message = f"{terms.kind} has no fact '{name}'"
        raise file.error((*place, "fact"), message, tuple(terms.facts), name)
    wanted: FactType | None
    match operand:
        case "nothing" | "pattern":
            wanted = None
        case "same":
            wanted = fact.type
        case "several":
            wanted = FactType.TEXTS
        case "item":
            wanted = FactType.TEXT
        case _:
            assert_never(operand)
    alike = any({wanted, other.type} <= group for group in _INTERCHANGEABLE)
    if wanted is None or not (other.type is wanted or alike):
        raise file.error(place, f"'{fact.name}' cannot be compared with '{name}' ({other.type})")


def _slips(operand: Operand, fact: Fact, value: Any) -> Iterator[tuple[str, Sequence[str], str]]:  # noqa: ANN401
    """Say what is wrong with a literal, with the known words and the one that was written."""
    wanted = _wanted(operand, fact, value)
    if wanted:
        yield wanted, (), ""
    elif operand in ("same", "several") or (operand == "item" and fact.type is FactType.TEXTS):
        texts = (value,) if isinstance(value, str) else value
        yield from _choice_slips(fact, texts if isinstance(texts, list | tuple) else ())


def _wanted(operand: Operand, fact: Fact, value: Any) -> str:  # noqa: ANN401
    """Say what should stand there; empty where it does."""
    texts = isinstance(value, list) and all(isinstance(item, str) for item in value)
    match operand:
        case "nothing":
            fits, wanted = value is None, "takes no value"
        case "same" if fact.type is FactType.TEXTS:
            fits, wanted = texts, "takes a list of texts"
        case "same":
            fits, wanted = value is not None and fact.type.holds(value), f"takes a {fact.type}"
        case "several":
            fits, wanted = texts and bool(value), "takes a list of texts, each in quotes if need be"
        case "item":
            fits, wanted = isinstance(value, str), "takes a text"
        case "pattern":
            fits = isinstance(value, str) and pattern_of(value) is not None
            wanted = "takes a regular expression"
        case _:
            assert_never(operand)
    return "" if fits else wanted


def _choice_slips(fact: Fact, values: Sequence[str]) -> Iterator[tuple[str, Sequence[str], str]]:
    for value in values:
        if fact.choices is not None and value not in fact.choices:
            yield f"it is never '{value}'", tuple(fact.choices), value


def _check_text(file: RuleFile, place: Place, raw: Any, terms: Terms) -> None:  # noqa: ANN401
    texts = raw.items() if isinstance(raw, dict) else [("", raw)]
    known = (*PLACEHOLDERS, *terms.facts)
    for language, text in texts:
        if not isinstance(text, str):
            continue  # the model says so
        spot = (*place, language) if language else place
        try:
            names = placeholders(text)
        except ValueError as cause:
            raise file.error(spot, str(cause)) from cause
        for name in names:
            if name not in known:
                raise file.error(spot, f"unknown placeholder '{{{name}}}'", known, name)
