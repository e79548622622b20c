"""All pages of the reference."""

from collections.abc import Iterator
from pathlib import Path

from detectors.base import DetectorSettings
from detectors.recognizers import recognizers
from detectors.taxonomy import taxonomy
from reports.wording import wording
from scanner.errors import AuditError
from scanner.model import SkipReason
from tools.reference import commands, settings
from tools.reference.markdown import GENERATED, code, table
from tools.reference.source import error_classes, field_docs, raised

FOLDER = Path("docs/reference")


def pages() -> dict[str, str]:
    """Make each page under its file name."""
    made = {
        "commands.md": commands.page(),
        "configuration.md": settings.configuration(),
        "entities.md": "\n".join(_entities()),
        "errors.md": "\n".join(_errors()),
        "register.md": settings.register(),
        "skip-reasons.md": "\n".join(_skip_reasons()),
    }
    return {name: f"{GENERATED}\n\n{text.rstrip()}\n" for name, text in made.items()}


def write(folder: Path = FOLDER) -> None:
    """Rewrite the pages, and remove those that are no longer made."""
    folder.mkdir(parents=True, exist_ok=True)
    current = pages()
    for old in folder.glob("*.md"):
        if old.name not in current:
            old.unlink()
    for name, text in current.items():
        (folder / name).write_text(text, encoding="utf-8")


def _skip_reasons() -> Iterator[str]:
    words, docs = wording("en"), field_docs(SkipReason)
    yield "# Why something was not examined\n"
    yield "`kartta coverage` and every report list what was not examined, with one of these reasons"
    yield "and a sentence on the case.\n"
    rows = [
        (code(reason.value), words(f"reason.{reason.value}"), docs[reason.name])
        for reason in SkipReason
    ]
    yield table(("reason", "in reports", "what it means, and what to do"), rows)


def _errors() -> Iterator[str]:
    yield "# Errors\n"
    yield "A failure says what failed, on what, and after `→` what to do. `…` stands for what is"
    yield "filled in. A command that cannot go on exits with 2 where its user can mend it (what is"
    yield "configured, declared, asked), else with 4.\n"
    for kind in error_classes():
        above = kind.__mro__[1].__name__
        yield f"## {kind.__name__}\n"
        yield f"{(kind.__doc__ or '').strip()}\n"
        if kind is not AuditError:
            yield f"A kind of [{above}](#{above.lower()}).\n"
        reason = vars(kind).get("reason")
        if reason is not None:
            yield f"In the ledger: [{code(reason)}](skip-reasons.md).\n"
        rows = [(each.message, each.hint) for each in raised() if each.error == kind.__name__]
        if rows:
            yield table(("message", "what to do"), rows) + "\n"


def _entities() -> Iterator[str]:
    known = taxonomy()
    seen: dict[str, list[str]] = {}
    patterns, readers = recognizers(DetectorSettings())
    for pattern in patterns:
        seen.setdefault(pattern.entity, []).append(pattern.name)
    for reader in readers:
        for entity in sorted(reader.entities):
            seen.setdefault(entity, []).append(reader.name)
    yield "# Entities and categories\n"
    yield "An entity is what a recognizer sees; its category is the key that register, notice and"
    yield "rules use. `detect.disable` takes the names of recognizers.\n"
    yield "## Entities\n"
    rows = [
        (
            code(entity.name),
            code(entity.category),
            {"strong": "surely", "weak": "perhaps", "no": ""}[entity.identifies],
            ", ".join(map(code, dict.fromkeys(seen.get(entity.name, ())))),
        )
        for entity in sorted(known.entities.values(), key=lambda each: each.name)
    ]
    headings = ("entity", "category", "the same value is the same person", "recognizers")
    yield table(headings, rows) + "\n"
    yield "## Categories\n"
    yield "A branch stands for all below it.\n"
    marks = [
        (
            code(each.key),
            each.en,
            each.fi,
            code(each.dpv) if each.dpv else "",
            ", ".join(
                mark
                for mark, is_so in (
                    ("Art. 9", each.special),
                    ("Art. 10", each.criminal),
                    ("not personal by itself", not each.personal),
                )
                if is_so
            ),
        )
        for each in known.categories.values()
    ]
    yield table(("category", "English", "Finnish", "DPV", ""), marks) + "\n"
    yield "## Types of documents\n"
    documents = [(code(name), code(category)) for name, category in known.documents.items()]
    yield table(("type", "category"), documents)
