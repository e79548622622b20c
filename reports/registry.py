"""Everything that is written to a file, one line each, imported when first needed.

Whatever the commands say of their outputs (help, choices, errors) comes from here. Packages add
reports by the entry points `kartta.reports`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from scanner.errors import AuditError, ConfigError, ReportError

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.base import AuditResult, Report
    from ropa.graph import Graph
    from ropa.model import Language
    from scanner.plugins import Plugin

GROUP = "kartta.reports"
Takes = Literal["audit", "graph", "record"]


@dataclass(frozen=True, slots=True)
class Output:
    """One form of file, of what, and who writes it."""

    name: str
    suffix: str
    takes: Takes
    """`audit`: what `kartta report` writes; `graph`: the processing graph; `record`: the Art. 30
    record, which `kartta ropa export` writes."""
    module: str
    """`module:attribute` of the report's class, or of the function that gives the file."""


BUILTIN: tuple[Output, ...] = (
    Output("html", ".html", "audit", "reports.html:HtmlReport"),
    Output("xlsx", ".xlsx", "audit", "reports.xlsx:XlsxReport"),
    Output("sarif", ".sarif", "audit", "reports.sarif:SarifReport"),
    Output("json", ".json", "audit", "reports.json:JsonReport"),
    Output("csv", ".csv", "audit", "reports.csv:CsvReport"),
    Output("svg", ".svg", "audit", "reports.svg:SvgReport"),
    Output("jsonld", ".jsonld", "audit", "reports.dpv.graph:JsonLdReport"),
    Output("svg", ".svg", "graph", "reports.drawing:svg"),
    Output("graphml", ".graphml", "graph", "reports.drawing:graphml"),
    Output("json", ".json", "graph", "reports.drawing:json"),
    Output("mermaid", ".mmd", "graph", "reports.drawing:mermaid"),
    Output("dot", ".dot", "graph", "reports.drawing:dot"),
    Output("xlsx", ".xlsx", "record", "reports.profiles.write:write_xlsx"),
    Output("csv", ".csv", "record", "reports.profiles.write:csv_tables"),
    Output("jsonld", ".jsonld", "record", "reports.dpv.graph:write"),
)


def outputs(takes: Takes) -> tuple[Output, ...]:
    """Give what is written of an audit, a graph or the record."""
    return tuple(output for output in BUILTIN if output.takes == takes)


def suffixes(takes: Takes) -> str:
    """List the suffixes for people, without those of packages."""
    return _listed(output.suffix for output in outputs(takes))


def find(path: str | PurePath, takes: Takes) -> Output:
    """Give the output that a file's name asks for.

    Raises:
        ReportError: nothing has that suffix.
    """
    found = _find(path, outputs(takes))
    if found is None:
        raise _unknown(path, takes, suffixes(takes))
    return found


def drawing(output: Output) -> "Callable[[Graph, Language], bytes]":
    """Give the function that turns a graph into a file."""
    draw: Callable[[Graph, Language], bytes] = _imported(output)
    return draw


def by_suffix(path: str | PurePath) -> "Report":
    """Give the report that a file's name asks for; a package's only where none is ours.

    Raises:
        ReportError: no report has that suffix.
        ConfigError: a package's report cannot be loaded.
    """
    if found := _find(path, outputs("audit")):
        return by_name(found.name)
    added = [_load(plugin) for plugin in _added()]
    for report in added:
        if PurePath(path).name.lower().endswith(report.suffix.lower()):
            return report
    raise _unknown(path, "audit", _listed([suffixes("audit"), *(each.suffix for each in added)]))


def by_name(name: str) -> "Report":
    """Give the report of a name.

    Raises:
        ReportError: there is none.
        ConfigError: it is a package's, and cannot be loaded.
    """
    for output in outputs("audit"):
        if output.name == name:
            report: Report = _imported(output)()
            return report
    for plugin in _added():
        if plugin.name == name:
            return _load(plugin)
    names = [output.name for output in outputs("audit")] + [plugin.name for plugin in _added()]
    raise ReportError(f"there is no report '{name}'", hint=f"there are {_listed(names)}")


@dataclass(frozen=True, slots=True)
class _Added:
    """A package's report; what breaks in it is said to be its own."""

    name: str
    suffix: str
    plugin: "Plugin"
    report: "Report"

    def write(self, result: "AuditResult", out: BinaryIO, language: "Language") -> None:
        """Write the whole report.

        Raises:
            ReportError: it broke.
        """
        try:
            self.report.write(result, out, language)
        except (AuditError, OSError):
            raise
        except Exception as error:
            # Another's code may break in any way, and its words may hold what was scanned.
            raise ReportError(
                f"{self.plugin} broke while it wrote ({type(error).__name__})",
                hint="tell its author, or choose another report",
            ) from error


def _load(plugin: "Plugin") -> "Report":
    from reports.base import Report  # noqa: PLC0415 - the table alone is quick to import
    from scanner import plugins  # noqa: PLC0415

    made = plugins.load(plugin, type)
    try:
        report = made()
    except Exception as error:
        # As for its import: another's code may break in any way.
        raise ConfigError(
            f"{plugin} cannot be made ({type(error).__name__})", hint="uninstall the package"
        ) from error
    if not isinstance(report, Report):
        raise ConfigError(
            f"{plugin} is not usable: it needs a name, a suffix and write()",
            hint="see docs/how-to/report.md, or uninstall the package",
        )
    return _Added(plugin.name, report.suffix, plugin, report)


def _added() -> "Iterable[Plugin]":
    from scanner import plugins  # noqa: PLC0415 - the table alone is quick to import

    return plugins.added(GROUP, [output.name for output in outputs("audit")]).values()


def _imported(output: Output) -> Any:  # noqa: ANN401 - what it is, follows from `takes`
    module, name = output.module.split(":")
    return getattr(import_module(module), name)


def _find(path: str | PurePath, among: Sequence[Output]) -> Output | None:
    name = PurePath(path).name.lower()
    by_names = {output.name: output for output in among}
    if name.endswith(".sarif.json") and "sarif" in by_names:
        return by_names["sarif"]
    return next((output for output in among if name.endswith(output.suffix)), None)


def _unknown(path: str | PurePath, takes: Takes, known: str) -> ReportError:
    what = {"audit": "report", "graph": "form of the graph", "record": "form of the record"}[takes]
    return ReportError(
        f"no {what} is written to a file called '{PurePath(path).name}'",
        hint=f"end its name with one of {known}",
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
