"""A small company whose own rule is broken by files with identity codes; runs of the command."""

import json
from contextlib import chdir
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from kartta.cli.main import cli

RULE = """\
id: OWN-01
title: Identity codes lie in a file
severity: {severity}
certainty: policy
references: [Policy 1]
applies_to: asset
require: {{field: national_ids, op: at_most, value: {most}}}
message: "{{name}} holds {{national_ids}} identity codes."
remedy: Remove them.
"""
TODAY = "2026-12-01"


def code(number: int) -> str:
    """Give an invented, valid Finnish identity code."""
    check = "0123456789ABCDEFHJKLMNPRSTUVWXY"[(131052 * 1000 + number) % 31]
    return f"131052-{number}{check}"


def letter(*numbers: int, above: int = 0) -> str:
    """Write a letter with identity codes, and lines above them."""
    lines = [*["Hyvää päivää."] * above, *(f"Henkilötunnus: {code(each)}" for each in numbers)]
    return "".join(f"{line}\n" for line in lines)


class Company:
    """One folder with an audit file, a rule and a share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.share = folder / "share"
        self.share.mkdir()
        self.rule()
        (folder / "kartta.yaml").write_text(
            "rules: [own]\nsources:\n  - {id: share, kind: folder, path: share}\n"
        )

    def rule(self, *, severity: str = "high", most: int = 0) -> None:
        """Write the company's rule."""
        pack = self.folder / "own"
        pack.mkdir(exist_ok=True)
        (pack / "pack.yaml").write_text("name: own\nversion: '2026.12'\ntitle: Own\n")
        (pack / "OWN-01.yaml").write_text(RULE.format(severity=severity, most=most))

    def write(self, name: str, text: str) -> None:
        """Put a file into the share."""
        (self.share / name).write_text(text, "utf-8")

    def command(self, *arguments: str) -> Result:
        """Run a command there."""
        with chdir(self.folder):
            return CliRunner().invoke(cli, list(arguments), env={"COLUMNS": "160"})

    def run(self, *arguments: str, today: str = TODAY) -> Result:
        """Run a command that judges, on a day."""
        return self.command(*arguments, "--today", today)

    def scan(self, *arguments: str, today: str = TODAY) -> Result:
        """Scan, in this process."""
        return self.run("scan", "--workers", "1", *arguments, today=today)

    def findings(self, *arguments: str, today: str = TODAY) -> dict[str, dict[str, Any]]:
        """Scan, and give what the company's rule says, by the asset that it says it of."""
        return self.reported(self.scan("--format", "json", *arguments, today=today).stdout)

    def reported(self, text: str) -> dict[str, dict[str, Any]]:
        """Give what a JSON report holds of the company's rule."""
        report = json.loads(text)
        return {
            each["subject_name"]: each for each in report["violations"] if each["rule"] == "OWN-01"
        }
