"""A linear-chain conditional random field, read over many runs of tokens at once.

Source: Lafferty, McCallum and Pereira, "Conditional Random Fields" (2001); probabilities by the
forward-backward algorithm, of which each token's most probable label is read. `tools/names` trains
it with CRFsuite, whose probabilities these are; a test holds us to it. What a word says by itself,
or to its neighbours, is summed once a word and kept; what pairs of neighbours say, once a pair.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detectors.names import features as signs
from detectors.names.features import Memory, word_of
from detectors.names.tokens import LINE, NONE, PARAGRAPH, SPACE, TAB, Token
from detectors.names.weights import Floats, Weights, unpacked

Whole = NDArray[np.int64]

_FILE = "model.xz"
_GAPS = (NONE, SPACE, TAB, LINE, PARAGRAPH)
_MOST_WORDS = 32_768
"""More than there are in `_TOKENS`."""
_TOKENS = 16_384
"""Tokens that are read together; no run is as long."""
_TOGETHER = 512
"""Windows that are decoded together; they have about the same length."""
_CORE = 20
_MARGIN = 12
"""Tokens on either side of a window's core that are read for its sake."""


class Reading(NamedTuple):
    """What the model sees in one run."""

    tags: list[str]
    """The most probable label of each token, in IOB2."""
    chances: Floats
    """Shape (tokens, labels): the probability of each label of `labels()`."""


def labels() -> tuple[str, ...]:
    """Give the labels in the order of the probabilities."""
    return _weights().labels


def read(texts: Sequence[Sequence[Sequence[Token]]]) -> list[list[Reading]]:
    """Read the runs of several texts; a run's words are judged with the rest of its text."""
    readings = _readings(
        [(run, memory) for text in texts for memory in (Memory(text),) for run in text]
    )
    return [[next(readings) for _ in text] for text in texts]


def _readings(runs: Sequence[tuple[Sequence[Token], Memory]]) -> Iterator[Reading]:
    """Read runs, a bounded number of tokens at a time."""
    first = 0
    while first < len(runs):
        last, tokens = first, 0
        while last < len(runs) and (last == first or tokens + len(runs[last][0]) <= _TOKENS):
            tokens += len(runs[last][0])
            last += 1
        together = [run for run, _ in runs[first:last]]
        told = [_told(run, memory) for run, memory in runs[first:last]]
        yield from _decoded([len(run) for run in together], _vocabulary().emissions(together, told))
        first = last


def _told(run: Sequence[Token], memory: Memory) -> dict[int, list[str]]:
    """Give what the rest of the text adds, by the place in the run."""
    found = {}
    for at, token in enumerate(run):
        if len(token.text) >= signs.SHORTEST and token.text[0].isupper():
            word = word_of(token.text)
            if word.kind in signs.WORDS and (row := memory.told(word)):
                found[at] = row
    return found


class _Vocabulary:
    """Sums of weights: by word, and by what neighbouring words are to each other."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._forget()
        self._pairs: dict[tuple[str, int], Floats] = {}
        self._told: dict[tuple[str, ...], Floats] = {}
        self._kinds = _Numbered()
        self._likes = _Numbered()

    def _forget(self) -> None:
        self._index: dict[str, int] = {}
        self._sums = np.zeros((_MOST_WORDS, 9, len(self._weights.labels)))
        """By word: to itself, to the next (near, far), to the one before (near, far), to the next
        but one, to the last but one, to the third after it, to the rest of its line."""
        self._traits = np.zeros((_MOST_WORDS, 2), np.int64)
        self._flags = np.zeros((_MOST_WORDS, 3), np.bool_)

    def emissions(
        self, runs: Sequence[Sequence[Token]], told: Sequence[dict[int, list[str]]]
    ) -> Floats:
        """Give the sum of weights of each token, shape (tokens of all runs, labels)."""
        numbers = self._numbers([token.text for run in runs for token in run])
        place = np.concatenate([np.arange(len(run)) for run in runs])
        left = np.concatenate([np.arange(len(run), 0, -1) - 1 for run in runs])
        gaps = np.array([_GAPS.index(token.gap) for run in runs for token in run], np.int64)
        gaps[place == 0] = 0
        behind = np.append(gaps[1:], 0)
        behind[left == 0] = _GAPS.index(PARAGRAPH)
        total = self._of_words(numbers, gaps, behind, place, left)
        for codes, at, name, written in self._neighbours(numbers, gaps, behind, place, left):
            self._add(total, codes, at, name, written)
        first = 0
        for run, rows in zip(runs, told, strict=True):
            for offset, row in rows.items():
                total[first + offset] += self._of_told(tuple(row))
            first += len(run)
        return total

    def _numbers(self, words: Sequence[str]) -> Whole:
        """Give the row of each word; learn those that are new."""
        fresh = set(words).difference(self._index)
        if len(self._index) + len(fresh) > _MOST_WORDS:
            self._forget()
            fresh = set(words)
        if fresh:
            self._learn(sorted(fresh))
        return np.array([self._index[word] for word in words], np.int64)

    def _learn(self, texts: Sequence[str]) -> None:
        first = len(self._index)
        spoken: list[Sequence[str]] = []
        for row, text in enumerate(texts, first):
            self._index[text] = row
            word = word_of(text)
            spoken.append(word.own)
            spoken += [signs.before(word, far) for far in ("", signs.FAR)]
            spoken += [signs.after(word, far) for far in ("", signs.FAR)]
            spoken += [signs.two_before(word), signs.two_after(word)]
            spoken += [signs.three_before(word), signs.on_line(word)]
            self._traits[row] = self._kinds.of(word.kind), self._likes.of(word.like)
            self._flags[row] = (
                word.kind in signs.CAPITALS,
                word.kind in signs.END_MARKS,
                word.kind in signs.STARTERS,
            )
        sums = self._weights.sums(spoken).reshape(len(texts), *self._sums.shape[1:])
        self._sums[first : first + len(texts)] = sums

    def _of_words(
        self, numbers: Whole, gaps: Whole, behind: Whole, place: Whole, left: Whole
    ) -> Floats:
        far_before, far_after = _is_far(gaps).astype(np.int64), _is_far(behind).astype(np.int64)
        total: Floats = self._sums[numbers, 0]
        at = np.flatnonzero(place > 0)
        total[at] += self._sums[numbers[at - 1], 1 + far_before[at]]
        at = np.flatnonzero(left > 0)
        total[at] += self._sums[numbers[at + 1], 3 + far_after[at]]
        at = np.flatnonzero(place > 1)
        total[at] += self._sums[numbers[at - 2], 5]
        at = np.flatnonzero(left > 1)
        total[at] += self._sums[numbers[at + 2], 6]
        at = np.flatnonzero(place > 2)  # noqa: PLR2004 - three before
        total[at] += self._sums[numbers[at - 3], 7]
        every = np.arange(len(numbers))
        begins = (place == 0) | np.isin(gaps, [_GAPS.index(gap) for gap in signs.BREAKS])
        line = np.maximum.accumulate(np.where(begins, every, 0))
        at = np.flatnonzero(every > line)
        total[at] += self._sums[numbers[line[at]], 8]
        for where, sign in ((place == 0, signs.BEGINNING), (left == 0, signs.END)):
            total[where] += self._of_told((sign,))
        after_mark = np.flatnonzero(place > 0)
        after_mark = after_mark[self._flags[numbers[after_mark - 1], 1]]
        total[after_mark] += self._of_told((signs.SENTENCE,))
        return total

    def _neighbours(
        self, numbers: Whole, gaps: Whole, behind: Whole, place: Whole, left: Whole
    ) -> Iterator[tuple[Whole, Whole, str, Callable[[int], list[str]]]]:
        """Give for each kind of sign: its codes, their places, its name, how a code is written."""
        kinds, likes = self._traits[numbers].T
        capital, _, starter = self._flags[numbers].T
        far_before, far_after = _is_far(gaps), _is_far(behind)
        kind, like = self._kinds.name, self._likes.name
        count, size = len(gaps), _BASE
        every = np.arange(count)
        yield (
            gaps * size + behind,
            every,
            "g",
            lambda code: [signs.gaps(_GAPS[code // size], _GAPS[code % size])],
        )
        at = np.flatnonzero(place > 0)
        yield (
            (far_before[at] * size + kinds[at - 1]) * size + kinds[at],
            at,
            "-k",
            lambda code: [signs.kind_before(_far(code), kind(code // size), kind(code))],
        )
        at = np.flatnonzero(left > 0)
        yield (
            (far_after[at] * size + kinds[at + 1]) * size + kinds[at],
            at,
            "+k",
            lambda code: [signs.kind_after(_far(code), kind(code // size), kind(code))],
        )
        at = np.flatnonzero(place > 1)
        yield (
            (kinds[at - 2] * size + kinds[at - 1]) * size + kinds[at],
            at,
            "--k",
            lambda code: [
                signs.kinds_before(kind(code // size // size), kind(code // size), kind(code))
            ],
        )
        at = np.flatnonzero(left > 1)
        yield (
            (kinds[at + 2] * size + kinds[at + 1]) * size + kinds[at],
            at,
            "++k",
            lambda code: [
                signs.kinds_after(kind(code // size // size), kind(code // size), kind(code))
            ],
        )
        at = np.flatnonzero(capital & (place > 0))
        yield (
            likes[at - 1] * size + likes[at],
            at,
            "-l",
            lambda code: [signs.like_before(like(code // size), like(code))],
        )
        at = np.flatnonzero(capital & (left > 0))
        yield (
            likes[at + 1] * size + likes[at],
            at,
            "+l",
            lambda code: [signs.like_after(like(code), like(code // size))],
        )
        at = np.flatnonzero(capital)
        first = (place[at] == 0) | far_before[at]
        nothing = self._likes.of("")
        before = np.where(first, nothing, likes[at - 1])
        after = np.where(far_after[at], nothing, likes[np.minimum(at + 1, count - 1)])
        begins = first | starter[at - 1]
        yield (
            ((begins * size + before) * size + likes[at]) * size + after,
            at,
            "bt",
            lambda code: signs.capital(
                like(code // size // size),
                like(code // size),
                like(code),
                begins=code // size**3 > 0,
            ),
        )

    def _add(
        self, total: Floats, codes: Whole, at: Whole, name: str, written: Callable[[int], list[str]]
    ) -> None:
        if not len(at):
            return
        different, which = np.unique(codes, return_inverse=True)
        rows = []
        for code in different.tolist():
            row = self._pairs.get((name, code))
            if row is None:
                row = self._pairs[name, code] = self._weights.sums([written(code)])[0]
            rows.append(row)
        total[at] += np.array(rows)[which]

    def _of_told(self, row: tuple[str, ...]) -> Floats:
        found = self._told.get(row)
        if found is None:
            found = self._told[row] = self._weights.sums([row])[0]
        return found


_BASE = 4_096
"""More kinds and likenesses than there are."""


class _Numbered:
    """Gives names numbers, and the names back."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._numbers: dict[str, int] = {}

    def of(self, name: str) -> int:
        """Give the number; marks beyond the last number share it."""
        number = self._numbers.get(name)
        if number is None:
            number = min(len(self._names), _BASE - 1)
            if number == len(self._names):
                self._names.append(name)
            self._numbers[name] = number
        return number

    def name(self, code: int) -> str:
        """Give the name of the last place of a code."""
        return self._names[code % _BASE]


def _far(code: int) -> str:
    return signs.FAR if code // _BASE**2 else ""


def _is_far(gaps: Whole) -> NDArray[np.bool_]:
    return np.isin(gaps, [_GAPS.index(gap) for gap in signs.FAR_GAPS])


class _Window(NamedTuple):
    """A piece of a run, from `first` to `last`, of which `begin` to `end` is read."""

    first: int
    last: int
    begin: int
    end: int


def _windows(lengths: Sequence[int]) -> Iterator[_Window]:
    """Cut long runs: what is further away than the margin has no say any more.

    A field's memory is short; so many short pieces are read at once instead of one long after the
    other.
    """
    start = 0
    for length in lengths:
        stop = start + length
        if length <= _CORE + 2 * _MARGIN:
            yield _Window(start, stop, start, stop)
        else:
            for begin in range(start, stop, _CORE):
                end = min(begin + _CORE, stop)
                yield _Window(max(start, begin - _MARGIN), min(stop, end + _MARGIN), begin, end)
        start = stop


def _decoded(lengths: Sequence[int], emissions: Floats) -> Iterator[Reading]:
    """Give the readings of runs whose tokens lie one after the other."""
    windows = sorted(_windows(lengths), key=lambda window: window.last - window.first)
    chances = np.zeros(emissions.shape)
    while windows:
        group = windows[-_TOGETHER:]
        del windows[-_TOGETHER:]
        sizes = np.array([window.last - window.first for window in group])
        padded = np.zeros((len(group), int(sizes[-1]), emissions.shape[1]))
        for row, window in enumerate(group):
            padded[row, : sizes[row]] = emissions[window.first : window.last]
        likely = _chances(padded, sizes)
        for row, (first, _, begin, end) in enumerate(group):
            chances[begin:end] = likely[row, begin - first : end - first]
    names = labels()
    tags = chances.argmax(axis=1)
    start = 0
    for length in lengths:
        stop = start + length
        yield Reading([names[tag] for tag in tags[start:stop].tolist()], chances[start:stop])
        start = stop


def _chances(scores: Floats, sizes: Whole) -> Floats:
    """Give the probability of each label of each token, shape (runs, tokens, labels)."""
    moves = np.exp(_weights().moves)
    weights = np.exp(scores - scores.max(axis=2, keepdims=True))
    count, longest, width = scores.shape
    ahead = np.empty((count, longest, width))
    ahead[:, 0] = weights[:, 0]
    for at in range(longest):
        if at:
            ahead[:, at] = (ahead[:, at - 1] @ moves) * weights[:, at]
        ahead[:, at] /= ahead[:, at].sum(axis=1, keepdims=True)
    back = np.ones((count, width))
    chances = np.empty((count, longest, width))
    for at in range(longest - 1, -1, -1):
        if at + 1 < longest:
            step = (weights[:, at + 1] * back) @ moves.T
            step /= step.sum(axis=1, keepdims=True)
            back = np.where((sizes > at + 1)[:, None], step, 1.0)
        both = ahead[:, at] * back
        chances[:, at] = both / both.sum(axis=1, keepdims=True)
    return chances


@cache
def _weights() -> Weights:
    return unpacked(files("detectors.names").joinpath(_FILE).read_bytes())


@cache
def _vocabulary() -> _Vocabulary:
    return _Vocabulary(_weights())
