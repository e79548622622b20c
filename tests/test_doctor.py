"""`kartta doctor` says of each source what is wrong with it, whatever that is."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PLUGINS = ROOT / "tests" / "plugins"


def test_every_source_is_checked_whatever_the_others_do(tmp_path: Path) -> None:
    """A `TypeError` of one driver ended the command before the other sources were looked at."""
    (tmp_path / "a.txt").write_text("onni.lahti@posti.example")
    (tmp_path / "kartta.yaml").write_text(
        """\
sources:
  - {id: shut, kind: hostile, assets: [ok], fails: [opening]}
  - {id: torn, kind: hostile, assets: [torn]}
  - {id: nowhere, kind: hostile, assets: [ok], fails: [location]}
  - {id: missing, kind: folder, path: missing}
  - {id: files, kind: folder, path: .}
"""
    )

    done = subprocess.run(
        [sys.executable, "-m", "kartta", "doctor"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(PLUGINS)))},
        capture_output=True,
        text=True,
        check=False,
    )

    said = {
        line[6:].partition(":")[0]: (line[:4].strip(), line.partition(": ")[2])
        for line in done.stdout.splitlines()
        if " source " in line
    }
    assert 2 == done.returncode, done.stderr
    assert {"shut", "torn", "nowhere", "missing", "files"} == {name.split()[1] for name in said}
    assert "opening broke off unexpectedly (TypeError)" in said["source shut"][1]
    assert "listing broke off unexpectedly (TypeError)" in said["source torn"][1]
    assert "FAIL" == said["source missing"][0]
    assert "ok" == said["source nowhere"][0] == said["source files"][0]
    assert "planted-marker" not in done.stdout + done.stderr
