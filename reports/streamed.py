"""Write JSON of which some lists are longer than memory: those that are iterators."""

import json
from collections.abc import Iterable, Iterator, Mapping

from reports.text import json_text


def streamed(value: object, depth: int = 0) -> Iterator[str]:
    r"""Give the text piece by piece, the same as `json.dumps` gives of lists with `indent=1`.

    Objects may hold iterators, and lists may hold objects that do.

    >>> "".join(streamed({"a": iter([1, {"b": "c"}]), "d": iter(())}))
    '{\n "a": [\n  1,\n  {\n   "b": "c"\n  }\n ],\n "d": []\n}'
    """
    if isinstance(value, Mapping):
        entries = ((f"{json.dumps(key)}: ", entry) for key, entry in value.items())
        yield from _between("{", entries, "}", depth)
    elif isinstance(value, Iterator | list | tuple):
        yield from _between("[", (("", entry) for entry in value), "]", depth)
    else:
        yield json_text(value)


def _between(
    opening: str, entries: Iterable[tuple[str, object]], closing: str, depth: int
) -> Iterator[str]:
    yield opening
    start = inner = "\n" + " " * (depth + 1)
    for name, entry in entries:
        yield f"{start}{name}"
        yield from streamed(entry, depth + 1)
        start = f",{inner}"
    yield closing if start is inner else f"{inner[:-1]}{closing}"
