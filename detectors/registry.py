"""The recognizers that come with the product, one line each."""

from detectors.base import DetectorSettings, PatternRecognizer, TextRecognizer
from detectors.fi.henkilotunnus import HENKILOTUNNUS
from detectors.generic.birth_date import BIRTH_DATE, BIRTH_DATE_FIELD
from detectors.generic.card import CARD
from detectors.generic.email import EMAIL
from detectors.generic.iban import IBAN
from detectors.generic.ip import IP
from detectors.generic.phone import phone
from detectors.generic.selection_notice import SELECTION_NOTICE
from detectors.generic.url import PROFILE_URL, URL
from detectors.names.lexicon import NameLexicon

BUILTIN: tuple[PatternRecognizer, ...] = (
    EMAIL,
    IBAN,
    CARD,
    IP,
    URL,
    PROFILE_URL,
    BIRTH_DATE,
    BIRTH_DATE_FIELD,
    SELECTION_NOTICE,
    HENKILOTUNNUS,
)


def recognizers(
    settings: DetectorSettings,
) -> tuple[tuple[PatternRecognizer, ...], tuple[TextRecognizer, ...]]:
    """Give the recognizers that the settings ask for: by pattern, and by text."""
    patterns = (*BUILTIN, phone(settings.regions))
    readers: list[TextRecognizer] = [NameLexicon()]
    if settings.presidio_recognizers or settings.spacy_models:
        from detectors.presidio import presidio_recognizer  # noqa: PLC0415 - optional and slow

        added = presidio_recognizer(settings)
        if added is not None:
            readers.append(added)
    return (
        tuple(each for each in patterns if each.name not in settings.disable),
        tuple(each for each in readers if each.name not in settings.disable),
    )
