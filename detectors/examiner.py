"""The detectors as a scan is handed them: a value that travels, and says what it stands for."""

import hashlib
from dataclasses import dataclass, field

from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from scanner.locator import WHOLE
from scanner.model import Segment

_GENERATION = "8"
"""Of what is stored of an asset. A new one has everything read again: the catalog's version, where
its tables hold more than before."""


@dataclass(frozen=True, slots=True)
class Detectors:
    """A `scanner.examine.ExaminerSpec`."""

    settings: DetectorSettings
    version: str
    """Of the tool: another one may see more."""
    key: bytes = field(repr=False)
    """Of the keyed hashes."""

    @property
    def digest(self) -> str:
        """Name version, settings (the user's own recognizers among them) and key."""
        parts = [self.version, _GENERATION, self.settings.model_dump_json()]
        return hashlib.blake2b("\n".join(parts).encode(), key=self.key, digest_size=16).hexdigest()

    def build(self) -> Analyser:
        """Make the analyser; models and lexicons are read now, at the cost of no asset's time."""
        analyser = Analyser(self.settings, self.key)
        for _ in analyser.detect([Segment(WHOLE, "Matti Meikäläinen has been ill.")]):
            pass
        return analyser
