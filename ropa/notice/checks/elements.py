"""What GDPR Arts. 13, 14, 21(4) and 26(2) demand of a notice, and whether it is there."""

import re
from collections.abc import Iterator

from ropa.notice.base import Evidence
from ropa.notice.checks.base import Checked, Found, quotes_of, words
from ropa.notice.text import Line
from ropa.notice.view import Purpose

_RIGHTS = ("access", "rectification", "erasure", "restriction", "object", "portability")
_ENTITY = re.compile(
    r"\b(?:Oyj?|O\.?Y\.?|Ab|AB|ASA?|A/S|ApS|ANS|Ltd|Limited|PLC|plc|LLC|Inc|GmbH|SE|UAB|OÜ|ry"
    r"|[Kk]ommun(?:e|en)?|[Kk]aupunki|[Kk]unta|[Hh]yvinvointialue|[Uu]niversit\w+)\b"
)
_CONTROLLER = re.compile(
    r"rekisterinpitäj|personuppgiftsansvari|behandlingsansvar|dataansvarl|\bcontroller",
    re.IGNORECASE,
)
_JOINT = re.compile(r"yhdessä|yhteis|gemensam|sammans|felles|sammen|fælles|joint", re.IGNORECASE)
_BUSINESS_ID = re.compile(
    r"\b(?:\d{7}-\d|\d{6}-\d{4}|(?:\d{3} ?){3}|\d{8}|\d{2} \d{2} \d{2} \d{2})\b"
)
_POST_CODE = re.compile(r"\b(?:(?:FI|SE|NO|DK|DK|S|N)-)?\d{3} ?\d{1,2} [A-ZÅÄÖÆØ][\wåäöæø]+")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
_BARE_MENTION = 110
"""Characters of a paragraph that only says that the basis is a legitimate interest."""
_SHORTEST_INTEREST = 20
"""Characters behind the word that can name one."""
_ASIDE = re.compile(r"\([^()]*\)")
_CITATION = re.compile(r"\b(?:jf|jfr|jämför|art|arti\w+|GDPR)\b.*", re.IGNORECASE)
_SPACED_REACH = 3
"""Lines below a heading about the controller in which its name stands."""


def controller(notice: Checked) -> Iterator[Found]:
    """Art. 13(1)(a): the identity and the contact details of the controller."""
    said = notice.view.controller
    entity = said.legal_entity.text or said.business_id.text
    quotes = quotes_of(said.legal_entity.evidence, said.business_id.evidence)
    if not entity:
        lines = [line for line in _controller_lines(notice) if _names_entity(line.text)]
        entity, quotes = ("stated", (lines[0].evidence(),)) if lines else ("", ())
    yield Found("entity", entity or None, quotes or said.name_as_written.evidence)
    yield Found("trade_name", said.name_as_written.text or None)
    contacts = tuple(_controller_contacts(notice))
    yield Found("controller_contacts", contacts)


def _names_entity(text: str) -> bool:
    return bool(_ENTITY.search(text) or _BUSINESS_ID.search(text))


def _controller_lines(notice: Checked) -> Iterator[Line]:
    """Give the lines that say who the controller is, and those below such a heading."""
    lines = notice.text.lines
    for at, line in enumerate(lines):
        if _CONTROLLER.search(line.text) and not _JOINT.search(line.text):
            below = [other for other in lines[at + 1 : at + 6] if not other.is_empty]
            yield from (line, *below[:_SPACED_REACH])


def _controller_contacts(notice: Checked) -> Iterator[str]:
    """Name the ways to reach the controller: address, e-mail, telephone."""
    said = notice.view.controller
    addressed = any(_POST_CODE.search(line.text) for line in _controller_lines(notice))
    if said.postal_address.text or addressed:
        yield "address"
    if any(entry.email for entry in notice.view.contacts) or any(
        _MAIL.search(line.text) for line in notice.text.lines
    ):
        yield "email"
    if any(entry.phone for entry in notice.view.contacts):
        yield "phone"


def purposes(notice: Checked) -> Iterator[Found]:
    """Art. 13(1)(c), (d): purposes, the basis of each, and the interests that are pursued."""
    entries = notice.view.purposes
    bases = tuple(sorted({entry.lawful_basis for entry in entries if entry.lawful_basis}))
    yield Found("bases", bases)
    without = [entry for entry in entries if _lacks_basis(notice, entry)]
    if not bases:
        without = []  # nothing ties bases to purposes; the list of elements tells of their absence
    evidence = quotes_of(*(entry.evidence for entry in without))
    names = tuple(dict.fromkeys(entry.name for entry in without))
    yield Found("purposes_without_basis", names, evidence)


def _lacks_basis(notice: Checked, entry: Purpose) -> bool:
    """Say whether neither a basis, nor a condition of Art. 9, nor a statute stands beside it."""
    told = entry.lawful_basis or entry.art9_condition or entry.statute_named or entry.inferred
    if told or notice.matches(notice.paragraph(entry.evidence), "says", "statute"):
        return False
    roles = {part.role for one in entry.evidence if (part := notice.section(one.line))}
    apart = any(part.role == "lawful_basis" for part in notice.text.sections)
    return not (apart and roles == {"purposes"})  # one list of purposes, one of their bases


def elements(notice: Checked) -> Iterator[Found]:
    """List the elements of Art. 13(1)(c)-(d) and (2)(a) of which there is no trace."""
    missing = tuple(_missing(notice))
    yield Found("missing_elements", missing)
    rights = notice.view.rights
    lost = tuple(
        name
        for name in _RIGHTS
        if not rights.right(name).stated and not _speaks_of_right(notice, name)
    )
    yield Found("missing_rights", lost)
    told = bool(notice.view.recipients.groups or notice.view.organisations)
    yield Found("recipients_told", told or notice.contains("recipients")[0])


def _speaks_of_right(notice: Checked, name: str) -> bool:
    """Say whether the words for a right stand among rights, or in a line about what one may do."""
    for line in notice.lines_with("rights", name):
        section = notice.section(line.number)
        among = section is not None and section.role == "rights"
        if among or notice.matches(line.text, "says", "may"):
            return True
    return False


def _missing(notice: Checked) -> Iterator[str]:
    view = notice.view
    if not view.purposes and not notice.contains("purposes")[0]:
        yield "purposes"
    based = any(entry.lawful_basis for entry in view.purposes)
    if not based and not notice.contains("basis")[0]:
        yield "bases"
    pursued = [entry for entry in view.purposes if entry.lawful_basis == "A6-1-f"]
    named = any(entry.legitimate_interest for entry in pursued)
    if pursued and not named and not _names_interest(notice):
        yield "legitimate_interests"
    if not view.retention and not notice.contains("retention")[0]:
        yield "retention"


def _names_interest(notice: Checked) -> bool:
    """Say whether some paragraph tells more of a legitimate interest than that it is the basis."""
    pattern = words("says", "legitimate_interest")
    for line in notice.lines_with("says", "legitimate_interest"):
        found = pattern.search(line.text, notice.text.language)
        after = _CITATION.sub("", _ASIDE.sub("", line.text[found.end() :])) if found else ""
        if len(line.text) > _BARE_MENTION or len(after.strip()) > _SHORTEST_INTEREST:
            return True
    return False


def complaint(notice: Checked) -> Iterator[Found]:
    """Art. 13(2)(d): the right to lodge a complaint with a supervisory authority."""
    right = notice.view.rights.right("complaint_to_supervisory_authority", "complaint")
    there, quotes = notice.contains("complaint")
    yield Found("complaint_right", bool(right.stated) or there, right.evidence or quotes)
    yield Found("country", notice.country)
    named = notice.names_authority()
    yield Found("authority_named", bool(named) if notice.country else None, named[:1])


def provision(notice: Checked) -> Iterator[Found]:
    """Art. 13(2)(e): whether data must be provided, and what follows if they are not."""
    said = notice.view.statutory_or_contractual_requirement
    there, quotes = notice.contains("provision")
    stated = said.value is not None or bool(said.evidence) or there
    yield Found("provision_told", stated, said.evidence or quotes)


def withdrawal(notice: Checked) -> Iterator[Found]:
    """Art. 13(2)(c): withdrawal of consent, and that what was done before stays lawful."""
    right = notice.view.rights.right("withdraw_consent")
    there, quotes = notice.contains("withdrawal")
    yield Found("withdrawal_told", bool(right.stated) or there, right.evidence or quotes)
    said, kept = notice.contains("prior_lawfulness")
    prior = bool(right.prior_lawfulness_clause) or said
    yield Found("prior_lawfulness_told", prior, kept if prior else right.evidence or quotes)


def objection(notice: Checked) -> Iterator[Found]:
    """Art. 21(2)-(4): the right to object, shown clearly and apart from other information."""
    view = notice.view
    right = view.rights.right("object")
    quotes = right.evidence or notice.says("rights", "object")[:1]
    apart = right.separate is True or _stands_apart(notice, quotes)
    marketing = view.rights.right("object_direct_marketing")
    there, words_for_it = notice.contains("marketing_objection")
    declared = tuple(entry for entry in view.purposes if _is_marketing(notice, entry))
    profiled = view.automated_decision_making.profiling_for_marketing
    marketed = bool(declared) or profiled.value is True
    yield Found("objection_separate", apart, quotes)
    yield Found("marketing_declared", marketed)
    evidence = quotes_of(marketing.evidence or words_for_it)
    if not evidence and marketed:
        evidence = quotes_of(profiled.evidence, *(entry.evidence for entry in declared))
    yield Found("marketing_objection", bool(marketing.stated) or there, evidence)


def _stands_apart(notice: Checked, quotes: tuple[Evidence, ...]) -> bool:
    """Say whether a heading or a paragraph of its own, no item of a list, tells of the right."""
    pattern = words("rights", "object")
    headings = (entry.heading for entry in notice.view.sections)
    if any(pattern.search(heading, notice.text.language) for heading in headings):
        return True
    lines = {line.number: line for line in notice.text.lines}
    return any(
        one.line in lines
        and not lines[one.line].is_bullet
        and _is_alone(notice, lines[one.line].text)
        for one in quotes
    )


def _is_alone(notice: Checked, text: str) -> bool:
    """Say whether a paragraph tells of no other right."""
    others = (name for name in _RIGHTS if name not in {"object", "restriction"})
    return not any(notice.matches(text, "rights", name) for name in others)


def _is_marketing(notice: Checked, purpose: Purpose) -> bool:
    text = " ".join((purpose.name, *(one.quote for one in purpose.evidence)))
    return notice.matches(text, "says", "marketing")


def joint_control(notice: Checked) -> Iterator[Found]:
    """Art. 26(2): the essence of the arrangement between joint controllers."""
    partners = tuple(
        entry for entry in notice.view.organisations if entry.role_stated == "joint_controller"
    )
    evidence = quotes_of(*(entry.evidence for entry in partners))
    joint = [one for one in evidence if _JOINT.search(notice.line(one.line))]
    yield Found("joint_controllers", tuple(entry.name for entry in partners), tuple(joint))
    there = [
        line
        for line in notice.lines_with("present", "joint_essence")
        if _JOINT.search(line.text) and _CONTROLLER.search(line.text)
    ]
    lost = {place.line for place in notice.view.unresolved_links}
    yield Found(
        "joint_essence_told",
        any(line.number not in lost for line in there),
        tuple(line.evidence() for line in there[:1]),
    )


CHECKS = (
    controller,
    purposes,
    elements,
    complaint,
    provision,
    withdrawal,
    objection,
    joint_control,
)
