"""Lithuanian personal code (asmens kodas).

Authority: State Enterprise Centre of Registers; Law on the Population Register, I-2237, article 8.

Structure `GYYMMDDNNNC`, as the Estonian code, with which it shares sex and century (3, 4: 1900s; 5,
6: 2000s) and the check digit by modulus 11 in two stages. It is written in one run.

Not among them: 1 and 2 (1800s), and the few codes that begin with 9, whose holders' date of birth
is not known.

Chance: 0.13 % of random runs of eleven digits have a date and the check digit. So a word or a
column's name must say what it is; between Lithuania and Estonia, the country's own word, language
or domain decides.

Invented examples, from the trust service's range for tests: 30303039914, 40504040001.
"""

from detectors.base import PatternRecognizer
from detectors.card import ANY_NATION, Card
from detectors.countries.ee import confirm, reading


def is_valid(text: str) -> bool:
    """Check date and check digit.

    >>> is_valid("30303039914"), is_valid("30303039915"), is_valid("30313039914")
    (True, False, False)
    """
    return reading(text) is not None


ASMENS_KODAS = Card(
    recognizers=(
        PatternRecognizer(
            name="lt.asmens_kodas",
            entity="LT_ASMENS_KODAS",
            patterns=(r"\b[3-6]\d\d[01]\d[0-3]\d{5}\b",),
            confirm=confirm,
            context=("asmens kod", "national id", "social security", "ssn"),
            context_gain=0.7,
            context_reach=0,
        ),
    ),
    category="identity.national_id",
    identifies="strong",
    headings=("asmens kodas", "asmens kodai", "lithuanian personal code", *ANY_NATION),
    is_strict=True,
    owner="person",
    owner_words=(
        r"asmens kod|\ba[.] ?k[.]|lithuanian (?:person|nation|id\b)|liettuan henkil"
        r"|liettualai\w+ henkil|litauisk\w* person-?[kn]"
    ),
    shared_words=0.05,
    reading=reading,
    spoken=r"\b(?:ir|yra|kad|su|bet|jis|mano|buvo|už|apie|gyvenu|jo)\b|[ėęįųū]|[.]lt\b|[+]370|\blietuv",
    is_met_abroad=False,
)
