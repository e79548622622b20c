"""The manual is whole: every name of the product is in it, and what it says can be run."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kartta import config
from kartta.cli.main import cli
from scanner.model import SkipReason
from scanner.plugins import GROUPS
from tools.reference import included, pages, settings
from tools.reference.commands import commands
from tools.reference.markdown import anchor
from tools.reference.source import error_classes, field_docs

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "reference"
STALE = "the manual is not what the code says: run 'make docs', and read the difference"

_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
_CODE_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


def manual() -> list[Path]:
    """Give every page of ours."""
    folders = ("docs", "changelog.d", "demo", "examples", "requirements", "tests")
    found = [
        *ROOT.glob("*.md"),
        *(path for name in folders for path in (ROOT / name).rglob("*.md")),
    ]
    made = {ROOT / "demo" / "out", ROOT / "demo" / "company"}
    return sorted(path for path in found if made.isdisjoint(path.parents))


def text_of_all() -> str:
    return "\n".join(path.read_text("utf-8") for path in manual() if "docs" in path.parts)


def test_the_reference_is_fresh() -> None:
    written = {path.name: path.read_text("utf-8") for path in REFERENCE.glob("*.md")}

    assert pages.pages() == written, STALE


def test_code_in_the_how_to_pages_is_that_of_the_files() -> None:
    pages_of_code = sorted((ROOT / "docs" / "how-to").glob("*.md"))

    assert pages_of_code
    for path in pages_of_code:
        assert included.filled(text := path.read_text("utf-8")) == text, STALE


def test_every_setting_says_what_it_is_for() -> None:
    known = settings.models(config.Config)
    models = [*(model for model in known if model.__module__ != "scanner.connectors.base"),
              *settings.source_models().values()]  # fmt: skip
    bare = [
        f"{model.__module__}.{model.__name__}.{setting.key}: write what it is for under the field"
        for model in models
        for setting in settings.settings(model, known)
        if not setting.doc
    ]

    assert models
    assert bare == []


def test_every_skip_reason_and_every_error_says_what_it_means() -> None:
    docs = field_docs(SkipReason)

    assert [reason.name for reason in SkipReason if not docs.get(reason.name)] == []
    assert [kind.__name__ for kind in error_classes() if not kind.__doc__] == []


def test_every_name_is_in_the_manual() -> None:
    text = text_of_all()
    names = {
        *(" ".join(path) for path, _ in commands()),
        *(option for _, command in commands() for each in command.params
          if isinstance(each, click.Option) for option in each.opts),
        *(reason.value for reason in SkipReason),
        *(kind.__name__ for kind in error_classes()),
        *GROUPS,
    }  # fmt: skip

    assert [name for name in sorted(names) if name not in text] == []


def test_every_link_leads_somewhere() -> None:
    lost = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in manual()
        for target in links(path)
        if not leads_somewhere(path, target)
    ]

    assert lost == []


def test_every_file_that_is_named_is_there() -> None:
    tracked = ("kartta", "scanner", "detectors", "ropa", "rules", "reports", "tools", "tests",
               "docs", "examples", "demo/declared", "bench")  # fmt: skip
    named = re.compile(rf"`((?:{'|'.join(tracked)})/[\w./-]*)`")
    lost = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in manual()
        if "adr" not in path.parts
        for name in named.findall(path.read_text("utf-8"))
        if not (ROOT / name).exists()
    ]

    assert lost == []


def links(path: Path) -> Iterator[str]:
    text = re.sub(r"`[^`\n]*`", "", _CODE_BLOCK.sub("", path.read_text("utf-8")))
    for match in _LINK.finditer(text):
        target = match[1] or match[2]
        if not re.match(r"[a-z]+:", target):
            yield target


def leads_somewhere(path: Path, target: str) -> bool:
    name, _, heading = target.partition("#")
    there = (path.parent / name) if name else path
    if not there.exists() or not heading:
        return there.exists()
    text = there.read_text("utf-8")
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    anchors = {anchor(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", each)) for each in headings}
    return heading in anchors | set(re.findall(r'<a name="([^"]+)">', text))


def shown() -> list[tuple[str, str, bool]]:
    """Give every command line that the manual shows: its page, it, and whether it can be run."""
    found = set()
    for path in manual():
        text = path.read_text("utf-8")
        for language, block in _CODE_BLOCK.findall(text):
            lines = [line.removeprefix("$ ") for line in block.splitlines()]
            if language in {"console", "sh", ""}:
                found |= {(path.name, line, True) for line in lines if line.startswith("kartta ")}
        inline = re.findall(r"`(kartta [a-z][^`]*)`", _CODE_BLOCK.sub("", text))
        found |= {(path.name, line, False) for line in inline}
    return sorted(found)


@pytest.mark.parametrize(("page", "line", "is_whole"), shown())
def test_a_command_that_is_shown_exists_with_its_options(
    page: str, line: str, is_whole: bool
) -> None:
    for part in re.split(r" && | \| |\s+[>#] |  →|   ", line):
        if part.startswith("kartta "):
            words = shlex.split(re.sub(r"[\[\]…]", " ", part.replace("\\|", "|")))[1:]
            check_words(words, is_whole=is_whole)


def check_words(words: list[str], *, is_whole: bool) -> None:
    """Walk to the command; of a whole line, take each option's value as the command would."""
    command: click.Command = cli
    context = click.Context(command, info_name="kartta")
    known = {"-h", "--help"}
    while True:
        known |= {name for option in command.params for name in option.opts}
        if not isinstance(command, click.Group) or not words or words[0].startswith("-"):
            break
        below = command.get_command(context, words[0].partition("|")[0])
        assert below is not None, f"there is no command {words[0]!r}"
        command, words = below, words[1:]
        context = click.Context(command, info_name=command.name, parent=context)
    asked = {name for word in words if word.startswith("-") for name in _OPTION.findall(word)}
    assert asked <= known, f"there is no option {asked - known}"
    if is_whole:
        values, _, _ = command.make_parser(context).parse_args(words)
        for option in command.params:
            if isinstance(option.type, click.Choice | click.IntRange | click.DateTime):
                option.type_cast_value(context, values.get(option.name or ""))


def test_every_word_of_the_glossary_is_where_it_says() -> None:
    rows = re.findall(
        r"^\| ([^|]+) \| [^|]+ \| `([^`]+)`(?: `(\w+)`)? \|$",
        (ROOT / "docs" / "glossary.md").read_text("utf-8"),
        re.MULTILINE,
    )

    assert len(rows) > 40
    for word, file, name in rows:
        code = (ROOT / file).read_text("utf-8")
        assert not name or re.search(rf"^class {name}\b", code, re.MULTILINE), word
