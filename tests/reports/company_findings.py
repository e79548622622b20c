"""What the rules say of the invented company: each answer, with evidence that names a place."""

from dataclasses import replace
from datetime import date

from ropa.model import Text
from ropa.subjects import EvidenceItem, Kind
from rules.identity import finding_id
from rules.model import Answer, Certainty, Operator, Rule, Severity, Status, Test, Violation, Waiver
from scanner.locator import WHOLE, Locator
from tests.reports.paths import HOSTILE_PATH, LONG_PATH, SURROGATE_PATH


def both(text: str) -> Text:
    """Say the same in both languages."""
    return Text(en=text, fi=text)


def _rule(
    key: str, severity: Severity, certainty: Certainty, kind: Kind, title: Text, *references: str
) -> Rule:
    return Rule(
        id=key,
        title=title,
        severity=severity,
        certainty=certainty,
        references=references,
        applies_to=kind,
        require=Test(field="name", op=Operator.EXISTS),
        message=Text(en="{name}", fi="{name}"),
        remedy=Text(
            en="Delete the copy in every store, and record the deletion.",
            fi="Poista kopio kaikista tietovarastoista ja kirjaa poisto.",
        ),
        rationale=Text(en="Storage limitation.", fi="Säilytyksen rajoittaminen."),
    )


def rules() -> tuple[Rule, ...]:
    """Give a few rules of every severity and certainty."""
    statute, case, own = Certainty.STATUTE, Certainty.CASE, Certainty.DECLARED
    return (
        _rule(
            "RET-01",
            Severity.HIGH,
            own,
            Kind.COPY,
            Text(
                en="Applicant data kept past the promised time",
                fi="Hakijan tietoja säilytetty luvattua aikaa pidempään",
            ),
            "GDPR Art. 5(1)(e)",
            "Notice, Retention",
        ),
        _rule(
            "SC-01",
            Severity.CRITICAL,
            statute,
            Kind.CATEGORY,
            Text(
                en="Special-category data without an Article 9(2) condition",
                fi="Erityisiä henkilötietoja ilman 9 artiklan 2 kohdan edellytystä",
            ),
            "GDPR Art. 9(1)",
            "GDPR Art. 9(2)",
        ),
        _rule(
            "TRF-02",
            Severity.CRITICAL,
            statute,
            Kind.TRANSFER,
            Text(
                en="Superseded standard contractual clauses",
                fi="Vanhentuneet vakiosopimuslausekkeet",
            ),
            "Decision (EU) 2021/914 Art. 4(4)",
        ),
        _rule(
            "MIN-01",
            Severity.MEDIUM,
            case,
            Kind.CATEGORY,
            Text(
                en="Detected data class not declared",
                fi="Löydetty tietoluokka puuttuu selosteesta",
            ),
            "GDPR Art. 5(1)(c)",
            "GDPR Art. 30(1)(c)",
        ),
        _rule(
            "PRC-01",
            Severity.HIGH,
            statute,
            Kind.RECIPIENT,
            Text(
                en="Processor without a contract",
                fi="Henkilötietojen käsittelijä ilman sopimusta",
            ),
            "GDPR Art. 28(3)",
        ),
        _rule(
            "ROP-07",
            Severity.LOW,
            statute,
            Kind.ACTIVITY,
            Text(
                en="Record without a description of measures",
                fi="Selosteesta puuttuu turvatoimien kuvaus",
            ),
            "GDPR Art. 30(1)(g)",
        ),
        _rule(
            "TRN-09",
            Severity.INFO,
            Certainty.POLICY,
            Kind.NOTICE,
            Text(en="Notice without a date", fi="Tietosuojaselosteesta puuttuu päiväys"),
            "GDPR Art. 12(1)",
        ),
        _rule(
            "SEC-02",
            Severity.MEDIUM,
            Certainty.HEURISTIC,
            Kind.SOURCE,
            Text(en="Store open to everybody", fi="Tietovarasto on avoin kaikille"),
            "GDPR Art. 32(1)(b)",
        ),
    )


def _violation(
    rule: Rule,
    subject: str,
    name: str,
    message: Text,
    *evidence: EvidenceItem,
    answer: Answer = Answer.VIOLATED,
    missing: tuple[str, ...] = (),
    waiver: Waiver | None = None,
) -> Violation:
    found = Violation(
        rule=rule.id,
        title=rule.title,
        answer=answer,
        severity=rule.severity,
        certainty=rule.certainty,
        references=rule.references,
        subject_kind=rule.applies_to,
        subject_id=subject,
        subject_name=name,
        message=message,
        remedy=rule.remedy,
        evidence=evidence,
        missing=missing,
        waiver=waiver,
    )
    return replace(
        found,
        id=finding_id(b"company", found),
        status=Status.STILL,
        first_run=13,
        first_seen=date(2026, 11, 15),
        owner=waiver.owner if waiver else "Aino Korpi",
        due=None if waiver else date(2026, 12, 15),
    )


def violations(copies: int) -> tuple[Violation, ...]:
    """Give each kind of answer; `copies` of them are of the retention rule."""
    of = {rule.id: rule for rule in rules()}
    late = tuple(
        _violation(
            of["RET-01"],
            f"jobs-mailbox/2024/{number}",
            f"2024/{number}",
            Text(
                en=f"The copy is {700 - number} days past its time.",
                fi=f"Kopion säilytysaika on ylittynyt {700 - number} päivällä.",
            ),
            EvidenceItem(
                "jobs-mailbox",
                f"2024/{number}",
                Locator().part("cv.docx"),
                both("selection told by mail"),
            ),
        )
        for number in range(copies)
    )
    return (
        *late,
        _violation(
            of["SC-01"],
            "recruitment/special.health",
            "Health",
            Text(
                en="Recruitment holds health data and names no Art. 9(2) condition.",
                fi="Rekrytoinnissa on terveystietoja, eikä 9 artiklan edellytystä ole nimetty.",
            ),
            EvidenceItem(
                "jobs-mailbox", "2024/19", Locator.of(["body:1"]), both("44 hits in 31 messages")
            ),
            EvidenceItem(
                "register",
                "activities/recruitment",
                Locator.of(["article9"]),
                both("nothing is declared"),
            ),
        ),
        _violation(
            of["TRF-02"],
            "ats-us",
            "Talentgrove Software, Inc. → US",
            Text(
                en="The transfer rests on 2010/87/EU, unusable after 27 Dec 2022.",
                fi="Siirto perustuu päätökseen 2010/87/EU, joka lakkasi kelpaamasta 27.12.2022.",
            ),
            EvidenceItem(
                "register",
                "transfers/ats-us",
                Locator.of(["version"]),
                both("2010/87/EU, signed 2020-02-01"),
            ),
        ),
        _violation(
            of["MIN-01"],
            "recruitment/identity.national_id",
            "National identity number",
            Text(
                en="57 files hold national identity numbers; nothing declares them.",
                fi="57 tiedostossa on henkilötunnuksia, joita ei ole ilmoitettu.",
            ),
            EvidenceItem("hr-share", LONG_PATH, Locator().page(2), both("checksum valid")),
            EvidenceItem("laptop", HOSTILE_PATH, WHOLE, both("=HYPERLINK(1)")),
            EvidenceItem("laptop", SURROGATE_PATH, WHOLE, both("an undecodable name")),
        ),
        _violation(
            of["ROP-07"],
            "aptitude",
            "=1+1 aptitude tests",
            Text(
                en="The record does not describe the measures.",
                fi="Seloste ei kuvaa turvatoimia.",
            ),
        ),
        _violation(
            of["TRN-09"],
            "notice",
            "notice.fi.txt",
            Text(en="The notice has no date.", fi="Selosteessa ei ole päiväystä."),
            EvidenceItem("notice", "notice.fi.txt", Locator().line(1), both("no date was found")),
        ),
        _violation(
            of["PRC-01"],
            "occupational-health",
            "-Terveys Esimerkki Oy",
            Text(
                en="The role of the recipient was never recorded.",
                fi="Vastaanottajan roolia ei ole kirjattu.",
            ),
            answer=Answer.UNKNOWN,
            missing=("role", "agreement"),
        ),
        _violation(
            of["SEC-02"],
            "laptop",
            "Recruiter's laptop",
            Text(
                en="Nobody recorded who can read the store.",
                fi="Tietovaraston lukuoikeuksia ei ole kirjattu.",
            ),
            EvidenceItem("laptop", "/", WHOLE, both("the protocol does not tell access rights")),
            answer=Answer.UNKNOWN,
            missing=("readers",),
        ),
        _violation(
            of["SEC-02"],
            "hr-share",
            "HR file share",
            Text(en="Everybody can read the store.", fi="Kaikki voivat lukea tietovarastoa."),
            waiver=Waiver(
                "SEC-02", "hr-share", "IT security", "Access is cut in the move.", date(2027, 1, 31)
            ),
        ),
    )
