"""The formats, one line each. The bytes decide; the name decides where the bytes say nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from scanner import plugins
from scanner.extract.base import Extractor

GROUP = "kartta.formats"
"""Entry points through which other packages add formats: `name = package.module:FORMAT`."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format and where its extractor lives (`module:function`, imported when first needed)."""

    name: str
    target: str
    suffixes: tuple[str, ...]
    """Lower case, with the dot."""
    magic: tuple[bytes, ...] = ()
    """With which its bytes begin, where that is enough to know it."""

    def extractor(self) -> Extractor:
        """Import the extractor."""
        module, function = self.target.split(":")
        loaded: Extractor = getattr(import_module(module), function)
        return loaded


BUILTIN: tuple[Format, ...] = (
    Format("text", "scanner.extract.plain:extract", (".txt", ".text", ".log", ".md", ".rst")),
    Format("html", "scanner.extract.html:extract", (".html", ".htm", ".xhtml")),
    Format("eml", "scanner.extract.eml:extract", (".eml", ".mht", ".mhtml")),
    Format("mbox", "scanner.extract.mbox:extract", (".mbox",)),
    Format("pdf", "scanner.extract.pdf:extract", (".pdf",), (b"%PDF-",)),
    Format("docx", "scanner.extract.docx:extract", (".docx", ".docm", ".dotx")),
    Format("xlsx", "scanner.extract.xlsx:extract", (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")),
    Format("pptx", "scanner.extract.pptx:extract", (".pptx", ".pptm", ".ppsx")),
    Format("odf", "scanner.extract.odf:extract", (".odt", ".odp", ".odg")),
    Format("csv", "scanner.extract.csv:extract", (".csv", ".tsv", ".tab")),
    Format("json", "scanner.extract.json:extract", (".json", ".jsonl", ".ndjson", ".geojson")),
    Format("xml", "scanner.extract.xml:extract", (".xml", ".rss", ".xsl", ".svg", ".kml")),
    Format(
        "sqlite",
        "scanner.extract.sqlite:extract",
        (".sqlite", ".sqlite3", ".db"),
        (b"SQLite format 3\0",),
    ),
    Format("zip", "scanner.extract.archive:unzip", (".zip", ".jar")),
    Format("tar", "scanner.extract.archive:untar", (".tar", ".tgz", ".tbz2", ".txz")),
    Format(
        "gzip",
        "scanner.extract.archive:gunzip",
        (".gz", ".bz2", ".xz"),
        (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0"),
    ),
)

BY_NAME: Mapping[str, Format] = {entry.name: entry for entry in BUILTIN}
BY_SUFFIX: Mapping[str, Format] = {suffix: entry for entry in BUILTIN for suffix in entry.suffixes}


def added() -> tuple[Format, ...]:
    """Give the formats of installed packages.

    Raises:
        ConfigError: one of them cannot be loaded.
    """
    return _loaded(tuple(plugins.added(GROUP, BY_NAME).values()))


@lru_cache(maxsize=4)
def _loaded(found: tuple[plugins.Plugin, ...]) -> tuple[Format, ...]:
    return tuple(plugins.load(plugin, Format) for plugin in found)
