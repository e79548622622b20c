"""What a notice declares, whole: the shape that `kartta notice read` writes."""

from ropa.notice.base import Evidence, Item, Value
from ropa.notice.topics.automated import AutomatedDecisions
from ropa.notice.topics.categories import DataCategory
from ropa.notice.topics.changes import ChangePolicy, Cookies
from ropa.notice.topics.claims import TestableClaim
from ropa.notice.topics.contacts import Contact
from ropa.notice.topics.controller import ControllerOf
from ropa.notice.topics.document import Meta, SectionOf
from ropa.notice.topics.organisations import Organisation
from ropa.notice.topics.purposes import Purpose
from ropa.notice.topics.recipients import Recipients
from ropa.notice.topics.retention import Period
from ropa.notice.topics.rights import Rights
from ropa.notice.topics.security import Advice, Promise
from ropa.notice.topics.sources import Source
from ropa.notice.topics.subjects import DataSubject
from ropa.notice.topics.transfers import Transfers


class Declared(Item):
    """One field for each topic, in the order of the report; `None` where the notice is silent.

    The classes of the fields are those of the topics, `ropa.notice.topics`.
    """

    meta: Meta | None = None
    sections: tuple[SectionOf, ...] = ()
    controller: ControllerOf | None = None
    contacts: tuple[Contact, ...] = ()
    data_subjects: tuple[DataSubject, ...] = ()
    data_categories: tuple[DataCategory, ...] = ()
    not_declared: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    recipients: Recipients | None = None
    organisations: tuple[Organisation, ...] = ()
    transfers: Transfers | None = None
    retention: tuple[Period, ...] = ()
    rights: Rights | None = None
    automated_decision_making: AutomatedDecisions | None = None
    security: tuple[Promise, ...] = ()
    advice_to_subject: tuple[Advice, ...] = ()
    change_policy: ChangePolicy | None = None
    cookies: Cookies | None = None
    statutory_or_contractual_requirement: Value | None = None
    unresolved_links: tuple[Evidence, ...] = ()
    dangling_references: tuple[Evidence, ...] = ()
    testable_claims: tuple[TestableClaim, ...] = ()
