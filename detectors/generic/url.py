"""Web addresses, and among them the profiles of people.

Authority: IETF, RFC 3986 (2005), as addresses are written in running text: with `http(s)://`,
`ftp://` or `www.`, ending before punctuation. A profile address names its person, with or without
scheme.

Invented examples: https://example.org/avoin-tyopaikka, linkedin.com/in/maija-keksitty.
"""

import re
from urllib.parse import unquote

from detectors.base import Evidence, PatternRecognizer
from detectors.bullets import HIDDEN, ending
from detectors.card import Card

_URL = re.compile(r"(?:https?://|s?ftp://|www\.)[^\s<>\"'`{}|\\^»”\u2019]{2,2000}", re.IGNORECASE)
_HOST = re.compile(
    r"(?:https?://|s?ftp://)?(?:[^\s/@]*@)?(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)*[^\W_][\w-]{0,62}"
    r"(?::\d+)?(?:[/?#]|$)",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?*_~"
_BRACKETS = {")": "(", "]": "["}

_SITES = (
    r"(?:[a-z]{2,3}\.)?linkedin\.com/(?:in|pub)/",
    r"github\.com/",
    r"gitlab\.com/",
    r"xing\.com/profile/",
    r"(?:[a-z-]{1,5}\.)?facebook\.com/",
    r"instagram\.com/",
    r"twitter\.com/",
    r"x\.com/",
    r"tiktok\.com/@",
    r"orcid\.org/",
    r"researchgate\.net/profile/",
    r"stackoverflow\.com/users/",
    r"t\.me/",
    r"youtube\.com/@",
    r"medium\.com/@",
    r"behance\.net/",
)
_PROFILE = re.compile(
    rf"(?:https?://)?(?:www\.)?(?P<site>{'|'.join(_SITES)})(?P<name>[\w.%-]{{2,100}})(?P<rest>(?:[/?#][^\s<>\"']*)?)",
    re.IGNORECASE,
)
_NOT_PEOPLE = frozenset(
    [
        "about",
        "events",
        "groups",
        "pages",
        "sharer",
        "sharer.php",
        "share",
        "explore",
        "features",
        "login",
        "help",
        "hashtag",
        "marketplace",
        "company",
        "jobs",
        "orgs",
        "topics",
        "pricing",
        "search",
        "intent",
        "home",
        "privacy",
        "terms",
        "settings",
        "policies",
        "p",
        "reel",
        "stories",
        "watch",
    ]
)
_BARE_HOST = re.compile(
    r"(?<![\w-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,5}[a-z]{2,7}/\w\Z", re.IGNORECASE
)
_URL_REST = re.compile(r"[^\s<>\"'`{}|\\^»”\u2019]{0,500}")
_BARE = r"\.(?:fi|se|no|dk|com|org|net|eu|io|uk|example|test)/\w"
_CONFIDENCE_URL = 0.95
_CONFIDENCE_BARE = 0.7
_CONFIDENCE_PROFILE = 0.97


def is_valid(text: str) -> bool:
    """Check the form of a web address.

    >>> is_valid("https://example.org/a"), is_valid("www.example.org"), is_valid("http://")
    (True, True, False)
    """
    return _URL.fullmatch(text) is not None and _HOST.match(text) is not None


def _confirm_any(match: re.Match[str]) -> Evidence | None:
    return _confirm_bare(match) if match.group()[0] == "." else _confirm_url(match)


def _confirm_url(match: re.Match[str]) -> Evidence | None:
    text, start = match.string, match.start()
    found = _URL.match(text, start)
    if found is None or text[start - 1 : start].isalnum() or text[start - 1 : start] in {"@", "."}:
        return None
    if match.group()[0] in "wW" and text[start - 1 : start] in {"/", "-", "_"}:
        return None  # the rest of an address that begins earlier
    url = _without_punctuation(found.group())
    if not is_valid(url):
        return None
    return Evidence(_CONFIDENCE_URL, ("pattern",), url, start, start + len(url))


def _confirm_profile(match: re.Match[str]) -> Evidence | None:
    text = match.string
    start = max(
        text.rfind(separator, max(0, match.start() - 30), match.start()) + 1
        for separator in " \n\t\r<>\"'(;,|[=@"
    )
    found = _PROFILE.search(text, max(start, match.start() - 30))
    if found is None or found.start() > match.start():
        return None
    if text[found.start() - 1 : found.start()].isalnum() or text[
        found.start() - 1 : found.start()
    ] in {".", "-", "@"}:
        return None
    name = found["name"].rstrip(".")
    if name.casefold() in _NOT_PEOPLE or (found["rest"] and _is_deeper(found)):
        return None
    end = found.start() + len(_without_punctuation(found.group()))
    value = f"{found['site']}{unquote(name)}".casefold().removeprefix("www.")
    return Evidence(_CONFIDENCE_PROFILE, ("pattern",), value, found.start(), end)


def _is_deeper(found: re.Match[str]) -> bool:
    """Say whether the address goes on below the profile: `github.com/owner/project`."""
    at_top = "/" not in found["site"].rstrip("/@")
    return at_top and re.match(r"/[^/?#\s]", found["rest"]) is not None


def _without_punctuation(url: str) -> str:
    """Leave out the sentence's punctuation at the end, and a bracket opened before the address."""
    while url:
        last = url[-1]
        opening = _BRACKETS.get(last, "")
        if last in _TRAILING or (opening and url.count(last) > url.count(opening)):
            url = url[:-1]
        else:
            break
    return url


def _confirm_bare(match: re.Match[str]) -> Evidence | None:
    """Take an address without scheme if it has a path."""
    text = match.string
    host = _BARE_HOST.search(text, max(0, match.start() - 80), match.end())
    if host is None:
        return None
    start = host.start()
    rest = _URL_REST.match(text, match.end())
    url = _without_punctuation(text[start : rest.end() if rest else match.end()])
    if text[start - 1 : start] in {"@", "/", ".", "-", ":", "\\", "_", "="} or "@" in url:
        return None
    return Evidence(_CONFIDENCE_BARE, ("pattern",), url, start, start + len(url))


def _mask(address: str) -> str:
    host = re.split(r"[/?#:]", address.rsplit("://", maxsplit=1)[-1], maxsplit=1)[0]
    return f"{HIDDEN}{ending(host)}/{HIDDEN}"


_URL_RECOGNIZER = PatternRecognizer(
    name="generic.url",
    entity="URL",
    patterns=(r"https?://[^\s/]", r"\bs?ftp://[^\s/]", r"www\.[^\s./]", _BARE),
    confirm=_confirm_any,
)

_PROFILE_RECOGNIZER = PatternRecognizer(
    name="generic.profile_url",
    entity="PROFILE_URL",
    patterns=(
        r"linkedin\.com/(?:in|pub)/",
        r"(?:github|gitlab|facebook|instagram|twitter|tiktok|youtube|medium)\.com/[@\w]",
        r"\bx\.com/\w",
        r"xing\.com/profile/",
        r"orcid\.org/\d",
        r"researchgate\.net/profile/",
        r"stackoverflow\.com/users/",
        r"\bt\.me/\w",
        r"behance\.net/\w",
    ),
    confirm=_confirm_profile,
)

URL = Card(recognizers=(_URL_RECOGNIZER,), category="technical.url", mask=_mask)
PROFILE_URL = Card(
    recognizers=(_PROFILE_RECOGNIZER,),
    category="contact.profile",
    identifies="strong",
    mask=_mask,
)
