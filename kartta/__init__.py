"""Launch Kartta: in a wheel the five packages live under `_app`, out of other projects' way."""

import sys
from pathlib import Path

__version__ = "0.1.0"

_APP = Path(__file__).parent / "_app"
if _APP.is_dir() and str(_APP) not in sys.path:
    sys.path.insert(0, str(_APP))


def main() -> None:
    """Run the command line; spawned workers find `_app` through the inherited `sys.path`."""
    from scanner.cli.main import cli  # noqa: PLC0415 - after the path is set

    cli(prog_name="kartta")
