"""The cards of the recognizers that come with the product, one line each, and others' cards.

They are named as entry points are, and imported when the first of them is asked for.
"""

from functools import cache
from pkgutil import resolve_name

from detectors.card import Card
from scanner.errors import ConfigError
from scanner.plugins import added, load

GROUP = "kartta.recognizers"
"""Entry points through which other packages add cards: `name = package.module:CARD`."""

BUILTIN = (
    "detectors.generic.email:EMAIL",
    "detectors.generic.phone:PHONE",
    "detectors.generic.iban:IBAN",
    "detectors.generic.card:PAYMENT_CARD",
    "detectors.generic.ip:IP",
    "detectors.generic.mac:MAC",
    "detectors.generic.postal_address:POSTAL_ADDRESS",
    "detectors.generic.credentials:API_KEY",
    "detectors.generic.credentials:PASSWORD",
    "detectors.generic.credentials:PRIVATE_KEY",
    "detectors.generic.url:URL",
    "detectors.generic.url:PROFILE_URL",
    "detectors.generic.birth_date:BIRTH_DATE",
    "detectors.fi.henkilotunnus:HENKILOTUNNUS",
    "detectors.se.personnummer:PERSONNUMMER",
    "detectors.dk.cpr:CPR",
    "detectors.no.fodselsnummer:FODSELSNUMMER",
    "detectors.countries.ee:ISIKUKOOD",
    "detectors.countries.lv:PERSONAS_KODS",
    "detectors.countries.lt:ASMENS_KODAS",
    "detectors.countries.is_:KENNITALA",
    "detectors.countries.pl:PESEL",
    "detectors.fi.y_tunnus:Y_TUNNUS",
    "detectors.se.organisationsnummer:ORGANISATIONSNUMMER",
    "detectors.no.organisasjonsnummer:ORGANISASJONSNUMMER",
    "detectors.dk.cvr:CVR",
    "detectors.generic.passport:PASSPORT",
    "detectors.generic.passport:DRIVING_LICENCE",
)


@cache
def builtin() -> tuple[Card, ...]:
    """Give our own cards."""
    return tuple(resolve_name(each) for each in BUILTIN)


@cache
def cards() -> tuple[Card, ...]:
    """Give every known card, ours before others'.

    Raises:
        ConfigError: another package's card cannot be loaded, or is for an entity that has one.
    """
    known = {card.entity: card for card in builtin()}
    for plugin in added(GROUP, names()).values():
        card = load(plugin, Card)
        if card.entity in known:
            raise ConfigError(
                f"{plugin} is not usable: {card.entity} has a recognizer already",
                hint="uninstall the package, or install a version made for this Kartta",
            )
        known[card.entity] = card
    return tuple(known.values())


def names() -> frozenset[str]:
    """Give the names of our own recognizers, which no package can take."""
    return frozenset(each.name for card in builtin() for each in card.recognizers)
