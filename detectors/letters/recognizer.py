"""A sentence that tells an applicant the outcome of a selection, wherever it stands.

Authority: none. A mail with one starts the time limit in which a claim about the selection may be
brought (Act on Equality between Women and Men 609/1986, section 12; Non-discrimination Act
1325/2014, section 26). Which mail told whom is said by `detectors.mail`, with the envelope.

Invented examples: "Tehtävään on valittu toinen hakija."; "The position has been filled."
"""

from collections.abc import Iterator, Sequence

from detectors.base import Span
from detectors.letters.read import LONGEST, PROSE, Letter, read
from scanner.model import Segment

NOTICE = "SELECTION_NOTICE"
RECOGNIZER = "letters.reader"
_SURE = 0.75
"""Of a text alone, without an envelope."""
_NOTICES = frozenset({"told", "rejected_early", "offered"})


class Notices:
    """Sees outcomes of selections. The model is read at the first text."""

    name = RECOGNIZER
    entities = frozenset({NOTICE})

    def recognize(self, segments: Sequence[Segment]) -> Iterator[Span]:
        """Give the sentence of each letter that tells an outcome."""
        for index, segment in enumerate(segments):
            if not _is_prose(segment):
                continue
            for reading in read(Letter(segment.text)):
                if reading.kind in _NOTICES and reading.start >= 0 and reading.confidence >= _SURE:
                    yield Span(
                        index,
                        NOTICE,
                        reading.start,
                        reading.end,
                        reading.confidence,
                        (reading.kind,),
                    )
                    break


def _is_prose(segment: Segment) -> bool:
    return (
        segment.label in PROSE
        and not segment.records
        and not segment.offset
        and len(segment.text) <= LONGEST
        and not segment.locator.has("header")
    )
