"""What a piece of evidence says, in the languages of the reports. Never a scanned value."""

from collections.abc import Sequence
from datetime import date, datetime

from detectors.taxonomy import taxonomy
from ropa.model import Text
from scanner.model import MilestoneKind

DECLARED = Text(en="declared", fi="ilmoitettu")
SCANNED = Text(en="scanned", fi="tutkittu")
HOLDS = Text(en="holds an applicant's data", fi="sisältää hakijan tietoja")
RECORD = Text(en="the applicant's data", fi="hakijan tiedot")
STRANGERS = Text(
    en="no candidacy is known for the people in it",
    fi="siinä esiintyvien henkilöiden hakemusta ei tunneta",
)
CLAIM = Text(en="a claim is pending", fi="oikeusvaade on vireillä")
CONSENT = Text(en="kept on consent", fi="säilytetään suostumuksella")
NO_PERIOD = Text(en="no period is declared", fi="säilytysaikaa ei ole ilmoitettu")
GOING_ON = Text(en="the selection is going on", fi="valinta on kesken")
NOT_SEEN = Text(
    en="the event from which the period runs was not seen",
    fi="säilytysajan alkamistapahtumaa ei nähty",
)


_EVENTS = {
    MilestoneKind.APPLIED: Text(en="applied", fi="haki"),
    MilestoneKind.TOLD: Text(en="told of the selection", fi="valinnasta ilmoitettiin"),
    MilestoneKind.REJECTED: Text(en="rejected", fi="hylättiin"),
    MilestoneKind.FILLED: Text(en="position filled", fi="tehtävä täytettiin"),
    MilestoneKind.CLOSED: Text(en="position closed", fi="haku suljettiin"),
    MilestoneKind.HIRED: Text(en="hired", fi="palkattiin"),
    MilestoneKind.ACTIVITY: Text(en="last activity", fi="viimeisin tapahtuma"),
    MilestoneKind.CONSENT_UNTIL: Text(en="consent until", fi="suostumus asti"),
    MilestoneKind.HOLD: Text(en="held since", fi="säilytyskielto alkaen"),
}


def event(kind: MilestoneKind, at: datetime, evidence: str) -> Text:
    """Say what happened, when, and where that was seen."""
    words, day = _EVENTS[kind], at.date().isoformat()
    return Text(en=f"{words.en} {day} ({evidence})", fi=f"{words.fi} {day} ({evidence})")


def past(number: int, of: int) -> Text:
    """Say how many of an asset's applicants are past the period."""
    return Text(
        en=f"{number} of {of} applicants in it are past the period",
        fi=f"säilytysaika on ylittynyt {number} hakijalla {of}:sta",
    )


def categories(keys: Sequence[str]) -> Text:
    """Name categories."""
    return Text(
        en=", ".join(taxonomy().label(key, "en") for key in keys),
        fi=", ".join(taxonomy().label(key, "fi") for key in keys),
    )


def seen(category: str, count: int) -> Text:
    """Name what stands in a place, and how often."""
    return Text(
        en=f"{taxonomy().label(category, 'en')}: {count}",
        fi=f"{taxonomy().label(category, 'fi')}: {count}",
    )


def held(why: Text, entity: str) -> Text:
    """Say why a place is named and what of a person stands there, if that is known."""
    if not entity:
        return why
    category = taxonomy().category_of(entity)
    return Text(
        en=f"{why.en}: {taxonomy().label(category, 'en')}",
        fi=f"{why.fi}: {taxonomy().label(category, 'fi')}",
    )


def found(entity: str, count: int, assets: int, sample: str) -> Text:
    """Say how often something was found."""
    return Text(
        en=f"{entity}: {count} in {assets} assets, e.g. {sample}",
        fi=f"{entity}: {count} kohteissa {assets}, esim. {sample}",
    )


def sent(messages: int, domain: str, last: date | None) -> Text:
    """Say what was seen going to a domain."""
    en = f"{messages} messages with personal data to {domain}"
    fi = f"{messages} henkilötietoja sisältävää viestiä verkkotunnukseen {domain}"
    if last:
        en += f", the last on {last.isoformat()}"
        fi += f", viimeisin {last.isoformat()}"
    return Text(en=en, fi=fi)
