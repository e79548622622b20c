"""What the source says of itself: the texts under fields, and the messages of errors."""

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scanner import errors

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("kartta", "scanner", "detectors", "ropa", "rules", "reports")


@dataclass(frozen=True, slots=True)
class Raised:
    """One place where an error of ours is made."""

    error: str
    message: str
    hint: str


def field_docs(model: type) -> Mapping[str, str]:
    """Give the text under each field of a class or member of an enumeration; its bases' first."""
    found: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if base.__module__.partition(".")[0] in PACKAGES:
            found |= {name: text for name, text in _own_docs(base).items() if text}
    return found


@cache
def raised() -> tuple[Raised, ...]:
    """Find every message of our errors, with what it tells to do; sorted."""
    found: set[Raised] = set()
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            found |= set(_raised_in(ast.parse(path.read_text("utf-8"))))
    return tuple(sorted(found, key=lambda each: (each.error, each.message, each.hint)))


def error_classes() -> tuple[type[errors.AuditError], ...]:
    """Give the error tree, each class before those below it."""
    return tuple(
        each
        for each in vars(errors).values()
        if isinstance(each, type) and issubclass(each, errors.AuditError)
    )


@cache
def _own_docs(model: type) -> Mapping[str, str]:
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    found: dict[str, str] = {}
    name = ""
    for statement in definition.body if isinstance(definition, ast.ClassDef) else ():
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                pass
            case ast.Expr(value=ast.Constant(value=str(text))) if name:
                found[name] = " ".join(text.split())
            case _:
                name = ""
    return found


def _raised_in(tree: ast.AST) -> Iterator[Raised]:
    names = {each.__name__ for each in error_classes()}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id in names and node.args:
            hints = [_text(each.value) for each in node.keywords if each.arg == "hint"]
            message = _text(node.args[0])
            if message.strip("…: "):
                yield Raised(node.func.id, message, "".join(hints) if hints != ["…"] else "")


def _text(node: ast.expr) -> str:
    """Write a text as far as it stands in the code, `…` for what is filled in."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(map(_text, parts))
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _text(left) + _text(right)
        case ast.IfExp(body=body, orelse=orelse):
            return f"{_text(body)} / {_text(orelse)}"
        case _:
            return "…"
