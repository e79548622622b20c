"""A declared model as its checks and the drafted register look at it: typed, and forgiving.

The reader's output and a reader's gold file have one shape with many optional notes; here stand
the parts that are asked for. A part that is absent is empty, one of another form is refused.
"""

from collections.abc import Mapping
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from ropa.notice.base import Evidence

_T = TypeVar("_T")


def _many(value: object) -> object:
    """Take one thing for a list of it."""
    return value if isinstance(value, list | tuple) else (value,)


def _flat(value: object) -> object:
    """Keep the value of a fact that carries its evidence."""
    return value.get("value") if isinstance(value, Mapping) else value


def _texts(value: object) -> object:
    many = _many(value)
    listed = [_flat(item) for item in many] if isinstance(many, list | tuple) else []
    return tuple(str(item) for item in listed if item is not None)


def _stated(value: object) -> object:
    """Take a bare value for a fact without evidence."""
    return value if isinstance(value, Mapping | BaseModel) else {"value": value}


def _word(value: object) -> object:
    flat = _flat(value)
    return "" if flat is None else str(flat)


Many = Annotated[tuple[_T, ...], BeforeValidator(_many)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_texts)]
Word = Annotated[str, BeforeValidator(_word)]


class Part(BaseModel):
    """Frozen; what is not asked for is not kept, and what is silent has its default."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _silence(cls, value: object) -> object:
        """Take `None` for a field that is not there."""
        if not isinstance(value, Mapping):
            return value
        return {key: item for key, item in value.items() if item is not None}


class Quoted(Part):
    """A statement with the words that make it."""

    evidence: Many[Evidence] = ()
    inferred: bool = False


class Fact(Quoted):
    """One value; `None` where the notice is silent."""

    value: str | bool | int | None = None

    @property
    def text(self) -> str:
        """Give a value that is words."""
        return self.value if isinstance(self.value, str) else ""


One = Annotated[Fact, BeforeValidator(_stated)]


class Version(Fact):
    """The version of the notice."""

    year: int | None = None
    exact_date: Word = ""


class Meta(Part):
    """The document."""

    language: Word = ""
    audience: Word = ""
    version: Annotated[Version, BeforeValidator(_stated)] = Version()
    country_scope: Many[One] = ()


class Heading(Part):
    """One section."""

    id: Word = ""
    heading: Word = ""
    heading_line: int | None = None
    role: Word = ""


class Controller(Part):
    """Art. 13(1)(a)."""

    name_as_written: One = Fact()
    legal_entity: One = Fact()
    business_id: One = Fact()
    postal_address: One = Fact()


class Contact(Quoted):
    """Whom the notice names for what."""

    role: Word = ""
    name: Word = ""
    email: Word = ""
    phone: Word = ""
    url: Word = ""
    domain: Word = ""
    value: Word = ""


class Named(Quoted):
    """An entry with an id and a name."""

    id: Word = ""
    name: Word = ""


class Item(Part):
    """One item of a category, in the words of the notice."""

    fi: Word = ""
    sv: Word = ""
    no: Word = ""
    da: Word = ""
    en: Word = ""
    dpv: Word = ""
    key: Word = ""
    """Of the taxonomy."""
    special: Word = ""
    not_in_main_list: bool = False

    @property
    def words(self) -> str:
        """Give its words, of the notice if they are there."""
        return self.fi or self.sv or self.no or self.da or self.en


class Category(Named):
    """A group of data as the notice lists it."""

    name_fi: Word = ""
    condition: Word = ""
    special_category: Texts = ()
    art9_condition: Word = ""
    declared_default: Word = ""
    not_in_main_list: bool = False
    processed: Word = ""
    items: Many[Item] = ()

    @property
    def label(self) -> str:
        """Name it in the words of the notice if they are there."""
        return self.name_fi or self.name

    @property
    def is_special(self) -> bool:
        """Say whether it holds data of Art. 9."""
        return bool(self.special_category or any(item.special for item in self.items))


class Source(Named):
    """Where data come from."""

    qualifier: Word = ""
    consent_mentioned: bool | None = None


class Purpose(Named):
    """One purpose and its basis."""

    lawful_basis: Word = ""
    legitimate_interest: Word = ""
    statute_named: Word = ""
    art9_condition: Word = ""
    data_categories: Texts = ()
    dpv_purpose: Word = ""


class RecipientGroup(Named):
    """A category of recipients."""

    role: Word = ""
    direction: Word = ""


class Recipients(Part):
    """Art. 13(1)(e)."""

    groups: Many[RecipientGroup] = ()


class Organisation(Named):
    """An organisation that the notice names."""

    alias: Word = ""
    kind: Word = ""
    country: Word = ""
    country_inferred: Word = ""
    address: Word = ""
    function: Word = ""
    role_stated: Word = ""
    role_inferred: Word = ""
    name_outdated: bool = False
    eea: bool | None = None


class Copy(Quoted):
    """How a copy of the safeguards is had."""

    offered: bool | None = None
    value: Word = ""


class Flow(Quoted):
    """One transfer."""

    id: Word = ""
    to: Texts = ()
    country: Word = ""
    third_country: bool | None = None
    mechanism: Word = ""
    scc_version: Word = ""


class Mechanism(Quoted):
    """A tool that the notice mentions."""

    id: Word = ""


class Transfers(Part):
    """Art. 13(1)(f)."""

    default_claim: One = Fact()
    contradicting_claim: One = Fact()
    exception_claim: One = Fact()
    mechanisms_listed: Many[Mechanism] = ()
    copy_of_safeguards: Annotated[Copy, BeforeValidator(_stated)] = Copy()
    flows: Many[Flow] = ()


class Retention(Quoted):
    """One statement on how long data are kept."""

    id: Word = ""
    applies_to: Word = ""
    data_categories: Texts = ()
    items: Texts = ()
    duration: Word = ""
    trigger: Word = ""
    trigger_event: Word = ""

    @property
    def period(self) -> str:
        """Give the duration if it is one of ISO 8601."""
        return self.duration if self.duration.startswith("P") else ""


class Right(Quoted):
    """One right."""

    id: Word = ""
    stated: bool | None = None
    separate: bool | None = None
    prior_lawfulness_clause: bool | None = None


class Deadline(Fact):
    """The time in which a request is answered."""

    qualifier: Word = ""


class Identity(Quoted):
    """The check of who asks."""

    required: Word = ""


class Rights(Part):
    """Art. 13(2)(b)-(d)."""

    identity_check: Annotated[Identity, BeforeValidator(_stated)] = Identity()
    deadline: Annotated[Deadline, BeforeValidator(_stated)] = Deadline()
    extension: One = Fact()
    list: Many[Right] = ()

    def right(self, *ids: str) -> Right:
        """Give the first of some rights that is stated."""
        return next((one for one in self.list if one.id in ids and one.stated), Right())


class Automated(Part):
    """Art. 13(2)(f)."""

    decisions: One = Fact()
    profiling_for_marketing: One = Fact()


class Place(Part):
    """Words on a line."""

    line: int
    quote: Word = ""


class View(Part):
    """What is asked of a declared model."""

    meta: Meta = Meta()
    sections: Many[Heading] = ()
    controller: Controller = Controller()
    contacts: Many[Contact] = ()
    data_subjects: Many[Named] = ()
    data_categories: Many[Category] = ()
    sources: Many[Source] = ()
    purposes: Many[Purpose] = ()
    recipients: Recipients = Recipients()
    organisations: Many[Organisation] = ()
    transfers: Transfers = Transfers()
    retention: Many[Retention] = ()
    rights: Rights = Rights()
    automated_decision_making: Automated = Automated()
    security: Many[Quoted] = ()
    statutory_or_contractual_requirement: One = Fact()
    unresolved_links: Many[Place] = ()
    dangling_references: Many[Place] = ()
