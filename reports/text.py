"""Make hostile text harmless and visible: file names come from whoever wrote the file."""

import json
import re
import unicodedata
from collections.abc import Callable
from html import escape

FORMULA_STARTS = frozenset("=+-@\t\r＝＋－＠")  # noqa: RUF001 - spreadsheets read the wide forms too
WITHIN = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "
"""Between a place and the place inside it."""
DASH = "\N{EN DASH}"
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ESCAPED = frozenset({"Cc", "Cs", "Cn", "Co", "Zl", "Zp"})
_HIDDEN = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ue000-\uf8ff"
    "\ufdd0-\ufdef\ufffe\uffff]"
)
"""What JSON lets stand raw: the rest of what `visible` escapes, it escapes itself."""


def visible(text: str) -> str:
    r"""Write what cannot be seen or would move other text as an escape.

    >>> visible("cv\n\u202efdp.exe")
    'cv\\n\\u202efdp.exe'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        character.encode("unicode_escape").decode("ascii")
        if unicodedata.category(character) in _ESCAPED or character in _DIRECTION
        else character
        for character in text
    )


def json_text(
    value: object,
    *,
    indent: int | None = None,
    default: Callable[[object], str] | None = None,
    sort_keys: bool = False,
) -> str:
    r"""Write JSON for programs that a terminal may show too: the same values, nothing hidden raw.

    >>> json_text({"name": "c\u0085v\u202efdp", "kieli": "suomi, ä"})
    '{"name": "c\\u0085v\\u202efdp", "kieli": "suomi, ä"}'
    """
    text = json.dumps(
        value, indent=indent, ensure_ascii=False, default=default, sort_keys=sort_keys
    )
    return escaped(text)


def escaped(text: str) -> str:
    """Write what is hidden as JSON and YAML do between quotation marks."""
    return _HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def is_formula_like(text: str) -> bool:
    """Say whether a spreadsheet may take the text for a formula."""
    return text[:1] in FORMULA_STARTS and text != ""


def xml(text: str) -> str:
    """Escape text for an element or a quoted attribute."""
    return escape(visible(text), quote=True)


def wrap(text: str, width: float, lines: int) -> tuple[str, ...]:
    """Break text into at most so many lines of `width` ems, the last one cut with an ellipsis."""
    wrapped: list[str] = []
    line = ""
    for word in _pieces(visible(text), width):
        longer = f"{line}{word}"
        if ems(longer.rstrip()) <= width:
            line = longer
            continue
        wrapped.append(line.rstrip())
        line = word.lstrip()
    wrapped.append(line.rstrip())
    if len(wrapped) <= lines:
        return tuple(wrapped)
    last = wrapped[lines - 1]
    while last and ems(f"{last}…") > width:
        last = last[:-1]
    return (*wrapped[: lines - 1], f"{last.rstrip()}…")


def ems(text: str) -> float:
    """Estimate the width of a line in ems of a wide sans-serif; never below the real one by much.

    Renderers differ in fonts, so that the estimate must suffice for the widest common one.
    """
    return sum(_advance(character) for character in text)


def _advance(character: str) -> float:
    if character in " .,:;|!'ijl()[]ft-/":
        return 0.40
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1.35
    if character in "mwMW@%…—":
        return 1.0
    return 0.74 if character.isupper() else 0.62


def _pieces(text: str, width: float) -> list[str]:
    pieces: list[str] = []
    for word in text.split():
        piece = ""
        for character in word:
            if ems(piece + character) > width:
                pieces.append(piece)
                piece = ""
            piece += character
            if character in "-/_.@" and ems(piece) > width / 2:
                pieces.append(piece)
                piece = ""
        pieces.append(f"{piece} ")
    return pieces
