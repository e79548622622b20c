"""How addresses are written in Britain, Ireland and the United States."""

import re

_WORD = r"[A-Z][\w.'\u2019&-]*"
_TOWN_WORD = r"[A-Z][\w'\u2019-]*"
_JOINER = r"(?:upon|on|le|the|of|and|in|by|de|under|next)"
_UNIT = r"(?:Flat|Apartment|Apt\.?|Unit|Suite|Ste\.?|Room|Studio|Floor|No\.?)[ ]#?\w{1,5}|#\d{1,5}"
_HOUSE = r"\d{1,5}[A-Za-z]?(?:[-/]\d{1,4}[A-Za-z]?)?"
_GAP = r"(?:,?[ ]{1,2}|,?[ \t\r]{0,9}\n[ \t]{0,9}|[ ]?\|[ ]?)"
_TYPES = (
    "Street|Road|Avenue|Lane|Drive|Close|Court|Place|Square|Terrace|Crescent|Way|Gardens|Grove"
    "|Hill|Park|Row|Mews|Walk|Green|Boulevard|Circle|Highway|Parkway|Quay|Wharf|Rise|View|Parade"
    "|Vale|Broadway|Embankment|St\\.?|Rd\\.?|Ave\\.?|Blvd\\.?|Ln\\.?|Dr\\.?|Ct\\.?|Pl\\.?|Sq\\.?"
)
_BEFORE_POSTCODE = re.compile(
    rf"(?<![\w.,/-])(?:(?:{_UNIT}){_GAP})?"
    rf"(?P<house>(?:{_HOUSE}|{_UNIT}|P\.?O\.?[ ]Box[ ]\d{{1,5}}),?[ ]{{1,2}})"
    rf"(?:(?:{_WORD}|{_JOINER}|{_UNIT}){_GAP}){{1,12}}\Z"
)
_NAMED_HOUSE = re.compile(
    rf"(?:^|\n|[:|] ?)[ \t]*(?P<house>(?:{_WORD}[ ]){{1,3}}?"
    rf"(?:Cottage|House|Farm|Lodge|Hall|Barn|Manor|Villa|{_TYPES})"
    rf"{_GAP}(?:(?:{_WORD}|{_JOINER}){_GAP}){{1,10}})\Z"
)
_STREET = re.compile(
    rf"(?<![\w.,/-])(?:(?:{_UNIT}),?[ ])?{_HOUSE},?[ ](?:{_WORD}[ ]){{1,3}}"
    rf"(?:{_TYPES})(?![\w'\u2019-])(?:,[ ](?:{_UNIT}))?"
)
_TOWN = re.compile(
    rf"(?:,[ ]|,?[ \t\r]*\n)(?P<town>{_TOWN_WORD}(?:[ -](?:{_TOWN_WORD}|{_JOINER}(?=[ -][A-Z])))"
    r"{0,3})"
)
_NO_STREET = re.compile(
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|(?:year|month|hour|week|day)s?)\b",
    re.IGNORECASE,
)
"""After a number: a date or a duration."""
_LETTERS = re.compile(r"[A-Za-z]{2}")
_WINDOW = 130


def british_start(text: str, postcode: int) -> int | None:
    """Find where the address begins whose postcode, or state, is here.

    >>> text = "Write to Flat 2, 12 High Street, Leeds LS1 4AP."
    >>> text[british_start(text, text.index("LS1")):]
    'Flat 2, 12 High Street, Leeds LS1 4AP.'
    """
    window = text[max(0, postcode - _WINDOW) : postcode]
    offset = postcode - len(window)
    found = _BEFORE_POSTCODE.search(window)
    if found is not None and _NO_STREET.match(window, found.end("house")) is None:
        return offset + found.start()
    named = _NAMED_HOUSE.search(window)
    return None if named is None else offset + named.start("house")


def street_around(text: str, position: int) -> tuple[int, int, bool] | None:
    """Find the street whose type ("Street", "Road") is here, and whether a town follows."""
    begin = max(text.rfind("\n", 0, position) + 1, position - 60)
    for found in _STREET.finditer(text, begin, position + 40):
        if not found.start() <= position < found.end():
            continue
        name = _LETTERS.search(text, found.start())
        if name is not None and _NO_STREET.match(text, name.start()):
            return None
        town = _TOWN.match(text, found.end(), found.end() + 60)
        if town is not None and "\n" not in text[found.end() : town.start("town")]:
            return found.start(), town.end(), True
        return found.start(), found.end(), False
    return None
