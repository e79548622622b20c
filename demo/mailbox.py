"""The role mailbox rekry@: a Maildir with a folder of what was sent."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from demo.documents import archive, pdf
from demo.letters import (
    RECRUITER,
    acknowledgement,
    application,
    cv_file,
    cv_lines,
    quoted,
    selection_notice,
    signature,
)
from demo.people import CANDIDACIES, Candidacy, candidacies_in

ROLE = "Tähtivahti rekrytointi <rekry@tahtivahti.example>"
STAFF = "outi.hanhijarvi@tahtivahti.example"
TESTER = "tulokset@soveltuvuustesti.example"
"""An outside test provider that neither the notice nor the register knows."""
GROUP = "hr@tahtivahti-konsern.example"

File = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail before it is written."""

    at: datetime
    sender: str
    to: str
    subject: str
    text: str
    files: tuple[File, ...] = ()
    nested: EmailMessage | None = None
    """A whole mail as an attachment (message/rfc822)."""

    @property
    def folder(self) -> str:
        """Give the Maildir++ folder."""
        return ".Sent" if self.sender == ROLE else ""


def write(out: Path) -> None:
    """Write the Maildir."""
    for folder in ("", ".Sent"):
        for part in ("cur", "new", "tmp"):
            (out / folder / part).mkdir(parents=True, exist_ok=True)
    (out / ".Sent" / "maildirfolder").touch()
    for number, mail in enumerate(sorted(mails(), key=lambda mail: mail.at), start=1):
        stamp = int(mail.at.timestamp())
        path = out / mail.folder / "cur" / f"{stamp}.M{number:06}P1.tahtivahti:2,S"
        path.write_bytes(message(mail, number).as_bytes(policy=SMTP))
        path.chmod(0o600)
        os.utime(path, (stamp, stamp))


def mails() -> Iterator[Mail]:
    """Give every mail of the mailbox, in no order."""
    for candidacy in candidacies_in("mail"):
        yield _applying(candidacy)
        told = candidacy.vacancy.told
        if told and candidacy.outcome == "rejected":
            yield _sent(candidacy, told, "Rekrytointi: päätös", selection_notice(candidacy))
    by_key = {candidacy.person.key: candidacy for candidacy in CANDIDACIES}
    for key in ("taivas", "strom", "muller"):
        candidacy = by_key[key]
        at = candidacy.applied + timedelta(days=1)
        yield _sent(candidacy, at, "Hakemuksesi", acknowledgement(candidacy))
    yield from _replies(by_key)
    yield from _forwards(by_key)
    for day, subject in (
        (date(2024, 2, 6), "Tulostimen huolto"),
        (date(2026, 9, 1), "Kahvitilaus"),
    ):
        yield Mail(
            _at(day, 7), "Huolto <huolto@toimisto.example>", ROLE, subject,
            "Hei,\n\nhuolto käy toimistolla ensi viikolla. Lisätietoja saa vastaanotosta.\n",
        )  # fmt: skip


def message(mail: Mail, number: int) -> EmailMessage:
    """Build the message; boundaries and ids are counted, not drawn."""
    built = EmailMessage(policy=SMTP)
    built["From"], built["To"], built["Subject"] = mail.sender, mail.to, mail.subject
    built["Date"] = format_datetime(mail.at)
    built["Message-ID"] = f"<{number:04}@tahtivahti.example>"
    built.set_content(mail.text, cte="quoted-printable")
    for name, content in mail.files:
        built.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    if mail.nested is not None:
        built.add_attachment(mail.nested)
    if built.is_multipart():
        built.set_boundary(f"=-=-kartta-demo-{number:04}-=-=")
    return built


def _applying(candidacy: Candidacy) -> Mail:
    person = candidacy.person
    subject = {"fi": "Hakemus", "sv": "Ansökan", "en": "Application"}[person.language]
    return Mail(
        _at(candidacy.applied, 9, person.number),
        f"{person.name} <{person.email}>",
        ROLE,
        f"{subject}: {candidacy.vacancy.title(person.language)}",
        application(candidacy),
        _attachments(candidacy),
    )


def _attachments(candidacy: Candidacy) -> tuple[File, ...]:
    cv = cv_file(candidacy)
    match candidacy.person.key:
        case "kivi":
            certificate = "\n".join(
                ("TYÖTODISTUS", f"{candidacy.person.name} on ollut palveluksessamme.",
                 candidacy.person.work, "Työssään hän on ollut huolellinen.")
            )  # fmt: skip
            return (
                ("hakemus.zip", archive({cv[0]: cv[1], "tyotodistus.txt": certificate.encode()})),
            )
        case "strom":
            return (("CV_strom.pdf", pdf(cv_lines(candidacy.person), locked=True)),)
        case "sjoblom":
            return (cv, ("todistukset.zip", archive({"todistus.pdf": cv[1]}, locked=True)))
        case _:
            return (cv,)


def _sent(candidacy: Candidacy, at: date, subject: str, text: str) -> Mail:
    person = candidacy.person
    to = f"{person.name} <{person.email}>"
    return Mail(_at(at, 13, person.number), ROLE, to, subject, text)


def _replies(by_key: dict[str, Candidacy]) -> Iterator[Mail]:
    texts = {
        "nguyen": "Thank you for letting me know. I would be happy to hear why.",
        "obrien": "Thank you. You may keep my application for future vacancies until\n"
        "30 November 2027, as you asked on the telephone.",
        "makipetaja": "Kiitos tiedosta. Saisinko vielä palautetta haastattelusta?",
    }
    for key, text in texts.items():
        candidacy = by_key[key]
        told = candidacy.vacancy.told or candidacy.applied
        yield Mail(
            _at(told + timedelta(days=2), 8, candidacy.person.number),
            f"{candidacy.person.name} <{candidacy.person.email}>",
            ROLE,
            "Re: Rekrytointi: päätös",
            f"{text}\n\n{signature(candidacy.person)}\n"
            + quoted(selection_notice(candidacy), RECRUITER, told),
        )


def _forwards(by_key: dict[str, Candidacy]) -> Iterator[Mail]:
    tested = (by_key["niemi"], by_key["salo"])
    for day, candidacy in zip((date(2025, 10, 2), date(2025, 10, 3)), tested, strict=True):
        person = candidacy.person
        yield Mail(
            _at(day, 10), ROLE, TESTER, f"Kykytesti: {candidacy.vacancy.fi}",
            f"Hei,\n\npyydämme kykytestin hakijalle {person.name}, henkilötunnus\n"
            f"{person.identity_code}, puh. {person.phone}. Ansioluettelo on liitteenä.\n\n"
            f"Terveisin\n{RECRUITER}\n",
            (cv_file(candidacy),),
        )  # fmt: skip
    original = message(_applying(by_key["virtanen"]), 9001)
    yield Mail(
        _at(date(2025, 9, 3), 11), ROLE, STAFF, "VS: Hakemus: Asentaja",
        "Hei,\n\nkatsotko tämän? Alkuperäinen viesti on liitteenä.\n", nested=original,
    )  # fmt: skip
    yield Mail(
        _at(date(2025, 10, 20), 11), ROLE, GROUP, "Installer: final candidates",
        _summary((by_key["virtanen"], by_key["makipetaja"])),
    )  # fmt: skip


def _summary(candidacies: Sequence[Candidacy]) -> str:
    lines = [f"- {entry.person.name}, {entry.person.work}" for entry in candidacies]
    return "\n".join(("Hello,", "", "two are left for the position:", *lines, "", RECRUITER, ""))


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute % 60), UTC)
