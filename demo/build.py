"""Make the invented company of the demonstration: `python demo/build.py OUT_DIR`.

Everything is invented and the same at each run: no clock, no network, run-time libraries only.
"""

import argparse
import sys
from pathlib import Path


def main() -> None:
    """Build the company in a folder that is made or made anew."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("out", type=Path, help="folder to build in; emptied first if built before")
    out = parser.parse_args().out
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from demo.tahtivahti import build  # noqa: PLC0415 - after the path is set

    build(out)
    print(f"Tähtivahti Oy is in {out}: kartta scan -c {out / 'kartta.yaml'}", file=sys.stderr)


if __name__ == "__main__":
    main()
