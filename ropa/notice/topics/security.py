"""What a notice promises about security (Art. 32), and what it advises the person to do."""

from collections.abc import Iterator, Mapping
from typing import Any

from ropa.notice.base import Stated
from ropa.notice.lexicon import raw, words
from ropa.notice.statements import role_of, statements
from ropa.notice.text import NoticeText, Sentence

_FILE = "security"
_SECTION = "security"
_NOT_PROMISES = frozenset({"rights", "retention", "changes", "data_categories", "cookies"})


class Promise(Stated):
    """One promise, named by what it is about."""

    promise: str


class Advice(Stated):
    """One piece of advice."""

    value: str


def read_security(notice: NoticeText, found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read promises and advice."""
    del found
    return {
        "security": tuple(_promises(notice)),
        "advice_to_subject": tuple(_advice(notice)),
    }


def _promises(notice: NoticeText) -> Iterator[Promise]:
    """Give each sentence once for each promise; advice is none."""
    for statement in statements(notice, _FILE, "promises"):
        sentence = statement.sentence
        outside = statement.role != _SECTION
        if outside and statement.name not in raw(_FILE)["anywhere"]:
            continue
        if statement.role in _NOT_PROMISES or sentence.text.rstrip().endswith(("?", ":")):
            continue
        if _asks(sentence, notice.language):
            continue
        yield Promise(promise=statement.name, evidence=(sentence.evidence(),))


def _asks(sentence: Sentence, language: str) -> bool:
    return words(_FILE, "asks").search(sentence.text, language) is not None


def _advice(notice: NoticeText) -> Iterator[Advice]:
    """Give what the notice asks the person to do for the safety of the data, each thing once."""
    seen: dict[tuple[str, str], Advice] = {}
    for sentence in notice.sentences:
        role = role_of(notice, sentence)
        if role is None or not _asks(sentence, notice.language):
            continue
        for name in raw(_FILE)["advice"]:
            if not words(_FILE, "advice", name).search(sentence.text, notice.language):
                continue
            if role in ("rights", "recipients", "changes", "contacts", "retention"):
                continue
            key = (name, sentence.text)
            evidence = sentence.evidence()
            known = seen.get(key)
            seen[key] = Advice(
                value=name, evidence=(*known.evidence, evidence) if known else (evidence,)
            )
            break
    yield from seen.values()
