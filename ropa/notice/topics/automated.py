"""Whether machines decide alone, and whether people are profiled (Art. 13(2)(f), Art. 22)."""

from collections.abc import Iterator, Mapping
from typing import Any

from ropa.notice.base import Item, Value
from ropa.notice.lexicon import words
from ropa.notice.statements import is_denied, role_of
from ropa.notice.text import NoticeText, Sentence

_FILE = "automated"
_ROLES = frozenset({"automated", "rights", "recruiting_system", "data_categories", "purposes"})
_NEXT = 120
"""Characters after a sentence in which it may be limited."""
_OTHER_MATTERS = frozenset({"cookies", "retention", "security", "social_media"})


class Profiling(Value):
    """Profiling for marketing."""

    effect: str | None = None
    """What the notice says of its effect on the person, in its words."""


class AutomatedDecisions(Item):
    """What the notice says; `decisions` is None where it is silent."""

    decisions: Value | None = None
    profiling_for_marketing: Profiling | None = None


def read_automated(notice: NoticeText, found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read whether there are automated decisions, and profiling for marketing."""
    del found
    return {
        "automated_decision_making": AutomatedDecisions(
            decisions=_decisions(notice), profiling_for_marketing=_profiling(notice)
        )
    }


def _statements(notice: NoticeText) -> Iterator[tuple[Sentence, str]]:
    for sentence in notice.sentences:
        role = role_of(notice, sentence)
        if role is not None and not sentence.text.rstrip().endswith("?"):
            yield sentence, role


def _decisions(notice: NoticeText) -> Value | None:
    """Find the sentence that says whether machines decide: one that affirms it counts first."""
    language = notice.language
    denials: list[Sentence] = []
    affirmed: list[Sentence] = []
    weak: list[Sentence] = []
    for sentence, role in _statements(notice):
        text = _without_label(sentence.text)
        act = words(_FILE, "acts").search(text, language)
        match = words(_FILE, "decisions").search(text, language) or act
        if match is None and _person_decides(text, role, language):
            denials.append(sentence)
        elif match is None and _no_machine(text, role, language):
            weak.append(sentence)
        if match is None or words(_FILE, "right").search(text[: match.end()], language):
            continue
        if act and _human_decides(sentence, notice):
            denials.append(sentence)
        elif act and not is_denied(text[: act.end()], language) and role not in _OTHER_MATTERS:
            return Value(value=True, evidence=(sentence.evidence(),))
        elif _denied(text, language) or _human_decides(sentence, notice):
            denials.append(sentence)
        elif role in _ROLES and _is_statement(text, match.group(), language):
            affirmed.append(sentence)
    firm = [each for each in affirmed if _decides(each.text, language)]
    if any(_decides(each.text, language) for each in denials):
        affirmed = firm  # to profile is not yet to decide
    chosen = affirmed or denials or weak
    return Value(value=bool(affirmed), evidence=(chosen[0].evidence(),)) if chosen else None


def _decides(text: str, language: str) -> bool:
    """Say whether a sentence speaks of automated decisions, not of profiling alone."""
    found = words(_FILE, "decisions").find(text, language)
    return any(not each.group().lower().startswith("profil") for each in found)


def _person_decides(text: str, role: str, language: str) -> bool:
    """Say whether a sentence leaves the decision to people, without a word of machines."""
    answers = words(_FILE, "answer").search(text, language)
    decides = words(_FILE, "decision").search(text, language)
    human = words(_FILE, "human").search(text, language)
    return bool((answers and (human or role == "automated")) or (decides and human))


def _no_machine(text: str, role: str, language: str) -> bool:
    """Say whether a sentence denies that machines are used, or the section denies anything."""
    named = words(_FILE, "machines").search(text, language) is not None
    return is_denied(text, language) and (named or role == "automated")


def _human_decides(sentence: Sentence, notice: NoticeText) -> bool:
    """Say whether the sentence, or the next one on its line, leaves the decision to a person."""
    after = sentence.line.text[sentence.start : sentence.end + _NEXT]
    return words(_FILE, "human").search(after, notice.language) is not None


def _without_label(text: str) -> str:
    """Leave out what stands before a colon: a label says nothing by itself."""
    label, colon, rest = text.partition(": ")
    return rest if colon and len(label.split()) <= 6 else text  # noqa: PLR2004 - a label is short


def _denied(text: str, language: str) -> bool:
    return words(_FILE, "denied").search(text, language) is not None


def _is_statement(text: str, said: str, language: str) -> bool:
    """Say whether a sentence is more than a heading, and not about marketing."""
    if words(_FILE, "marketing").search(text, language):
        return False
    return len(text.split()) > len(said.split()) + 1


def _profiling(notice: NoticeText) -> Profiling | None:
    """Find the sentence about profiling for marketing, and what follows about its effect."""
    language = notice.language
    sentences = [
        sentence for sentence, role in _statements(notice) if role not in ("cookies", "changes")
    ]
    for at, sentence in enumerate(sentences):
        text = sentence.text
        if not words(_FILE, "profiling").search(text, language):
            continue
        if not words(_FILE, "marketing").search(text, language) or words(_FILE, "right").search(
            text, language
        ):
            continue
        value = not _denied(text, language)
        effect = next(
            (
                each
                for each in sentences[at : at + 3]
                if each.line.number == sentence.line.number
                and words(_FILE, "effect").search(each.text, language)
            ),
            None,
        )
        evidence = [sentence.evidence()]
        if effect is not None and effect is not sentence:
            evidence.append(effect.evidence())
        return Profiling(
            value=value, effect=effect.text if effect else None, evidence=tuple(evidence)
        )
    return None
