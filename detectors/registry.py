"""The recognizers that come with the product, one line each."""

from detectors.base import DetectorSettings, PatternRecognizer, TextRecognizer
from detectors.dk.cpr import CPR
from detectors.dk.cvr import CVR
from detectors.fi.henkilotunnus import HENKILOTUNNUS
from detectors.fi.y_tunnus import Y_TUNNUS
from detectors.generic.birth_date import BIRTH_DATE, BIRTH_DATE_CELL, BIRTH_DATE_FIELD
from detectors.generic.card import CARD
from detectors.generic.credentials import API_KEY, ASSIGNED_KEY, PASSWORD, PRIVATE_KEY
from detectors.generic.email import EMAIL
from detectors.generic.iban import IBAN
from detectors.generic.ip import IP
from detectors.generic.mac import MAC
from detectors.generic.passport import (
    DRIVING_LICENCE,
    DRIVING_LICENCE_FIELD,
    PASSPORT,
    PASSPORT_FIELD,
)
from detectors.generic.phone import phone
from detectors.generic.postal_address import POSTAL_ADDRESS
from detectors.generic.selection_notice import SELECTION_NOTICE
from detectors.generic.url import PROFILE_URL, URL
from detectors.names.model import NameModel
from detectors.national import settled
from detectors.no.fodselsnummer import FODSELSNUMMER
from detectors.no.organisasjonsnummer import ORGANISASJONSNUMMER
from detectors.se.organisationsnummer import ORGANISATIONSNUMMER
from detectors.se.personnummer import PERSONNUMMER
from detectors.special.recognizers import SpecialCategories
from detectors.terms import recognizers_of

BUILTIN: tuple[PatternRecognizer, ...] = (
    EMAIL,
    IBAN,
    CARD,
    IP,
    MAC,
    POSTAL_ADDRESS,
    API_KEY,
    ASSIGNED_KEY,
    PASSWORD,
    PRIVATE_KEY,
    URL,
    PROFILE_URL,
    BIRTH_DATE,
    BIRTH_DATE_CELL,
    BIRTH_DATE_FIELD,
    SELECTION_NOTICE,
    settled("FI", HENKILOTUNNUS),
    settled("SE", PERSONNUMMER),
    settled("DK", CPR),
    FODSELSNUMMER,
    Y_TUNNUS,
    ORGANISATIONSNUMMER,
    ORGANISASJONSNUMMER,
    CVR,
    PASSPORT,
    PASSPORT_FIELD,
    DRIVING_LICENCE,
    DRIVING_LICENCE_FIELD,
)


def recognizers(
    settings: DetectorSettings,
) -> tuple[tuple[PatternRecognizer, ...], tuple[TextRecognizer, ...]]:
    """Give the recognizers that the settings ask for: by pattern, and by text."""
    patterns = (*BUILTIN, phone(settings.regions), *recognizers_of(settings.terms))
    readers: list[TextRecognizer] = [NameModel(tuple(settings.spacy_models)), SpecialCategories()]
    if settings.presidio_recognizers or settings.spacy_models:
        from detectors.presidio import presidio_recognizer  # noqa: PLC0415 - optional and slow

        added = presidio_recognizer(settings)
        if added is not None:
            readers.append(added)
    return (
        tuple(each for each in patterns if each.name not in settings.disable),
        tuple(each for each in readers if each.name not in settings.disable),
    )
