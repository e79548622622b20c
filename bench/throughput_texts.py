"""The texts that throughput is measured on, by set.

They are news, CVs, documents about employees and mails. A set whose material is not there is left
out. For what reads files, each text is written as one.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from bench.detect import LANGUAGES, NO_SPACE_BEFORE
from scanner.connectors.registry import open_source
from scanner.connectors.targets import config_for
from scanner.extract.base import Limits
from scanner.model import Segment
from scanner.work import guarded
from tests.corpus.load import CORPUS, UNSEEN, documents

NEWS = {
    "fi": "fi_turku",
    "nb": "no_nob",
    "da": "da_uner",
    "sv": "sv_uner",
    "en": "en_wnut17",
}
NEWS_BYTES = 400_000
"""Of each language."""
TEXT_BYTES = 2_000


def text_sets(data: Path) -> dict[str, tuple[str, ...]]:
    """Give the texts that are there, by set; say of the others why not."""
    makers: dict[str, Callable[[], Iterator[str]]] = {
        "news": partial(_news, data / "ner_unified"),
        "CVs": partial(_files, data / "cv_dotin" / "train_xml"),
        "HR": _hr,
        "mails": partial(_files, data / "mail_nasty_mikel"),
    }
    sets: dict[str, tuple[str, ...]] = {}
    for name, make in makers.items():
        texts = tuple(make())
        if texts:
            sets[name] = texts
        else:
            print(f"{name}: left out, the material is not there", file=sys.stderr)
    return sets


def write_files(sets: Mapping[str, Sequence[str]], folder: Path) -> int:
    """Write each text as a file in its set's folder; give their bytes."""
    size = 0
    for name, texts in sets.items():
        (folder / name).mkdir(parents=True)
        for number, text in enumerate(texts):
            size += (folder / name / f"{number:04}.txt").write_bytes(encoded(text))
    return size


def encoded(text: str) -> bytes:
    """Give a text as UTF-8, with the halves of characters that it may hold."""
    return text.encode("utf-8", "surrogatepass")


def _news(folder: Path) -> Iterator[str]:
    for name in NEWS.values():
        path = folder / f"{name}.train.jsonl"
        if path.is_file():
            yield from _joined(path)


def _joined(path: Path) -> Iterator[str]:
    """Join sentences to texts of some two kilobytes, up to the share of a language."""
    text, size, total = "", 0, 0
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            sentence = _sentence(json.loads(line)["tokens"])
            text, size = text + sentence + "\n", size + len(sentence.encode()) + 1
            if size >= TEXT_BYTES:
                yield text
                total += size
                text, size = "", 0
            if total >= NEWS_BYTES:
                return


def _sentence(tokens: Sequence[str]) -> str:
    written = ""
    for token in tokens:
        written += token if not written or NO_SPACE_BEFORE.match(token) else f" {token}"
    return written


def _files(folder: Path) -> Iterator[str]:
    """Give the text of each file in a folder, as the readers of Kartta see it."""
    if not folder.is_dir():
        return
    with open_source(config_for(str(folder)), Limits()) as connector:
        for asset in connector.discover(None):
            contents = guarded(connector, asset)
            text = "\n".join(each.text for each in contents if isinstance(each, Segment))
            if text.strip():
                yield text


def _hr() -> Iterator[str]:
    for corpus in (CORPUS, UNSEEN):
        for language in LANGUAGES:
            yield from (document.text for document in documents(language, corpus))
