"""Whether a table's first row is its heading, and what may be shown as a name.

A heading becomes label and locator, which are stored and shown: a row of data mistaken for one
would leak. So the first row must look like names and differ from what follows; and it is always
examined as text too.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from scanner.extract.rows import columns
from scanner.locator import HEADING, Locator
from scanner.model import Segment

SAMPLE_ROWS = 20
NAME = re.compile(r"(?=[^\W\d]|[_$@#])[\w $@#.:/()\[\]?*%&,'+-]{1,60}")
LONG_NUMBER = re.compile(r"\d{4}")
ADDRESS = re.compile(r"\S@\S")
HEADINGS = """
    id nr no name names nimi etunimi sukunimi first last firstname lastname surname given
    family full email mail e-mail sähköposti sposti phone puhelin puh gsm mobile tel telephone
    telefon address osoite katuosoite adress street city kaupunki postinumero postcode zip
    country maa date pvm päivä päivämäärä datum birth born syntymäaika hetu ssn personnummer
    cpr sotu henkilötunnus status tila notes huomautukset kommentti comment comments title
    otsikko role tehtävä position job salary palkka lön gender sukupuoli age ikä company
    yritys department osasto user username käyttäjä type tyyppi value arvo key code koodi
    source lähde url link namn förnamn efternamn navn fornavn etternavn efternavn epost e-post
    mobil created updated amount summa määrä price hinta description kuvaus category luokka
    number numero account iban candidate hakija applicant työnhakija application hakemus score
    pisteet rating arvosana
"""
WORDS = frozenset(HEADINGS.split())


def is_name(text: str) -> bool:
    """Tell whether a key or a heading may be shown: it names something and holds no data.

    >>> is_name("Sähköposti"), is_name("matti@example.org"), is_name("+358 40 1234567")
    (True, False, False)
    """
    return bool(NAME.fullmatch(text)) and not LONG_NUMBER.search(text) and not ADDRESS.search(text)


def table(locator: Locator, rows: Iterable[Sequence[str]]) -> Iterator[Segment]:
    """Yield a table's columns, with its first row as heading where it is one."""
    stream = iter(rows)
    sample = list(islice(stream, SAMPLE_ROWS))
    header: Sequence[str] = ()
    if sample and _is_header(sample[0], sample[1:]):
        header, *sample = [[cell.strip() for cell in sample[0]], *sample[1:]]
        yield Segment(locator.called(HEADING), "\n".join(filter(None, header)))
        header = [cell or f"column {place}" for place, cell in enumerate(header, 1)]
    yield from columns(locator, header, chain(sample, stream))


def _is_header(first: Sequence[str], rest: Sequence[Sequence[str]]) -> bool:
    cells = [cell.strip() for cell in first]
    named = [cell for cell in cells if cell]
    if not named or not rest or len(named) * 2 < len(cells) or not all(map(is_name, named)):
        return False
    if len(set(named)) < len(named):
        return False
    if any(WORDS & set(re.split(r"[\s_./:()-]+", cell.lower())) for cell in named):
        return True
    return any(
        cell and not _has_data(cell) and _mostly_data([row[place : place + 1] for row in rest])
        for place, cell in enumerate(cells)
    )


def _mostly_data(cells: Sequence[Sequence[str]]) -> bool:
    values = [cell[0] for cell in cells if cell and cell[0].strip()]
    return bool(values) and sum(map(_has_data, values)) * 2 > len(values)


def _has_data(cell: str) -> bool:
    return "@" in cell or any(character.isdigit() for character in cell)
