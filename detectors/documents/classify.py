"""Says what a document is, from its words, its layout and its name.

Cues of a lexicon (`weigh`) and a small model over them, the shape and the words (`model`) answer
together. The model never answers without cues: every answer can be retraced to words of a list.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from detectors.documents.lexicon import OTHER, lines_of
from detectors.documents.model import model
from detectors.documents.signs import signs_of
from detectors.documents.weigh import Weighed, layout_of, weighed

RECOGNIZER = "documents.cues"
LOOKED_AT = 8_000
"""Characters of a part that are looked at."""

_TABULAR = frozenset({"INTERVIEW_EVALUATION", "APTITUDE_TEST_RESULT", "CLEARANCE_OR_CREDIT_REPORT"})
"""What may come as a sheet; a list of people with their languages is no CV."""
_ENOUGH = 0.5
"""What the cues of a type must weigh at least."""
_LEAST, _MOST = 0.5, 0.97
_NAME_PARTS = re.compile(r"[_\-.+%()\d]+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a part is."""

    type: str
    """As in `taxonomy.yaml`, `documents`; `OTHER` for everything else."""
    confidence: float
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """What is known of a part."""

    text: str = field(repr=False)
    name: str = ""
    """Its file name."""
    subject: str = field(default="", repr=False)
    """The subject of the mail whose body it is."""
    is_mail: bool = False
    is_table: bool = False
    """It has rows and columns, so it is no letter."""


def classify(document: Document) -> Verdict:
    r"""Say what a document is.

    >>> classify(Document("TYÖTODISTUS\nTodistamme, että hän on ollut palveluksessamme.")).type
    'WORK_CERTIFICATE'
    """
    text = document.text[:LOOKED_AT]
    lines = lines_of(text)
    layout = layout_of(text, lines)
    names = (document.subject, _NAME_PARTS.sub(" ", document.name.rpartition(".")[0]))
    cues = weighed(lines, names, None if document.is_table else layout, is_mail=document.is_mail)
    shares = model().shares(signs_of(text, lines, layout, cues))
    return _verdict(shares, cues, is_table=document.is_table)


def _verdict(
    shares: Mapping[str, float], cues: Mapping[str, Weighed], *, is_table: bool
) -> Verdict:
    possible = {
        kind: share
        for kind, share in shares.items()
        if kind == OTHER
        or (cues.get(kind, Weighed()).total >= _ENOUGH and (kind in _TABULAR or not is_table))
    }
    kind = max(possible, key=lambda each: (possible[each], each))
    confidence = round(min(max(possible[kind] / sum(possible.values()), _LEAST), _MOST), 3)
    if kind == OTHER:
        return Verdict(OTHER, confidence, ())
    return Verdict(kind, confidence, tuple(sorted({*cues[kind].codes, "words"})))
