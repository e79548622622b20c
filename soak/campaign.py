"""Strikes scan after scan until there were enough, and compares what each leaves in the end."""

import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from soak.attacks import Attack, in_file
from soak.scans import EXIT_INCOMPLETE, Ended, Outcome, Scan, Scans, Site, differences, outcome
from tests.faults import workers_of

TRIES = 3
"""Scans after a disturbed one, of which the last at the latest has to be complete."""
LONGEST_START = 60.0
"""Seconds in which a scan has workers, if it ever has any."""
EARLY = 0.25
"""Share of the strikes whose moment is counted from the scan's start; of the others it is counted
from its first worker, for a scan that is begun again would else never come further than that."""
_LOOK = 0.05
_WORDS = ("Traceback", "internal error")
"""What standard error must never hold."""
_STATUSES = frozenset({0, 2, EXIT_INCOMPLETE, 4})
"""With which a disturbed scan may end by itself: never as if something else were wrong."""


@dataclass(slots=True)
class Count:
    """What came of one attack."""

    name: str
    strikes: int = 0
    """That hit a running scan."""
    late: int = 0
    """That came too late, and are not counted."""
    compared: int = 0
    """Scans whose result was compared with the undisturbed one's."""
    most: int = 0
    """Scans that it took at most, after the last strike, until one was complete."""
    statuses: dict[int, int] = field(default_factory=dict)
    """How disturbed scans ended by themselves: status → how many."""
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reference:
    """A scan that nobody disturbed."""

    outcome: Outcome
    seconds: float


def undisturbed(site: Site, workers: int) -> Reference:
    """Scan once in peace.

    Raises:
        RuntimeError: even that was not complete.
    """
    with in_file(site) as url:
        begin = time.monotonic()
        with Scans(site, url, workers) as scans:
            ended = scans.begun().ended()
        seconds = time.monotonic() - begin
        if not ended.is_complete:
            raise RuntimeError(f"the undisturbed scan ended with {ended.status}: {ended.errors}")
        return Reference(outcome(url, ended.report), seconds)


def strike(
    attack: Attack, site: Site, reference: Reference, chance: random.Random, workers: int,
    strikes: int, each: int,
) -> Count:  # fmt: skip
    """Strike so often in all, and `each` times before the result is compared."""
    count = Count(attack.name)
    site = attack.site(site)
    while count.strikes < strikes:
        with attack.catalog(site) as url:
            most = min(each, strikes - count.strikes)
            gap = reference.seconds / each
            with Scans(site, url, workers) as scans:
                _struck(attack, scans, gap, chance, most, count)
                ended = _completed(scans, count)
            if ended is not None:
                count.compared += 1
                found = outcome(url, ended.report)
                _note(count, [f"differs: {each}" for each in differences(reference.outcome, found)])
        _say(f"{attack.name}: {count.strikes} of {strikes}, {len(count.wrong)} wrong")
    return count


def _struck(
    attack: Attack, scans: Scans, gap: float, chance: random.Random, most: int, count: Count
) -> None:
    """Strike a scan, begun again whenever it ends, until that was enough or it is complete."""
    scan, struck, late = scans.begun(), 0, 0
    while struck < most and late < most:
        if chance.random() >= EARLY:
            _await_workers(scan)
        _wait(scan, chance.uniform(0, 2 * gap))
        if attack.strike(scan, chance):
            struck += 1
        elif not scan.is_running:
            late += 1
        if not scan.is_running and struck < most:
            if scan.process.returncode >= 0 and _looked_at(scan.ended(), count).is_complete:
                break
            scan = scans.begun()
    count.strikes += struck
    count.late += late


def _completed(scans: Scans, count: Count) -> Ended | None:
    """Let a disturbed scan end, and scan again until one says that it is complete."""
    ended = scans.last.ended()
    if ended.status >= 0:  # it was not killed
        _looked_at(ended, count)
    for tries in range(TRIES + 1):
        if ended.is_complete:
            count.most = max(count.most, tries)
            return ended
        if tries < TRIES:
            ended = _looked_at(scans.begun().ended(), count)
    _note(count, [f"not complete after {TRIES} more: {ended.status} {ended.errors[-500:]}"])
    return None


def _looked_at(ended: Ended, count: Count) -> Ended:
    count.statuses[ended.status] = count.statuses.get(ended.status, 0) + 1
    if ended.status not in _STATUSES:
        _note(count, [f"ended with status {ended.status}: {ended.errors[-500:]}"])
    if any(word in ended.errors for word in _WORDS):
        _note(count, [f"said: {ended.errors[-2000:]}"])
    return ended


def table(counts: list[Count]) -> Iterator[str]:
    """Show what came of all attacks."""
    row = "{:<26} {:>8} {:>6} {:>9} {:>11} {:>6}  {}"
    yield row.format("attack", "strikes", "late", "compared", "more scans", "wrong", "statuses")
    for each in counts:
        statuses = ", ".join(f"{key}: {number}" for key, number in sorted(each.statuses.items()))
        yield row.format(
            each.name, each.strikes, each.late, each.compared, each.most, len(each.wrong), statuses
        )
    for each in counts:
        yield from (f"  {each.name}: {what}" for what in each.wrong)


def _await_workers(scan: Scan) -> None:
    """Wait until a scan has workers, which one that reads in its own process never has."""
    end = time.monotonic() + LONGEST_START
    while scan.is_running and time.monotonic() < end and not workers_of(scan.process.pid):
        time.sleep(_LOOK)


def _wait(scan: Scan, seconds: float) -> None:
    end = time.monotonic() + seconds
    while scan.is_running and time.monotonic() < end:
        time.sleep(_LOOK)


def _note(count: Count, what: list[str]) -> None:
    for each in what:
        count.wrong.append(each)
        _say(f"{count.name}: {each:.1500}")


def _say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", file=sys.stderr, flush=True)
