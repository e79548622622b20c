"""Facts that the laws of one country ask for: tests, identity numbers, criminal data, guards."""

from collections.abc import Iterator

from ropa.notice.base import Evidence
from ropa.notice.checks.base import Checked, Found

_UNNEEDED = {"pd:BirthDate": "birth_date", "pd:Nationality": "nationality"}


def tests(notice: Checked) -> Iterator[Found]:
    """Say what is told of personality and aptitude tests."""
    quotes = tuple(_affirmed(notice, "tests"))
    yield Found("tests_told", bool(quotes), quotes)
    texts = [notice.line(one.line) for one in quotes]
    agreed = any(notice.matches(text, "says", "consent") for text in texts)
    yield Found("test_consent_told", agreed, quotes)
    written = any(notice.matches(text, "says", "test_statement") for text in texts)
    yield Found("test_statement_told", written, quotes)


def guards(notice: Checked) -> Iterator[Found]:
    """Say whether approvals of guards or installers are spoken of, and their law."""
    quotes = notice.says("says", "guard")
    yield Found("guard_approval", bool(quotes), quotes)
    yield Found("guard_law_named", bool(notice.says("says", "guard_law")))


def regulated(notice: Checked) -> Iterator[Found]:
    """Find criminal data and identity numbers, and whether a statute stands beside them."""
    for kind in ("criminal", "national_id"):
        quotes = tuple(_affirmed(notice, kind))
        yield Found(f"{kind}_told", bool(quotes), quotes)
        named = any(notice.matches(notice.line(one.line), "says", "statute") for one in quotes)
        yield Found(f"{kind}_law_named", named, quotes)


def asked(notice: Checked) -> Iterator[Found]:
    """Find what applicants are asked for although few positions need it."""
    hits = [
        (category, _UNNEEDED[item.dpv])
        for category in notice.view.data_categories
        for item in category.items
        if item.dpv in _UNNEEDED
    ]
    evidence = tuple(one for category, _ in hits for one in category.evidence[:1])
    yield Found("asked_of_everyone", tuple(dict.fromkeys(key for _, key in hits)), evidence[:1])


def _affirmed(notice: Checked, name: str) -> Iterator[Evidence]:
    """Quote the sentences that speak of something and do not deny it."""
    for one in notice.says("says", name):
        if not notice.matches(one.quote, "says", "negation"):
            yield one


CHECKS = (tests, guards, regulated, asked)
