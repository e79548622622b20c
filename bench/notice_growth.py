"""Measure how the time of reading hostile notices grows: `python -m bench.notice_growth [KIND…]`.

Processor time of reading, checking and drafting, in this process and without its limits. Twice the
text should take about twice the time; the last column says how many times as long it took.
"""

import argparse
import time
from datetime import date

from kartta.notices import register_of, subject_of
from ropa.notice.sections import notice_of
from tests.ropa.notice.hostile import KINDS

_KIB = 1024
_DAY = date(2026, 12, 1)


def seconds(text: str) -> float:
    """Give the processor time that a notice takes."""
    begin = time.process_time()
    notice = notice_of("notice.txt", text)
    subject_of(notice, _DAY)
    register_of(notice, _DAY)
    return time.process_time() - begin


def main() -> None:
    """Print a row for each kind."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("kinds", nargs="*", help="only these")
    parser.add_argument(
        "--sizes", default="8,16,32,64", help="kibibytes, each twice the one before"
    )
    given = parser.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    print(f"| kind | {' | '.join(f'{size} KiB' for size in sizes)} | last factor |")
    print(f"|---|{'---|' * (len(sizes) + 1)}")
    seconds("The first one pays for the word lists.")
    for kind in given.kinds or KINDS:
        taken = [seconds(KINDS[kind](size * _KIB)) for size in sizes]
        row = " | ".join(f"{each:.2f} s" for each in taken)
        print(f"| {kind} | {row} | {taken[-1] / taken[-2]:.1f} |", flush=True)


if __name__ == "__main__":
    main()
