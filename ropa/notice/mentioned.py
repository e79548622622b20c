"""Which of the notice's own data categories a sentence names."""

from collections.abc import Iterator, Mapping
from typing import Any

_SHORTEST = 4


def categories_in(text: str, found: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the ids of the categories whose label stands in a text."""
    lower = text.lower()
    return tuple(
        category.id
        for category in found.get("data_categories") or ()
        if any(label in lower for label in _labels(category))
    )


def _labels(category: Any) -> Iterator[str]:  # noqa: ANN401 - the class is that of another topic
    """Give the words by which the notice calls a category: its name, or those before a colon."""
    quotes = [each.quote.partition(":") for each in category.evidence[:1]]
    labelled = [label for label, colon, _ in quotes if colon]
    for label in (*labelled, getattr(category, "name", None) or ""):
        if len(label.strip()) >= _SHORTEST:
            yield label.strip().lower()
