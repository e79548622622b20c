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
_COMPANY = frozenset(
    re.findall(
        r"\S+",
        "oy oyj ky tmi ab hb as asa ans aps a/s i/s ltd llp plc inc gmbh sønner söner sons "
        "daughters pojat kumpp co kommun kommune bygg byg elektro haulage transport "
        "academy house hospital university universitet yliopisto oppilaitos analyse screening",
    )
)
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
    words = [run[at].text.casefold() for at in range(first, last + 1)]
    after = _line_after(run, last)
    if words[-1] in _COMPANY or (after and after[0] in _COMPANY):
        return True
    if "&" in after[:1] or (first and run[first - 1].text == "&"):
        return any(word in _COMPANY for word in after)
    if words[-1] in _STREET or (after and after[0] in _STREET):
        return True
    if first and run[first].gap == SPACE and _POSTCODE.fullmatch(run[first - 1].text):
        return first < 2 or run[first - 1].gap != NONE  # noqa: PLR2004 - the postcode's own gap
    if first == last and run[first].gap in {LINE, PARAGRAPH} and after[:1] == [","]:
        return word_of(after[1]).kind == "d" if len(after) > 1 else False
    only = run[first].text
    return (
        first == last
        and word_of(only).kind == "A"
        and len(only) < _SHORTEST_CAPITALS
        and not look_up(only).personal
    )


def _line_after(run: Sequence[Token], last: int) -> list[str]:
    """Give the next words of the same line; `A/S` is one."""
    words: list[str] = []
    for token in run[last + 1 : last + 1 + 2 * _AHEAD]:
        if token.gap in {LINE, PARAGRAPH, TAB} or len(words) > _AHEAD:
            break
        if token.gap == NONE and words and (words[-1].endswith("/") or token.text == "/"):
            words[-1] += token.text.casefold()
        else:
            words.append(token.text.casefold())
    return words
