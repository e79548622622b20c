"""The pages of every key of `kartta.yaml` and of the register, from their models."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from kartta.config import Config
from ropa.model import Register, Text
from scanner.connectors import registry
from scanner.connectors.base import SourceConfig
from tools.reference.markdown import anchor, code, table
from tools.reference.source import field_docs

_WHOLE = "The whole file"
_TYPES: Mapping[object, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "`true` or `false`",
    Path: "path",
    SecretStr: "text, secrets in it by reference",
    date: "day, `2026-11-22`",
    Text: "text by language",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One key, as a user writes it."""

    key: str
    type: str
    default: str
    doc: str


def configuration() -> str:
    """Describe every key of the audit file."""
    lines = [
        "# Every key of kartta.yaml\n",
        "What they are for: [kartta.yaml](../configuration.md). Paths are relative to the file's",
        "own folder.\n",
    ]
    known = models(Config)
    for model, place in known.items():
        if model is not SourceConfig:
            lines.extend(_section(place, model, known))
    lines.append("## sources[]\n")
    lines.append("Each entry has a `kind`, and the keys of its kind.\n")
    for kind, model in source_models().items():
        lines.extend(_section(f"kind: {kind}", model, known, level=3))
    return "\n".join(lines)


def register() -> str:
    """Describe every key of the register."""
    lines = [
        "# Every key of the register\n",
        "What they are for: [The register](../register.md). *Text by language* is one text, or one",
        "for each: `{en: Recruitment, fi: Rekrytointi}`.\n",
    ]
    known = models(Register)
    for model, place in known.items():
        lines.extend(_section(place, model, known))
    return "\n".join(lines)


def source_models() -> dict[str, type[BaseModel]]:
    """Give the configuration of each kind of source of ours."""
    return {kind.name: registry.config_model(kind.name) for kind in registry.BUILTIN}


def models(root: type) -> Mapping[type, str]:
    """Give a model and those that its fields hold, each with the place where it is first used."""
    found: dict[type, str] = {root: ""}
    for model in (waiting := [root]):
        for name, field in _fields(model):
            for each in _models_in(field.annotation):
                if each not in found:
                    many = "[]" if get_origin(field.annotation) is tuple else ""
                    found[each] = f"{found[model]}.{field.alias or name}{many}".lstrip(".")
                    waiting.append(each)
    return found


def settings(model: type, known: Mapping[type, str]) -> tuple[Setting, ...]:
    """Describe the keys of one model."""
    docs = field_docs(model)
    return tuple(
        Setting(
            field.alias or name, _type(field.annotation, known), _default(field), docs.get(name, "")
        )
        for name, field in _fields(model)
    )


def _section(title: str, model: type, known: Mapping[type, str], level: int = 2) -> Iterator[str]:
    yield f"{'#' * level} {title or _WHOLE}\n"
    yield f"{_first_paragraph(model)}\n"
    rows = [(code(each.key), each.type, each.default, each.doc) for each in settings(model, known)]
    yield table(("key", "value", "default", "what"), rows) + "\n"


def _first_paragraph(model: type) -> str:
    return " ".join((model.__doc__ or "").split("\n\n")[0].split())


def _fields(model: type) -> Iterator[tuple[str, FieldInfo]]:
    """Give the fields of a model, or of a dataclass that pydantic checks."""
    fields: Mapping[str, FieldInfo] = (
        model.model_fields
        if issubclass(model, BaseModel)
        else getattr(model, "__pydantic_fields__", {})
    )
    yield from fields.items()


def _models_in(annotation: Any) -> Iterator[type]:  # noqa: ANN401 - any annotation
    is_model = isinstance(annotation, type) and get_origin(annotation) is None
    if is_model and annotation is not Text and any(_fields(annotation)):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _type(annotation: Any, known: Mapping[type, str]) -> str:  # noqa: ANN401 - as above
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(arguments[0], known)
    if origin is Literal:
        return ", ".join(code(str(value)) for value in arguments)
    if origin in {Union, UnionType}:
        return " or ".join(_type(each, known) for each in arguments if each is not NoneType)
    if origin is tuple:
        return f"list of: {_type(arguments[0], known)}"
    if origin is dict:
        return f"mapping of {_type(arguments[0], known)} to: {_type(arguments[1], known)}"
    if annotation in known:
        return f"[{known[annotation]}](#{anchor(known[annotation])})"
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return ", ".join(code(str(member.value)) for member in annotation)
    return _TYPES[annotation]


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is PydanticUndefined:
        return "required"
    if isinstance(value, bool):
        return code(str(value).lower())
    if isinstance(value, Enum):
        return code(str(value.value))
    if isinstance(value, tuple):
        return ", ".join(code(str(each)) for each in value)
    if isinstance(value, int | float):
        return f"{value:,}"
    return code(value) if isinstance(value, str) and value else ""
