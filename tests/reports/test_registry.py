"""One list of outputs: the commands say what it says, and packages add to it."""

import io
from importlib import import_module
from pathlib import Path

import click
import pytest

from kartta.cli.graph import graph
from kartta.cli.report import report as report_command
from kartta.cli.ropa import export
from reports.registry import BUILTIN, Takes, by_name, by_suffix, find, outputs
from scanner.errors import ConfigError, ReportError
from tests.reports.company import HeldAudit

MODULE = """
class Markdown:
    name = "markdown"
    suffix = ".md"
    def __init__(self):
        {made}
    def write(self, result, out, language):
        {written}
"""


def install(folder: Path, module: str, target: str = "added_report:Markdown") -> None:
    """Lay a package into a folder as pip would."""
    metadata = folder / "added_report-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: added-report\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(f"[kartta.reports]\nmarkdown = {target}\n")
    (folder / "added_report.py").write_text(module)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(__import__("sys").modules, "added_report", raising=False)
    return tmp_path


@pytest.mark.parametrize("output", BUILTIN, ids=lambda each: f"{each.takes}-{each.name}")
def test_every_output_is_where_the_registry_says(output: object) -> None:
    assert output in BUILTIN
    for each in BUILTIN:
        module, name = each.module.split(":")
        assert callable(getattr(import_module(module), name))
        assert each == find(f"x{each.suffix}", each.takes)


@pytest.mark.parametrize("takes", ["audit", "graph", "record"])
def test_an_unknown_suffix_lists_all_that_are_known(takes: Takes) -> None:
    with pytest.raises(ReportError, match=r"called 'x\.docx'") as caught:
        find("x.docx", takes)

    assert all(output.suffix in caught.value.hint for output in outputs(takes))


@pytest.mark.parametrize(
    ("command", "option", "takes"),
    [
        (report_command, "output", "audit"),
        (graph, "output", "graph"),
        (export, "format_", "record"),
    ],
)
def test_the_commands_offer_what_the_registry_has(
    command: click.Command, option: str, takes: Takes
) -> None:
    (found,) = (each for each in command.params if each.name == option)
    assert isinstance(found, click.Option)
    if isinstance(found.type, click.Choice):
        assert [output.name for output in outputs(takes)] == list(found.type.choices)
    else:
        assert all(output.suffix in (found.help or "") for output in outputs(takes))


def test_a_package_adds_a_report(folder: Path, result: HeldAudit) -> None:
    install(
        folder, MODULE.format(made="pass", written="out.write(b'# ' + result.run.version.encode())")
    )

    for found in (by_suffix("x.MD"), by_name("markdown")):
        out = io.BytesIO()
        found.write(result, out, "en")
        assert b"# 0.1.0" == out.getvalue()
    with pytest.raises(ReportError) as caught:
        by_suffix("x.docx")
    assert ".md" in caught.value.hint


def test_a_broken_report_names_its_package_and_not_what_it_read(
    folder: Path, result: HeldAudit
) -> None:
    install(folder, MODULE.format(made="pass", written="raise ValueError('a@b.example')"))

    with pytest.raises(
        ReportError, match=r"'markdown' of added-report 1\.0 broke.*ValueError"
    ) as caught:
        by_suffix("x.md").write(result, io.BytesIO(), "en")
    assert "a@b.example" not in str(caught.value) + caught.value.hint
    assert by_suffix("x.html").name == "html"


@pytest.mark.parametrize(
    ("module", "says"),
    [
        (MODULE.format(made="raise OSError('a@b.example')", written="pass"), "OSError"),
        ("class Markdown:\n    pass\n", "needs a name, a suffix"),
        ("import nowhere\n", "ModuleNotFoundError"),
    ],
)
def test_a_report_that_cannot_be_loaded_names_its_package(
    folder: Path, module: str, says: str
) -> None:
    install(folder, module)

    with pytest.raises(ConfigError, match=r"'markdown' of added-report 1\.0") as caught:
        by_suffix("x.md")
    assert says in str(caught.value)
    assert "a@b.example" not in str(caught.value)
    assert by_suffix("x.html").name == "html"
