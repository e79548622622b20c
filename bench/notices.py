"""Measure how notices are read: `python -m bench.notices [DATA]`.

Against gold, topic by topic: the notice from which the project started (`../shared/seed`) and the
invented ones of `tests/corpus/notices`, of which those for tuning and those held out are apart.
Against the labelled passages of real policies (`notices_gdpr200`), topic by topic: whether the
passage that tells of it is cited. Real notices without labels are only counted. `--show NAME` lists
what is missed and what is invented in one notice, unless it is held out.
"""

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from bench.notice_facts import Fact, facts_of
from bench.notice_matches import Match, Score, matches, score
from kartta.notices import open_notice
from ropa.notice.read import as_data, declared
from ropa.notice.sections import notice_of
from ropa.notice.text import NoticeText
from tests.corpus.notices.load import Notice, evidence_in, notices

SHARED = Path(__file__).resolve().parents[2] / "shared"
SEED = "seed"
SEEN = "seen"
HELD_OUT = "held out"
REQUIREMENTS = {
    "retention": ("Data Retention Period",),
    "legal basis": ("Legal Basis for Processing", "Legitimate Interests for Processing"),
    "recipients": ("Data Recipients",),
    "transfers": ("Third-country Transfers",),
    "rights": ("Right to ",),
    "contacts": ("Controller Contact", "DPO Contact"),
}
"""What the labels of a passage begin with, by topic."""


@dataclass(frozen=True, slots=True)
class Result:
    """One notice, read and compared."""

    name: str
    language: str
    group: str
    matches: tuple[Match, ...]

    def by_topic(self) -> Mapping[str, Score]:
        """Count for each topic."""
        parts: dict[str, list[Match]] = defaultdict(list)
        for match in self.matches:
            fact = match.gold or match.found
            parts[fact.topic if fact else ""].append(match)
        return {topic: score(part) for topic, part in parts.items()}


@dataclass(frozen=True, slots=True)
class Passages:
    """How the passages of a topic were cited."""

    labelled: int = 0
    cited: int = 0
    both: int = 0

    def __add__(self, other: "Passages") -> "Passages":
        return Passages(
            self.labelled + other.labelled, self.cited + other.cited, self.both + other.both
        )


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=SHARED / "data")
    parser.add_argument("--show", metavar="NAME", help="list the errors of one notice")
    given = parser.parse_args()
    if given.show:
        _show(given.show)
        return
    results = tuple(_results())
    print(_by_topic(results))
    print(_by_language(results))
    print(_on_passages(given.data / "notices_gdpr200"))
    print(_counted(given.data / "notices_recruitment"))


def compare(gold: Iterable[Fact], text: NoticeText, language: str) -> tuple[Match, ...]:
    """Read a notice and pair what it gives with the gold, whose lines are those of the text."""
    read = facts_of(as_data(declared(text)), language)
    return tuple(matches(gold, read))


def gold_facts(notice: Notice, text: NoticeText) -> Iterator[Fact]:
    """Give the facts of a gold; lines of a text that was made into a file lie elsewhere there."""
    facts = facts_of(notice.gold, notice.language)
    if len(notice.source.suffixes) == 1:
        yield from facts
        return
    whole = [_plain(line) for line in notice.source.read_text(encoding="utf-8").splitlines()]
    lines = [(line.number, _plain(line.text)) for line in text.lines if not line.is_empty]
    for fact in facts:
        places = tuple(
            (number, quote)
            for at, quote in fact.places
            for number, part in lines
            if part in whole[at - 1] or whole[at - 1] in part
        )
        yield replace(fact, places=places)


def _results(only: str = "") -> Iterator[Result]:
    seed = SHARED / "seed" / "notice.fi.txt"
    if seed.is_file() and only in {"", SEED}:
        gold = yaml.safe_load(seed.with_suffix(".gold.yaml").read_text(encoding="utf-8"))
        pairs = compare(facts_of(gold, "fi"), open_notice(seed), "fi")
        yield Result(SEED, "fi", SEED, pairs)
    for notice in notices():
        if only in {"", notice.name}:
            with tempfile.TemporaryDirectory() as folder:
                text = open_notice(notice.file(Path(folder)))
            group = HELD_OUT if notice.is_held_out else SEEN
            pairs = compare(gold_facts(notice, text), text, notice.language)
            yield Result(notice.name, notice.language, group, pairs)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _by_topic(results: Sequence[Result]) -> str:
    rows = ["", "| topic | notices | gold | found | right value | and line | invented | nulls |"]
    rows.append("|---|---|---|---|---|---|---|---|")
    scores: dict[tuple[str, str], Score] = defaultdict(Score)
    for result in results:
        for topic, one in result.by_topic().items():
            scores[topic, result.group] += one
            scores["**all**", result.group] += one
    rows += [f"| {topic} | {group} | {_cells(one)} |" for (topic, group), one in _sorted(scores)]
    return "\n".join(rows)


def _sorted(scores: Mapping[tuple[str, str], Score]) -> list[tuple[tuple[str, str], Score]]:
    """Keep the order of the topics, the groups of each together."""
    order = list(dict.fromkeys(topic for topic, _ in scores if not topic.startswith("*")))
    order += [topic for topic, _ in scores if topic.startswith("*")]
    groups = (SEED, SEEN, HELD_OUT)
    return sorted(
        scores.items(), key=lambda item: (order.index(item[0][0]), groups.index(item[0][1]))
    )


def _by_language(results: Sequence[Result]) -> str:
    rows = ["", "| notice | notices | gold | found | right value | and line | invented | nulls |"]
    rows.append("|---|---|---|---|---|---|---|---|")
    scores: dict[tuple[str, str], Score] = defaultdict(Score)
    for result in results:
        name = SEED if result.group == SEED else result.language
        scores[name, result.group] += score(result.matches)
    rows += [f"| {name} | {group} | {_cells(one)} |" for (name, group), one in scores.items()]
    return "\n".join(rows)


def _cells(one: Score) -> str:
    parts = (
        str(one.gold),
        *(_share(count, one.gold) for count in (one.found, one.value, one.line)),
        str(one.invented),
        f"{one.null_right}/{one.nulls}",
    )
    return " | ".join(parts)


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.0%})" if whole else "-"


def _show(name: str) -> None:
    """List the errors of one notice."""
    results = list(_results(name))
    if not results or results[0].group == HELD_OUT:
        raise SystemExit(f"{name}: there is no such notice, or it is held out")
    for match in results[0].matches:
        gold, found = match.gold, match.found
        if found is None and gold and not gold.is_silent and not gold.is_optional:
            print("missed  ", _line(gold))
        elif gold is None and found and not found.is_optional:
            print("invented", _line(found))
        elif gold and found and not gold.is_optional and not (match.is_right and match.on_line):
            print("wrong   ", _line(gold), "\n     for ", _line(found))


def _line(fact: Fact) -> str:
    words = "; ".join(f"{line}: {quote[:90]}" for line, quote in fact.places)
    return f"{fact.topic} · {fact.kind} {fact.name} = {fact.value} [{words}]"


def _on_passages(folder: Path) -> str:
    """Judge which passages of real policies are cited."""
    if not folder.is_dir():
        return f"\n{folder.name}: not there"
    total: dict[str, Passages] = dict.fromkeys(REQUIREMENTS, Passages())
    policies = list(_policies(folder))
    for name, passages in policies:
        cited = _cited(name, passages)
        for topic, starts in REQUIREMENTS.items():
            labelled = {n for n, each in enumerate(passages, start=1) if _has(each, starts)}
            counts = Passages(len(labelled), len(cited[topic]), len(cited[topic] & labelled))
            total[topic] += counts
    rows = ["", f"{len(policies)} real policies in English, passages:", ""]
    rows += ["| topic | labelled | cited | recall | precision |", "|---|---|---|---|---|"]
    rows += [
        f"| {topic} | {one.labelled} | {one.cited} | {_rate(one.both, one.labelled)}"
        f" | {_rate(one.both, one.cited)} |"
        for topic, one in total.items()
    ]
    return "\n".join(rows)


def _policies(folder: Path) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Give the policies whose file is whole."""
    for path in sorted(folder.glob("*.json")):
        try:
            yield path.stem, json.loads(path.read_text(encoding="utf-8"))
        except json.JSONDecodeError:
            continue


def _has(passage: Mapping[str, Any], starts: tuple[str, ...]) -> bool:
    labels = passage.get("annotations") or ()
    return any(label["requirement"].startswith(starts) for label in labels)


def _cited(name: str, passages: Sequence[Mapping[str, Any]]) -> Mapping[str, set[int]]:
    """Read a policy, each passage on its line, and give the lines cited for each topic."""
    text = "\n".join(_plain(each["passage"]) for each in passages)
    read = as_data(declared(notice_of(name, text)))
    purposes = [each for each in read["purposes"] or () if each.get("lawful_basis")]
    contacts = [
        each for each in read["contacts"] or () if each.get("role") != "supervisory_authority"
    ]
    rights = (read["rights"] or {}).get("list") or ()
    parts = {
        "retention": read["retention"],
        "legal basis": purposes,
        "recipients": (read["recipients"], read["organisations"]),
        "transfers": read["transfers"],
        "rights": rights,
        "contacts": contacts,
    }
    return {topic: _lines(part) for topic, part in parts.items()}


def _lines(part: object) -> set[int]:
    return {line for _, line, _ in evidence_in(part)}


def _rate(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


def _counted(folder: Path) -> str:
    """Count what real notices without gold give, and whether its evidence is exact."""
    if not folder.is_dir():
        return f"\n{folder.name}: not there"
    rows = ["", "Real notices without labels: facts by topic.", ""]
    for path in sorted(folder.rglob("*.md")):
        text = open_notice(path)
        read = as_data(declared(text))
        facts = [fact for fact in facts_of(read, text.language) if not fact.is_silent]
        counts: dict[str, int] = defaultdict(int)
        for fact in facts:
            counts[fact.topic] += 1
        wrong = sum(_is_wrong(fact, text) for fact in facts)
        listed = ", ".join(f"{topic} {count}" for topic, count in counts.items())
        rows.append(f"- {path.stem} ({text.language or '?'}): {listed}; inexact evidence: {wrong}")
    return "\n".join(rows)


def _is_wrong(fact: Fact, text: NoticeText) -> bool:
    return any(quote not in text.lines[line - 1].raw for line, quote in fact.places)


if __name__ == "__main__":
    main()
