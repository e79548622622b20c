"""Make Finnish text with planted identifiers: `python bench/finnish_text.py OUT --megabytes 10`.

Prose, mails, CVs, tables and server logs, composed anew for each sentence, so that no tool gains
by having seen a text before. `OUT/files` is what a scanner gets; `OUT/planted.json` says where each
identifier is. Nothing else in the files is an identifier, but there are look-alikes: codes with a
wrong check character, version and invoice numbers, dates. Everything is invented: personal identity
codes have temporary individual numbers, cards are payment processors' test numbers, addresses are
of documentation ranges and `.example` domains.
"""

import argparse
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
CARDS = ("4111111111111111", "5555555555554444", "4242424242424242", "4012888888881881",
         "5105105105105100", "4000056655665556", "5200828282828210")  # fmt: skip
FIRST = ("Aino", "Onni", "Väinö", "Lumi", "Tuuli", "Åsa", "Päivi", "Toivo", "Sini", "Ilmari",
         "Eevi", "Kaisa", "Jukka-Pekka", "Hilja", "Rauno", "Meri", "Otso", "Saima")  # fmt: skip
LAST = ("Laine", "Lahti", "Mäki", "Näätänen", "Öhman", "Kivi", "Salo", "Ojala", "Penttilä",
        "Halla", "Virtanen", "Sjöblom", "Metsä", "Koski", "Taivas", "Rautio")  # fmt: skip
DOMAINS = ("posti.example", "sahkoposti.example", "yritys.example", "mail.test")
_SUBJECTS = ("Työryhmä", "Huoltopalvelu", "Asiakas", "Toimittaja", "Hallitus", "Myymälä",
             "Esihenkilö", "Vuokralainen", "Yhdistys", "Ohjausryhmä", "Naapuri")  # fmt: skip
_VERBS = ("ilmoitti", "totesi", "ehdotti", "lupasi", "kertoi", "muistutti", "arvioi", "vahvisti")
_THINGS = ("sopimuksesta", "aikataulusta", "laskusta", "korjauksesta", "kokouksesta",
           "toimituksesta", "varastosta", "koulutuksesta", "hinnastosta", "palautteesta",
           "lämmityksestä", "hälytyslaitteesta", "vuoroluettelosta")  # fmt: skip
_CLAUSES = ("koska edellinen versio oli puutteellinen", "vaikka asia oli jo käsitelty keväällä",
            "jotta työt voidaan aloittaa ajoissa", "kun kaikki osapuolet ovat hyväksyneet sen",
            "ennen kuin uusi kausi alkaa", "sillä varaosien saatavuus on heikentynyt",
            "mikäli sää sallii", "eikä muita vaihtoehtoja enää ollut")  # fmt: skip
_WHEN = ("Maanantaina", "Viime viikolla", "Syyskuun alussa", "Kokouksen jälkeen", "Aamupäivällä",
         "Ennen lomakautta", "Tilikauden lopussa", "Toistaiseksi")  # fmt: skip
_PLACES = ("toimistolla", "varastossa", "työmaalla", "kellarissa", "myymälässä", "asemalla",
           "koululla", "kokoushuoneessa", "pihalla", "hallissa")  # fmt: skip
_ADJECTIVES = ("laaja", "kiireellinen", "yksityiskohtainen", "alustava", "perusteellinen",
               "lyhyt", "tavanomainen", "kirjallinen", "keskeneräinen")  # fmt: skip
_NOUNS = ("selvitys", "tarjous", "muistio", "luettelo", "suunnitelma", "lausunto", "raportti",
          "tarkastus", "yhteenveto", "pöytäkirja")  # fmt: skip


class Value(NamedTuple):
    """An identifier to plant."""

    entity: str
    text: str


@dataclass(frozen=True, slots=True)
class Planted:
    """One identifier in the corpus; offsets are code points of the decoded file."""

    file: str
    entity: str
    start: int
    end: int
    value: str


class Page:
    """A text that grows and remembers where identifiers stand in it."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.values: list[tuple[Value, int]] = []

    def add(self, *pieces: str | Value) -> None:
        """Append text and identifiers."""
        for piece in pieces:
            text = piece.text if isinstance(piece, Value) else piece
            if isinstance(piece, Value):
                self.values.append((piece, self.length))
            self.pieces.append(text)
            self.length += len(text)


def write(out: Path, megabytes: float, seed: int = 1) -> tuple[int, int]:
    """Write the corpus; gives the number of files and of identifiers."""
    draw = random.Random(seed)  # noqa: S311 - repeatable, not secret
    folder = out / "files"
    folder.mkdir(parents=True, exist_ok=True)
    planted: list[Planted] = []
    left, number = int(megabytes * 1_000_000), 0
    kinds: tuple[tuple[str, Callable[[Page, random.Random], None]], ...] = (
        ("muistio.txt", _memo), ("posti.txt", _mail), ("cv.txt", _cv),
        ("hakijat.csv", _table), ("palvelin.log", _log),
    )  # fmt: skip
    while left > 0:
        number += 1
        name, fill = draw.choices(kinds, weights=(55, 25, 12, 3, 5))[0]
        size = min(left, int(draw.lognormvariate(9.6, 1.1)) + 600)
        page = Page()
        while page.length < size:
            fill(page, draw)
        path = f"{number % 20:02}/{number:04}-{name}"
        content = "".join(page.pieces).encode()
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
        left -= len(content)
        planted.extend(
            Planted(path, value.entity, start, start + len(value.text), value.text)
            for value, start in page.values
        )
    (out / "planted.json").write_text(
        json.dumps([asdict(entry) for entry in planted], ensure_ascii=False), encoding="utf-8"
    )
    return number, len(planted)


def identity_code(draw: random.Random, *, valid: bool = True) -> str:
    """Draw a personal identity code with a temporary individual number."""
    year = draw.randint(1950, 2006)
    day = f"{draw.randint(1, 28):02}{draw.randint(1, 12):02}{year % 100:02}"
    individual = draw.randint(900, 999)
    check = int(f"{day}{individual}") % 31 + (0 if valid else 7)
    sign = draw.choice("ABCDEF") if year > 1999 else draw.choice("-----YXWVU")
    return f"{day}{sign}{individual}{CHECK[check % 31]}"


def iban(draw: random.Random) -> str:
    """Draw a Finnish bank account number with valid check digits."""
    account = "".join(draw.choices("0123456789", k=14))
    check = 98 - int(f"{account}151800") % 97
    whole = f"FI{check:02}{account}"
    spaced = " ".join(whole[start : start + 4] for start in range(0, 18, 4))
    return draw.choice((whole, spaced))


def phone(draw: random.Random) -> str:
    """Draw a mobile number in one of the forms in which people write them."""
    prefix, rest = draw.choice(("40", "50", "44", "45", "41")), f"555{draw.randint(0, 9999):04}"
    spaced = f"{rest[:3]} {rest[3:]}"
    return draw.choice((f"0{prefix} {spaced}", f"+358 {prefix} {spaced}", f"0{prefix}{rest}",
                        f"+358{prefix}{rest}", f"0{prefix}-{rest}"))  # fmt: skip


def _email(draw: random.Random, first: str, last: str) -> Value:
    plain = str.maketrans("äöåÄÖÅ", "aoaAOA")
    local = f"{first}.{last}".translate(plain).lower().replace(" ", "")
    number = draw.choice(("", "", str(draw.randint(1, 99))))
    return Value("EMAIL_ADDRESS", f"{local}{number}@{draw.choice(DOMAINS)}")


def _phone(draw: random.Random) -> Value:
    return Value("PHONE_NUMBER", phone(draw))


def _address(draw: random.Random) -> Value:
    network = draw.choice(("192.0.2", "198.51.100", "203.0.113", "10.20.30", "192.168.7"))
    if draw.random() < 0.1:
        return Value("IP_ADDRESS", f"2001:db8::{draw.randint(1, 0xFFFF):x}")
    return Value("IP_ADDRESS", f"{network}.{draw.randint(1, 254)}")


def _card(draw: random.Random) -> Value:
    digits = draw.choice(CARDS)
    spaced = " ".join(digits[start : start + 4] for start in range(0, 16, 4))
    return Value("CREDIT_CARD", draw.choice((digits, spaced)))


def _hetu(draw: random.Random) -> Value:
    return Value("FI_PERSONAL_IDENTITY_CODE", identity_code(draw))


def _sentence(draw: random.Random) -> str:
    pick, number = draw.choice, draw.randint
    what, when, whom = f"{pick(_ADJECTIVES)} {pick(_NOUNS)}", pick(_WHEN), pick(_SUBJECTS)
    match number(0, 5):
        case 0:
            return f"{whom} {pick(_VERBS)} {pick(_THINGS)}, {pick(_CLAUSES)}."
        case 1:
            return f"{when} {pick(_PLACES)} käytiin läpi {what}."
        case 2:
            return f"{when} {whom.lower()} {pick(_VERBS)}, että {what} on {pick(_PLACES)}."
        case 3:
            day = f"{number(1, 28)}.{number(1, 12)}.{number(2019, 2026)}"
            return f"Uusi {pick(_NOUNS)} valmistuu {day}, {pick(_CLAUSES)}."
        case 4:
            bill = f"{number(2019, 2026)}-{number(1, 99999):05}"
            version = f"{number(1, 12)}.{number(0, 40)}.{number(0, 9)}"
            return f"Lasku {bill} koskee ohjelmaa, jonka versio on {version}."
        case _:
            reference = f"{number(10_000, 99_999)} {number(10_000, 99_999)}"
            return f"Viitteellä {reference} ei löytynyt {pick(_THINGS)} mitään, {pick(_CLAUSES)}."


def _prose(page: Page, draw: random.Random, sentences: int) -> None:
    for _ in range(sentences):
        page.add(_sentence(draw), " " if draw.random() < 0.8 else "\n")
    page.add("\n\n")


def _person(draw: random.Random) -> tuple[str, str]:
    return draw.choice(FIRST), draw.choice(LAST)


def _memo(page: Page, draw: random.Random) -> None:
    _prose(page, draw, draw.randint(5, 14))
    first, last = _person(draw)
    match draw.randint(0, 9):
        case 0:
            page.add(f"Yhteyshenkilö on {first} {last}, puh. ", _phone(draw), ".\n")
        case 1:
            page.add("Maksu tilille ", Value("IBAN_CODE", iban(draw)), " eräpäivään mennessä.\n")
        case 2:
            page.add(f"Hakijan {last} henkilötunnus on ", _hetu(draw), ".\n")
        case 3:
            wrong = identity_code(draw, valid=False)
            page.add(f"Lomakkeella ollut merkintä {wrong} oli virheellinen.\n")
        case 4:
            page.add("Kortti ", _card(draw), " hylättiin päätteellä.\n")
        case 5:
            page.add("Lisätietoja: ", _email(draw, first, last), "\n")
        case _:
            page.add(f"Y-tunnus {draw.randint(9_000_000, 9_999_999)}-{draw.randint(0, 9)}.\n")


def _mail(page: Page, draw: random.Random) -> None:
    first, last = _person(draw)
    to_first, to_last = _person(draw)
    page.add(f"Lähettäjä: {first} {last} <", _email(draw, first, last), ">\n")
    page.add(f"Vastaanottaja: {to_first} {to_last} <", _email(draw, to_first, to_last), ">\n")
    page.add(f"Aihe: {draw.choice(_ADJECTIVES)} {draw.choice(_NOUNS)}\n\nHei {to_first},\n\n")
    _prose(page, draw, draw.randint(3, 9))
    page.add(f"Terveisin\n{first} {last}\n", _phone(draw), "\n\n----\n\n")


def _cv(page: Page, draw: random.Random) -> None:
    first, last = _person(draw)
    page.add(f"ANSIOLUETTELO\n\n{first} {last}\nPuhelin: ", _phone(draw))
    page.add("\nSähköposti: ", _email(draw, first, last), "\n")
    if draw.random() < 0.25:
        page.add("Henkilötunnus: ", _hetu(draw), "\n")
    page.add("\nTyökokemus\n")
    for year in range(2012, 2026, draw.randint(2, 5)):
        work = draw.choice(("myyjä", "asentaja", "kokki", "hitsaaja", "sihteeri"))
        page.add(f"{year}-{year + 2}: {work}, {draw.choice(LAST)}n Liike Oy. {_sentence(draw)}\n")
    page.add("\nKielitaito\nsuomi, ruotsi, englanti\n\n")
    _prose(page, draw, draw.randint(2, 5))


def _table(page: Page, draw: random.Random) -> None:
    if not page.length:
        page.add("nimi;sahkoposti;puhelin;henkilotunnus;tili;haettu\n")
    first, last = _person(draw)
    page.add(f"{first} {last};", _email(draw, first, last), ";", _phone(draw), ";", _hetu(draw))
    page.add(
        ";", Value("IBAN_CODE", iban(draw)), f";2026-0{draw.randint(1, 9)}-1{draw.randint(0, 9)}\n"
    )


def _log(page: Page, draw: random.Random) -> None:
    path = draw.choice(("/", "/tyopaikat", "/haku", "/css/tyyli.css", "/kuvat/logo.png", "/api/v2"))
    at = f"{draw.randint(1, 28):02}/Oct/2026:{draw.randint(0, 23):02}:{draw.randint(0, 59):02}:00"
    page.add(
        _address(draw), f' - - [{at} +0300] "GET {path} HTTP/1.1" {draw.choice((200, 304, 404))}'
    )
    page.add(f' {draw.randint(100, 90000)} "-" "Selain/{draw.randint(80, 140)}.0"\n')


def lines_of(planted: Path) -> Iterator[Planted]:
    """Read what was planted."""
    for entry in json.loads(planted.read_text(encoding="utf-8")):
        yield Planted(**entry)


def main() -> None:
    """Write the corpus and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("out", type=Path)
    parser.add_argument("--megabytes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    files, identifiers = write(given.out, given.megabytes, given.seed)
    print(f"{given.out}: {files} files, {identifiers} identifiers")


if __name__ == "__main__":
    main()
