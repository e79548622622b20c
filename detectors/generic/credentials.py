"""Credentials: passwords, keys and tokens that were written down.

Authority: Art. 32 GDPR (security of processing); the shapes of keys are those that their issuers
publish. What is found is never hashed, and its mask shows nothing of it.

Placeholders are no credentials: `<password>`, `${SECRET}`, `xxxx`, `changeme`.

Invented examples: salasana: Kesä-2031!; postgresql://hr:Kesae2031@db.example/hr.
"""

import math
import re
from collections import Counter

from detectors.base import Evidence, PatternRecognizer
from detectors.card import Card

_ISSUED = re.compile(
    r"(?:AKIA|ASIA)[A-Z0-9]{16}"  # Amazon
    r"|gh[pousr]_[A-Za-z0-9]{36,251}|github_pat_[A-Za-z0-9_]{22,255}"
    r"|glpat-[\w-]{20,64}"  # GitLab
    r"|xox[abeoprs]-[A-Za-z0-9-]{10,250}|xapp-[A-Za-z0-9-]{10,250}"  # Slack
    r"|AIza[\w-]{35}|ya29\.[\w-]{20,250}|GOCSPX-[\w-]{20,40}"  # Google
    r"|[rs]k_(?:live|test)_[A-Za-z0-9]{16,250}|whsec_[A-Za-z0-9]{16,64}"  # Stripe
    r"|sk-(?:ant-|proj-)?[\w-]{20,250}|hf_[A-Za-z0-9]{30,50}"
    r"|SG\.[\w-]{16,32}\.[\w-]{30,64}|npm_[A-Za-z0-9]{36}|pypi-[\w-]{50,250}|dop_v1_[a-f0-9]{64}"
    r"|eyJ[\w-]{10,2000}\.eyJ[\w-]{2,4000}\.[\w-]{10,1000}"  # JSON web token
)
_ASSIGNED = re.compile(
    r"[\w.-]{0,20}[\"']?[ \t]{0,3}(?:=>|:=|[:=])[ \t]{0,3}[\"'`]?(?:(?:Bearer|Basic|Token)[ ])?"
    r"(?P<value>[\w./+~=!$%&*?@#^-]{8,512})",
    re.IGNORECASE,
)
_AFTER_BEARER = re.compile(r"[ \t]{1,3}(?P<value>[\w.~+/-]{16,2000}={0,2})")
_SPOKEN = re.compile(
    r"[\w.-]{0,12}[\"'*_]{0,3}(?:[ \t]{0,3}(?:=>|:=|[:=|])[ \t]{0,3}"
    r"|[ \t](?:on|is|är|er|var|oli|was|nyt|now):?[ \t]{1,3})[\"'`*_]{0,3}"
    r"(?P<value>[^\s\"'`<>]{4,128})",
    re.IGNORECASE,
)
_CONNECTION = re.compile(r"[a-z][a-z0-9+.-]{1,20}://[^\s:/@]{0,64}:(?P<value>[^\s/@\"'<>]{3,128})@")
_KEY_BLOCK = re.compile(
    r"-{5}BEGIN (?P<kind>[A-Z0-9 ]{0,24}PRIVATE KEY(?: BLOCK)?)-{5}"
    r"(?:[^-]{1,20000}-{5}END (?P=kind)-{5})?"
)
_PLACEHOLDER = re.compile(
    r"[<{\[(%$].*|.*\$\{.*|.*[xX*•.·…#_-]{4,}.*|(?:your|my|the|min|oma|dit|ditt)[_-]?\w*"
    r"|(?:change|vaihda|byt|endre|skift|replace|insert|enter|todo|dummy|example|sample|test)"
    r"[_-]?(?:me|this|it|tämä)?|(?:pass(?:word|wd|ord)?|salasana|lösenord|adgangskode|secret|token)\d?"
    r"|null|none|nil|true|false|undefined|required|optional|string|str|salaus|encrypted|hidden"
    r"|redacted|removed|poistettu|piilotettu",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Za-z_][\w.]*[(\[].*|(?:self|os|env|process|config|settings|this)\.[\w.]+")
_SENTENCE_END = ".,;:)]}"
_HEX_OR_WORDS = re.compile(r"[a-zåäöæø]+(?:[-_./][a-zåäöæø]+)*", re.IGNORECASE)
_RANDOM = 3.0
"""Bits for each character: words and dates stay below, keys above."""
_SHORTEST_KEY = 16

_CERTAIN = 0.95
_LIKELY = 0.75
_POSSIBLE = 0.55


def is_placeholder(text: str) -> bool:
    """Say whether a value only stands where a credential belongs.

    >>> is_placeholder("<password>"), is_placeholder("${PGPASSWORD}"), is_placeholder("Kesae2031")
    (True, True, False)
    """
    return (
        _PLACEHOLDER.fullmatch(text) is not None
        or _CODE.fullmatch(text) is not None
        or len(set(text)) <= 2  # noqa: PLR2004 - "aaaa", "1212"
    )


def is_random(text: str) -> bool:
    """Say whether the characters of a text are as mixed as those of a key.

    >>> is_random("q7Zp2LmX9vKc4RtB"), is_random("aaaa-bbbb-aaaa-2031")
    (True, False)
    """
    counts = Counter(text)
    bits = -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values())
    digits = sum(char.isdigit() for char in text)
    return len(text) >= _SHORTEST_KEY and bits >= _RANDOM and digits > 1 and digits < len(text)


def _confirm_issued(match: re.Match[str]) -> Evidence | None:
    text, start = match.string, match.start()
    while text[start : start + 1].isspace():
        start += 1
    found = _ISSUED.match(text, start)
    if found is None or text[start - 1 : start].isalnum() or _repeats(found.group()):
        return None
    return Evidence(_CERTAIN, ("pattern",), start=start, end=found.end())


def _repeats(key: str) -> bool:
    """Say whether a key is of the documentation: `AKIAXXXXXXXXXXXXXXXX`."""
    return max(Counter(key).values()) > len(key) // 2


def _confirm_assigned(match: re.Match[str]) -> Evidence | None:
    text = match.string
    form = _AFTER_BEARER if match.group().lower().endswith("bearer") else _ASSIGNED
    found = form.match(text, match.end())
    if found is None:
        return None
    value = found["value"].rstrip(_SENTENCE_END)
    if is_placeholder(value) or not is_random(value):
        return None
    start = found.start("value")
    return Evidence(_LIKELY, ("label", "pattern"), start=start, end=start + len(value))


def _confirm_password(match: re.Match[str]) -> Evidence | None:
    if match.group().endswith("@"):
        return _confirm_connection(match)
    text = match.string
    if text[match.start() - 1 : match.start()].isalpha():
        return None
    found = _SPOKEN.match(text, match.end())
    if found is None:
        return None
    value = found["value"].rstrip(_SENTENCE_END)
    if len(value) < 4 or is_placeholder(value) or not _is_like_password(value):  # noqa: PLR2004
        return None
    start = found.start("value")
    confidence = _LIKELY if re.search(r"[:=|]", text[match.end() : start]) else _POSSIBLE
    return Evidence(confidence, ("label", "pattern"), start=start, end=start + len(value))


def _is_like_password(value: str) -> bool:
    """Say whether a word is none of the language: digits, signs or capitals inside."""
    return _HEX_OR_WORDS.fullmatch(value) is None or any(char.isupper() for char in value[1:])


def _confirm_connection(match: re.Match[str]) -> Evidence | None:
    text = match.string
    begin = text.rfind("://", max(0, match.start() - 80), match.end())
    scheme = re.search(
        r"[a-z][a-z0-9+.-]{1,20}$", text[max(0, begin - 21) : max(begin, 0)], re.IGNORECASE
    )
    if begin < 0 or scheme is None:
        return None
    found = _CONNECTION.match(text, begin - len(scheme.group()))
    if found is None or found.end() != match.end() or is_placeholder(found["value"]):
        return None
    return Evidence(_CERTAIN, ("pattern",), start=found.start("value"), end=found.end("value"))


def _confirm_key(match: re.Match[str]) -> Evidence | None:
    found = _KEY_BLOCK.match(match.string, match.start())
    if found is None:
        return None
    return Evidence(_CERTAIN, ("pattern",), end=found.end())


_ISSUED_KEY = PatternRecognizer(
    name="generic.api_key",
    entity="API_KEY",
    patterns=(
        r"\ba[ks]ia[0-9a-z]{16}\b",
        r"\bgh[pousr]_[0-9a-z]{8}",
        r"\b(?:github_pat_|glpat-|xapp-|gocspx-|whsec_|pypi-|dop_v1_|sk-)[0-9a-z]",
        r"\b(?:ya29|sg)\.[0-9a-z]{6}",
        r"\bxox[abeoprs]-\w",
        r"\baiza[\w-]{8}",
        r"\b[rs]k_(?:live|test)_\w",
        r"\b(?:hf|npm)_[0-9a-z]{16}",
        r"\beyj[\w-]{8}",
    ),
    confirm=_confirm_issued,
)

_ASSIGNED_KEY = PatternRecognizer(
    name="generic.assigned_key",
    entity="API_KEY",
    patterns=(
        r"\b(?:api|access|secret|account|auth|client)[ _-]?(?:key|token|secret|avain)",
        r"_(?:token|secret|api_?key)\b",
        r"\b(?:token|api-avain|apiavain|authorization)\b",
        r"\bbearer\b",
    ),
    confirm=_confirm_assigned,
)

_PASSWORD = PatternRecognizer(
    name="generic.password",
    entity="PASSWORD",
    patterns=(
        r"(?:password|passwd|passphrase|passcode|pwd)",
        r"(?:salasana|tunnussana|lösenord|passord|adgangskode|kodeord)[a-zäöå]{0,4}",
        r"://[^\s:/@]{0,40}:[^\s/@]{3,60}@",
    ),
    confirm=_confirm_password,
)

_PRIVATE_KEY = PatternRecognizer(
    name="generic.private_key",
    entity="PRIVATE_KEY",
    patterns=(r"-{5}begin [a-z0-9 ]{0,24}private key(?: block)?-{5}",),
    confirm=_confirm_key,
)

API_KEY = Card(recognizers=(_ISSUED_KEY, _ASSIGNED_KEY), category="security.credential")
PASSWORD = Card(recognizers=(_PASSWORD,), category="security.credential")
PRIVATE_KEY = Card(recognizers=(_PRIVATE_KEY,), category="security.credential")
