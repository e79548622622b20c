"""The declared side: the organisation's records of processing activities (GDPR Art. 30(1), (2)).

Read from YAML by `ropa.declared`. Every model is strict and frozen; text that people read may be
one string or one for each language.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    model_validator,
)

Language = Literal["en", "fi"]

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]{0,63}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""
Domain = Annotated[str, StringConstraints(pattern=r"^[a-z0-9.-]+\.[a-z0-9-]+$")]
Duration = Annotated[
    str, StringConstraints(pattern=r"^P(\d+Y(\d+M)?(\d+D)?|\d+M(\d+D)?|\d+W|\d+D)$")
]
"""ISO 8601, dates only: `P1Y`, `P6M`, `P30D`."""
Article6 = Literal["A6-1-a", "A6-1-b", "A6-1-c", "A6-1-d", "A6-1-e", "A6-1-f"]
"""DPV's names of the lawful bases of Art. 6(1)."""
Article9 = Literal[
    "A9-2-a", "A9-2-b", "A9-2-c", "A9-2-d", "A9-2-e",
    "A9-2-f", "A9-2-g", "A9-2-h", "A9-2-i", "A9-2-j",
]  # fmt: skip
"""DPV's names of the conditions of Art. 9(2)."""


class Record(BaseModel):
    """What every entry of the register is: strict, frozen, and silent about its values."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Provenance(Record):
    """Where a declaration comes from: a line of the notice, a cell of a workbook."""

    source: str
    """Name of the file."""
    place: str = ""
    """`line 80`, `Retention!C7`."""
    quote: str = ""


class Declaration(Record):
    """An entry that may have been drafted by the program, and says so until a person confirms."""

    provenance: tuple[Provenance, ...] = ()
    confirm: tuple[str, ...] = ()
    """Names of fields that were concluded or left open, and that a person must confirm."""


class Text(Record):
    """Words for people, in one or more languages."""

    en: str = ""
    fi: str = ""

    def in_language(self, language: Language) -> str:
        """Give the text in the language, else in the other one."""
        first, second = (self.fi, self.en) if language == "fi" else (self.en, self.fi)
        return first or second


def _one_or_many(value: object) -> object:
    return {"en": value, "fi": value} if isinstance(value, str) else value


Words = Annotated[Text, BeforeValidator(_one_or_many)]


class Contact(Declaration):
    """Whom to reach: the controller, its representative, its data protection officer."""

    name: str
    email: str = ""
    phone: str = ""
    address: str = ""


def _known_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = f"'{value}' is no IANA time zone; for example Europe/Helsinki"
        raise ValueError(message) from error
    return value


class Controller(Contact):
    """Art. 30(1)(a)."""

    business_id: str = ""
    country: Country
    domains: tuple[Domain, ...] = ()
    """Its own mail and web domains; everything else is outside."""
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Europe/Helsinki"
    """IANA name: it decides on which day something happened."""
    representative: Contact | None = None
    """Art. 27."""
    dpo: Contact | None = None

    @property
    def zone(self) -> ZoneInfo:
        """Give the time zone."""
        return ZoneInfo(self.timezone)


class Role(StrEnum):
    """What a recipient is in data protection law."""

    PROCESSOR = "processor"
    CONTROLLER = "controller"
    JOINT_CONTROLLER = "joint_controller"
    GROUP_COMPANY = "group_company"
    AUTHORITY = "authority"


class Agreement(Record):
    """An Art. 28(3) contract or an Art. 26 arrangement."""

    signed: date
    reference: str = ""
    reviewed: date | None = None
    ends: date | None = None


class Assessment(Record):
    """A data protection impact assessment (Art. 35) or a legitimate interest assessment."""

    done: date | None = None
    reference: str = ""
    """Where it is kept."""
    outcome: Words = Text()


class Status(StrEnum):
    """How far an entry of the register is."""

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class Recipient(Declaration):
    """Art. 30(1)(d)."""

    id: Id
    name: str
    role: Role | None = None
    country: Country | None = None
    domains: tuple[Domain, ...] = ()
    """Mail and web domains by which it is recognised in a scan."""
    agreement: Agreement | None = None
    in_notice: bool = True
    """Whether the privacy notice tells of it, by name or by category."""
    address: str = ""
    contact: str = ""
    catalogue: Id | None = None
    """Its entry in the catalogue of processors, where the name is not enough."""
    sub_processors: tuple[Id, ...] = ()
    """Recipients whom it engages in turn (Art. 28(2), (4))."""
    parent: Id | None = None
    """The recipient that controls it."""


class Tool(StrEnum):
    """What a transfer to a third country rests on (GDPR Arts. 45, 46, 47, 49)."""

    ADEQUACY = "adequacy"
    SCC = "scc"
    BCR = "bcr"
    DPF = "dpf"
    CODE_OF_CONDUCT = "code_of_conduct"
    CERTIFICATION = "certification"
    AD_HOC_CLAUSES = "ad_hoc_clauses"
    DEROGATION = "derogation"


class Transfer(Declaration):
    """Art. 30(1)(e)."""

    id: Id
    recipient: Id
    country: Country
    tool: Tool | None = None
    version: str = ""
    """The act: `2021/914`, `2010/87/EU`."""
    module: str = ""
    signed: date | None = None
    assessed: date | None = None
    """Day of the transfer impact assessment."""
    supplementary: Words = Text()
    """Measures beyond the tool."""
    documents: str = ""
    """Where the safeguards are kept, and for Art. 49(1) second subparagraph its documentation."""


class Purpose(Declaration):
    """Art. 30(1)(b), with the basis that the rules and most templates ask for."""

    id: Id
    name: Words
    basis: Article6 | None = None
    statute: str = ""
    """For Art. 6(1)(c) and (e)."""
    legitimate_interest: Words = Text()


class Trigger(StrEnum):
    """The event from which a retention period runs."""

    SELECTION_TOLD = "selection_told"
    """The applicant is told that somebody was chosen."""
    DECISION = "decision"
    APPLICATION = "application"
    LAST_ACTIVITY = "last_activity"
    CONSENT = "consent"
    EMPLOYMENT_END = "employment_end"
    RECEIVED = "received"
    CREATED = "created"


class Sign(StrEnum):
    """What shows that a selection has ended for an applicant, as far as it may be seen."""

    TOLD_BY_MAIL = "told_by_mail"
    """The message that told them."""
    TOLD_BY_NOTE = "told_by_note"
    """What the recruiting system has sent to them."""
    TOLD_BY_RECORD = "told_by_record"
    """A column of a database, or a list, that says when they were told."""
    REJECTED = "rejected"
    FILLED = "filled"
    """Somebody was hired for the position."""
    CLOSED = "closed"
    """The position was closed."""


Condition = Literal["somebody_chosen", "none"]
OF_A_SELECTION = frozenset({Trigger.SELECTION_TOLD, Trigger.DECISION})
"""Triggers whose event has several signs, and that happens only where somebody was chosen."""
OF_RECEIPT = frozenset({Trigger.RECEIVED, Trigger.CREATED})
"""Triggers that belong to a document and to no candidacy."""


class Retention(Declaration):
    """Art. 30(1)(f): one time limit, for the categories that it names."""

    id: Id
    categories: tuple[str, ...] = ()
    """Keys of the taxonomy; empty for all of the activity's categories."""
    duration: Duration | None = None
    trigger: Trigger | None = None
    basis: Article6 | None = None
    """The basis for which it holds; the consent-based period of a talent pool is `A6-1-a`."""
    evidence: tuple[Sign, ...] = ()
    """What shows the event from which it runs, the best first; what is not named counts for
    nothing. Empty for the usual order."""
    condition: Condition = "somebody_chosen"
    """`none` lets a selection's period run also where nothing says that somebody was chosen."""
    first: bool = True
    """Of several events of one sign the first counts; `false` for the last."""
    exception: Words = Text()

    @model_validator(mode="after")
    def _says_how_only_of_a_selection(self) -> Self:
        own = self.evidence or self.condition != "somebody_chosen" or not self.first
        if own and self.trigger not in OF_A_SELECTION:
            message = (
                "evidence, condition and first say how a selection is seen: the trigger must be "
                "selection_told or decision"
            )
            raise ValueError(message)
        if len(set(self.evidence)) < len(self.evidence):
            message = "evidence names the same sign twice"
            raise ValueError(message)
        return self

    @property
    def is_of_categories(self) -> bool:
        """Say whether it is the period of some documents, whoever was chosen."""
        return bool(self.categories) and self.trigger in OF_RECEIPT


class Category(Declaration):
    """Art. 30(1)(c): a category of personal data that the activity declares."""

    key: str
    """Key of the taxonomy (`contact.email`) or of a whole branch (`contact`)."""
    condition: Words = Text()


def _key_or_category(value: object) -> object:
    return {"key": value} if isinstance(value, str) else value


class Activity(Declaration):
    """One processing activity.

    The fields from `function` on are no duty of Art. 30(1): the authorities' templates carry them.
    """

    id: Id
    name: Words
    purposes: tuple[Purpose, ...] = ()
    data_subjects: tuple[Words, ...] = ()
    categories: tuple[Annotated[Category, BeforeValidator(_key_or_category)], ...] = ()
    article9: Article9 | None = None
    """The condition for the special categories that it declares, if any."""
    recipients: tuple[Id, ...] = ()
    transfers: tuple[Id, ...] = ()
    retention: tuple[Retention, ...] = ()
    measures: Words = Text()
    """Art. 30(1)(g): general description of the technical and organisational measures."""
    systems: tuple[Id, ...] = ()
    joint_controllers: tuple[Id, ...] = ()
    function: Words = Text()
    """Business function."""
    owner: str = ""
    status: Status = Status.ACTIVE
    created: date | None = None
    updated: date | None = None
    sources: tuple[Words, ...] = ()
    """Where the data come from."""
    location: Words = Text()
    rights: Words = Text()
    """The rights of Arts. 15 to 22 that are available."""
    automated_decisions: Words = Text()
    """Art. 22(1), (4); empty where there are none."""
    consent_record: str = ""
    """Where the records of consent are kept."""
    dpia: Assessment | None = None
    lia: Assessment | None = None
    breach_record: str = ""
    notes: Words = Text()


class Processing(Declaration):
    """What is carried out on behalf of a controller: Art. 30(2)."""

    id: Id
    name: Words
    controllers: tuple[Contact, ...] = ()
    """Art. 30(2)(a): each controller, with its representative and officer in `address`, `email`."""
    categories: tuple[Words, ...] = ()
    """Art. 30(2)(b): categories of processing."""
    sub_processors: tuple[Id, ...] = ()
    transfers: tuple[Id, ...] = ()
    """Art. 30(2)(c)."""
    measures: Words = Text()
    """Art. 30(2)(d)."""
    systems: tuple[Id, ...] = ()
    agreement: Agreement | None = None


class System(Declaration):
    """A system in which an activity runs, and the scanned sources that belong to it."""

    id: Id
    name: str
    kind: Literal["recruiting_system", "mailbox", "file_share", "database", "website", "other"]
    sources: tuple[str, ...] = ()
    """Ids of sources in `kartta.yaml`, or patterns of them (`recruiting-*`)."""
    operator: Id | None = None
    """The recipient that runs it; empty for the controller itself."""
    country: Country | None = None
    """Where the data lie."""


class Notice(Record):
    """What the privacy notice says, as far as it is compared here."""

    file: str = ""
    version: str = ""
    year: int | None = None
    categories: tuple[str, ...] = ()
    """Keys of the taxonomy that it declares."""
    countries: tuple[Country, ...] = ()
    """Third countries that it names."""

    @property
    def is_given(self) -> bool:
        """Say whether there is a notice to compare with."""
        return bool(self.file or self.version or self.year or self.categories or self.countries)


class Register(Record):
    """The organisation's own record of processing activities, whole."""

    version: Literal[1] = 1
    controller: Controller
    notice: Notice = Notice()
    activities: tuple[Activity, ...] = ()
    """As controller: Art. 30(1)."""
    processing: tuple[Processing, ...] = ()
    """As processor: Art. 30(2)."""
    recipients: tuple[Recipient, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    systems: tuple[System, ...] = ()

    def recipient(self, key: str) -> Recipient:
        """Give a recipient by id; the loader has checked that it exists."""
        return next(entry for entry in self.recipients if entry.id == key)

    @classmethod
    def empty(cls, name: str) -> Self:
        """Make the register of an organisation that has declared nothing."""
        return cls(controller=Controller(name=name, country="FI"))
