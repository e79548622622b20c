"""Where a name that the model saw begins and ends, and what is no person: rules about neighbours.

Each is a thing that a model of single tokens gets wrong: titles and marks at the edges, two halves
of one name, the surname before the comma of a list, companies, streets and postcodes.
"""

import re
from collections.abc import Sequence

from detectors.names.features import word_of
from detectors.names.forms import look_up
from detectors.names.tokens import LINE, NONE, PARAGRAPH, SPACE, TAB, Token

_TITLES = frozenset(
    re.findall(
        r"\w+",
        "mr mrs ms miss dr prof professor sir madam dear herr fru frau hr rouva herra tohtori hyvä "
        "arvoisa hei hej hi hello moi kære kjære bästa terveisin terv mvh vh kh från fra frå to "
        "from cc bcc att attn re sv vs onnea takk tack kiitos thanks",
    )
)
COMPANY = frozenset(
    re.findall(
        r"\S+",
        "Oy OY Oyj Ky Tmi AB Ab HB AS ASA ANS ApS A/S I/S Ltd LTD LLP PLC plc Inc GmbH Sønner "
        "Söner Sons Daughters Pojat Kumpp Co kommun kommune Bygg Byg Elektro Haulage Transport "
        "Academy House Hospital University Universitet universitet Yliopisto yliopisto oppilaitos "
        "Screening",
    )
)
"""In their own capitals: `as` is a word, `AS` a company."""
_STREET = frozenset(
    re.findall(
        r"\w+",
        "lane street road avenue close walk drive gate gata gatan vei veien veg vegen väg vägen "
        "vej gade allé alle katu tie kuja polku plads plass torg",
    )
)
_POSTCODE = re.compile(r"\d{4,5}|\d{2}")
_SHORTEST_CAPITALS = 5
_AHEAD = 4
_WORDS = frozenset("CAl")
_CAPITALS = frozenset("CAI")


def trimmed(run: Sequence[Token], first: int, last: int) -> tuple[int, int] | None:
    """Cut titles, marks and other columns off a name; None if no more than initials is left."""
    while first <= last and (
        run[first].text.casefold().rstrip(".") in _TITLES or not run[first].text[0].isalnum()
    ):
        first += 1
    last = next((at - 1 for at in range(first + 1, last + 1) if _ends(run, first, at)), last)
    while first <= last and not run[last].text[0].isalnum():
        last -= 1
    if any(word_of(run[at].text).kind in _WORDS for at in range(first, last + 1)):
        return first, last
    return None


def _ends(run: Sequence[Token], first: int, at: int) -> bool:
    """Say whether a name ends before a token: a column, a complete line, a number, a sentence."""
    token = run[at]
    if token.gap == TAB or word_of(token.text).kind == "d":
        return True
    if token.gap == LINE:
        return sum(run[place].text[0].isalnum() for place in range(first, at)) > 1
    return token.text == "." and token.gap == NONE and at + 1 < len(run)


def with_surname(run: Sequence[Token], first: int, last: int) -> int:
    """Give where a name begins, its surname and comma before it in a field of its own."""
    before = first - 2
    if before < 0 or run[first - 1].text != "," or run[first - 1].gap != NONE:
        return first
    if word_of(run[before].text).kind not in _CAPITALS:
        return first
    starts = run[before].gap in {TAB, LINE, PARAGRAPH} or before == 0 or run[before - 1].text == '"'
    ends = last + 1 == len(run) or run[last + 1].gap in {TAB, LINE, PARAGRAPH}
    ends = ends or run[last + 1].text in {'"', ";", "<", "("}
    return before if starts and ends else first


def is_other(run: Sequence[Token], first: int, last: int) -> bool:
    """Say whether a supposed person is a company, a street, a town after its postcode or a code."""
    last_word = run[last].text
    after = _line_after(run, last)
    if last_word in COMPANY or (after and after[0] in COMPANY):
        return True
    if "&" in after[:1] or (first and run[first - 1].text == "&"):
        return any(word in COMPANY for word in after)
    if last_word.casefold() in _STREET:
        near = [run[first - 1].text] if first else []
        return any(word_of(word).kind == "d" for word in (*near, *after[:1]))
    if after and after[0] in _STREET:
        return len(after) > 1 and word_of(after[1]).kind == "d"
    return _is_town(run, first, last, after) or _is_label(run, first, last, after)


def _is_town(run: Sequence[Token], first: int, last: int, after: Sequence[str]) -> bool:
    """Say whether it stands after a postcode, or before a date on a line of its own."""
    if first and run[first].gap == SPACE and _POSTCODE.fullmatch(run[first - 1].text):
        return first == 1 or run[first - 1].gap != NONE
    return (
        first == last
        and run[first].gap in {LINE, PARAGRAPH}
        and after[:1] == [","]
        and len(after) > 1
        and word_of(after[1]).kind == "d"
    )


def _is_label(run: Sequence[Token], first: int, last: int, after: Sequence[str]) -> bool:
    """Say whether it is a word before a colon, or a short one in capitals, that no list knows."""
    only = run[first].text
    if first != last or look_up(only).personal:
        return False
    if after[:1] == [":"] and run[first].gap in {LINE, PARAGRAPH}:
        return True
    return word_of(only).kind == "A" and len(only) < _SHORTEST_CAPITALS


def _line_after(run: Sequence[Token], last: int) -> list[str]:
    """Give the next words of the same line; `A/S` is one."""
    words: list[str] = []
    for token in run[last + 1 : last + 1 + 2 * _AHEAD]:
        if token.gap in {LINE, PARAGRAPH, TAB} or len(words) > _AHEAD:
            break
        if token.gap == NONE and words and (words[-1].endswith("/") or token.text == "/"):
            words[-1] += token.text
        else:
            words.append(token.text)
    return words
