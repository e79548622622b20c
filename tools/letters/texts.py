"""Reads letters with labels: `texts/<hand>/<language>.txt`, divided by lines of `=====`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from detectors.letters.read import Letter, Way

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = ("fi", "sv", "nb", "nn", "da", "en")
_BETWEEN = re.compile(r"^=====[ \t]*$", re.MULTILINE)
_OWN = frozenset({"employer", "recruiter", "colleague", "manager"})
_INSIDE = frozenset({"colleague", "manager"})


@dataclass(frozen=True, slots=True)
class Labelled:
    """A letter and the kinds that its writer gave it."""

    hand: str
    language: str
    kinds: frozenset[str]
    form: str
    letter: Letter


def hands(folder: Path = TEXTS) -> tuple[str, ...]:
    """Name the writers."""
    return tuple(sorted(each.name for each in folder.iterdir() if each.is_dir()))


def labelled(hand: str, folder: Path = TEXTS) -> Iterator[Labelled]:
    """Give the letters of one writer."""
    for language in LANGUAGES:
        text = (folder / hand / f"{language}.txt").read_text("utf-8")
        for block in _BETWEEN.split(text):
            if block.strip():
                yield _labelled(block.strip("\n"), hand, language)


def _labelled(block: str, hand: str, language: str) -> Labelled:
    lines = block.split("\n")
    head: dict[str, str] = {}
    while lines and lines[0].startswith("# "):
        name, _, value = lines.pop(0)[2:].partition(":")
        head[name.strip()] = value.strip()
    body = "\n".join(lines).lstrip("\n")
    subject = ""
    if body.startswith("Subject:"):
        first, _, body = body.partition("\n")
        subject = first.removeprefix("Subject:").strip()
    way = _way(head["from"], head["to"], head["form"])
    letter = Letter(body.strip("\n"), subject, way, is_reply=head["form"] == "reply")
    return Labelled(hand, language, frozenset(head["kinds"].split()), head["form"], letter)


def _way(sender: str, recipient: str, form: str) -> Way:
    """Say what an envelope would show: a note of a call stays in the house."""
    if form == "call_note":
        return Way.INSIDE
    if sender not in _OWN:
        return Way.IN
    is_inside = recipient in _INSIDE or (recipient == "employer" and sender != "recruiter")
    return Way.INSIDE if is_inside else Way.OUT
