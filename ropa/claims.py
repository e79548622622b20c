"""Until when an applicant may bring a claim about a selection, by country.

What a claim would be decided by is kept so long, or the controller cannot answer it (GDPR Art.
17(3)(e)). Only periods that were read in the text of the law stand here.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClaimPeriod:
    """How long a claim is possible, counted from the day on which the applicant was told."""

    duration: str
    citation: str


BY_COUNTRY: Mapping[str, ClaimPeriod] = {
    "FI": ClaimPeriod("P1Y", "Act 1325/2014 s. 26(2); Act 609/1986 s. 12(2)"),
}
"""Finland: in hiring, a year from when the applicant who was passed over got to know of the
decision (1325/2014), and from the breach (609/1986)."""
