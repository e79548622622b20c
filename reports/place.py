"""A place in people's words: "attachment cv.pdf, page 2, line 7"."""

from itertools import pairwise

from reports.text import visible
from reports.wording import Wording
from scanner.locator import Locator, Step

_ARCHIVES = (".zip", ".tar", ".tgz", ".tbz2", ".tbz", ".txz", ".gz", ".bz2", ".xz")
_START = Step("section", "")
_UNSAID = frozenset({"offset"})
"""For programs."""


def place_in_words(locator: Locator, asset: str, words: Wording) -> str:
    """Name a place inside of an asset, the outermost step first; nothing for the whole of it."""
    holder = asset
    steps: list[str] = []
    for before, step in pairwise((_START, *locator.steps)):
        if step.kind == "part":
            is_file = before.kind == "row" or holder.lower().endswith(_ARCHIVES)
            if before.kind == "entry":
                steps.pop()  # a record that only holds the file, and is named by a number
            steps.append(words("place.file" if is_file else "place.part", name=visible(step.name)))
            holder = step.name
        elif step.kind not in _UNSAID:
            steps.append(_step(step, words))
    return ", ".join(steps)


def _step(step: Step, words: Wording) -> str:
    name = visible(step.name)
    match step.kind:
        case "section":
            return words.label("place.section", name)
        case "entry":
            return name.replace(":", " ", 1)
        case "rows":
            return words("place.rows", name=name.replace("-", "\N{EN DASH}"))
        case _:
            return words(f"place.{step.kind}", name=name)
