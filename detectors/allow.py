"""Values that are never personal data in this organisation."""

from collections.abc import Callable, Iterable


class AllowList:
    """The switchboard's number, `info@` addresses, `@example.org`: what `detect.allow` lists."""

    def __init__(self, entries: Iterable[str], values: Callable[[str], Iterable[str]]) -> None:
        kept = [entry.strip().casefold() for entry in entries if entry.strip()]
        self._beginnings = tuple(entry for entry in kept if entry.endswith("@"))
        self._endings = tuple(entry for entry in kept if entry.startswith("@"))
        self._values = frozenset(
            each
            for entry in kept
            for each in (entry, _bare(entry), *values(entry))
            if each and entry not in self._beginnings + self._endings
        )

    def holds(self, value: str, text: str) -> bool:
        """Say whether a detection, by its normalised value or as written, is allowed."""
        if not (self._values or self._beginnings or self._endings):
            return False
        value, text = value.casefold(), text.casefold()
        return (
            value in self._values
            or text in self._values
            or _bare(text) in self._values
            or ("@" in value and value.startswith(self._beginnings))
            or ("@" in value and value.endswith(self._endings))
        )


def _bare(text: str) -> str:
    """Leave out how it is grouped: letters and digits only."""
    return "".join(char for char in text if char.isalnum())
