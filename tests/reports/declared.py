"""Registers of invented companies for the workbook: one that uses every field, and any other."""

from datetime import date
from typing import TypeVar

from hypothesis import strategies as st

from detectors.taxonomy import taxonomy
from ropa.model import (
    Activity,
    Agreement,
    Assessment,
    Category,
    Contact,
    Controller,
    Processing,
    Purpose,
    Recipient,
    Register,
    Retention,
    Role,
    Status,
    System,
    Text,
    Tool,
    Transfer,
    Trigger,
)

_T = TypeVar("_T")


def full() -> Register:
    """Give a register in which every field that the workbook shows is filled."""
    dpa = Agreement(
        signed=date(2023, 5, 4),
        reference="DPA-17",
        reviewed=date(2025, 6, 1),
        ends=date(2028, 12, 31),
    )
    return Register(
        controller=Controller(
            name="Kuusenoksa Oy",
            business_id="0000000-0",
            country="FI",
            email="privacy@kuusenoksa.example",
            phone="09 555 0100",
            address="Esimerkkikatu 1, 00000 Esimerkkilä",
            domains=("kuusenoksa.example",),
            dpo=Contact(name="Data protection officer", email="dpo@kuusenoksa.example"),
        ),
        activities=(
            _recruitment(),
            Activity(id="visitors", name=Text(en="Visitors", fi="Vieraat")),
        ),
        processing=(
            Processing(
                id="payroll",
                name=Text(en="Payroll for customers", fi="Asiakkaiden palkanlaskenta"),
                controllers=(
                    Contact(
                        name="Rantakivi Oy",
                        address="Rantatie 2, 00000 Esimerkkilä",
                        email="privacy@rantakivi.example",
                        phone="09 555 0101",
                    ),
                    Contact(name="Laaksomaa Oy"),
                ),
                categories=(
                    Text(en="Calculation", fi="Laskenta"),
                    Text(en="Storage", fi="Säilytys"),
                ),
                sub_processors=("vendor",),
                transfers=("vendor-us",),
                measures=Text(en="Encryption", fi="Salaus"),
                systems=("share",),
                agreement=dpa,
            ),
        ),
        recipients=(
            Recipient(
                id="vendor",
                name="Talentgrove Software, Inc.",
                role=Role.PROCESSOR,
                country="US",
                domains=("talentgrove.example",),
                agreement=dpa,
                address="1 Example Street",
                contact="privacy@talentgrove.example",
                sub_processors=("hosting",),
            ),
            Recipient(id="hosting", name="Cloudmeadow Ltd", country="IE", parent="vendor"),
            Recipient(id="parent", name="Kuusenoksa Group AS", role=Role.GROUP_COMPANY),
        ),
        transfers=(
            Transfer(
                id="vendor-us",
                recipient="vendor",
                country="US",
                tool=Tool.SCC,
                version="2021/914",
                module="2",
                signed=date(2023, 5, 4),
                assessed=date(2023, 4, 1),
                supplementary=Text(en="Encryption", fi="Salaus"),
                documents="Contract archive",
            ),
        ),
        systems=(
            System(
                id="ats",
                name="Recruiting system",
                kind="recruiting_system",
                sources=("ats", "ats-*"),
                operator="vendor",
                country="US",
            ),
            System(id="share", name="HR share", kind="file_share", country="FI"),
        ),
    )


def _recruitment() -> Activity:
    assessment = Assessment(
        done=date(2025, 2, 3), reference="Archive 12", outcome=Text(en="Fine", fi="Kunnossa")
    )
    return Activity(
        id="recruitment",
        name=Text(en="Recruitment", fi="Rekrytointi"),
        purposes=(
            Purpose(
                id="selection",
                name=Text(en="Choosing employees", fi="Työntekijöiden valinta"),
                basis="A6-1-f",
                legitimate_interest=Text(en="Filling positions", fi="Tehtävien täyttäminen"),
            ),
            Purpose(
                id="duties",
                name=Text(en="Duties", fi="Velvoitteet"),
                basis="A6-1-c",
                statute="759/2004",
            ),
        ),
        data_subjects=(
            Text(en="Applicants", fi="Hakijat"),
            Text(en="Referees", fi="Suosittelijat"),
        ),
        categories=(
            Category(key="identity.name"),
            Category(key="contact"),
            Category(key="special.disability", condition=Text(en="if told", fi="jos kerrotaan")),
        ),
        article9="A9-2-b",
        recipients=("vendor", "parent"),
        transfers=("vendor-us",),
        retention=(
            Retention(
                id="refused",
                categories=("contact", "identity.name"),
                duration="P1Y6M",
                trigger=Trigger.SELECTION_TOLD,
                basis="A6-1-f",
                exception=Text(en="unless disputed", fi="ellei riitaa"),
            ),
        ),
        measures=Text(en="Access by role.\nLogs.", fi="Käyttöoikeudet.\nLokit."),
        systems=("ats", "share"),
        joint_controllers=("parent",),
        function=Text(en="Human resources", fi="Henkilöstöhallinto"),
        owner="Head of _x0052_ecruitment",
        created=date(2024, 1, 15),
        updated=date(2026, 3, 2),
        sources=(Text(en="The applicant", fi="Hakija"), Text(en="Referees", fi="Suosittelijat")),
        location=Text(en="Data centre in Helsinki", fi="Konesali Helsingissä"),
        rights=Text(en="Arts. 15 to 18, 20, 21", fi="15 ja 17 artikla"),
        automated_decisions=Text(en="None", fi="Ei ole"),
        consent_record="Recruiting system",
        dpia=assessment,
        lia=assessment,
        breach_record="Incident log",
        notes=Text(en="Reviewed yearly", fi="Tarkistetaan vuosittain"),
    )


# --- at random

_ODD = (
    "", "=1+1", "+358", "-5", "@SUM(A1)", "a\nb", "ei kirjattu", "\u202eabc", "NO", "2026-11-22",
    "😀 קורות", "a (b)", "x; y", "tab\there", "_x0041_", "  padded  ", "\x0b", "\x85", "[vendor]",
)  # fmt: skip
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(_ODD)
_WORDS = st.builds(Text, en=_TEXTS, fi=_TEXTS) | _TEXTS.map(lambda text: Text(en=text, fi=text))
_DAYS = st.dates(date(1970, 1, 1), date(2100, 1, 1))
_SOME_DAY = st.none() | _DAYS
_COUNTRIES = st.sampled_from(("FI", "NO", "US", "SE"))
_BASES = st.sampled_from(("A6-1-a", "A6-1-c", "A6-1-f", None))
_DURATIONS = st.sampled_from(("P1Y", "P1Y6M", "P30D", "P2W", "P1Y2M3D", None))
_KEYS = st.sampled_from(sorted(taxonomy().categories))
_DOMAINS = st.sampled_from(("a.example", "mail.b.example"))
_AGREEMENTS = st.none() | st.builds(
    Agreement, signed=_DAYS, reference=_TEXTS, reviewed=_SOME_DAY, ends=_SOME_DAY
)
_ASSESSMENTS = st.none() | st.builds(Assessment, done=_SOME_DAY, reference=_TEXTS, outcome=_WORDS)
_CONTACTS = st.builds(Contact, name=_TEXTS, email=_TEXTS, phone=_TEXTS, address=_TEXTS)
_IDS = st.lists(st.from_regex(r"[a-z0-9][a-z0-9_.-]{0,5}", fullmatch=True), max_size=3, unique=True)


def _some(values: st.SearchStrategy[_T]) -> st.SearchStrategy[tuple[_T, ...]]:
    return st.lists(values, max_size=3).map(tuple)


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """Draw a register whose references exist and whose ids are unique; any text may be in it."""
    recipients, transfers, systems = draw(_IDS), draw(_IDS), draw(_IDS)
    transfers = transfers if recipients else []

    def some(ids: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
        return _some(st.sampled_from(ids)) if ids else st.just(())

    def one(ids: list[str]) -> st.SearchStrategy[str | None]:
        return st.sampled_from([*ids, None])

    def each(
        ids: list[str], of: type[_T], /, **fields: st.SearchStrategy[object]
    ) -> tuple[_T, ...]:
        return tuple(draw(st.builds(of, id=st.just(key), **fields)) for key in ids)

    return Register(
        controller=draw(
            st.builds(
                Controller,
                name=_TEXTS,
                email=_TEXTS,
                address=_TEXTS,
                country=_COUNTRIES,
                domains=_some(_DOMAINS),
                timezone=st.just("Europe/Oslo"),
                representative=st.none() | _CONTACTS,
                dpo=st.none() | _CONTACTS,
            )
        ),
        activities=each(
            draw(_IDS),
            Activity,
            name=_WORDS,
            purposes=_purposes(),
            retention=_limits(),
            data_subjects=_some(_WORDS),
            categories=_some(st.builds(Category, key=_KEYS, condition=_WORDS)),
            article9=st.sampled_from(("A9-2-b", None)),
            recipients=some(recipients),
            joint_controllers=some(recipients),
            transfers=some(transfers),
            systems=some(systems),
            measures=_WORDS,
            function=_WORDS,
            owner=_TEXTS,
            status=st.sampled_from(Status),
            created=_SOME_DAY,
            updated=_SOME_DAY,
            sources=_some(_WORDS),
            location=_WORDS,
            dpia=_ASSESSMENTS,
            lia=_ASSESSMENTS,
            notes=_WORDS,
        ),
        processing=each(
            draw(_IDS),
            Processing,
            name=_WORDS,
            controllers=_some(_CONTACTS),
            categories=_some(_WORDS),
            sub_processors=some(recipients),
            transfers=some(transfers),
            systems=some(systems),
            agreement=_AGREEMENTS,
        ),
        recipients=each(
            recipients,
            Recipient,
            name=_TEXTS,
            role=st.none() | st.sampled_from(Role),
            country=st.none() | _COUNTRIES,
            domains=_some(_DOMAINS),
            agreement=_AGREEMENTS,
            in_notice=st.booleans(),
            sub_processors=some(recipients),
            parent=one(recipients),
        ),
        transfers=each(
            transfers,
            Transfer,
            recipient=st.sampled_from(recipients) if recipients else st.nothing(),
            country=_COUNTRIES,
            tool=st.none() | st.sampled_from(Tool),
            version=_TEXTS,
            signed=_SOME_DAY,
            supplementary=_WORDS,
        ),
        systems=each(
            systems,
            System,
            name=_TEXTS,
            kind=st.sampled_from(("database", "mailbox")),
            sources=_some(_TEXTS),
            operator=one(recipients),
            country=st.none() | _COUNTRIES,
        ),
    )


@st.composite
def _purposes(draw: st.DrawFn) -> tuple[Purpose, ...]:
    return tuple(
        draw(st.builds(Purpose, id=st.just(key), name=_WORDS, basis=_BASES, statute=_TEXTS))
        for key in draw(_IDS)
    )


@st.composite
def _limits(draw: st.DrawFn) -> tuple[Retention, ...]:
    return tuple(
        draw(
            st.builds(
                Retention,
                id=st.just(key),
                categories=_some(_KEYS),
                duration=_DURATIONS,
                trigger=st.none() | st.sampled_from(Trigger),
                basis=_BASES,
                exception=_WORDS,
            )
        )
        for key in draw(_IDS)
    )
