"""Numbers as recruitment files hold them: national ids of invented people, and what is none."""

import random
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import stdnum.dk.cpr
import stdnum.luhn
import stdnum.no.fodselsnummer
from stdnum.exceptions import ValidationError

from detectors.fi.henkilotunnus import CENTURIES, CHECK_CHARACTERS

Chance = random.Random

_FIRST = date(1940, 1, 1)
_LAST = date(2008, 12, 31)


class Written(NamedTuple):
    """A number with its separator and without."""

    separated: str
    bare: str


def henkilotunnus(chance: Chance) -> Written:
    day = _birth(chance)
    century = day.year // 100 * 100
    separator = chance.choice([sign for sign, first in CENTURIES.items() if first == century])
    if chance.random() < 0.6:
        separator = "-" if century == 1900 else "A"
    digits = f"{day:%d%m%y}{chance.randrange(2, 1000):03}"
    code = f"{digits[:6]}{separator}{digits[6:]}{CHECK_CHARACTERS[int(digits) % 31]}"
    return Written(code, code)


def personnummer(chance: Chance) -> Written:
    day = _birth(chance)
    number = f"{day.day + 60 * (chance.random() < 0.1):02}{chance.randrange(1, 1000):03}"
    nine = f"{day:%y%m}{number}"
    nine += stdnum.luhn.calc_check_digit(nine)
    century = str(day.year // 100) if chance.random() < 0.4 else ""
    return Written(f"{century}{nine[:6]}-{nine[6:]}", century + nine)


def fodselsnummer(chance: Chance) -> Written:
    while True:
        day = _birth(chance)
        individual = chance.randrange(500) if day.year < 2000 else chance.randrange(500, 1000)
        nine = f"{day.day + 40 * (chance.random() < 0.15):02}{day:%m%y}{individual:03}"
        first = stdnum.no.fodselsnummer.calc_check_digit1(nine)
        second = stdnum.no.fodselsnummer.calc_check_digit2(nine + first)
        code = nine + first + second
        if len(code) == 11 and code.isdigit():
            return Written(f"{code[:6]} {code[6:]}", code)


def cpr(chance: Chance, *, modulus_11: bool = True) -> Written:
    while True:
        day = _birth(chance)
        serial = chance.randrange(4000) if day.year < 2000 else chance.randrange(4000, 10000)
        code = f"{day:%d%m%y}{serial:04}"
        if modulus_11 and stdnum.dk.cpr.checksum(code) != 0:
            continue
        try:
            stdnum.dk.cpr.validate(code)
        except ValidationError:
            continue
        return Written(f"{code[:6]}-{code[6:]}", code)


def _birth(chance: Chance) -> date:
    return _FIRST + timedelta(days=chance.randrange((_LAST - _FIRST).days))


def _digits(chance: Chance, count: int) -> str:
    return f"{chance.randrange(10**count):0{count}}"


def _viite(chance: Chance) -> str:
    body = _digits(chance, chance.randrange(3, 14)).lstrip("0") or "1"
    total = sum(int(digit) * (7, 3, 1)[at % 3] for at, digit in enumerate(reversed(body)))
    return f"{body}{-total % 10}"


def _luhn(chance: Chance, count: int) -> str:
    body = str(chance.randrange(1, 10)) + _digits(chance, count - 2)
    return body + stdnum.luhn.calc_check_digit(body)


def _modulus_11(chance: Chance, weights: tuple[int, ...], first: str = "123456789") -> str:
    while True:
        body = chance.choice(first) + _digits(chance, len(weights) - 1)
        check = -sum(int(a) * b for a, b in zip(body, weights, strict=True)) % 11
        if check < 10:
            return f"{body}{check}"


def _account(chance: Chance) -> str:
    number = _modulus_11(chance, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))
    return chance.choice([number, f"{number[:4]}.{number[4:6]}.{number[6:]}"])


def _ean(chance: Chance) -> str:
    body = chance.choice(["64", "73", "70", "57", "978"]) + _digits(chance, 10)
    body = body[:12]
    total = sum(int(digit) * (1 + 2 * (at % 2)) for at, digit in enumerate(body))
    return f"{body}{-total % 10}"


def _time(chance: Chance) -> str:
    when = datetime(2005, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(680_000_000))
    forms = ("%Y%m%d-%H%M", "%Y%m%d%H%M", "%y%m%d-%H%M", "%Y%m%d%H%M%S", "%d%m%y-%H%M", "%s")
    return when.strftime(chance.choice(forms))


def _y_tunnus(chance: Chance) -> str:
    number = _modulus_11(chance, (7, 9, 10, 5, 8, 4, 2), "0123")
    return f"{number[:7]}-{number[7]}"


def _organisation(chance: Chance) -> str:
    body = f"55{chance.randrange(20, 100)}{_digits(chance, 5)}"
    number = body + stdnum.luhn.calc_check_digit(body)
    return chance.choice([f"{number[:6]}-{number[6:]}", number])


def _spaced(number: str, size: int) -> str:
    return " ".join(number[at : at + size] for at in range(0, len(number), size))


NEGATIVES: tuple[tuple[str, tuple[str, ...], Callable[[Chance], str]], ...] = (
    ("order", ("Tilausnumero", "Order no.", "Ordernr", "Ordrenr."), lambda c: _digits(c, 10)),
    ("order, 11 digits", ("Bestillingsnr.", "Order"), lambda c: _digits(c, 11)),
    ("viitenumero", ("Viitenumero", "viite:", "Maksun viite"), _viite),
    ("viitenumero in groups", ("Viitenumero", "Viite"), lambda c: _spaced(_viite(c), 5)),
    ("OCR", ("OCR", "OCR-nummer", "Fakturanr"), lambda c: _luhn(c, c.choice([8, 10, 11, 12]))),
    ("KID", ("KID", "KID-nummer:", "Faktura"), lambda c: _luhn(c, c.choice([9, 10, 11, 13]))),
    ("GUID", ("id", "GUID", ""), lambda c: str(uuid.UUID(int=c.getrandbits(128)))),
    ("time stamp", ("kirjattu", "log", "export", "loggad"), _time),
    ("Y-tunnus", ("Y-tunnus", "Business ID"), _y_tunnus),
    ("organisationsnummer", ("Org.nr", "organisationsnummer"), _organisation),
    (
        "organisasjonsnummer",
        ("Org.nr.", "organisasjonsnummer"),
        lambda c: _spaced(_modulus_11(c, (3, 2, 7, 6, 5, 4, 3, 2), "89"), c.choice([3, 9])),
    ),
    ("CVR", ("CVR", "CVR-nr."), lambda c: _modulus_11(c, (2, 7, 6, 5, 4, 3, 2))),
    ("ISBN and EAN", ("ISBN", "EAN", "tuotekoodi"), _ean),
    ("Finnish phone", ("puh.", "Puhelin", "gsm"), lambda c: f"04{_digits(c, 8)}"),
    ("Swedish phone", ("tel", "mobil"), lambda c: f"07{_digits(c, 2)}-{_digits(c, 6)}"),
    ("Norwegian phone", ("tlf.", "mobil"), lambda c: f"0047{c.choice('49')}{_digits(c, 7)}"),
    ("British phone", ("tel", "mobile"), lambda c: f"07{_digits(c, 3)} {_digits(c, 6)}"),
    ("account", ("konto", "kontonr.", "bankkonto"), _account),
    ("piece of an IBAN", ("tili", "IBAN", "konto"), lambda c: _spaced(_digits(c, 14), 4)),
    ("version", ("versio", "version", "build"), lambda c: f"{c.randrange(9)}.{_digits(c, 10)}"),
    ("hexadecimal", ("commit", "hash", "sha"), lambda c: f"{c.getrandbits(c.choice([40, 48])):x}"),
    ("case number", ("Dnro", "dnr", "saksnr."), lambda c: f"{_digits(c, 4)}/{_digits(c, 6)}"),
    ("tracking", ("seurantatunnus", "kolli", "sporingsnr."), lambda c: _digits(c, 12)),
    ("money", ("yhteensä", "sum", "summa"), lambda c: f"{_digits(c, 7)},{_digits(c, 2)}"),
    ("file name", ("liite", "bilaga", "file"), lambda c: f"IMG_{_time(c)}.jpg"),
)
"""Kind, the words it comes with, and how it is made. Random digits keep their chance of passing."""
