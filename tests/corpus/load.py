"""Read the labelled corpus: detection is measured against it, so its markup is read strictly.

The format is told in `README.md` of this folder.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).parent
UNSEEN = CORPUS / "unseen"
"""Texts by other hands, that nobody reads who improves detection: they say how new text fares."""

DOCUMENT_TYPES = frozenset(
    {
        "CV",
        "APPLICATION_LETTER",
        "WORK_CERTIFICATE",
        "REFERENCE_LETTER",
        "INTERVIEW_EVALUATION",
        "APTITUDE_TEST_RESULT",
        "CLEARANCE_OR_CREDIT_REPORT",
        "RECRUITMENT_MAIL",
        "OTHER",
    }
)

SPECIAL_CATEGORIES = frozenset(
    {
        "HEALTH",
        "DISABILITY",
        "TRADE_UNION",
        "RELIGION",
        "POLITICAL_OPINION",
        "ETHNIC_ORIGIN",
        "SEXUAL_ORIENTATION",
        "CRIMINAL_RECORD",
        "SECURITY_CLEARANCE",
        "DRUG_TEST",
        "CREDIT_REPORT",
    }
)
"""Articles 9 and 10 GDPR and what recruitment law guards as closely; a label may hold others."""

ENTITIES = SPECIAL_CATEGORIES | {
    "PERSON",
    "LOCATION",
    "POSTAL_ADDRESS",
    "BIRTH_DATE",
    "PHONE_NUMBER",
    "EMAIL_ADDRESS",
    "URL",
    "IBAN_CODE",
    "CREDIT_CARD",
    "IP_ADDRESS",
    "FI_PERSONAL_IDENTITY_CODE",
    "SE_PERSONNUMMER",
    "NO_FODSELSNUMMER",
    "DK_CPR",
    "PASSPORT",
    "DRIVING_LICENCE",
}

_TYPE_LINE = "# type: "
_MARK = re.compile(r"\{\{([A-Z_]+)\||\{\{|\}\}")


class MarkupError(ValueError):
    """A file of the corpus breaks the format."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A label: `start` to `end` (exclusive) in code points of the text without markup."""

    start: int
    end: int
    entity: str


@dataclass(frozen=True, slots=True)
class Document:
    """An invented document and what a reader finds in it."""

    name: str
    type: str
    text: str
    spans: tuple[Span, ...]
    """By start, the outer label before the inner one."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of `special`; without a span of a special category it is a hard negative."""

    name: str
    """File and line, as in `fi.txt:12`."""
    text: str
    spans: tuple[Span, ...]


def documents(language: str, corpus: Path = CORPUS) -> Iterator[Document]:
    """Yield the documents of a language by name; none if there is no such language."""
    for path in sorted((corpus / "hr" / language).glob("*.txt")):
        yield read_document(path.stem, path.read_text("utf-8"))


def sentences(language: str, corpus: Path = CORPUS) -> Iterator[Sentence]:
    """Yield the sentences of a language in order; none if there is no such language."""
    path = corpus / "special" / f"{language}.txt"
    if not path.exists():
        return
    for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
        if line.strip() and not line.startswith("#"):
            name = f"{path.name}:{number}"
            text, spans = parse(name, line)
            yield Sentence(name, text, spans)


def read_document(name: str, content: str) -> Document:
    """Read a document: the line with its type, an empty line, the labelled text."""
    first, _, rest = content.partition("\n")
    kind = first.removeprefix(_TYPE_LINE)
    if not first.startswith(_TYPE_LINE) or kind not in DOCUMENT_TYPES:
        raise MarkupError(
            f"{name}:1: {first!r} is not {_TYPE_LINE!r} with a type of LABELS; correct the line"
        )
    empty, _, body = rest.partition("\n")
    if empty:
        raise MarkupError(f"{name}:2: {empty!r} should be empty; the text begins on line 3")
    text, spans = parse(name, body, line=3)
    return Document(name, kind, text, spans)


def parse(name: str, marked: str, line: int = 1) -> tuple[str, tuple[Span, ...]]:
    """Part a marked text into text and spans; `line` is where it begins in its file.

    >>> parse("a", "Moi {{PERSON|Ai}}!")
    ('Moi Ai!', (Span(start=4, end=6, entity='PERSON'),))
    >>> parse("a", "Moi {{PERSON|Ai!")
    Traceback (most recent call last):
    tests.corpus.load.MarkupError: a:1:5: PERSON is not closed; add }}
    """
    pieces: list[str] = []
    spans: list[Span] = []
    opened: list[tuple[str, int, int]] = []
    length = position = 0
    for mark in _MARK.finditer(marked):
        pieces.append(marked[position : mark.start()])
        length += mark.start() - position
        position = mark.end()
        if mark.group() == "}}":
            if not opened:
                raise MarkupError(
                    f"{_place(name, marked, mark.start(), line)}: }}}} closes nothing"
                )
            entity, start, _ = opened.pop()
            if start == length:
                raise MarkupError(f"{_place(name, marked, mark.start(), line)}: {entity} is empty")
            spans.append(Span(start, length, entity))
        elif mark[1] in ENTITIES:
            opened.append((mark[1], length, mark.start()))
        else:
            raise MarkupError(
                f"{_place(name, marked, mark.start(), line)}: {marked[mark.start() :][:30]!r}"
                " opens no known entity; write {{ENTITY|text}}"
            )
    if opened:
        entity, _, offset = opened[-1]
        raise MarkupError(f"{_place(name, marked, offset, line)}: {entity} is not closed; add }}}}")
    pieces.append(marked[position:])
    return "".join(pieces), tuple(sorted(spans, key=_outer_first))


def _outer_first(span: Span) -> tuple[int, int, str]:
    return span.start, -span.end, span.entity


def _place(name: str, marked: str, offset: int, line: int) -> str:
    before = marked[:offset]
    return f"{name}:{line + before.count(chr(10))}:{offset - before.rfind(chr(10))}"
