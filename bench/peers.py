"""Compare Kartta with two other scanners: `python bench/peers.py OUT [--rounds 3]`.

All of them scan the same folder of Finnish text (`bench/finnish_text.py`) on the same machine, in
turns, and are measured from outside: wall clock, processor time and the largest memory of the whole
process tree. What they found is compared with what was planted, value by value within each file.
The others are installed from the package index into `.tools/peers`, which is not part of the
project. The result is a Markdown table for `docs/benchmarks.md`.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import yaml

from bench import finnish_text
from bench.measure import Usage, run
from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from scanner.connectors import registry
from scanner.extract.base import Limits
from scanner.model import Segment

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / ".tools" / "peers"
ENTITIES = {
    "EMAIL_ADDRESS": "e-mail",
    "PHONE_NUMBER": "telephone",
    "FI_PERSONAL_IDENTITY_CODE": "identity code",
    "IBAN_CODE": "IBAN",
    "CREDIT_CARD": "card",
    "IP_ADDRESS": "IP address",
}
FINGERPRINTS = {
    "EMAIL_ADDRESS": r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}",
    "PHONE_NUMBER": r"(?<!\d)(?:\+358[ -]?|0)(?:4\d|50)[ -]?\d{3}[ -]?\d{4}(?!\d)",
    "FI_PERSONAL_IDENTITY_CODE": (
        r"(?<![0-9A-Z])[0-3]\d[01]\d{3}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y](?![0-9A-Z])"
    ),
    "IBAN_CODE": r"(?<![A-Z0-9])FI\d{2}(?: ?\d{4}){3} ?\d{2}(?!\d)",
    "CREDIT_CARD": r"(?<![\dA-Z])(?:4\d{3}|5[1-5]\d{2}|2[2-7]\d{2})(?:[ -]?\d{4}){3}(?!\d)",
    "IP_ADDRESS": (
        r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"
        r"|(?<![:\w])(?:[0-9a-f]{1,4}:){1,7}:[0-9a-f]{1,4}(?![:\w])"
    ),
}
"""Six patterns of ours for hawk-scanner: it downloads a list of its own unless it is given one."""
_SIX_CHECKS = "BANK_ACCOUNT,CREDIT_CARD,EMAIL,IP_ADDRESS,PHONE,SSN"
_FERRET_VALIDATORS = {
    "email": "EMAIL_ADDRESS",
    "phone": "PHONE_NUMBER",
    "bank_account": "IBAN_CODE",
    "creditcard": "CREDIT_CARD",
    "ipaddress": "IP_ADDRESS",
    "ip_address": "IP_ADDRESS",
    "ssn": "FI_PERSONAL_IDENTITY_CODE",
}

Value = tuple[str, str]
"""A file and a normalised value in it."""
Seen = Mapping[str, set[Value]]
"""By entity."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One scanner: how to run it from a folder, and how to read what it left there."""

    name: str
    command: Callable[[Path, Path], Sequence[str | Path]]
    found: Callable[[Path, Path], Seen]


def main() -> None:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("out", type=Path, help="folder for the corpus; made if it is not there")
    parser.add_argument("--megabytes", type=float, default=10.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="measure only tools whose name contains this")
    given = parser.parse_args()
    corpus: Path = given.out.resolve()
    if not (corpus / "planted.json").is_file():
        finnish_text.write(corpus, given.megabytes)
    tools = [tool for tool in scanners(install()) if given.only in tool.name]
    usages: dict[str, list[Usage]] = defaultdict(list)
    found: dict[str, Seen] = {}
    with tempfile.TemporaryDirectory(prefix="kartta-bench-") as scratch:
        for turn in range(given.rounds):
            for position, tool in enumerate(tools):
                here = Path(scratch, f"{turn}-{position}")
                here.mkdir()
                usage = run(tool.command(corpus / "files", here), here)
                usages[tool.name].append(usage)
                print(f"{turn + 1}/{given.rounds} {tool.name}: {usage}", file=sys.stderr)
                if usage.code not in {0, 1}:  # 1: something was found that the tool objects to
                    raise SystemExit((here / "stderr.txt").read_text(encoding="utf-8"))
                if turn == given.rounds - 1:
                    found[tool.name] = tool.found(corpus / "files", here)
    print(_costs(corpus / "files", usages))
    print(_finds(_planted(corpus), found))


def install() -> dict[str, str]:
    """Install the others beside the project, once; gives their versions."""
    pip = PEERS / "bin" / "pip"
    if not (PEERS / "bin" / "hawk_scanner").exists():
        subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
        subprocess.run([pip, "install", "-q", "ferret-scan", "hawk-scanner"], check=True)
    listing = subprocess.run(
        [pip, "list", "--format", "json"], check=True, capture_output=True, text=True
    ).stdout
    return {entry["name"].replace("_", "-"): entry["version"] for entry in json.loads(listing)}


def scanners(versions: Mapping[str, str]) -> tuple[Tool, ...]:
    ferret = f"ferret-scan {versions['ferret-scan']}"
    hawk = f"hawk-scanner {versions['hawk-scanner']}"
    return (
        Tool("kartta", _kartta, _kartta_found),
        Tool(f"{ferret}, all checks", lambda files, _: _ferret(files, "all"), _ferret_found),
        Tool(f"{ferret}, six checks", lambda files, _: _ferret(files, _SIX_CHECKS), _ferret_found),
        Tool(f"{hawk}, our six patterns", _hawk, _hawk_found),
    )


def _kartta(files: Path, here: Path) -> Sequence[str | Path]:
    catalog = f"sqlite:///{here / 'catalog.sqlite'}"
    return (Path(sys.executable).parent / "kartta", "scan", files, "--catalog", catalog)


def _kartta_found(files: Path, _: Path) -> Seen:
    """Read what the same readers and recognizers see, since no report of Kartta holds a value."""
    config = registry.config_model("folder").model_validate(
        {"id": "bench", "kind": "folder", "path": files}
    )
    analyser = Analyser(DetectorSettings(), b"bench")
    seen: defaultdict[str, set[Value]] = defaultdict(set)
    with registry.open_source(config, Limits()) as source:
        for asset in source.discover(None):
            segments = (entry for entry in source.read(asset) if isinstance(entry, Segment))
            for segment, detection in analyser.detect(segments):
                text = segment.text[detection.start : detection.end]
                seen[detection.entity].add((asset.path, _normal(detection.entity, text)))
    return seen


def _ferret(files: Path, checks: str) -> Sequence[str | Path]:
    return (
        PEERS / "bin" / "ferret-scan", "--file", files, "--recursive", "--checks", checks,
        "--format", "json", "--output", "found.json", "--show-match", "--limit", "0",
        "--confidence", "all", "--quiet", "--no-color",
    )  # fmt: skip


def _ferret_found(files: Path, here: Path) -> Seen:
    results = json.loads((here / "found.json").read_text(encoding="utf-8"))["results"] or []
    return _seen(
        files,
        (
            (_FERRET_VALIDATORS.get(result["validator"], result["type"]), result["filename"],
             result["text"])
            for result in results
        ),
    )  # fmt: skip


def _hawk(files: Path, here: Path) -> Sequence[str | Path]:
    connection = {"sources": {"fs": {"corpus": {"path": str(files), "exclude_patterns": []}}}}
    (here / "connection.yml").write_text(yaml.safe_dump(connection), encoding="utf-8")
    (here / "fingerprint.yml").write_text(yaml.safe_dump(FINGERPRINTS), encoding="utf-8")
    return (
        PEERS / "bin" / "hawk_scanner", "fs", "--connection", "connection.yml", "--fingerprint",
        "fingerprint.yml", "--json", "found.json", "--quiet", "--no-write", "--shutup",
    )  # fmt: skip


def _hawk_found(files: Path, here: Path) -> Seen:
    results = json.loads((here / "found.json").read_text(encoding="utf-8"))["fs"]
    return _seen(
        files,
        (
            (result["pattern_name"], result["file_path"], text)
            for result in results
            for text in result["matches"]
        ),
    )


def _seen(files: Path, found: Iterable[tuple[str, str, str]]) -> Seen:
    seen: defaultdict[str, set[Value]] = defaultdict(set)
    for entity, name, text in found:
        path = Path(name).relative_to(files) if Path(name).is_absolute() else Path(name)
        seen[entity].add((path.as_posix(), _normal(entity, text)))
    return seen


def _planted(corpus: Path) -> Seen:
    planted: defaultdict[str, set[Value]] = defaultdict(set)
    for entry in finnish_text.lines_of(corpus / "planted.json"):
        planted[entry.entity].add((entry.file, _normal(entry.entity, entry.value)))
    return planted


def _normal(entity: str, text: str) -> str:
    """Write a value as every tool would, were it asked for the bare value.

    >>> _normal("PHONE_NUMBER", "+358 40-555 0101")
    '0405550101'
    """
    if entity in {"PHONE_NUMBER", "IBAN_CODE", "CREDIT_CARD"}:
        text = re.sub(r"[\s()-]", "", text)
    if entity == "PHONE_NUMBER":
        text = re.sub(r"^(\+|00)358", "0", text)
    return text.casefold().strip()


def _costs(files: Path, usages: Mapping[str, Sequence[Usage]]) -> str:
    sizes = [path.stat().st_size for path in files.rglob("*") if path.is_file()]
    megabytes = sum(sizes) / 1e6
    rows = [f"{len(sizes)} files, {megabytes:.1f} MB; median of the rounds (least to most).", ""]
    rows += ["| tool | seconds | MB/s | CPU seconds | peak memory, MB |", "|---|---|---|---|---|"]
    for name, runs in usages.items():
        walls = [usage.wall for usage in runs]
        cpu, peak = median(usage.cpu for usage in runs), max(usage.peak for usage in runs)
        rows.append(
            f"| {name} | {median(walls):.1f} ({min(walls):.1f} to {max(walls):.1f})"
            f" | {megabytes / median(walls):.2f} | {cpu:.1f} | {peak / 1e6:.0f} |"
        )
    return "\n".join((*rows, ""))


def _finds(planted: Seen, found: Mapping[str, Seen]) -> str:
    rows = ["Recall / precision by different values in each file; none: nothing reported.", ""]
    rows.append("| planted | " + " | ".join(("values", *found)) + " |")
    rows.append("|---" * (len(found) + 2) + "|")
    for entity, label in ENTITIES.items():
        cells = (_score(planted[entity], seen.get(entity, set())) for seen in found.values())
        rows.append("| " + " | ".join((label, str(len(planted[entity])), *cells)) + " |")
    others = " | ".join(str(_others(seen)) for seen in found.values())
    return "\n".join((*rows, f"| other findings | | {others} |"))


def _score(planted: set[Value], seen: set[Value]) -> str:
    if not seen:
        return "none"
    right = len(planted & seen)
    return f"{right / len(planted):.3f} / {right / len(seen):.3f}"


def _others(seen: Seen) -> int:
    return sum(len(values) for entity, values in seen.items() if entity not in ENTITIES)


if __name__ == "__main__":
    main()
