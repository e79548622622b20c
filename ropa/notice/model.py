"""What a notice declares, whole: the shape that `kartta notice read` writes."""

from typing import Any

from ropa.notice.base import Item


class Declared(Item):
    """One field for each topic, in the order of the report; `None` where the notice is silent.

    The classes of the fields are those of the topics, `ropa.notice.topics`.
    """

    meta: Any = None
    sections: Any = ()
    controller: Any = None
    contacts: Any = ()
    data_subjects: Any = ()
    data_categories: Any = ()
    not_declared: Any = ()
    sources: Any = ()
    purposes: Any = ()
    recipients: Any = None
    organisations: Any = ()
    transfers: Any = None
    retention: Any = ()
    rights: Any = None
    automated_decision_making: Any = None
    security: Any = ()
    advice_to_subject: Any = ()
    change_policy: Any = None
    cookies: Any = None
    statutory_or_contractual_requirement: Any = None
    unresolved_links: Any = ()
    dangling_references: Any = ()
    testable_claims: Any = ()
