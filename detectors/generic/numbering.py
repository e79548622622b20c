"""National numbering plans, as Google's libphonenumber knows them, asked quickly.

The library reads a national number in some 40 µs; its own patterns, kept compiled, in two.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

_KINDS = (
    *("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number"),
    *("voip", "pager", "uan", "voicemail"),
)
_RESERVED = {"GB": r"7700900\d{3}|1632960\d{3}|3069990\d{3}|8081570\d{3}"}
"""Numbers for examples and drama that the plans leave out; they count, as reserved domains do."""
_NEAR = {"358": "FI", "46": "SE", "47": "NO", "45": "DK", "44": "GB"}
_SHORTEST = 7
_LONGEST = 15


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number that may exist."""

    e164: str
    is_allocated: bool
    """The plan gives out such numbers; else only the length is right."""


@dataclass(frozen=True, slots=True)
class _Plan:
    code: str
    trunk: str
    """What is dialled before a number inside the country."""
    allocated: re.Pattern[str]
    lengths: frozenset[int]


@lru_cache(maxsize=4_096)
def international(digits: str) -> Number | None:
    """Read digits after `+`.

    >>> international("358400123456")
    Number(e164='+358400123456', is_allocated=True)
    """
    import phonenumbers  # noqa: PLC0415 - its tables are slow to load

    if not _SHORTEST <= len(digits) <= _LONGEST:
        return None
    for code, region in _NEAR.items():
        if digits.startswith(code):
            return _in_plan(digits[len(code) :], region)
    try:
        number = phonenumbers.parse(f"+{digits}", None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    written = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return Number(written, bool(phonenumbers.is_valid_number(number)))


def national(digits: str, region: str) -> Number | None:
    """Read digits as they are dialled inside a country.

    >>> national("0400123456", "FI"), national("22123456", "FI")
    (Number(e164='+358400123456', is_allocated=True), None)
    """
    plan = _plan(region)
    if plan is None or not digits.startswith(plan.trunk):
        return None
    subscriber = digits[len(plan.trunk) :]
    if plan.trunk and subscriber.startswith("0"):
        return None
    return _in_plan(subscriber, region)


def _in_plan(subscriber: str, region: str) -> Number | None:
    plan = _plan(region)
    if plan is None:
        return None
    if plan.trunk and subscriber.startswith("0"):
        subscriber = subscriber[1:]
    if len(subscriber) not in plan.lengths:
        return None
    allocated = plan.allocated.fullmatch(subscriber) is not None
    return Number(f"+{plan.code}{subscriber}", allocated)


@cache
def _plan(region: str) -> _Plan | None:
    import phonenumbers  # noqa: PLC0415 - as above

    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region, None)
    if metadata is None:
        return None
    kinds = [getattr(metadata, kind) for kind in _KINDS]
    patterns = [kind.national_number_pattern for kind in kinds if kind is not None]
    patterns.append(_RESERVED.get(region, ""))
    general = metadata.general_desc
    lengths = frozenset(general.possible_length if general is not None else ())
    trunk = metadata.national_prefix if metadata.national_prefix == "0" else ""
    return _Plan(
        str(metadata.country_code),
        trunk,
        re.compile("|".join(f"(?:{pattern})" for pattern in patterns if pattern)),
        lengths,
    )
