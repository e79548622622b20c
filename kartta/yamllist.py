"""Change a list in a YAML file that people write too: what is not changed stays, to the letter."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import yaml

from ropa.save import document_text


def edited(
    text: str, key: str, removed: Collection[int], added: Sequence[Mapping[str, Any]]
) -> str:
    """Take entries out of the list under a key of the document, and put others at its end.

    A list that is not written with one `-` for each entry is written anew.
    """
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    found = _value(text, key)
    if found is None:
        return "".join(lines) + (document_text({key: [dict(each) for each in added]}) or "")
    name, node = found
    if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
        was = yaml.safe_load(text)[key] or []
        kept = [each for number, each in enumerate(was) if number not in removed]
        first, last = name.start_mark.line, max(_last(node), name.start_mark.line)
        whole = document_text({key: [*kept, *map(dict, added)]})
        return "".join([*lines[:first], whole, *lines[last + 1 :]])
    ends = [_last(item) for item in node.value]
    new = _indented([dict(each) for each in added], node.start_mark.column)
    lines.insert(ends[-1] + 1, new)
    for number in sorted(removed, reverse=True):
        del lines[node.value[number].start_mark.line : ends[number] + 1]
    if len(removed) == len(node.value) and not added:
        lines[name.start_mark.line] = f"{key}: []\n"
    return "".join(lines)


def _value(text: str, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    document = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = document.value if isinstance(document, yaml.MappingNode) else ()
    return next(((name, node) for name, node in pairs if name.value == key), None)


def _last(node: yaml.Node) -> int:
    """Give the last line of what a node says: a mapping ends where the next thing begins."""
    if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        inner = node.value[-1]
        return _last(inner[1] if isinstance(inner, tuple) else inner)
    end: int = node.end_mark.line
    is_block = isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}
    return end - 1 if is_block else end


def _indented(entries: Sequence[Mapping[str, Any]], column: int) -> str:
    if not entries:
        return ""
    _, *lines = document_text({"entries": list(entries)}).splitlines(keepends=True)
    return "".join(f"{' ' * column}{line}" if line.strip() else line for line in lines)
