"""Exact spans found, against those labelled."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from detectors.names.model import sightings
from tools.names.corpora import spans, texts


class Score(NamedTuple):
    """Counts of exact spans."""

    right: int = 0
    labelled: int = 0
    found: int = 0


def f1(score: Score) -> float:
    """Give the harmonic mean of precision and recall."""
    return 2 * score.right / max(1, score.labelled + score.found)


def row(score: Score) -> str:
    """Give cases, precision, recall and F1 as cells of a table."""
    precision = score.right / max(1, score.found)
    recall = score.right / max(1, score.labelled)
    return f"{score.labelled} | {precision:.3f} | {recall:.3f} | {f1(score):.3f}"


def split_scores(path: Path) -> Mapping[str, Score]:
    """Score the model on a split of a corpus."""
    scores = {"PER": Score(), "LOC": Score()}
    for text in texts(path, None):
        seen = sightings([[tokens for tokens, _ in text.runs]])[0]
        for number, (tokens, tags) in enumerate(text.runs):
            gold = spans(tokens, tags)
            found = {
                (tokens[each.first].start, tokens[each.last].end, each.kind)
                for each in seen
                if each.run == number
            }
            for kind, (right, labelled, count) in list(scores.items()):
                of_kind = {span for span in gold if span[2] == kind}
                mine = {span for span in found if span[2] == kind}
                scores[kind] = Score(
                    right + len(of_kind & mine), labelled + len(of_kind), count + len(mine)
                )
    return scores
