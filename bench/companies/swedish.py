"""A Swedish security company: a database of its own making, a shared mailbox, folders by title."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from bench.companies.letters import Letters
from bench.companies.mails import CurriculumVitae, Desk, correspondence, write_maildir
from bench.companies.plot import Cast, candidacies
from bench.companies.tree import by_post, named, put
from bench.companies.world import Candidacy, Company, Fate, Outcome, Truth
from demo.documents import docx, xlsx

_NAMES = """
Agneta Törnfalk|Börje Hällevik|Cecilia Rosenflod|Dragan Petrovski|Elsa Lindmarker|Folke Åsengård
Gudrun Sjöhammar|Hampus Ekerot|Ingela Brännvall|Jörgen Stenkvarn|Karin Måsbäck|Lennart Ulvhed
Malin Vintersten|Nadja Haddadi|Ove Kråkstedt|Petra Dahlsjö|Quirin Aldermark|Rebecka Tjärnlund
Sixten Norrhult|Tove Gransäter|Urban Fiskebäck|Viveka Lövstig|Wilma Skarpnäs|Xerxes Tahmasbi
Yngve Björkö|Zoran Markovac|Åke Ringdahl|Ängla Solvik|Örjan Tallhed|Amanda Flodqvist
Bertil Havsmark|Camilla Stjärnfors|Désirée Klippström|Edvin Mossberga|Filippa Ravnskog
Gösta Lillhage|Hedda Vassberg|Isak Timmerdal
Janne Pöysälä:fi|Kirsi Humppila:fi|Lauri Myrskylahti:fi|Maija Tervakoski:fi|Niilo Varpuharju:fi
Grace Oldcastle:en|Desmond Farrowby:en|Imogen Thackray:en|Tobias Whitlock:en
Beatrice Hollings:en
"""


def _titles(sv: str, fi: str, en: str) -> dict[str, str]:
    return {"sv": sv, "fi": fi, "en": en}


_GUARD = _titles("Väktare Malmö", "Vartija, Malmö", "Security guard, Malmö")
_CAST = Cast(
    seed=1809,
    names=named(_NAMES, "sv"),
    married="Ljungcrantz",
    relative="Torsten",
    titles=(
        _GUARD,
        _titles("Larmoperatör", "Hälytyspäivystäjä", "Alarm operator"),
        _titles("Servicetekniker Lund", "Huoltoasentaja, Lund", "Service technician, Lund"),
        _titles("Ekonomiassistent", "Talousassistentti", "Finance assistant"),
        _GUARD,
        _titles("Säljare Göteborg", "Myyjä, Göteborg", "Sales person, Gothenburg"),
        _titles("Gruppchef bevakning", "Vartiointiesimies", "Team leader, guarding"),
        _titles("Receptionist", "Vastaanottovirkailija", "Front desk clerk"),
    ),
    codes=(),
    mail_domains=("brevduvan-exempel.se", "postfack-exempel.se", "inkorg-exempel.com"),
    phone="+46 70 174 06 {:02d}",
)
_CV = CurriculumVitae(
    lines=(
        "Meritförteckning", "{name}", "{street}, 211 00 Malmö", "Telefon: {phone}",
        "E-post: {email}", "Född: {born}", "Arbetslivserfarenhet",
        "2019-2024 Ordningsvakt, Stadsvakten AB", "2015-2019 Lagerarbetare, Hamnens Gods",
        "Utbildning", "2012-2015 Gymnasieskola, Samhällsprogrammet", "Språk: svenska, engelska",
    ),
    file="CV {family} {given}",
)  # fmt: skip
_STATUS = {
    10: "Inkommen", 20: "Under handläggning", 30: "Kallad till intervju", 40: "Avslag",
    50: "Anställd", 60: "Återtagen av sökande", 70: "Rekrytering avbruten",
}  # fmt: skip
_FATES = {
    Fate.HIRED: 50, Fate.TOLD: 40, Fate.EARLY: 40, Fate.SPOKEN: 40, Fate.WITHDREW: 60,
    Fate.CANCELLED: 70, Fate.WAITS: 20,
}  # fmt: skip
_OUTCOMES = {1: "Pågår", 2: "Tillsatt", 3: "Avbruten, ingen anställd"}
_OUTCOME = {Outcome.OPEN: 1, Outcome.FILLED: 2, Outcome.NEVER: 3}
_SCHEMA = """
CREATE TABLE statuskoder (kod INTEGER PRIMARY KEY, betydelse TEXT);
CREATE TABLE utfallskoder (kod INTEGER PRIMARY KEY, betydelse TEXT);
CREATE TABLE tjanster (tjanst_nr INTEGER PRIMARY KEY, benamning TEXT, ort TEXT,
  utannonserad_datum TEXT, tillsatt_datum TEXT, utfall INTEGER REFERENCES utfallskoder(kod));
CREATE TABLE sokande (sok_nr INTEGER PRIMARY KEY, fornamn TEXT, efternamn TEXT, epost TEXT,
  mobil TEXT, fodelsedatum TEXT);
CREATE TABLE ansokningar (ans_nr INTEGER PRIMARY KEY, sok_nr INTEGER REFERENCES sokande(sok_nr),
  tjanst_nr INTEGER REFERENCES tjanster(tjanst_nr), inkom_datum TEXT, status INTEGER,
  besked_lamnat INTEGER);
CREATE TABLE noteringar (id INTEGER PRIMARY KEY, ans_nr INTEGER, text TEXT);
CREATE TABLE samtycken (id INTEGER PRIMARY KEY, sok_nr INTEGER REFERENCES sokande(sok_nr),
  lamnat TEXT, giltigt_till TEXT);
CREATE TABLE tvister (id INTEGER PRIMARY KEY, sok_nr INTEGER REFERENCES sokande(sok_nr),
  orsak TEXT, fran_datum TEXT, avslutad_datum TEXT);
CREATE TABLE kunder (id INTEGER PRIMARY KEY, namn TEXT, gatuadress TEXT, avtal TEXT);
"""


def write(company: Company, folder: Path) -> Truth:
    """Write all sources."""
    truth = Truth()
    everybody = tuple(company.candidacies)
    desk = Desk(
        Letters("swedish", company.name, "Annika Holmgren"),
        ("Rekrytering", f"rekrytering@{company.domain}"),
        ("Roger Malmsten", f"roger.malmsten@{company.domain}"),
        ("Frida Kvist", "frida.kvist@talangbron-exempel.se"),
        "Hej, vi föreslår {name} som {title}. CV bifogas.\n\nFrida Kvist\nTalangbron",
        "Hej Frida, tjänsten {title} är nu tillsatt med en annan person. Hälsa {name}.",
        _CV,
    )
    write_maildir(folder / "post", correspondence(everybody, desk), "post", truth)
    _database(folder / "personal.db", everybody, truth)
    _share(folder / "delad", everybody, truth)
    return truth


@dataclass(frozen=True, slots=True)
class _Applicant:
    number: int
    candidacies: tuple[Candidacy, ...]


def _applicants(everybody: Sequence[Candidacy]) -> Iterator[_Applicant]:
    by_address: dict[str, list[Candidacy]] = {}
    for each in everybody:
        by_address.setdefault(each.person.email, []).append(each)
    for number, own in enumerate(by_address.values(), 1):
        yield _Applicant(number, tuple(own))


def _database(file: Path, everybody: Sequence[Candidacy], truth: Truth) -> None:
    with closing(sqlite3.connect(file)) as base:
        base.executescript(_SCHEMA)
        base.executemany("INSERT INTO statuskoder VALUES (?, ?)", _STATUS.items())
        base.executemany("INSERT INTO utfallskoder VALUES (?, ?)", _OUTCOMES.items())
        posts = {each.post.key: each.post for each in everybody if each.post}
        numbers = {key: number for number, key in enumerate(posts, 301)}
        for key, post in posts.items():
            base.execute(
                "INSERT INTO tjanster VALUES (?, ?, ?, ?, ?, ?)",
                (numbers[key], post.title, "Skåne", post.opened.isoformat(),
                 post.closed.isoformat() if post.closed else None, _OUTCOME[post.outcome]),
            )  # fmt: skip
        count = 0
        for one in _applicants(everybody):
            person = one.candidacies[0].person
            base.execute(
                "INSERT INTO sokande VALUES (?, ?, ?, ?, ?, ?)",
                (one.number, person.given, person.family, person.email, person.phone,
                 person.born.isoformat()),
            )  # fmt: skip
            truth.add("personal", "main.sokande", f"row:{one.number}", *one.candidacies)
            for each in one.candidacies:
                count += 1
                noted = each.noted and int(datetime.combine(each.noted, time(9), UTC).timestamp())
                base.execute(
                    "INSERT INTO ansokningar VALUES (?, ?, ?, ?, ?, ?)",
                    (count, one.number, numbers[each.post.key] if each.post else None,
                     each.applied.isoformat(), _FATES[each.fate], noted),
                )  # fmt: skip
                truth.add("personal", "main.ansokningar", f"row:{count}", each)
                _extras(base, one.number, count, each, truth)
        for number, each in enumerate(everybody[4:12], 1):
            base.execute(
                "INSERT INTO kunder VALUES (?, ?, 'Kundvägen 3', 'Larm')",
                (number, each.person.name),
            )
        truth.decoys.add(("personal", "main.kunder"))
        base.commit()


def _extras(
    base: sqlite3.Connection, applicant: int, number: int, each: Candidacy, truth: Truth
) -> None:
    if number % 3 == 0:
        text = f"Intervju med {each.person.given}, lugn och noggrann."
        found = base.execute("INSERT INTO noteringar VALUES (NULL, ?, ?)", (number, text))
        truth.add("personal", "main.noteringar", f"row:{found.lastrowid}", each)
    consent, hold = each.consent, each.hold
    if consent and consent.is_registered:
        found = base.execute(
            "INSERT INTO samtycken VALUES (NULL, ?, ?, ?)",
            (applicant, consent.given.isoformat(), consent.until and consent.until.isoformat()),
        )
        truth.add("personal", "main.samtycken", f"row:{found.lastrowid}", each)
    if hold:
        found = base.execute(
            "INSERT INTO tvister VALUES (NULL, ?, 'Diskrimineringsärende', ?, ?)",
            (applicant, hold.since.isoformat(), hold.released and hold.released.isoformat()),
        )
        truth.add("personal", "main.tvister", f"row:{found.lastrowid}", each)


def _share(folder: Path, everybody: Sequence[Candidacy], truth: Truth) -> None:
    for post, own in by_post(everybody):
        if post is None:
            place = "Rekrytering/Spontanansökningar"
        else:
            place = f"Rekrytering/{post.opened.year}/{post.title} {post.opened.year}"
        for number, each in enumerate(own):
            if number % 2 == 0:
                name, content = _CV.of(each)
                put(folder, f"{place}/{name}", content, each.applied, moved=number == 4)
                truth.add("delad", f"{place}/{name}", "", each)
        if post is not None:
            rows: list[list[str | int]] = [["Namn", "E-post", "Telefon", "Omdöme"]]
            for number, each in enumerate(own, 1):
                person = each.person
                rows.append([person.name, person.email, person.phone, "Möjlig"])
                truth.add("delad", f"{place}/Urval.xlsx", f"sheet:Sökande/row:{number}", each)
            put(folder, f"{place}/Urval.xlsx", xlsx("Sökande", rows), post.opened)
            put(folder, f"{place}/Intervjuer.docx", docx(_summary(own)), post.opened)
            for each in own[1:3]:
                truth.add("delad", f"{place}/Intervjuer.docx", "", each)
    put(folder, "Kunder/Kundlista.csv", _customers(everybody), date(2025, 3, 1))
    truth.decoys.add(("delad", "Kunder/Kundlista.csv"))


def _summary(own: Sequence[Candidacy]) -> list[str]:
    said = [f"{each.person.name}: positivt intryck, god kundvana." for each in own[1:3]]
    return ["Sammanfattning av intervjuer", *said]


def _customers(everybody: Iterable[Candidacy]) -> bytes:
    rows = ["Kundnummer;Kund;Avtal"]
    rows += [f"{7000 + n};{each.person.name};Larm hemma" for n, each in enumerate(everybody)][:15]
    return "\r\n".join(rows).encode("cp1252")


COMPANY = Company(
    name="Skymningsvakt AB",
    title="Swedish: own database, Maildir, folders by title",
    domain="skymningsvakt-exempel.se",
    zone="Europe/Stockholm",
    country="SE",
    sources="""  - {{id: post, kind: maildir, path: {folder}/post}}
  - {{id: personal, kind: database, url: "sqlite:///{folder}/personal.db"}}
  - {{id: delad, kind: folder, path: {folder}/delad}}""",
    candidacies=candidacies(_CAST),
    write=write,
)
