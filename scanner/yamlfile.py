"""Strict YAML for people: every error names the file, the line and the likely slip."""

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from scanner.errors import AuditError

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[str | int, ...]
Lines = Mapping[Place, int]
"""Path of a key in the document → the line on which it stands, from 1."""


_UNKNOWN = frozenset({"extra_forbidden", "unexpected_keyword_argument"})
"""How pydantic calls a key that nobody knows, in models and in dataclasses."""
MOST_NODES = 200_000
"""A file that unfolds to more is a bomb of aliases."""


def read(path: Path, error: type[AuditError]) -> tuple[Any, Lines]:
    """Read one YAML document and where each of its keys stands.

    Duplicate keys are refused: YAML would keep the last one in silence.

    Raises:
        error: the file is missing, not UTF-8, not YAML, or has a key twice.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as cause:
        raise error(f"{path}: cannot be read ({cause.strerror})", hint="check the path") from cause
    except UnicodeDecodeError as cause:
        raise error(f"{path}: is not UTF-8", hint="save the file as UTF-8") from cause
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        lines: dict[Place, int] = {}
        if node is not None:
            _index(node, (), lines, path, error)
        return yaml.safe_load(text), lines
    except yaml.MarkedYAMLError as cause:
        mark = cause.problem_mark or cause.context_mark
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise error(f"{where}: {cause.problem}", hint="check the YAML syntax there") from cause
    except (yaml.YAMLError, ValueError, RecursionError) as cause:
        raise error(f"{path}: is not readable YAML", hint="check the file's syntax") from cause


def load(path: Path, model: type[Model], error: type[AuditError]) -> Model:
    """Read a YAML file into a strict model.

    Raises:
        error: with `file:line` of the first slip, and how many more there are.
    """
    document, lines = read(path, error)
    return validate(document, lines, path, model, error)


def validate(
    document: Any,  # noqa: ANN401 - whatever YAML holds
    lines: Lines,
    path: Path,
    model: type[Model],
    error: type[AuditError],
    at: Place = (),
) -> Model:
    """Check an already read document against a model; `at` is its place in the file."""
    try:
        return model.model_validate(document if document is not None else {})
    except ValidationError as cause:
        problems = cause.errors(include_url=False, include_input=False, include_context=False)
        first = problems[0]
        place = at + tuple(first["loc"])
        where = f"{path}:{line_of(place, lines)}"
        if first["type"] in _UNKNOWN:
            first = {**first, "msg": "unknown key"}
        name = ".".join(str(step) for step in first["loc"])
        problem = "should be a mapping of keys" if first["type"] == "model_type" else first["msg"]
        message = f"{where}: {name}: {problem}" if name else f"{where}: {problem}"
        if len(problems) > 1:
            message += f" (and {len(problems) - 1} more)"
        hint = "docs/configuration.md and docs/register.md name every key"
        if first["type"] in _UNKNOWN:
            known = _fields(model, first["loc"][:-1])
            hint = did_you_mean(str(first["loc"][-1]), known)
        elif first["type"] == "string_type":
            hint = "put it in quotes; YAML reads NO, 1.0 and 2026-11-22 as something else than text"
        raise error(message, hint=hint) from None


def line_of(place: Place, lines: Lines) -> int:
    """Give the line of a place, or of the nearest thing around it that is in the file."""
    found: Place = ()
    for step in place:
        # Steps that are not in the file are left out: pydantic puts the tags of unions and the
        # names of validators between the keys.
        if (*found, step) in lines:
            found = (*found, step)
    return lines.get(found, 1)


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """Say which known word was probably meant, and which there are."""
    if not known:
        return "remove it"
    close = difflib.get_close_matches(word, known, n=1)
    guess = f"did you mean '{close[0]}'? " if close else ""
    return f"{guess}known here: {', '.join(sorted(known))}"


def _fields(model: type[Any], loc: tuple[str | int, ...]) -> tuple[str, ...]:
    """List the keys of the model at a place, as far as its types tell."""
    current: type[Any] | None = model
    for step in loc:
        if isinstance(step, int) or current is None:
            continue
        info = _known(current).get(step)
        current = _model_in(getattr(info, "annotation", None)) if info else None
    return tuple(_known(current)) if current else ()


def _known(model: type[Any]) -> Mapping[str, Any]:
    known: Mapping[str, Any] = getattr(model, "model_fields", None) or model.__pydantic_fields__
    return known


def _model_in(annotation: Any) -> type[Any] | None:  # noqa: ANN401 - a type expression
    if isinstance(annotation, type) and hasattr(annotation, "__pydantic_fields__"):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found:
            return found
    return None


def _index(
    node: yaml.Node,
    place: Place,
    lines: dict[Place, int],
    path: Path,
    error: type[AuditError],
    around: frozenset[int] = frozenset(),
) -> None:
    here = node.start_mark.line + 1
    if id(node) in around:
        raise error(f"{path}:{here}: an anchor holds itself", hint="write it out without '&'")
    around |= {id(node)}
    lines.setdefault(place, here)
    if len(lines) > MOST_NODES:
        raise error(f"{path}: has more than {MOST_NODES} entries", hint="too many '*' aliases?")
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            line = key.start_mark.line + 1
            if name in seen:
                raise error(f"{path}:{line}: '{name}' stands twice", hint="keep one of them")
            seen.add(name)
            lines[(*place, name)] = line
            _index(value, (*place, name), lines, path, error, around)
    elif isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            _index(item, (*place, position), lines, path, error, around)
