"""Which finding a command is asked for."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kartta.audit import Audit
    from rules.model import Violation


def the_one(audit: "Audit", finding: str) -> "Violation":
    """Give the finding whose id begins so.

    Raises:
        ConfigError: there is none, or more than one.
    """
    from rules.identity import ID
    from scanner.errors import ConfigError

    if not ID.fullmatch(finding):
        raise ConfigError(
            f"'{finding}' is no finding's id",
            hint="ids look like RET-01-7f3a2c9b41d0; the end may be left out: RET-01-7f3a",
        )
    found = [entry for entry in audit.violations if entry.id.startswith(finding)]
    if not found:
        raise ConfigError(
            f"there is no finding {finding} as the last scan is judged today",
            hint="'kartta report -o findings.html' shows the findings with their ids",
        )
    if len(found) > 1:
        raise ConfigError(
            f"{len(found)} findings begin with {finding}",
            hint="give more of the id: " + ", ".join(entry.id for entry in found[:3]),
        )
    return found[0]
