"""Ask whether a locked dependency has a known vulnerability.

    .tools/audit/bin/python -m tools.audit

pip-audit asks the Python Package Index for its advisories. Where they cannot be had, that is said in
one line and nothing is judged: a check must not depend on the network. What is known fails it.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

LOCKS = ("dev", "audit")
"""The first one holds what is shipped, too."""
SECONDS = 120
_REQUIREMENTS = Path(__file__).parent.parent / "requirements"


@dataclass(frozen=True, slots=True)
class Accepted:
    """An advisory that does not concern us, or not yet; it fails again after a day."""

    advisory: str
    reason: str
    until: date


ACCEPTED: tuple[Accepted, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to say, and whether the check fails."""

    lines: tuple[str, ...]
    fails: bool


def main() -> None:
    """Look at each lock, and exit with 1 if something is known."""
    found: list[dict[str, Any]] = []
    for lock in LOCKS:
        answers = asked(_REQUIREMENTS / f"{lock}.txt")
        found += answers
        if all("skip_reason" in each for each in answers):
            break  # nobody answers here, and asking for the others would only take time
    verdict = judged(found, ACCEPTED, datetime.now(UTC).date())
    print("\n".join(verdict.lines))
    sys.exit(verdict.fails)


def asked(lock: Path) -> list[dict[str, Any]]:
    """Give what pip-audit says of each entry of a lock; nothing where it broke off."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", lock, "--disable-pip",
               "--no-deps", "--progress-spinner", "off", "--format", "json"]  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            command, capture_output=True, text=True, timeout=SECONDS, check=False
        )
        told: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError):
        return []
    return told


def judged(found: Sequence[dict[str, Any]], accepted: Sequence[Accepted], today: date) -> Verdict:
    """Say what is known of dependencies, and of how many nothing could be asked."""
    answered = [each for each in found if "skip_reason" not in each]
    if not answered:
        return Verdict(
            ("audit: the advisories cannot be had here, so nothing was judged",), fails=False
        )
    known = {each.advisory for each in accepted if each.until >= today}
    lines = {
        f"audit: {each['name']} {each['version']} has {vulnerability['id']}, mended in "
        f"{', '.join(vulnerability['fix_versions']) or 'no version'}"
        for each in answered
        for vulnerability in each.get("vulns", ())
        if known.isdisjoint((vulnerability["id"], *vulnerability.get("aliases", ())))
    }
    unasked = len(found) - len(answered)
    summary = f"audit: {len(answered)} dependencies asked for, {len(lines)} with known flaws" + (
        f"; {unasked} without an answer" if unasked else ""
    )
    return Verdict((*sorted(lines), summary), fails=bool(lines))


if __name__ == "__main__":
    main()
