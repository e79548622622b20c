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
EMPLOYEE = Text(
    en="hired for the position: no applicant's data any more",
    fi="palkattu tehtävään: ei enää hakijan tietoja",
)
UNPROMPTED = Text(
    en="an open application: no selection will ever be told",
    fi="avoin hakemus: valintaa, josta ilmoitettaisiin, ei ole",
)
STILL_OPEN = Text(en="the position is still open", fi="tehtävä on yhä avoinna")
NEVER_FILLED = Text(en="nobody was chosen for the position", fi="tehtävään ei valittu ketään")
NO_CHOICE = Text(
    en="nothing says that somebody was chosen for the position",
    fi="mikään ei kerro, että tehtävään on valittu joku",
)
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
    MilestoneKind.ACKNOWLEDGED: Text(en="application confirmed", fi="hakemus vahvistettiin"),
    MilestoneKind.INVITED: Text(en="invited", fi="kutsuttiin"),
    MilestoneKind.SHORTLISTED: Text(en="on the shortlist", fi="loppusuoralla"),
    MilestoneKind.POSTPONED: Text(en="decision postponed", fi="päätös siirtyi"),
    MilestoneKind.DECLINED: Text(en="told not to go on", fi="ilmoitettiin, ettei jatka"),
    MilestoneKind.OFFERED: Text(en="was chosen", fi="tuli valituksi"),
    MilestoneKind.WITHDRAWN: Text(en="withdrew", fi="vetäytyi"),
    MilestoneKind.CANCELLED: Text(en="recruitment cancelled", fi="haku peruttiin"),
    MilestoneKind.CONSENT_ASKED: Text(en="consent asked", fi="suostumusta pyydettiin"),
    MilestoneKind.CONSENT_GIVEN: Text(en="consent given", fi="suostumus annettiin"),
    MilestoneKind.CONSENT_WITHDRAWN: Text(en="consent withdrawn", fi="suostumus peruttiin"),
    MilestoneKind.HOLD_RELEASED: Text(en="hold released", fi="säilytyskielto purettiin"),
    MilestoneKind.HOLD_REVIEW: Text(en="hold to be reviewed", fi="säilytyskielto arvioitava"),
    MilestoneKind.ERASURE_REQUESTED: Text(en="erasure asked", fi="poistoa pyydettiin"),
    MilestoneKind.ACCESS_REQUESTED: Text(en="access asked", fi="tietoja pyydettiin"),
    MilestoneKind.RIGHT_USED: Text(en="another right used", fi="muuta oikeutta käytettiin"),
    MilestoneKind.IDENTITY_CONFIRMED: Text(en="identity confirmed", fi="henkilöllisyys varmistui"),
    MilestoneKind.EXTENDED: Text(en="time extended", fi="määräaikaa jatkettiin"),
    MilestoneKind.ANSWERED: Text(en="request answered", fi="pyyntöön vastattiin"),
    MilestoneKind.DELETED: Text(en="deleted", fi="poistettiin"),
    MilestoneKind.CONSENT_UNTIL: Text(en="consent until", fi="suostumus asti"),
    MilestoneKind.HOLD: Text(en="held since", fi="säilytyskielto alkaen"),
}


def claim(review: date | None) -> Text:
    """Say that a claim is pending, and that nobody has looked at it as was planned."""
    if review is None:
        return CLAIM
    day = review.isoformat()
    return Text(
        en=f"{CLAIM.en}; its review was due on {day}",
        fi=f"{CLAIM.fi}; sen tarkistus oli määrä tehdä {day}",
    )


def event(kind: MilestoneKind, at: datetime | None, evidence: str) -> Text:
    """Say what happened, when, and where that was seen."""
    words, day = _EVENTS[kind], at.date().isoformat() if at else "(?)"
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
