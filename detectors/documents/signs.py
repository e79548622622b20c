"""The signs of a document that the model weighs: what its cues say, its shape, its words.

Signs of cues and shape are the same in all languages, so one language learns from another.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence

from detectors.documents.lexicon import Line
from detectors.documents.weigh import Layout, Weighed

_STEM = 6
"""Letters of a word that count, so that its forms are one sign."""
_LEAST_LETTERS = 2
_OPENING = 3
"""Lines at the top whose words count apart."""
_CLOSING = 4
"""Lines at the end, where letters are signed."""
_HEADING = 4
"""Most words of a line that may be a heading."""
_SHORT = 4
_SCORE = re.compile(
    r"\b\d{1,2}(?:[.,]\d)? ?(?:/|av|af|of|out of|kautta) ?\d{1,3}\b|[1-9] ?[-\u2013] ?[1-9]\b(?!\d)"
)
_CUES = 3.0
"""What cues count for beside a word, as cross-validation found it best."""
_ENOUGH, _ENOUGH_MORE = 3.5, 0.85
"""What cues make a document beyond doubt, and how many more for each 1,000 characters."""


def signs_of(
    text: str, lines: Sequence[Line], layout: Layout, cues: Mapping[str, Weighed]
) -> dict[str, float]:
    """Give the signs of a text with what each counts."""
    signs = dict.fromkeys(_words(lines), 1.0)
    signs.update(_shape(text, lines, layout))
    enough = _ENOUGH + _ENOUGH_MORE * len(text) / 1_000
    for kind, said in cues.items():
        signs[f"cues {kind}"] = _CUES * min(said.total / enough, 2.0)
        signs[f"title {kind}"] = _CUES * min(said.title / _ENOUGH, 1.5)
        signs[f"heading {kind}"] = _CUES * min(1.4 * said.heading / enough, 1.5)
        signs[f"lexicon {kind}"] = _CUES * min(1.4 * said.words / enough, 1.5)
    return signs


def _words(lines: Sequence[Line]) -> Iterator[str]:
    for number, line in enumerate(lines):
        heading = line.colon if line.has_colon else 0
        if len(line.words) <= _HEADING:
            heading = len(line.words)
        for position, word in enumerate(line.words):
            if len(word) < _LEAST_LETTERS or word.isdigit():
                continue
            stem = word[:_STEM]
            yield stem
            if position < heading:
                yield f":{stem}"
            if number < _OPENING:
                yield f"^{stem}"
            if number >= len(lines) - _CLOSING:
                yield f"${stem}"


def _shape(text: str, lines: Sequence[Line], layout: Layout) -> dict[str, float]:
    """Measure the shape; each figure is about 1 where it is much."""
    count = max(len(lines), 1)
    raw = text.split("\n")
    return {
        "shape length": min(math.log1p(len(text) / 500), 3.0) / 2,
        "shape words in a line": min(sum(len(each.words) for each in lines) / count / 15, 1.5),
        "shape keys": sum(each.has_colon for each in lines) / count,
        "shape short lines": sum(len(each.words) <= _SHORT for each in lines) / count,
        "shape bullets": sum(each.lstrip()[:1] in tuple("-*\u2022\u2013") for each in raw)
        / len(raw),
        "shape digits": min(sum(map(text.count, "0123456789")) / max(len(text), 1) * 10, 2.0),
        "shape questions": min(text.count("?"), 4) / 4,
        "shape scores": min(len(_SCORE.findall(text)), 6) / 6,
        "shape first person": min(layout.first / 0.05, 2.0),
        "shape second person": min(layout.second / 0.03, 2.0),
        "shape addressed": min(layout.addressed / 0.03, 2.0),
        "shape we": min(layout.we / 0.03, 2.0),
        "shape third person": min(layout.third / 0.03, 2.0),
        "shape periods": min(layout.periods, 5) / 5,
        "shape addresses": min(text.count("@"), 3) / 3,
    }
