"""Web pages and HTML mail: text as a reader sees it, and where its links lead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from scanner.extract import plain
from scanner.extract.base import Budget, Part, segments
from scanner.locator import ATTRIBUTES, LINKS, Locator
from scanner.model import Content

META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w:.-]{2,40})""", re.IGNORECASE)
BLOCK = re.compile(
    r"(?=</?(?:p|div|br|tr|li|ul|ol|dl|dt|dd|h[1-6]|table|title|body|head|section|article|header|"
    r"footer|blockquote|pre|hr|option|textarea|address|fieldset|legend|caption|form)\b)",
    re.IGNORECASE,
)
CELL = re.compile(r"(?=<t[dh]\b)", re.IGNORECASE)
KEPT_LINES = re.compile(r"<(?:pre|textarea|plaintext|xmp)\b", re.IGNORECASE)
SPACE = re.compile(r"[ \t\r\n\f]+")
RUNS = ((re.compile(r"[ ]{2,}"), " "), (re.compile(r"(?<![ \t])[ \t]*+\n\s*+"), "\n"))
MAX_DEPTH = 5_000
"""Elements in each other; the parser's time grows with the square, so deeper pages lose tags."""
TAG = re.compile(
    r"<(/?)(?!(?:p|li|td|th|tr|dt|dd|br|img|hr|input|meta|link|option|col)\b)[a-z]", re.IGNORECASE
)
ANY_TAG = re.compile(r"<[/!a-zA-Z][^>]*>?")
SILENT = ["script", "style", "template", "noembed"]
SHOWN = ("alt", "title", "placeholder", "value", "content", "aria-label")
DESCRIBED = frozenset({"author", "description", "keywords", "creator", "dc.creator", "owner"})
SCHEMES = ("mailto:", "tel:", "sms:", "http:", "https:", "//")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says."""

    text: str
    attributes: str
    """Alternative texts, hints and filled-in values, a line each."""
    links: str
    """A line each, mail addresses and numbers unquoted."""


def extract(part: Part, budget: Budget) -> Iterator[Content]:
    """Yield a page's text, then its attributes and its links."""
    content = part.read(budget)
    yield from contents(page_of(decode(content, part.charset)), part.locator)


def contents(page: Page, locator: Locator) -> Iterator[Content]:
    """Turn a page into segments."""
    yield from segments(page.text, locator)
    yield from segments(page.attributes, locator.called(ATTRIBUTES))
    yield from segments(page.links, locator.called(LINKS), "link")


def decode(content: bytes, charset: str = "") -> str:
    """Decode a page, which may tell its charset itself."""
    found = META.search(content[:8192])
    return plain.decode(content, found[1].decode("ascii") if found else charset)


def page_of(source: str) -> Page:
    """Parse a page, however broken."""
    if not KEPT_LINES.search(source):
        source = SPACE.sub(" ", source)
    if source.count("<") > MAX_DEPTH and _depth(source) > MAX_DEPTH:
        return Page(unescape(ANY_TAG.sub(" ", source)), "", "")
    parser = LexborHTMLParser(CELL.sub("\t", BLOCK.sub("\n", source)))
    root = parser.root
    if root is None:
        return Page(source, "", "")
    shown: dict[str, None] = {}
    links: dict[str, None] = {}
    for node in parser.css("[alt],[title],[placeholder],[value],[aria-label],[content],[href]"):
        attributes = node.attributes
        for name in SHOWN:
            value = attributes.get(name)
            if value and (name != "content" or _is_described(attributes)):
                shown[value] = None
        target = (attributes.get("href") or "").strip()
        if target.lower().startswith(SCHEMES):
            links[unquote(target)] = None
    parser.strip_tags(SILENT)
    text = root.text(deep=True, separator="")
    for pattern, replacement in RUNS:
        text = pattern.sub(replacement, text)
    return Page(text.strip(), "\n".join(shown), "\n".join(links))


def _depth(source: str) -> int:
    """Estimate how deep elements are nested."""
    depth = deepest = 0
    for tag in TAG.finditer(source):
        depth += 1 if not tag[1] else -1 if depth else 0
        deepest = max(deepest, depth)
    return deepest


def _is_described(attributes: dict[str, str | None]) -> bool:
    return (attributes.get("name") or "").lower() in DESCRIBED
