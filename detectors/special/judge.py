"""Says whether a term states a fact about a person: by the sentence around it.

A term alone is a hint. It becomes a fact where the sentence says that somebody has it or is it, or
how a test ended; and it stays none in a negation, a condition, a requirement or a policy.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from detectors.base import Evidence
from detectors.language import guess_language
from detectors.names.stopwords import is_stopword
from detectors.special.lexicon import Cues, Term, family_of, lexicon

_SENTENCE_END = re.compile(
    r"[.!?](?=[\"')\]]?\s+[\"'(\[]?[A-ZÅÄÖÆØ0-9>•*-])(?<!\b[A-Za-z]\.)(?<!\d\.)|\n\s*(?=\n|[-•*>|]|[A-ZÅÄÖÆØ])"
)
_REACH = 300
"""Characters on either side in which the sentence lies."""
_BREAK = re.compile(r"[,;:()]|\s[-/]\s")
_WORD = re.compile(r"[\w'-]+")
_MOST_BETWEEN = 3
"""Words between somebody's having and what they have."""
_LINK_REACH = 100
"""Characters before the term in which such a verb stands."""
_RESULT_REACH = 70
_LONGEST_NOTE = 12
"""Words of a sentence that names nobody and is still about somebody: a note, a line of a form."""
_FIELD = re.compile(r"(?:\s*\([^)\n]{0,30}\))?\s{0,2}[:=]\s{0,3}(?=[^\W_])[^\n;.|]{2,60}")
_FINNISH_OWN = re.compile(r"(?:ni|nsa|nsä|[aeiouyäö]{2}n)$")
_SUBJECT = re.compile(r"([A-ZÅÄÖÆØÉ][\w'-]+)\s*$")
_GENITIVE = re.compile(r"\b[A-ZÅÄÖÆØÉ][\w-]+(?:'s|s)\s+(?:[\w-]+\s+)?$")
_COMMON = re.compile(r"(?:en|et|ne|na|an|ene|ing|tion|lla|llä|ssa|ssä)$")
"""Endings of ordinary nouns that begin a sentence."""
_DENIAL_REACH = 40
_OPEN = re.compile(r"\W*")

_STATED = 0.65
_STATED_OF_SOMEBODY = 0.8
_LINKED = 0.75
_TESTED = 0.75
_FIELD_VALUE = 0.7


@dataclass(frozen=True)
class Mention:
    """A term in its sentence."""

    term: Term
    text: str
    start: int
    end: int

    @cached_property
    def cues(self) -> Cues:
        """Give the words of its family of languages."""
        return lexicon().cues[self.term.family]

    @property
    def is_mere_topic(self) -> bool:
        """Say whether no rule can make a fact of it."""
        return self.term.manner in {"topic", "hint"}

    @cached_property
    def bounds(self) -> tuple[int, int]:
        """Say where the sentence begins and ends."""
        first, last = max(0, self.start - _REACH), min(len(self.text), self.end + _REACH)
        for found in _SENTENCE_END.finditer(self.text, first, self.start):
            first = found.end()
        end = _SENTENCE_END.search(self.text, self.end, last)
        return first, end.end() if end else last

    @cached_property
    def sentence(self) -> str:
        """Give the sentence."""
        return self.text[slice(*self.bounds)]

    @cached_property
    def before(self) -> str:
        """Give the sentence up to the term."""
        return self.text[self.bounds[0] : self.start]

    @cached_property
    def after(self) -> str:
        """Give the sentence behind the term."""
        return self.text[self.end : self.bounds[1]]

    @cached_property
    def clause(self) -> tuple[str, str]:
        """Give what of the term's own clause stands before and behind it."""
        start, end = 0, len(self.after)
        for pattern in (_BREAK, self.cues.breaks.pattern):
            for found in pattern.finditer(self.before):
                start = max(start, found.end())
        for pattern in (_BREAK, self.cues.breaks.pattern, self.cues.joins.pattern):
            stop = pattern.search(self.after, 0, end)
            end = stop.start() if stop else end
        return self.before[start:], self.after[:end]

    @cached_property
    def is_own(self) -> bool:
        """Say whether the sentence is in the first person singular."""
        return bool(self.cues.own.pattern.search(self.sentence))

    @cached_property
    def has_person(self) -> bool:
        """Say whether the sentence is about the writer or a particular other person."""
        return self.is_own or bool(self.cues.person.pattern.search(self.sentence))


def judged(mention: Mention) -> Evidence | None:
    """Say what the rules hold for a fact, and where it stands; None where it is none."""
    evidence = _evidence(mention)
    return None if evidence is None or _is_something_else(mention) else evidence


class Doubt:
    """Says which terms cannot be meant, in one text: another language's, homonyms.

    It keeps what it found out about a sentence.
    """

    def __init__(self) -> None:
        self._languages: dict[tuple[int, int], str] = {}
        self._masked: dict[tuple[object, ...], tuple[tuple[int, int], ...]] = {}

    def excludes(self, mention: Mention) -> bool:
        """Say whether the term cannot be meant."""
        language = self._language(mention)
        if language and family_of(language) != mention.term.family:
            return True
        return any(
            start < mention.end and mention.start < end for start, end in self._masks(mention)
        )

    def _language(self, mention: Mention) -> str:
        place = mention.bounds
        if place not in self._languages:
            around = mention.text[max(0, mention.start - _REACH) : mention.end + _REACH]
            self._languages[place] = guess_language(around)
        return self._languages[place]

    def _masks(self, mention: Mention) -> tuple[tuple[int, int], ...]:
        key = (mention.term.entity, mention.term.family)
        place = (*key, *mention.bounds)
        if place not in self._masked:
            found = lexicon().masked[key].pattern.finditer(mention.text, *mention.bounds)
            self._masked[place] = tuple(each.span() for each in found)
        return self._masked[place]


def _evidence(mention: Mention) -> Evidence | None:
    match mention.term.manner:
        case "states":
            return _stated(mention)
        case "has" | "is":
            return _linked(mention)
        case "tested":
            return _tested(mention)
        case "field":
            return _field(mention)
        case "topic" | "hint":
            return None


def _is_something_else(mention: Mention) -> bool:
    """Say whether the words are no fact in any manner: policy, condition, people in general."""
    cues = mention.cues
    if cues.never.pattern.search(mention.sentence) or cues.hypothetical.pattern.search(
        mention.before
    ):
        return True
    if mention.is_own:
        return False
    return bool(
        cues.unless_own.pattern.search(mention.sentence)
        or cues.plural.pattern.search(mention.clause[0])
        or mention.sentence.rstrip().endswith("?")
    )


def _stated(mention: Mention) -> Evidence | None:
    if _is_denied(mention) or (" " not in mention.term.phrase and is_trade(mention)):
        return None
    if mention.has_person:
        return Evidence(_STATED_OF_SOMEBODY, ("person", "statement"))
    if mention.term.phrase.endswith(" *") or mention.cues.plural.pattern.search(mention.sentence):
        return None
    if len(mention.sentence.split()) > _LONGEST_NOTE:
        return None
    return Evidence(_STATED, ("statement",))


def _linked(mention: Mention) -> Evidence | None:
    if not _has_link(mention):
        return None
    if _is_denied(mention) or is_trade(mention) or _is_work(mention):
        return None
    return Evidence(_LINKED, ("person", "statement", "term"))


def _has_link(mention: Mention) -> bool:
    """Say whether somebody has or is it, in a clause that has somebody or begins with the verb."""
    cues, before = mention.cues, mention.before
    links = cues.have if mention.term.manner == "has" else cues.be
    word = mention.text[mention.start : mention.end]
    if mention.term.family == "finnish" and _FINNISH_OWN.search(word) and mention.is_own:
        return True
    for link in reversed(list(links.pattern.finditer(before, max(0, len(before) - _LINK_REACH)))):
        if len(_WORD.findall(before, link.end())) > _MOST_BETWEEN:
            break
        if re.search(r"[.;:]", before[link.end() :]):
            break
        subject = before[: link.start()].rpartition(",")[2]
        return not _WORD.search(subject) or _is_name(subject) or mention.has_person
    if _GENITIVE.search(before) and mention.term.manner == "has":
        return True
    after = cues.after.pattern.match(mention.after, _OPEN.match(mention.after).end())  # type: ignore[union-attr]
    return bool(after) and mention.has_person


def _is_name(subject: str) -> bool:
    """Say whether what stands before the verb ends in a capitalised word that may be a name."""
    name = _SUBJECT.search(subject)
    if name is None or is_stopword(name.group(1)):
        return False
    return bool(subject[: name.start()].strip()) or not _COMMON.search(name.group(1))


def _tested(mention: Mention) -> Evidence | None:
    """Look for the result nearest to what was tested."""
    cues, first = mention.cues, mention.bounds[0]
    results = lexicon().results[mention.term.entity, mention.term.family]
    if cues.future.pattern.search(mention.sentence) or is_trade(mention):
        return None
    best: tuple[int, int, int] | None = None
    for found in results.pattern.finditer(mention.sentence):
        start, end = found.start() + first, found.end() + first
        distance = max(start - mention.end, mention.start - end)
        if distance <= _RESULT_REACH and (best is None or distance < best[0]):
            best = distance, start, end
    if best is None:
        return None
    start, end = min(best[1], mention.start), max(best[2], mention.end)
    clause = start - len(_last_clause(mention.text[first:start]))
    for no in cues.negation.pattern.finditer(mention.text, clause, end):
        if not best[1] <= no.start() < best[2]:
            return None
    return Evidence(_TESTED, ("statement", "term"), start=start, end=end)


def _field(mention: Mention) -> Evidence | None:
    value = _FIELD.match(mention.text, mention.end)
    if value is None or mention.cues.negation.pattern.search(value.group()):
        return None
    end = mention.end + len(value.group().rstrip())
    return Evidence(_FIELD_VALUE, ("label", "term"), end=end)


def _is_denied(mention: Mention) -> bool:
    before, after = mention.clause
    word = mention.text[mention.start : mention.end]
    found = mention.cues.negation.pattern.search
    if mention.term.family == "finnish":
        return bool(found(before) or found(word))
    return bool(found(before) or found(after[:_DENIAL_REACH]) or found(word))


def _is_work(mention: Mention) -> bool:
    return any(mention.cues.work.pattern.search(part) for part in mention.clause)


def _last_clause(text: str) -> str:
    return _BREAK.split(text)[-1]


def is_trade(mention: Mention) -> bool:
    """Say whether the term is part of a trade, a place or an organisation."""
    word = mention.text[mention.start : mention.end]
    trade = mention.cues.trade.pattern
    if trade.match(mention.after, _OPEN.match(mention.after).end()):  # type: ignore[union-attr]
        return True
    return any(trade.fullmatch(word, at) for at in range(4, len(word) - 3))
