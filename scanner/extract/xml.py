"""XML of any vocabulary: leaves labelled by their tag, mixed content as prose; streamed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element as Element

from scanner.extract.base import Budget, Part
from scanner.extract.grouped import Grouped, shown
from scanner.locator import Step
from scanner.model import Content, Segment, Skip, SkipReason

BATCH = 2_000
"""Elements that are held before what is complete among them is given out."""
ITEM = 2
"""Depth of the root's children: the n-th of one tag is taken for the n-th record."""
DRAWN = frozenset({"d", "points", "transform", "style", "class", "viewBox"})
"""Attributes that draw; never data."""


def extract(part: Part, _budget: Budget) -> Iterator[Content]:
    """Yield text by path; broken XML as far as a forgiving parser gets, with a `Skip`.

    Entities, external documents and the network stay unused.
    """
    events = etree.iterparse(
        part.stream,
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    tree = _Tree(Grouped(part.locator))
    failed = False
    try:
        for event, element in events:
            if event == "start":
                tree.open(element)
            else:
                yield from tree.close()
    except etree.XMLSyntaxError:
        failed = True
    yield from tree.finish()
    errors = [entry for entry in events.error_log if entry.level >= etree.ErrorLevels.ERROR]
    if failed or errors:
        where = f" at line {errors[0].line}" if errors else ""
        detail = f"the XML is broken{where}; read as far as possible"
        yield Skip(SkipReason.UNREADABLE, detail, part.locator)


@dataclass(slots=True)
class _Tree:
    """What was parsed and not yet given out."""

    grouped: Grouped
    opened: list[Element] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    items: Counter[str] = field(default_factory=Counter)
    held: int = 0

    def open(self, element: Element) -> None:
        """Go down."""
        self.opened.append(element)
        self.path.append(_tag(element))
        self.items.update(self.path[1:] if len(self.path) == ITEM else ())
        self.held += 1

    def close(self) -> Iterator[Segment]:
        """Go up; give out what is complete when much is held, and everything at the root."""
        if len(self.opened) == 1:
            yield from self._walk(self.opened[0], (self.path[0],), "")
        elif self.held > BATCH:
            yield from self._relieve()
        self.opened.pop()
        self.path.pop()

    def finish(self) -> Iterator[Segment]:
        """Give out the rest, of a broken file too."""
        if self.opened:
            yield from self._walk(self.opened[0], (self.path[0],), "")
        yield from self.grouped.flush()

    def _relieve(self) -> Iterator[Segment]:
        """Give out and free the complete children of all open elements."""
        for depth, parent in enumerate(self.opened[:-1], 1):
            place = tuple(self.path[:depth])
            record = str(Step("item", str(self.items[self.path[1]]))) if depth > 1 else ""
            for child, number in list(self._children(parent, place, record))[:-1]:
                yield from self._walk(child, (*place, _tag(child)), number)
                child.clear(keep_tail=True)  # type: ignore[call-arg]  # newer than the stubs
                if not (child.tail or "").strip():
                    parent.remove(child)
        self.held = 0

    def _children(
        self, node: Element, place: tuple[str, ...], record: str
    ) -> Iterator[tuple[Element, str]]:
        """Give the elements in a node, each with its record's name."""
        children = list(node.iterchildren("*"))
        if len(place) > 1:
            yield from ((child, record) for child in children)
            return
        numbers = self.items.copy()
        numbers.subtract(map(_tag, children))  # those given out already stood before
        for child in children:
            numbers[_tag(child)] += 1
            yield child, str(Step("item", str(numbers[_tag(child)])))

    def _walk(self, element: Element, path: tuple[str, ...], record: str) -> Iterator[Segment]:
        """Give out an element and all below it."""
        stack = [(element, path, record, False)]
        while stack:
            node, place, record, inside = stack.pop()
            where, tag = ".".join(place), place[-1]
            for name, value in node.attrib.items():
                key = shown(str(name).rpartition("}")[2])
                if key not in DRAWN:
                    yield from self.grouped.add(f"{where}@{key}", key, str(value), record)
            if not inside and _is_mixed(node):
                inside = True
                prose = etree.tostring(
                    node, method="text", encoding="unicode", with_tail=False
                ).strip()
                yield from self.grouped.add(where, "" if len(node) else tag, prose, record)
            children = list(self._children(node, place, record))
            stack.extend((c, (*place, _tag(c)), r, inside) for c, r in reversed(children))


def _is_mixed(node: Element) -> bool:
    """Tell whether text stands directly in an element, beside its children if there are any."""
    return bool((node.text or "").strip()) or any((child.tail or "").strip() for child in node)


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]
