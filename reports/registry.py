"""The forms of report, one line each, imported when first needed."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath

from reports.base import Report
from scanner.errors import ReportError


@dataclass(frozen=True, slots=True)
class Form:
    """One form of report and where its class is."""

    name: str
    suffix: str
    module: str
    report: str


BUILTIN: tuple[Form, ...] = (
    Form("html", ".html", "reports.html", "HtmlReport"),
    Form("xlsx", ".xlsx", "reports.xlsx", "XlsxReport"),
    Form("sarif", ".sarif", "reports.sarif", "SarifReport"),
    Form("json", ".json", "reports.json", "JsonReport"),
    Form("csv", ".csv", "reports.csv", "CsvReport"),
    Form("svg", ".svg", "reports.svg", "SvgReport"),
    Form("jsonld", ".jsonld", "reports.dpv.graph", "JsonLdReport"),
)


def by_suffix(path: str | PurePath) -> Report:
    """Give the report that a file's name asks for.

    Raises:
        ReportError: no report has that suffix.
    """
    name = PurePath(path).name.lower()
    if name.endswith(".sarif.json"):
        return by_name("sarif")
    for form in BUILTIN:
        if name.endswith(form.suffix):
            return by_name(form.name)
    raise ReportError(
        f"no report is written to a file called '{PurePath(path).name}'",
        hint=f"end its name with one of {_listed(form.suffix for form in BUILTIN)}",
    )


def by_name(name: str) -> Report:
    """Give the report of a name.

    Raises:
        ReportError: there is none.
    """
    for form in BUILTIN:
        if form.name == name:
            report: Report = getattr(import_module(form.module), form.report)()
            return report
    raise ReportError(
        f"there is no report '{name}'",
        hint=f"there are {_listed(form.name for form in BUILTIN)}",
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
