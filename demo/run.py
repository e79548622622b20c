"""Make the invented company, scan it, and leave the reports in `demo/out`.

    python demo/run.py

Every command that it runs is printed, so that it can be run again by hand.
"""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPANY = ROOT / "demo" / "company"
OUT = ROOT / "demo" / "out"
TODAY = "2026-11-22"
"""The day on which the demo is judged, so that it always says the same."""

REPORTS = (
    "report -o findings.html",
    "report -o havainnot.html --lang fi",
    "report -o kartta.sarif",
    "report -o findings.json",
    "ropa export register.xlsx",
    "ropa export seloste.xlsx --lang fi",
    "graph -o graph.svg",
)


def main() -> None:
    """Build, scan, report."""
    for folder in (COMPANY, OUT):
        shutil.rmtree(folder, ignore_errors=True)
    OUT.mkdir(parents=True)
    subprocess.run([sys.executable, ROOT / "demo" / "build.py", COMPANY], check=True)
    audit = "../company/kartta.yaml"
    kartta("scan", "-c", audit, "--today", TODAY)
    for report in REPORTS:
        kartta(*report.split(), "-c", audit, "--today", TODAY)
    print(f"\nThe reports are in {OUT.relative_to(ROOT)}:")
    for path in sorted(OUT.iterdir()):
        print(f"  {path.relative_to(ROOT)}")
    print(f"The command is {Path(sys.executable).parent / 'kartta'}.")
    print("Open findings.html in a browser and register.xlsx in a spreadsheet.")


def kartta(*arguments: str) -> None:
    """Run one command of the product in the folder of the reports."""
    print(f"\n$ kartta {shlex.join(arguments)}", flush=True)
    subprocess.run(
        [sys.executable, "-m", "kartta", *arguments],
        cwd=OUT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "120"},
        check=True,
    )


if __name__ == "__main__":
    main()
