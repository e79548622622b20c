"""The findings as one self-contained page: no network, no fonts, one script for the filter."""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import BinaryIO, ClassVar

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from reports.base import AuditResult
from reports.interruption import interruption
from reports.page import RuleGroup, page
from reports.svg import draw
from reports.text import visible
from reports.wording import wording
from ropa.model import Language
from rules.model import Severity

_FILES = ("findings.html.j2", "parts.html.j2", "findings.css", "findings.js")


class HtmlReport:
    """What an auditor reads in a browser or prints."""

    name: ClassVar[str] = "html"
    suffix: ClassVar[str] = ".html"

    def write(self, result: AuditResult, out: BinaryIO, language: Language) -> None:
        """Write the page."""
        sources = _templates()
        words = wording(language)
        values = page(result, words)
        chunks = (
            _environment()
            .get_template("findings.html.j2")
            .generate(
                w=words,
                interrupted=interruption(
                    result.run.started_at, result.run.finished_at, result.sources, words
                ),
                page=values,
                style=Markup(sources["findings.css"]),  # noqa: S704 - our own file
                script=Markup(sources["findings.js"]),  # noqa: S704 - our own file
                script_hash=_hash(sources["findings.js"]),
                picture=Markup(draw(result.graph, language)),  # noqa: S704 - escaped by `draw`
            )
        )
        out.writelines(chunk.encode() for chunk in chunks)


@cache
def _templates() -> dict[str, str]:
    folder = files("reports").joinpath("templates")
    return {name: folder.joinpath(name).read_text("utf-8") for name in _FILES}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=DictLoader(_templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_visible,
    )
    environment.filters["groupby_severity"] = _by_severity
    return environment


def _visible(value: object) -> object:
    """Let nothing on the page be hidden or move other text, whoever has written it."""
    return visible(value) if type(value) is str else value


def _by_severity(groups: Sequence[RuleGroup]) -> list[tuple[Severity, list[RuleGroup]]]:
    return [(key, list(same)) for key, same in groupby(groups, key=lambda group: group.severity)]


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
