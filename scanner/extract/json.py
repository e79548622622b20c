"""JSON and JSON lines: values grouped by the path of their keys."""

import json
from collections.abc import Iterator

from scanner.errors import TooLarge
from scanner.extract import plain
from scanner.extract.base import Budget, Part, segments
from scanner.extract.grouped import Grouped, shown
from scanner.locator import Step
from scanner.model import Content, Skip, SkipReason

Json = dict[str, "Json"] | list["Json"] | str | bool | None
"""What is parsed; numbers stay the text that they were."""
DECODER = json.JSONDecoder(parse_int=str, parse_float=str)
NOT_JSON = "not valid JSON; read as plain text"


def extract(part: Part, budget: Budget) -> Iterator[Content]:
    """Yield values by path; what is not JSON as plain text, with a `Skip` that says so."""
    start = part.stream.tell()
    encoding = plain.encoding_of(part.stream, part.charset)
    if _is_lines(part, encoding):
        yield from _lines(part, encoding)
        return
    part.stream.seek(start)
    try:
        content = part.read(budget)
        parsed = _parsed(content.decode(encoding.name, encoding.errors))
    except (ValueError, RecursionError):
        part.stream.seek(start)
        yield from plain.extract(part, budget)
        yield Skip(SkipReason.UNREADABLE, NOT_JSON, part.locator)
        return
    except TooLarge as error:
        part.stream.seek(start)
        yield from plain.extract(part, budget)
        yield Skip(error.reason, f"{error.message}: read as plain text", part.locator)
        return
    grouped = Grouped(part.locator)
    for path, label, value, record in _values(parsed, ""):
        yield from grouped.add(path, label, value, record)
    yield from grouped.flush()


def _is_lines(part: Part, encoding: plain.Encoding) -> bool:
    """Tell whether the first two lines are JSON each."""
    start = part.stream.tell()
    texts = (line for line in plain.lines(part.stream, encoding) if line.strip())
    try:
        first, second = json.loads(next(texts)), json.loads(next(texts))
    except (ValueError, RecursionError, StopIteration):
        return False
    finally:
        part.stream.seek(start)
    return isinstance(first, dict | list) and isinstance(second, dict | list)


def _lines(part: Part, encoding: plain.Encoding) -> Iterator[Content]:
    grouped = Grouped(part.locator)
    wrong = 0
    for number, line in enumerate(plain.lines(part.stream, encoding), 1):
        if not line.strip():
            continue
        try:
            parsed = _parsed(line)
        except (ValueError, RecursionError):
            wrong += 1
            yield from segments(line, part.locator.line(number))
            continue
        for path, label, value, _record in _values(parsed, ""):
            yield from grouped.add(path, label, value, str(Step("item", str(number))))
    yield from grouped.flush()
    if wrong:
        detail = f"{wrong} lines are {NOT_JSON}"
        yield Skip(SkipReason.UNREADABLE, detail, part.locator)


def _parsed(text: str) -> Json:
    parsed: Json = DECODER.decode(text.lstrip("\ufeff"))
    return parsed


def _values(root: Json, record: str) -> Iterator[tuple[str, str, str, str]]:
    """Walk a tree in its order: (path, label, text, record), without recursion.

    The record is the item of the outermost list.
    """
    stack: list[tuple[Json, str, str, str]] = [(root, "", "", record)]
    while stack:
        node, path, label, record = stack.pop()
        if isinstance(node, dict):
            children: list[tuple[Json, str, str, str]] = []
            for key, value in node.items():
                name = shown(key)
                if name != key:
                    yield f"{path}.*" if path else "*", "", key, record
                children.append((value, f"{path}.{name}" if path else name, name, record))
            stack.extend(reversed(children))
        elif isinstance(node, list):
            items = [
                (item, path + "[]", label, record or str(Step("item", str(number))))
                for number, item in enumerate(node, 1)
            ]
            stack.extend(reversed(items))
        elif isinstance(node, str):
            yield path, "" if label == "*" else label, node, record
