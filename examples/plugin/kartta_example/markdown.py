"""A report: the violations as Markdown, for an issue tracker or a wiki."""

from collections.abc import Iterator
from typing import BinaryIO, ClassVar

from reports.base import AuditResult
from reports.wording import Wording, wording
from ropa.model import Language
from rules.model import Violation


class MarkdownReport:
    """One list item for each violation, the worst first."""

    name: ClassVar[str] = "markdown"
    suffix: ClassVar[str] = ".md"

    def write(self, result: AuditResult, out: BinaryIO, language: Language) -> None:
        """Write as UTF-8."""
        words = wording(language)
        out.write(f"# {_plain(result.register.controller.name)}\n\n".encode())
        for violation in result.violations:
            out.writelines(f"{line}\n".encode() for line in _item(violation, words))


def _item(violation: Violation, words: Wording) -> Iterator[str]:
    done = "x" if violation.waiver else " "
    yield f"- [{done}] **{violation.rule}** {_plain(words.text(violation.message))}"
    yield f"  {_plain(words.text(violation.remedy))} ({'; '.join(violation.references)})"


def _plain(text: str) -> str:
    """Keep a file's name from being read as Markdown."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|" else char for char in text)
