"""Write a changed register back into its YAML files: only what changed, and whole or not at all.

An entry stays in the file in which it stands, with the keys that were written unless it changed; a
new one goes to the first file that holds its kind. Comments and layout do not survive.
"""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, get_args

import yaml

from ropa.declared import load_register, register_files
from ropa.model import Activity, Processing, Recipient, Register, System, Transfer
from scanner import private, yamlfile
from scanner.errors import RegisterError

Table = Literal["activities", "processing", "recipients", "transfers", "systems"]
TABLES: tuple[Table, ...] = get_args(Table)
_WIDTH = 100
_ORIGIN = frozenset({"provenance", "confirm"})
"""Where an entry comes from; people read what it says first."""
_BREAKS = "\r\x85\u2028\u2029"
_Entry = Activity | Processing | Recipient | Transfer | System
_Document = dict[str, Any]
"""One YAML file as it was read: whatever its keys hold."""


@dataclass(frozen=True, slots=True)
class Written:
    """One file as it would be."""

    path: Path
    text: str
    loses_comments: bool


def plan(before: Register, after: Register, path: Path) -> tuple[Written, ...]:
    """Give the files that a change touches, as they would be.

    Raises:
        RegisterError: a file is not readable, or what would be written is not the register.
    """
    files = register_files(path)
    documents = {file: _read(file) for file in files}
    changed = {
        file: document
        for file, document in _changed(documents, before, after).items()
        if document != documents[file]
    }
    written = tuple(
        Written(file, document_text(document), _has_comments(file))
        for file, document in changed.items()
    )
    _check(written, files, after)
    return written


def save(files: Sequence[Written]) -> None:
    """Put the files in place of the old ones, each in one step and all after all are written.

    Raises:
        RegisterError: a file cannot be written; then none is replaced.
    """
    parts = [(each.path.resolve(), _part(each.path)) for each in files]
    try:
        for each, (path, part) in zip(files, parts, strict=True):
            part.unlink(missing_ok=True)
            private.ensure(part)
            part.write_text(each.text, encoding="utf-8")
            shutil.copymode(path, part)
        for path, part in parts:
            part.replace(path)
    except OSError as error:
        raise RegisterError(
            f"{error.filename}: cannot be written ({error.strerror})", hint="check the folder"
        ) from error
    finally:
        for _, part in parts:
            part.unlink(missing_ok=True)


def document_text(document: Mapping[str, Any]) -> str:
    """Write a document as YAML for people."""
    return yaml.dump(
        dict(document), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH
    )


def plain(value: object) -> Any:  # noqa: ANN401 - whatever YAML holds
    """Give a value of the register as a person would write it: no repetition, the origin last."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key in _ORIGIN)
        found = {key: plain(value[key]) for key in keys}
        if set(found) == {"en", "fi"} and found["en"] == found["fi"]:
            return found["en"]
        return found["key"] if set(found) == {"key"} else found
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value


class _Dumper(yaml.SafeDumper):
    """Plain YAML without references, which people do not read."""

    def ignore_aliases(self, data: object) -> bool:
        """Write a value again wherever it stands again."""
        del data
        return True


def _string(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    """Write text of several lines as such, and odd line breaks as escapes: YAML folds them."""
    style = None
    if any(character in text for character in _BREAKS):
        style = '"'
    elif "\n" in text and text == text.strip():
        style = "|"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _string)


def _read(path: Path) -> _Document:
    document, _ = yamlfile.read(path, RegisterError)
    return document or {}


def _changed(
    documents: Mapping[Path, _Document], before: Register, after: Register
) -> dict[Path, _Document]:
    new = {path: dict(document) for path, document in documents.items()}
    main = next(path for path, document in documents.items() if document.get("controller"))
    if before.controller != after.controller:
        new[main]["controller"] = _dump(after.controller.model_dump(exclude_defaults=True))
    for table in TABLES:
        was: dict[str, _Entry] = {entry.id: entry for entry in getattr(before, table)}
        now: dict[str, _Entry] = {entry.id: entry for entry in getattr(after, table)}
        for path, document in documents.items():
            kept = document.get(table) or []
            entries = [
                raw if was.get(raw["id"]) == now[raw["id"]] else _entry(now[raw["id"]])
                for raw in kept
                if raw["id"] in now
            ]
            if entries != kept:
                new[path][table] = entries
        added = [_entry(entry) for key, entry in now.items() if key not in was]
        if added:
            home = next((path for path, each in documents.items() if each.get(table)), main)
            new[home][table] = [*(new[home].get(table) or []), *added]
    return new


def _entry(entry: _Entry) -> Any:  # noqa: ANN401 - whatever YAML holds
    return _dump(entry.model_dump(exclude_defaults=True))


def _dump(raw: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever YAML holds
    return plain({key: _strings(value) for key, value in raw.items()})


def _strings(value: object) -> object:
    """Turn members of enumerations, which YAML does not know, into their strings."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, dict):
        return {key: _strings(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_strings(each) for each in value]
    return value


def _has_comments(path: Path) -> bool:
    """Say whether there is a comment between the tokens of a file."""
    text = path.read_text("utf-8")
    tokens = list(yaml.scan(text, Loader=yaml.SafeLoader))
    return any(
        "#" in text[first.end_mark.index : second.start_mark.index]
        for first, second in pairwise(tokens)
    )


def _check(files: Sequence[Written], all_files: Sequence[Path], after: Register) -> None:
    """Read what would be written, as the next command will, and compare it with the register."""
    with TemporaryDirectory() as folder:
        texts = {file: file.read_text("utf-8") for file in all_files}
        texts |= {each.path: each.text for each in files}
        for number, (file, text) in enumerate(texts.items()):
            (Path(folder) / f"{number:04}{file.suffix}").write_text(text, "utf-8")
        if _in_order(load_register(Path(folder))) != _in_order(after):
            raise RegisterError(
                f"{all_files[0]}: what would be written is not what was meant; nothing was written",
                hint="report this with the workbook's language and the sheet that was edited",
            )


def _in_order(register: Register) -> Register:
    """Give the register with its entries by id: files joined do not keep the order of new ones."""
    return register.model_copy(
        update={
            table: tuple(sorted(getattr(register, table), key=lambda entry: entry.id))
            for table in TABLES
        }
    )


def _part(path: Path) -> Path:
    real = path.resolve()
    return real.with_name(f".{real.name}.part")
