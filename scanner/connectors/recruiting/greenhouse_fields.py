"""The fields of an exported row as labelled text."""

import re
from collections.abc import Iterator

from scanner.connectors.recruiting.greenhouse_export import Row, text_of
from scanner.extract.base import Budget, part_of, segments
from scanner.extract.dispatch import member
from scanner.extract.registry import BY_NAME
from scanner.locator import WHOLE, Locator
from scanner.model import Content

_MARKUP = re.compile(r"<[a-zA-Z!/][^>]*>")
_LEFT_OUT = re.compile(r"(^|_)(id|ids)$|_at$|_on$|^_fivetran_|^url$|^index$|^last_activity$")
"""Keys and times: they name no person, and milestones tell the times."""
_SPECIAL = re.compile(r"^(gender|race|veteran_status|disability_status)_(description|message)$")
_WITH_LABEL = {
    "email_address": "email",
    "email_addresses": "email",
    "phone_number": "phone",
    "phone_numbers": "phone",
    "address": "address",
    "addresses": "address",
    "website_addresses": "website",
    "social_media_address": "social media",
    "social_media_addresses": "social media",
    "demographic_answers": "demographic answer",
}
"""Fields and tables whose rows say only `type` and `value`."""


def contents(resource: str, row: Row, number: int, budget: Budget) -> Iterator[Content]:
    """Give a row's texts. `number` names the row where it has no id."""
    record = WHOLE.called(record_of(resource, row, number))
    rest = dict(row)
    full = " ".join(
        filter(None, (text_of(rest.pop(key, None)) for key in ("first_name", "last_name")))
    )
    if full:
        yield from segments(full, record.then("field", "name"), "full name")
    for key, value in rest.items():
        if key.endswith("_with_tags") and row.get(key.removesuffix("_with_tags")):
            continue
        if not _LEFT_OUT.search(key):
            place = record.then("field", key)
            yield from _values(place, _label(resource, key), value, budget)


def record_of(resource: str, row: Row, number: int) -> str:
    """Name a row's record: `application:17`."""
    return f"{resource.removesuffix('s')}:{text_of(row.get('id')) or number}"


def _label(resource: str, key: str) -> str:
    if special := _SPECIAL.match(key):
        return special[1]
    if key in {"value", "free_form_text"}:
        return _WITH_LABEL.get(resource, key)
    return _WITH_LABEL.get(key, key)


def _values(place: Locator, label: str, value: object, budget: Budget) -> Iterator[Content]:
    """Give the texts in a value, however it is nested."""
    if isinstance(value, list):
        for each in value:
            yield from _values(place, label, each, budget)
    elif isinstance(value, dict):
        yield from _nested(place, label, value, budget)
    elif value is not None and not isinstance(value, bool):
        text = str(value)
        if _MARKUP.search(text):
            data = text.encode("utf-8", "replace")
            yield from member(part_of("field.html", data, place), budget, BY_NAME["html"])
        elif text.lower() not in {"true", "false"}:
            yield from segments(text, place, label)


def _nested(place: Locator, label: str, value: Row, budget: Budget) -> Iterator[Content]:
    """Give an answer under its question, a custom field under its name, the rest by key."""
    if "answer" in value:
        yield from _values(place, text_of(value.get("question")) or label, value["answer"], budget)
    elif "value" in value:
        named = text_of(value.get("name")) or label
        yield from _values(place, named, value["value"], budget)
    elif "description" in value:
        yield from _values(place, label, value["description"], budget)
    else:
        for key, each in value.items():
            if not _LEFT_OUT.search(key):
                yield from _values(place, key, each, budget)
