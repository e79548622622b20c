"""A format: WebVTT, in which meeting programs write down what was said in an interview.

The speaker of a cue is known (`<v Onni Lahti>`): as a text of its own with the label `speaker`,
so that a name is sure to be one.
"""

import html
import re
from collections.abc import Iterator

from scanner.extract import plain
from scanner.extract.base import Budget, Part
from scanner.extract.registry import Format
from scanner.model import Content, Segment

FORMAT = Format("webvtt", "kartta_example.webvtt:extract", (".vtt",), (b"WEBVTT",))

_TIMING = re.compile(r"^\s*((?:\d+:)?\d\d:\d\d\.\d{3})\s+-->", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[a-z][^>]*>|<\d[\d:.]*>")


def extract(part: Part, budget: Budget) -> Iterator[Content]:
    """Yield each cue with its time, and each speaker once; notes as they are."""
    text = plain.decode(part.read(budget), part.charset)
    speakers: set[str] = set()
    for block in re.split(r"(?:\r?\n){2,}", text):
        timing = _TIMING.search(block)
        if timing is None:
            if block.startswith("NOTE"):
                yield Segment(part.locator.called("note"), block.removeprefix("NOTE").strip())
            continue
        place = part.locator.called(f"cue:{timing[1]}")
        said = block[timing.end() :].partition("\n")[2]
        for speaker in map(html.unescape, _VOICE.findall(said)):
            if speaker not in speakers:
                speakers.add(speaker)
                yield Segment(place, speaker, label="speaker")
        if spoken := html.unescape(_TAG.sub("", said)).strip():
            yield Segment(place, spoken)
