"""Commands in a container of Debian's bubblewrap, and as a user who owns nothing."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT
from tests.servers import require

NOBODY = 65_534
TEMPORARY = "/tmp"  # noqa: S108 - the container's own


def container(*options: str) -> list[str]:
    """Give what a command begins with to run where nothing but /tmp can be written.

    It has no network, no capabilities and none of this machine's processes. `options` are
    bubblewrap's own, and name what else is shown.
    """
    if shutil.which("bwrap") is None:
        require("bubblewrap is not installed")
    if subprocess.run(
        ["bwrap", "--ro-bind", "/", "/", "--unshare-net", "true"], check=False
    ).returncode:
        require("this system permits no containers")
    return [
        "bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc",
        "--perms", "1777", "--tmpfs", TEMPORARY, *_shown(), *options,
        "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts",
        "--new-session", "--die-with-parent", "--setenv", "PYTHONPATH", str(ROOT),
        "--setenv", "HOME", TEMPORARY,
    ]  # fmt: skip


def nobody(*options: str) -> list[str]:
    """Give the same for a user without rights; for who runs the tests, unless that is root."""
    if os.geteuid() != 0:
        return container(*options)
    return [
        *container(*options, "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID",
                   "--cap-add", "CAP_SETPCAP"),
        "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
        "--inh-caps=-all", "--bounding-set=-all",
    ]  # fmt: skip


def _shown() -> Iterator[str]:
    """Show Python, its packages and the product also where they lie in somebody's closed home."""
    needed = {Path(sys.base_prefix), Path(sys.prefix), ROOT}
    closed = {
        parent
        for path in needed
        for parent in path.parents
        if not parent.stat().st_mode & stat.S_IXOTH and parent != Path("/")
    }
    for folder in sorted(closed):
        yield from ("--tmpfs", str(folder))
    for path in sorted(needed):
        for parent in reversed(path.parents):
            if {Path(TEMPORARY), *closed} & set(parent.parents):
                yield from ("--dir", str(parent))  # by itself it would be closed again
        yield from ("--ro-bind", str(path), str(path))
