"""What every output says at its head where the last scan has not ended: what it shows is a part."""

from collections.abc import Sequence
from datetime import datetime

from reports.text import visible
from reports.wording import Wording
from scanner.summary import SourceSummary


def interruption(
    started_at: datetime,
    finished_at: datetime | None,
    sources: Sequence[SourceSummary],
    words: Wording,
) -> str:
    """Say since when, which sources are finished and how far the others came; empty at its end."""
    if finished_at is not None:
        return ""
    finished = [visible(each.source.name) for each in sources if each.is_listed]
    rest = [_reached(each, words) for each in sources if not each.is_listed]
    return words(
        "interrupted.sentence",
        start=words.moment(started_at),
        finished=", ".join(finished) or words("interrupted.none"),
        rest=", ".join(rest) or words("interrupted.none"),
    )


def _reached(summary: SourceSummary, words: Wording) -> str:
    """Give how far a source came; what is known beyond that is from an earlier scan."""
    key = "interrupted.of" if summary.assets > summary.reached else "interrupted.reached"
    return words(
        key,
        name=visible(summary.source.name),
        reached=words.number(summary.reached),
        known=words.number(summary.assets),
    )
