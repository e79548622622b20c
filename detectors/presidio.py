"""The one door to presidio-analyzer and spaCy: an organisation's own recognizers and pipelines.

Nothing is fetched: the registry is the user's file alone, models are installed packages or folders,
and the list of mail domain endings that Presidio would download is replaced by the shipped one.
Texts are cut into pieces, since Presidio's time grows with the square of their length.
"""

import re
from collections.abc import Iterator, Sequence
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

import yaml

from detectors.base import DetectorSettings, Span
from detectors.context import words_of
from detectors.language import guess_language
from scanner.errors import ConfigError
from scanner.model import Segment

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine  # noqa: TID251 - this is the door
    from spacy.language import Language  # noqa: TID251 - this is the door

PIECE_CHARACTERS = 20_000

_HINT = "install Kartta again with all that it depends on"
_NAMES = {"PERSON": "PERSON", "PER": "PERSON", "GPE": "LOCATION", "LOC": "LOCATION"}
_NAME_CONFIDENCE = 0.75
_ALIASES = {"nb": "no", "nn": "no"}


def presidio_recognizer(settings: DetectorSettings) -> "PresidioRecognizer | None":
    """Load what the settings name; None if they name nothing.

    Raises:
        ConfigError: a library, the registry or a pipeline is missing or cannot be used.
    """
    if not settings.presidio_registry and not settings.spacy_models:
        return None
    engine = _engine(settings.presidio_registry) if settings.presidio_registry else None
    pipelines = {
        _ALIASES.get(language, language): _pipeline(language, name)
        for language, name in settings.spacy_models.items()
    }
    return PresidioRecognizer(engine, pipelines)


class PresidioRecognizer:
    """Presidio's results and spaCy's names as ours."""

    name = "presidio"

    def __init__(self, engine: "AnalyzerEngine | None", pipelines: "dict[str, Language]") -> None:
        self._engine = engine
        self._pipelines = pipelines

    @property
    def entities(self) -> frozenset[str]:
        """Give what the registry and the pipelines can see."""
        found = {"PERSON", "LOCATION"} if self._pipelines else set()
        if self._engine is not None:
            for language in self._engine.supported_languages:
                found.update(self._engine.get_supported_entities(language))
        return frozenset(found)

    def recognize(self, segments: Sequence[Segment]) -> Iterator[Span]:
        """Look at each segment in pieces."""
        for index, segment in enumerate(segments):
            for start, piece in _pieces(segment.text):
                if self._engine is not None:
                    yield from self._by_registry(index, start, piece, segment.label)
                for pipeline in self._pipelines_for(piece):
                    yield from _by_pipeline(pipeline, index, start, piece)

    def _by_registry(self, index: int, start: int, piece: str, label: str) -> Iterator[Span]:
        assert self._engine is not None  # noqa: S101 - for the type checker; recognize() looked
        for language in self._engine.supported_languages:
            for result in self._engine.analyze(
                piece, language, context=words_of(label).split() or None
            ):
                yield _span(
                    (index, start),
                    (result.entity_type, result.start, result.end),
                    piece,
                    result.score,
                    "presidio",
                )

    def _pipelines_for(self, text: str) -> "list[Language]":
        """Choose the pipeline of the text's language; all of them where that is not known."""
        if len(self._pipelines) > 1:
            chosen = self._pipelines.get(guess_language(text))
            if chosen is not None:
                return [chosen]
        return list(self._pipelines.values())


def _by_pipeline(pipeline: "Language", index: int, start: int, piece: str) -> Iterator[Span]:
    with pipeline.memory_zone():  # else the vocabulary grows with every text
        found = [
            (_NAMES[entity.label_], entity.start_char, entity.end_char)
            for entity in pipeline(piece).ents
            if entity.label_ in _NAMES
        ]
    for each in found:
        yield _span((index, start), each, piece, _NAME_CONFIDENCE, "name_model")


def _span(
    place: tuple[int, int], found: tuple[str, int, int], piece: str, confidence: float, code: str
) -> Span:
    segment, offset = place
    entity, start, end = found
    value = re.sub(r"\s+", " ", piece[start:end]).strip().casefold()
    return Span(segment, entity, offset + start, offset + end, confidence, (code,), value)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cut a long text at the last white space before the limit."""
    start = 0
    while start < len(text):
        end = start + PIECE_CHARACTERS
        if end < len(text):
            space = max(text.rfind(" ", start + 1, end), text.rfind("\n", start + 1, end))
            end = space if space > start else end
        yield start, text[start:end]
        start = end


def _engine(written: str) -> "AnalyzerEngine":
    try:
        import tldextract  # noqa: PLC0415 - optional
        from presidio_analyzer import AnalyzerEngine  # noqa: PLC0415, TID251 - this is the door
        from presidio_analyzer.nlp_engine import NoOpNlpEngine  # noqa: PLC0415, TID251 - as above
        from presidio_analyzer.recognizer_registry import (  # noqa: PLC0415, TID251 - as above
            RecognizerRegistryProvider,
        )
    except ImportError as error:
        raise ConfigError(
            "detect.presidio_recognizers needs presidio-analyzer, which is not installed",
            hint=_HINT,
        ) from error
    # Presidio asks tldextract's default extractor, which would download its list.
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    try:
        with NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as file:
            # From a dictionary Presidio would fill in what its own registry has.
            file.write(written)
            file.flush()
            registry = RecognizerRegistryProvider(conf_file=file.name).create_recognizer_registry()
        languages = sorted({each.supported_language for each in registry.recognizers})
        registry.supported_languages = languages
        return AnalyzerEngine(
            registry=registry,
            nlp_engine=NoOpNlpEngine(
                [{"lang_code": language, "model_name": "none"} for language in languages]
            ),
            supported_languages=languages,
        )
    except (ValueError, TypeError, KeyError, AttributeError, OSError, yaml.YAMLError) as error:
        raise ConfigError(
            f"detect.presidio_recognizers: not a registry that Presidio can use: {error}",
            hint="see Presidio's documentation of recognizer registries in YAML",
        ) from error


def _pipeline(language: str, name: str) -> "Language":
    try:
        import spacy  # noqa: PLC0415, TID251 - this is the door
    except ImportError as error:
        raise ConfigError(
            "detect.spacy_models needs spaCy, which is not installed", hint=_HINT
        ) from error
    try:
        return spacy.load(name)
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"detect.spacy_models: the pipeline for {language}, {name}, cannot be loaded",
            hint="name an installed package or a folder; kartta downloads nothing",
        ) from error
