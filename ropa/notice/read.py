"""From the text of a notice to what it declares.

A topic is one module of `ropa.notice.topics` and one line of `TOPICS`; it reads the notice and what
the topics before it found, and gives the fields of `Declared` that are its own.
"""

from collections.abc import Callable, Mapping
from typing import Any

from ropa.notice.model import Declared
from ropa.notice.text import NoticeText
from ropa.notice.topics.automated import read_automated
from ropa.notice.topics.categories import read_categories
from ropa.notice.topics.changes import read_changes
from ropa.notice.topics.claims import read_claims
from ropa.notice.topics.contacts import read_contacts
from ropa.notice.topics.controller import read_controller
from ropa.notice.topics.document import read_document
from ropa.notice.topics.organisations import read_organisations
from ropa.notice.topics.purposes import read_purposes
from ropa.notice.topics.recipients import read_recipients
from ropa.notice.topics.retention import read_retention
from ropa.notice.topics.rights import read_rights
from ropa.notice.topics.security import read_security
from ropa.notice.topics.sources import read_sources
from ropa.notice.topics.subjects import read_subjects
from ropa.notice.topics.transfers import read_transfers

Topic = Callable[[NoticeText, Mapping[str, Any]], Mapping[str, Any]]

TOPICS: tuple[Topic, ...] = (
    read_document,
    read_categories,
    read_controller,
    read_contacts,
    read_sources,
    read_security,
    read_automated,
    read_subjects,
    read_changes,
    read_purposes,
    read_organisations,
    read_recipients,
    read_transfers,
    read_retention,
    read_rights,
    read_claims,
)
"""In the order in which they are read: later ones may look at what earlier ones found."""


def declared(notice: NoticeText) -> Declared:
    """Say what a notice declares."""
    found: dict[str, Any] = {}
    for topic in TOPICS:
        found |= topic(notice, found)
    return Declared(**found)


def as_data(notice: Declared) -> dict[str, Any]:
    """Give what a notice declares as plain values, for YAML and JSON."""
    return notice.model_dump(mode="json")
