"""The invented people of the demonstration, the vacancies and who applied for what."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"

Language = Literal["fi", "sv", "en"]
Outcome = Literal["hired", "rejected", "undecided"]
Store = Literal["mail", "share", "db", "ats"]
CvFormat = Literal["docx", "pdf", "txt"]


@dataclass(frozen=True, slots=True)
class Person:
    """One invented applicant."""

    number: int
    key: str
    first: str
    last: str
    email: str
    phone: str
    language: Language
    born: date
    address: str
    work: str

    @property
    def name(self) -> str:
        """Give the name as it is written in running text."""
        return f"{self.first} {self.last}"

    @property
    def identity_code(self) -> str:
        """Give a personal identity code with a temporary individual number, which nobody has.

        Individual numbers 900 to 999 are never given to a person (DVV).
        """
        day, individual = f"{self.born:%d%m%y}", 900 + self.number
        sign = "A" if self.born.year >= 2000 else "-"  # noqa: PLR2004 - the century sign
        return f"{day}{sign}{individual}{CHECK[int(f'{day}{individual}') % 31]}"


@dataclass(frozen=True, slots=True)
class Vacancy:
    """One position that was advertised."""

    id: int
    code: str
    fi: str
    sv: str
    en: str
    opened: date
    closed: date | None = None
    told: date | None = None
    """The day on which the others were told that somebody was chosen."""

    def title(self, language: Language) -> str:
        """Give the title in a language."""
        return {"fi": self.fi, "sv": self.sv, "en": self.en}[language]


@dataclass(frozen=True, slots=True)
class Candidacy:
    """One person applying for one position, and the stores that hold a copy."""

    person: Person
    vacancy: Vacancy
    applied: date
    outcome: Outcome
    cv: CvFormat
    stores: frozenset[Store]


_PEOPLE: tuple[tuple[str, str, str, str, str, Language, str, str, str], ...] = (
    ("lahti", "Onni", "Lahti", "onni.lahti@posti.example", "040 555 0101", "fi", "1988-04-12",
     "Kuusikuja 4 A 7, 00530 Helsinki", "Vartija, Yövahti Oy 2015–2023"),
    ("laine", "Meri", "Laine", "meri.laine@posti.example", "050 555 0102", "fi", "1991-09-30",
     "Rantatie 12, 20100 Turku", "Hälytyspäivystäjä, Linnunpesä Oy 2018–2023"),
    ("ohman", "Åsa", "Öhman", "asa.ohman@mejl.example", "+358 44 555 0103", "sv", "1985-01-17",
     "Skeppsgatan 3 B, 65100 Vasa", "Larmoperatör, Nattvakten Ab 2012–2023"),
    ("nguyen", "Thị Mai", "Nguyễn", "mai.nguyen@mail.example", "+358 45 555 0104", "en",
     "1996-11-02", "Tammitie 9 C 21, 02150 Espoo", "Electrician, Kipinä Oy 2019–2025"),
    ("obrien", "Sean", "O'Brien", "sean.obrien@mail.example", "+358 50 555 0105", "en",
     "1983-07-25", "Satamakatu 1, 33200 Tampere", "Installer, Green Door Alarms 2009–2025"),
    ("virtanen", "Aino", "Virtanen", "aino.virtanen@posti.example", "0400 555 106", "fi",
     "1994-02-08", "Mäntypolku 22, 40100 Jyväskylä", "Sähköasentaja, Johtolanka Oy 2016–2025"),
    ("makipetaja", "Väinö", "Mäki-Petäjä", "vaino.mp@posti.example", "041 555 0107", "fi",
     "1979-12-24", "Isokatu 50 as. 3, 90100 Oulu", "Huoltoasentaja, Ruuvi ja Mutteri Ky 2001–2025"),
    ("niemi", "Päivi", "Niemi", "paivi.niemi@posti.example", "040 555 0108", "fi", "1990-06-06",
     "Lehtotie 5, 15110 Lahti", "Asentaja, Sähköpaja Salama Oy 2014–2025"),
    ("salo", "Arvo", "Salo", "arvo.salo@posti.example", "050 555 0109", "fi", "2001-03-19",
     "Koulukatu 17 B 4, 70100 Kuopio", "Harjoittelija, Sähköpaja Salama Oy 2022–2025"),
    ("granskar", "Ylva", "af Granskär", "ylva.granskar@mejl.example", "+358 40 555 0110", "sv",
     "1987-10-11", "Strandvägen 8, 10600 Ekenäs", "Säljare, Låsboden Ab 2011–2026"),
    ("naatanen", "Jukka-Pekka", "Näätänen", "jp.naatanen@posti.example", "044 555 0111", "fi",
     "1982-05-01", "Torikatu 2, 80100 Joensuu", "Myyjä, Rautakulma Oy 2006–2026"),
    ("warsame", "Hodan", "Warsame Ali", "hodan.warsame@mail.example", "+358 46 555 0112", "en",
     "1999-08-14", "Siltatie 31 D 66, 00900 Helsinki", "Sales assistant, Kaappi & Co 2020–2026"),
    ("rautio", "Eevi", "Rautio", "eevi.rautio@posti.example", "050 555 0113", "fi", "1993-03-03",
     "Peltokuja 6, 60100 Seinäjoki", "Myyntiedustaja, Ovi Auki Oy 2017–2026"),
    ("penttila", "Lauri", "Penttilä", "lauri.penttila@posti.example", "040 555 0114", "fi",
     "1976-01-29", "Harjukatu 40, 53100 Lappeenranta", "Myyntipäällikkö, Lukkotalo Oy 1999–2026"),
    ("taivas", "Sini", "Taivas", "sini.taivas@posti.example", "045 555 0115", "fi", "1995-05-15",
     "Pilvikuja 1, 01300 Vantaa", "Tietoturva-asiantuntija, Bittipaja Oy 2019–2025"),
    ("kivi", "Toivo", "Kivi", "toivo.kivi@posti.example", "040 555 0116", "fi", "1989-11-11",
     "Louhostie 14, 02600 Espoo", "Järjestelmäasiantuntija, Verkkoverho Oy 2013–2025"),
    ("strom", "Ida", "Ström", "ida.strom@mejl.example", "+358 50 555 0117", "sv", "1992-12-01",
     "Ågatan 7 A 2, 06100 Borgå", "Säkerhetsanalytiker, Brandväggen Ab 2018–2025"),
    ("halla", "Lumi", "Halla", "lumi.halla@posti.example", "044 555 0118", "fi", "2002-02-22",
     "Talvitie 3, 96100 Rovaniemi", "Kahvilatyöntekijä, Pulla ja Poro Oy 2021–2026"),
    ("sjoblom", "Ilmari", "Sjöblom", "ilmari.sjoblom@posti.example", "050 555 0119", "fi",
     "1998-07-07", "Kaivokatu 11 as. 9, 00100 Helsinki", "Puhelinmyyjä, Langan Pää Oy 2020–2026"),
    ("muller", "Zoë", "Müller-Lindqvist", "zoe.ml@mail.example", "+358 41 555 0120", "en",
     "1997-04-30", "Puistotie 25, 20500 Turku", "Support agent, Lamp & Ladder 2019–2026"),
    ("koski", "Tuuli", "Koski", "tuuli.koski@posti.example", "040 555 0121", "fi", "1986-08-18",
     "Myllytie 2 B, 30100 Forssa", "Vahtimestari, Ovela Kiinteistö Oy 2010–2023"),
    ("metsa", "Samu", "Metsä", "samu.metsa@posti.example", "050 555 0122", "fi", "2000-10-10",
     "Metsäpolku 77, 74100 Iisalmi", "Varastotyöntekijä, Hylly Oy 2020–2024"),
    ("ojala", "Kaisa", "Ojala", "kaisa.ojala@posti.example", "040 555 0123", "fi", "1984-06-21",
     "Ojakatu 13, 28100 Pori", "Vartija, Yövahti Oy 2008–2021"),
    ("suo", "Rauno", "Suo", "rauno.suo@posti.example", "0400 555 124", "fi", "1971-09-09",
     "Rämetie 1, 87100 Kajaani", "Järjestyksenvalvoja, Portinvartijat Oy 1995–2021"),
)  # fmt: skip

PEOPLE: dict[str, Person] = {
    row[0]: Person(number, *row[:6], date.fromisoformat(row[6]), *row[7:])
    for number, row in enumerate(_PEOPLE, start=1)
}

VACANCIES: dict[str, Vacancy] = {
    vacancy.code: vacancy
    for vacancy in (
        Vacancy(100, "VA21", "Vartija", "Väktare", "Guard",
                date(2021, 4, 1), date(2021, 6, 11), date(2021, 6, 14)),
        Vacancy(101, "HP24", "Hälytyspäivystäjä", "Larmoperatör", "Alarm operator",
                date(2023, 12, 1), date(2024, 3, 15), date(2024, 3, 18)),
        Vacancy(102, "AS25", "Asentaja", "Installatör", "Installer",
                date(2025, 8, 18), date(2025, 11, 5), date(2025, 11, 10)),
        Vacancy(103, "MY26", "Myyntineuvottelija", "Försäljare", "Sales representative",
                date(2026, 3, 2), date(2026, 6, 1), date(2026, 6, 5)),
        Vacancy(104, "TT25", "Tietoturva-asiantuntija", "Säkerhetsanalytiker", "Security analyst",
                date(2025, 2, 3), date(2025, 5, 30)),
        Vacancy(105, "AP26", "Asiakaspalvelija", "Kundtjänstmedarbetare", "Customer service agent",
                date(2026, 10, 12)),
        Vacancy(0, "AVOIN", "Avoin hakemus", "Öppen ansökan", "Open application",
                date(2020, 1, 1)),
    )
}  # fmt: skip

_CANDIDACIES: tuple[tuple[str, str, str, Outcome, CvFormat, str], ...] = (
    ("ojala", "VA21", "2021-04-20", "rejected", "docx", "share db"),
    ("suo", "VA21", "2021-04-28", "rejected", "pdf", "share db"),
    ("lahti", "HP24", "2023-12-11", "rejected", "docx", "mail share db ats"),
    ("laine", "HP24", "2023-12-14", "rejected", "pdf", "mail share db"),
    ("ohman", "HP24", "2023-12-18", "hired", "pdf", "mail db ats"),
    ("koski", "HP24", "2024-01-03", "rejected", "txt", "mail db"),
    ("metsa", "AVOIN", "2024-08-20", "undecided", "docx", "mail ats"),
    ("taivas", "TT25", "2025-02-11", "undecided", "docx", "mail ats"),
    ("kivi", "TT25", "2025-02-17", "undecided", "pdf", "mail ats"),
    ("strom", "TT25", "2025-02-24", "undecided", "pdf", "mail ats"),
    ("nguyen", "AS25", "2025-08-25", "rejected", "docx", "mail share ats"),
    ("obrien", "AS25", "2025-08-27", "rejected", "docx", "mail ats"),
    ("virtanen", "AS25", "2025-09-01", "hired", "pdf", "mail ats"),
    ("makipetaja", "AS25", "2025-09-02", "rejected", "pdf", "mail ats"),
    ("niemi", "AS25", "2025-09-04", "rejected", "pdf", "mail share db ats"),
    ("salo", "AS25", "2025-09-08", "rejected", "docx", "mail share db ats"),
    ("granskar", "MY26", "2026-03-10", "rejected", "pdf", "mail ats"),
    ("naatanen", "MY26", "2026-03-12", "rejected", "docx", "mail share ats"),
    ("warsame", "MY26", "2026-03-19", "rejected", "docx", "mail ats"),
    ("rautio", "MY26", "2026-03-20", "hired", "docx", "share db ats"),
    ("penttila", "MY26", "2026-03-23", "rejected", "pdf", "db ats"),
    ("halla", "AP26", "2026-10-19", "undecided", "docx", "mail ats"),
    ("sjoblom", "AP26", "2026-10-26", "undecided", "pdf", "mail ats"),
    ("muller", "AP26", "2026-11-02", "undecided", "txt", "mail ats"),
)  # fmt: skip

_STORES: tuple[Store, ...] = ("mail", "share", "db", "ats")

CANDIDACIES: tuple[Candidacy, ...] = tuple(
    Candidacy(
        PEOPLE[key],
        VACANCIES[code],
        date.fromisoformat(applied),
        outcome,
        cv,
        frozenset(store for store in _STORES if store in stores.split()),
    )
    for key, code, applied, outcome, cv, stores in _CANDIDACIES
)


def candidacies_in(store: Store) -> tuple[Candidacy, ...]:
    """Give the candidacies of which a store holds a copy, the oldest first."""
    return tuple(candidacy for candidacy in CANDIDACIES if store in candidacy.stores)
