"""The recognizers that the settings ask for."""

from detectors.base import DetectorSettings, PatternRecognizer, TextRecognizer
from detectors.letters.recognizer import Notices
from detectors.names.model import NameModel
from detectors.registry import cards
from detectors.settle import settled
from detectors.special.recognizers import SpecialCategories
from detectors.terms import recognizers_of


def recognizers(
    settings: DetectorSettings,
) -> tuple[tuple[PatternRecognizer, ...], tuple[TextRecognizer, ...]]:
    """Give the recognizers that the settings ask for: by pattern, and by text."""
    carded = [each for card in cards() for each in settled(card, settings)]
    patterns = (*carded, *recognizers_of(settings.terms))
    readers: list[TextRecognizer] = [
        NameModel(tuple(settings.spacy_models)),
        SpecialCategories(),
        Notices(),
    ]
    if settings.presidio_registry or settings.spacy_models:
        from detectors.presidio import presidio_recognizer  # noqa: PLC0415 - optional and slow

        added = presidio_recognizer(settings)
        if added is not None:
            readers.append(added)
    return (
        tuple(each for each in patterns if each.name not in settings.disable),
        tuple(each for each in readers if each.name not in settings.disable),
    )
