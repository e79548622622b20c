"""The mails of a company and its applicants, what is true of them, and mailboxes for them."""

import mailbox
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from pathlib import Path

from bench.companies.letters import Letters
from bench.companies.world import TODAY, Candidacy, Fate, Truth
from demo.documents import docx, pdf

EVENTS = {
    "told": "told",
    "early_no": "declined",
    "cancelled": "cancelled",
    "offers": "offered",
    "consents": "consent_given",
    "unconsents": "consent_withdrawn",
    "withdraws": "withdrawn",
}
"""Kind of letter → the event that it is."""
_LATE = 3
"""Every so many letters is sent shortly before midnight in UTC: the day after for its reader."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail and whom it is about."""

    sender: tuple[str, str]
    to: tuple[str, str]
    subject: str
    text: str
    at: datetime
    about: Candidacy
    is_sent: bool = False
    """By the company."""
    kind: str = ""
    """Of the letter."""
    files: tuple[tuple[str, bytes], ...] = ()
    answers: tuple["Mail", ...] = ()
    """The mails of its thread before it."""

    def message_id(self) -> str:
        """Give the id, the same in every run."""
        stamp = f"{self.at:%Y%m%d%H%M%S}"
        return f"<{stamp}.{self.about.key}@{self.sender[1].partition('@')[2]}>"

    def message(self) -> EmailMessage:
        """Give the message."""
        found = EmailMessage()
        found["From"], found["To"] = formataddr(self.sender), formataddr(self.to)
        found["Subject"], found["Date"] = self.subject, format_datetime(self.at)
        found["Message-ID"] = self.message_id()
        if self.answers:
            ids = [each.message_id() for each in self.answers]
            found["In-Reply-To"], found["References"] = ids[-1], " ".join(ids)
        found.set_content(self.text)
        for name, content in self.files:
            subtype = "pdf" if name.endswith(".pdf") else "octet-stream"
            found.add_attachment(content, "application", subtype, filename=name)
        return found


@dataclass(frozen=True, slots=True)
class Desk:
    """Who writes for the company, and to whom beside the applicants."""

    letters: Letters
    own: tuple[str, str]
    manager: tuple[str, str]
    agency: tuple[str, str]
    agency_text: str
    """With `{name}` and `{title}`."""
    agency_no: str
    cv: "CurriculumVitae"
    wrote: str = "{at:%Y-%m-%d} {name}:"


@dataclass(frozen=True, slots=True)
class CurriculumVitae:
    """How CVs look at a company."""

    lines: Sequence[str]
    """With `{name}`, `{phone}`, `{email}`, `{born}`."""
    file: str
    """With `{given}`, `{family}`."""
    day: str = "%Y-%m-%d"
    street: str = "Storgatan {number}"

    def of(self, candidacy: Candidacy) -> tuple[str, bytes]:
        """Write a CV: its name and its bytes."""
        person = candidacy.person
        lines = [
            each.format(
                name=person.name, phone=person.phone, email=person.email,
                born=person.born.strftime(self.day),
                street=self.street.format(number=person.born.day),
            )
            for each in self.lines
        ]  # fmt: skip
        is_pdf = person.born.day % 2 == 0
        name = self.file.format(given=person.given, family=person.family)
        return f"{name}.{'pdf' if is_pdf else 'docx'}", (pdf if is_pdf else docx)(lines)


def correspondence(candidacies: Iterable[Candidacy], desk: Desk) -> Iterator[Mail]:
    """Give every mail, candidacy by candidacy."""
    for number, each in enumerate(candidacies):
        yield from _Exchange(number, each, desk).mails()


class _Exchange:
    """What is written for one candidacy."""

    def __init__(self, number: int, candidacy: Candidacy, desk: Desk) -> None:
        self._number = number
        self._candidacy = candidacy
        self._desk = desk
        self._them = (candidacy.person.name, candidacy.person.email)
        self._subject = desk.letters.subject(candidacy)
        self._thread: list[Mail] = []

    def mails(self) -> Iterator[Mail]:
        """Give them in the order in which they are written."""
        if self._candidacy.is_by_agency:
            yield from self._by_agency()
            return
        yield self._application()
        yield from self._on_the_way()
        yield from self._decision()
        consent = self._candidacy.consent
        if consent and not consent.is_registered:
            yield self._answer("consents", consent.given)
        if consent and consent.withdrawn:
            title = self._desk.letters.core("unconsent_subjects", self._candidacy)
            yield self._answer("unconsents", consent.withdrawn, title=title)

    def _application(self) -> Mail:
        one = self._candidacy
        text = self._desk.letters.from_applicant("applies", one)
        return self._put(
            Mail(
                self._them, self._desk.own, self._subject, text, self._at(one.applied), one,
                files=(self._desk.cv.of(one),),
            )
        )  # fmt: skip

    def _on_the_way(self) -> Iterator[Mail]:
        one = self._candidacy
        if self._number % 3 != 1:
            yield self._write("received", one.applied + timedelta(1))
        if one.early:
            yield self._write("early_no", one.early)
        if one.fate is Fate.WITHDREW:
            yield self._answer("withdraws", one.applied + timedelta(12))

    def _decision(self) -> Iterator[Mail]:
        one = self._candidacy
        closed = one.post.closed if one.post else None
        if one.fate is Fate.CANCELLED and closed:
            yield self._write("cancelled", closed + timedelta(2))
        if one.fate is Fate.HIRED and closed:
            yield self._write("offers", closed - timedelta(6))
            letters, at = self._desk.letters, self._at(closed - timedelta(4))
            text = letters.core("manager", one, other=one.person.name)
            yield Mail(
                self._desk.own, self._desk.manager, letters.subject(one), text, at, one,
                is_sent=True,
            )  # fmt: skip
        if one.told:
            told = self._write("told", one.told)
            yield told
            if self._number % 3 == 2:
                yield self._answer("thanks", one.told + timedelta(1), told)

    def _by_agency(self) -> Iterator[Mail]:
        one, desk = self._candidacy, self._desk
        title = one.post.titled(one.person.language) if one.post else ""
        text = desk.agency_text.format(name=one.person.name, title=title)
        at = self._at(one.applied)
        files = (desk.cv.of(one),)
        yield self._put(Mail(desk.agency, desk.own, self._subject, text, at, one, files=files))
        text = desk.agency_no.format(name=one.person.name, title=title)
        at = self._at((one.post and one.post.closed) or TODAY)
        yield Mail(
            desk.own, desk.agency, f"Re: {self._subject}", text, at, one,
            is_sent=True, answers=tuple(self._thread),
        )  # fmt: skip

    def _put(self, mail: Mail) -> Mail:
        self._thread.append(mail)
        return mail

    def _write(self, kind: str, day: date) -> Mail:
        one, letters = self._candidacy, self._desk.letters
        is_notice = kind == "told"
        at = self._at(day, late=is_notice and self._number % _LATE == 0)
        is_alone = is_notice and self._number % 2 == 0
        subject = letters.subject(one) if is_alone else f"Re: {self._subject}"
        return self._put(
            Mail(
                self._desk.own, self._them, subject, letters.to_applicant(kind, one), at, one,
                is_sent=True, kind=kind,
                answers=() if is_alone else tuple(self._thread),
            )
        )  # fmt: skip

    def _answer(self, kind: str, day: date, quoted: Mail | None = None, title: str = "") -> Mail:
        text = self._desk.letters.from_applicant(kind, self._candidacy)
        if quoted is not None:
            head = self._desk.wrote.format(at=quoted.at, name=self._desk.own[0])
            text = "\n".join([text, "", head, *(f"> {each}" for each in quoted.text.splitlines())])
        return self._put(
            Mail(
                self._them, self._desk.own, title or f"Re: {self._subject}", text, self._at(day),
                self._candidacy, kind=kind, answers=() if title else tuple(self._thread),
            )
        )  # fmt: skip

    def _at(self, day: date, *, late: bool = False) -> datetime:
        number = self._number
        if late:  # the day before in UTC, the day itself where it is read
            return datetime.combine(day - timedelta(1), time(23, 5 + number % 50), UTC)
        return datetime.combine(day, time(8 + number % 8, number % 60), UTC)


def note(truth: Truth, mail: Mail, source: str, asset: str) -> None:
    """Note what is true of a mail in a mailbox."""
    truth.add(source, asset, "", mail.about)
    truth.letters.add((source, asset))
    for name, _ in mail.files:
        truth.add(source, asset, f"part:{name}", mail.about)
    if mail.kind in EVENTS:
        truth.events.append((source, asset, "", EVENTS[mail.kind], mail.at))
    if mail.kind == "told":
        truth.notices.add((source, asset))


def write_maildir(folder: Path, mails: Iterable[Mail], source: str, truth: Truth) -> None:
    """Write a Maildir: an inbox, and what was sent."""
    for box in (folder, folder / ".Sent"):
        for name in ("cur", "new", "tmp"):
            (box / name).mkdir(parents=True, exist_ok=True)
    for number, mail in enumerate(sorted(mails, key=lambda each: each.at)):
        name = f"{int(mail.at.timestamp())}.M{number:06d}P77.brevbarare"
        where = folder / (".Sent/cur" if mail.is_sent else "cur") / f"{name}:2,S"
        where.write_bytes(mail.message().as_bytes())
        os.utime(where, (mail.at.timestamp(),) * 2)
        note(truth, mail, source, f".Sent/{name}" if mail.is_sent else name)


def write_mbox(file: Path, mails: Iterable[Mail]) -> Sequence[Mail]:
    """Write a mailbox in one file; give the mails in its order."""
    ordered = sorted(mails, key=lambda each: each.at)
    file.parent.mkdir(parents=True, exist_ok=True)
    box = mailbox.mbox(file)
    for mail in ordered:
        message = mailbox.mboxMessage(mail.message())
        message.set_from(mail.sender[1], mail.at.timetuple())
        box.add(message)
    box.close()
    return ordered
