"""What Kartta's speed is compared with: presidio-analyzer, and a spaCy pipeline for it.

No model is fetched. The pipeline is trained once, for some minutes, with spaCy's own settings for
efficiency (tok2vec and ner) on the Finnish news of `../shared/data/ner_unified`, and kept in
`.tools/bench-spacy`. Its weights do not change its speed; its quality is printed beside Kartta's.
"""

import json
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from itertools import groupby
from pathlib import Path
from typing import Any

import spacy  # noqa: TID251 - measured here
import tldextract
from presidio_analyzer import (  # noqa: TID251 - measured here
    AnalyzerEngine,
    Pattern,
    PatternRecognizer,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.nlp_engine import NlpArtifacts, SpacyNlpEngine  # noqa: TID251 - as above
from spacy.cli.init_config import init_config  # noqa: TID251 - as above
from spacy.cli.train import train  # noqa: TID251 - as above
from spacy.tokens import Doc, DocBin  # noqa: TID251 - as above

from detectors import base
from detectors.base import DetectorSettings
from detectors.engine import FLAGS, spell_out
from detectors.recognizers import recognizers

LANGUAGE = "fi"
"""All texts are read as Finnish: fewer of Presidio's recognizers run than for English."""
TRAINING_STEPS = 1_000
SCORE = 0.5

Counting = Callable[[str], int]
"""Give the number of results in a text."""


def with_our_patterns() -> Counting:
    """Build Presidio with Kartta's patterns and checks, and a spaCy that only parts words."""
    registry = RecognizerRegistry(
        recognizers=[_Ours(each) for each in recognizers(DetectorSettings())[0]],
        supported_languages=[LANGUAGE],
    )
    nlp = SpacyNlpEngine(models=[{"lang_code": LANGUAGE, "model_name": "blank"}])
    nlp.nlp = {LANGUAGE: spacy.blank(LANGUAGE)}  # type: ignore[assignment]  # typed as None there
    return _counting(AnalyzerEngine(registry, nlp, supported_languages=[LANGUAGE]))


def with_its_own_recognizers(pipeline: Path) -> Counting:
    """Build Presidio as it comes, with a pipeline that finds names."""
    # Presidio asks tldextract's default extractor, which would download its list.
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    nlp = SpacyNlpEngine(models=[{"lang_code": LANGUAGE, "model_name": str(pipeline)}])
    nlp.load()
    registry = RecognizerRegistry(supported_languages=[LANGUAGE])
    registry.load_predefined_recognizers(languages=[LANGUAGE], nlp_engine=nlp)
    return _counting(AnalyzerEngine(registry, nlp, supported_languages=[LANGUAGE]))


def trained(data: Path, folder: Path, steps: int = TRAINING_STEPS) -> Path:
    """Give the pipeline's folder; train it first if it is not there."""
    best = folder / "model-best"
    if not (best / "meta.json").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        paths = {
            f"paths.{part}": str(_binary(data / f"fi_turku.{part}.jsonl", folder))
            for part in ("train", "dev")
        }
        settings = folder / "config.cfg"
        init_config(lang=LANGUAGE, pipeline=["ner"], optimize="efficiency").to_disk(settings)
        limits = {"training.max_steps": steps, "training.eval_frequency": max(steps // 4, 1)}
        with redirect_stdout(sys.stderr):
            train(settings, folder, overrides=paths | limits)
    return best


def _counting(engine: Any) -> Counting:  # noqa: ANN401 - Presidio is not typed
    return lambda text: len(engine.analyze(text, LANGUAGE))


class _Ours(PatternRecognizer):
    """A recognizer of ours as Presidio runs it: its patterns, its words and its check."""

    def __init__(self, ours: base.PatternRecognizer) -> None:
        written = [spell_out(pattern) for pattern in ours.patterns]
        super().__init__(
            supported_entity=ours.entity,
            name=ours.name,
            supported_language=LANGUAGE,
            patterns=[Pattern(ours.name, f"(?a){pattern}", SCORE) for pattern in written],
            context=list(ours.context),
        )
        self._ours = ours
        self._compiled = [re.compile(pattern, FLAGS) for pattern in written]

    def analyze(
        self,
        text: str,
        entities: list[str],
        nlp_artifacts: NlpArtifacts | None = None,
        regex_flags: int | None = None,
    ) -> list[RecognizerResult]:
        """Drop what our check rejects, which also looks at the neighbours."""
        found = super().analyze(text, entities, nlp_artifacts, regex_flags)
        return [each for each in found if self._is_confirmed(text, each.start)]

    def _is_confirmed(self, text: str, start: int) -> bool:
        matches = (pattern.match(text, start) for pattern in self._compiled)
        return any(match and self._ours.confirm(match) for match in matches)


def _binary(path: Path, folder: Path) -> Path:
    """Write tokens and tags as spaCy reads them, thirty sentences to a document."""
    vocabulary = spacy.blank(LANGUAGE).vocab
    written = DocBin()
    with path.open(encoding="utf-8") as lines:
        for _, group in groupby(enumerate(lines), lambda line: line[0] // 30):
            entries = [json.loads(line) for _, line in group]
            words = [word for entry in entries for word in entry["tokens"]]
            tags = [tag for entry in entries for tag in entry["tags"]]
            written.add(Doc(vocabulary, words=words, ents=_without_stray(tags)))
    target = folder / f"{path.name}.spacy"
    written.to_disk(target)
    return target


def _without_stray(tags: Sequence[str]) -> list[str]:
    """Begin an entity where the corpus continues one that is not there."""
    repaired: list[str] = []
    for tag in tags:
        before = repaired[-1][2:] if repaired else ""
        repaired.append(f"B-{tag[2:]}" if tag.startswith("I-") and before != tag[2:] else tag)
    return repaired
