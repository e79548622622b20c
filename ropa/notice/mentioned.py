"""Which of the notice's own data categories a sentence names."""

from collections.abc import Iterator, Mapping
from typing import Any

from ropa.notice.names import Names

_SHORTEST = 4


class Categories:
    """The categories by what the notice calls them."""

    def __init__(self, found: Mapping[str, Any]) -> None:
        self._ids: dict[str, list[str]] = {}
        self._places: dict[str, int] = {}
        for place, category in enumerate(found.get("data_categories") or ()):
            self._places[category.id] = place
            for label in _labels(category):
                self._ids.setdefault(label, []).append(category.id)
        self._labels = Names(self._ids)

    def named_in(self, text: str) -> tuple[str, ...]:
        """Give the ids of the categories whose label stands in a text."""
        ids = {key for label in self._labels.within(text.lower()) for key in self._ids[label]}
        return tuple(sorted(ids, key=self._places.__getitem__))


def _labels(category: Any) -> Iterator[str]:  # noqa: ANN401 - the class is that of another topic
    """Give the words by which the notice calls a category: its name, or those before a colon."""
    quotes = [each.quote.partition(":") for each in category.evidence[:1]]
    labelled = [label for label, colon, _ in quotes if colon]
    for label in (*labelled, getattr(category, "name", None) or ""):
        if len(label.strip()) >= _SHORTEST:
            yield label.strip().lower()
