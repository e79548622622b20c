"""Attack scans, and see that in the end their results are those of undisturbed ones.

Exit status 0 if every result was the same, else 1.
"""

import argparse
import random
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from soak import documents
from soak.attacks import Attack, CrashCatalog, CrashSource, KillMain, KillWorker
from soak.campaign import strike, table, undisturbed
from soak.faults import FEW_FILES, LITTLE_MEMORY, FailingDisk, FullDisk
from soak.scans import Site
from soak.store import build
from tests.servers import PostgreSQL, postgresql


def main() -> None:
    """Run what was asked for."""
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))  # servers are stopped
    asked = _arguments()
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(10**9)
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="kartta-soak-"))
    folder.mkdir(parents=True, exist_ok=True)
    print(f"seed {seed}, in {folder}", file=sys.stderr)
    parts: dict[str, Callable[[], bool]] = {
        "kills": lambda: _strikes(asked, seed, folder.resolve(), _kills),
        "faults": lambda: _strikes(asked, seed, folder.resolve(), _faults),
        "documents": lambda: documents.run(
            seed, 60 * asked.minutes, folder.resolve() / "documents", asked.workers
        ),
    }
    chosen = tuple(parts) if asked.part == "all" else (asked.part,)
    failed = [name for name in chosen if not parts[name]()]  # one that fails stops no other
    if failed:
        sys.exit(1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    parser.add_argument(
        "part", choices=("all", "kills", "faults", "documents"),
        help="kills: of the scan, its workers, its database, its catalog's server; "
        "faults: EIO, ENOSPC, EMFILE, OOM; documents: mutated ones of every format",
    )  # fmt: skip
    parser.add_argument("--seed", type=int, help="of an earlier run, to do the same again")
    parser.add_argument("--folder", type=Path, help="to work in, and kept; default: a new one")
    parser.add_argument("--workers", type=int, default=2, help="of each scan; default: 2")
    parser.add_argument("--assets", type=int, default=3000, help="in the store; default: 3000")
    parser.add_argument("--strikes", type=int, default=20, help="of each attack; default: 20")
    parser.add_argument(
        "--each", type=int, default=1, help="strikes of one scan before the result is compared"
    )
    parser.add_argument("--minutes", type=float, default=60, help="for documents; default: 60")
    parser.add_argument("--only", default="", help="only attacks whose name holds this")
    return parser.parse_args()


def _kills(folder: Path, source: PostgreSQL, stack: ExitStack) -> Iterator[Attack]:
    del folder
    yield KillMain()
    yield KillWorker()
    yield CrashSource(source)
    yield CrashCatalog(stack.enter_context(postgresql()))


def _faults(folder: Path, source: PostgreSQL, stack: ExitStack) -> Iterator[Attack]:
    del source, stack
    yield FailingDisk(folder)
    yield FullDisk(folder)
    yield FEW_FILES
    yield LITTLE_MEMORY


@contextmanager
def _site(folder: Path, assets: int) -> Iterator[tuple[Site, PostgreSQL]]:
    """Make the store and a server with a part of it."""
    folder.mkdir(parents=True)
    with postgresql() as server, server.database() as database:
        build(folder, assets, server, database)
        yield Site(folder, server.password), server
    shutil.rmtree(folder)


def _strikes(
    asked: argparse.Namespace,
    seed: int,
    folder: Path,
    attacks: Callable[[Path, PostgreSQL, ExitStack], Iterator[Attack]],
) -> bool:
    """Make each attack, show the table, and say whether nothing was wrong."""
    counts = []
    with _site(folder / "store", asked.assets) as (site, server), ExitStack() as stack:
        reference = undisturbed(site, asked.workers)
        print(f"an undisturbed scan takes {reference.seconds:.0f} s", file=sys.stderr, flush=True)
        for attack in attacks(folder, server, stack):
            if asked.only in attack.name:
                chance = random.Random(f"{seed}/{attack.name}")  # noqa: S311 - to be repeated
                counts.append(
                    strike(
                        attack, site, reference, chance, asked.workers, asked.strikes, asked.each
                    )
                )
    print("\n".join(table(counts)))
    return not any(count.wrong for count in counts)


if __name__ == "__main__":
    main()
