"""The cards of the recognizers that come with the product, one line each, and others' cards."""

from functools import cache

from detectors.card import Card
from detectors.dk.cpr import CPR
from detectors.dk.cvr import CVR
from detectors.fi.henkilotunnus import HENKILOTUNNUS
from detectors.fi.y_tunnus import Y_TUNNUS
from detectors.generic.birth_date import BIRTH_DATE
from detectors.generic.card import PAYMENT_CARD
from detectors.generic.credentials import API_KEY, PASSWORD, PRIVATE_KEY
from detectors.generic.email import EMAIL
from detectors.generic.iban import IBAN
from detectors.generic.ip import IP
from detectors.generic.mac import MAC
from detectors.generic.passport import DRIVING_LICENCE, PASSPORT
from detectors.generic.phone import PHONE
from detectors.generic.postal_address import POSTAL_ADDRESS
from detectors.generic.selection_notice import SELECTION_NOTICE
from detectors.generic.url import PROFILE_URL, URL
from detectors.no.fodselsnummer import FODSELSNUMMER
from detectors.no.organisasjonsnummer import ORGANISASJONSNUMMER
from detectors.se.organisationsnummer import ORGANISATIONSNUMMER
from detectors.se.personnummer import PERSONNUMMER
from scanner.errors import ConfigError
from scanner.plugins import added, load

GROUP = "kartta.recognizers"
"""Entry points through which other packages add cards: `name = package.module:CARD`."""

BUILTIN: tuple[Card, ...] = (
    EMAIL,
    PHONE,
    IBAN,
    PAYMENT_CARD,
    IP,
    MAC,
    POSTAL_ADDRESS,
    API_KEY,
    PASSWORD,
    PRIVATE_KEY,
    URL,
    PROFILE_URL,
    BIRTH_DATE,
    SELECTION_NOTICE,
    HENKILOTUNNUS,
    PERSONNUMMER,
    CPR,
    FODSELSNUMMER,
    Y_TUNNUS,
    ORGANISATIONSNUMMER,
    ORGANISASJONSNUMMER,
    CVR,
    PASSPORT,
    DRIVING_LICENCE,
)
NAMES = frozenset(each.name for card in BUILTIN for each in card.recognizers)


@cache
def cards() -> tuple[Card, ...]:
    """Give every known card, ours before others'.

    Raises:
        ConfigError: another package's card cannot be loaded, or is for an entity that has one.
    """
    known = {card.entity: card for card in BUILTIN}
    for plugin in added(GROUP, NAMES).values():
        card = load(plugin, Card)
        if card.entity in known:
            raise ConfigError(
                f"{plugin} is not usable: {card.entity} has a recognizer already",
                hint="uninstall the package, or install a version made for this Kartta",
            )
        known[card.entity] = card
    return tuple(known.values())
