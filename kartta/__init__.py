"""The composition root: what puts the parts together, and the command line.

In a wheel the other packages live under `_app`, out of other projects' way.
"""

import sys
from pathlib import Path

_APP = Path(__file__).parent / "_app"
if _APP.is_dir() and str(_APP) not in sys.path:
    sys.path.insert(0, str(_APP))


def main() -> None:
    """Run the command line; spawned workers find `_app` through the inherited `sys.path`."""
    from kartta import process  # noqa: PLC0415 - after the path is set

    process.prepare()
    from kartta.cli.main import cli  # noqa: PLC0415 - after the process is prepared

    with process.output_is_whole():
        cli(prog_name="kartta")
