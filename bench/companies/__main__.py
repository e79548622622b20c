"""Measure companies with truth: `python -m bench.companies [NAME …] [--keep FOLDER] [--show N]`.

Each is written into an empty folder and scanned; `--show` lists copies of which something else is
said than is true, but not of a company that is held out, for which nothing may be tuned.
"""

import argparse
import tempfile
from collections import Counter
from pathlib import Path

from bench.companies.audit import measure
from bench.companies.companies import COMPANIES
from bench.companies.score import HEAD, Score, row


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(COMPANIES))
    parser.add_argument("--keep", type=Path, help="write the companies here, and leave them")
    parser.add_argument("--show", type=int, default=0, help="so many errors of each state")
    parser.add_argument("--given", action="store_true", help="show those with letters given")
    given = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory(prefix="companies-") as folder:
        for name in given.names or COMPANIES:
            company = COMPANIES[name]
            read = measure(company, (given.keep or Path(folder)) / name)
            copies = len(read.truth.copies)
            rows.append(row(company.title, copies, read.found, read.given, read.seconds))
            if given.show and not company.is_held_out:
                _show(read.given if given.given else read.found, given.show)
    print(HEAD, *rows, sep="\n")


def _show(found: Score, most: int) -> None:
    seen: Counter[str] = Counter()
    for wrong in found.wrong:
        kind = wrong.copy.state.name
        seen[kind] += 1
        if seen[kind] <= most:
            print(wrong)
    for title, places in (("missed", found.missed), ("invented", found.invented)):
        for place in places[:most]:
            print(f"notice {title}: {place}")


if __name__ == "__main__":
    main()
