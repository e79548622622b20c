"""Digits and what stands directly beside them: whole numbers, groups, check digits."""

import re


def is_whole(text: str, start: int, end: int, *, bare: bool = False) -> bool:
    """Say whether a number stands alone: not a piece of a longer number, a date or an identifier.

    A bare run of digits may not even be joined to letters: that is how GUIDs end.
    """
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before[-1:].isalnum() or after[:1].isalnum() or "@" in (before[-1:], after[:1]):
        return False
    joined = str.isalnum if bare else str.isdigit
    if before[-1:] in {"-", "+", ".", "/", "\\"} and joined(before[:-1]):
        return False
    if after[:1] in {"-", "+", ".", "/"} and joined(after[1:]):
        return not bare and after[0] == "." and not after[1:].isdigit()
    return not (bare and before[-1:] in {"_", "#", "$", "€", "£", "&", "%"})


def stands_between_groups(text: str, start: int, end: int) -> bool:
    """Say whether groups of digits stand on either side, as in `12 850201 1234 56`."""
    return bool(re.search(r"\d $", text[max(0, start - 2) : start])) or bool(
        re.match(r" \d", text[end : end + 2])
    )


def luhn(digits: str) -> bool:
    """Check a Luhn digit (ISO/IEC 7812-1, annex B); one number in ten passes by chance.

    >>> luhn("8112189876"), luhn("8112189875")
    (True, False)
    """
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[::-2])) + sum(doubled)) % 10 == 0


def weighted(digits: str, weights: tuple[int, ...]) -> int:
    """Sum digits times weights.

    >>> weighted("123", (3, 2, 1))
    10
    """
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
