"""What the sheets of the declared side hold: each column, and the field of the register behind it.

One description serves both ways, so that what is written out can be read back.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from reports.text import visible
from reports.wording import Wording
from reports.workbook import kinds
from reports.workbook.kinds import CellKind, Context, lines
from reports.workbook.model import Content
from reports.workbook.names import bracketed
from reports.workbook.vocabulary import duration, word
from ropa.model import (
    Activity,
    Contact,
    Processing,
    Purpose,
    Recipient,
    Register,
    Retention,
    System,
    Transfer,
)

Table = Literal[
    "parties", "activities", "purposes", "retention", "processing", "systems", "recipients",
    "transfers",
]  # fmt: skip
Model = Contact | Activity | Purpose | Retention | Processing | System | Recipient | Transfer
PARTIES = ("controller", "representative", "dpo")
"""Rows of the first sheet; the last two may be empty."""
MODELS: Mapping[Table, type[Model]] = {
    "parties": Contact,
    "activities": Activity,
    "purposes": Purpose,
    "retention": Retention,
    "processing": Processing,
    "systems": System,
    "recipients": Recipient,
    "transfers": Transfer,
}
INNER: tuple[Table, ...] = ("purposes", "retention")
"""Tables whose entries belong to an activity; their rows carry the id `activity/entry`."""
PARENT = "@activity"
"""Stands for the activity to which an inner entry belongs."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the register, and the activity that it belongs to, if it does."""

    model: Model
    activity: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a sheet."""

    key: str
    """Of its heading in the wording; once on each sheet."""
    width: float
    kind: CellKind[Any]
    """The value's type is that of the field, which only its name knows."""
    path: str
    """`agreement.signed`: where the value stands in the entry."""
    article: str = ""
    is_wanted: bool = False
    """Whether a gap is said with words: the law or a rule asks for it."""
    is_required: bool = False
    """Whether no entry can be without it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A column that is worked out, and changed elsewhere."""

    key: str
    width: float
    show: Callable[[str, Entry, Context], Content]
    where: str = ""
    """The sheet on which it is changed; empty for what a scan saw."""
    article: str = ""
    is_wanted: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One sheet."""

    key: str
    """Name of its range."""
    table: Table
    name: str
    """Of its title in the wording."""
    columns: tuple[Field | Told, ...]
    is_first: bool = True
    """Whether its rows decide which entries there are; a second sheet says more of the same."""


def entries(register: Register, table: Table) -> dict[str, Entry]:
    """Give the entries of a table by the id in their row's last cell."""
    if table == "parties":
        who = register.controller
        found = (who, who.representative or Contact(name=""), who.dpo or Contact(name=""))
        return {key: Entry(each) for key, each in zip(PARTIES, found, strict=True)}
    if table in INNER:
        return {
            f"{activity.id}/{each.id}": Entry(each, activity.id)
            for activity in register.activities
            for each in getattr(activity, table)
        }
    return {each.id: Entry(each) for each in getattr(register, table)}


def value(entry: Entry, path: str) -> Any:  # noqa: ANN401 - a field that is named by its path
    """Give a value of an entry; nothing where the entry has no such part."""
    if path == PARENT:
        return entry.activity
    found: Any = entry.model
    for step in path.split("."):
        found = getattr(found, step, None)
    return found


def shown(field: Field | Told, key: str, entry: Entry, context: Context) -> Content:
    """Give what a cell shows, blank where there is nothing."""
    if isinstance(field, Told):
        return field.show(key, entry, context)
    held = value(entry, field.path)
    return "" if held is None else field.kind.show(held, context)


def heading(field: Field | Told, words: Wording) -> str:
    """Name a column."""
    return words(f"column.{field.key}")


@cache
def forms() -> tuple[Form, ...]:
    """Give the sheets in their order."""
    return (
        Form("Controller", "parties", "controller", _PARTIES),
        Form("Record", "activities", "record", _RECORD),
        Form("Details", "activities", "details", _DETAILS, is_first=False),
        Form("Assessments", "activities", "assessments", _ASSESSMENTS, is_first=False),
        Form("Purposes", "purposes", "purposes", _PURPOSES),
        Form("Retention", "retention", "retention", _RETENTION),
        Form("Processing", "processing", "processing", _PROCESSING),
        Form("Systems", "systems", "systems", _SYSTEMS),
        Form("Recipients", "recipients", "recipients", _RECIPIENTS),
        Form("Transfers", "transfers", "transfers", _TRANSFERS),
    )


# --- what is worked out


def _party(key: str, entry: Entry, context: Context) -> str:
    del entry
    return context.words(f"party.{key}")


def _activity(key: str, entry: Entry, context: Context) -> str:
    del entry
    return context.names.labels["activities"].get(key, key)


def _purposes(key: str, entry: Entry, context: Context) -> str:
    del key
    return lines(context.words.text(each.name) for each in _model(entry, Activity).purposes)


def _bases(key: str, entry: Entry, context: Context) -> str:
    del key
    return lines(_basis(each, context.words) for each in _model(entry, Activity).purposes)


def _basis(purpose: Purpose, words: Wording) -> str:
    basis = word(words, "basis", purpose.basis) or words("overview.none")
    return f"{words.text(purpose.name)}: {basis}{bracketed(visible(purpose.statute))}"


def _limits(key: str, entry: Entry, context: Context) -> str:
    del key
    return lines(_limit(each, context.words) for each in _model(entry, Activity).retention)


def _limit(policy: Retention, words: Wording) -> str:
    what = ", ".join(words.category(key) for key in policy.categories)
    period = duration(words, policy.duration) or words("overview.none")
    start = word(words, "trigger", policy.trigger)
    limit = f"{what}: {period}" if what else period
    return limit + bracketed(start) + bracketed(words.text(policy.exception))


def _activities_of_system(key: str, entry: Entry, context: Context) -> str:
    del entry
    labels = context.names.labels["activities"]
    return lines(_labels_of((each for each in context.register.activities), key, labels))


def _labels_of(
    activities: Iterable[Activity], system: str, labels: Mapping[str, str]
) -> Iterator[str]:
    for activity in sorted(activities, key=lambda each: each.id):
        if system in activity.systems:
            yield labels.get(activity.id, activity.id)


def _messages(key: str, entry: Entry, context: Context) -> int:
    del entry
    return context.messages.get(key, 0)


def _model(entry: Entry, kind: type[Activity]) -> Activity:
    if not isinstance(entry.model, kind):
        raise TypeError(kind.__name__)
    return entry.model


# --- the sheets

_PARTIES: tuple[Field | Told, ...] = (
    Told("party", 34, _party, article="a"),
    Field("name", 34, kinds.TEXT, "name", "a"),
    Field("address", 34, kinds.TEXT, "address", "a"),
    Field("email", 28, kinds.TEXT, "email", "a"),
    Field("phone", 20, kinds.TEXT, "phone", "a"),
    Field("business_id", 16, kinds.TEXT, "business_id"),
    Field("country", 10, kinds.COUNTRY, "country"),
    Field("own_domains", 26, kinds.DOMAINS, "domains"),
    Field("timezone", 18, kinds.TEXT, "timezone"),
)
_RECORD: tuple[Field | Told, ...] = (
    Field("activity", 20, kinds.WORDS, "name", "30", is_required=True),
    Field("joint", 23, kinds.many_of("recipients"), "joint_controllers", "a"),
    Told("purposes", 24, _purposes, "purposes", "b", is_wanted=True),
    Field("subjects", 16, kinds.WORDLIST, "data_subjects", "c", is_wanted=True),
    Field("categories", 25, kinds.CATEGORIES, "categories", "c", is_wanted=True),
    Field(
        "recipients", 23, kinds.many_of("recipients", kinds.recipient_and_role), "recipients",
        "d", is_wanted=True,
    ),
    Field("transfers", 27, kinds.many_of("transfers", kinds.transfer_and_tool), "transfers", "e"),
    Told("limits", 31, _limits, "retention", "f", is_wanted=True),
    Field("measures", 28, kinds.WORDS, "measures", "g", is_wanted=True),
    Told("bases", 28, _bases, "purposes", "6", is_wanted=True),
    Field("article9", 22, kinds.chosen("article9"), "article9", "9"),
    Field("systems", 20, kinds.many_of("systems"), "systems"),
)  # fmt: skip
_DETAILS: tuple[Field | Told, ...] = (
    Told("activity", 24, _activity, "record"),
    Field("function", 18, kinds.WORDS, "function"),
    Field("owner", 18, kinds.TEXT, "owner"),
    Field("status", 12, kinds.STATUS, "status"),
    Field("created", 13, kinds.DAY, "created"),
    Field("updated", 13, kinds.DAY, "updated"),
    Field("origins", 26, kinds.WORDLIST, "sources", "14"),
    Field("lies_in", 24, kinds.WORDS, "location"),
    Field("rights", 28, kinds.WORDS, "rights", "15"),
    Field("automated", 26, kinds.WORDS, "automated_decisions", "22"),
    Field("notes", 30, kinds.WORDS, "notes"),
)
_ASSESSMENTS: tuple[Field | Told, ...] = (
    Told("activity", 24, _activity, "record"),
    Field("consent_record", 22, kinds.TEXT, "consent_record", "7"),
    Field("dpia_done", 22, kinds.DAY, "dpia.done", "35"),
    Field("dpia_reference", 24, kinds.TEXT, "dpia.reference"),
    Field("dpia_outcome", 28, kinds.WORDS, "dpia.outcome"),
    Field("lia_done", 18, kinds.DAY, "lia.done", "6f"),
    Field("lia_reference", 20, kinds.TEXT, "lia.reference"),
    Field("lia_outcome", 28, kinds.WORDS, "lia.outcome"),
    Field("breach_record", 24, kinds.TEXT, "breach_record", "33"),
)
_PURPOSES: tuple[Field | Told, ...] = (
    Field("activity", 26, kinds.one_of("activities"), PARENT, is_required=True),
    Field("purpose", 40, kinds.WORDS, "name", "b", is_required=True),
    Field("basis", 36, kinds.chosen("basis"), "basis", "6", is_wanted=True),
    Field("statute", 22, kinds.TEXT, "statute"),
    Field("interest", 44, kinds.WORDS, "legitimate_interest", "6f"),
)
_RETENTION: tuple[Field | Told, ...] = (
    Field("activity", 26, kinds.one_of("activities"), PARENT, is_required=True),
    Field("categories", 36, kinds.KEYS, "categories", "c"),
    Field("duration", 20, kinds.PERIOD, "duration", "f", is_wanted=True),
    Field("trigger", 36, kinds.chosen("trigger"), "trigger", "f", is_wanted=True),
    Field("basis", 36, kinds.chosen("basis"), "basis", "6"),
    Field("exception", 40, kinds.WORDS, "exception"),
)
_AGREEMENT: tuple[Field, ...] = (
    Field("agreement", 20, kinds.TEXT, "agreement.reference", "28"),
    Field("signed", 14, kinds.DAY, "agreement.signed"),
    Field("reviewed", 14, kinds.DAY, "agreement.reviewed"),
    Field("ends", 14, kinds.DAY, "agreement.ends"),
)
_PROCESSING: tuple[Field | Told, ...] = (
    Field("processing", 26, kinds.WORDS, "name", "2", is_required=True),
    Field("controllers", 36, kinds.CONTACTS, "controllers", "2a", is_wanted=True),
    Field("processing_categories", 28, kinds.WORDLIST, "categories", "2b", is_wanted=True),
    Field("transfers", 28, kinds.many_of("transfers", kinds.transfer_and_tool), "transfers", "2c"),
    Field("measures", 30, kinds.WORDS, "measures", "2d", is_wanted=True),
    Field("sub_processors", 24, kinds.many_of("recipients"), "sub_processors", "28sub"),
    Field("systems", 22, kinds.many_of("systems"), "systems"),
    *_AGREEMENT,
)
_SYSTEMS: tuple[Field | Told, ...] = (
    Field("system", 30, kinds.TEXT, "name", is_required=True),
    Field("kind", 24, kinds.chosen("system"), "kind", is_required=True),
    Field("operator", 30, kinds.one_of("recipients"), "operator"),
    Field("country", 12, kinds.COUNTRY, "country", is_wanted=True),
    Field("sources", 30, kinds.LINES, "sources"),
    Told("activities", 34, _activities_of_system, "record"),
)
_RECIPIENTS: tuple[Field | Told, ...] = (
    Field("recipient", 28, kinds.TEXT, "name", "d", is_required=True),
    Field("role", 24, kinds.chosen("role"), "role", "28", is_wanted=True),
    Field("country", 10, kinds.COUNTRY, "country", is_wanted=True),
    Field("address", 20, kinds.TEXT, "address"),
    Field("contact", 27, kinds.TEXT, "contact"),
    Field("domains", 24, kinds.DOMAINS, "domains"),
    *_AGREEMENT,
    Field("sub_processors", 22, kinds.many_of("recipients"), "sub_processors", "28sub"),
    Field("parent", 20, kinds.one_of("recipients"), "parent"),
    Field("in_notice", 20, kinds.FLAG, "in_notice", "13e"),
    Field("catalogue", 14, kinds.ID, "catalogue"),
    Told("messages", 12, _messages),
)
_TRANSFERS: tuple[Field | Told, ...] = (
    Field("recipient", 30, kinds.one_of("recipients"), "recipient", "e", is_required=True),
    Field("country", 12, kinds.COUNTRY, "country", "e", is_required=True),
    Field("tool", 36, kinds.chosen("tool"), "tool", "e", is_wanted=True),
    Field("act", 16, kinds.TEXT, "version"),
    Field("module", 10, kinds.TEXT, "module"),
    Field("signed", 14, kinds.DAY, "signed"),
    Field("assessed", 16, kinds.DAY, "assessed"),
    Field("supplementary", 30, kinds.WORDS, "supplementary"),
    Field("documents", 30, kinds.TEXT, "documents", "49"),
)
