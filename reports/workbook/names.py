"""What entries are called where a cell names them, and which entry a text means.

An entry is named by what it is called. Those that are called the same carry their ids. An id always
means its own entry.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from reports.text import visible
from reports.wording import Wording, wording
from reports.workbook.vocabulary import LANGUAGES, word
from ropa.model import Register
from scanner.yamlfile import did_you_mean

Named = Literal["activities", "recipients", "systems", "transfers"]
"""Entries that others name by id."""


class CellError(ValueError):
    """The text of a cell cannot be read; the message is the reason, for the person who wrote it."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the entries that can be named are called."""

    labels: Mapping[Named, Mapping[str, str]]
    """Id → the text by which a cell names it; two that are called the same carry their id."""
    forms: Mapping[Named, Mapping[str, frozenset[str]]]
    """Any text by which it may be named → the ids that it can mean."""

    def find(self, table: Named, text: str) -> str:
        """Find the entry that a cell names by id, name, or name with role.

        Raises:
            CellError: there is none, or more than one.
        """
        ids = self._named_so(table, text)
        if len(ids) == 1:
            return next(iter(ids))
        if ids:
            several = ", ".join(sorted(ids))
            raise CellError(f"several entries are called '{text}': write one of the ids {several}")
        known = tuple(self.labels[table].values())
        hint = did_you_mean(text, known) if known else "there are none yet"
        raise CellError(f"there is no entry '{text}'; {hint}")

    def _named_so(self, table: Named, text: str) -> frozenset[str]:
        """Give the ids that a text can mean; what stands behind a colon only explains it."""
        name = text
        while name:
            ids = self.forms[table].get(name.strip(), frozenset())
            if ids:
                return ids
            name = name.rpartition(": ")[0]
        return frozenset()


def names(register: Register, words: Wording) -> Names:
    """Give the names of a register's entries in the language of the workbook."""
    recipients = {entry.id: visible(entry.name) for entry in register.recipients}
    texts: dict[Named, dict[str, str]] = {
        "activities": {entry.id: words.text(entry.name) for entry in register.activities},
        "recipients": recipients,
        "systems": {entry.id: visible(entry.name) for entry in register.systems},
        "transfers": {
            entry.id: f"{recipients.get(entry.recipient, entry.recipient)}, {entry.country}"
            for entry in register.transfers
        },
    }
    also: dict[Named, list[tuple[str, str]]] = {
        "activities": [
            (visible(text), entry.id)
            for entry in register.activities
            for text in (entry.name.en, entry.name.fi)
        ]
    }
    roles = {
        entry.id: tuple(word(wording(each), "role", entry.role) for each in LANGUAGES)
        for entry in register.recipients
    }
    return named(texts, also, roles)


def named(
    texts: Mapping[Named, Mapping[str, str]],
    also: Mapping[Named, Iterable[tuple[str, str]]],
    roles: Mapping[str, Iterable[str]],
) -> Names:
    """Give the names of entries that are called so, with further names and recipients' roles."""
    labels = {table: _labels(found) for table, found in texts.items()}
    forms: dict[Named, dict[str, set[str]]] = {table: defaultdict(set) for table in texts}
    for table, found in texts.items():
        further = also.get(table, ())
        for text, key in (*further, *((text, key) for key, text in found.items())):
            forms[table][text.strip()].add(key)
            forms[table][labels[table][key]].add(key)
    for key, told in roles.items():
        for role in map(bracketed, told):
            for text in (texts["recipients"][key], labels["recipients"][key]):
                forms["recipients"][f"{text}{role}".strip()].add(key)
    return Names(labels, {table: _with_ids(forms[table], texts[table]) for table in texts})


def join(first: Names, second: Names) -> Names:
    """Give names that know what either calls an entry; labels are those of the second."""
    forms: dict[Named, dict[str, frozenset[str]]] = {}
    for table in second.forms:
        texts = {*first.forms[table], *second.forms[table]}
        nobody: frozenset[str] = frozenset()
        forms[table] = {
            text: second.forms[table].get(text, nobody) or first.forms[table].get(text, nobody)
            for text in texts
        }
    return Names(second.labels, forms)


def bracketed(text: str) -> str:
    """Write a remark behind a word."""
    return f" ({text})" if text else ""


def _labels(texts: Mapping[str, str]) -> dict[str, str]:
    same: dict[str, list[str]] = defaultdict(list)
    for key, text in texts.items():
        same[text.strip()].append(key)
    return {
        key: text if text.strip() and len(same[text.strip()]) == 1 else f"{text} [{key}]".strip()
        for key, text in texts.items()
    }


def _with_ids(forms: Mapping[str, set[str]], ids: Iterable[str]) -> dict[str, frozenset[str]]:
    """Add the ids themselves: an id always means its own entry."""
    found = {text: frozenset(keys) for text, keys in forms.items() if text}
    return {**found, **{key: frozenset({key}) for key in ids}}
