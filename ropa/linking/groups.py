"""Disjoint sets."""

from collections.abc import Hashable
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)


class Groups(Generic[Item]):
    """Things that belong together, joined two by two."""

    def __init__(self) -> None:
        self._parent: dict[Item, Item] = {}

    def __contains__(self, item: Item) -> bool:
        return item in self._parent

    def root(self, item: Item) -> Item:
        """Give the thing that stands for all that belong to this one; itself if it is new."""
        parent = self._parent.setdefault(item, item)
        while parent != item:
            self._parent[item] = self._parent[parent]
            item = self._parent[item]
            parent = self._parent[item]
        return item

    def join(self, one: Item, other: Item) -> None:
        """Let two belong together; the one that was known first stands for both."""
        first, second = self.root(one), self.root(other)
        if first != second:
            self._parent[second] = first

    def items(self) -> list[Item]:
        """Give everything that was ever named."""
        return list(self._parent)
