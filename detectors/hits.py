"""Where one detection stands in its segment: the row of a table, the line of a text."""

from detectors.columns import record_at
from scanner.locator import WHOLE, Locator
from scanner.model import Detection, Segment


class Lines:
    """Counts the lines of one asset's texts, which may come in pieces, one after the other."""

    def __init__(self) -> None:
        self._place = WHOLE
        self._end = 0
        self._before: int | None = 0
        self._passed = 0

    def enter(self, segment: Segment) -> None:
        """Go on with the next segment; a piece whose forerunner was not the last has no lines."""
        if not segment.offset:
            self._before = 0
        elif (segment.locator, segment.offset) == (self._place, self._end):
            self._before = self._passed
        else:
            self._before = None
        self._place = segment.locator
        self._end = segment.offset + len(segment.text)
        self._passed = (self._before or 0) + segment.text.count("\n")

    @property
    def before(self) -> int | None:
        """The lines before the segment that was entered last; None where nobody knows."""
        return self._before

    def place(self, segment: Segment, detection: Detection) -> Locator:
        """Give the place of a detection in the segment that was entered last."""
        if segment.records:
            record = Locator.parse(record_at(segment, detection.start))
            place = segment.locator.without("rows")
            is_finer = record.has("row", "item") and place.last != record.last
            return place.inside(record) if is_finer else place
        place = segment.locator
        if not segment.label and self._before is not None:
            place = place.line(self._before + segment.text.count("\n", 0, detection.start) + 1)
        return place.offset(segment.offset + detection.start, segment.offset + detection.end)
